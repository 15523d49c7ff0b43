"""How is one value of a programme read, and how is it told to an editor? Kinds: words, times, days, codes, …

Each kind reads a node into a value, noting what is wrong and going on with something harmless, so that one
pass finds every problem; and each gives its own JSON Schema. Numbers with units are in `amounts.py`, groups
of fields in `parts.py`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from milieu.rules.programme.notes import Notes, Path
from milieu.rules.programme.problem import choice, nearest
from milieu.rules.programme.tree import Node
from milieu.rules.programme.vocabulary import DAY_WORDS, HARD_WORDS, LANGUAGES
from milieu.rules.words import Text

Schema = dict[str, Any]

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|(24):(00)")
_CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_HARD = re.compile(r"\b(" + "|".join(map(re.escape, HARD_WORDS)) + r")\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")


class Kind(Protocol):
    def read(self, node: Node, path: Path, notes: Notes) -> Any: ...

    def schema(self) -> Schema: ...


@dataclass(frozen=True, slots=True)
class Words:
    """Words people read: plain, or by language. `names` must contain {name}; others must not."""

    names: bool = False

    def read(self, node: Node, path: Path, notes: Notes) -> Text:
        if node.entries is not None:
            return self._translated(node, path, notes)
        if node.words is None or node.is_empty:
            notes.wrong(node, path, "words are missing", "a sentence or a title")
            return Text()
        self._watch(node, node.words, path, notes)
        return Text(node.words.strip())

    def _translated(self, node: Node, path: Path, notes: Notes) -> Text:
        words: dict[str, str] = {}
        for language, said in (node.entries or {}).items():
            if language.partition("-")[0] not in LANGUAGES:
                what = "this is not the code of a language"
                notes.wrong(node.keys[language], path, what, "a code such as 'en', 'de' or 'pt-BR'", language)
            elif said.words is None or said.is_empty:
                notes.wrong(said, (*path, language), "words are missing", "the words in this language")
            else:
                words[language] = said.words.strip()
                self._watch(said, said.words, (*path, language), notes, watched=language == "en")
        if notes.language not in words:
            what = "the programme's own language is missing"
            notes.wrong(node, path, what, f"a line '{notes.language}: …' beside the others")
            return Text()
        return Text(words.pop(notes.language), words)

    def _watch(self, node: Node, words: str, path: Path, notes: Notes, watched: bool = True) -> None:
        hard = _HARD.search(words) if watched else None
        if hard:
            instead = HARD_WORDS[hard.group().lower()]
            notes.wrong(node, path, "this word says what someone is, not what was seen", instead, hard.group())
        placeholders = set(_PLACEHOLDER.findall(words))
        if self.names and placeholders != {"{name}"}:
            found = ", ".join(sorted(placeholders - {"{name}"})) or words[:60]
            notes.wrong(node, path, "the sentence needs the person's name once", "'{name}' and no other braces", found)
        elif not self.names and placeholders:
            notes.wrong(node, path, "braces mean nothing here", "plain words", sorted(placeholders)[0])

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/said" if self.names else "#/$defs/words"}


@dataclass(frozen=True, slots=True)
class Plain:
    """Words nobody translates: a reference, a time zone."""

    like: str = ""
    example: str = ""

    def read(self, node: Node, path: Path, notes: Notes) -> str:
        if node.words is None or node.is_empty or (self.like and not re.fullmatch(self.like, node.words)):
            notes.wrong(node, path, "this cannot be read", self.example or "one line of words")
            return ""
        return node.words.strip()

    def schema(self) -> Schema:
        return {"type": "string", **({"pattern": f"^{self.like}$"} if self.like else {"minLength": 1})}


@dataclass(frozen=True, slots=True)
class Code:
    """A short name that other places refer to."""

    def read(self, node: Node, path: Path, notes: Notes) -> str:
        if node.words is None or not _CODE.fullmatch(node.words):
            near = re.sub(r"[^a-z0-9]+", "-", (node.words or "").lower()).strip("-")
            instead = f"'{near}'" if near else "small letters, digits and hyphens, such as 'morning-meeting'"
            notes.wrong(node, path, "a code has only small letters, digits and hyphens", instead)
            return ""
        return node.words

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/code"}


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a closed set; a mapping says what each means. A near miss is read as the word it is near."""

    known: tuple[str, ...]
    what: str = "this word is not known here"
    described: Mapping[str, str] | None = None

    def read(self, node: Node, path: Path, notes: Notes) -> str:
        if node.words is None or node.words not in self.known:
            notes.wrong(node, path, self.what, choice(node.words or "", self.known))
            return nearest(node.words or "", self.known) or ""
        return node.words

    def schema(self) -> Schema:
        if self.described is None:
            return {"enum": list(self.known)}
        return {"oneOf": [{"const": word, "description": self.described[word]} for word in self.known]}


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """'HH:MM' as minutes since midnight; 24:00 is the end of the day."""

    def read(self, node: Node, path: Path, notes: Notes) -> int:
        match = _TIME.fullmatch(node.words or "")
        if match is None:
            notes.wrong(node, path, "this is not a time of day", "a time from 00:00 to 24:00, such as 08:45,")
            return 0
        hours, minutes = (group for group in match.groups() if group is not None)
        return int(hours) * 60 + int(minutes)

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/time"}


