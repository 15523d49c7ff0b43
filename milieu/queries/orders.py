"""The order in force for one person: how often someone looks in, by whom, why, until when; and what else could be ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milieu.queries import houses
from milieu.queries.viewers import Here
from milieu.record import programmes
from milieu.record.state import select
from milieu.rules import moments
from milieu.rules.permissions import Viewer
from milieu.rules.programme.shape import ObservationLevel
from milieu.rules.visibility import Matter, may_see
from milieu.rules.words import Sentence, Text, say


@dataclass(frozen=True, slots=True)
class Order:
    """How often someone looks in on a person. Agreed sleep only while it is to come or lasts."""

    stay: str
    name: str
    level: str
    title: Text | None
    since: datetime
    until: datetime | None
    reason: str
    by: str
    sleep_from: datetime | None
    sleep_until: datetime | None
    levels: tuple[ObservationLevel, ...]
    sleep_allowed: bool
    sees: Sentence


def order(here: Here, viewer: Viewer, at: datetime, stay: str) -> Order | None:
    """The order for somebody in the house; None for nobody of this house and for who has left."""
    house = houses.load(here, viewer, at)
    one = house.resident(stay)
    if one is None or not may_see(viewer, Matter.SAFETY):
        return None
    observation = programmes.in_force(here.programme).observation
    row = select("watch", "id = %s AND community = %s", [stay, here.id])[0]
    by = house.member(row["ordered_by"])
    lasts = row["sleep_until"] is not None and moments.from_ms(row["sleep_until"]) > at
    return Order(
        stay=stay, name=one.name, level=row["level"],
        title=next((level.title for level in observation.levels if level.code == row["level"]), None),
        since=moments.from_ms(row["since"]), until=_maybe(row["until"]), reason=row["reason"], by=by.name if by else "",
        sleep_from=_maybe(row["sleep_from"]) if lasts else None, sleep_until=_maybe(row["sleep_until"]) if lasts else None,
        levels=observation.levels, sleep_allowed=observation.agreed_sleep_allowed, sees=say("sees.team", "Team only"),
    )  # fmt: skip


def _maybe(ms: int | None) -> datetime | None:
    return None if ms is None else moments.from_ms(ms)
