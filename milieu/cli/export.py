"""`milieu export`: the ledger of one community as Parquet and JSON Lines, with what each column means."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from milieu.cli import house, terminal
from milieu.cli.failures import FOUND
from milieu.record import export, reading
from milieu.record.export import Incomplete

app = typer.Typer(**terminal.LOOK)


@app.command()
def run(
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="A folder that is not there yet, or is empty.")],
    community: Annotated[str, typer.Option("--community", "-c", metavar="SLUG", help="Which one, if several.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Write the ledger of one community as Parquet and JSON Lines.

    A README beside them says what each column means. The number of entries written is compared with the ledger's; when
    they differ nothing is kept and the exit code is 1. The files hold names and clinical text.

    **Example:** `milieu export --community willow-house --to analysis/willow`
    """
    house.open_()
    where = house.community(community)
    try:
        with terminal.bar("Writing", reading.head(where.id)[0]) as done:
            exported = export.write(where.id, where.name, to, done)
    except Incomplete as incomplete:
        terminal.complain(str(incomplete))
        raise typer.Exit(FOUND) from incomplete
    if as_json:
        terminal.give({"community": where.slug, **asdict(exported), "files": dict(exported.files)})
        return
    terminal.say(
        f"{exported.entries:,} entries of {where.name} written to {exported.folder}, as many as its ledger has."
    )
    terminal.show(("file", "#bytes"), exported.files)
