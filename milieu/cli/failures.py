"""What went wrong, said so that one can act on it: exceptions become sentences and exit codes, never tracebacks.

0 all is well, 1 something wrong was found, 2 it could not be done. MILIEU_TRACE=1 shows the traceback to developers.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from milieu.cli import terminal

FOUND, CANNOT = 1, 2

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FULL = "The disk is full{where}. Nothing of this was kept. Free some space and do it again."


class Cannot(Exception):
    """It cannot be done; the message says why and what to do instead."""


@contextmanager
def told() -> Iterator[None]:
    """Whatever is raised inside is said in a sentence on standard error, and ends with the exit code for it."""
    try:
        yield
    except (typer.Exit, typer.Abort, KeyboardInterrupt, EOFError, BrokenPipeError):
        raise
    except Exception as failure:
        if not _is_ours(failure):
            raise
        if os.environ.get("MILIEU_TRACE"):
            raise
        terminal.complain(sentence_for(failure))
        raise typer.Exit(CANNOT) from failure


def _is_ours(failure: Exception) -> bool:
    # Typer shows its own usage errors, with the usage line.
    return not hasattr(failure, "exit_code") or isinstance(failure, Cannot)


def sentence_for(failure: Exception) -> str:
    """What a person should read about this exception."""
    said = getattr(failure, "sentence", None)
    if said is not None:
        return str(said)
    if type(failure).__module__.startswith("milieu.") or type(failure).__name__ == "ImproperlyConfigured":
        return str(failure)
    if isinstance(failure, OSError):
        return _of_file(failure)
    # Asked by name: importing Django's exceptions would bring its whole database layer into every `milieu --help`.
    if type(failure).__module__ in {"django.db.utils", "sqlite3"}:
        return _of_database(failure)
    return (
        f"This should not have happened ({type(failure).__name__}: {failure}). Nothing half-done was kept. "
        "Run it again with MILIEU_TRACE=1 and report what it prints."
    )


def _of_file(failure: OSError) -> str:
    name = f" '{failure.filename}'" if failure.filename else ""
    if failure.errno in _FULL:
        return FULL.format(where=f" while writing{name}" if name else "")
    if isinstance(failure, FileNotFoundError):
        return f"There is no file{name}. Look at its name and folder."
    if isinstance(failure, PermissionError):
        return f"This account may not open{name or ' that file'}. Choose another place, or change who may."
    if isinstance(failure, IsADirectoryError):
        return f"{name.strip() or 'That'} is a folder. Name a file in it."
    if isinstance(failure, NotADirectoryError | FileExistsError):
        return f"{name.strip() or 'That'} is in the way: it is a file where a folder is needed. Choose another place."
    return f"The system would not: {failure.strerror or failure}{f' ({failure.filename})' if name else ''}."


def _of_database(failure: Exception) -> str:
    text = " ".join(str(failure).split())
    if "disk is full" in text or "disk I/O error" in text or "No space left" in text:
        return FULL.format(where=" or cannot be written")
    if "locked" in text or "lock timeout" in text:
        return "Somebody else is writing to the database and did not finish in time. Try again in a moment."
    if "readonly" in text or "read-only" in text:
        return (
            "This account may not write the database. Change the rights of its folder, or choose another MILIEU_DATA."
        )
    if "malformed" in text or "not a database" in text:
        return f"The database file is damaged ({text}). Restore the last backup with: milieu restore FILE --replace"
    if type(failure).__name__ == "OperationalError":
        return f"The database does not answer: {text[:300]} Does it run? Look at MILIEU_DATABASE_URL."
    return f"The database refused this: {text[:300]} Nothing of it was kept."
