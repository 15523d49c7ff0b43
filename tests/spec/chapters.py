"""What a chapter of the rules is made of: words to read, and tables whose every row is asked of the rule.

The rows are the specification: tests ask each, and `generate` prints the same rows for the house to read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Some questions to one rule. The last `answers` columns are what it must say; `ask` is given the others."""

    title: str
    words: str
    columns: Row
    answers: int
    rows: tuple[Row, ...]
    ask: Callable[..., Row | str]

    def asked(self, row: Row) -> Row:
        """What the rule says to this row."""
        answer = self.ask(*row[: len(row) - self.answers])
        return (answer,) if isinstance(answer, str) else answer

    def expected(self, row: Row) -> Row:
        """What it must say."""
        return row[len(row) - self.answers :]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the rules."""

    name: str
    title: str
    words: str
    tables: tuple[Table, ...]
