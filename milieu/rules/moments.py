"""What instants are here: milliseconds since 1970 in UTC on record, aware datetimes in rules and pages.

One pair of conversions, and the local day of a community. Reading a clock is left to the outermost callers.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE_MS = 60_000
_MILLISECOND = timedelta(milliseconds=1)
DAY = 1440  # minutes on the clock


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970 UTC of an aware `moment`; a naive one raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return (moment - EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """The aware UTC datetime of `ms` milliseconds since 1970."""
    return EPOCH + timedelta(milliseconds=ms)


@lru_cache(maxsize=512)
def zone(name: str) -> ZoneInfo:
    """The time zone called `name` in the IANA database."""
    return ZoneInfo(name)


def local(moment: datetime, zone_name: str) -> datetime:
    """`moment` as the clock on the wall in `zone_name` shows it."""
    return moment.astimezone(zone(zone_name))


def local_day(moment: datetime, zone_name: str, day_starts: int = 0) -> date:
    """The community's day that `moment` belongs to; a day begins `day_starts` minutes after midnight."""
    return (local(moment, zone_name) - timedelta(minutes=day_starts)).date()


def at_minute(day: date, minute: int, zone_name: str) -> datetime:
    """The instant `minute` minutes after local midnight of `day`; past 1440 it is on the next day.

    Counted on the wall clock, so 12:00 is noon on days when the clock changes too.
    """
    extra, minute_of_day = divmod(minute, DAY)
    wall = datetime.combine(day + timedelta(days=extra), time(minute_of_day // 60, minute_of_day % 60))
    return wall.replace(tzinfo=zone(zone_name))


def clock(moment: datetime, zone_name: str) -> str:
    """HH:MM on the wall in `zone_name`."""
    return local(moment, zone_name).strftime("%H:%M")
