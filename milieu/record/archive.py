"""What a backup file is: a .tar.gz of JSON Lines, a table in pieces, and last a manifest with counts and checksums.

The same for both databases, and readable without this program. What goes in is for `backup`, where it goes for
`restore`.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from milieu.record import database

FORMAT = 1
MANIFEST = "manifest.json"
PIECE_BYTES = 8 * 1024 * 1024
LARGEST_MEMBER = 256 * 1024 * 1024
ABOUT = """A backup of Milieu, the shared memory of a therapeutic community.
It holds names and clinical text: keep it safe.

Each line of tables/NAME/NUMBER.jsonl is one row, a JSON list in the order of the columns that manifest.json names.
manifest.json also counts the rows and gives the SHA-256 of every piece, the version of the tables (schema) and, for
each community, how many entries its ledger has and the hash its chain ends in.

Put it back with: milieu restore FILE
"""


class WrongBackup(Exception):
    """The file is no backup, or not a whole one; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a table, one a line."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the backup."""

    columns: tuple[str, ...]
    rows: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the ledger of a community was."""

    community: str
    name: str
    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `made_at` is milliseconds UTC."""

    schema: str
    version: str
    made_at: int
    engine: str
    tables: dict[str, Table]
    chains: tuple[Chain, ...]
    left_out: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(table.rows for table in self.tables.values())


@dataclass(slots=True)
class Writer:
    """An archive being written, a piece at a time, so that memory does not grow with the house."""

    tar: tarfile.TarFile
    at: int

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
        """Write one table; what the manifest says about it."""
        pieces: list[Piece] = []
        lines: list[bytes] = []
        size = 0
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            lines.append(line)
            size += len(line)
            if size >= PIECE_BYTES:
                pieces.append(self._piece(name, len(pieces) + 1, lines))
                lines, size = [], 0
        if lines:
            pieces.append(self._piece(name, len(pieces) + 1, lines))
        return Table(tuple(columns), sum(piece.rows for piece in pieces), tuple(pieces))

    def _piece(self, table: str, number: int, lines: list[bytes]) -> Piece:
        content = b"".join(lines)
        name = f"tables/{table}/{number:06}.jsonl"
        self.member(name, content)
        return Piece(name, len(lines), hashlib.sha256(content).hexdigest())

    def member(self, name: str, content: bytes) -> None:
        """Write one file of the archive."""
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = len(content), self.at // 1000, 0o600
        self.tar.addfile(info, io.BytesIO(content))


@contextmanager
def writing(place: Path, at: int) -> Iterator[Writer]:
    """An archive that stands at `place` when everything inside went well, and not at all otherwise."""
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with open(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=4) as tar:
                writer = Writer(tar, at)
                writer.member("README.txt", ABOUT.encode())
                yield writer
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
        database.flush(place.parent)
    finally:
        part.unlink(missing_ok=True)


def as_json(manifest: Manifest) -> bytes:
    """The manifest as it stands in the archive."""
    return json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode() + b"\n"


def read_manifest(content: bytes) -> Manifest:
    """The manifest from its text."""
    try:
        data = json.loads(content)
        if data.get("format") != FORMAT:
            raise WrongBackup(
                f"The backup has format {data.get('format')!r}; this Milieu reads format {FORMAT}. Update it first."
            )
        tables = {
            name: Table(tuple(told["columns"]), told["rows"], tuple(Piece(**piece) for piece in told["pieces"]))
            for name, told in data.pop("tables").items()
        }
        return Manifest(**{**data, "tables": tables, "chains": tuple(Chain(**chain) for chain in data["chains"])})
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise WrongBackup(
            "The backup's manifest cannot be read, so the file was changed. Use another backup."
        ) from wrong


def members(place: Path) -> Iterator[tuple[str, bytes]]:
    """Every file in the archive with its content, in order; WrongBackup where it is torn or something else."""
    try:
        with tarfile.open(place, mode="r|gz") as tar:
            for info in tar:
                file = tar.extractfile(info) if info.isfile() else None
                if file is None or info.size > LARGEST_MEMBER:
                    raise WrongBackup(f"'{info.name}' does not belong into a backup. Is {place} another file?")
                yield info.name, file.read()
    except (tarfile.TarError, EOFError, zlib.error) as torn:
        raise WrongBackup(
            f"{place} is no backup, or was cut off while it was copied. Use another copy of it."
        ) from torn


def check(place: Path) -> Manifest:
    """Read the whole file and see that it is what its manifest says, before anything is written anywhere."""
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    for name, content in members(place):
        if name == MANIFEST:
            manifest = read_manifest(content)
        else:
            found[name] = (content.count(b"\n"), hashlib.sha256(content).hexdigest())
    if manifest is None:
        raise WrongBackup(f"{place} has no manifest: it was cut off, or is no backup. Use another copy of it.")
    for table in manifest.tables.values():
        for piece in table.pieces:
            if found.get(piece.name) != (piece.rows, piece.sha256):
                raise WrongBackup(
                    f"'{piece.name}' in {place} is missing or was changed. Use another copy of the backup."
                )
        if sum(piece.rows for piece in table.pieces) != table.rows:
            raise WrongBackup(
                f"The manifest in {place} counts wrongly, so it was changed. Use another copy of the backup."
            )
    return manifest


def rows(place: Path, manifest: Manifest) -> Iterator[tuple[str, list[list[Any]]]]:
    """The rows of the archive by table, a piece at a time."""
    whose = {piece.name: name for name, table in manifest.tables.items() for piece in table.pieces}
    for name, content in members(place):
        if name in whose:
            yield whose[name], [json.loads(line) for line in content.splitlines()]
