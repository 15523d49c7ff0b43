"""Taking back restores state exactly, in any order; the tables are always what the ledger says."""

from __future__ import annotations

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milieu.actions import attendance, checks, interactions, needs, places, undo, writes
from milieu.actions.refused import Refused
from milieu.record.entries import Entry
from milieu.rules.permissions import May
from tests import stories
from tests.house import MINUTE, NOW, TODAY, House
from tests.record import states


def everything_taken_back(house: House, began: int, order: list[int]) -> None:
    """Take back whatever can be, in an order of its own."""
    entries = [entry for entry in house.entries(after=began) if entry.kind != "taken_back"]
    for _, entry in sorted(zip(order + [0] * len(entries), entries, strict=False), key=lambda pair: pair[0]):
        try:
            undo.take_back(house.nadia, NOW + 60 * MINUTE, entry.id)
        except Refused:
            continue


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=stories.Stories, order=st.lists(st.integers(0, 9), max_size=20))
def test_state_is_as_if_what_was_taken_back_had_never_been_said(
    willow: House, steps: stories.Story, order: list[int]
) -> None:
    with transaction.atomic():
        for text in ("Relief for Tomasz", "Own view"):
            needs.raise_(willow.nadia, NOW - MINUTE, "relief", text)
        began = willow.newest().n
        stories.live(willow, steps)
        for _ in range(2):
            entries = willow.entries()
            assert states.stored(willow.id) == states.folded(entries)
            assert states.told(states.folded(states.standing(entries))) == states.told(states.stored(willow.id))
            everything_taken_back(willow, began, order)
        transaction.set_rollback(True)  # the next story starts where this one did


def test_an_act_is_taken_back_whole_whichever_of_its_entries_is_named(willow: House) -> None:
    before = states.told(states.stored(willow.id))
    people = [willow.carl, willow.maya, willow.joel]
    for named in range(3):
        noticed = interactions.notice(willow.nadia, NOW, people, "spoke-up")
        back = undo.take_back(willow.nadia, NOW, noticed[named].id)
        assert [entry.corrects for entry in back] == [entry.id for entry in noticed]
        assert states.told(states.stored(willow.id)) == before


def test_taking_back_a_tick_takes_back_the_check_it_made(willow: House) -> None:
    before = states.told(states.stored(willow.id))
    ticked = attendance.record(willow.nadia, NOW, TODAY, "seminar", {willow.carl: "here"})
    assert willow.newest().kind == "check"
    assert [entry.body["kind"] for entry in undo.take_back(willow.nadia, NOW, ticked[0].id)] == ["attended", "check"]
    assert states.told(states.stored(willow.id)) == before


def test_an_older_move_taken_back_does_not_come_back_later(willow: House) -> None:
    first = places.move(willow.nadia, NOW, [willow.carl], "garden")[0]
    second = places.move(willow.nadia, NOW + MINUTE, [willow.carl], "kitchen")[0]
    undo.take_back(willow.nadia, NOW + 2 * MINUTE, first.id)
    assert states.stored(willow.id)["whereabouts"][willow.carl]["place"] == "kitchen"
    undo.take_back(willow.nadia, NOW + 3 * MINUTE, second.id)
    assert states.stored(willow.id)["whereabouts"][willow.carl]["place"] == "lounge"


def test_a_thing_counts_on_the_day_it_happened_when_taken_back_the_day_after(willow: House) -> None:
    noticed: tuple[Entry, ...] = interactions.notice(willow.nadia, NOW, [willow.carl], "spoke-up")
    undo.take_back(willow.nadia, NOW + 1440 * MINUTE, noticed[0].id)
    days = {row["day"]: row["n"] for row in states.stored(willow.id)["tally"].values() if row["what"] == "noticed"}
    assert days == {"2026-10-06": 0}


def test_checks_beyond_those_kept_are_still_counted_from_the_newest(willow: House) -> None:
    made = [checks.record(willow.nadia, NOW + n * MINUTE, willow.carl, "settled") for n in range(15)]
    for entry in made[-1:-4:-1]:
        assert entry is not None
        undo.take_back(willow.nadia, NOW + 20 * MINUTE, entry.id)
    row = states.stored(willow.id)["watch"][willow.carl]
    assert made[11] is not None
    assert (row["recent"][0][0], len(row["recent"])) == (made[11].id, 9)


def test_a_late_word_taken_back_changes_nothing_it_had_not_changed(willow: House) -> None:
    places.move(willow.nadia, NOW, [willow.carl], "garden")
    with writes.writing(willow.nadia, May.MOVE_PEOPLE, NOW) as write:
        late = places.put(write, willow.carl, "kitchen", happened_at=NOW - 30 * MINUTE)
    assert late is not None
    undo.take_back(willow.nadia, NOW, late.id)
    assert states.stored(willow.id)["whereabouts"][willow.carl]["place"] == "garden"
    assert states.stored(willow.id) == states.folded(willow.entries())
