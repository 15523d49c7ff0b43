"""How a command speaks: results on standard output, all else on standard error, a bar while something takes long."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich import box
from rich.console import Console, JustifyMethod
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

# How every command's help looks.
LOOK: Mapping[str, Any] = {"add_completion": False, "rich_markup_mode": "markdown", "pretty_exceptions_enable": False}
WIDE = 200  # a pipe has no width; lines broken for one would be useless to grep


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else WIDE)


def say(*lines: str, style: str = "") -> None:
    """Lines of a result, as they are: brackets in a name are no markup."""
    console = _console(stderr=False)
    for line in lines:
        console.print(Text(line, style=style), soft_wrap=True)


def note(*lines: str) -> None:
    """Lines about what is going on, beside the result."""
    console = _console(stderr=True)
    for line in lines:
        console.print(Text(line, style="dim"), soft_wrap=True)


def complain(*lines: str) -> None:
    """What is wrong and what to do."""
    console = _console(stderr=True)
    for line in lines:
        console.print(Text(line, style="red"), soft_wrap=True)


def show(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str = "") -> None:
    """A table of a result; a column whose name begins with '#' holds numbers."""
    table = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold", box=box.SIMPLE)
    for column in columns:
        side: JustifyMethod = "right" if column.startswith("#") else "left"
        table.add_column(column.removeprefix("#"), justify=side, overflow="fold")
    for row in rows:
        table.add_row(*[Text(f"{cell:,}" if isinstance(cell, int) else str(cell)) for cell in row])
    _console(stderr=False).print(table)


def give(data: Any) -> None:
    """A result as JSON, for scripts."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


@contextmanager
def bar(what: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """A bar on standard error while something takes long; silent where nobody watches.

    Call what it gives with how much is done, and optionally with what is being done now and of how much.
    """
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    watched = sys.stderr.isatty()
    with Progress(*columns, console=_console(stderr=True), transient=True, disable=not watched) as progress:
        task = progress.add_task(what, total=total)

        def done(n: int, now: str = "", of: int | None = None) -> None:
            progress.update(task, completed=n, description=now or what, total=of if of is not None else total)

        yield done


def can_ask() -> bool:
    """Whether a person sits at the other end and can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
