"""Who took part in an activity; where the programme says so, a tick is also a check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from milieu.actions import attendance, stays, writes
from milieu.rules import moments
from milieu.rules.permissions import May
from tests.actions.asking import recorded, refused, row
from tests.house import MINUTE, NOBODY, NOW, TODAY, House


def record(
    house: House, statuses: Mapping[str, str], slot: str = "seminar", day: date = TODAY, at: datetime = NOW
) -> object:
    """Attendance as the nurse in charge records it."""
    return attendance.record(house.nadia, at, day, slot, statuses)


def test_a_tick_in_a_group_is_also_a_check(willow: House) -> None:
    made = recorded(willow, lambda: record(willow, {willow.carl: "here", willow.maya: "declined"}))
    assert made == [
        ("attended", willow.carl, {"day": "2026-10-06", "slot": "seminar", "status": "here"}),
        (
            "check",
            willow.carl,
            {"as": "in-group", "place": "lounge", "via": "attendance", "late_because": "attendance"},
        ),
        ("attended", willow.maya, {"day": "2026-10-06", "slot": "seminar", "status": "declined"}),
    ]
    assert row(willow, "watch", willow.carl)["seen_at"] == moments.to_ms(NOW)
    counts = {what: row(willow, "tally", f"{willow.id}:2026-10-06:{what}:")["n"] for what in ("took_part", "expected")}
    assert counts == {"took_part": 1, "expected": 2}


@pytest.mark.parametrize("status", sorted(attendance.STATUSES))
def test_only_who_is_there_counts_as_seen(willow: House, status: str) -> None:
    kinds = [kind for kind, _, _ in recorded(willow, lambda: record(willow, {willow.carl: status}))]
    assert kinds == (["attended", "check"] if status in ("here", "late") else ["attended"])


def test_a_tick_where_nobody_is_counted_is_no_check(willow: House) -> None:
    assert [kind for kind, _, _ in recorded(willow, lambda: record(willow, {willow.carl: "here"}, "lunch"))] == [
        "attended"
    ]


def test_a_later_tick_stands_and_is_counted_once(willow: House) -> None:
    for status in ("declined", "here", "excused"):
        record(willow, {willow.carl: status}, "lunch")
    key = f"{willow.id}:2026-10-06:lunch:{willow.carl}"
    assert row(willow, "attendance", key)["status"] == "excused"
    assert {what: row(willow, "tally", f"{willow.id}:2026-10-06:{what}:")["n"] for what in ("took_part", "expected")} == {
        "took_part": 0, "expected": 0,
    }  # fmt: skip


def test_own_words_and_how_somebody_took_part_are_kept(willow: House) -> None:
    def act() -> None:
        with writes.writing(willow.nadia, May.RECORD_ATTENDANCE, NOW) as write:
            attendance.put(write, willow.carl, TODAY, "lunch", "here", said=" not hungry ", took_part="quiet")

    ((_, _, body),) = recorded(willow, act)
    assert (body["said"], body["took_part"]) == ("not hungry", "quiet")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"slot": "disco"}, "There is no 'disco' on that day. Choose an activity of the day."),
        (
            {"slot": "house-meeting", "day": date(2026, 10, 2)},
            "There is no 'house-meeting' on that day. Choose an activity of the day.",
        ),
        (
            {"statuses": {"carl": "asleep"}},
            "Attendance is one of: here, late, chose not to, excused, left early, elsewhere.",
        ),
        ({"statuses": {"nobody": "here"}}, "There is no such resident here. Choose somebody from the list."),
    ],
)
def test_attendance_that_cannot_be_is_refused(willow: House, said: dict[str, object], sentence: str) -> None:
    statuses = {willow.stays.get(who, NOBODY): what for who, what in said.pop("statuses", {"carl": "here"}).items()}  # type: ignore[attr-defined]
    assert refused(willow, lambda: record(willow, statuses, **said)) == sentence  # type: ignore[arg-type]


def test_neither_the_future_nor_who_has_left_takes_part(willow: House) -> None:
    def ahead() -> None:
        with writes.writing(willow.nadia, May.RECORD_ATTENDANCE, NOW) as write:
            attendance.put(write, willow.carl, TODAY, "seminar", "here", happened_at=NOW + 3 * MINUTE)

    assert refused(willow, ahead).startswith("This is said to happen in the future.")
    stays.end(willow.nadia, NOW, willow.carl, "moved out")
    assert refused(willow, lambda: record(willow, {willow.carl: "here"})).startswith("Carl D. has left.")


def test_one_refusal_records_nobody(willow: House) -> None:
    told = refused(willow, lambda: record(willow, {willow.carl: "here", NOBODY: "here"}))
    assert told == "There is no such resident here. Choose somebody from the list."


def test_a_night_s_attendance_may_be_told_the_day_after(willow: House) -> None:
    made = recorded(willow, lambda: record(willow, {willow.carl: "here"}, "lunch", TODAY - timedelta(days=1)))
    assert [body["day"] for _, _, body in made] == ["2026-10-05"]


def test_who_was_there_is_recorded_also_when_it_is_too_late_for_a_check(willow: House) -> None:
    def act() -> None:
        with writes.writing(willow.nadia, May.RECORD_ATTENDANCE, NOW) as write:
            day = TODAY - timedelta(days=1)
            attendance.put(write, willow.ruth, day, "crews", "here", happened_at=NOW - timedelta(hours=28))

    assert [kind for kind, _, _ in recorded(willow, act)] == ["attended"]


def test_nobody_is_there_before_it_begins_but_may_be_excused(willow: House) -> None:
    tomorrow = TODAY + timedelta(days=1)
    told = refused(willow, lambda: record(willow, {willow.carl: "here"}, "lunch", tomorrow))
    assert told.startswith("It begins at 12:00.")

    def sent_from_a_tablet() -> None:
        with writes.writing(willow.nadia, May.RECORD_ATTENDANCE, NOW) as write:
            attendance.put(write, willow.carl, tomorrow, "lunch", "here")

    assert refused(willow, sent_from_a_tablet) == "That day has not come yet. Choose today or a day before."
    made = recorded(willow, lambda: record(willow, {willow.carl: "excused"}, "lunch", tomorrow))
    assert [(kind, body["day"]) for kind, _, body in made] == [("attended", "2026-10-07")]


def test_written_down_later_it_happened_while_it_lasted(willow: House) -> None:
    record(willow, {willow.carl: "here"}, "seminar", at=NOW + timedelta(hours=5))
    kinds = {entry.kind: moments.from_ms(entry.happened_at) for entry in willow.entries()[-2:]}
    ended = NOW + 75 * MINUTE
    assert kinds == {"attended": ended, "check": ended}


def test_filled_in_all_at_once_it_is_no_check(willow: House) -> None:
    made = recorded(
        willow, lambda: attendance.record(willow.nadia, NOW, TODAY, "seminar", {willow.carl: "here"}, looked=False)
    )
    assert [kind for kind, _, _ in made] == ["attended"]
