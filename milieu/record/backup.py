"""Everything the database holds, written into one archive as it was at one moment, while the house goes on.

SQLite gives a reader the state of one moment through its write-ahead log, PostgreSQL through a repeatable read; neither
keeps a writer waiting. Putting it back is for `restore`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

import milieu
from milieu.record import archive, database
from milieu.record.archive import Chain, Manifest, Table

# What a backup does without, and why.
LEFT_OUT = {
    "snapshot": "made from the ledger again when a past moment is looked at",
    "sign_in": "everybody signs in again, so no old sign-in comes back to life",
    "try": "failed attempts to sign in are counted anew",
}
_ORDER = {"entry": "community, n"}
CHUNK = 2000


def tables() -> dict[str, type[models.Model]]:
    """The tables of a backup by name."""
    found = {model._meta.db_table: model for model in apps.get_app_config(database.APP).get_models()}
    return {name: found[name] for name in sorted(found) if name not in LEFT_OUT}


def make(place: Path, at: int, told: Callable[[int, str], None] = lambda n, table: None) -> Manifest:
    """Write the backup to `place`; `told` hears how many rows are written, and of which table."""
    with archive.writing(place, at) as writer, _one_moment():
        counted = 0
        written: dict[str, Table] = {}
        for name, model in tables().items():
            columns = [str(field.column) for field in model._meta.concrete_fields]
            done = counted

            def heard(n: int, done: int = done, name: str = name) -> None:
                told(done + n, name)

            written[name] = writer.table(name, columns, _rows(model, columns, heard))
            counted += written[name].rows
        manifest = Manifest(
            database.schema(), milieu.__version__, at, connection.vendor, written, _chains(), dict(LEFT_OUT)
        )
        writer.member(archive.MANIFEST, archive.as_json(manifest))
    return manifest


def size() -> int:
    """About how many rows there are to write, for a progress bar: the entries, which outweigh everything else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(SUM(n), 0) FROM head")
        return int(cursor.fetchone()[0])


def _rows(model: type[models.Model], columns: list[str], told: Callable[[int], None]) -> Iterator[list[Any]]:
    names = ", ".join(f'"{column}"' for column in columns)
    table, key = model._meta.db_table, model._meta.pk
    assert key is not None  # noqa: S101 - every table has one
    # SQLite keeps yes and no as 1 and 0.
    yes_no = [n for n, field in enumerate(model._meta.concrete_fields) if isinstance(field, models.BooleanField)]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{table}" ORDER BY {_ORDER.get(table, key.column)}')
        n = 0
        while found := cursor.fetchmany(CHUNK):
            for values in found:
                row = list(values)
                for place in yes_no:
                    row[place] = bool(row[place])
                yield row
            n += len(found)
            told(n)


def _chains() -> tuple[Chain, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.community, COALESCE(c.name, ''), h.n, h.hash FROM head h "
            "LEFT JOIN community c ON c.id = h.community ORDER BY h.community"
        )
        return tuple(Chain(*row) for row in cursor.fetchall())


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything read inside is of one moment."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # Plain BEGIN: Django's own would take the lock that writers need.
        cursor.execute("BEGIN")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
