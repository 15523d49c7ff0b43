"""The day line, what is on now and whether it is night, on ordinary days and when the clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milieu.rules import day, moments
from milieu.rules.day import Place
from tests import programme

TC = programme.tc()
ZONES = st.sampled_from(("Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31)) | st.sampled_from(
    (date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5), date(2026, 10, 4))
)


def line(on: date, clock: str, zone: str = "Europe/London") -> list[tuple[str, str]]:
    """Code and place of every stop, as seen at a time of that day."""
    at = datetime.combine(on, datetime.strptime(clock, "%H:%M").time(), ZoneInfo(zone))  # noqa: DTZ007
    return [(stop.slot.code, stop.place.value) for stop in day.day_line(TC, on, at.astimezone(UTC), zone)]


def test_a_tuesday_afternoon() -> None:
    assert line(date(2026, 10, 6), "14:30") == [
        ("breakfast", "done"), ("morning-meeting", "done"), ("crews", "done"), ("relapse-plan", "done"),
        ("lunch", "done"), ("quiet-hour", "done"), ("seminar", "now"), ("workshop", "next"), ("supper", "later"),
        ("house-meeting", "later"), ("meeting-outside", "later"), ("wind-down", "later"), ("lights-out", "later"),
    ]  # fmt: skip


def test_the_night_that_began_yesterday_is_now_until_it_ends() -> None:
    assert line(date(2026, 10, 6), "02:00")[:2] == [("lights-out", "now"), ("breakfast", "next")]
    assert line(date(2026, 10, 6), "06:29")[0] == ("lights-out", "now")
    assert line(date(2026, 10, 6), "06:30")[0] == ("breakfast", "next")


@pytest.mark.parametrize(
    ("clock", "code"),
    [
        ("02:00", "lights-out"),
        ("06:45", "wake"),
        ("14:00", "seminar"),
        ("23:30", "lights-out"),
        ("06:29", "lights-out"),
    ],
)
def test_what_is_on_now(clock: str, code: str) -> None:
    at = datetime.combine(date(2026, 10, 6), datetime.strptime(clock, "%H:%M").time(), ZoneInfo("Europe/London"))  # noqa: DTZ007
    slot = day.slot_now(TC, at, "Europe/London")
    assert slot is not None
    assert slot.code == code


def test_between_things_nothing_is_on() -> None:
    quiet = replace(TC, week=tuple(slot for slot in TC.week if slot.code == "lunch"))
    at = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)
    assert day.slot_now(quiet, at, "Europe/London") is None
    assert [stop.place for stop in day.day_line(quiet, date(2026, 10, 6), at, "Europe/London")] == [Place.NEXT]


@given(on=DAYS, minute=st.integers(-60, 1500), zone=ZONES)
def test_a_day_line_is_in_order_with_at_most_one_now_and_one_next(on: date, minute: int, zone: str) -> None:
    at = moments.at_minute(on, 0, zone).astimezone(UTC) + timedelta(minutes=minute)
    stops = day.day_line(TC, on, at, zone)
    assert [stop.starts for stop in stops] == sorted(stop.starts for stop in stops)
    places = [stop.place for stop in stops]
    assert places.count(Place.NOW) <= 1
    assert places.count(Place.NEXT) == (Place.NEXT in places)
    order = [Place.DONE, Place.NOW, Place.NEXT, Place.LATER]
    began = [place for place in places if place is not Place.DONE]
    assert [order.index(place) for place in began] == sorted(order.index(place) for place in began)
    for stop in stops:
        assert stop.starts < stop.ends
        assert 0.0 <= stop.gone <= 1.0
        if stop.place is Place.NOW:
            assert stop.starts <= at < stop.ends
            assert stop.gone == (at - stop.starts) / (stop.ends - stop.starts)
        if stop.place in (Place.NEXT, Place.LATER):
            assert stop.starts > at
    somewhere = any(stop.starts <= at < stop.ends for stop in stops)
    assert (Place.NOW in places) == somewhere


@given(on=DAYS, minute=st.integers(0, 1439), zone=ZONES)
def test_night_is_from_lights_out_to_wake_up_on_the_wall(on: date, minute: int, zone: str) -> None:
    at = moments.at_minute(on, minute, zone).astimezone(UTC)
    wall = moments.local(at, zone)
    assert day.is_night(TC, at, zone) == (wall.hour * 60 + wall.minute >= 23 * 60 or wall.hour * 60 + wall.minute < 390)
    outpatient = programme.named("outpatient-group")
    assert not day.is_night(outpatient, at, zone)


def test_a_night_within_one_day_and_no_night_at_all() -> None:
    siesta = replace(TC, observation=replace(TC.observation, night=(13 * 60, 15 * 60)))
    for hour, night in ((12, False), (13, True), (14, True), (15, False)):
        assert day.is_night(siesta, datetime(2026, 1, 5, hour, tzinfo=UTC), "UTC") is night


@pytest.mark.parametrize(
    ("on", "hours"), [(date(2026, 10, 24), 8.5), (date(2026, 3, 28), 6.5), (date(2026, 10, 6), 7.5)]
)
def test_a_night_is_as_long_as_it_really_is(on: date, hours: float) -> None:
    at = moments.at_minute(on, 23 * 60, "Europe/London")
    night = day.day_line(TC, on, at, "Europe/London")[-1]
    assert (night.ends - night.starts) / timedelta(hours=1) == hours
