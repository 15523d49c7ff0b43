"""Which programme a community runs under: ready programmes from the folder, versions in use from the database.

The text of a version is stored when it is first used, so an upgrade of the files never changes the past.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from milieu.rules.programme import reading
from milieu.rules.programme.shape import Programme


class NoSuchProgramme(Exception):
    """No programme of this name or version; the message says which there are."""


class WrongProgramme(Exception):
    """The programme's text has problems; the message lists them, one a line."""


def ready() -> tuple[Path, ...]:
    """The files of the ready programmes."""
    return tuple(sorted(Path(settings.PROGRAMME_DIR).glob("*.yaml")))


@lru_cache(maxsize=32)
def from_text(text: str, name: str) -> Programme:
    """The programme in `text`; WrongProgramme with every problem when it has any."""
    read = reading.read(text, name)
    if isinstance(read, Programme):
        return read
    raise WrongProgramme("\n".join(str(problem) for problem in read))


def from_folder(code: str) -> tuple[Programme, str]:
    """A ready programme by code, with its text."""
    path = Path(settings.PROGRAMME_DIR) / f"{code}.yaml"
    if path not in ready():
        raise NoSuchProgramme(f"There is no ready programme '{code}'. There are: {', '.join(p.stem for p in ready())}.")
    text = path.read_text(encoding="utf-8")
    return from_text(text, path.name), text


def keep(programme: Programme, text: str) -> str:
    """Store this version's text unless it is there; its id. The same id with another text raises WrongProgramme."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    with connection.cursor() as cursor:
        # only where it is not there: SQLite's guard refuses to insert a second time, whatever the conflict clause
        cursor.execute(
            "INSERT INTO programme_text (id, sha256, text) SELECT %s, %s, %s "
            "WHERE NOT EXISTS (SELECT 1 FROM programme_text WHERE id = %s) ON CONFLICT (id) DO NOTHING",
            [programme.id, sha, text, programme.id],
        )
        cursor.execute("SELECT sha256 FROM programme_text WHERE id = %s", [programme.id])
        if cursor.fetchone()[0] != sha:
            raise WrongProgramme(
                f"Version {programme.version} of '{programme.code}' is in use with other content. "
                "Give the changed programme a new version date."
            )
    return programme.id


@lru_cache(maxsize=32)
def in_force(programme_id: str) -> Programme:
    """The programme version `code@version` as it was stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM programme_text WHERE id = %s", [programme_id])
        found = cursor.fetchone()
    if found is None:
        raise NoSuchProgramme(f"The programme version {programme_id} is not stored here. Restore it from a backup.")
    return from_text(found[0], programme_id)
