"""A stay begins, is described, changes level and ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from milieu.actions import stays
from milieu.rules import moments
from tests.actions.asking import recorded, refused, row
from tests.house import NOBODY, NOW, House


def test_a_person_arrives_with_a_first_order(willow: House) -> None:
    person = {"given_name": " Zoe Anne ", "family_name": "Marsh", "pronouns": "she", "born": "1990-02-03"}
    made = recorded(
        willow,
        lambda: stays.begin(willow.nadia, NOW, person, level=2, room="room-4", likes=["tea"], night_plan=["knock"]),
    )
    assert [kind for kind, _, _ in made] == ["person_registered", "stay_began", "watch_set"]
    registered, began, watched = (body for _, _, body in made)
    assert registered["given_name"] == "Zoe Anne"
    assert (began["name"], began["full_name"], began["person"]) == ("Zoe M.", "Zoe Anne Marsh", registered["person"])
    assert watched == {"level": "routine", "reason": "first order on arrival", "every": 60}
    stay = made[1][1]
    shown = row(willow, "stay", stay)
    assert (shown["level"], shown["room"], shown["likes"], shown["left_at"]) == (2, "room-4", ["tea"], None)
    assert shown["arrived_at"] == shown["level_since"] == shown["night_plan_at"] == moments.to_ms(NOW)
    assert row(willow, "whereabouts", stay)["place"] == ""


def test_one_name_is_enough_and_an_order_may_be_given(willow: House) -> None:
    made = recorded(willow, lambda: stays.begin(willow.nadia, NOW, {"given_name": "Zoe"}, watch="q15"))
    assert (made[1][2]["name"], made[1][2]["full_name"], made[2][2]["every"]) == ("Zoe", "Zoe", 15)
    made = recorded(willow, lambda: stays.begin(willow.nadia, NOW, {"given_name": "Ada"}, watch="no such order"))
    assert [kind for kind, _, _ in made] == ["person_registered", "stay_began"]


def test_how_to_meet_somebody_is_written_anew(willow: House) -> None:
    said = {
        "helps": ["walk"], "adapted": {"phones": "later"}, "room": "room-5", "night_plan": ["knock twice"],
        "buddy": willow.ruth, "key_worker": willow.staff["ines"].staff,
    }  # fmt: skip
    made = recorded(willow, lambda: stays.describe(willow.nadia, NOW, willow.carl, **said))
    assert made == [("stay_described", willow.carl, said)]
    shown = row(willow, "stay", willow.carl)
    assert {name: shown[name] for name in said} == said
    assert shown["night_plan_at"] == moments.to_ms(NOW)
    assert shown["bed"] == "A"


def test_keeping_apart_is_said_of_both_and_unsaid_of_both(willow: House) -> None:
    apart = [{"stay": willow.maya, "why": "quarrel"}]
    made = recorded(willow, lambda: stays.describe(willow.nadia, NOW, willow.carl, keep_apart=apart))
    assert made == [
        ("stay_described", willow.carl, {"keep_apart": apart}),
        ("stay_described", willow.maya, {"keep_apart": [{"stay": willow.carl, "why": "quarrel"}]}),
    ]
    joel = [*apart, {"stay": willow.joel, "why": "noise"}]
    assert len(recorded(willow, lambda: stays.describe(willow.nadia, NOW, willow.carl, keep_apart=joel))) == 2
    stays.end(willow.nadia, NOW, willow.maya, "moved out")
    assert len(recorded(willow, lambda: stays.describe(willow.nadia, NOW, willow.carl, keep_apart=[]))) == 2
    assert row(willow, "stay", willow.joel)["keep_apart"] == []


def test_a_level_is_set_with_its_reason(willow: House) -> None:
    made = recorded(willow, lambda: stays.set_level(willow.nadia, NOW, willow.carl, 2, " came to every group "))
    assert made == [("level_set", willow.carl, {"level": 2, "reason": "came to every group"})]
    shown = row(willow, "stay", willow.carl)
    assert (shown["level"], shown["level_since"]) == (2, moments.to_ms(NOW))


def test_a_stay_ends_once(willow: House) -> None:
    made = recorded(willow, lambda: stays.end(willow.nadia, NOW, willow.carl, "moved out", "well wished"))
    assert made == [("stay_ended", willow.carl, {"why": "moved out", "words": "well wished"})]
    assert row(willow, "stay", willow.carl)["left_at"] == moments.to_ms(NOW)
    told = refused(willow, lambda: stays.end(willow.nadia, NOW, willow.carl, "again"))
    assert told == "Carl D. has left. Nothing more can be recorded about this stay."


UNKNOWN = "There is no such resident here. Choose somebody from the list."
REFUSED: dict[str, tuple[Callable[[House], object], str]] = {
    "no name": (lambda h: stays.begin(h.nadia, NOW, {"family_name": "Marsh"}), "Give at least the name the person uses."),
    "a name of spaces": (lambda h: stays.begin(h.nadia, NOW, {"given_name": "  "}), "Give at least the name the person uses."),
    "unknown level": (
        lambda h: stays.begin(h.nadia, NOW, {"given_name": "Zoe"}, level=9), "This programme has levels 1 to 4.",
    ),
    "unknown room": (
        lambda h: stays.begin(h.nadia, NOW, {"given_name": "Zoe"}, room="attic"),
        "There is no place 'attic' in this programme. Choose one of its spaces.",
    ),
    "a name too long": (
        lambda h: stays.begin(h.nadia, NOW, {"given_name": "Z" * 121}),
        "'given_name' of an entry of kind 'person_registered' is 121 characters long. Keep it under 120.",
    ),
    "a list of the wrong things": (
        lambda h: stays.begin(h.nadia, NOW, {"given_name": "Zoe"}, keep_apart=["Maya"]),
        "'keep_apart' of an entry of kind 'stay_began' must be a list of named values, each with 'stay'.",
    ),
    "a field there is not": (
        lambda h: stays.begin(h.nadia, NOW, {"given_name": "Zoe", "shoe_size": "38"}),
        "An entry of kind 'person_registered' has no 'shoe_size'. "
        "It may have: born, family_name, given_name, languages, person, pronouns.",
    ),
    "nothing to describe": (
        lambda h: stays.describe(h.nadia, NOW, h.carl), "There is nothing to write anew. Change at least one line.",
    ),
    "describing what is not described": (
        lambda h: stays.describe(h.nadia, NOW, h.carl, level=4), "There is nothing to write anew. Change at least one line.",
    ),
    "describing with wrong things": (
        lambda h: stays.describe(h.nadia, NOW, h.carl, likes="tea"),
        "'likes' of an entry of kind 'stay_described' must be a list.",
    ),
    "one's own buddy": (
        lambda h: stays.describe(h.nadia, NOW, h.carl, buddy=h.carl), "Nobody is their own buddy. Choose somebody else.",
    ),
    "a buddy who is not here": (lambda h: stays.describe(h.nadia, NOW, h.carl, buddy=NOBODY), UNKNOWN),
    "a key worker who is not here": (
        lambda h: stays.describe(h.nadia, NOW, h.carl, key_worker=NOBODY),
        "There is no such member of staff here. Choose somebody from the list.",
    ),
    "apart from oneself": (
        lambda h: stays.describe(h.nadia, NOW, h.carl, keep_apart=[{"stay": h.carl}]),
        "Nobody is kept apart from themselves. Choose somebody else.",
    ),
    "apart from nobody here": (
        lambda h: stays.describe(h.nadia, NOW, h.carl, keep_apart=[{"stay": NOBODY}]), UNKNOWN,
    ),
    "describing nobody": (lambda h: stays.describe(h.nadia, NOW, NOBODY, likes=["tea"]), UNKNOWN),
    "moving to a room there is not": (
        lambda h: stays.describe(h.nadia, NOW, h.carl, room="attic"),
        "There is no place 'attic' in this programme. Choose one of its spaces.",
    ),
    "level of nobody": (lambda h: stays.set_level(h.nadia, NOW, NOBODY, 2, "x"), UNKNOWN),
    "a level there is not": (
        lambda h: stays.set_level(h.nadia, NOW, h.carl, 0, "x"), "This programme has levels 1 to 4.",
    ),
    "a level without reason": (
        lambda h: stays.set_level(h.nadia, NOW, h.carl, 2, " "), "Write the reason in words the person will read.",
    ),
    "leaving without why": (lambda h: stays.end(h.nadia, NOW, h.carl, " "), "Say why the stay ends."),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused(willow: House, name: str) -> None:
    act, sentence = REFUSED[name]
    assert refused(willow, lambda: act(willow)) == sentence


def test_a_stay_of_another_community_cannot_be_touched(willow: House, birch: House) -> None:
    for act in (
        lambda: stays.describe(birch.nadia, NOW, willow.carl, likes=["tea"]),
        lambda: stays.set_level(birch.nadia, NOW, willow.carl, 2, "x"),
        lambda: stays.end(birch.nadia, NOW, willow.carl, "x"),
    ):
        assert refused(birch, act) == UNKNOWN
