"""A machine of its own for each test: the command as people type it, a folder, and a database nobody else knows."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from typer.testing import CliRunner

from milieu.cli import app

COMMAND = Path(sys.executable).with_name("milieu")
PASSWORD = "three-wild-geese"
FIRST = (
    "init", "--organisation", "Open Door", "--community", "Willow House", "--programme", "tc-residential",
    "--zone", "Europe/London", "--name", "Nadia Rahman", "--login", "nadia",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it said as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with a database, and the command that works on them."""

    folder: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What the command finds in its environment."""
        told = {"MILIEU_DATA": str(self.folder), "MILIEU_DATABASE_URL": self.url, "MILIEU_PASSWORD": PASSWORD}
        kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return {**kept, **told, "COLUMNS": "200"}

    @property
    def file(self) -> Path:
        """The embedded database."""
        return self.folder / "milieu.sqlite3"

    def run(self, *words: object, before: Callable[[], None] | None = None, **environment: str) -> Ended:
        """Type the command, wait for its end."""
        done = subprocess.run(
            [COMMAND, *map(str, words)], env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, check=False, preexec_fn=before,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Ended(done.returncode, done.stdout, done.stderr)

    def did(self, *words: object, **environment: str) -> Ended:
        """The same for what must succeed."""
        ended = self.run(*words, **environment)
        assert ended.code == 0, ended.err
        return ended

    def start(self, *words: object) -> subprocess.Popen[str]:
        """Type the command and do not wait."""
        return subprocess.Popen(
            [COMMAND, *map(str, words)], env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """Statements straight to the database; the rows of the last one, if it has any."""
        if not self.url:
            with closing(sqlite3.connect(self.file, timeout=20)) as db, db:
                return [db.execute(statement) for statement in statements][-1].fetchall() if statements else []
        import psycopg

        with psycopg.connect(self.url) as server:
            cursors = [server.execute(statement.encode()) for statement in statements]
            return cursors[-1].fetchall() if cursors[-1].description else []

    def lift_guards(self) -> None:
        """Take the triggers off the ledger, as somebody with the keys to the database could."""
        if self.url:
            self.sql("ALTER TABLE entry DISABLE TRIGGER USER")
            return
        names = self.sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entry'")
        self.sql(*[f"DROP TRIGGER {name}" for (name,) in names])

    def heads(self) -> dict[str, tuple[int, str]]:
        """Number of entries and head hash by community, as the database has them."""
        found = self.sql("SELECT c.slug, h.n, h.hash FROM head h JOIN community c ON c.id = h.community")
        return {slug: (n, head) for slug, n, head in found}

    def verified(self) -> dict[str, tuple[int, str]]:
        """The same as verify tells it; the record is true."""
        told = self.did("verify", "--json").data
        return {one["slug"]: (one["entries"], one["head"]) for one in told["communities"]}

    def write(self, name: str, text: str | bytes) -> Path:
        """A file to hand to the command."""
        place = self.folder / name
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Place]]:
    """Makes places, each with a database of its own on the engine under test; `like` copies another one's database."""
    url = os.environ.get("MILIEU_DATABASE_URL", "")
    names: list[str] = []

    def run(statement: str) -> None:
        import psycopg

        with psycopg.connect(url, autocommit=True) as server:
            server.execute(statement.encode())

    def make(like: Place | None = None) -> Place:
        folder = tmp_path_factory.mktemp("place")
        if not url:
            if like:
                shutil.copy(like.file, folder)
            return Place(folder, "")
        name = f"cli_{token_hex(4)}"
        run(f"CREATE DATABASE {name}" + (f" TEMPLATE {like.url.rpartition('/')[2]}" if like else ""))
        names.append(name)
        return Place(folder, f"{url.rpartition('/')[0]}/{name}")

    yield make
    for name in names:
        run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def first_house(places: Callable[..., Place]) -> Place:
    """Willow House as `milieu init` leaves it, with three residents; copied, never written to."""
    place = places()
    place.did(*FIRST)
    place.did("import", "residents", place.write("people.csv", PEOPLE), "--yes")
    return place


PEOPLE = """given_name,family_name,born,room,bed,level
Carl,Diaz,1990-02-03,room-1,A,1
Maya,Cohen,1985-11-30,room-1,B,2
Samir,Novák,,room-2,A,3
"""


@pytest.fixture
def house(places: Callable[..., Place], first_house: Place) -> Place:
    """Willow House, to do with as the test likes."""
    return places(like=first_house)


@pytest.fixture
def empty(places: Callable[..., Place]) -> Place:
    """A place where nothing has been made."""
    return places()


@pytest.fixture
def typed(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """The command within this process and the test's own transaction: quicker, for what many cases differ in."""
    monkeypatch.setenv("MILIEU_PASSWORD", PASSWORD)

    def run(*words: object) -> Ended:
        told = CliRunner().invoke(app, [*map(str, words)])
        assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
        return Ended(told.exit_code, told.stdout, told.stderr)

    return run
