"""What has been noted while a programme is read: problems, the named sources, where we are.

One `Notes` lives through one reading and is thrown away; it is the only thing in the package that changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from milieu.rules.programme.problem import Problem
from milieu.rules.programme.quantity import Source
from milieu.rules.programme.tree import Node

Path = tuple[str | int, ...]

_NO_SOURCE = Source("this programme", "", "", "")


class Notes:
    def __init__(self, file: str, root: Node) -> None:
        self.file = file
        self.root = root
        self.language = "en"
        self.sources: dict[str, Source] = {}
        self.knows_sources = False  # only where the names could be read is a name that is not there a mistake
        self.source = _NO_SOURCE  # the one a number takes that names none of its own
        self.problems: list[Problem] = []
        self._bad: set[Path] = set()

    def wrong(self, node: Node, path: Path, what: str, instead: str, found: str | None = None) -> None:
        self.problems.append(
            Problem(
                file=self.file,
                line=node.line,
                column=node.column,
                path=self.way(path),
                what=what,
                found=node.found if found is None else found,
                instead=instead,
            )
        )
        self._bad.update(path[:length] for length in range(len(path) + 1))

    def wrong_at(self, path: Path, what: str, instead: str, found: str | None = None) -> None:
        """The same for a check that looks at finished data and knows only the path."""
        self.wrong(self.root.at(*path), path, what, instead, found)

    def is_sound(self, *path: str | int) -> bool:
        """Nothing below this path is wrong so far, so that sense can be checked without false alarms."""
        return path not in self._bad

    def sound(self, section: str, count: int) -> Iterable[int]:
        """The places in a list that were read without a problem."""
        return (index for index in range(count) if self.is_sound(section, index))

    def way(self, path: Path) -> str:
        """A path in words: an item of a list goes by its code, else by its place, counted from one."""
        words: list[str] = []
        for length, step in enumerate(path, start=1):
            if isinstance(step, str):
                words.append(step)
                continue
            node = self.root.at(*path[:length])
            named = (node.entries or {}).get("code") or (node.entries or {}).get("number")
            words.append(named.found if named is not None and named.words else f"no. {step + 1}")
        return " › ".join(words)