@dataclass(frozen=True, slots=True)
class Date:
    def read(self, node: Node, path: Path, notes: Notes) -> str:
        words = node.words or ""
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
                return datetime.date.fromisoformat(words).isoformat()
        except ValueError:
            pass  # 2026-02-30 has the form of a date and is none
        notes.wrong(node, path, "this is not a date", "a date as year-month-day, such as 2026-11-01,")
        return ""

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True, slots=True)
class Days:
    """daily, weekdays, weekends, one day, or a list of days."""

    def read(self, node: Node, path: Path, notes: Notes) -> tuple[int, ...]:
        days: set[int] = set()
        for item in (node,) if node.items is None else node.items:
            if item.words is not None and item.words in DAY_WORDS:
                days.update(DAY_WORDS[item.words])
            else:
                notes.wrong(item, path, "this is not a day", choice((item.words or "")[:3], DAY_WORDS))
        if not days and node.items == ():
            notes.wrong(node, path, "no day is named", "[mon, wed], daily, weekdays or weekends")
        return tuple(sorted(days))

    def schema(self) -> Schema:
        one: Schema = {"enum": list(DAY_WORDS)}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


@dataclass(frozen=True, slots=True)
class WholeNumber:
    least: int = 0

    def read(self, node: Node, path: Path, notes: Notes) -> int:
        words = node.words or ""
        if not re.fullmatch(r"\d{1,6}", words) or int(words) < self.least:
            notes.wrong(node, path, "this is not a number that can be here", f"a whole number from {self.least} up")
            return self.least
        return int(words)

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least}


@dataclass(frozen=True, slots=True)
class YesNo:
    def read(self, node: Node, path: Path, notes: Notes) -> bool:
        known = {"yes": True, "no": False, "true": True, "false": False}
        if (node.words or "").lower() not in known:
            notes.wrong(node, path, "this is neither yes nor no", "'yes' or 'no'")
            return False
        return known[(node.words or "").lower()]

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}]}


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several of one kind, at least `least`."""

    kind: Kind
    least: int = 0

    def read(self, node: Node, path: Path, notes: Notes) -> tuple[Any, ...]:
        if node.is_empty and self.least == 0:
            return ()
        if node.items is None:
            notes.wrong(node, path, "a list belongs here", "one line with '- ' for each")
            return ()
        if len(node.items) < self.least:
            notes.wrong(node, path, "there are too few", f"at least {self.least}")
        return tuple(self.kind.read(item, (*path, index), notes) for index, item in enumerate(node.items))

    def schema(self) -> Schema:
        schema: Schema = {"type": "array", "items": self.kind.schema()}
        return {**schema, "minItems": self.least} if self.least else schema
