"""A backup put back, whole or not at all: the tables as they were when it was made, its rows, then this version's.

The embedded database is built aside and takes its place at the end; on PostgreSQL it is one transaction. Whether the
record is true afterwards is for `verify`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from milieu.record import archive, database
from milieu.record.archive import Manifest, WrongBackup
from milieu.record.database import Standing

CHUNK = 2000


class NotEmpty(Exception):
    """There is a house in this database already; the message says how to replace it."""


def put_back(
    place: Path, *, replace: bool = False, told: Callable[[int, str], None] = lambda n, table: None
) -> Manifest:
    """Fill this database from the backup at `place`; NotEmpty where a house stands, unless it is to be replaced."""
    manifest = archive.check(place)
    _refuse_newer(place, manifest)
    if database.standing() is Standing.LIVED_IN and not replace:
        raise NotEmpty(
            f"There is a house in {database.name()} already. Nothing was changed. "
            "Choose another MILIEU_DATA, or replace that house with --replace."
        )
    with _whole():
        database.migrate(manifest.schema)
        _fill(place, manifest, told)
        database.migrate()
        _check_chains(manifest)
    return manifest


@contextmanager
def _whole() -> Iterator[None]:
    if database.is_embedded():
        with database.aside():
            yield
        return
    with transaction.atomic():
        _clear()
        yield


def _clear() -> None:
    """Take the tables away, within the transaction: rows alone could not go, the ledger's guard refuses it."""
    names = [model._meta.db_table for model in apps.get_app_config(database.APP).get_models()]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        for name in [*names, "django_migrations"]:
            cursor.execute(f'DROP TABLE IF EXISTS "{name}" CASCADE')
        cursor.execute("DROP FUNCTION IF EXISTS refuse_change() CASCADE")


def _fill(place: Path, manifest: Manifest, told: Callable[[int, str], None]) -> None:
    _check_columns(manifest)
    if database.is_embedded():
        with transaction.atomic():
            _insert_all(place, manifest, told, _insert)
        return
    _insert_all(place, manifest, told, _copy)
    models = list(apps.get_app_config(database.APP).get_models())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _insert_all(
    place: Path,
    manifest: Manifest,
    told: Callable[[int, str], None],
    insert: Callable[[str, Sequence[str], list[list[Any]]], None],
) -> None:
    done = 0
    for table, rows in archive.rows(place, manifest):
        columns = manifest.tables[table].columns
        if any(len(row) != len(columns) for row in rows):
            raise WrongBackup(f"A row of '{table}' in {place} has another number of columns than its table.")
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            insert(table, columns, chunk)
            done += len(chunk)
            told(done, table)


def _insert(table: str, columns: Sequence[str], rows: list[list[Any]]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({_quoted(columns)}) VALUES ({marks})', rows)


def _copy(table: str, columns: Sequence[str], rows: list[list[Any]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({_quoted(columns)}) FROM STDIN') as copying,
    ):
        for row in rows:
            copying.write_row(row)


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _refuse_newer(place: Path, manifest: Manifest) -> None:
    if manifest.schema not in database.known_schemas():
        raise WrongBackup(
            f"{place} was made by a newer Milieu ({manifest.version}, tables {manifest.schema}). Update this one first."
        )


def _check_columns(manifest: Manifest) -> None:
    """Names from a file reach a statement only when this database has them."""
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
        for name, table in manifest.tables.items():
            known = connection.introspection.get_table_description(cursor, name) if name in there else []
            if set(table.columns) != {column.name for column in known}:
                raise WrongBackup(
                    f"The table '{name}' of the backup is not one of {manifest.schema}. Use another copy."
                )


def _check_chains(manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        for chain in manifest.chains:
            cursor.execute("SELECT COUNT(*), MAX(n) FROM entry WHERE community = %s", [chain.community])
            if tuple(cursor.fetchone()) != (chain.entries, chain.entries or None):
                raise WrongBackup(f"The ledger of {chain.community} is not whole in this backup. Use another copy.")
