"""The lists of words: as the code has them, complete, and compiled as they stand."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings

from tools import words

GATHERED = words.gathered()
SENTENCES = words.sentences()


def test_the_template_is_what_the_code_says() -> None:
    assert words.TEMPLATE.read_text() == words.as_text(GATHERED), "the words of the code have changed: run make words"


@pytest.mark.parametrize("language", words.languages())
def test_a_list_knows_every_message_and_no_other(language: str) -> None:
    kept = {message.id for message in words.read(language)}
    assert kept == {message.id for message in GATHERED}, "run make words"


@pytest.mark.parametrize("language", words.languages())
def test_a_list_is_complete_and_keeps_every_parameter(language: str) -> None:
    assert list(words.problems_in(words.read(language))) == []


@pytest.mark.parametrize("language", words.languages())
def test_what_gettext_reads_is_compiled_from_the_list(language: str) -> None:
    compiled = words.list_of(language).with_suffix(".mo").read_bytes()
    assert compiled == words.compiled(words.read(language)), "run make words"


def test_the_languages_offered_are_those_with_a_list() -> None:
    assert {code for code, _ in settings.LANGUAGES} == {"en", *words.languages()}


def test_a_code_stands_for_one_text() -> None:
    texts = defaultdict(set)
    for one in SENTENCES:
        if not one.code.endswith("*"):
            texts[one.code].add((one.text, one.many))
    assert {code: found for code, found in texts.items() if len(found) > 1} == {}
    assert len(texts) > 250


def test_no_sentence_is_put_together_from_pieces() -> None:
    found = {words.named(path): lines for path in words.files(".py") if (lines := list(words.put_together_in(path)))}
    assert found == {}


def write(path: Path, code: str) -> Path:
    path.write_text(code)
    return path


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('say("a.b", "Hello {name}.", name=1)', [("a.b", "Hello {name}.", "")]),
        ('say("a.b", "One.", many="{n}.", n=2)', [("a.b", "One.", "{n}.")]),
        ('_no("x", "a.b", "No.")', [("a.b", "No.", "")]),
        ('WORDS = {"here": ("a.here", "Here: {what}")}', [("a.here", "Here: {what}", "")]),
        ('say(f"a.{kind}", "Any.")', [("a.*", "Any.", "")]),
        ('say("a.b", "Yes." if good else "No.")', [("a.b", "Yes.", ""), ("a.b", "No.", "")]),
        ('text = "Above."\nsay("a.b", text)\ntext = "Below."', [("a.b", "Above.", "")]),
        ('print("a", "b")', []),
    ],
)
def test_sentences_are_found_in_calls_and_tables(
    code: str, found: list[tuple[str, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "ROOT", tmp_path)
    path = write(tmp_path / "some.py", code)
    assert [(one.code, one.text, one.many) for one in words.sentences_in(path)] == found


@pytest.mark.parametrize(
    "code", ['say("a.b", f"Hello {name}.")', 'say("a.b", "Hello " + name)', 'refuse("a.b", " ".join(parts))']
)
def test_a_sentence_from_pieces_is_noticed(code: str, tmp_path: Path) -> None:
    assert list(words.put_together_in(write(tmp_path / "some.py", code))) == [1]


def test_a_translation_that_lost_a_parameter_is_noticed() -> None:
    catalog = words.Catalog(locale="de")
    catalog.add("{name} left.", "Gegangen.")
    catalog.add("Saved")
    catalog.add(("{n} minute", "{n} minutes"), ("eine Minute", "{n} Minuten"))
    assert list(words.problems_in(catalog)) == ["other parameters: {name} left.", "not translated: Saved"]
