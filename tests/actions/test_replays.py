"""Ids that a client makes: one for each entry, and one for each of several people from the one of an act."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milieu.actions import entries, replays
from milieu.actions.refused import Refused
from milieu.rules.ids import new_id
from tests.house import NOW, House


@given(
    at=st.integers(0, 2**48 - 1), people=st.lists(st.text("0123456789abcdef", min_size=32, max_size=32), unique=True)
)
def test_each_of_several_people_has_an_id_of_its_own(at: int, people: list[str]) -> None:
    act = new_id(at)
    made = replays.ids_of(act, people)
    assert len(set(made)) == len(made) == len(people)
    assert made == replays.ids_of(act, people)
    for one in made:
        assert (UUID(hex=one).version, int(one, 16) >> 80) == (7, at)
    if len(people) == 1:
        assert made == (act,)


def test_without_an_id_there_are_none_and_a_wrong_one_is_refused() -> None:
    assert replays.ids_of("", ["a", "b"]) == ()
    assert replays.ids_of("", ["a"]) == ()
    with pytest.raises(Refused, match="is not a UUID"):
        replays.ids_of("seven", ["a", "b"])


def test_a_day_that_is_none_is_refused_at_the_batch_door(willow: House) -> None:
    item = {
        "id": new_id(1), "kind": "attended", "about": willow.carl, "happened_at": NOW.isoformat(),
        "body": {"day": "Tuesday", "slot": "lunch", "status": "here"},
    }  # fmt: skip
    (outcome,) = entries.accept(willow.nadia, NOW, [item])
    assert (outcome.what, str(outcome.sentence)) == ("refused", "'day' must be a date like 2026-10-14.")
