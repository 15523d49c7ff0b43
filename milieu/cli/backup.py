"""`milieu backup` and `milieu restore`: everything into one file while the house runs, and back, on either database."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from milieu.cli import house, terminal
from milieu.cli.failures import FOUND, Cannot
from milieu.cli.verify import look
from milieu.record import archive, backup, database, restore
from milieu.record.archive import Manifest, WrongBackup

app = typer.Typer(**terminal.LOOK)
restore_app = typer.Typer(**terminal.LOOK)


@app.command()
def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it: house-2026-11-21.tar.gz.")],
    replace: bool = typer.Option(False, "--replace", help="Write over a file of this name."),
    as_json: bool = typer.Option(False, "--json", help="Print what was written as JSON."),
) -> None:
    """Write everything into one file, while the house runs.

    The file holds the state of one moment and is the same for both databases: a backup of one restores into the other.
    It holds names and clinical text, so keep it safe. Not in it: who is signed in at present, and the key in
    MILIEU_DATA/secret-key, without which codes of the second step of sign-in have to be set up again. Keep that key
    somewhere else.

    **Example:** `milieu backup /backups/house-$(date +%F).tar.gz`
    """
    house.open_()
    if file.exists() and not replace:
        raise Cannot(f"{file} is there already. Choose another name, or write over it with --replace.")
    if not file.parent.is_dir():
        raise Cannot(f"There is no folder {file.parent}. Make it first, or choose another.")
    with terminal.bar("Writing", backup.size()) as done:
        manifest = backup.make(file, int(datetime.now(UTC).timestamp() * 1000), done)
    _tell(file, manifest, as_json, "Written")


@restore_app.command()
def put_back(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that milieu backup wrote.")],
    replace: bool = typer.Option(False, "--replace", help="Replace the house that is in this database. It is lost."),
    check: bool = typer.Option(False, "--check", help="Only read the file and see that it is whole."),
    as_json: bool = typer.Option(False, "--json", help="Print what was restored as JSON."),
) -> None:
    """Put a backup back, on either database, then verify it.

    The file is read through and checked before anything is touched. Either all of it stands afterwards, or what was
    there before. Stop the server first. A backup of an older version is brought on to this one.

    Exit code 1 when the file is not whole, or the record in it is not true.

    **Example:** `MILIEU_DATABASE_URL=postgresql://… milieu restore house-2026-11-21.tar.gz`
    """
    try:
        if check:
            _tell(file, archive.check(file), as_json, "Whole")
            return
        with terminal.bar("Putting back", None) as done:
            manifest = restore.put_back(file, replace=replace, told=done)
    except WrongBackup as wrong:
        terminal.complain(str(wrong), "Nothing was changed.")
        raise typer.Exit(FOUND) from wrong
    _tell(file, manifest, as_json, f"Restored into {database.name()}")
    findings = [finding for one in house.communities() for finding in look(one).findings]
    if findings:
        terminal.complain(
            "The backup stands as it was made, but the record in it is not true:", *[each.what for each in findings]
        )
        raise typer.Exit(FOUND)
    if not as_json:
        terminal.say("Verified: every chain is whole and the state is what the ledger says.")


def _tell(file: Path, manifest: Manifest, as_json: bool, done: str) -> None:
    size = file.stat().st_size
    if as_json:
        chains = [asdict(one) for one in manifest.chains]
        counts = {name: table.rows for name, table in manifest.tables.items()}
        told = {"file": str(file), "bytes": size, "schema": manifest.schema, "rows": counts, "communities": chains}
        terminal.give(told)
        return
    terminal.say(f"{done}: {file}, {size:,} bytes, {manifest.rows:,} rows.")
    ends = [(one.name or one.community, one.entries, one.head) for one in manifest.chains]
    terminal.show(("community", "#entries", "the chain ends in"), ends)
