"""What needs a person: raised, taken, settled."""

from __future__ import annotations

import pytest

from milieu.actions import needs
from milieu.rules import moments
from tests.actions.asking import recorded, refused, row
from tests.house import MINUTE, NOBODY, NOW, House


def test_a_need_is_raised_taken_and_settled(willow: House) -> None:
    due = NOW + 30 * MINUTE
    made = recorded(
        willow,
        lambda: needs.raise_(
            willow.nadia, NOW, "tension", " since breakfast ", stay=willow.carl, other=willow.maya, due_at=due
        ),
    )
    body = {"kind": "tension", "text": "since breakfast", "other": willow.maya, "due_at": moments.to_ms(due)}
    assert made == [("need_raised", willow.carl, body)]
    need = willow.newest().id
    made = recorded(willow, lambda: needs.take(willow.tomasz, NOW, need))
    assert made == [("need_taken", willow.carl, {"need": need})]
    assert row(willow, "need", need)["taken_by"] == willow.tomasz.staff
    assert refused(willow, lambda: needs.take(willow.tomasz, NOW, need)) == "You have this already."
    told = refused(willow, lambda: needs.take(willow.nadia, NOW, need))
    assert told == "Somebody has taken this already. Ask them, or settle it together."
    made = recorded(willow, lambda: needs.settle(willow.nadia, NOW + MINUTE, need, " other tables "))
    assert made == [("need_done", willow.carl, {"need": need, "plan": "other tables"})]
    done = row(willow, "need", need)
    assert (done["done_at"], done["plan"]) == (moments.to_ms(NOW + MINUTE), "other tables")
    for again in (needs.take, needs.settle):
        assert refused(willow, lambda act=again: act(willow.nadia, NOW, need)) == "This is settled already."  # type: ignore[misc]


def test_a_need_may_be_of_staff_and_without_words(willow: House) -> None:
    made = recorded(willow, lambda: needs.raise_(willow.nadia, NOW, "relief", "", staff=willow.tomasz.staff))
    assert made == [("need_raised", "", {"kind": "relief", "text": "", "staff": willow.tomasz.staff})]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "party"}, "What is needed is one of: relief, tension, own view, help, talk, question."),
        ({"stay": NOBODY}, "There is no such resident here. Choose somebody from the list."),
        ({"other": NOBODY}, "There is no such resident here. Choose somebody from the list."),
        ({"staff": NOBODY}, "There is no such member of staff here. Choose somebody from the list."),
    ],
)
def test_a_need_that_cannot_be_is_refused(willow: House, said: dict[str, str], sentence: str) -> None:
    asked = {"kind": "help", "text": "", **said}
    assert refused(willow, lambda: needs.raise_(willow.nadia, NOW, **asked)) == sentence


def test_a_need_of_another_community_is_not_on_the_list(willow: House, birch: House) -> None:
    need = needs.raise_(willow.nadia, NOW, "help", "").id
    for act in (needs.take, needs.settle):
        told = refused(birch, lambda act=act: act(birch.nadia, NOW, need))  # type: ignore[misc]
        assert told == "This is not on the list any more. Load the board again."
