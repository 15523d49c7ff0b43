"""The ledger of one community as files for analysis: JSON Lines, Parquet and what each column means. Whole or not at all.

The files say again what the ledger says, entry by entry; measures over it are for `insight`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from milieu.record import database, reading
from milieu.record.entries import COLUMNS

LINES, PARQUET, ABOUT = "entries.jsonl", "entries.parquet", "README.md"
_MOMENTS = ("happened_at", "entered_at")
# What each column means, and its type in Parquet.
MEANINGS = {
    "id": ("VARCHAR", "the entry's own id, a UUIDv7 as 32 hex digits, made where it was recorded"),
    "community": ("VARCHAR", "the community's id"),
    "n": ("BIGINT", "its number in the community's ledger: from 1, without gap"),
    "kind": ("VARCHAR", "what kind of thing happened: check, noticed, correction …"),
    "about": ("VARCHAR", "the stay it is about; empty when it is about the community"),
    "others": ("JSON", "further people it is about, as [[role, id], …]"),
    "happened_at": ("TIMESTAMP", "when it happened (UTC)"),
    "entered_at": ("TIMESTAMP", "when it was entered (UTC); later than happened_at when entered late"),
    "by": ("VARCHAR", "the staff assignment or stay that recorded it; empty for the system"),
    "role": ("VARCHAR", "the role in which it was recorded"),
    "device": ("VARCHAR", "the shared tablet it was recorded on; empty for an own device"),
    "programme": ("VARCHAR", "the programme version it was judged under, code@version"),
    "act": ("VARCHAR", "one id for all entries of one action"),
    "corrects": ("VARCHAR", "the entry that this one corrects or takes back; empty otherwise"),
    "body": ("JSON", "what was recorded, by kind"),
    "prev": ("VARCHAR", "the hash of the entry before"),
    "hash": ("VARCHAR", "SHA-256 over prev and the columns id to body, joined by U+001F, times in milliseconds"),
}


class InTheWay(Exception):
    """Something is in the folder already; the message says so."""


class Incomplete(Exception):
    """The files do not hold what the ledger holds; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    folder: str
    entries: int
    head: str
    files: tuple[tuple[str, int], ...]


def write(community: str, name: str, folder: Path, told: Callable[[int, str], None] = lambda n, what: None) -> Exported:
    """Write the ledger into `folder`, which must not be there yet or be empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InTheWay(f"{folder} is there already and not empty. Choose another folder.")
    part = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    folder.parent.mkdir(parents=True, exist_ok=True)
    part.mkdir(mode=0o700)
    try:
        n, head = reading.head(community)
        written = _lines(community, n, part / LINES, told)
        told(n, "Writing Parquet")
        packed = _parquet(part)
        if not written == packed == n:
            raise Incomplete(f"The ledger has {n} entries, but {written} and {packed} were written. Verify the record.")
        (part / ABOUT).write_text(_about(name, n, head), encoding="utf-8")
        for file in part.iterdir():
            file.chmod(0o600)
            database.flush(file)
        files = tuple((file.name, file.stat().st_size) for file in sorted(part.iterdir()))
        part.replace(folder)
        database.flush(folder.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Exported(str(folder), n, head, files)


def _lines(community: str, upto: int, place: Path, told: Callable[[int, str], None]) -> int:
    json_columns = [n for n, column in enumerate(COLUMNS) if MEANINGS[column][0] == "JSON"]
    # A body is canonical JSON already: it goes into the line as it stands, byte for byte.
    form = "{" + ",".join(f"{json.dumps(column)}:%s" for column in COLUMNS) + "}\n"
    written = 0
    with place.open("w", encoding="utf-8") as file:
        for values in reading.stream(community, upto=upto):
            told_values = [
                value if n in json_columns else json.dumps(value, ensure_ascii=False) for n, value in enumerate(values)
            ]
            file.write(form % tuple(told_values))
            written += 1
            if written % 5000 == 0:
                told(written, "Writing")
    return written


def _parquet(part: Path) -> int:
    import duckdb

    source, target = (str(part / name).replace("'", "''") for name in (LINES, PARQUET))
    read_as = {column: "BIGINT" if column in _MOMENTS else kind for column, (kind, _) in MEANINGS.items()}
    shape = ", ".join(f"'{column}': '{kind}'" for column, kind in read_as.items())
    columns = ", ".join(
        f'make_timestamp("{column}" * 1000) AS "{column}"' if column in _MOMENTS else f'"{column}"'
        for column in COLUMNS
    )
    lines = (
        f"read_json('{source}', format='newline_delimited', columns={{{shape}}}, maximum_object_size=67108864, "
        "ignore_errors=false)"
    )
    with duckdb.connect(":memory:", config={"threads": "2", "temp_directory": str(part / "spill")}) as analysis:
        analysis.execute(f"COPY (SELECT {columns} FROM {lines}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        found = analysis.execute(f"SELECT COUNT(DISTINCT n) FROM '{target}'").fetchone()
    shutil.rmtree(part / "spill", ignore_errors=True)
    return int(found[0]) if found else 0


def _about(name: str, n: int, head: str) -> str:
    rows = "\n".join(f"| `{column}` | {kind} | {meaning} |" for column, (kind, meaning) in MEANINGS.items())
    return f"""# The ledger of {name}

{n:,} entries, from the first to the one whose hash is `{head or "none"}`.
They hold names and clinical text: keep them safe, and share only what you may.

`{LINES}` has one entry a line, times as milliseconds since 1970 UTC. `{PARQUET}` has the same with these columns:

| column | type | meaning |
| --- | --- | --- |
{rows}

Nothing recorded is ever changed: an entry with `corrects` sets an earlier one right or takes it back. Leave out what was
taken back before you count:

```sql
SELECT kind, count(*) FROM '{PARQUET}' e
WHERE kind <> 'taken_back' AND NOT EXISTS
  (SELECT 1 FROM '{PARQUET}' c WHERE c.corrects = e.id AND c.kind = 'taken_back')
GROUP BY kind ORDER BY 2 DESC;
```
"""
