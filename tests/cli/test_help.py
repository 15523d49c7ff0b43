"""Help comes at once, shows every command with an example, and wrong usage is told with exit code 2."""

from __future__ import annotations

import re
import resource

import pytest
from typer.testing import CliRunner

from milieu.cli import app
from milieu.cli.commands import COMMANDS
from tests.cli.conftest import Place

RUN = CliRunner()
NAMES = [one.name for one in COMMANDS]


def test_help_lists_every_command_in_the_order_of_need() -> None:
    told = RUN.invoke(app, ["--help"])
    assert told.exit_code == 0
    assert re.findall(r"^│ (\w+) ", told.output, re.MULTILINE) == NAMES


def test_help_names_the_settings_and_the_exit_codes() -> None:
    told = " ".join(RUN.invoke(app, ["-h"]).output.split())
    for word in ("MILIEU_DATA", "MILIEU_DATABASE_URL", "PORT", "Exit codes: 0", "1 something wrong was found"):
        assert word in told


@pytest.mark.parametrize(
    "words", [[name] for name in NAMES if name not in {"programme", "import", "user"}]
    + [["programme", "list"], ["programme", "show"], ["programme", "check"], ["import", "residents"], ["import", "staff"],
       ["user", "add"], ["user", "list"], ["user", "password"], ["user", "pin"], ["user", "disable"]],
    ids=" ".join,
)  # fmt: skip
def test_every_command_explains_itself_with_an_example(words: list[str]) -> None:
    told = RUN.invoke(app, [*words, "--help"])
    assert told.exit_code == 0
    text = " ".join(told.output.split())
    assert f"Usage: milieu {' '.join(words)}" in text
    assert re.search(rf"Example: .*milieu {' '.join(words)}", text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fly"], "No such command 'fly'"),
        (["verify", "--gently"], "No such option: --gently"),
        (["backup"], "Missing argument 'FILE'"),
        (["export"], "Missing option '--to'"),
        (["demo", "--days", "many"], "Invalid value for '--days'"),
        (["serve", "--port", "99999"], "Invalid value for '--port'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_with_exit_code_2(words: list[str], said: str) -> None:
    told = RUN.invoke(app, words)
    assert told.exit_code == 2
    assert said in " ".join(told.output.split())


def test_a_mistyped_command_is_guessed() -> None:
    assert "Did you mean 'verify'?" in RUN.invoke(app, ["verfy"]).output


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"Milieu \d+\.\d+\S*\n", RUN.invoke(app, ["--version"]).output)


def test_help_comes_at_once_and_makes_nothing(empty: Place) -> None:
    used = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        empty.did("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Time of the processor, not of the clock: other tests may be busy beside this one.
        used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(used) < 0.4
    assert list(empty.folder.iterdir()) == []
