"""A page asked as it was known at a past moment is the page that was shown then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from milieu.actions import attendance, checks, interactions, needs, places, staff, stays, undo
from milieu.queries import resident, residents, rounds, today
from milieu.queries.resident import ResidentPage
from milieu.queries.today import TodayPage
from milieu.record import past
from milieu.rules import moments
from tests import house, stories
from tests.house import MINUTE, NOW, TODAY, House


def board(where: House, at: datetime, known_at: datetime | None = None) -> TodayPage:
    """The board, without the name it is kept under."""
    return replace(today.board(where.here, where.nadia, at, known_at=known_at), key=())


def page(where: House, at: datetime, stay: str, known_at: datetime | None = None) -> ResidentPage:
    """A resident's page, without the word that it is of the past and with nothing to press, as it is then."""
    shown = resident.page(where.here, where.nadia, at, stay, known_at=known_at)
    assert shown is not None
    assert shown.timeline is not None
    lines = shown.timeline.entries
    assert known_at is None or not any(line.may_take_back for line in lines)
    entries = tuple(replace(line, may_take_back=False) for line in lines)
    return replace(shown, known_at=None, timeline=replace(shown.timeline, entries=entries))


@contextmanager
def undone() -> Iterator[None]:
    """What happens within leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def live_on(where: House, at: datetime) -> None:
    """More happens, some of it about what was before."""
    checks.record(where.tomasz, at, where.carl, "alone", happened_at=at - 30 * MINUTE, late_because="busy")
    places.move(where.nadia, at, where.everybody, "kitchen")
    interactions.notice(where.nadia, at, [where.carl, where.maya], "listened", "to the end")
    stays.set_level(where.nadia, at, where.carl, 2, "ready")
    stays.end(where.nadia, at, where.ruth, "moved out")
    stays.describe(where.nadia, at, where.maya, likes=["tea"])
    attendance.record(where.nadia, at, TODAY, "seminar", dict.fromkeys((where.carl, where.joel), "declined"))
    staff.go_on_duty(where.nadia, at, where.nadia.staff, "floor", place="lounge")


def first_hours(where: House) -> datetime:
    """A little of everything before; when it ended."""
    staff.go_on_duty(where.nadia, NOW, where.tomasz.staff, "group", place="lounge", on_until=NOW + 480 * MINUTE)
    for minute, stay in enumerate(where.everybody):
        checks.record(where.tomasz, NOW + minute * MINUTE, stay, "settled")
    attendance.record(where.nadia, NOW + 10 * MINUTE, TODAY, "seminar", dict.fromkeys(where.everybody[:3], "here"))
    noticed = [
        interactions.notice(where.nadia, NOW + (11 + n) * MINUTE, where.everybody[:2], "spoke-up")[0] for n in range(9)
    ]
    interactions.remind(where.nadia, NOW + 22 * MINUTE, "correction", [where.joel], "phones", "agreed", went="settled")
    needs.raise_(where.nadia, NOW + 23 * MINUTE, "tension", "since breakfast", stay=where.carl, other=where.maya)
    stays.describe(where.nadia, NOW + 24 * MINUTE, where.carl, helps=["quiet"], keep_apart=[{"stay": where.maya}])
    undo.take_back(where.nadia, NOW + 25 * MINUTE, noticed[4].id)
    return NOW + 26 * MINUTE


@pytest.mark.parametrize("hours", [0, 3, 9, 20, 33, 40])
def test_board_and_resident_page_are_what_they_were(willow: House, hours: int) -> None:
    then = first_hours(willow) + timedelta(hours=hours)
    shown, pages = board(willow, then), {stay: page(willow, then, stay) for stay in willow.everybody}
    live_on(willow, then + MINUTE)
    assert board(willow, then + 2 * MINUTE) != shown
    assert board(willow, then + 2 * MINUTE, known_at=then) == shown
    assert {stay: page(willow, then + 2 * MINUTE, stay, known_at=then) for stay in willow.everybody} == pages


def test_rounds_and_residents_are_what_they_were(willow: House) -> None:
    then = first_hours(willow) + timedelta(hours=9)  # in the night
    round_then = rounds.page(willow.here, willow.nadia, then, willow.carl)
    list_then = residents.page(willow.here, willow.nadia, then)
    live_on(willow, then + MINUTE)
    later = then + 2 * MINUTE
    assert rounds.page(willow.here, willow.nadia, later, willow.carl) != round_then
    assert rounds.page(willow.here, willow.nadia, later, willow.carl, known_at=then) == round_then
    assert residents.page(willow.here, willow.nadia, later) != list_then
    assert residents.page(willow.here, willow.nadia, later, known_at=then) == list_then


def test_a_late_entry_is_not_known_before_it_was_entered(willow: House) -> None:
    then = first_hours(willow)
    missed = today.board(willow.here, willow.nadia, then + 120 * MINUTE).vitals.late
    entered = then + 121 * MINUTE
    checks.record(willow.tomasz, entered, willow.carl, "settled", happened_at=then + 80 * MINUTE, late_because="busy")
    assert board(willow, entered).vitals.late == missed - 1
    assert board(willow, entered, known_at=then + 120 * MINUTE).vitals.late == missed


def test_what_was_known_within_one_second_is_told_apart(willow: House) -> None:
    first = NOW + timedelta(milliseconds=200)
    places.move(willow.nadia, first, [willow.carl], "garden")
    places.move(willow.nadia, first + timedelta(milliseconds=300), [willow.carl], "kitchen")
    then = [
        [card.code for card in board(willow, NOW + MINUTE, known_at=moment).places]
        for moment in (first, first + timedelta(milliseconds=400))
    ]
    assert then == [["lounge", "garden"], ["lounge", "kitchen"]]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=stories.Stories, after=stories.Stories)
def test_the_past_is_the_same_whatever_happens_after(db: None, before: stories.Story, after: stories.Story) -> None:
    with undone():
        willow = house.willow()  # a new one for every story: what is kept between requests knows chains by their id
        needs.raise_(willow.nadia, NOW - MINUTE, "help", "a word")
        stories.live(willow, before)
        then = NOW + 20 * MINUTE
        shown, carl = board(willow, then), page(willow, then, willow.carl)
        stories.live(willow, after, then + MINUTE)
        assert board(willow, then + 60 * MINUTE, known_at=then) == shown
        assert page(willow, then + 60 * MINUTE, willow.carl, known_at=then) == carl


def test_the_past_is_the_same_from_a_snapshot(willow: House) -> None:
    then = first_hours(willow)
    shown = board(willow, then)
    live_on(willow, then + MINUTE)
    n = next(entry.n for entry in willow.entries() if moments.from_ms(entry.entered_at) > NOW + 5 * MINUTE)
    early = moments.from_ms(willow.entries(after=n - 1)[0].entered_at)
    past.keep(willow.id, n, moments.to_ms(early), past.state_at(willow.id, moments.to_ms(early)))
    fresh = replace(willow.here, n=willow.here.n + 1)  # a chain that has gone on, so that nothing is kept from before
    assert replace(today.board(fresh, willow.nadia, then + 9 * MINUTE, known_at=then), key=()) == shown


def test_snapshots_are_made_on_the_way_and_change_nothing(willow: House, monkeypatch: pytest.MonkeyPatch) -> None:
    then = moments.to_ms(first_hours(willow))
    plain = past.state_at(willow.id, then).tables
    monkeypatch.setattr(past, "EVERY", 7)
    assert past.state_at(willow.id, then).tables == plain
    snapshots = past.state_at(willow.id, then - 1)
    assert past.state_at(willow.id, then).tables == plain
    assert snapshots.tables["stay"] == plain["stay"]


def test_before_the_house_opened_there_was_nothing(willow: House) -> None:
    assert past.state_at(willow.id, 0).rows("community") == []
