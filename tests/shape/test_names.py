"""One noun, one word: every file is called by a word of the glossary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.shape import tree

GLOSSARY = tree.ROOT / "GLOSSARY.md"
# Names that Python, Django or its templates ask for.
GIVEN = {"__init__", "__main__", "apps", "jinja", "middleware"}


def stands_in(noun: str, glossary: str) -> bool:
    """Whether a file name, or its plain singular or plural, is a word of the glossary."""
    words = noun.replace("_", " ").lower()
    forms = {words, words + "s", words.removesuffix("s"), words.removesuffix("ies") + "y", words.removesuffix("es")}
    return any(re.search(rf"\b{re.escape(form)}\b", glossary) for form in forms)


@pytest.mark.skipif(not GLOSSARY.exists(), reason="GLOSSARY.md is not written yet")
@pytest.mark.parametrize("path", tree.python_in(*tree.RINGS), ids=tree.name_of)
def test_every_file_is_called_by_a_word_of_the_glossary(path: Path) -> None:
    if path.stem not in GIVEN:
        assert stands_in(path.stem, GLOSSARY.read_text(encoding="utf-8").lower())


def test_a_strange_word_is_recognised() -> None:
    glossary = "**round**: a walk past everyone\n**observation level**: how often\n**entry**"
    assert stands_in("rounds", glossary)
    assert stands_in("observation_levels", glossary)
    assert stands_in("entries", glossary)
    assert not stands_in("manager", glossary)
    assert not stands_in("out", glossary)
