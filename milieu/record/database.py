"""Which database is this, is it ready, and how does a whole new one take its place in one step?

A new embedded database is built aside under another name and renamed when it is whole; so nothing half-built ever
stands where a house is expected. What is written into it is for those who call.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections

APP = "record"


class Standing(Enum):
    """How far the database is."""

    ABSENT = "absent"  # no file, or no tables of ours
    EMPTY = "empty"  # tables, but no community and no account
    LIVED_IN = "lived in"


class NotReady(Exception):
    """The database cannot be used as it is; the message says what to do."""


class InUse(NotReady):
    """Somebody has the embedded database open, so it cannot be replaced."""


def is_embedded() -> bool:
    """Whether it is the SQLite file in MILIEU_DATA."""
    return connection.vendor == "sqlite"


def path() -> Path:
    """Where the embedded database stands."""
    return Path(str(connection.settings_dict["NAME"]))


def name() -> str:
    """How to call this database in a sentence: never with its password."""
    if is_embedded():
        return str(path())
    kept = connection.settings_dict
    return f"PostgreSQL {kept['NAME']} on {kept['HOST'] or 'this machine'}"


def standing() -> Standing:
    """How far the database is. Looks without making anything."""
    if is_embedded() and not path().exists():
        return Standing.ABSENT
    if "head" not in connection.introspection.table_names():
        return Standing.ABSENT
    with connection.cursor() as cursor:
        for table in ("head", "account"):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
            if cursor.fetchone():
                return Standing.LIVED_IN
    return Standing.EMPTY


def known_schemas() -> tuple[str, ...]:
    """Every migration this program knows, in order. By their files: loading them costs a third of a quick start."""
    folder = Path(apps.get_app_config(APP).path) / "migrations"
    return tuple(sorted(file.stem for file in folder.glob("[0-9]*.py")))


def schema() -> str:
    """The newest migration this program knows, such as 0002_append_only."""
    return known_schemas()[-1]


def missing_steps() -> tuple[str, ...]:
    """Migrations still to be made; NotReady when the database was used by a newer Milieu."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = %s", [APP])
        applied = {name for (name,) in cursor.fetchall()}
    newer = sorted(applied.difference(known_schemas()))
    if newer:
        raise NotReady(
            f"This database was used by a newer Milieu ({', '.join(newer)}). Update this one before you start it."
        )
    return tuple(name for name in known_schemas() if name not in applied)


def migrate(upto: str = "") -> None:
    """Make or bring on the tables, as far as `upto` or to the newest."""
    if is_embedded():
        _begin_file(path())
    call_command("migrate", APP, *([upto] if upto else []), verbosity=0, interactive=False)


def _begin_file(place: Path) -> None:
    """An empty file that only this account may read; its logs are made with the same rights."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.touch(mode=0o600)


@contextmanager
def aside() -> Iterator[Path]:
    """Everything inside happens in a new embedded database beside the real one, which it replaces at the end.

    When anything fails, the new one is removed and the old one stands as it was. InUse when somebody has it open.
    """
    place = path()
    _sweep(place)
    building = place.with_name(f"{place.name}.{os.getpid()}.building")
    with _held(place):
        connections["default"].close()
        connection.settings_dict["NAME"] = str(building)
        try:
            _begin_file(building)
            with connection.cursor() as cursor:
                # Nobody sees the file before it is whole and flushed, so no step of the build waits for the disk.
                cursor.execute("PRAGMA synchronous=OFF")
            yield building
            connection.close()
            _settle(building)
            building.replace(place)
            flush(place.parent)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = str(place)
            _remove(building)


@contextmanager
def _held(place: Path) -> Iterator[None]:
    """Nobody else may open the present file meanwhile; without one there is nothing to hold."""
    if not place.exists():
        yield
        return
    connection.close()
    holding = sqlite3.connect(place, isolation_level=None, timeout=1)
    try:
        # Leaving write-ahead logging needs the file alone, and leaves no log that a successor would be read with.
        holding.execute("PRAGMA journal_mode=DELETE")
        holding.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as busy:
        holding.close()
        raise InUse(f"The house in {place} is open in another program. Stop its server, then do this again.") from busy
    try:
        yield
    finally:
        holding.close()


def _settle(built: Path) -> None:
    """Bring everything into the one file and onto the disk."""
    settling = sqlite3.connect(built, isolation_level=None)
    settling.execute("PRAGMA journal_mode=DELETE")
    settling.close()
    flush(built)


def flush(at: Path) -> None:
    """Onto the disk: the content of a file, or the names in a folder."""
    descriptor = os.open(at, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(place: Path) -> None:
    """Remove what a build left behind that was killed; one that is still at work is left alone."""
    for left in place.parent.glob(f"{place.name}.*.building"):
        owner = left.name.removeprefix(f"{place.name}.").removesuffix(".building")
        if not owner.isdigit() or not _lives(int(owner)):
            _remove(left)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove(built: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        built.with_name(built.name + ending).unlink(missing_ok=True)
