"""Where lines of a sheet are checked and brought: one write that is kept when nothing is wrong.

A look beforehand is the real thing, taken back: whatever would refuse a line later refuses it then. Reading the form of
a sheet is for `rules.sheets`; what its lines say is for `residents` and `staff`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from milieu.actions import writes
from milieu.actions.refused import Refused
from milieu.record import ledger
from milieu.record.kinds import WrongBody
from milieu.record.ledger import Author, Writing
from milieu.rules.programme.problem import choice
from milieu.rules.programme.shape import Programme
from milieu.rules.sheets import Fault, Row, WrongSheet
from milieu.rules.words import Sentence, say

T = TypeVar("T")


@dataclass(slots=True)
class Desk:
    """What the lines are checked against, and what is wrong so far."""

    write: Writing
    programme: Programme
    zone: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: Row, column: str, sentence: Sentence) -> None:
        """Note what is wrong with a cell, or with the whole line."""
        self.faults.append(Fault(row.line, column, sentence))

    def tried(self, row: Row, action: Callable[[], T]) -> T | None:
        """What the action gives; what it refuses becomes a fault of the line."""
        try:
            return action()
        except Refused as refused:
            self.fault(row, "", refused.sentence)
        except WrongBody as wrong:
            self.fault(row, "", say("sheet.body", "{why}", why=str(wrong)))
        return None

    def one_of(
        self, row: Row, column: str, known: Mapping[str, str], otherwise: str = "", *, by_title: bool = False
    ) -> str:
        """The code meant by a cell that names one of `known` (code to title); a fault where it names none.

        Suggests codes, or titles where the codes are ids that nobody would write.
        """
        cell = row[column]
        if not cell:
            return otherwise
        plain = cell.casefold()
        found = [code for code, title in known.items() if plain in (code.casefold(), title.casefold())]
        if len(found) == 1:
            return found[0]
        text = "There is no '{found}' here. Write {instead}."
        titles = [str(title) for title in known.values()]
        self.fault(
            row, column, say("sheet.unknown", text, found=cell, instead=choice(cell, titles if by_title else known))
        )
        return otherwise


@contextmanager
def opened(community: str, at: datetime, *, sure: bool) -> Iterator[Desk]:
    """One write on the community that is kept when `sure` and nothing is wrong; WrongSheet tells what is."""
    with transaction.atomic():
        with ledger.writing(community, Author(), at) as write:
            row = write.state.get("community", community)
            desk = Desk(write, writes.programme_of(write), row["zone"] if row else "UTC")
            yield desk
            if desk.faults:
                raise WrongSheet(desk.faults)
        if not sure:
            transaction.set_rollback(True)
