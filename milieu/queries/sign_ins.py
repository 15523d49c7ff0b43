"""The pages before the frame: a shared tablet at rest with its people, and the community's day without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milieu.record import programmes
from milieu.record.facts import access
from milieu.record.facts.access import PinHolder, SharedDevice
from milieu.rules import day as day_rules
from milieu.rules import moments
from milieu.rules.day import Place, Stop
from milieu.rules.permissions import called
from milieu.rules.programme.shape import Programme
from milieu.rules.words import Sentence, Text


@dataclass(frozen=True, slots=True)
class Face:
    """One person on the list: initial or picture, name, role in the programme's words."""

    staff: str
    name: str
    initial: str
    role: Text | Sentence


@dataclass(frozen=True, slots=True)
class AtRest:
    """A shared tablet while nobody is signed in: what is on, and who can sign in with a PIN."""

    place: str
    label: str
    zone: str
    on_now: Stop | None
    on_next: Stop | None
    shows_people: bool
    people: tuple[Face, ...]


def at_rest(device: SharedDevice, at: datetime) -> AtRest:
    """The page of a registered tablet. Where the list is hidden, it holds nobody."""
    programme = programmes.in_force(device.programme)
    line = day_rules.day_line(programme, moments.local_day(at, device.zone, programme.day_starts), at, device.zone)
    holders = access.pin_holders(device.community) if device.shows_people else ()
    return AtRest(
        place=device.community_name,
        label=device.label,
        zone=device.zone,
        on_now=next((stop for stop in line if stop.place is Place.NOW), None),
        on_next=next((stop for stop in line if stop.place is Place.NEXT), None),
        shows_people=device.shows_people,
        people=tuple(_face(one, programme) for one in holders),
    )


def face(device: SharedDevice, staff: str) -> Face | None:
    """One person of the list, or None when there is no such person with a PIN here."""
    found = next((one for one in access.pin_holders(device.community) if one.staff == staff), None)
    return _face(found, programmes.in_force(device.programme)) if found else None


def _face(one: PinHolder, programme: Programme) -> Face:
    title = called(one.role, {role.code: role.title for role in programme.roles})
    return Face(one.staff, one.name, one.picture or one.name[:1].upper(), title)
