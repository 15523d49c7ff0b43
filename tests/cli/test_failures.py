"""Whatever goes wrong is a sentence one can act on, and an exit code; a traceback comes only when asked for."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError

from milieu.actions.refused import refuse
from milieu.cli import failures
from milieu.cli.failures import CANNOT, Cannot
from tests.cli.conftest import Place


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Cannot("Do this instead."), "Do this instead."),
        (refuse("x", "No {what}.", what="tea"), "No tea."),
        (ImproperlyConfigured("Write it so."), "Write it so."),
        # files
        (FileNotFoundError(errno.ENOENT, "no", "a.csv"), "There is no file 'a.csv'. Look at its name and folder."),
        (PermissionError(errno.EACCES, "no", "a.csv"), "This account may not open 'a.csv'."),
        (IsADirectoryError(errno.EISDIR, "no", "a"), "'a' is a folder. Name a file in it."),
        (OSError(errno.ENOSPC, "no", "b.gz"), "The disk is full while writing 'b.gz'. Nothing of this was kept."),
        (OSError(errno.EDQUOT, "no"), "The disk is full. Nothing of this was kept."),
        (OSError(errno.EIO, "Input/output error", "b"), "The system would not: Input/output error (b)."),
        # databases
        (OperationalError("database is locked"), "Somebody else is writing to the database"),
        (OperationalError("database or disk is full"), "The disk is full or cannot be written."),
        (OperationalError("attempt to write a readonly database"), "This account may not write the database."),
        (
            OperationalError('connection to server at "db", port 5432 failed: Connection refused'),
            "The database does not answer:",
        ),
        (DatabaseError("file is not a database"), "The database file is damaged"),
        (DatabaseError("no such thing"), "The database refused this: no such thing"),
        # what nobody thought of
        (KeyError("stay"), "This should not have happened (KeyError: 'stay')."),
    ],
)
def test_every_failure_has_a_sentence(failure: Exception, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, failures.told():
        raise failure
    assert ended.value.exit_code == CANNOT
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize("passing", [typer.Exit(1), typer.Abort(), KeyboardInterrupt(), typer.BadParameter("x")])
def test_what_the_frame_handles_itself_passes_through(passing: BaseException) -> None:
    with pytest.raises(type(passing)), failures.told():
        raise passing


def test_developers_may_ask_for_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILIEU_TRACE", "1")
    with pytest.raises(KeyError), failures.told():
        raise KeyError("stay")


def test_a_database_that_does_not_answer_is_told(empty: Place) -> None:
    ended = empty.run("verify", MILIEU_DATABASE_URL="postgresql://nobody:secret-word@127.0.0.1:1/none")
    assert ended.code == 2
    assert ended.err.startswith("The database does not answer:")
    assert "secret-word" not in ended.err


def test_a_wrong_address_of_a_database_is_told(empty: Place) -> None:
    ended = empty.run("verify", MILIEU_DATABASE_URL="mysql://x")
    assert (ended.code, "begins with 'mysql:'. Write postgresql://" in ended.err) == (2, True)


def test_a_folder_that_cannot_be_made_is_told(empty: Place) -> None:
    (empty.folder / "file").write_text("in the way")
    ended = empty.run("verify", MILIEU_DATA=str(empty.folder / "file" / "data"))
    assert (ended.code, "is in the way" in ended.err) == (2, True)


def test_a_result_that_nobody_reads_on_is_no_failure(house: Place, tmp_path: Path) -> None:
    process = house.start("programme", "show", "tc-residential")
    assert process.stdout is not None
    process.stdout.close()
    process.wait(timeout=60)
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
