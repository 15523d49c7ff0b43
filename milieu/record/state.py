"""Where current state is read and moved: the same rows from the database or in memory.

A fold sees only `get` and `put`. Against the database, rows are fetched once, kept, and written back together at the end
of the transaction; in memory they are dictionaries. So actions, rebuilding and the past all run the very same folds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Protocol

from django.apps import apps
from django.db import connection, models

from milieu.record.models.fields import JsonTextField

Row = dict[str, Any]

# Made once: `json.dumps` with options makes a new encoder for every value.
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode

TABLES = ("community", "person", "stay", "whereabouts", "watch", "attendance", "need", "staff", "tally")


class State(Protocol):
    """Rows of the state tables by table and id."""

    def get(self, table: str, key: str) -> Row | None:
        """The row, or None. The fold may change it and must then `put` it."""

    def put(self, table: str, key: str, row: Row) -> None:
        """Keep `row` under `key`."""


@cache
def columns(table: str) -> tuple[str, ...]:
    """Column names of a state table, in the order of its model."""
    return tuple(str(field.column) for field in _model(table)._meta.concrete_fields)


@cache
def names(table: str, prefix: str = "") -> str:
    """The column names quoted for a statement, each behind `prefix` (an alias and its dot)."""
    return ", ".join(f'{prefix}"{column}"' for column in columns(table))


@cache
def json_columns(table: str) -> tuple[str, ...]:
    """The columns that hold canonical JSON text."""
    return tuple(str(field.column) for field in _model(table)._meta.concrete_fields if isinstance(field, JsonTextField))


@cache
def _blank(table: str) -> Row:
    row: Row = {}
    for field in _model(table)._meta.concrete_fields:
        row[str(field.column)] = field.get_default()
    for column in json_columns(table):
        row[column] = json.loads(row[column])
    return row


def blank(table: str, **values: Any) -> Row:
    """A row of `table` with every column at its default but for `values`."""
    row = {
        column: value.copy() if isinstance(value, (list, dict)) else value for column, value in _blank(table).items()
    }
    row.update(values)
    return row


def canonical(value: Any) -> str:
    """The one spelling of `value` as JSON: sorted keys, no spaces, plain Unicode. Not-a-number is refused."""
    return _encode(value)


def from_columns(table: str, values: Sequence[Any]) -> Row:
    """A row read from the database, JSON columns opened."""
    row = dict(zip(columns(table), values, strict=True))
    for column in json_columns(table):
        row[column] = json.loads(row[column])
    return row


def select(table: str, where: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Rows of a state table in one statement; `where` is fixed text of our own, never from outside."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names(table)} FROM {table} WHERE {where}", list(parameters))
        return [from_columns(table, values) for values in cursor.fetchall()]


class MemoryState:
    """State held in dictionaries: for rebuilding and for pages as of a past moment."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Row]] = {table: {} for table in TABLES}

    def get(self, table: str, key: str) -> Row | None:
        """The row, or None."""
        return self.tables[table].get(key)

    def put(self, table: str, key: str, row: Row) -> None:
        """Keep `row` under `key`."""
        self.tables[table][key] = row

    def rows(self, table: str) -> list[Row]:
        """All rows of a table, in order of id."""
        return [row for _, row in sorted(self.tables[table].items())]


class DatabaseState:
    """State in the database, inside the one transaction of a write."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Row | None] = {}
        self._moved: dict[tuple[str, str], None] = {}

    def get(self, table: str, key: str) -> Row | None:
        """The row as this transaction sees it, or None."""
        kept = (table, key)
        if kept not in self._kept:
            found = [] if "\x00" in key else select(table, "id = %s", [key])  # PostgreSQL refuses to look for NUL
            self._kept[kept] = found[0] if found else None
        return self._kept[kept]

    def prefetch(self, table: str, keys: Iterable[str]) -> None:
        """Fetch many rows at once, for a batch."""
        missing = [key for key in dict.fromkeys(keys) if (table, key) not in self._kept]
        for start in range(0, len(missing), 500):
            chunk = missing[start : start + 500]
            for key in chunk:
                self._kept[table, key] = None
            for row in select(table, f"id IN ({', '.join(['%s'] * len(chunk))})", chunk):
                self._kept[table, row["id"]] = row

    def put(self, table: str, key: str, row: Row) -> None:
        """Keep `row` under `key`, to be written at the end."""
        self._kept[table, key] = row
        self._moved[table, key] = None

    def flush(self) -> None:
        """Write every moved row, one statement a table."""
        by_table: dict[str, list[list[Any]]] = {}
        for table, key in self._moved:
            row = self._kept[table, key]
            assert row is not None  # noqa: S101 - a moved row is there by construction
            opened = json_columns(table)
            by_table.setdefault(table, []).append(
                [canonical(row[column]) if column in opened else row[column] for column in columns(table)]
            )
        self._moved.clear()
        with connection.cursor() as cursor:
            for table, rows in by_table.items():
                cursor.executemany(_upsert(table), rows)


@cache
def _upsert(table: str) -> str:
    moved = ", ".join(f'"{column}" = excluded."{column}"' for column in columns(table) if column != "id")
    return (
        f"INSERT INTO {table} ({names(table)}) VALUES ({', '.join(['%s'] * len(columns(table)))}) "
        f"ON CONFLICT (id) DO UPDATE SET {moved}"
    )


@cache
def _model(table: str) -> type[models.Model]:
    for model in apps.get_app_config("record").get_models():
        if model._meta.db_table == table:
            return model
    raise KeyError(table)
