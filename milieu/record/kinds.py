"""What may be recorded: every kind of entry with the fields of its body and their types.

A body that does not fit raises WrongBody with a sentence. Kinds only gain optional fields; a change of meaning is a new kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from milieu.rules.words import Sentence, say

TEXT_LIMIT = 4000


class WrongBody(Exception):
    """The body does not fit its kind; the sentence says which field and what belongs there."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Kind:
    """Required and optional fields of a body, each with the type of its value."""

    required: Mapping[str, type]
    optional: Mapping[str, type]


def _kind(required: Mapping[str, type] | None = None, optional: Mapping[str, type] | None = None) -> Kind:
    return Kind(required or {}, optional or {})


_ABOUT_ME = {
    "room": str, "bed": str, "post": str, "buddy": str, "key_worker": str, "likes": list, "helps": list,
    "avoids": list, "night_plan": list, "needs": list, "safety": list, "keep_apart": list, "adapted": dict,
    "goals": list, "pronouns": str,
}  # fmt: skip
_SAID = {"said": str, "words": str, "went": str, "place": str}

KINDS: Mapping[str, Kind] = {
    "community_opened": _kind(
        {"name": str, "slug": str, "organisation": str, "zone": str, "language": str, "programme": str}
    ),
    "person_registered": _kind(
        {"person": str, "given_name": str, "family_name": str},
        {"pronouns": str, "born": str, "languages": str},
    ),
    "stay_began": _kind({"person": str, "name": str, "full_name": str, "level": int}, _ABOUT_ME),
    "stay_described": _kind({}, _ABOUT_ME),
    "stay_ended": _kind({"why": str}, {"words": str}),
    "level_set": _kind({"level": int, "reason": str}),
    "watch_set": _kind(
        {"level": str, "reason": str}, {"every": int, "until": int, "sleep_from": int, "sleep_until": int}
    ),
    "check": _kind({"as": str}, {"place": str, "chips": list, "late_because": str, "via": str, "away": int}),
    "one_to_one_began": _kind({"staff": str}),
    "one_to_one_ended": _kind({}, {"words": str}),
    "moved": _kind({"place": str}, {"doing": str, "with_staff": str, "back_at": int}),
    "attended": _kind({"day": str, "slot": str, "status": str}, {"said": str, "took_part": str}),
    "noticed": _kind({"strength": str}, {"words": str, "place": str}),
    "correction": _kind({"expectation": str, "way": str}, _SAID),
    "redirection": _kind({"expectation": str, "way": str}, _SAID),
    "went": _kind({"of": str, "went": str}),
    "need_raised": _kind({"kind": str, "text": str}, {"due_at": int, "other": str, "staff": str}),
    "need_taken": _kind({"need": str}),
    "need_done": _kind({"need": str}, {"plan": str}),
    "staff_began": _kind({"staff": str, "account": str, "name": str, "full_name": str, "role": str}),
    "staff_ended": _kind({"staff": str}, {"words": str}),
    "duty": _kind({"staff": str, "doing": str}, {"on_until": int, "place": str, "with_stay": str}),
    "duty_ended": _kind({"staff": str}),
    "taken_back": _kind({"kind": str, "body": dict, "happened_at": int}, {"why": str, "by": str}),
}

CAN_BE_TAKEN_BACK = frozenset(
    {"check", "noticed", "correction", "redirection", "attended", "moved", "need_taken", "need_done",
     "one_to_one_began"}
)  # fmt: skip

# The longest text a column takes that a field moves to; PostgreSQL would refuse more with an error of its own.
LONGEST: Mapping[str, int] = {
    "name": 120, "full_name": 120, "given_name": 120, "family_name": 120, "slug": 60, "zone": 120, "language": 12,
    "programme": 80, "organisation": 32, "person": 32, "staff": 32, "account": 32, "other": 32, "need": 32, "by": 32, "buddy": 32,
    "key_worker": 32, "with_staff": 32, "with_stay": 32, "pronouns": 40, "born": 10, "languages": 60, "room": 40, "bed": 10,
    "post": 120, "place": 40, "doing": 60, "role": 40, "as": 40, "day": 10, "slot": 60, "status": 20, "took_part": 20,
    "strength": 50, "went": 50, "kind": 40, "text": 300, "plan": 300,
    "watch_set.level": 20, "watch_set.reason": 300, "moved.doing": 120, "attended.said": 300,
}  # fmt: skip
LARGEST = 2**53  # what JSON keeps exactly everywhere
_OF_PEOPLE: Mapping[str, str] = {
    "keep_apart": "stay",
    "safety": "line",
}  # lists of groups of values, with what each needs

