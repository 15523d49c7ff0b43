"""Sending twice is harmless; an id says one thing for ever, in every community."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from milieu.actions import attendance, checks, interactions, places, writes
from milieu.actions.refused import Refused
from milieu.record import ledger, reading
from milieu.record.ledger import Author, IdTaken, UnknownCommunity
from milieu.rules.ids import new_id
from tests.house import MINUTE, NOW, TODAY, House

ID = new_id(1_791_000_000_000)


def check(house: House, at: datetime, **said: object) -> ledger.Entry | None:
    """A check as a rounds screen sends it; `said` differs."""
    stay = str(said.pop("stay", house.everybody[0]))
    return checks.record(house.nadia, at, stay, str(said.pop("seen_as", "settled")), entry_id=ID, **said)  # type: ignore[arg-type]


def test_the_same_sent_twice_is_recorded_once(willow: House) -> None:
    first = check(willow, NOW, happened_at=NOW - MINUTE)
    n = reading.head(willow.id)
    assert first is not None
    assert first.id == ID
    assert check(willow, NOW + 5 * MINUTE, happened_at=NOW - MINUTE) is None
    assert reading.head(willow.id) == n


def test_a_second_tap_of_a_form_that_leaves_the_time_open_is_the_same_entry(willow: House) -> None:
    assert check(willow, NOW) is not None
    assert check(willow, NOW + timedelta(milliseconds=300)) is None
    assert interactions.notice(willow.nadia, NOW, [willow.maya], "spoke-up", entry_ids=[new_id(2)])
    n = reading.head(willow.id)
    assert check(willow, NOW + MINUTE) is None
    assert reading.head(willow.id) == n


OTHERS: dict[str, Callable[[House], dict[str, object]]] = {
    "another person": lambda house: {"stay": house.maya},
    "another button": lambda house: {"seen_as": "alone"},
    "another time": lambda house: {"happened_at": NOW - 2 * MINUTE, "late_because": ""},
    "an addition": lambda house: {"chips": ["drink"]},
    "a place": lambda house: {"place": "garden"},
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_something_else_under_the_same_id_is_refused(
    willow: House, other: Callable[[House], dict[str, object]]
) -> None:
    check(willow, NOW, happened_at=NOW - MINUTE)
    before = reading.head(willow.id)
    with pytest.raises(Refused, match=r"under the id of another entry\. Nothing was recorded\. Record it again\."):
        check(willow, NOW, **{"happened_at": NOW - MINUTE, **other(willow)})
    assert reading.head(willow.id) == before


def test_another_kind_under_the_same_id_is_refused(willow: House) -> None:
    check(willow, NOW)
    with pytest.raises(Refused, match="under the id of another entry"):
        interactions.notice(willow.nadia, NOW, [willow.carl], "spoke-up", entry_ids=[ID])


def test_an_id_of_one_community_is_refused_in_the_next(willow: House, birch: House) -> None:
    check(willow, NOW)
    before = reading.head(birch.id)
    with pytest.raises(Refused, match="under the id of another entry"):
        check(birch, NOW)
    assert reading.head(birch.id) == before


def test_every_client_made_entry_is_harmless_twice(willow: House) -> None:
    ids = [new_id(n) for n in range(5)]
    carl, maya = willow.carl, willow.maya

    def send(at: datetime) -> list[object]:
        with writes.writing(willow.nadia, writes.May.RECORD_CHECK, at) as write:
            return [
                checks.put(write, carl, "settled", entry_id=ids[0], happened_at=NOW),
                interactions.put_noticed(write, carl, "spoke-up", entry_id=ids[1], happened_at=NOW),
                interactions.put_reminded(
                    write, "correction", maya, "phones", "agreed", entry_id=ids[2], happened_at=NOW
                ),
                places.put(write, carl, "garden", entry_id=ids[3], happened_at=NOW),
                attendance.put(write, maya, TODAY, "seminar", "here", entry_id=ids[4], happened_at=NOW),
            ]

    assert all(send(NOW))
    n = reading.head(willow.id)
    # Carl went to the garden meanwhile: where he was is the house's own addition, not what the tablet said
    assert send(NOW + MINUTE) == [None] * 5
    assert reading.head(willow.id) == n


def test_what_was_sent_before_is_known_within_one_write_too(willow: House) -> None:
    with writes.writing(willow.nadia, writes.May.RECORD_CHECK, NOW) as write:
        assert checks.put(write, willow.carl, "settled", entry_id=ID) is not None
        assert checks.put(write, willow.carl, "settled", entry_id=ID) is None
        with pytest.raises(IdTaken):
            write.replayed("check", ID, willow.maya, write.at_ms, {"as": "settled"})


def test_many_ids_are_looked_up_at_once(willow: House, django_assert_num_queries: Callable[[int], object]) -> None:
    check(willow, NOW)
    with writes.writing(willow.nadia, writes.May.RECORD_CHECK, NOW) as write:
        with django_assert_num_queries(3):  # type: ignore[attr-defined]
            write.expect([new_id(n) for n in range(1200)] + [ID])
        with django_assert_num_queries(0):  # type: ignore[attr-defined]
            assert write.replayed("check", ID, willow.carl, write.at_ms, {"as": "settled"})


def test_a_community_nobody_opened_takes_nothing(willow: House) -> None:
    with pytest.raises(UnknownCommunity), ledger.writing("0" * 32, Author(), NOW):
        pytest.fail("it opened")


def test_a_write_with_nothing_in_it_records_nothing(willow: House) -> None:
    before = reading.head(willow.id)
    with writes.writing(willow.nadia, writes.May.RECORD_CHECK, NOW) as write:
        pass
    assert write.finish() == 0
    assert reading.head(willow.id) == before
