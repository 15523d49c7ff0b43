"""A language nobody speaks: every message comes back between ⟦ and ⟧ in wide letters, so that what was not asked for shows.

Made from what `make words` gathers, and used as a real list of words, so that it goes the way every translation goes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from django.test import override_settings
from django.utils import dates, translation

from milieu.record.models import Account, Community, Device, Staff, Stay
from milieu.rules.programme.shape import Programme
from milieu.rules.words import Text
from tools import words

LANGUAGE = "eo"  # Django must know the code; nobody here writes it
PLACE = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
SPOKEN_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-say", "data-failed", "data-erase")
SILENT = ("script", "style", "code", "kbd")
# What people wrote into the record, by the fields it stands in.
WRITTEN = [
    "words",
    "text",
    "doing",
    "why",
    "reason",
    "post",
    "line",
    "likes",
    "helps",
    "avoids",
    "needs",
    "night_plan",
    "safety",
    "adapted",
    "late_because",
    "said",
    "plan",
    "pronouns",
    "keep_apart",
]


def widened(text: str) -> str:
    """The text in wide letters between brackets, its places for names and numbers as they were."""
    places = PLACE.findall(text)
    pieces = (
        "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in one) for one in PLACE.split(text)
    )
    return "⟦" + "".join(piece + place for piece, place in zip(pieces, [*places, ""], strict=True)) + "⟧"


def catalogue() -> Catalog:
    """Every message of the code, widened."""
    made = Catalog(locale=LANGUAGE)
    for message in words.gathered():
        if message.id:
            both = message.id if isinstance(message.id, tuple) else (message.id,)
            wide = tuple(map(widened, both))
            made.add(message.id, wide if len(wide) > 1 else wide[0])
    return made


@contextmanager
def spoken(folder: Path) -> Iterator[None]:
    """The house in this language."""
    path = folder / LANGUAGE / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(words.compiled(catalogue()))
    with override_settings(LANGUAGES=[(LANGUAGE, "⟦⟧")], LANGUAGE_CODE=LANGUAGE, LOCALE_PATHS=[folder]):
        try:
            yield
        finally:
            translation.deactivate()


class _Seen(HTMLParser):
    """What of a page is seen or read out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and value:
                self.texts.append(value)
            if name == "data-words" and value:
                self.texts.extend(json.loads(value).values())

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def texts_of(page: str) -> list[str]:
    """Every text a person sees or hears on a page."""
    seen = _Seen()
    seen.feed(page)
    return [text for text in seen.texts if text.strip()]


def own_words(programme: Programme, bodies: list[Any], *more: str) -> re.Pattern[str]:
    """What needs no translation here: names, what people wrote, what a programme's author wrote, the names of days."""
    found: set[str] = {"Milieu", *more, *_of_programme(programme), *_of_bodies(bodies)}
    for table in (Account, Community, Device, Staff, Stay):
        for row in table.objects.values():
            found.update(_named(row))
    with translation.override(LANGUAGE):
        found.update(str(name) for names in (dates.WEEKDAYS, dates.MONTHS, dates.MONTHS_ALT) for name in names.values())
    longest_first = sorted(filter(None, found), key=len, reverse=True)
    # a sentence about somebody stands on a board with the name in a tag of its own
    patterns = (re.escape(one).replace(r"\{name\}\ ", r"(\S+ )?").replace(r"\{name\}", r"\S+") for one in longest_first)
    return re.compile("|".join(patterns), re.IGNORECASE)


def _named(row: dict[str, Any]) -> Iterator[str]:
    for field in ("name", "full_name", "login", "label"):
        if row.get(field):
            yield row[field]
            yield from row[field].split()


def _of_programme(value: Any) -> Iterator[str]:
    """The author's words and the sources; a code is no word."""
    if isinstance(value, Text):
        yield str(value)
    elif is_dataclass(value):
        for field in fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, str) and field.name in ("ref", "title", "version"):
                yield str(inner)
            else:
                yield from _of_programme(inner)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _of_programme(inner)
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from _of_programme(inner)


def _of_bodies(bodies: list[Any]) -> Iterator[str]:
    """What people wrote into the record."""
    for body in bodies:
        for name, value in body.items():
            if name in WRITTEN:
                yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def left_over(texts: list[str], own: re.Pattern[str]) -> list[str]:
    """The texts with letters in them that came through no list of words."""
    wrong = []
    for text in texts:
        rest = own.sub(" ", PLACE.sub(" ", text))
        if re.search(r"[A-Za-z]{2,}", rest):
            wrong.append(" ".join(text.split()))
    return wrong
