"""State by the plain way: fold a list of entries in memory, and lay tables side by side without what does not count."""

from __future__ import annotations

from collections.abc import Iterable

from milieu.record import folds
from milieu.record.entries import Entry
from milieu.record.state import TABLES, MemoryState, Row, select

Tables = dict[str, dict[str, Row]]


def folded(entries: Iterable[Entry]) -> Tables:
    """The tables that these entries make from nothing."""
    state = MemoryState()
    for entry in entries:
        folds.apply(state, entry)
    return state.tables


def standing(entries: list[Entry]) -> list[Entry]:
    """The entries as if what was taken back had never been said."""
    gone = {entry.corrects for entry in entries if entry.kind == "taken_back"}
    return [entry for entry in entries if entry.kind != "taken_back" and entry.id not in gone]


def stored(community: str) -> Tables:
    """The tables as they are in the database."""
    return {
        table: {
            row["id"]: row
            for row in select(table, f"{'id' if table == 'community' else 'community'} = %s", [community])
        }
        for table in TABLES
    }


def told(tables: Tables) -> Tables:
    """What a reader could tell apart: without the rows that say nothing and the memory for taking back."""
    kept = {table: {key: dict(row) for key, row in rows.items() if _says(table, row)} for table, rows in tables.items()}
    for table in ("whereabouts", "attendance"):
        for row in kept[table].values():
            del row["before"]
    return kept


def _says(table: str, row: Row) -> bool:
    return not (table == "tally" and row["n"] == 0) and not (table == "attendance" and row["status"] == "")
