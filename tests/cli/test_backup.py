"""A backup holds everything as it was at one moment and comes back whole, on either database; anything less is refused."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from milieu.record import archive
from milieu.record.archive import WrongBackup
from tests.cli.conftest import Place
from tests.shape.tree import ROOT

Make = Callable[..., Place]


def content(place: Place) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that a backup holds."""
    with tarfile.open(place.folder / "look.tar.gz") as tar:
        tables = json.loads(tar.extractfile("manifest.json").read())["tables"]  # type: ignore[union-attr]
    return {
        name: sorted(
            place.sql(f"SELECT {', '.join(chr(34) + c + chr(34) for c in told['columns'])} FROM {name}"), key=repr
        )
        for name, told in tables.items()
    }


def everything(place: Place) -> dict[str, list[tuple[Any, ...]]]:
    """The same, found out with a backup of its own; yes and no as one kind of value."""
    place.did("backup", place.folder / "look.tar.gz", "--replace")
    found = content(place)
    return {
        name: [tuple(int(v) if isinstance(v, bool) else v for v in row) for row in rows] for name, rows in found.items()
    }


def members(file: Path) -> list[tuple[str, bytes]]:
    """What stands in the archive."""
    with tarfile.open(file) as tar:
        return [(info.name, tar.extractfile(info).read()) for info in tar]  # type: ignore[union-attr]


def pack(file: Path, parts: list[tuple[str, bytes]]) -> Path:
    """An archive of these parts."""
    with tarfile.open(file, "w:gz") as tar:
        for name, part in parts:
            info = tarfile.TarInfo(name)
            info.size = len(part)
            tar.addfile(info, io.BytesIO(part))
    return file


@pytest.fixture(scope="session")
def kept_once(first_house: Place) -> Path:
    """A backup of Willow House, made once."""
    first_house.did("backup", first_house.folder / "kept.tar.gz")
    return first_house.folder / "kept.tar.gz"


@pytest.fixture
def kept(kept_once: Path, tmp_path: Path) -> Path:
    """A copy of it, to do with as the test likes."""
    return Path(shutil.copy(kept_once, tmp_path))


