"""`milieu programme`: which programmes are ready, what stands in one, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from milieu.cli import terminal
from milieu.cli.failures import FOUND, Cannot
from milieu.record import programmes
from milieu.rules.programme import describe, reading
from milieu.rules.programme.problem import Problem
from milieu.rules.programme.shape import Programme, Slot

app = typer.Typer(
    **terminal.LOOK,
    no_args_is_help=True,
    help="List, show and check programmes. A programme is one YAML file: see docs/programmes.md.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST = 2 * 1024 * 1024


@app.command("list")
def list_(as_json: bool = typer.Option(False, "--json", help="Print the result as JSON.")) -> None:
    """List the ready programmes.

    **Example:** `milieu programme list`
    """
    found = [programmes.from_folder(path.stem)[0] for path in programmes.ready()]
    if as_json:
        terminal.give([_in_short(one) for one in found])
        return
    rows = [(one.code, one.version, one.title, one.setting, len(one.levels)) for one in found]
    terminal.show(("code", "version", "title", "setting", "#levels"), rows)


@app.command()
def show(
    code: str = typer.Argument(..., metavar="CODE|FILE", help="A code from the list, or a file of your own."),
    as_json: bool = typer.Option(False, "--json", help="Print the result as JSON."),
) -> None:
    """Show what stands in a programme, as one would read it aloud in the house meeting.

    **Example:** `milieu programme show tc-residential`
    """
    programme = _one(code)
    if as_json:
        spaces = [{"code": one.code, "title": one.title, "kind": one.kind} for one in programme.spaces]
        terminal.give({**_in_short(programme), "week": [_slot(slot) for slot in programme.week], "spaces": spaces})
        return
    for heading, lines in describe.describe(programme):
        terminal.say(heading, style="bold")
        terminal.say(*[f"  {line.strip()}" for line in lines], "")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Programme files (YAML).")],
    as_json: bool = typer.Option(False, "--json", help="Print the problems as JSON."),
) -> None:
    """Check programme files: every problem with its line, what was found and what to write instead.

    Exit code 1 when a file has problems.

    **Example:** `milieu programme check my-house.yaml`
    """
    checked = [(path, reading.read(_text(path), str(path))) for path in files]
    problems = [problem for _, read in checked if not isinstance(read, Programme) for problem in read]
    if as_json:
        terminal.give({"ok": not problems, "problems": [_as_data(problem) for problem in problems]})
    else:
        for path, read in checked:
            if isinstance(read, Programme):
                sizes = f"{len(read.levels)} levels, {len(read.week)} parts of the week"
                terminal.say(f"{path}: complete. {read.title} ({read.id}), {sizes}.")
            else:
                terminal.complain(*[str(problem) for problem in read])
                terminal.complain(f"{path}: {len(read)} {'problem' if len(read) == 1 else 'problems'}.")
    if problems:
        raise typer.Exit(FOUND)


def _one(code: str) -> Programme:
    path = Path(code)
    if path.suffix not in {".yaml", ".yml"}:
        return programmes.from_folder(code)[0]
    return programmes.from_text(_text(path), str(path))


def _text(path: Path) -> str:
    if path.is_file() and path.stat().st_size > LONGEST:
        raise Cannot(f"{path} is {path.stat().st_size:,} bytes long. Is it another file than meant?")
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise Cannot(f"{path} line {line}: this is not UTF-8 text. Save the file as UTF-8.") from wrong


def _in_short(one: Programme) -> dict[str, Any]:
    return {
        "code": one.code, "version": one.version, "title": one.title, "setting": one.setting,
        "summary": one.summary.strip(), "language": one.language,
        "levels": [{"number": level.number, "name": level.name} for level in one.levels],
    }  # fmt: skip


def _as_data(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file, "line": problem.line, "column": problem.column, "path": problem.path,
        "what": problem.what, "found": problem.found, "instead": problem.instead, "sentence": str(problem),
    }  # fmt: skip


def _slot(slot: Slot) -> dict[str, Any]:
    days = [DAYS[day] for day in slot.days]
    return {"code": slot.code, "title": slot.title, "kind": slot.kind, "days": days, "hours": _hours(slot)}


def _hours(slot: Slot) -> str:
    starts, ends = (f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in (slot.starts, slot.ends))
    return f"{starts}–{ends}"
