"""Who is expected in an activity of today, and what is recorded of each so far.

The full page of a group, with its theme and how each took part, comes with the schedule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from milieu.queries import houses
from milieu.queries.viewers import Here
from milieu.record import programmes
from milieu.record.facts.house import Resident
from milieu.record.state import Row, select
from milieu.rules import day as day_rules
from milieu.rules import moments
from milieu.rules.day import Place, Stop
from milieu.rules.permissions import Viewer
from milieu.rules.words import Sentence, Text, say

STATUSES: dict[str, Sentence] = {
    "here": say("attended.here", "Here"),
    "late": say("attended.late", "Came late"),
    "declined": say("attended.declined", "Chose not to"),
    "excused": say("attended.excused", "Excused"),
    "left_early": say("attended.left_early", "Left early"),
    "elsewhere": say("attended.elsewhere", "Elsewhere"),
}
BEFOREHAND = ("declined", "excused", "elsewhere")


@dataclass(frozen=True, slots=True)
class RollRow:
    """One person: what is recorded, empty when nothing is."""

    stay: str
    name: str
    level: int
    levels: int
    place: Text | None
    status: str
    said: str


@dataclass(frozen=True, slots=True)
class Roll:
    """An activity of today. `others` are not expected, but may have come."""

    slot: str
    title: Text
    room: Text | None
    day: date
    starts: datetime
    ends: datetime
    has_begun: bool
    is_over: bool
    is_check: bool
    statuses: tuple[tuple[str, Sentence], ...]
    expected: tuple[RollRow, ...]
    others: tuple[RollRow, ...]
    sees: Sentence

    @property
    def everybody(self) -> tuple[RollRow, ...]:
        return (*self.expected, *self.others)


def roll(here: Here, viewer: Viewer, at: datetime, slot: str) -> Roll | None:
    """The activity of today with this code; None when there is none today."""
    programme = programmes.in_force(here.programme)
    line = day_rules.day_line(programme, moments.local_day(at, here.zone), at, here.zone)
    stop = next((one for one in line if one.slot.code == slot), None)
    if stop is None:
        return None
    began = moments.local_day(stop.starts, here.zone)
    recorded = select(
        "attendance", "community = %s AND day = %s AND slot = %s AND status <> ''", [here.id, began.isoformat(), slot]
    )
    by_stay = {row["stay"]: row for row in recorded}
    spaces = {space.code: space.title for space in programme.spaces}
    residents = houses.load(here, viewer, at).residents
    rows = [(one, _row(one, by_stay.get(one.stay), len(programme.levels), spaces.get(one.place))) for one in residents]
    expected = tuple(row for one, row in rows if row.status or stop.slot.expects(one.level))
    return Roll(
        slot, stop.slot.title, spaces.get(stop.slot.space), began, stop.starts, stop.ends,
        _has_begun(stop, at), stop.ends <= at, stop.slot.counts_as_check, _offered(stop, at),
        expected, tuple(row for _, row in rows if row not in expected), say("sees.team", "Team only"),
    )  # fmt: skip


def _row(one: Resident, recorded: Row | None, levels: int, place: Text | None) -> RollRow:
    status, said = (recorded["status"], recorded["said"]) if recorded else ("", "")
    return RollRow(one.stay, one.name, one.level, levels, place, status, said)


def _has_begun(stop: Stop, at: datetime) -> bool:
    return stop.place not in (Place.NEXT, Place.LATER) or stop.starts <= at


def _offered(stop: Stop, at: datetime) -> tuple[tuple[str, Sentence], ...]:
    codes = STATUSES if _has_begun(stop, at) else BEFOREHAND
    return tuple((code, STATUSES[code]) for code in codes)
