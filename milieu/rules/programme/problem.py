"""What is wrong with a programme file, said so that its author can mend it: where, what was found, what to write.

Only the finding and its sentence. Who finds it is `reading.py` and the checks.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from milieu.rules.words import Sentence, say


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`path` is the way to the place in words: `week › morning-meeting › starts`."""

    file: str
    line: int
    column: int
    path: str
    what: str
    found: str
    instead: str

    @property
    def sentence(self) -> Sentence:
        return say(
            "programme.problem",
            "{file} line {line}: {path}{what}, found '{found}'. Write {instead} instead.",
            file=self.file,
            line=self.line,
            path=f"{self.path}: " if self.path else "",
            what=self.what,
            found=self.found,
            instead=self.instead,
        )

    def __str__(self) -> str:
        return str(self.sentence)


def nearest(found: str, known: Iterable[str]) -> str | None:
    """The known word most like what was found, if any is near."""
    matches = difflib.get_close_matches(found.strip().lower(), list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def choice(found: str, known: Iterable[str]) -> str:
    """What to write where only some words are known: the nearest one first, else all of them."""
    words = list(known)
    near = nearest(found, words)
    if near is not None:
        return f"'{near}'"
    if not words:
        return "nothing"
    if len(words) > 12:
        return "one of " + ", ".join(f"'{word}'" for word in words[:12]) + " …"
    return "one of " + ", ".join(f"'{word}'" for word in words) if len(words) > 1 else f"'{words[0]}'"
