"""How is a group of keys read? A `Part` is a table of fields: the same table reads the file and makes the schema.

Which parts there are stands in `parts.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from milieu.rules.programme.kinds import Kind, Schema
from milieu.rules.programme.notes import Notes, Path
from milieu.rules.programme.problem import choice, nearest
from milieu.rules.programme.tree import Node

NEEDED: Any = object()


@dataclass(frozen=True, slots=True)
class Field:
    """One key: what may stand there, what is taken where it is left out, and a line for the author."""

    kind: Kind
    about: str
    default: Any = NEEDED


@dataclass(frozen=True, slots=True)
class Part:
    """Keys that belong together, made into one thing of the shape."""

    name: str
    make: Callable[..., Any]
    fields: dict[str, Field]

    def read(self, node: Node, path: Path, notes: Notes) -> Any:
        entries = node.entries
        if entries is None:
            if node.items is not None or not node.is_empty:
                example = ", ".join(f"'{key}: …'" for key in list(self.fields)[:3])
                notes.wrong(node, path, f"{self.name} is written with keys", example)
            else:
                notes.wrong(node, path, f"{self.name} is missing", f"its keys, from '{next(iter(self.fields))}' on")
            entries = {}
        else:
            self._watch_keys(node, path, notes)
        outer = notes.source
        if "source" in self.fields and "source" in entries:
            notes.source = self.fields["source"].kind.read(entries["source"], (*path, "source"), notes)
        try:
            return self.make(**{key: self._value(key, entries, path, notes) for key in self.fields})
        finally:
            notes.source = outer

    def _watch_keys(self, node: Node, path: Path, notes: Notes) -> None:
        entries = node.entries or {}
        left = [key for key in self.fields if key not in entries]
        for key in entries:
            if key not in self.fields:
                what = f"this key is not known in {self.name}"
                instead = choice(key, left) if left else "nothing: take the line out"
                notes.wrong(node.keys[key], path, what, instead, key)
                if (meant := nearest(key, left)) is not None:
                    left.remove(meant)  # told once: as the misspelt key, not as a missing one too
        for key in left:
            if self.fields[key].default is NEEDED:
                what = f"'{key}' is missing ({self.fields[key].about})"
                notes.wrong(node, path, what, f"a line '{key}: …'", f"no {key}")

    def _value(self, key: str, entries: dict[str, Node], path: Path, notes: Notes) -> Any:
        field = self.fields[key]
        if key == "source":
            return notes.source
        if key in entries:
            return field.kind.read(entries[key], (*path, key), notes)
        if field.default is not NEEDED:
            return field.default
        # The missing key is already noted; what an empty place reads as keeps the rest of the pass going.
        return field.kind.read(Node(0, 0, words=""), path, Notes(notes.file, notes.root))

    def schema(self) -> Schema:
        properties = {key: {**field.kind.schema(), "description": field.about} for key, field in self.fields.items()}
        needed = [key for key, field in self.fields.items() if field.default is NEEDED]
        return {
            "type": "object",
            "additionalProperties": False,
            **({"required": needed} if needed else {}),
            "properties": properties,
        }
