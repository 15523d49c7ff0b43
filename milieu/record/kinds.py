"""What may be recorded: every kind of entry with the fields of its body and their types.

A body that does not fit raises WrongBody with a sentence. Kinds only gain optional fields; a change of meaning is a new kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TEXT_LIMIT = 4000


class WrongBody(Exception):
    """The body does not fit its kind; the message says which field and what belongs there."""


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
    "check": _kind({"as": str}, {"place": str, "chips": list, "late_because": str, "via": str}),
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
    "taken_back": _kind({"kind": str, "body": dict, "happened_at": int}, {"why": str}),
}

CAN_BE_TAKEN_BACK = frozenset(
    {"check", "noticed", "correction", "redirection", "attended", "moved", "need_taken", "need_done",
     "one_to_one_began"}
)  # fmt: skip

_CALLED = {str: "text", int: "a whole number", list: "a list", dict: "a group of named values"}


def check(kind: str, body: Mapping[str, Any]) -> None:
    """Nothing when `body` fits `kind`; otherwise WrongBody with what to change."""
    known = KINDS.get(kind)
    if known is None:
        raise WrongBody(f"There is no kind of entry called '{kind}'. Use one of: {', '.join(sorted(KINDS))}.")
    for name, wanted in known.required.items():
        if name not in body:
            raise WrongBody(f"An entry of kind '{kind}' needs '{name}'. Add it as {_CALLED[wanted]}.")
    for name, value in body.items():
        wanted_type = known.required.get(name) or known.optional.get(name)
        if wanted_type is None:
            allowed = ", ".join(sorted({**known.required, **known.optional}))
            raise WrongBody(f"An entry of kind '{kind}' has no '{name}'. It may have: {allowed}.")
        if not isinstance(value, wanted_type) or isinstance(value, bool):
            raise WrongBody(f"'{name}' of an entry of kind '{kind}' must be {_CALLED[wanted_type]}.")
        if isinstance(value, str):
            _check_text(kind, name, value)


def _check_text(kind: str, name: str, value: str) -> None:
    if len(value) > TEXT_LIMIT:
        raise WrongBody(f"'{name}' of an entry of kind '{kind}' is {len(value)} characters long. Keep it under {TEXT_LIMIT}.")
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise WrongBody(f"'{name}' of an entry of kind '{kind}' holds characters that cannot be stored. Type it again.")
