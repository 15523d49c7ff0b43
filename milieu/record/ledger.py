"""How something is recorded: one transaction, one act, entries numbered without gap and chained by SHA-256.

`writing` opens the transaction and locks the head of the community's chain; inside it, facts are read and rules asked;
`append` numbers, chains and folds. Reading entries back and checking chains stand in `reading` and `verify`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from django.db import connection, transaction

from milieu.record import folds, kinds, past
from milieu.record.entries import COLUMNS, NAMES, Entry
from milieu.record.state import DatabaseState, canonical
from milieu.rules import ids, moments

_INSERT = f"INSERT INTO entry ({NAMES}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
FIRST_PREV = "0" * 64


@dataclass(frozen=True, slots=True)
class Author:
    """Who records: the staff assignment or stay, in which role, on which device. Empty for the system."""

    id: str = ""
    role: str = "system"
    device: str = ""


class UnknownCommunity(Exception):
    """There is no such community here."""


class IdTaken(Exception):
    """The id was used before for something else; nothing was recorded."""


def chain_hash(prev: str, values: Sequence[Any]) -> str:
    """SHA-256 over the previous hash and the entry's columns up to and with its body, in the order of COLUMNS.

    Columns are joined by the unit separator, which canonical JSON escapes and no other column may hold.
    """
    return hashlib.sha256("\x1f".join([prev, *map(str, values)]).encode()).hexdigest()


@dataclass(slots=True)
class Writing:
    """One open write on one community. Rules and folds see what this transaction has done so far."""

    community: str
    at: datetime
    at_ms: int
    author: Author
    programme: str
    act: str
    state: DatabaseState
    n: int
    prev: str
    random: Random | None = None
    _rows: list[tuple[Any, ...]] = field(default_factory=list)
    _known: dict[str, str | None] = field(default_factory=dict)

    def new_id(self) -> str:
        """An id for something made inside this write."""
        return ids.new_id(self.at_ms, self.random) if self.random else ids.new_id(self.at_ms)

    def begin_act(self, author: Author, at: datetime) -> None:
        """Go on within the same transaction with the next act: for a batch that came from several hands and times."""
        self.author, self.at, self.at_ms = author, at, moments.to_ms(at)
        self.act = self.new_id()

    def expect(self, entry_ids: Iterable[str]) -> None:
        """Look up at once which of many client-made ids are already in the ledger."""
        asked = [entry_id for entry_id in dict.fromkeys(entry_ids) if entry_id not in self._known]
        for start in range(0, len(asked), 500):
            chunk = asked[start : start + 500]
            self._known.update(dict.fromkeys(chunk))
            with connection.cursor() as cursor:
                marks = ", ".join(["%s"] * len(chunk))
                cursor.execute(f"SELECT id, {_SAID} FROM entry WHERE id IN ({marks})", chunk)
                for entry_id, *said in cursor.fetchall():
                    self._known[entry_id] = _same(said)

    def replayed(
        self,
        kind: str,
        entry_id: str,
        about: str,
        happened_at: int | None,
        body: Mapping[str, Any],
        added: Sequence[str] = (),
    ) -> bool:
        """Whether this very entry is recorded already (sent twice); a different one under its id raises IdTaken.

        `happened_at` is None where the sender left the time open; `added` are fields of the body that we put in ourselves
        and that may have moved on since.
        """
        if entry_id not in self._known:
            self.expect([entry_id])
        said = self._known[entry_id]
        if said is None:
            return False
        *who_and_what, when, text = said.split(_BETWEEN)
        if (
            who_and_what == [self.community, kind, about]
            and (happened_at is None or when == str(happened_at))
            and _without(json.loads(text), added) == _without(body, added)
        ):
            return True
        raise IdTaken(entry_id)

    def append(
        self,
        kind: str,
        body: Mapping[str, Any],
        *,
        about: str = "",
        happened_at: int | None = None,
        entry_id: str = "",
        others: Sequence[tuple[str, str]] = (),
        corrects: str = "",
    ) -> Entry:
        """Number, chain and fold one entry. `body` is checked against its kind; a wrong one raises kinds.WrongBody."""
        kinds.check(kind, body)
        text = canonical(body)
        happened = self.at_ms if happened_at is None else happened_at
        self.n += 1
        values = (
            entry_id or self.new_id(), self.community, self.n, kind, about, canonical(list(others)) if others else "[]", happened, self.at_ms,
            self.author.id, self.author.role, self.author.device, self.programme, self.act, corrects, text,
        )  # fmt: skip
        prev, self.prev = self.prev, chain_hash(self.prev, values)
        entry = Entry(*values[:-1], _copied(body, text), prev, self.prev)
        self._rows.append((*values, prev, self.prev))
        self._known[entry.id] = _same([self.community, kind, about, happened, text])
        folds.apply(self.state, entry)
        return entry

    def finish(self) -> int:
        """Write entries, state and head; the number of entries written."""
        if not self._rows:
            return 0
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, self._rows)
            cursor.execute(
                "UPDATE head SET n = %s, hash = %s WHERE community = %s", [self.n, self.prev, self.community]
            )
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_notify('milieu', %s)", [self.community])
        self.state.flush()
        past.keep_grown(self.community, self.n - len(self._rows), self.n, self.at_ms)
        return len(self._rows)


_SAID = "community, kind, about, happened_at, body"


_BETWEEN = "\x1f"


def _copied(body: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The body as it will be read back, sharing nothing with the caller's; most bodies are flat and need no parsing."""
    if all(type(value) is str or type(value) is int for value in body.values()):
        return dict(body)
    copied: dict[str, Any] = json.loads(text)
    return copied


def _same(said: Sequence[Any]) -> str:
    return _BETWEEN.join(map(str, said))


def _without(body: Mapping[str, Any], added: Sequence[str]) -> str:
    return canonical({name: value for name, value in body.items() if name not in added})


@contextmanager
def writing(
    community: str,
    author: Author,
    at: datetime,
    *,
    programme: str | None = None,
    random: Random | None = None,
) -> Iterator[Writing]:
    """One write on one community: everything inside is recorded together or not at all.

    The head row is locked first, so a second writer waits and then sees what this one did.
    """
    at_ms = moments.to_ms(at)
    with transaction.atomic():
        with connection.cursor() as cursor:
            lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
            cursor.execute(f"SELECT n, hash FROM head WHERE community = %s{lock}", [community])
            head = cursor.fetchone()
            if head is None:
                raise UnknownCommunity(community)
        state = DatabaseState()
        if programme is None:
            row = state.get("community", community)
            programme = row["programme"] if row else ""
        act = ids.new_id(at_ms, random) if random else ids.new_id(at_ms)
        write = Writing(community, at, at_ms, author, programme, act, state, head[0], head[1] or FIRST_PREV, random)
        yield write
        write.finish()


def begin_chain(community: str) -> None:
    """Make the head of a new community's chain, before its first entry."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO head (community, n, hash) VALUES (%s, 0, '')", [community])
