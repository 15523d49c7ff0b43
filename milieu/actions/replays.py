"""What protects a client-made entry: an id is used once, the same sent twice is harmless, the future is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from milieu.actions.refused import refuse
from milieu.record.ledger import IdTaken, Writing
from milieu.record.state import Row
from milieu.rules import moments
from milieu.rules.checks import CLOCK_SKEW
from milieu.rules.ids import clean_id


def id_of(text: str) -> str:
    """A client-made id in the spelling used here; empty stays empty; anything else is refused."""
    if not text:
        return ""
    cleaned = clean_id(text)
    if cleaned is None:
        raise refuse(
            "entry.id", "The id '{id}' is not a UUID. Make one for each entry, preferably version 7.", id=text[:60]
        )
    return cleaned


def ids_of(text: str, stays: Sequence[str]) -> tuple[str, ...]:
    """An id for each of several people from the one id of an act: the same act gives the same ids again."""
    first = id_of(text)
    if len(stays) < 2 or not first:
        return (first,) * len(stays) if first else ()
    # time, version and variant of the first stay as they are; the random digits differ from person to person
    tails = (sha256(f"{first} {stay}".encode()).hexdigest() for stay in stays)
    return tuple(f"{first[:13]}{tail[:3]}{first[16]}{tail[3:18]}" for tail in tails)


def is_replayed(
    write: Writing,
    kind: str,
    entry_id: str,
    about: str,
    happened: datetime | None,
    body: Mapping[str, Any],
    added: Sequence[str] = (),
) -> bool:
    """Whether this very entry is recorded already; another one under its id is refused.

    `happened` is the time as it was sent, None when left open; `added` names what the house put into the body itself.
    """
    happened_ms = None if happened is None else moments.to_ms(happened)
    try:
        return bool(entry_id) and write.replayed(kind, entry_id, about, happened_ms, body, added)
    except IdTaken as taken:
        raise refuse(
            "entry.id_taken", "This was sent under the id of another entry. Nothing was recorded. Record it again."
        ) from taken


def refuse_wrong_time(stay: Row, happened: datetime, entered: datetime) -> None:
    """Nothing is recorded before it happens, nor before the person came; a device clock may be two minutes ahead."""
    if happened > entered + CLOCK_SKEW:
        raise refuse(
            "entry.future",
            "This is said to happen in the future. Set the clock of this device, or give the right time.",
        )
    if moments.to_ms(happened) < stay["arrived_at"]:
        raise refuse("entry.before_arrival", "{name} had not arrived by then. Look at the time.", name=stay["name"])