@pytest.fixture(scope="session")
def other_engine(places: Make, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place on the embedded database, whatever engine is under test."""
    return Place(tmp_path_factory.mktemp("embedded"), "")


def test_what_was_backed_up_comes_back_row_by_row(house: Place, kept: Path, empty: Place) -> None:
    ended = empty.did("restore", kept)
    assert "Verified: every chain is whole and the state is what the ledger says." in ended.out
    assert everything(empty) == everything(house)
    assert empty.heads() == house.heads()


def test_a_backup_of_one_database_restores_into_the_other(
    house: Place, kept: Path, other_engine: Place, empty: Place
) -> None:
    other_engine.did("restore", kept, "--replace")
    assert everything(other_engine) == everything(house)
    other_engine.did("backup", other_engine.folder / "back.tar.gz", "--replace")
    empty.did("restore", other_engine.folder / "back.tar.gz")
    assert everything(empty) == everything(house)


def test_the_restored_house_goes_on_and_its_ledger_is_guarded(kept: Path, empty: Place) -> None:
    empty.did("restore", kept)
    empty.did("import", "residents", empty.write("more.csv", "given_name,family_name\nBo,Lee\n"), "--yes")
    assert empty.heads()["willow-house"][0] > 0
    with pytest.raises(Exception, match="cannot be changed or removed"):
        empty.sql("UPDATE entry SET role = 'x'")


def test_rows_with_numbers_of_their_own_go_on_counting(house: Place, empty: Place) -> None:
    row = "'c', 's', 'a', 't', 'nurse', 'resident', 1, 'd'"
    columns = "community, stay, account, staff, role, page, at, device"
    house.sql(f"INSERT INTO opening ({columns}) VALUES ({row})", f"INSERT INTO opening ({columns}) VALUES ({row})")
    house.did("backup", house.folder / "b.tar.gz")
    empty.did("restore", house.folder / "b.tar.gz")
    empty.sql(f"INSERT INTO opening ({columns}) VALUES ({row})")
    assert [n for (n,) in empty.sql("SELECT id FROM opening ORDER BY id")] == [1, 2, 3]


def test_who_is_signed_in_is_not_in_a_backup(house: Place, empty: Place) -> None:
    columns = "token, account, staff, device, started_at, seen_at, ends_at, waits_for"
    house.sql(f"INSERT INTO sign_in ({columns}) VALUES ('secret-token', 'a', '', '', 1, 1, 9999999999999, '')")
    house.did("backup", house.folder / "b.tar.gz")
    assert b"secret-token" not in b"".join(part for _, part in members(house.folder / "b.tar.gz"))
    empty.did("restore", house.folder / "b.tar.gz")
    assert empty.sql("SELECT COUNT(*) FROM sign_in") == [(0,)]


def test_the_manifest_counts_and_sums(kept: Path, house: Place) -> None:
    parts = dict(members(kept))
    manifest = json.loads(parts["manifest.json"])
    assert manifest["format"] == 1
    assert {one["name"]: (one["entries"], one["head"]) for one in manifest["chains"]} == {
        "Willow House": house.heads()["willow-house"]
    }
    assert manifest["tables"]["entry"]["rows"] == house.heads()["willow-house"][0]
    for table in manifest["tables"].values():
        assert table["rows"] == sum(parts[piece["name"]].count(b"\n") for piece in table["pieces"])
    assert kept.stat().st_mode & 0o077 == 0


def test_a_script_reads_what_was_written(house: Place) -> None:
    told = house.did("backup", house.folder / "b.tar.gz", "--json").data
    assert told["bytes"] == (house.folder / "b.tar.gz").stat().st_size
    assert told["rows"]["stay"] == 3
    assert told["communities"][0]["entries"] == house.heads()["willow-house"][0]
    assert house.did("restore", house.folder / "b.tar.gz", "--check", "--json").data["rows"] == told["rows"]


def test_a_backup_is_of_one_moment_while_the_house_runs(house: Place, empty: Place) -> None:
    stop = threading.Event()

    def live() -> None:
        n = 0
        while not stop.is_set():
            people = "".join(f"P{n}x{i},Lee\n" for i in range(5))
            house.did("import", "residents", house.write("live.csv", f"given_name,family_name\n{people}"), "--yes")
            n += 1

    living = threading.Thread(target=live)
    living.start()
    try:
        for n in range(2):
            house.did("backup", house.folder / f"{n}.tar.gz")
    finally:
        stop.set()
        living.join()
    for n in range(2):
        assert "Verified" in empty.did("restore", house.folder / f"{n}.tar.gz", "--replace").out


@pytest.mark.sqlite
def test_a_backup_keeps_no_writer_waiting(house: Place) -> None:
    with closing(sqlite3.connect(house.file, timeout=0, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO organisation (id, name) VALUES ('x', 'not yet there')")
        house.did("backup", house.folder / "b.tar.gz")
        writer.execute("COMMIT")
    assert b"not yet there" not in b"".join(part for _, part in members(house.folder / "b.tar.gz"))


def test_a_file_that_is_there_is_not_written_over(house: Place, kept: Path) -> None:
    before = kept.read_bytes()
    ended = house.run("backup", kept)
    assert (ended.code, kept.read_bytes()) == (2, before)
    assert "is there already. Choose another name, or write over it with --replace." in ended.err
    house.did("backup", kept, "--replace")


def test_a_folder_that_is_not_there_is_told(house: Place) -> None:
    ended = house.run("backup", house.folder / "no" / "b.tar.gz")
    assert (ended.code, "There is no folder" in ended.err) == (2, True)


def test_a_house_is_not_replaced_unasked(house: Place, kept: Path) -> None:
    house.did("import", "residents", house.write("more.csv", "given_name,family_name\nBo,Lee\n"), "--yes")
    before = house.heads()
    ended = house.run("restore", kept)
    assert (ended.code, house.heads()) == (2, before)
    assert "There is a house in" in ended.err
    assert "--replace" in ended.err
    house.did("restore", kept, "--replace")
    assert house.heads() != before


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda parts: parts[:-1], "has no manifest: it was cut off, or is no backup."),
        (lambda parts: [p for p in parts if p[0] != "tables/stay/000001.jsonl"], "'tables/stay/000001.jsonl'"),
        (lambda parts: [(n, p.replace(b"Diaz", b"Dias") if "stay" in n else p) for n, p in parts], "was changed"),
        (lambda parts: [(n, p.replace(b'"rows": 3', b'"rows": 4') if n == "manifest.json" else p) for n, p in parts], "was changed"),
        (lambda parts: [(n, b"{" if n == "manifest.json" else p) for n, p in parts], "manifest cannot be read"),
        (lambda parts: [(n, p.replace(b'"format": 1', b'"format": 7') if n == "manifest.json" else p) for n, p in parts],
         "has format 7; this Milieu reads format 1. Update it first."),
    ],
    ids=["no manifest", "piece missing", "piece changed", "count changed", "manifest torn", "later format"],
)  # fmt: skip
def test_a_backup_that_is_not_whole_is_refused(
    kept: Path, spoil: Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]], said: str
) -> None:
    with pytest.raises(WrongBackup, match=re.escape(said)):
        archive.check(pack(kept.with_name("spoiled.tar.gz"), spoil(members(kept))))


@pytest.mark.parametrize("cut", [0, 10, 2000, -200])
def test_a_file_cut_off_anywhere_is_refused(kept: Path, cut: int) -> None:
    kept.write_bytes(kept.read_bytes()[:cut])
    with pytest.raises(WrongBackup, match="cut off"):
        archive.check(kept)


@pytest.mark.parametrize("odd", [b"not an archive", gzip.compress(b"x" * 5000)])
def test_another_kind_of_file_is_refused(kept: Path, odd: bytes) -> None:
    kept.write_bytes(odd)
    with pytest.raises(WrongBackup, match="is no backup"):
        archive.check(kept)


def test_nothing_changes_when_a_backup_is_refused(house: Place, kept: Path) -> None:
    before = house.heads()
    spoiled = [(name, part.replace(b"Diaz", b"Dias")) for name, part in members(kept)]
    ended = house.run("restore", pack(house.folder / "spoiled.tar.gz", spoiled), "--replace")
    assert (ended.code, house.heads()) == (1, before)
    assert ended.err.endswith("Nothing was changed.\n")
    assert [path.name for path in house.folder.glob("*.building*")] == []


def test_a_backup_of_a_newer_version_is_refused(house: Place, kept: Path) -> None:
    before = house.heads()
    told = {**json.loads(dict(members(kept))["manifest.json"]), "schema": "0999_later"}
    newer = [(name, json.dumps(told).encode() if name == "manifest.json" else part) for name, part in members(kept)]
    ended = house.run("restore", pack(house.folder / "newer.tar.gz", newer), "--replace")
    assert (ended.code, house.heads()) == (1, before)
    assert "was made by a newer Milieu" in ended.err


def test_a_file_that_is_not_there_is_told(empty: Place) -> None:
    assert "There is no file" in empty.run("restore", empty.folder / "none.tar.gz").err


def test_a_record_that_was_not_true_comes_back_and_is_told(house: Place, empty: Place) -> None:
    house.lift_guards()
    house.sql("UPDATE entry SET body = replace(body, 'Diaz', 'Dias') WHERE n = 4")
    house.did("backup", house.folder / "b.tar.gz")
    ended = empty.run("restore", house.folder / "b.tar.gz")
    assert ended.code == 1
    assert "The backup stands as it was made, but the record in it is not true:" in ended.err
    assert "Entry 4" in ended.err


@pytest.mark.sqlite
def test_a_house_that_is_open_is_not_replaced_under_its_server(house: Place, kept: Path) -> None:
    with closing(sqlite3.connect(house.file)) as server:
        server.execute("SELECT COUNT(*) FROM entry").fetchall()
        ended = house.run("restore", kept, "--replace")
    assert ended.code == 2
    assert "is open in another program. Stop its server, then do this again." in ended.err
    house.did("restore", kept, "--replace")


def full_at(size: int) -> Callable[[], None]:
    """What makes every file end at `size`, as a full disk would."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_leaves_no_half_backup(house: Place) -> None:
    ended = house.run("backup", house.folder / "b.tar.gz", before=full_at(4096))
    assert ended.code == 2
    assert "The disk is full" in ended.err
    assert "Nothing of this was kept. Free some space and do it again." in ended.err
    assert list(house.folder.glob("b.tar.gz*")) == []


@pytest.mark.sqlite
def test_a_full_disk_leaves_the_old_house_when_restoring(house: Place, kept: Path) -> None:
    before = house.heads()
    ended = house.run("restore", kept, "--replace", before=full_at(100_000))
    assert ended.code == 2
    assert "The disk is full" in ended.err
    assert house.heads() == before
    assert [path.name for path in house.folder.glob("*.building*")] == []


@pytest.mark.sqlite
def test_a_full_disk_leaves_nothing_of_an_import(house: Place) -> None:
    before = house.heads()
    people = "".join(f"Person{n},Number{n}\n" for n in range(500))
    size = house.file.stat().st_size
    file = house.write("many.csv", "given_name,family_name\n" + people)
    ended = house.run("import", "residents", file, "--yes", before=full_at(size))
    assert ended.code == 2
    assert "The disk is full" in ended.err
    assert house.heads() == before


@pytest.mark.sqlite
def test_a_backup_from_before_a_change_of_the_tables_is_brought_on(house: Place, kept: Path, places: Make) -> None:
    old, new = places(), places()
    first = "0002_append_only"
    words = [sys.executable, "-m", "django", "migrate", "record", first, "--settings", "milieu.settings", "-v", "0"]
    subprocess.run(words, env=old.environment, cwd=ROOT, check=True)
    told = {**json.loads(dict(members(kept))["manifest.json"]), "schema": first}
    parts = []
    for name, table in told["tables"].items():
        had = [column for _, column, *_ in old.sql(f"PRAGMA table_info({name})")]
        keep = [n for n, column in enumerate(table["columns"]) if column in had]
        table["columns"] = [table["columns"][n] for n in keep]
        for piece in table["pieces"]:
            rows = [json.loads(line) for line in dict(members(kept))[piece["name"]].splitlines()]
            lines = b"".join(json.dumps([row[n] for n in keep]).encode() + b"\n" for row in rows)
            piece["sha256"] = hashlib.sha256(lines).hexdigest()
            parts.append((piece["name"], lines))
    file = pack(new.folder / "old.tar.gz", [*parts, ("manifest.json", json.dumps(told).encode())])
    new.did("restore", file)
    assert new.heads() == house.heads()
    steps = "SELECT name FROM django_migrations WHERE app = 'record' ORDER BY name"
    assert new.sql(steps) == house.sql(steps)
