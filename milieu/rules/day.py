"""What is on today: the day line of a programme, with what is done, now, next and later.

Built from the weekly programme alone; exceptions to the week come with the schedule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from milieu.rules import moments
from milieu.rules.programme.shape import Programme, Slot


class Place(Enum):
    """Where a stop stands in the day."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the day line, with its instants and how much of it has gone (0 to 1)."""

    slot: Slot
    starts: datetime
    ends: datetime
    place: Place
    gone: float


def day_line(programme: Programme, day: date, at: datetime, zone: str) -> tuple[Stop, ...]:
    """The stops of `day`, in order, in UTC; exactly one is now while something is on, and the first to come is next.

    What began yesterday and runs past midnight comes first while it is on.
    """
    stops = []
    has_next = False
    yesterday = day - timedelta(days=1)
    from_before = [(yesterday, slot) for slot in programme.day_line(yesterday.weekday()) if slot.ends > moments.DAY]
    today = sorted(programme.day_line(day.weekday()), key=lambda slot: (slot.starts, slot.ends))
    for began, slot in [*from_before, *((day, slot) for slot in today)]:
        starts = moments.at_minute(began, slot.starts, zone).astimezone(UTC)
        ends = moments.at_minute(began, slot.ends, zone).astimezone(UTC)
        if began != day and not starts <= at < ends:
            continue  # last night stands in the line only as long as it lasts
        if ends <= at:
            place, gone = Place.DONE, 1.0
        elif starts <= at:
            place, gone = Place.NOW, (at - starts) / (ends - starts)
        else:
            place, gone = (Place.LATER if has_next else Place.NEXT), 0.0
            has_next = True
        stops.append(Stop(slot, starts, ends, place, gone))
    return tuple(_one_now(stops))


def _one_now(stops: list[Stop]) -> list[Stop]:
    current = [stop for stop in stops if stop.place is Place.NOW]
    if len(current) < 2:
        return stops
    # several things at once (a group beside free time): the one that began last is shown as now
    chosen = max(current, key=lambda stop: (stop.starts, stop.slot.kind != "free"))
    return [
        stop
        if stop.place is not Place.NOW or stop is chosen
        else Stop(stop.slot, stop.starts, stop.ends, Place.DONE, 1.0)
        for stop in stops
    ]


def slot_now(programme: Programme, at: datetime, zone: str) -> Slot | None:
    """The slot on at `at`, if any; the one that began last when several are."""
    wall = moments.local(at, zone)
    minute = wall.hour * 60 + wall.minute
    yesterday = (wall.weekday() - 1) % 7
    on = [slot for slot in programme.week if slot.is_on(wall.weekday()) and slot.starts <= minute < slot.ends]
    on_since_yesterday = [
        slot for slot in programme.week if slot.is_on(yesterday) and slot.starts <= minute + moments.DAY < slot.ends
    ]
    return max(on or on_since_yesterday, key=lambda slot: slot.starts, default=None)


def is_night(programme: Programme, at: datetime, zone: str) -> bool:
    """Whether `at` lies between lights-out and wake-up of the programme."""
    wall = moments.local(at, zone)
    return programme.observation.is_night(wall.hour * 60 + wall.minute)
