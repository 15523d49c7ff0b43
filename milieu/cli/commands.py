"""Which commands are there, and how does one begin? Django wakes and a command's module loads only when it is called.

What goes wrong inside a command becomes a sentence in `failures`; what a command does stands in its own file.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

import milieu
from milieu.cli import failures

_START, _HOUSE, _KEEP = "Begin", "People and programmes", "The record"


@dataclass(frozen=True, slots=True)
class Command:
    """A command as help lists it. `app` names its Typer in `module`."""

    name: str
    help: str
    panel: str
    module: str
    app: str = "app"


COMMANDS = (
    Command("demo", "Build a living house and serve it; say who can sign in.", _START, "demo"),
    Command("init", "Make the tables, the first community and the first account.", _START, "init"),
    Command("serve", "Serve the house to browsers.", _START, "serve"),
    Command("programme", "List, show and check programmes.", _HOUSE, "programmes"),
    Command("import", "Bring residents or staff from a CSV file, whole or not at all.", _HOUSE, "imports"),
    Command("user", "Make, list and close accounts; set passwords and PINs.", _HOUSE, "accounts"),
    Command("verify", "Check every chain, rebuild the state and compare.", _KEEP, "verify"),
    Command("backup", "Write everything into one file, while the house runs.", _KEEP, "backup"),
    Command("restore", "Put a backup back, on either database, and verify it.", _KEEP, "backup", "restore_app"),
    Command("export", "Write a ledger as Parquet and JSON Lines for analysis.", _KEEP, "export"),
)


class House(TyperGroup):
    """The group of commands: listed from the table above, loaded when called, failing in sentences."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        for one in COMMANDS:
            self.add_command(TyperCommand(one.name, callback=None, help=one.help, rich_help_panel=one.panel))

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order a newcomer needs them."""
        return [one.name for one in COMMANDS]

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command itself, loaded now, in place of its line in the list."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, _load(next(one for one in COMMANDS if one.name == name)), rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command; whatever it raises is told as a sentence, with the exit code that belongs to it."""
        with failures.told():
            return super().invoke(ctx)


def _load(command: Command) -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milieu.settings")
    django = importlib.import_module("django")
    django.setup()
    module = importlib.import_module(f"milieu.cli.{command.module}")
    return typer.main.get_command(getattr(module, command.app))


app = typer.Typer(
    cls=House,
    name="milieu",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=(
        "Settings come from the environment: MILIEU_DATA (folder of the embedded database), MILIEU_DATABASE_URL "
        "(postgresql://…), PORT.\n\nExit codes: 0 all is well; 1 something wrong was "
        "found; 2 it could not be done, and why."
    ),
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Milieu {milieu.__version__}")
        raise typer.Exit()


@app.callback()
def _milieu(
    version: bool = typer.Option(
        False, "--version", help="Say which version this is.", callback=_show_version, is_eager=True
    ),
) -> None:
    """**Milieu** keeps the shared memory of a therapeutic community.

    Start with `milieu demo` for a house that lives already, or `milieu init` for your own.
    """


def main() -> None:
    """Run the command line."""
    app()
