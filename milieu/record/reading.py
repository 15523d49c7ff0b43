"""How entries are read back: by person, by kind, by number, as known at a moment. Never more than asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from milieu.record.entries import NAMES, Entry, opened

# Spelled as in the partial indexes, or SQLite would not use them.
_NOT_ROUTINE = "NOT (\"kind\" = 'check')"
_CORRECTING = "NOT (\"corrects\" = '')"


def _read(where: str, parameters: Sequence[Any]) -> tuple[Entry, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NAMES} FROM entry WHERE {where}", list(parameters))
        return tuple(opened(values) for values in cursor.fetchall())


def one(community: str, entry_id: str) -> Entry | None:
    """The entry with this id in this community."""
    found = _read("id = %s AND community = %s", [entry_id, community])
    return found[0] if found else None


def of_act(entry: Entry) -> tuple[Entry, ...]:
    """The entries recorded in one act with this one, itself among them, in order: they stand side by side in the chain."""
    where = "community = %s AND n > %s AND n < %s AND act = %s ORDER BY n"
    return _read(where, [entry.community, entry.n - 500, entry.n + 500, entry.act])


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of a timeline ended: several things may share a moment, so the number decides between them."""

    happened_at: int
    n: int


START = Cursor(1 << 62, 0)
_BEFORE = "happened_at <= %s AND (happened_at < %s OR n < %s)"
_NEWEST = "ORDER BY happened_at DESC, n DESC LIMIT %s"


def about(
    stay: str, *, kinds: Sequence[str] = (), before: Cursor = START, known_at: int | None = None, limit: int = 50
) -> tuple[Entry, ...]:
    """What is recorded about one stay, newest first: all but routine checks, or only `kinds`.

    `before` pages on; `known_at` leaves out what was entered later. Each kind is read through its own index and merged, so
    the cost follows `limit` and never the length of the history.
    """
    known = "" if known_at is None else " AND entered_at <= %s"
    values = [before.happened_at, before.happened_at, before.n, *([] if known_at is None else [known_at]), limit]
    if not kinds:
        return _read(f"about = %s AND {_NOT_ROUTINE} AND {_BEFORE}{known} {_NEWEST}", [stay, *values])
    found: list[Entry] = []
    for kind in kinds:
        found.extend(_read(f"about = %s AND kind = %s AND {_BEFORE}{known} {_NEWEST}", [stay, kind, *values]))
    return tuple(sorted(found, key=lambda entry: (-entry.happened_at, -entry.n))[:limit])


def of_kind(community: str, kind: str, *, since: int, known_at: int, limit: int = 50) -> tuple[Entry, ...]:
    """Entries of one kind in a community since a moment, known at another, newest first. Not for routine checks."""
    where = f"community = %s AND kind = %s AND {_NOT_ROUTINE} AND happened_at >= %s AND entered_at <= %s {_NEWEST}"
    return _read(where, [community, kind, since, known_at, limit])


def corrections(entry_ids: Sequence[str]) -> dict[str, Entry]:
    """The entries that take back or correct these, by the id of what they correct."""
    if not entry_ids:
        return {}
    marks = ", ".join(["%s"] * len(entry_ids))
    return {entry.corrects: entry for entry in _read(f"{_CORRECTING} AND corrects IN ({marks})", entry_ids)}


def head(community: str) -> tuple[int, str]:
    """Number and hash of the newest entry; (0, '') for an empty chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT n, hash FROM head WHERE community = %s", [community])
        found = cursor.fetchone()
    return (found[0], found[1]) if found else (0, "")


def kinds_since(community: str, n: int, limit: int = 2000) -> tuple[int, frozenset[str]]:
    """The newest number, and the kinds of the entries after `n`: for telling open screens what to refetch."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n, kind FROM entry WHERE community = %s AND n > %s ORDER BY n LIMIT %s", [community, n, limit]
        )
        found = cursor.fetchall()
    return (found[-1][0], frozenset(kind for _, kind in found)) if found else (n, frozenset())


def stream(community: str, *, after: int = 0, upto: int | None = None, chunk: int = 5000) -> Iterator[tuple[Any, ...]]:
    """All columns of the entries after number `after` in order, body and others still as text, a chunk at a time."""
    last = after
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {NAMES} FROM entry WHERE community = %s AND n > %s ORDER BY n LIMIT %s",
                [community, last, chunk],
            )
            found = cursor.fetchall()
        for values in found:
            if upto is not None and values[2] > upto:
                return
            yield values
        if len(found) < chunk:
            return
        last = found[-1][2]
