"""Which programme does this text describe, or what is wrong with it? Every problem in one pass, with its line.

Takes text, never a path: who fetches files is the caller. A result is either a whole `Programme` or the
problems; there is no half-read programme.
"""

from __future__ import annotations

from milieu.rules.programme import care_checks, checks, parts, week_checks
from milieu.rules.programme.amounts import Sources
from milieu.rules.programme.notes import Notes
from milieu.rules.programme.problem import Problem
from milieu.rules.programme.quantity import Source
from milieu.rules.programme.shape import Programme
from milieu.rules.programme.tree import Node, Trouble, grow

__all__ = ["Problem", "read"]


def read(text: str, name: str) -> Programme | tuple[Problem, ...]:
    """The programme in `text`, or what is wrong with it; `name` is what the file is called in sentences."""
    root, troubles = grow(text)
    if root is None:
        return tuple(_problem(name, trouble) for trouble in troubles)
    notes = Notes(name, root)
    notes.problems.extend(_problem(name, trouble) for trouble in troubles)
    _prepare(root, notes)
    programme: Programme = parts.PROGRAMME.read(root, (), notes)
    if root.entries:
        checks.check(programme, notes)
        week_checks.check(programme, notes)
        care_checks.check(programme, notes)
    if notes.problems:
        return tuple(sorted(set(notes.problems)))
    return programme


def _prepare(root: Node, notes: Notes) -> None:
    """What must be known before anything else is read: the language of plain words, and the named sources."""
    entries = root.entries or {}
    unheard = Notes(notes.file, root)  # what is wrong here is told when the part itself is read
    language = entries.get("language")
    if language is not None and language.words:
        notes.language = language.words
    if "sources" in entries:
        named = Sources().read(entries["sources"], ("sources",), unheard)
        notes.sources = {source.code: source for source in named}
        notes.knows_sources = entries["sources"].entries is not None
    version = entries.get("version")
    written = version.words or "" if version is not None else ""
    notes.source = Source("this programme", written)


def _problem(name: str, trouble: Trouble) -> Problem:
    return Problem(name, trouble.line, trouble.column, "", trouble.what, trouble.found, trouble.instead)
