"""The files say what the ledger says, entry by entry; when they do not, nothing is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from milieu.record import export, ledger
from milieu.record.entries import COLUMNS
from milieu.record.export import MEANINGS
from tests.cli.conftest import Ended, Place
from tests.cli.test_backup import full_at
from tests.house import House

Typed = Callable[..., Ended]


@pytest.fixture
def written(willow: House, typed: Typed, tmp_path: Path) -> Path:
    """The ledger of Willow House in a folder."""
    ended = typed("export", "--to", tmp_path / "out", "--json")
    assert (ended.code, ended.data["entries"], ended.data["head"]) == (0, willow.newest().n, willow.newest().hash)
    return tmp_path / "out"


def test_there_are_as_many_entries_as_the_ledger_has(willow: House, written: Path) -> None:
    n = willow.newest().n
    assert len((written / "entries.jsonl").read_text(encoding="utf-8").splitlines()) == n
    assert duckdb.sql(f"SELECT COUNT(*), MIN(n), MAX(n) FROM '{written}/entries.parquet'").fetchall() == [(n, 1, n)]


def test_every_line_is_the_entry(willow: House, written: Path) -> None:
    lines = [json.loads(line) for line in (written / "entries.jsonl").read_text(encoding="utf-8").splitlines()]
    for line, entry in zip(lines, willow.entries(), strict=True):
        assert line == {**{name: getattr(entry, name) for name in COLUMNS}, "others": json.loads(entry.others)}


def test_parquet_keeps_bodies_byte_for_byte_so_that_hashes_can_be_checked(willow: House, written: Path) -> None:
    rows = duckdb.sql(f"SELECT * FROM '{written}/entries.parquet' ORDER BY n").fetchall()
    prev = ledger.FIRST_PREV
    for row, entry in zip(rows, willow.entries(), strict=True):
        told = dict(zip(COLUMNS, row, strict=True))
        assert told["happened_at"].replace(tzinfo=UTC) == datetime.fromtimestamp(entry.happened_at / 1000, UTC)
        told |= {"happened_at": entry.happened_at, "entered_at": entry.entered_at}
        prev = ledger.chain_hash(prev, [told[name] for name in COLUMNS[: COLUMNS.index("body") + 1]])
        assert told["hash"] == prev


def test_every_column_is_explained(written: Path) -> None:
    assert tuple(MEANINGS) == COLUMNS
    about = (written / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", about, re.MULTILINE) == list(COLUMNS)
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{written}/entries.parquet'").fetchall()
    assert [(name, kind) for name, kind, *_ in described] == [(name, kind) for name, (kind, _) in MEANINGS.items()]


def test_the_example_in_the_readme_runs(willow: House, written: Path) -> None:
    example = (written / "README.md").read_text(encoding="utf-8").split("```sql")[1].split("```")[0]
    counted = dict(
        duckdb.sql(example.replace("'entries.parquet'", f"'{written}/entries.parquet'").rstrip().rstrip(";")).fetchall()
    )
    assert counted["stay_began"] == len(willow.everybody)


def test_only_the_community_asked_for_is_written(willow: House, birch: House, typed: Typed, tmp_path: Path) -> None:
    ended = typed("export", "--to", tmp_path / "out", "-c", "birch-court", "--json")
    assert ended.data["entries"] == birch.newest().n
    assert willow.id not in (tmp_path / "out" / "entries.jsonl").read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_is_left_alone(willow: House, typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    ended = typed("export", "--to", tmp_path)
    assert (ended.code, [path.name for path in tmp_path.iterdir()]) == (2, ["mine.txt"])
    assert "is there already and not empty. Choose another folder." in ended.err


def test_a_ledger_with_a_gap_is_not_exported(house: Place) -> None:
    house.lift_guards()
    house.sql("DELETE FROM entry WHERE n = 3")
    ended = house.run("export", "--to", house.folder / "out")
    assert ended.code == 1
    assert "were written. Verify the record." in ended.err
    assert list(house.folder.glob("out*")) == []


def test_a_full_disk_leaves_nothing_half_written(house: Place) -> None:
    ended = house.run("export", "--to", house.folder / "out", before=full_at(2000))
    assert ended.code == 2
    assert "The disk is full" in ended.err
    assert list(house.folder.glob("out*")) == []


def test_an_empty_ledger_is_written_too(tmp_path: Path, db: None) -> None:
    exported = export.write("0" * 32, "Nobody", tmp_path / "out")
    assert exported.entries == 0
    assert duckdb.sql(f"SELECT COUNT(*) FROM '{tmp_path}/out/entries.parquet'").fetchall() == [(0,)]
