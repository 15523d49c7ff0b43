"""Residents: who is here, in a list to find somebody by name, room or level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milieu.queries import houses, parts
from milieu.queries.viewers import Here
from milieu.record import programmes
from milieu.rules.permissions import May, Viewer
from milieu.rules.words import Sentence, Text, say


@dataclass(frozen=True, slots=True)
class ResidentLine:
    """One person in the list."""

    stay: str
    name: str
    full_name: str
    level: int
    levels: int
    room: Text | None
    day_of_stay: int
    key_worker: str
    place: Text | None
    status: parts.Status | None


@dataclass(frozen=True, slots=True)
class ResidentsPage:
    """The list, those who are here or with `left` those who left last."""

    people: tuple[ResidentLine, ...]
    count: int
    capacity: int
    left: bool
    search: str
    empty: Sentence | None
    sees: Sentence
    may_begin_stay: bool


def page(
    here: Here, viewer: Viewer, at: datetime, *, search: str = "", left: bool = False, known_at: datetime | None = None
) -> ResidentsPage:
    """The residents whose name or room holds `search`."""
    programme = programmes.in_force(here.programme)
    moment = known_at or at
    house = houses.load(here, viewer, at, known_at)
    spaces = {space.code: space.title for space in programme.spaces}
    found = []
    wanted = search.strip().lower()
    for line in houses.lines(here, viewer, left=left, known_at=known_at):
        room = spaces.get(line.room)
        if wanted and wanted not in f"{line.name} {line.full_name} {room or ''}".lower():
            continue
        one, worker = house.resident(line.stay), house.member(line.key_worker)
        until = line.left_at or moment
        status = parts.status_of(one, parts.due_of(one, programme, moment), None, house, moment) if one else None
        found.append(
            ResidentLine(
                line.stay, line.name, line.full_name, line.level, len(programme.levels), room,
                (until - line.arrived_at).days + 1, worker.name if worker else "", spaces.get(one.place) if one else None, status,
            )
        )  # fmt: skip
    return ResidentsPage(
        tuple(found), len(house.residents), int(programme.capacity.value), left, search,
        _empty(found, search, left), say("sees.team", "Team only"), viewer.may(May.BEGIN_STAY),
    )  # fmt: skip


def _empty(found: list[ResidentLine], search: str, left: bool) -> Sentence | None:
    if found:
        return None
    if search:
        return say(
            "residents.no_match", "Nobody is called “{search}” here. Try part of the name, or the room.", search=search
        )
    if left:
        return say("residents.none_left", "Nobody has left yet.")
    return say("residents.none", "Nobody has arrived yet. Add a resident, or load the demonstration house.")
