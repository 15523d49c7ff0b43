"""Whoever was not there is looked for until somebody sees them; the time since they were seen goes on."""

from __future__ import annotations

from datetime import timedelta

from milieu.actions import checks, needs, undo
from milieu.queries import rounds, today
from milieu.record import reading, verify
from milieu.record.state import select
from tests.house import NOW, House

MINUTE = timedelta(minutes=1)
LATER = NOW + 5 * MINUTE


def _gone(willow: House) -> str:
    checks.record(willow.nadia, NOW, willow.carl, "settled")
    entry = checks.record(willow.nadia, LATER, willow.carl, "not-here")
    assert entry is not None
    return entry.id


def _searches(willow: House) -> list[tuple[str, str]]:
    page = today.board(willow.here, willow.nadia, LATER + MINUTE)
    return [(str(row.title), str(row.button)) for row in page.needs if row.icon == "search"]


def _watch(willow: House) -> dict[str, object]:
    return select("watch", "id = %s", [willow.carl])[0]


def test_not_here_is_no_look(willow: House) -> None:
    before = _watch(willow)
    _gone(willow)
    watch = _watch(willow)
    assert before["search"] == ""
    assert (watch["seen_as"], watch["search"] != "") == ("settled", True)


def test_the_search_stands_on_top_of_the_board_and_holds_nobody_up(willow: House) -> None:
    _gone(willow)
    page = today.board(willow.here, willow.nadia, LATER + 3 * 60 * MINUTE)
    assert (str(page.needs[0].title), page.needs[0].tone) == ("Find Carl", "late")
    route = rounds.page(willow.here, willow.nadia, LATER + 3 * 60 * MINUTE)
    assert route.current is None or route.current.stay != willow.carl


def test_whoever_is_seen_is_found(willow: House) -> None:
    _gone(willow)
    assert _searches(willow) == [("Find Carl", "Take")]
    checks.record(willow.tomasz, LATER + MINUTE, willow.carl, "settled")
    assert _searches(willow) == []
    assert _watch(willow)["search"] == ""


def test_a_second_not_here_is_one_search(willow: House) -> None:
    _gone(willow)
    checks.record(willow.tomasz, LATER + MINUTE, willow.carl, "not-here")
    assert len(_searches(willow)) == 1


def test_taking_back_ends_the_search_and_taking_back_a_look_begins_it_again(willow: House) -> None:
    gone = _gone(willow)
    undo.take_back(willow.nadia, LATER, gone)
    assert _searches(willow) == []
    _gone(willow)
    found = checks.record(willow.nadia, LATER + MINUTE, willow.carl, "settled")
    assert found is not None
    undo.take_back(willow.nadia, LATER + MINUTE, found.id)
    assert len(_searches(willow)) == 1
    assert verify.community(willow.id).is_true


def test_a_search_can_be_settled_by_hand(willow: House) -> None:
    _gone(willow)
    needs.take(willow.nadia, LATER, str(_watch(willow)["search"]))
    assert _searches(willow) == [("Find Carl", "Found")]
    needs.settle(willow.nadia, LATER, str(_watch(willow)["search"]), "with the neighbours")
    assert _watch(willow)["search"] == ""
    assert verify.community(willow.id).is_true


def test_one_tap_on_the_board_says_that_somebody_was_seen_and_no_more(willow: House) -> None:
    entry = checks.record(willow.nadia, NOW, willow.carl, "seen")
    assert entry is not None
    assert reading.one(willow.id, entry.id).body == {"as": "seen"}  # type: ignore[union-attr]
    assert _watch(willow)["seen_as"] == "seen"
