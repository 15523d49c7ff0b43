"""What is written of one person, to be written anew: with the days on which safety lines are looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milieu.queries import houses
from milieu.queries.viewers import Here
from milieu.record.facts.house import KeepApart
from milieu.record.facts.stays import Described
from milieu.record.state import select
from milieu.rules import moments
from milieu.rules.permissions import Viewer
from milieu.rules.visibility import Matter, may_see
from milieu.rules.words import Sentence, say


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """What keeps somebody safe, and until when it holds unseen."""

    line: str
    review_at: datetime | None


@dataclass(frozen=True, slots=True)
class Description:
    """How somebody in the house is to be met, as far as this viewer sees it."""

    described: Described
    safety: tuple[SafetyLine, ...]
    keep_apart: tuple[KeepApart, ...]
    sees_safety: bool
    sees_tensions: bool
    sees: Sentence


def description(here: Here, viewer: Viewer, at: datetime, stay: str) -> Description | None:
    """The description; None for nobody of this house, for who has left, and for a viewer who may not see it."""
    found = houses.described(here, viewer, stay)
    if found is None or found.left_at is not None or not may_see(viewer, Matter.PLAN_LINES):
        return None
    safe, tension = may_see(viewer, Matter.SAFETY), may_see(viewer, Matter.TENSIONS)
    row = select("stay", "id = %s AND community = %s", [stay, here.id])[0]
    house = houses.load(here, viewer, at)
    resident = house.resident(stay)
    apart = tuple(one for one in resident.keep_apart if house.resident(one.stay)) if resident and tension else ()
    return Description(
        found,
        tuple(SafetyLine(one["line"], _maybe(one.get("review_at"))) for one in row["safety"]) if safe else (),
        apart, safe, tension, say("sees.team", "Team only"),
    )  # fmt: skip


def _maybe(ms: int | None) -> datetime | None:
    return None if ms is None else moments.from_ms(ms)
