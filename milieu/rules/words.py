"""How does a rule speak? In a `Sentence`: a code, a plain English template and named parameters.

`Text` is what a programme's author wrote, with translations beside it. Putting a sentence into another
language (gettext) and showing it on a page are left to the web ring; nothing here knows a catalogue.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

_NO_TRANSLATIONS: Mapping[str, str] = MappingProxyType({})


class Text(str):
    """A programme author's words: the string itself, and the same in other languages."""

    __slots__ = ("translations",)

    translations: Mapping[str, str]

    def __new__(cls, words: str = "", translations: Mapping[str, str] | None = None) -> Text:
        text = super().__new__(cls, words)
        text.translations = MappingProxyType(dict(translations)) if translations else _NO_TRANSLATIONS
        return text

    def in_(self, language: str) -> str:
        """The words in `language` ("de-CH" falls back to "de"), else as first written."""
        words = self.translations.get(language) or self.translations.get(language.partition("-")[0])
        return words or str(self)

    def lowered(self) -> Text:
        """The same for the middle of a sentence. Only English: German keeps its capitals."""
        return Text(self.lower(), self.translations)

    def __reduce__(self) -> tuple[type[Text], tuple[str, dict[str, str]]]:
        # A mapping proxy cannot be copied or pickled, and page data is sometimes deep-copied.
        return (Text, (str(self), dict(self.translations)))


@lru_cache(maxsize=4096)
def by_name(name: str) -> str:
    """The key to sort names by, so that Émile stands by Emil and van Dyk by Vance, on either database."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence for a person. `many` is the wording when parameter `n` is not one."""

    code: str
    text: str
    params: tuple[tuple[str, object], ...] = ()
    many: str = ""

    def __str__(self) -> str:
        return self.translated(str, lambda one, many, n: one if n == 1 else many)

    def __getitem__(self, name: str) -> object:
        """A parameter by name, for a screen that sets it in its own type or links it."""
        return dict(self.params)[name]

    def translated(self, gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> str:
        """The sentence through a catalogue; parameters that are sentences are translated too."""
        params = {name: _in_language(value, gettext, ngettext) for name, value in self.params}
        if self.many:
            count = params["n"]
            template = ngettext(self.text, self.many, count if isinstance(count, int) else 2)
        else:
            template = gettext(self.text)
        return template.format_map(params)


def _in_language(value: object, gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> object:
    if isinstance(value, Sentence):
        return value.translated(gettext, ngettext)
    # The caller's gettext knows what a Text is: its translations come from the programme, not from a catalogue.
    return gettext(value) if isinstance(value, Text) else value


def say(code: str, text: str, /, *, many: str = "", **params: object) -> Sentence:
    """`say("check.late", "{name}'s check is {n} minute late.", many="… {n} minutes late.", name=…, n=…)`."""
    return Sentence(code, text, tuple(params.items()), many)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done: the answer of every "may I?" rule that says no."""

    sentence: Sentence

    @property
    def code(self) -> str:
        return self.sentence.code

    def __str__(self) -> str:
        return str(self.sentence)


def refuse(code: str, text: str, /, *, many: str = "", **params: object) -> Refusal:
    return Refusal(say(code, text, many=many, **params))
