"""`milieu import`: residents or staff from a CSV file; first a look, then all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from milieu.actions.imports import residents as residents_sheet
from milieu.actions.imports import staff as staff_sheet
from milieu.cli import house, terminal
from milieu.cli.failures import FOUND, Cannot
from milieu.rules import sheets
from milieu.rules.sheets import WrongSheet

app = typer.Typer(
    **terminal.LOOK, no_args_is_help=True, help="Bring residents or staff from a CSV file: all of them, or none."
)
File = Annotated[Path, typer.Argument(metavar="FILE.csv", help="Comma, semicolon or tab between cells; UTF-8.")]
Slug = Annotated[str, typer.Option("--community", "-c", metavar="SLUG", help="Which one, where there are several.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it. Without this it is only looked at.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command()
def residents(file: File, community: Slug = "", yes: Yes = False, as_json: Json = False) -> None:
    """Begin a stay for each line.

    Columns: given_name, family_name; and if you have them pronouns, born, languages, arrived, room, bed, level, watch,
    post, key_worker, likes, helps, avoids, needs, night_plan. Days as 2026-11-21; several things in a cell with | between.
    Rooms, levels and watches by code or by title, as in `milieu programme show`.

    Exit code 1 when anything is wrong in the file: then nothing is written.

    **Example:** `milieu import residents people.csv --community willow-house`
    """
    _bring("residents", residents_sheet.bring, file, community, yes, as_json)


@app.command()
def staff(file: File, community: Slug = "", yes: Yes = False, as_json: Json = False) -> None:
    """Assign everybody on the list, with an account for those who have a sign-in name.

    Columns: given_name, family_name, role; and login. A new account gets a first password, printed once with --yes: hand
    it over, and let the person change it. Somebody who has an account in this organisation keeps it.

    Exit code 1 when anything is wrong in the file: then nothing is written.

    **Example:** `milieu import staff team.csv --community willow-house --yes`
    """
    _bring("staff", staff_sheet.bring, file, community, yes, as_json)


def _bring(what: str, bring: Any, file: Path, slug: str, sure: bool, as_json: bool) -> None:
    house.open_()
    where = house.community(slug)
    if file.is_file() and file.stat().st_size > sheets.LONGEST:
        raise Cannot(f"{file} is {file.stat().st_size:,} bytes long. Is it the right file?")
    try:
        brought = bring(where.id, file.read_bytes(), datetime.now(UTC), sure=sure)
    except WrongSheet as wrong:
        _tell_faults(file, wrong, as_json)
        raise typer.Exit(FOUND) from wrong
    if as_json:
        told = [{**asdict(one), **({"arrived": str(one.arrived)} if what == "residents" else {})} for one in brought]
        terminal.give({"written": sure, "community": where.slug, what: told})
        return
    _tell(what, brought)
    if sure:
        terminal.say(f"{len(brought)} {what} brought into {where.name}.")
    else:
        terminal.say(f"Nothing is written yet. These {len(brought)} would come into {where.name}: do it with --yes")


def _tell(what: str, brought: Sequence[Any]) -> None:
    if what == "residents":
        rows = [(one.line, one.name, one.room, one.level, one.watch or "usual", one.arrived) for one in brought]
        terminal.show(("#line", "name", "room", "#level", "looked in on", "arrived"), rows)
        return
    team = [(one.line, one.name, one.role, one.login or "none", one.password) for one in brought]
    terminal.show(("#line", "name", "works as", "sign-in name", "first password"), team)


def _tell_faults(file: Path, wrong: WrongSheet, as_json: bool) -> None:
    if as_json:
        told = [{"line": one.line, "column": one.column, "what": str(one.sentence)} for one in wrong.faults]
        terminal.give({"written": False, "faults": told})
        return
    n = len(wrong.faults)
    terminal.complain(*map(str, wrong.faults))
    terminal.complain(f"{file}: {n} {'thing' if n == 1 else 'things'} to mend. Nothing was written.")
