"""The engine of due checks against a slow and simple one, and what may be recorded as a check."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milieu.rules import checks
from milieu.rules.checks import CheckFacts, Gap, Standing, Watched
from tests import programme

POLICY = programme.tc().observation
BEGAN = datetime(2026, 10, 5, 22, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def slow(every: int, since: int, seen: int | None, sleep: tuple[int, int] | None, now: int) -> tuple[Standing, int]:
    """How a check stands after `now` minutes, found by walking minute by minute with a counter; and when it was due."""
    if sleep and sleep[0] <= now < sleep[1]:
        return Standing.AGREED_SLEEP, sleep[1]
    waited, due_at = 0, 0
    for minute in range(now + 1):
        waited += 1
        if sleep and minute == sleep[1]:
            waited = min(waited, 4 * every // 5)  # agreed sleep has ended: look in soon
        if minute == since:
            # an order begins the count; what would be overdue by it is due now
            waited = 0 if seen is None or seen >= since else min(waited, every)
        if minute == seen:
            waited = 0
        due_at = minute + every - waited
    if 2 * waited > 3 * every:
        return Standing.MISSED, due_at
    if waited > every:
        return Standing.LATE, due_at
    if 5 * waited >= 4 * every:
        return Standing.DUE, due_at
    return Standing.ON_TIME, due_at


Sleep = st.one_of(st.none(), st.tuples(st.integers(0, 200), st.integers(1, 200)).map(lambda pair: (pair[0], sum(pair))))


@given(
    every=st.sampled_from((5, 15, 30, 60)), since=st.integers(0, 120), seen=st.one_of(st.none(), st.integers(0, 300)),
    sleep=Sleep, wait=st.integers(0, 300),
)  # fmt: skip
@example(every=15, since=0, seen=162, sleep=None, wait=32)
@example(every=15, since=120, seen=60, sleep=None, wait=0)
@example(every=60, since=0, seen=30, sleep=(60, 120), wait=90)
def test_the_engine_agrees_with_the_slow_one(
    every: int, since: int, seen: int | None, sleep: tuple[int, int] | None, wait: int
) -> None:
    now = max(since, seen or 0) + wait
    watched = Watched(
        "q", every * MINUTE, BEGAN + since * MINUTE, None if seen is None else BEGAN + seen * MINUTE,
        sleep_from=BEGAN + sleep[0] * MINUTE if sleep else None, sleep_until=BEGAN + sleep[1] * MINUTE if sleep else None,
    )  # fmt: skip
    found = checks.due(watched, POLICY, BEGAN + now * MINUTE)
    standing, due_at = slow(every, since, seen, sleep, now)
    assert (found.standing, found.at) == (standing, BEGAN + due_at * MINUTE)
    assert 0.0 <= found.share_left <= 1.0
    assert found.is_waiting == (standing in (Standing.DUE, Standing.LATE, Standing.MISSED))
    assert str(found.reason)


@given(
    seen=st.integers(0, 2 * 1440), wait=st.integers(0, 240),
    zone=st.sampled_from(("Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC")),
)  # fmt: skip
def test_no_clock_on_any_wall_changes_how_a_check_stands(seen: int, wait: int, zone: str) -> None:
    seen_at = datetime(2026, 10, 24, tzinfo=UTC) + seen * MINUTE  # the clocks of London go back in the night between
    at = seen_at + wait * MINUTE
    watched = Watched("q30", 30 * MINUTE, seen_at - MINUTE, seen_at)
    on_the_wall = Watched(
        "q30", 30 * MINUTE, watched.since.astimezone(ZoneInfo(zone)), seen_at.astimezone(ZoneInfo(zone))
    )
    plain = checks.due(watched, POLICY, at)
    there = checks.due(on_the_wall, POLICY, at.astimezone(ZoneInfo(zone)))
    assert there.standing is plain.standing
    assert there.share_left == plain.share_left


def test_who_comes_first_when_several_things_are_so() -> None:
    """One to one, then out, then agreed sleep, then no order."""
    at, until = BEGAN, BEGAN + 60 * MINUTE
    everything = Watched(
        "none", None, at, one_to_one=True, is_out=True, out_until=until, sleep_from=at, sleep_until=until
    )
    assert checks.due(everything, POLICY, at).standing is Standing.ONE_TO_ONE
    out = checks.due(
        Watched("none", None, at, is_out=True, out_until=until, sleep_from=at, sleep_until=until), POLICY, at
    )
    assert (out.standing, out.at) == (Standing.OUT, until)
    asleep = checks.due(Watched("none", None, at, sleep_from=at, sleep_until=until), POLICY, at)
    assert (asleep.standing, asleep.at) == (Standing.AGREED_SLEEP, until)
    none = checks.due(Watched("none", None, at), POLICY, at)
    assert (none.standing, none.at, none.is_waiting) == (Standing.NONE, None, False)


@given(
    times=st.lists(st.integers(-30, 300), max_size=20), every=st.sampled_from((15, 30, 60)), until=st.integers(0, 270)
)
def test_gaps_are_just_the_stretches_longer_than_ordered(times: list[int], every: int, until: int) -> None:
    seen = [BEGAN + minute * MINUTE for minute in times]
    found = checks.gaps(seen, every * MINUTE, POLICY, BEGAN, BEGAN + until * MINUTE)
    unseen = [0] * (until + 1)
    for minute in range(until + 1):
        unseen[minute] = 0 if minute == 0 or ((minute - 1) in times and minute - 1 <= until) else unseen[minute - 1]
        unseen[minute] += 0 if minute == 0 else 1
    ends = [minute for minute in range(until + 1) if minute in times or minute == until]
    slow_gaps = {
        (minute - unseen[minute], minute): Standing.MISSED if 2 * unseen[minute] > 3 * every else Standing.LATE
        for minute in ends
        if unseen[minute] > every
    }
    assert {((gap.began - BEGAN) // MINUTE, (gap.ended - BEGAN) // MINUTE): gap.standing for gap in found} == slow_gaps


def test_a_night_with_a_changing_clock_has_no_gap_of_an_hour() -> None:
    seen = [datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + n * 15 * MINUTE for n in range(12)]
    on_the_wall = [moment.astimezone(ZoneInfo("Europe/London")) for moment in seen]
    assert checks.gaps(on_the_wall, 15 * MINUTE, POLICY, on_the_wall[0], on_the_wall[-1]) == ()
    without = [*on_the_wall[:5], *on_the_wall[6:]]
    found = checks.gaps(without, 15 * MINUTE, POLICY, on_the_wall[0], on_the_wall[-1])
    assert found == (Gap(seen[4], seen[6], Standing.MISSED),)


FACTS = CheckFacts(
    "Carl D.",
    BEGAN - timedelta(days=3),
    None,
    frozenset({"settled", "asleep"}),
    frozenset({"drink"}),
    reason_for_late=True,
)


def problem(
    at: datetime = BEGAN, entered: datetime = BEGAN, pad: str = "settled", why: str = "", **facts: object
) -> str:
    """What is said of a check; empty when it may be recorded."""
    known = {name: facts.get(name, getattr(FACTS, name)) for name in FACTS.__slots__}
    found = checks.problem_with(CheckFacts(**known), pad, facts.get("with_chips", ()), at, entered, why)  # type: ignore[arg-type]
    return str(found or "")


def test_an_ordinary_check_may_be_recorded() -> None:
    assert problem() == ""
    assert problem(with_chips=["drink"]) == ""
    assert problem(at=BEGAN + checks.CLOCK_SKEW) == ""
    assert problem(at=BEGAN - checks.ENTERED_LATE) == ""
    assert problem(at=BEGAN - checks.OLDEST, why="busy") == ""
    assert problem(at=BEGAN - timedelta(hours=1), reason_for_late=False) == ""
    assert problem(left_at=BEGAN) == ""
    assert problem(arrived_at=BEGAN) == ""


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ({"pad": "dancing"}, "There is no button 'dancing' in this programme."),
        ({"with_chips": ["drink", "cake"]}, "There is no addition 'cake' in this programme."),
        ({"at": BEGAN + checks.CLOCK_SKEW + timedelta(milliseconds=1)}, "This check is said to happen in the future."),
        ({"at": BEGAN - checks.OLDEST - timedelta(milliseconds=1), "why": "x"}, "This is more than a day ago."),
        ({"arrived_at": BEGAN + timedelta(milliseconds=1)}, "Carl D. had not arrived by then."),
        ({"left_at": BEGAN - timedelta(milliseconds=1)}, "Carl D. had left by then."),
        (
            {"at": BEGAN - checks.ENTERED_LATE - timedelta(milliseconds=1)},
            "Say in a few words why this is entered late.",
        ),
        ({"at": BEGAN - timedelta(hours=1), "why": "  \n"}, "Say in a few words why this is entered late."),
    ],
)
def test_what_may_not_be_recorded_says_why_and_what_to_do(said: dict[str, object], begins: str) -> None:
    told = problem(**said)  # type: ignore[arg-type]
    assert told.startswith(begins)
    assert len(told) > len(begins), "it also says what to do"


def test_a_thing_is_entered_late_after_two_minutes() -> None:
    assert not checks.is_entered_late(BEGAN, BEGAN + checks.ENTERED_LATE)
    assert checks.is_entered_late(BEGAN, BEGAN + checks.ENTERED_LATE + timedelta(milliseconds=1))
