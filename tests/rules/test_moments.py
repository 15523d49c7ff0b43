"""Instants, the wall clock and the local day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milieu.rules import moments

ZONES = st.sampled_from(
    ("Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
)
MOMENTS = st.builds(
    lambda seconds, zone: (moments.EPOCH + timedelta(seconds=seconds)).astimezone(zone),
    st.floats(-2e9, 7e9),
    st.sampled_from([UTC, ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/London")]),
)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(ms=st.integers(-(2**43), 2**43))
def test_milliseconds_come_back_as_they_went(ms: int) -> None:
    assert moments.to_ms(moments.from_ms(ms)) == ms
    assert moments.from_ms(ms).tzinfo is UTC


@given(moment=MOMENTS)
def test_a_moment_loses_less_than_a_millisecond(moment: datetime) -> None:
    assert timedelta(0) <= moment - moments.from_ms(moments.to_ms(moment)) < timedelta(milliseconds=1)


def test_a_moment_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="needs its time zone"):
        moments.to_ms(datetime(2026, 10, 6))  # noqa: DTZ001


@given(moment=MOMENTS, zone=ZONES, starts=st.integers(0, 600))
def test_a_local_day_begins_when_the_house_says(moment: datetime, zone: str, starts: int) -> None:
    wall = moments.local(moment, zone)
    assert moments.to_ms(wall) == moments.to_ms(moment)
    before = wall.hour * 60 + wall.minute < starts
    assert moments.local_day(moment, zone, starts) == wall.date() - timedelta(days=before)


@given(day=DAYS, minute=st.integers(0, 2880), zone=ZONES)
def test_a_minute_of_a_day_is_that_minute_on_the_wall(day: date, minute: int, zone: str) -> None:
    wall = moments.at_minute(day, minute, zone)
    assert wall.date() == day + timedelta(days=minute // 1440)
    assert wall.hour * 60 + wall.minute == minute % 1440
    shown = moments.local(wall.astimezone(UTC), zone)
    # only a time that the clock leaves out is shown otherwise
    assert shown.replace(tzinfo=None) == wall.replace(tzinfo=None) or shown.utcoffset() != wall.utcoffset()


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 10, 25), 25), (date(2026, 3, 29), 23), (date(2026, 10, 6), 24)])
def test_a_day_of_a_changing_clock_has_its_hours(day: date, hours: int) -> None:
    begins = moments.at_minute(day, 0, "Europe/London").astimezone(UTC)
    ends = moments.at_minute(day, 1440, "Europe/London").astimezone(UTC)
    assert ends - begins == timedelta(hours=hours)


def test_noon_is_noon_on_every_day() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 6)):
        assert moments.clock(moments.at_minute(day, 720, "Europe/London"), "Europe/London") == "12:00"


def test_a_zone_is_one_of_the_database() -> None:
    assert moments.zone("Europe/London").key in available_timezones()
