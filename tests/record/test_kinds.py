"""A body fits its kind or is refused with a sentence that says what to change."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from milieu.record import folds, kinds
from milieu.record.kinds import KINDS, WrongBody

A_VALUE: dict[type, Any] = {str: "x", int: 1, list: [], dict: {}}
WRONG_VALUES: dict[type, list[Any]] = {
    str: [1, None, [], {}, b"x", True],
    int: ["1", None, 1.0, [], True, False],
    list: ["x", {}, None, (1,), 0],
    dict: ["x", [], None, 0],
}
FIELDS = [
    (kind, name, wanted)
    for kind, known in KINDS.items()
    for name, wanted in {**known.required, **known.optional}.items()
]


def least(kind: str) -> dict[str, Any]:
    """The smallest body of a kind."""
    return {name: A_VALUE[wanted] for name, wanted in KINDS[kind].required.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_and_the_fullest_body_fit(kind: str) -> None:
    kinds.check(kind, least(kind))
    kinds.check(kind, {**least(kind), **{name: A_VALUE[wanted] for name, wanted in KINDS[kind].optional.items()}})


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in KINDS for name in KINDS[kind].required])
def test_a_missing_field_is_named(kind: str, name: str) -> None:
    body = least(kind)
    del body[name]
    with pytest.raises(WrongBody, match=f"'{kind}' needs '{name}'. Add it as "):
        kinds.check(kind, body)


@pytest.mark.parametrize(("kind", "name", "wanted"), FIELDS)
def test_a_value_of_another_type_is_named(kind: str, name: str, wanted: type) -> None:
    for value in WRONG_VALUES[wanted]:
        with pytest.raises(WrongBody, match=f"'{name}' of an entry of kind '{kind}' must be "):
            kinds.check(kind, {**least(kind), name: value})


def test_an_unknown_kind_is_answered_with_those_there_are() -> None:
    with pytest.raises(WrongBody, match=r"no kind of entry called 'party'\. Use one of: attended, check, "):
        kinds.check("party", {})


def test_an_unknown_field_is_answered_with_those_there_are() -> None:
    with pytest.raises(
        WrongBody, match=r"'check' has no 'mood'\. It may have: as, away, chips, late_because, place, via\."
    ):
        kinds.check("check", {"as": "settled", "mood": "fine"})


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "ok \udfff"])
@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("post", lambda text: text),
        ("likes", lambda text: ["tea", text]),
        ("safety", lambda text: [{"line": text}]),
        ("adapted", lambda text: {"quiet-voices": text}),
        ("adapted", lambda text: {text: "x"}),
    ],
)
def test_characters_that_cannot_be_stored_are_refused_wherever_they_stand(text: str, name: str, where: Any) -> None:
    value = where(text)
    with pytest.raises(WrongBody, match="characters that cannot be stored"):
        kinds.check("stay_described", {name: value})


def test_a_text_beyond_the_limit_is_refused_with_its_length() -> None:
    kinds.check("level_set", {"level": 1, "reason": "x" * kinds.TEXT_LIMIT})
    with pytest.raises(WrongBody, match=r"'reason'.* is 4001 characters long\. Keep it under 4000\."):
        kinds.check("level_set", {"level": 1, "reason": "x" * (kinds.TEXT_LIMIT + 1)})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("keep_apart", ["Maya"]), ("keep_apart", [{"why": "quarrel"}]), ("keep_apart", [{"stay": 1}]),
        ("keep_apart", [{"stay": "x", "until": "soon"}]),
        ("safety", ["glasses"]), ("safety", [{}]), ("likes", [1]), ("likes", [None]), ("night_plan", [["knock"]]),
        ("goals", [{}]), ("adapted", {"quiet-voices": 1}),
    ],
)  # fmt: skip
def test_a_list_of_the_wrong_things_is_refused_before_it_can_break_a_board(name: str, value: Any) -> None:
    with pytest.raises(WrongBody, match=f"'{name}' of an entry of kind 'stay_described'"):
        kinds.check("stay_described", {name: value})


def test_a_list_beyond_the_limit_is_refused() -> None:
    with pytest.raises(WrongBody, match="'likes' of an entry of kind 'stay_described' is too long"):
        kinds.check("stay_described", {"likes": ["x" * 100] * 41})


def test_a_number_no_database_holds_is_refused() -> None:
    kinds.check("moved", {"place": "garden", "back_at": 2**53})
    with pytest.raises(WrongBody, match="'back_at' of an entry of kind 'moved' is too large"):
        kinds.check("moved", {"place": "garden", "back_at": 2**53 + 1})


# Where a field of a body comes to stand in a table of state: a longer text must be refused before it gets there.
MOVES_TO = {
    "community_opened": ("community", {}), "person_registered": ("person", {"person": "id"}), "stay_began": ("stay", {}),
    "stay_described": ("stay", {}), "watch_set": ("watch", {}), "check": ("watch", {"as": "seen_as"}),
    "one_to_one_began": ("watch", {"staff": "one_to_one"}), "moved": ("whereabouts", {}), "attended": ("attendance", {}),
    "need_raised": ("need", {}), "need_done": ("need", {}), "staff_began": ("staff", {"staff": "id"}), "duty": ("staff", {}),
}  # fmt: skip


@pytest.mark.parametrize("kind", MOVES_TO)
def test_no_text_is_longer_than_the_column_it_moves_to(kind: str) -> None:
    table, renamed = MOVES_TO[kind]
    model = next(one for one in apps.get_app_config("record").get_models() if one._meta.db_table == table)
    room = {field.column: field.max_length for field in model._meta.concrete_fields if field.max_length}
    known = {**KINDS[kind].required, **KINDS[kind].optional}
    fields = [name for name, wanted in known.items() if wanted is str and renamed.get(name, name) in room]
    assert fields
    for name in fields:
        too_long = "x" * (room[renamed.get(name, name)] + 1)
        with pytest.raises(WrongBody, match=f"'{name}'.* characters long"):
            kinds.check(kind, {**least(kind), name: too_long})


def test_every_kind_has_a_fold_and_no_fold_is_without_kind() -> None:
    assert folds.FOLDS.keys() | {"taken_back"} == KINDS.keys()


def test_every_kind_that_can_be_taken_back_has_an_inverse_and_no_other() -> None:
    assert folds.INVERSES.keys() == kinds.CAN_BE_TAKEN_BACK
