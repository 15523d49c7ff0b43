"""Invented days at Willow House: deeds by two members of staff a minute apart, some of them taken back.

For tests that hold whatever happens: Hypothesis writes the story, the rules refuse what cannot be, and the rest is lived.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hypothesis import strategies as st

from milieu.actions import attendance, checks, interactions, needs, places, undo
from milieu.actions.refused import Refused
from milieu.rules.permissions import Viewer
from tests.house import MINUTE, NOW, TODAY, House
from tests.record import states

People = st.sampled_from(("carl", "maya", "joel"))
Deed = Callable[[House, Viewer, datetime], object]
Story = list[tuple[Deed | None, str, int]]


def _check(who: str, pad: str, ago: int) -> Deed:
    return lambda house, by, at: checks.record(
        by, at, house.stays[who], pad, happened_at=at - ago * MINUTE, late_because="x"
    )


def _noticed(who: list[str], strength: str) -> Deed:
    return lambda house, by, at: interactions.notice(by, at, [house.stays[one] for one in who], strength)


def _reminded(kind: str, who: str, expectation: str) -> Deed:
    return lambda house, by, at: interactions.remind(by, at, kind, [house.stays[who]], expectation, "agreed")


def _attended(who: list[str], slot: str, status: str) -> Deed:
    return lambda house, by, at: attendance.record(by, at, TODAY, slot, {house.stays[one]: status for one in who})


def _moved(who: list[str], place: str, back: int) -> Deed:
    def deed(house: House, by: Viewer, at: datetime) -> object:
        until = at + back * MINUTE if back else None
        return places.move(
            by, at, [house.stays[one] for one in who], place, doing="walk" if back else "", back_at=until
        )

    return deed


def _one_to_one(who: str) -> Deed:
    return lambda house, by, at: checks.begin_one_to_one(by, at, house.stays[who])


def _one_to_one_ended(who: str) -> Deed:
    return lambda house, by, at: checks.end_one_to_one(by, at, house.stays[who])


def _open_need(house: House, nth: int) -> str:
    rows = sorted(states.stored(house.id)["need"])
    return rows[nth % len(rows)]


def _take(nth: int) -> Deed:
    return lambda house, by, at: needs.take(by, at, _open_need(house, nth))


def _settle(nth: int) -> Deed:
    return lambda house, by, at: needs.settle(by, at, _open_need(house, nth), "talked")


Several = st.lists(People, min_size=1, max_size=3, unique=True)
Deeds = st.one_of(
    st.builds(_check, People, st.sampled_from(("settled", "alone", "asleep")), st.integers(0, 40)),
    st.builds(_noticed, Several, st.sampled_from(("spoke-up", "listened"))),
    st.builds(
        _reminded, st.sampled_from(("correction", "redirection")), People, st.sampled_from(("phones", "on-time"))
    ),
    st.builds(
        _attended, Several, st.sampled_from(("seminar", "workshop")), st.sampled_from(("here", "declined", "excused"))
    ),
    st.builds(_moved, Several, st.sampled_from(("garden", "kitchen", "out")), st.sampled_from((0, 30))),
    st.builds(_one_to_one, People),
    st.builds(_one_to_one_ended, People),
    st.builds(_take, st.integers(0, 1)),
    st.builds(_settle, st.integers(0, 1)),
)
# a deed by one of two, or (None) taking back one of the entries so far
Stories: st.SearchStrategy[Story] = st.lists(
    st.tuples(st.one_of(st.none(), Deeds), st.sampled_from(("nadia", "tomasz")), st.integers(0, 99)), max_size=14
)


def live(house: House, steps: Story, began_at: datetime = NOW) -> None:
    """Do each step a minute apart; what the rules refuse is left out."""
    began = house.newest().n
    for minute, (deed, by, nth) in enumerate(steps):
        at, viewer = began_at + minute * MINUTE, house.staff[by]
        so_far = house.entries(after=began)
        try:
            if deed is not None:
                deed(house, viewer, at)
            elif so_far:
                undo.take_back(house.nadia, at, so_far[nth % len(so_far)].id)
        except Refused:
            continue
