"""Recording who took part in an activity; where the programme says so, a tick is also a check."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from milieu.actions import checks, replays, writes
from milieu.actions.refused import Refused, refuse
from milieu.record.entries import Entry
from milieu.record.ledger import Writing
from milieu.rules import moments
from milieu.rules.checks import CLOCK_SKEW
from milieu.rules.permissions import May, Viewer

STATUSES = frozenset({"here", "late", "declined", "excused", "left_early", "elsewhere"})
THERE = frozenset({"here", "late", "left_early"})
BEFORE = timedelta(minutes=15)
IN_GROUP = "in-group"


def record(
    viewer: Viewer, at: datetime, day: date, slot: str, statuses: Mapping[str, str], *, said: Mapping[str, str] | None = None,
    looked: bool = True,
) -> tuple[Entry, ...]:  # fmt: skip
    """Record a status for each stay in `statuses`, in one act; after the end, for the end.

    With `looked` false all were ticked at once: nobody looked at each of them, so no tick is a check.
    """
    words = said or {}
    with writes.writing(viewer, May.RECORD_ATTENDANCE, at) as write:
        happened = _when(write, day, slot, statuses)
        made = (
            put(write, stay, day, slot, status, said=words.get(stay, ""), happened_at=happened, looked=looked)
            for stay, status in statuses.items()
        )
        return tuple(entry for entry in made if entry)


def _when(write: Writing, day: date, slot: str, statuses: Mapping[str, str]) -> datetime | None:
    """Nobody can be there long before it begins; and who was there was seen while it lasted, not when it is written down."""
    found = next((one for one in writes.programme_of(write).week if one.code == slot), None)
    community = write.state.get("community", write.community)
    if found is None or community is None or not found.is_on(day.weekday()):
        return None
    starts, ends = (moments.at_minute(day, minute, community["zone"]) for minute in (found.starts, found.ends))
    if write.at < starts - BEFORE and not THERE.isdisjoint(statuses.values()):
        raise refuse(
            "attendance.not_begun", "It begins at {time}. Who is there can be recorded from a quarter of an hour before.",
            time=moments.clock(starts, community["zone"]),
        )  # fmt: skip
    return None if write.at <= ends else ends.astimezone(UTC)


def put(
    write: Writing, stay: str, day: date, slot: str, status: str, *, said: str = "", took_part: str = "",
    happened_at: datetime | None = None, entry_id: str = "", looked: bool = True,
) -> Entry | None:  # fmt: skip
    """The same for one person inside an open write; None when sent twice."""
    writes.stay_of(write, stay)
    programme = writes.programme_of(write)
    found = next((one for one in programme.week if one.code == slot), None)
    if found is None or not found.is_on(day.weekday()):
        raise refuse("slot.unknown", "There is no '{slot}' on that day. Choose an activity of the day.", slot=slot)
    if status not in STATUSES:
        raise refuse(
            "attendance.status", "Attendance is one of: here, late, chose not to, excused, left early, elsewhere."
        )
    happened = happened_at or write.at
    body = writes.filled(
        {"day": day.isoformat(), "slot": slot, "status": status, "said": said.strip()[:300], "took_part": took_part}
    )
    if replays.is_replayed(write, "attended", entry_id, stay, happened_at, body):
        return None
    row = writes.still_here(write, stay)
    replays.refuse_wrong_time(row, happened, write.at)
    if status in THERE and day > _today(write):
        raise refuse("attendance.future", "That day has not come yet. Choose today or a day before.")
    entry = write.append("attended", body, about=stay, happened_at=moments.to_ms(happened), entry_id=entry_id)
    if (
        looked
        and found.counts_as_check
        and status in ("here", "late")
        and any(b.code == IN_GROUP for b in programme.observation.day_pad)
    ):
        with suppress(Refused):  # entered too late for a check: who was there is recorded all the same
            checks.put(
                write,
                stay,
                IN_GROUP,
                happened_at=happened,
                place=found.space,
                via="attendance",
                late_because="attendance",
            )
    return entry


def _today(write: Writing) -> date:
    """The community's day; a device clock may be a little ahead at midnight."""
    house = write.state.get("community", write.community)
    return moments.local_day(write.at + CLOCK_SKEW, house["zone"] if house else "UTC")
