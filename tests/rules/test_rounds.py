"""Who belongs to the round, in what order, on every night of the year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milieu.rules import checks, rounds
from milieu.rules.checks import Standing, Watched
from milieu.rules.rounds import OnRound
from tests import programme

POLICY = programme.tc().observation
MINUTE = timedelta(minutes=1)
LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 10, 6, 13, 7, tzinfo=UTC)


def person(name: str, seen: int, at: datetime = AT, every: int = 15, walk: int = 1, **more: bool) -> OnRound:
    """Somebody last seen `seen` minutes before `at`."""
    watched = Watched("q", every * MINUTE, at - 999 * MINUTE, at - seen * MINUTE, **more)  # type: ignore[arg-type]
    return OnRound(name, (walk, "", name), checks.due(watched, POLICY, at), watched.seen_at)


def names(people: tuple[OnRound, ...]) -> list[str]:
    """Their names, in order."""
    return [one.stay for one in people]


def test_a_round_walks_the_house_in_order_and_begins_with_who_is_late() -> None:
    people = [
        person("far", 12, walk=9), person("near", 12, walk=1), person("late", 20, walk=5), person("seen", 2, walk=3),
        person("hourly", 12, every=60), person("out", 90, is_out=True), person("beside", 90, one_to_one=True),
    ]  # fmt: skip
    route = rounds.route(people, AT.astimezone(LONDON))
    assert names(route.to_come) == ["near", "late", "far"]
    assert route.next is not None
    assert route.next.stay == "late"
    assert names(route.done) == ["seen"]
    assert sorted(names(route.later)) == ["beside", "hourly", "out"]


def test_nobody_is_next_where_nobody_is_to_come() -> None:
    assert rounds.route([person("seen", 2)], AT).next is None
    assert rounds.route([], AT).next is None


def test_who_sleeps_by_agreement_stands_apart() -> None:
    at = AT
    watched = Watched("q", 15 * MINUTE, at, sleep_from=at - MINUTE, sleep_until=at + 300 * MINUTE)
    asleep = OnRound("asleep", (1, "", ""), checks.due(watched, POLICY, at), None)
    route = rounds.route([asleep], at)
    assert (names(route.asleep), route.next) == (["asleep"], None)


def test_who_is_due_every_five_minutes_comes_again_within_the_round() -> None:
    at = AT + 6 * MINUTE  # 14:13, in the round that began at 14:00
    assert names(rounds.route([person("again", 5, at, every=5)], at).to_come) == ["again"]
    assert names(rounds.route([person("just seen", 1, at, every=5)], at).done) == ["just seen"]
    assert names(rounds.route([person("quarter hour", 12, at, every=15)], at).done) == ["quarter hour"]


Minutes = st.integers(0, 3 * 1440 - 1)
ZONES = ("Europe/London", "America/New_York", "Asia/Kathmandu", "UTC")
NIGHTS = (datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC))


@given(night=st.sampled_from(NIGHTS), minute=Minutes, zone=st.sampled_from(ZONES))
def test_a_round_began_within_its_length_on_a_quarter_hour_of_the_wall(night: datetime, minute: int, zone: str) -> None:
    at = (night + minute * MINUTE).astimezone(ZoneInfo(zone))
    began = rounds.began_at(at)
    assert timedelta(0) <= at.astimezone(UTC) - began.astimezone(UTC) < rounds.ROUND
    assert (began.minute % 15, began.second) == (0, 0)
    assert began.tzinfo is at.tzinfo


@given(
    night=st.sampled_from(NIGHTS), minute=Minutes, zone=st.sampled_from(ZONES),
    seen=st.lists(st.integers(0, 40), min_size=1, max_size=8),
)  # fmt: skip
def test_everybody_stands_in_one_part_of_the_route_and_nobody_due_is_forgotten(
    night: datetime, minute: int, zone: str, seen: list[int]
) -> None:
    at = night + minute * MINUTE
    people = [person(str(n), ago, at, walk=n) for n, ago in enumerate(seen)]
    route = rounds.route(people, at.astimezone(ZoneInfo(zone)))
    everybody = [*route.done, *route.to_come, *route.asleep, *route.later]
    assert sorted(names(tuple(everybody))) == sorted(one.stay for one in people)
    waiting = {one.stay for one in people if one.due.standing in (Standing.LATE, Standing.MISSED)}
    assert waiting <= set(names(route.to_come))
    plain = rounds.route(people, at)
    if zone != "Asia/Kathmandu":
        # a zone of whole and quarter hours changes nothing: the same people, on every night
        assert names(route.to_come) == names(plain.to_come)


@pytest.mark.parametrize("minute", range(0, 120, 5))
def test_the_hour_that_comes_twice_has_rounds_both_times(minute: int) -> None:
    at = datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + minute * MINUTE  # 01:00 to 02:00 BST, then 01:00 to 02:00 GMT
    route = rounds.route([person("waits", 16, at), person("seen", 0, at)], at.astimezone(LONDON))
    assert (names(route.to_come), names(route.done)) == (["waits"], ["seen"])
