"""The rounds page: the route, the person at whose door one stands, and the pad."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from milieu.actions import checks, places, stays
from milieu.queries import rounds
from milieu.queries.rounds import RoundsPage
from tests.house import MINUTE, NOW, House

NIGHT = datetime(2026, 10, 6, 23, 7, tzinfo=UTC)  # 00:07 on the wall


def page(house: House, at: datetime, chosen: str = "") -> RoundsPage:
    """The round as a technician sees it."""
    return rounds.page(house.here, house.tomasz, at, chosen)


def seen(house: House, at: datetime, pad: str = "asleep", *names: str) -> None:
    """Somebody looked in on these; on all without names."""
    for stay in [house.stays[name] for name in names] or house.everybody:
        checks.record(house.tomasz, at, stay, pad)


def test_a_round_goes_from_door_to_door(willow: House) -> None:
    seen(willow, NIGHT - 61 * MINUTE)
    seen(willow, NIGHT - 3 * MINUTE, "awake-in-bed", "maya", "sam")
    shown = page(willow, NIGHT)
    route = [(stop.room, stop.name, stop.state) for stop in shown.route]
    assert route == [
        ("1", "Carl D.", "now"), ("1", "Maya C.", "done"), ("2", "Joel A.", "to_come"), ("2", "Anna K.", "to_come"),
        ("3", "Sam N.", "done"), ("3", "Ruth O.", "to_come"),
    ]  # fmt: skip
    assert (shown.seen, shown.of, shown.is_night, shown.later) == (2, 6, True, ())
    assert [button.code for button in shown.pad][:2] == ["asleep", "awake-in-bed"]
    assert shown.current is not None
    assert (str(shown.current.last_seen), str(shown.current.interval)) == (
        "Last seen 23:06, asleep.",
        "Every 60 minutes.",
    )
    assert str(shown.current.past_title) == "Tonight"


def test_by_day_there_is_the_other_pad(willow: House) -> None:
    shown = page(willow, NOW)
    assert not shown.is_night
    assert [button.code for button in shown.pad][:2] == ["in-group", "settled"]
    assert shown.current is not None
    assert (str(shown.current.last_seen), str(shown.current.past_title)) == ("Not seen yet.", "Last checks")
    assert str(shown.current.past_sentence) == "Nothing recorded yet."


def test_anybody_may_be_chosen_by_hand(willow: House) -> None:
    seen(willow, NIGHT)
    shown = page(willow, NIGHT, willow.ruth)
    assert shown.current is not None
    assert shown.current.name == "Ruth O."
    assert [stop.state for stop in shown.route if stop.stay == willow.ruth] == ["now"]
    assert page(willow, NIGHT, "0" * 32).current is None


def test_a_round_without_anybody_to_see_says_when_the_next_is(willow: House) -> None:
    seen(willow, NIGHT - 20 * MINUTE)
    seen(willow, NIGHT - 30 * MINUTE + 20 * MINUTE, "asleep", "maya", "joel", "anna", "sam", "ruth")
    shown = page(willow, NIGHT)
    assert shown.current is None
    assert str(shown.empty) == "No checks are due before 00:47. Next: Carl."


def test_a_house_without_orders_says_so(willow: House) -> None:
    for stay in willow.everybody:
        checks.begin_one_to_one(willow.tomasz, NIGHT, stay)
    shown = page(willow, NIGHT)
    assert str(shown.empty) == "No checks are due. Nobody here has a check ordered."
    assert {stop.status.code for stop in shown.later} == {"one_to_one"}


def test_how_a_person_asked_to_be_checked_is_shown_at_their_door(willow: House) -> None:
    stays.describe(
        willow.nadia, NOW, willow.carl, night_plan=["Knock softly", "No torch"], safety=[{"line": "Glasses locked"}]
    )
    checks.order(willow.nadia, NOW, willow.carl, "q30", "unwell", until=NIGHT + timedelta(hours=6))
    current = page(willow, NIGHT, willow.carl).current
    assert current is not None
    assert str(current.plan_title) == "How Carl asked to be checked"
    assert (current.night_plan, current.safety) == (("Knock softly", "No torch"), ("Glasses locked",))
    assert str(current.interval) == "Every 30 minutes until 06:07."


def test_the_last_checks_tell_how_the_night_went(willow: House) -> None:
    for minutes, pad in ((240, "up-settled"), (180, "asleep"), (120, "asleep"), (60, "awake-in-bed")):
        checks.record(willow.tomasz, NIGHT - minutes * MINUTE, willow.carl, pad)
    checks.record(
        willow.nadia, NIGHT, willow.carl, "asleep", happened_at=NIGHT - 30 * MINUTE, late_because="fire alarm"
    )
    current = page(willow, NIGHT, willow.carl).current
    assert current is not None
    assert [(check.band, check.by, check.entered_late) for check in current.past] == [
        ("up", "Tomasz L.", False), ("asleep", "Tomasz L.", False), ("asleep", "Tomasz L.", False),
        ("resting", "Tomasz L.", False), ("asleep", "Nadia R.", True),
    ]  # fmt: skip
    assert str(current.past_sentence) == "Asleep about 150 minutes in the last 5 checks."
    later = page(willow, NIGHT).later
    assert [stop.entered_late for stop in later if stop.stay == willow.carl] == [True]


def test_agreed_sleep_is_left_in_peace(willow: House) -> None:
    seen(willow, NIGHT)
    until = NIGHT + timedelta(hours=6)
    checks.order(willow.nadia, NOW, willow.carl, "routine", "rest", sleep=(NIGHT - 60 * MINUTE, until))
    shown = page(willow, NIGHT)
    assert (shown.asleep_count, shown.asleep_until, shown.asleep_names) == (1, until, "Carl")
    assert willow.carl not in [stop.stay for stop in shown.route]


def test_who_has_no_room_is_met_where_they_are(willow: House) -> None:
    entry = stays.begin(willow.nadia, NOW, {"given_name": "Zoe"})
    places.move(willow.nadia, NOW, [entry.about], "garden")
    checks.record(willow.tomasz, NOW, entry.about, "settled")
    shown = page(willow, NOW + 56 * MINUTE)
    assert (shown.route[-1].name, shown.route[-1].room) == ("Zoe", "")


def test_a_button_no_longer_there_still_has_its_words(willow: House) -> None:
    assert rounds.pad_title(willow.programme, "half_asleep") == "half asleep"
    assert rounds.band_of(willow.programme, "half_asleep") == "up"
