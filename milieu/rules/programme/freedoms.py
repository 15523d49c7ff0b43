"""May this hang on a level? Freedoms and duties are words; a right among them is refused.

Food, bed, medical care, mail, visits, an advocate, a complaint, worship, the outdoors and leaving belong to
everyone at every level. A freedom may go beyond a right and says so with `beyond`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from milieu.rules.programme.kinds import ListOf, OneOf, Schema, Words
from milieu.rules.programme.notes import Notes, Path
from milieu.rules.programme.problem import choice
from milieu.rules.programme.tree import Node
from milieu.rules.programme.vocabulary import RIGHT_WORDS, RIGHTS
from milieu.rules.words import Text

_KEYS = ("text", "beyond", "rights")
_GIVEN_AWAY = {
    right: re.compile(r"\b(" + "|".join(words) + r")\b", re.IGNORECASE) for right, words in RIGHT_WORDS.items()
}


@dataclass(frozen=True, slots=True)
class Freedom:
    def read(self, node: Node, path: Path, notes: Notes) -> Text:
        entries = node.entries or {}
        if not entries.keys() & set(_KEYS):
            text = Words().read(node, path, notes)
            self._watch(node, text, frozenset(), path, notes)
            return text
        for key in entries:
            if key not in _KEYS:
                notes.wrong(node.keys[key], path, "this key is not known here", choice(key, _KEYS[:2]))
        if "rights" in entries:
            self._refuse(entries["rights"], (*path, "rights"), notes)
        beyond: frozenset[str] = frozenset()
        if "beyond" in entries:
            beyond = frozenset(ListOf(_RIGHT).read(entries["beyond"], (*path, "beyond"), notes))
        if "text" not in entries:
            notes.wrong(node, path, "words are missing", "a line 'text: …'")
            return Text()
        text = Words().read(entries["text"], (*path, "text"), notes)
        self._watch(entries["text"], text, beyond, path, notes)
        return text

    def _refuse(self, node: Node, path: Path, notes: Notes) -> None:
        """A level that gives or takes a right: never."""
        rights = ListOf(_RIGHT).read(node, path, notes)
        for item, right in zip(node.items or (), rights, strict=False):
            if right:
                what = "this is a right of everyone and cannot hang on a level"
                notes.wrong(item, path, what, "it under 'rights', for every level, and take it out here")

    def _watch(self, node: Node, text: Text, beyond: frozenset[str], path: Path, notes: Notes) -> None:
        for right, words in _GIVEN_AWAY.items():
            said = words.search(text)
            if said and right not in beyond:
                what = f"this seems to hang on the right '{right}', which everyone has at every level"
                instead = f"nothing here, or 'text: …' with 'beyond: [{right}]' if it only adds to the right,"
                notes.wrong(node, path, what, instead, said.group())

    def schema(self) -> Schema:
        long: Schema = {
            "type": "object",
            "required": ["text"],
            "additionalProperties": False,
            "properties": {
                "text": {"$ref": "#/$defs/words"},
                "beyond": {
                    **ListOf(_RIGHT).schema(),
                    "description": "rights this adds to; the right itself stays with everyone",
                },
                "rights": {"type": "array", "maxItems": 0, "description": "a right cannot hang on a level"},
            },
        }
        return {"anyOf": [{"$ref": "#/$defs/words"}, long]}


_RIGHT = OneOf(tuple(RIGHTS), "this right is not known", RIGHTS)
