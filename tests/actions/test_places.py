"""Where people are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from milieu.actions import places, stays, writes
from milieu.rules import moments
from milieu.rules.permissions import May
from tests.actions.asking import recorded, refused, row
from tests.house import MINUTE, NOBODY, NOW, House


def test_several_go_out_together(willow: House) -> None:
    back = NOW + timedelta(hours=2)
    people, with_staff = [willow.carl, willow.maya], willow.tomasz.staff
    made = recorded(
        willow,
        lambda: places.move(willow.nadia, NOW, people, "out", doing=" dentist ", with_staff=with_staff, back_at=back),
    )
    body = {"place": "out", "doing": "dentist", "with_staff": with_staff, "back_at": moments.to_ms(back)}
    assert made == [("moved", one, body) for one in people]
    here = row(willow, "whereabouts", willow.carl)
    assert (here["place"], here["doing"], here["since"]) == ("out", "dentist", moments.to_ms(NOW))
    recorded(willow, lambda: places.move(willow.nadia, NOW + MINUTE, people, "lounge"))
    here = row(willow, "whereabouts", willow.carl)
    assert (here["place"], here["doing"], here["with_staff"], here["back_at"]) == ("lounge", "", "", None)


def test_a_late_word_on_where_somebody_was_does_not_move_them(willow: House) -> None:
    places.move(willow.nadia, NOW, [willow.carl], "garden")
    with writes.writing(willow.nadia, May.MOVE_PEOPLE, NOW) as write:
        places.put(write, willow.carl, "kitchen", happened_at=NOW - 30 * MINUTE)
    assert row(willow, "whereabouts", willow.carl)["place"] == "garden"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"place": "moon"}, "There is no place 'moon' in this programme. Choose one of its spaces."),
        ({"stays": [NOBODY]}, "There is no such resident here. Choose somebody from the list."),
        ({"with_staff": NOBODY}, "There is no such member of staff here. Choose somebody from the list."),
        ({"back_at": NOW}, "The time of return lies before leaving. Look at both times."),
    ],
)
def test_a_move_that_cannot_be_is_refused(willow: House, said: dict[str, object], sentence: str) -> None:
    asked = {"stays": [willow.carl], "place": "garden", **said}
    assert refused(willow, lambda: places.move(willow.nadia, NOW, **asked)) == sentence  # type: ignore[arg-type]


def test_neither_the_future_nor_who_has_left_is_anywhere(willow: House) -> None:
    def ahead() -> None:
        with writes.writing(willow.nadia, May.MOVE_PEOPLE, NOW) as write:
            places.put(write, willow.carl, "garden", happened_at=NOW + 3 * MINUTE)

    assert refused(willow, ahead).startswith("This is said to happen in the future.")
    stays.end(willow.nadia, NOW, willow.carl, "moved out")
    assert refused(willow, lambda: places.move(willow.nadia, NOW, [willow.carl], "garden")).startswith(
        "Carl D. has left."
    )
