"""What a form offers to choose from: who is here and where, the places, who works here. In a constant number of statements.

What a form then does is for the actions; what a viewer may not see is left out, as on every page about people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milieu.queries import houses
from milieu.queries.viewers import Here
from milieu.record import programmes
from milieu.record.state import select
from milieu.rules.permissions import Viewer
from milieu.rules.words import Text, by_name


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is sent and what is shown."""

    code: str
    title: Text | str


@dataclass(frozen=True, slots=True)
class PersonHere:
    """Somebody in the house, and where."""

    stay: str
    name: str
    level: int
    levels: int
    place: Text | None
    doing: str
    back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Places:
    """The programme's places in walking order; bedrooms apart, for there are many."""

    rooms: tuple[Choice, ...]
    away: tuple[Choice, ...]
    bedrooms: tuple[Choice, ...]


def here_now(here: Here, viewer: Viewer, at: datetime) -> tuple[PersonHere, ...]:
    """Everybody in the house, by name."""
    programme = programmes.in_force(here.programme)
    spaces = {space.code: space.title for space in programme.spaces}
    return tuple(
        PersonHere(one.stay, one.name, one.level, len(programme.levels), spaces.get(one.place), one.doing, one.back_at)
        for one in houses.load(here, viewer, at).residents
    )


def one_here(here: Here, viewer: Viewer, at: datetime, stay: str) -> PersonHere | None:
    """Somebody in the house; None for who has left, and for nobody of this house."""
    return next((one for one in here_now(here, viewer, at) if one.stay == stay), None)


def places(here: Here) -> Places:
    """Where one can be."""
    spaces = sorted(programmes.in_force(here.programme).spaces, key=lambda space: space.walk)
    return Places(
        tuple(Choice(one.code, one.title) for one in spaces if one.kind not in ("bedroom", "away")),
        tuple(Choice(one.code, one.title) for one in spaces if one.kind == "away"),
        tuple(Choice(one.code, one.title) for one in spaces if one.kind == "bedroom"),
    )


def staff(here: Here) -> tuple[Choice, ...]:
    """Who works here, by name."""
    rows = select("staff", "community = %s AND until IS NULL", [here.id])
    return tuple(
        Choice(row["id"], row["name"]) for row in sorted(rows, key=lambda row: (by_name(row["name"]), row["id"]))
    )
