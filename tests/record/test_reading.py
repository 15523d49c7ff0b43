"""Reading entries back, keeping what was made of them, and fetching rows for a batch."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from milieu.actions import checks, interactions, undo
from milieu.record import keeping, reading
from milieu.record.state import DatabaseState, MemoryState, canonical, columns
from tests.house import MINUTE, NOBODY, NOW, House


def test_a_screen_hears_which_kinds_came_after_a_number(willow: House) -> None:
    n = willow.here.n
    assert reading.kinds_since(willow.id, n) == (n, frozenset())
    checks.record(willow.nadia, NOW, willow.carl, "settled")
    interactions.notice(willow.nadia, NOW, [willow.carl, willow.maya], "spoke-up")
    assert reading.kinds_since(willow.id, n) == (n + 3, frozenset({"check", "noticed"}))
    assert reading.kinds_since(willow.id, n, limit=1) == (n + 1, frozenset({"check"}))


def test_a_stream_is_the_same_in_any_portions(willow: House) -> None:
    whole = [values[2] for values in reading.stream(willow.id)]
    assert whole == list(range(1, willow.here.n + 1))
    for chunk in (1, 2, 7, 1000):
        assert [values[2] for values in reading.stream(willow.id, chunk=chunk)] == whole
        assert [values[2] for values in reading.stream(willow.id, after=3, upto=9, chunk=chunk)] == whole[3:9]


def test_entries_of_another_community_are_not_found(willow: House, birch: House) -> None:
    entry = willow.newest()
    assert reading.one(willow.id, entry.id) == entry
    assert reading.one(birch.id, entry.id) is None
    assert reading.one(willow.id, NOBODY) is None
    assert reading.head(NOBODY) == (0, "")


def test_a_correction_is_found_by_what_it_corrects(willow: House) -> None:
    (entry,) = interactions.notice(willow.nadia, NOW, [willow.carl], "spoke-up")
    assert reading.corrections([]) == {}
    assert reading.corrections([entry.id]) == {}
    (back,) = undo.take_back(willow.nadia, NOW, entry.id)
    assert reading.corrections([entry.id, NOBODY]) == {entry.id: back}


def test_what_is_about_a_stay_comes_newest_first_and_as_known(willow: House) -> None:
    late = checks.record(willow.nadia, NOW + 9 * MINUTE, willow.carl, "alone", happened_at=NOW, late_because="busy")
    checks.record(willow.nadia, NOW + MINUTE, willow.maya, "settled")
    soon = checks.record(willow.nadia, NOW + 10 * MINUTE, willow.carl, "settled")
    assert late is not None
    assert soon is not None
    assert [entry.id for entry in reading.about(willow.carl, kinds=("check",))] == [soon.id, late.id]
    assert reading.about(willow.carl, kinds=("check",), known_at=late.entered_at - 1) == ()
    assert [entry.id for entry in reading.about(willow.carl, kinds=("check",), limit=1)] == [soon.id]
    assert "check" not in {entry.kind for entry in reading.about(willow.carl)}


def test_what_was_made_is_made_once_and_the_oldest_is_let_go() -> None:
    made: list[str] = []

    def make(key: str) -> Callable[[], str]:
        return lambda: made.append(key) or key  # type: ignore[func-returns-value]

    first = ("test of keeping", "0")
    for _ in range(2):
        assert keeping.kept(first, make("0")) == "0"
    assert made == ["0"]
    for n in range(1, keeping.MOST + 1):
        keeping.kept(("test of keeping", str(n)), make(str(n)))
    assert keeping.kept(first, make("again")) == "again"


def test_keeping_stands_several_threads() -> None:
    found: list[int] = []

    def look(start: int) -> None:
        found.extend(
            keeping.kept(("threads", str(n % 300)), lambda n=n: n % 300) - n % 300 for n in range(start, start + 900)
        )  # type: ignore[misc]

    threads = [threading.Thread(target=look, args=(n * 37,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0] * 3600


def test_rows_of_a_batch_are_fetched_at_once(willow: House, django_assert_num_queries: Callable[[int], object]) -> None:
    state = DatabaseState()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        state.prefetch("stay", [*willow.everybody, NOBODY])
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert state.get("stay", NOBODY) is None
        rows = [state.get("stay", stay) for stay in willow.everybody]
        state.prefetch("stay", willow.everybody)
    assert [row["id"] for row in rows if row] == list(willow.everybody)


def test_json_has_one_spelling() -> None:
    assert canonical({"b": [1, "ü"], "a": None}) == '{"a":null,"b":[1,"ü"]}'
    with pytest.raises(ValueError):
        canonical(float("nan"))
    with pytest.raises(KeyError):
        columns("no such table")
    assert MemoryState().get("stay", "x") is None
