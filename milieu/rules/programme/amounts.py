"""How is a number with its unit and its source read? `4 hours`, `80 %`, or the long form with a source.

A number that names no source takes the one of the part it stands in; where the law or a house rule gives the
number, that part must name one (`parts.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from milieu.rules.programme.kinds import Date, Kind, OneOf, Plain, Schema
from milieu.rules.programme.notes import Notes, Path
from milieu.rules.programme.problem import choice
from milieu.rules.programme.quantity import Quantity, Source
from milieu.rules.programme.tree import Node
from milieu.rules.programme.vocabulary import GRADES, UNIT_WORDS, UNITS

_SHORT = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*([A-Za-z%]*)")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
EXAMPLES = {"minute": "15 minutes", "hour": "4 hours", "day": "7 days", "month": "6 months"} | {
    "person": "15 people", "share": "80 %", "count": "3"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in one of the `units`. Only a `may_be_zero` one may be 0."""

    units: tuple[str, ...] = UNITS
    may_be_zero: bool = False

    def read(self, node: Node, path: Path, notes: Notes) -> Quantity:
        value, unit, source = self._parts(node, path, notes)
        if value is None or not unit:
            return Quantity(1.0, self.units[0], notes.source)
        if unit not in self.units:
            notes.wrong(node, path, "this unit cannot be here", self.example)
        elif value == 0 and not self.may_be_zero:
            notes.wrong(node, path, "this cannot be nothing", f"a number above 0, such as {self.example},")
        elif unit == "share" and value > 10:
            notes.wrong(node, path, "a share is a part of one", "a share such as 0.8, or 80 %,")
        return Quantity(value, unit, source)

    @property
    def example(self) -> str:
        units = self.units if len(self.units) <= 3 else ("day", "share", "count")
        return " or ".join(f"'{EXAMPLES[unit]}'" for unit in units)

    @property
    def bare(self) -> str:
        """What a number without a unit counts here, where that can be only one thing."""
        if "count" in self.units:
            return "count"
        return self.units[0] if self.units in (("share",), ("person",)) else ""

    def _parts(self, node: Node, path: Path, notes: Notes) -> tuple[float | None, str, Source]:
        if node.entries is not None:
            return self._long(node, path, notes)
        match = _SHORT.fullmatch((node.words or "").strip())
        if match is None:
            notes.wrong(node, path, "this is not a number with its unit", self.example)
            return None, "", notes.source
        number, word = float(match.group(1)), match.group(2).lower()
        if not word:
            if self.bare:
                return number, self.bare, notes.source
            notes.wrong(node, path, "the number has no unit", self.example)
            return None, "", notes.source
        unit = UNIT_WORDS.get(word, "")
        if not unit:
            notes.wrong(node, path, "this unit is not known", choice(word, UNIT_WORDS))
        return (number / 100 if word == "%" else number), unit, notes.source

    def _long(self, node: Node, path: Path, notes: Notes) -> tuple[float | None, str, Source]:
        entries = node.entries or {}
        for key in entries.keys() - {"value", "unit", "source"}:
            notes.wrong(node.keys[key], path, "this key is not known here", choice(key, ("value", "unit", "source")))
        value: float | None = None
        if "value" not in entries:
            notes.wrong(node, path, "the number is missing", "a line 'value: …'")
        elif not _NUMBER.fullmatch(entries["value"].words or ""):
            notes.wrong(entries["value"], (*path, "value"), "this is not a number", "digits, such as 15 or 0.8,")
        else:
            value = float(entries["value"].words or "0")
        unit = ""
        if "unit" not in entries:
            notes.wrong(node, path, "the unit is missing", "a line 'unit: …' with " + choice("", UNITS))
        else:
            unit = OneOf(UNITS, "this unit is not known").read(entries["unit"], (*path, "unit"), notes)
        source = notes.source
        if "source" in entries:
            source = SourceOf().read(entries["source"], (*path, "source"), notes)
        return value, unit, source

    def schema(self) -> Schema:
        words = "|".join(word for word, unit in UNIT_WORDS.items() if unit in self.units)
        short: list[Schema] = [{"type": "string", "pattern": rf"^\d+(\.\d+)?\s*({words})$"}]
        if self.bare:
            short.append({"type": "number", "minimum": 0})
        long: Schema = {
            "type": "object",
            "required": ["value", "unit"],
            "additionalProperties": False,
            "properties": {
                "value": {"type": "number", "minimum": 0},
                "unit": {"enum": list(self.units)},
                "source": {"$ref": "#/$defs/source"},
            },
        }
        return {"anyOf": [*short, long]}


@dataclass(frozen=True, slots=True)
class SourceOf:
    """Where a number comes from: the name of one under `sources`, or written out with reference and date."""

    def read(self, node: Node, path: Path, notes: Notes) -> Source:
        if node.entries is not None:
            return _written_out(node, path, notes, "")
        source = notes.sources.get(node.words or "")
        if source is None and notes.knows_sources:
            instead = choice(node.words or "", notes.sources) if notes.sources else "'ref' and 'date' of the source"
            notes.wrong(node, path, "no source of this name stands under 'sources'", instead)
        return source or notes.source

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/source"}


@dataclass(frozen=True, slots=True)
class Sources:
    """The named sources of a programme."""

    def read(self, node: Node, path: Path, notes: Notes) -> tuple[Source, ...]:
        if node.entries is None:
            notes.wrong(node, path, "sources are named one by one", "a name, then 'ref' and 'date' under it")
            return ()
        return tuple(_written_out(written, (*path, name), notes, name) for name, written in node.entries.items())

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": {"$ref": "#/$defs/written_source"}}


def _written_out(node: Node, path: Path, notes: Notes, name: str) -> Source:
    known: dict[str, Kind] = {"ref": Plain(), "date": Date(), "grade": OneOf(tuple(GRADES), "this grade is not known")}
    values = {"ref": "", "date": "", "grade": ""}
    if node.entries is None:
        notes.wrong(node, path, "a source has a reference and a date", "'ref: …' and 'date: …' under its name")
        return Source("", "", "", name)
    for key, value in node.entries.items():
        if key not in known:
            notes.wrong(node.keys[key], path, "this key is not known here", choice(key, known))
        else:
            values[key] = known[key].read(value, (*path, key), notes)
    for key, example in (("ref", "where it is written"), ("date", "the day it was looked up")):
        if key not in node.entries:
            notes.wrong(node, path, f"the source has no {key}", f"a line '{key}: …' with {example}", "no " + key)
    return Source(values["ref"], values["date"], values["grade"], name)
