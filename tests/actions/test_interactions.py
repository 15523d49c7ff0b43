"""What was noticed, what was reminded, where somebody was steered, and how it went."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from milieu.actions import interactions, stays
from milieu.rules.ids import new_id
from tests.actions.asking import recorded, refused, row, signed
from tests.house import MINUTE, NOBODY, NOW, House


def test_a_strength_seen_in_several_is_one_act(willow: House) -> None:
    people = [willow.carl, willow.maya]
    made = recorded(willow, lambda: interactions.notice(willow.tomasz, NOW, people, "spoke-up", "  in the\n round "))
    body = {"strength": "spoke-up", "words": "in the round", "place": "lounge"}
    assert made == [("noticed", one, body) for one in people]
    assert signed(willow.newest())[:2] == (willow.tomasz.staff, "technician")
    counted = {
        what: row(willow, "tally", f"{willow.id}:2026-10-06:{what}:")["n"] for what in ("noticed", "noticed.spoke-up")
    }
    assert counted == {"noticed": 2, "noticed.spoke-up": 2}
    assert row(willow, "tally", f"{willow.id}:2026-10-06:noticed:{willow.carl}")["n"] == 1


@pytest.mark.parametrize("kind", ["correction", "redirection"])
def test_a_reminder_is_recorded_with_the_way_it_was_said(willow: House, kind: str) -> None:
    made = recorded(
        willow,
        lambda: interactions.remind(
            willow.nadia, NOW, kind, [willow.carl], "phones", "differently", words="said it twice", went="needs_time"
        ),
    )
    body = {
        "expectation": "phones",
        "way": "differently",
        "words": "said it twice",
        "went": "needs_time",
        "place": "lounge",
    }
    assert made == [(kind, willow.carl, body)]
    assert row(willow, "tally", f"{willow.id}:2026-10-06:by.{willow.nadia.staff}.{kind}:")["n"] == 1


Asked = Callable[[House], object]
REFUSED: dict[str, tuple[Asked, str]] = {
    "nobody noticed": (
        lambda h: interactions.notice(h.nadia, NOW, [], "spoke-up"), "Choose who it was about.",
    ),
    "unknown strength": (
        lambda h: interactions.notice(h.nadia, NOW, [h.carl], "flew"),
        "There is no strength 'flew' in this programme. Choose one of those shown.",
    ),
    "one of several unknown": (
        lambda h: interactions.notice(h.nadia, NOW, [h.carl, NOBODY], "spoke-up"),
        "There is no such resident here. Choose somebody from the list.",
    ),
    "too many words": (
        lambda h: interactions.notice(h.nadia, NOW, [h.carl], "spoke-up", "x" * 601),
        "That is 601 characters. Keep it under 600, or write a note instead.",
    ),
    "characters that cannot be": (
        lambda h: interactions.notice(h.nadia, NOW, [h.carl], "spoke-up", "a\x00"),
        "'words' of an entry of kind 'noticed' holds characters that cannot be stored. Type it again.",
    ),
    "nobody reminded": (
        lambda h: interactions.remind(h.nadia, NOW, "correction", [], "phones", "agreed"), "Choose who it was about.",
    ),
    "unknown kind": (
        lambda h: interactions.remind(h.nadia, NOW, "punishment", [h.carl], "phones", "agreed"),
        "Choose what happened: noticed, correction, redirection or calming steps.",
    ),
    "unknown expectation": (
        lambda h: interactions.remind(h.nadia, NOW, "correction", [h.carl], "smile", "agreed"),
        "There is no expectation 'smile' in this programme. Choose one of those shown.",
    ),
    "no way": (
        lambda h: interactions.remind(h.nadia, NOW, "correction", [h.carl], "phones", ""),
        "Say whether you said it the agreed way or differently.",
    ),
    "unknown outcome": (
        lambda h: interactions.remind(h.nadia, NOW, "correction", [h.carl], "phones", "agreed", went="badly"),
        "How it went is one of: settled, needs time, not yet.",
    ),
    "outcome of nothing": (
        lambda h: interactions.went(h.nadia, NOW, NOBODY, "settled"),
        "That interaction is not in the record. Open the person's page and look there.",
    ),
    "outcome of an arrival": (
        lambda h: interactions.went(h.nadia, NOW, h.entries()[-1].id, "settled"),
        "That interaction is not in the record. Open the person's page and look there.",
    ),
    "unknown outcome afterwards": (
        lambda h: interactions.went(h.nadia, NOW, NOBODY, "badly"), "How it went is one of: settled, needs time, not yet.",
    ),
    "empty question": (
        lambda h: interactions.ask_team(h.nadia, NOW, h.carl, "  "),
        "Write the situation in a few words, so that the team can answer it.",
    ),
    "question about nobody here": (
        lambda h: interactions.ask_team(h.nadia, NOW, NOBODY, "what now"),
        "There is no such resident here. Choose somebody from the list.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused(willow: House, name: str) -> None:
    act, sentence = REFUSED[name]
    assert refused(willow, lambda: act(willow)) == sentence


def test_nothing_of_the_future_is_recorded(willow: House) -> None:
    with_clock_ahead = NOW + 3 * MINUTE

    def act() -> None:
        with interactions.writes.writing(willow.nadia, interactions.May.RECORD_INTERACTION, NOW) as write:
            interactions.put_noticed(write, willow.carl, "spoke-up", happened_at=with_clock_ahead)

    told = refused(willow, act)
    assert told.startswith("This is said to happen in the future. Set the clock of this device, ")


def test_nothing_more_is_recorded_of_who_has_left(willow: House) -> None:
    stays.end(willow.nadia, NOW, willow.carl, "moved out")
    told = refused(willow, lambda: interactions.notice(willow.nadia, NOW, [willow.carl], "spoke-up"))
    assert told == "Carl D. has left. Nothing more can be recorded about this stay."


def test_ids_are_used_when_there_is_one_for_each(willow: House) -> None:
    people, ids = [willow.carl, willow.maya], [new_id(1), new_id(2)]
    assert [entry.id for entry in interactions.notice(willow.nadia, NOW, people, "spoke-up", entry_ids=ids)] == ids
    assert interactions.notice(willow.nadia, NOW, people, "spoke-up", entry_ids=ids) == ()
    assert len(interactions.notice(willow.nadia, NOW, people, "listened", entry_ids=ids[:1])) == 2


def test_how_it_went_is_added_afterwards(willow: House) -> None:
    (entry,) = interactions.remind(willow.nadia, NOW, "correction", [willow.carl], "phones", "agreed")
    made = recorded(willow, lambda: interactions.went(willow.tomasz, NOW + MINUTE, entry.id, "settled"))
    assert made == [("went", willow.carl, {"of": entry.id, "went": "settled"})]
    assert row(willow, "tally", f"{willow.id}:2026-10-06:went.settled:{willow.carl}")["n"] == 1


@pytest.mark.parametrize("about", ["carl", ""])
def test_a_question_goes_to_the_team(willow: House, about: str) -> None:
    stay = willow.stays.get(about, "")
    made = recorded(willow, lambda: interactions.ask_team(willow.nadia, NOW, stay, "He hums at night. What do we say?"))
    assert made == [("need_raised", stay, {"kind": "question", "text": "He hums at night. What do we say?"})]
    assert row(willow, "need", willow.newest().id)["raised_by"] == willow.nadia.staff
