"""Programmes are listed and shown; what is wrong in a file is told with its line, what was found and what to write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from milieu.cli import app
from tests.shape.tree import ROOT

RUN = CliRunner()
READY = ["outpatient-group", "psych-inpatient", "tc-residential"]
SOUND = (ROOT / "programmes" / "tc-residential.yaml").read_text(encoding="utf-8")


def test_the_ready_programmes_are_listed() -> None:
    told = RUN.invoke(app, ["programme", "list", "--json"])
    assert told.exit_code == 0
    assert [one["code"] for one in json.loads(told.stdout)] == READY
    table = RUN.invoke(app, ["programme", "list"]).stdout
    assert all(code in table for code in READY)


@pytest.mark.parametrize("code", READY)
def test_a_programme_is_shown_with_its_levels_and_week(code: str) -> None:
    data = json.loads(RUN.invoke(app, ["programme", "show", code, "--json"]).stdout)
    told = RUN.invoke(app, ["programme", "show", code])
    assert told.exit_code == 0
    text = " ".join(told.stdout.split())
    for part in [*data["levels"], *[{"name": slot["title"]} for slot in data["week"]]]:
        assert part["name"] in text or part["name"].split()[0] in text


def test_a_file_of_ones_own_is_shown_too(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(SOUND, encoding="utf-8")
    assert "Residential therapeutic community" in RUN.invoke(app, ["programme", "show", str(own)]).stdout


def test_a_code_nobody_knows_is_told_with_those_there_are() -> None:
    told = RUN.invoke(app, ["programme", "show", "castle"])
    assert told.exit_code == 2
    assert told.stderr == f"There is no ready programme 'castle'. There are: {', '.join(READY)}.\n"


def test_the_ready_programmes_are_sound() -> None:
    told = RUN.invoke(app, ["programme", "check", *[str(ROOT / "programmes" / f"{code}.yaml") for code in READY]])
    assert told.exit_code == 0
    assert told.stdout.count(": complete.") == 3


def test_a_problem_names_file_line_what_was_found_and_what_to_write(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    lines = SOUND.splitlines()
    line = next(n for n, text in enumerate(lines) if text.startswith("setting:"))
    lines[line] = "setting: castle"
    wrong.write_text("\n".join(lines), encoding="utf-8")
    told = RUN.invoke(app, ["programme", "check", str(wrong), "--json"])
    assert told.exit_code == 1
    (problem,) = json.loads(told.stdout)["problems"]
    assert (problem["file"], problem["line"], problem["found"]) == (str(wrong), line + 1, "castle")
    assert "residential_tc" in problem["instead"]
    plain = RUN.invoke(app, ["programme", "check", str(wrong)])
    assert plain.exit_code == 1
    assert f"{wrong} line {line + 1}: " in plain.stderr
    assert f"{wrong}: 1 problem." in plain.stderr


def test_a_sound_file_beside_a_wrong_one_is_still_said_to_be_sound(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("code: [", encoding="utf-8")
    told = RUN.invoke(app, ["programme", "check", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")])
    assert told.exit_code == 1
    assert "a.yaml: complete." in told.stdout
    assert "b.yaml line 1" in told.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "There is no file"),
        (b"code: caf\xe9\n", "line 1: this is not UTF-8 text. Save the file as UTF-8."),
        (b"#" * (3 * 1024 * 1024), "Is it another file than meant?"),
    ],
    ids=["absent", "not UTF-8", "huge"],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "odd.yaml"
    if content is not None:
        file.write_bytes(content)
    told = RUN.invoke(app, ["programme", "check", str(file)])
    assert told.exit_code == 2
    assert said in told.stderr
