"""What several screens show of one person: the row, its status and the one line that matters most now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from milieu.record.facts.house import House, Resident
from milieu.rules import checks, moments
from milieu.rules.checks import Due, Standing
from milieu.rules.permissions import Viewer
from milieu.rules.programme.shape import Programme, Slot
from milieu.rules.visibility import Matter, may_see
from milieu.rules.words import Sentence, Text, say

TOOK_PART = frozenset({"here", "late", "left_early"})
FIRST_WEEK = 7
DUE_SOON = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Status:
    """How the next check stands, for the end of a row.

    `code`: seen, on_time, due, late, missed, one_to_one, agreed_sleep, out, none. `share_left` (0 to 1) fills the ring;
    `due_at` counts down; `reason` is the whole sentence for screen readers.
    """

    code: str
    share_left: float
    due_at: datetime | None
    minutes: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One resident on a board: level tile, name, one line, one status."""

    stay: str
    name: str
    level: int
    levels: int
    line: Sentence | None
    status: Status


@dataclass(frozen=True, slots=True)
class NoticedRow:
    """A strength noticed: the sentence begins with the person's name."""

    entry: str
    stay: str
    name: str
    sentence: Sentence
    at: datetime
    by: str


def status_of(resident: Resident, due: Due, now_slot: Slot | None, house: House, at: datetime) -> Status:
    """The status at the end of a row; a tick in a group that counts as a check shows as seen."""
    # rounded up both ways: "late 1 min" from the first second, "1 min" until the last
    minutes = 0 if due.at is None else max(1, -(-int(abs((due.at - at).total_seconds())) // 60))
    code = due.standing.value
    if due.standing is Standing.DUE and not needs_someone(due, at):
        code = Standing.ON_TIME.value
    counts = now_slot is not None and now_slot.counts_as_check and due.standing is Standing.ON_TIME
    if counts and now_slot and house.day.attendance.get((now_slot.code, resident.stay)) in TOOK_PART:
        code = "seen"
    return Status(code, round(due.share_left, 2), due.at, minutes, due.reason)


def needs_someone(due: Due, at: datetime) -> bool:
    """Whether somebody should get up now: late, or due within minutes. An hourly check is approaching for longer."""
    return due.is_waiting and (due.standing is not Standing.DUE or due.at is None or due.at - at <= DUE_SOON)


def due_of(resident: Resident, programme: Programme, at: datetime) -> Due:
    """How the next check of this resident stands."""
    return checks.due(resident.watched, programme.observation, at)


def line_of(
    resident: Resident, house: House, viewer: Viewer, programme: Programme, at: datetime, now_slot: Slot | None
) -> Sentence | None:
    """The one line under a name: what a member of staff would want to know before walking over."""
    if resident.search:
        return say("line.search", "Was not there. Being looked for.")
    if resident.back_at is not None and resident.doing:
        return say("line.doing", "{what}", what=resident.doing)
    if now_slot is not None and _is_expected_elsewhere(resident, house, now_slot):
        return say("line.expected", "Expected in {where}", where=now_slot.title)
    apart = _apart(resident, house, at) if may_see(viewer, Matter.TENSIONS) else None
    return apart or _company(resident, house, at) or _standing_part(resident, house, at)


def _apart(resident: Resident, house: House, at: datetime) -> Sentence | None:
    for apart in resident.keep_apart:
        other = house.resident(apart.stay)
        if other is not None and (apart.until is None or apart.until > at):
            return say("line.apart", "Keep apart from {name}", name=first_name(other.name))
    return None


def _company(resident: Resident, house: House, at: datetime) -> Sentence | None:
    """Who is with them: staff now, or the buddy of the first week."""
    with_staff = house.member(resident.with_staff or resident.one_to_one)
    if with_staff is not None:
        return say("line.with", "With {name}", name=first_name(with_staff.name))
    days = (at - resident.arrived_at).days + 1
    if days > FIRST_WEEK:
        return None
    buddy = house.resident(resident.buddy)
    if buddy is not None:
        return say("line.day_buddy", "Day {n}, with {buddy}", n=days, buddy=first_name(buddy.name))
    return say("line.day", "Day {n}", n=days)


def _standing_part(resident: Resident, house: House, at: datetime) -> Sentence | None:
    """What they do here: just now, for a newcomer, for the house, or in the groups of the day."""
    if resident.doing:
        return say("line.doing", "{what}", what=resident.doing)
    newcomer = next((one for one in house.residents if one.buddy == resident.stay), None)
    if newcomer is not None and (at - newcomer.arrived_at).days < FIRST_WEEK:
        return say("line.buddy", "{name}’s buddy", name=first_name(newcomer.name))
    if resident.post:
        return say("line.post", "{what}", what=resident.post)
    return _took_part(resident, house)


def first_name(name: str) -> str:
    """The first of the words of a name."""
    return name.split(" ")[0]


def _is_expected_elsewhere(resident: Resident, house: House, now_slot: Slot) -> bool:
    if not now_slot.space or resident.place == now_slot.space or resident.one_to_one:
        return False
    attended = house.day.attendance.get((now_slot.code, resident.stay))
    return attended in (None, "elsewhere") and now_slot.kind == "group" and now_slot.expects(resident.level)


def _took_part(resident: Resident, house: House) -> Sentence | None:
    mine = [
        status for (_, stay), status in house.day.attendance.items() if stay == resident.stay and status != "excused"
    ]
    if not mine:
        return None
    here = sum(status in TOOK_PART for status in mine)
    return say("line.took_part", "{here} of {n} today", here=here, n=len(mine))


def local_day(at: datetime, zone: str) -> str:
    """The community's day as YYYY-MM-DD."""
    return moments.local_day(at, zone).isoformat()


def days_before(at: datetime, zone: str, n: int = 14) -> tuple[str, ...]:
    """The `n` days before today, for what is usual."""
    today = moments.local_day(at, zone)
    return tuple((today - timedelta(days=back)).isoformat() for back in range(1, n + 1))


def space_title(programme: Programme, code: str) -> Text | None:
    """What the programme calls a place; None for one it does not have."""
    return next((space.title for space in programme.spaces if space.code == code), None)