_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")  # NUL, and halves of characters
_CALLED = {
    str: say("body.a_text", "text"),
    int: say("body.a_number", "a whole number"),
    list: say("body.a_list", "a list"),
    dict: say("body.a_group", "a group of named values"),
}


def check(kind: str, body: Mapping[str, Any]) -> None:
    """Nothing when `body` fits `kind`; otherwise WrongBody with what to change."""
    known = KINDS.get(kind)
    if known is None:
        text = "There is no kind of entry called '{kind}'. Use one of: {known}."
        raise WrongBody(say("body.kind", text, kind=kind, known=", ".join(sorted(KINDS))))
    for name, wanted in known.required.items():
        if name not in body:
            text = "An entry of kind '{kind}' needs '{name}'. Add it as {what}."
            raise WrongBody(say("body.needs", text, kind=kind, name=name, what=_CALLED[wanted]))
    for name, value in body.items():
        wanted_type = known.required.get(name) or known.optional.get(name)
        if wanted_type is None:
            allowed = ", ".join(sorted({**known.required, **known.optional}))
            text = "An entry of kind '{kind}' has no '{name}'. It may have: {allowed}."
            raise WrongBody(say("body.unknown", text, kind=kind, name=name, allowed=allowed))
        if not isinstance(value, wanted_type) or isinstance(value, bool):
            text = "'{name}' of an entry of kind '{kind}' must be {what}."
            raise WrongBody(say("body.type", text, kind=kind, name=name, what=_CALLED[wanted_type]))
        _check_size(kind, name, value)
        _check_letters(kind, name, value)


def _check_size(kind: str, name: str, value: Any) -> None:
    """Within what the columns hold, and of the parts the folds and boards expect."""
    if isinstance(value, str):
        _check_length(kind, name, value)
    elif isinstance(value, list):
        _check_list(kind, name, value)
    elif isinstance(value, int) and abs(value) > LARGEST:
        text = "'{name}' of an entry of kind '{kind}' is too large a number. Look at it again."
        raise WrongBody(say("body.large", text, kind=kind, name=name))
    elif name == "adapted" and not all(isinstance(words, str) for words in value.values()):
        text = "'{name}' of an entry of kind '{kind}' must hold a text for each expectation."
        raise WrongBody(say("body.adapted", text, kind=kind, name=name))


def _check_length(kind: str, name: str, value: str) -> None:
    longest = LONGEST.get(f"{kind}.{name}", LONGEST.get(name, TEXT_LIMIT))
    if len(value) > longest:
        text = "'{name}' of an entry of kind '{kind}' is {n} characters long. Keep it under {longest}."
        raise WrongBody(say("body.long", text, kind=kind, name=name, n=len(value), longest=longest))


def _check_list(kind: str, name: str, value: list[Any]) -> None:
    needed = _OF_PEOPLE.get(name)
    if needed is None and not all(isinstance(one, str) for one in value):
        raise WrongBody(
            say("body.texts", "'{name}' of an entry of kind '{kind}' must be a list of texts.", kind=kind, name=name)
        )
    if needed is not None and not all(
        isinstance(one, dict) and isinstance(one.get(needed), str) and isinstance(one.get("until"), int | None)
        for one in value
    ):
        text = "'{name}' of an entry of kind '{kind}' must be a list of named values, each with '{needed}'."
        raise WrongBody(say("body.groups", text, kind=kind, name=name, needed=needed))
    if sum(len(text) for text in _texts(value)) > TEXT_LIMIT:
        text = "'{name}' of an entry of kind '{kind}' is too long. Keep it under {n} characters."
        raise WrongBody(say("body.list_long", text, kind=kind, name=name, n=TEXT_LIMIT))


def _check_letters(kind: str, name: str, value: Any) -> None:
    for text in _texts(value):
        if _UNSTORABLE.search(text):
            words = "'{name}' of an entry of kind '{kind}' holds characters that cannot be stored. Type it again."
            raise WrongBody(say("body.letters", words, kind=kind, name=name))


def _texts(value: Any) -> Iterator[str]:
    """Every text within, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(key)
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
