"""A sentence knows its code, its words and its parameters; a programme's text knows its translations."""

from __future__ import annotations

import copy
import pickle

import pytest

from milieu.rules.words import Text, refuse, say


def test_a_sentence_is_said_with_its_parameters() -> None:
    sentence = say("check.saved", "{name} seen at {time}, awake.", name="Tom", time="03:18")
    assert str(sentence) == "Tom seen at 03:18, awake."
    assert (sentence.code, sentence["name"]) == ("check.saved", "Tom")


@pytest.mark.parametrize(("n", "said"), [(0, "late 0 minutes"), (1, "late 1 minute"), (2, "late 2 minutes")])
def test_a_sentence_counts(n: int, said: str) -> None:
    assert str(say("check.late", "late {n} minute", many="late {n} minutes", n=n)) == said


def test_a_sentence_goes_through_a_catalogue_with_what_it_holds() -> None:
    german = {"{n} check for {who}": "{n} Blick zu {who}", "nobody": "niemandem"}
    inner = say("who.nobody", "nobody")
    outer = say("checks", "{n} check for {who}", many="{n} checks for {who}", n=1, who=inner)

    def ngettext(one: str, many: str, n: int) -> str:
        return german.get(one, one) if n == 1 else many

    assert outer.translated(lambda text: german.get(text, text), ngettext) == "1 Blick zu niemandem"
    assert str(outer) == "1 check for nobody"


def test_a_name_with_braces_is_only_a_name() -> None:
    assert str(say("greeting", "Hello {name}", name="{code}")) == "Hello {code}"


def test_a_sentence_without_its_parameter_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        str(say("greeting", "Hello {name}"))


def test_a_refusal_is_its_sentence() -> None:
    refusal = refuse("check.ahead", "It is not {time} yet.", time="10:00")
    assert (str(refusal), refusal.code) == ("It is not 10:00 yet.", "check.ahead")


def test_text_is_the_words_and_falls_back_to_them() -> None:
    text = Text("Morning meeting", {"de": "Morgenrunde", "pt-BR": "Reunião"})
    assert text == "Morning meeting"
    assert [text.in_(language) for language in ("de", "de-CH", "pt-BR", "fr", "en")] == [
        "Morgenrunde", "Morgenrunde", "Reunião", "Morning meeting", "Morning meeting",
    ]  # fmt: skip


def test_text_keeps_its_translations_when_copied() -> None:
    text = Text("Rest", {"de": "Ruhe"})
    for twin in (copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert (twin, twin.in_("de")) == ("Rest", "Ruhe")


def test_translations_cannot_be_changed() -> None:
    text = Text("Rest", {"de": "Ruhe"})
    with pytest.raises(TypeError):
        text.translations["de"] = "Krach"  # type: ignore[index]
