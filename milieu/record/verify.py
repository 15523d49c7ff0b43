"""Is the record true? Every chain is walked, its state rebuilt from nothing and compared with the tables row by row.

Findings name the exact entry or row. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from milieu.record import folds, reading
from milieu.record.entries import BODY, COLUMNS, opened
from milieu.record.ledger import FIRST_PREV, chain_hash
from milieu.record.state import TABLES, MemoryState, Row, canonical, columns, select

_PREV, _HASH = COLUMNS.index("prev"), COLUMNS.index("hash")
MOST = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, where, and what to do."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one community; true when there are no findings."""

    community: str
    name: str
    slug: str
    entries: int
    head: str
    findings: tuple[Finding, ...]

    @property
    def is_true(self) -> bool:
        """Whether chain and state are as recorded."""
        return not self.findings


def communities() -> tuple[tuple[str, str, str], ...]:
    """Id, name and short name of every chain there is, also of one whose head or whose community row is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.which, COALESCE(c.name, ''), COALESCE(c.slug, '') FROM (SELECT community AS which FROM head "
            "UNION SELECT id FROM community UNION SELECT community FROM entry) w LEFT JOIN community c ON c.id = w.which "
            "ORDER BY 3, 1"
        )
        return tuple(cursor.fetchall())


def community(which: str, name: str = "", slug: str = "", told: Callable[[int], None] = lambda n: None) -> Verdict:
    """Walk, rebuild and compare one community; `told` hears the number of entries walked so far."""
    findings: list[Finding] = []
    state = MemoryState()
    entries, last = 0, FIRST_PREV
    foldable = True
    for values in reading.stream(which):
        entries += 1
        broken = _link(values, entries, last)
        if broken is not None:
            findings.append(broken)
            entries = values[2]
        last = values[_HASH]
        if foldable:
            foldable = _fold(state, values, findings)
        if entries % 5000 == 0:
            told(entries)
        if len(findings) >= MOST:
            break
    n, head = reading.head(which)
    if (n, head or FIRST_PREV) != (entries, last) and len(findings) < MOST:
        findings.append(
            Finding(
                "head",
                f"The head says {n} entries ending in {head[:12]}, the chain has {entries} ending in {last[:12]}. Entries are missing at the end.",
            )
        )
    if foldable and len(findings) < MOST:
        findings.extend(_compare(which, state))
    told(entries)
    return Verdict(which, name, slug, entries, last if entries else "", tuple(findings[:MOST]))


def _link(values: tuple[object, ...], expected: int, prev: str) -> Finding | None:
    n = values[2]
    if n != expected:
        return Finding(
            f"entry {expected}", f"Entry {expected} is missing; {n} follows. Restore the record from a backup."
        )
    if values[_PREV] != prev:
        return Finding(
            f"entry {n}", f"Entry {n} ({values[0]}) does not join the one before it. One of the two was changed."
        )
    if chain_hash(prev, values[: BODY + 1]) != values[_HASH]:
        return Finding(
            f"entry {n}", f"Entry {n} ({values[0]}) was changed after it was recorded: its hash does not fit."
        )
    return None


def _fold(state: MemoryState, values: tuple[object, ...], findings: list[Finding]) -> bool:
    try:
        entry = opened(values)
        folds.apply(state, entry)
    except (KeyError, ValueError, LookupError, TypeError, folds.StateMissing) as wrong:
        findings.append(
            Finding(f"entry {values[2]}", f"Entry {values[2]} ({values[0]}) cannot be replayed: {wrong!r}.")
        )
        return False
    return True


def _compare(which: str, state: MemoryState) -> Iterator[Finding]:
    for table in TABLES:
        column = "id" if table == "community" else "community"
        stored = {row["id"]: row for row in select(table, f"{column} = %s", [which])}
        rebuilt = state.tables[table]
        for key in sorted(stored.keys() | rebuilt.keys()):
            finding = _row(table, key, stored.get(key), rebuilt.get(key))
            if finding is not None:
                yield finding


def _row(table: str, key: str, stored: Row | None, rebuilt: Row | None) -> Finding | None:
    where = f"{table} {key}"
    if stored is None:
        return Finding(where, f"The row {key} of {table} is missing, though the ledger tells of it.")
    if rebuilt is None:
        return Finding(where, f"The row {key} of {table} stands there, though the ledger knows nothing of it.")
    if stored == rebuilt:
        return None
    differing = [c for c in columns(table) if canonical(stored[c]) != canonical(rebuilt[c])]
    if not differing:
        return None
    told = "; ".join(f"{c} is {str(stored[c])[:60]!r}, the ledger says {str(rebuilt[c])[:60]!r}" for c in differing[:3])
    return Finding(where, f"The row {key} of {table} differs from the ledger: {told}.")
