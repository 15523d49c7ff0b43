"""Taking back: by whom, until when, and what is left afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from milieu.actions import checks, entries, interactions, stays, undo
from milieu.record import ledger
from milieu.rules.ids import new_id
from milieu.rules.undo import OWN_WITHIN
from tests.actions.asking import recorded, refused, row
from tests.house import MINUTE, NOBODY, NOW, House
from tests.record.states import stored


def test_both_stay_visible(willow: House) -> None:
    (entry,) = interactions.notice(willow.tomasz, NOW, [willow.carl], "spoke-up")
    made = recorded(willow, lambda: undo.take_back(willow.tomasz, NOW + MINUTE, entry.id, " it was Maya "))
    body = {
        "kind": "noticed", "body": dict(entry.body), "happened_at": entry.happened_at, "why": "it was Maya",
        "by": willow.tomasz.staff,
    }  # fmt: skip
    assert made == [("taken_back", willow.carl, body)]
    assert willow.newest().corrects == entry.id
    assert row(willow, "tally", f"{willow.id}:2026-10-06:noticed:{willow.carl}")["n"] == 0


def test_twice_takes_back_once(willow: House) -> None:
    (entry,) = interactions.notice(willow.tomasz, NOW, [willow.carl], "spoke-up")
    assert len(undo.take_back(willow.tomasz, NOW, entry.id)) == 1
    assert recorded(willow, lambda: undo.take_back(willow.tomasz, NOW, entry.id)) == []


def test_what_others_recorded_is_for_the_nurse_in_charge(willow: House) -> None:
    (entry,) = interactions.notice(willow.tomasz, NOW, [willow.carl], "spoke-up")
    told = refused(willow, lambda: undo.take_back(willow.staff["ines"], NOW, entry.id))
    assert told == "Somebody else recorded this. They, or the nurse in charge, can take it back."
    assert len(undo.take_back(willow.nadia, NOW, entry.id)) == 1
    assert row(willow, "tally", f"{willow.id}:2026-10-06:by.{willow.tomasz.staff}.noticed:")["n"] == 0


def test_after_the_shift_it_is_for_the_nurse_in_charge(willow: House) -> None:
    (entry,) = interactions.notice(willow.tomasz, NOW, [willow.carl], "spoke-up")
    later = NOW + OWN_WITHIN + timedelta(milliseconds=1)
    told = refused(willow, lambda: undo.take_back(willow.tomasz, later, entry.id))
    assert told == "This is from an earlier shift. The nurse in charge can take it back."
    assert len(undo.take_back(willow.nadia, later, entry.id)) == 1
    (mine,) = interactions.notice(willow.tomasz, NOW, [willow.carl], "spoke-up")
    assert len(undo.take_back(willow.tomasz, NOW + OWN_WITHIN, mine.id)) == 1


NOTHING = "There is nothing here that can be taken back. Record what is right instead."


@pytest.mark.parametrize("what", ["unknown", "empty", "a level", "a taking back", "of another community"])
def test_what_cannot_be_taken_back_is_refused(willow: House, birch: House, what: str) -> None:
    level = stays.set_level(willow.nadia, NOW, willow.carl, 2, "ready")
    back = undo.take_back(willow.nadia, NOW, interactions.notice(willow.nadia, NOW, [willow.carl], "spoke-up")[0].id)
    theirs = checks.record(birch.nadia, NOW, birch.everybody[0], "settled", entry_id=new_id(1))
    assert theirs is not None
    named = {
        "unknown": NOBODY, "empty": "", "a level": level.id, "a taking back": back[0].id, "of another community": theirs.id,
    }  # fmt: skip
    assert refused(willow, lambda: undo.take_back(willow.nadia, NOW, named[what])) == NOTHING


def test_a_one_to_one_that_has_ended_is_not_taken_back(willow: House) -> None:
    began = checks.begin_one_to_one(willow.tomasz, NOW, willow.carl)
    checks.end_one_to_one(willow.tomasz, NOW + MINUTE, willow.carl)
    checks.begin_one_to_one(willow.nadia, NOW + 2 * MINUTE, willow.carl)
    told = refused(willow, lambda: undo.take_back(willow.tomasz, NOW + 3 * MINUTE, began.id))
    assert told == "This has ended already. Record what is right instead."
    assert row(willow, "watch", willow.carl)["one_to_one"] == willow.nadia.staff


def test_a_check_taken_back_shows_the_one_before(willow: House) -> None:
    checks.record(willow.tomasz, NOW, willow.carl, "alone")
    entry = checks.record(willow.tomasz, NOW + MINUTE, willow.carl, "asleep")
    assert entry is not None
    undo.take_back(willow.tomasz, NOW + MINUTE, entry.id)
    assert row(willow, "watch", willow.carl)["seen_as"] == "alone"


def test_entries_of_one_batch_are_taken_back_one_by_one(willow: House) -> None:
    """A tablet that was offline sends a whole night at once; taking back one check leaves the others."""
    items = [
        {"id": new_id(n), "kind": "check", "about": stay, "happened_at": NOW.isoformat(), "body": {"as": "settled"}}
        for n, stay in enumerate(willow.everybody)
    ]
    assert {outcome.what for outcome in entries.accept(willow.tomasz, NOW, items)} == {"accepted"}
    back = undo.take_back(willow.tomasz, NOW + MINUTE, items[2]["id"])
    assert [entry.corrects for entry in back] == [items[2]["id"]]


def test_a_one_to_one_begun_by_mistake_is_taken_back(willow: House) -> None:
    began = checks.begin_one_to_one(willow.tomasz, NOW, willow.carl)
    assert len(undo.take_back(willow.tomasz, NOW, began.id)) == 1
    assert row(willow, "watch", willow.carl)["one_to_one"] == ""


def test_what_the_house_itself_recorded_has_no_author_to_name(willow: House) -> None:
    with ledger.writing(willow.id, ledger.Author(), NOW) as write:
        entry = interactions.put_noticed(write, willow.carl, "spoke-up")
    assert entry is not None
    (back,) = undo.take_back(willow.nadia, NOW, entry.id)
    assert "by" not in back.body
    assert f"{willow.id}:2026-10-06:by.{willow.nadia.staff}.noticed:" not in stored(willow.id)["tally"]
