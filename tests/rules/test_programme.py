"""What can be asked of a programme: a level, a slot, the shift on duty, the pad by night, a limit by age."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from milieu.rules.programme import reading
from milieu.rules.programme.shape import Programme, Quantity, Shift, Source
from milieu.rules.words import Text

SMALL = Path(__file__).parents[1] / "programmes" / "small.yaml"
HOUSE = Source("House policy", "2026-11-01")


@pytest.fixture(scope="module")
def house() -> Programme:
    programme = reading.read(SMALL.read_text(encoding="utf-8"), SMALL.name)
    assert isinstance(programme, Programme)
    return programme


def test_things_are_found_by_their_code(house: Programme) -> None:
    assert house.level(2).name == "Taking part"
    assert house.space("lounge").capacity == 12
    assert house.slot("morning-meeting").led_by == "nurse"
    assert house.strength("helped").said == "{name} helped someone."
    assert house.expectation("quiet-voices").offer == ("Walk together",)
    assert house.observation.level("q15").needs_order
    assert house.policy("group_size").at_most == Quantity(15, "person", house.sources[0])
    assert (house.role("nurse").is_staff, house.role("resident").is_staff) == (True, False)


@pytest.mark.parametrize("look", ["space", "slot", "strength", "expectation", "role", "clock", "policy", "shift"])
def test_a_code_the_programme_does_not_have_is_a_key_error(house: Programme, look: str) -> None:
    with pytest.raises(KeyError):
        getattr(house, look)("nowhere")


def test_a_level_the_programme_does_not_have_is_a_key_error(house: Programme) -> None:
    with pytest.raises(KeyError):
        house.level(3)


def test_entries_name_the_version(house: Programme) -> None:
    assert house.id == "small-house@2026-11-01"


def test_nothing_can_be_changed(house: Programme) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        house.code = "other"  # type: ignore[misc]
    assert hash(house) == hash(house)


def test_times_are_minutes_since_midnight(house: Programme) -> None:
    meeting = house.slot("morning-meeting")
    assert (house.day_starts, meeting.starts, meeting.ends, meeting.length) == (390, 525, 555, 30)


def test_lights_out_runs_into_the_next_day(house: Programme) -> None:
    night = house.slot("lights-out")
    assert (night.starts, night.ends, night.length) == (1380, 1830, 450)


def test_a_day_is_in_order_and_the_day_line_has_its_stops_only(house: Programme) -> None:
    monday = [slot.code for slot in house.day(0)]
    assert monday == ["breakfast", "morning-meeting", "crews", "talk", "lights-out"]
    assert [slot.code for slot in house.day(6)] == ["breakfast", "lights-out"]
    assert [slot.code for slot in house.day_line(0)] == ["breakfast", "morning-meeting"]


@pytest.mark.parametrize(
    ("expected", "levels"),
    [
        ("all", [1, 2, 3, 4]),
        ("level:2+", [2, 3, 4]),
        ("level:2-", [1, 2]),
        ("signed_up", []),
        ("none", []),
    ],
)
def test_a_slot_knows_whom_it_expects(house: Programme, expected: str, levels: list[int]) -> None:
    slot = dataclasses.replace(house.slot("talk"), expected=expected)
    assert [level for level in (1, 2, 3, 4) if slot.expects(level)] == levels


@pytest.mark.parametrize(
    ("minute", "code"),
    [(420, "day"), (1379, "day"), (1380, "night"), (0, "night"), (419, "night")],
)
def test_someone_is_on_duty_at_every_minute(house: Programme, minute: int, code: str) -> None:
    shift = house.shift_at(minute)
    assert shift is not None
    assert shift.code == code


def test_a_programme_may_be_closed(house: Programme) -> None:
    evening = Shift("evening", Text("Evening"), 1020, 1260, asleep=False)
    closed = dataclasses.replace(house, shifts=(evening,))
    assert closed.shift_at(1019) is None
    assert closed.shift_at(1020) == evening
    assert closed.shift_at(1260) is None


@pytest.mark.parametrize(
    ("minute", "first"),
    [(1379, "settled"), (1380, "asleep"), (0, "asleep"), (389, "asleep"), (390, "settled")],
)
def test_the_pad_changes_at_lights_out_and_at_wake_up(house: Programme, minute: int, first: str) -> None:
    assert house.observation.pad(minute)[0].code == first


def test_without_a_night_it_is_never_night(house: Programme) -> None:
    observation = dataclasses.replace(house.observation, night=(0, 0))
    assert not any(observation.is_night(minute) for minute in range(0, 1440, 30))


def test_a_level_of_checks_is_at_intervals_or_continuous_or_none(house: Programme) -> None:
    told = {level.code: (level.is_continuous, level.has_checks) for level in house.observation.levels}
    assert told == {"routine": (False, True), "q15": (False, True), "sight": (True, True)}
    nothing = dataclasses.replace(house.observation.level("q15"), every=None)
    assert (nothing.is_continuous, nothing.has_checks) == (False, False)


@pytest.mark.parametrize(
    ("age", "hours"),
    [(8, 1), (9, 2), (17, 2), (18, 4), (80, 4), (None, 1)],
)
def test_an_order_ends_by_age_and_early_where_no_age_is_known(house: Programme, age: int | None, hours: int) -> None:
    assert house.clock("order-end").limit_at(age).minutes == hours * 60


def test_a_clock_without_bands_has_one_limit(house: Programme) -> None:
    clock = dataclasses.replace(house.clock("order-end"), by_age=())
    assert [clock.limit_at(age).minutes for age in (5, 50, None)] == [240, 240, 240]


@pytest.mark.parametrize(
    ("value", "unit", "minutes", "said"),
    [
        (15, "minute", 15, "15 minutes"),
        (1, "hour", 60, "1 hour"),
        (2, "day", 2880, "2 days"),
        (1.5, "hour", 90, "1.5 hours"),
    ],
)
def test_a_quantity_of_time_has_minutes(value: float, unit: str, minutes: float, said: str) -> None:
    quantity = Quantity(value, unit, HOUSE)
    assert (quantity.minutes, str(quantity)) == (minutes, said)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.8, "share", "80 %"),
        (15, "person", "15 people"),
        (1, "person", "1 person"),
        (4, "count", "4"),
        (6, "month", "6 months"),
    ],
)
def test_what_has_no_fixed_minutes_does_not_pretend(value: float, unit: str, said: str) -> None:
    quantity = Quantity(value, unit, HOUSE)
    assert str(quantity) == said
    with pytest.raises(KeyError):
        quantity.minutes  # noqa: B018 -- the access is what is tried


def test_a_house_with_beds_is_residential(house: Programme) -> None:
    assert house.is_residential
    rooms = tuple(space for space in house.spaces if space.kind != "bedroom")
    assert not dataclasses.replace(house, spaces=rooms).is_residential
