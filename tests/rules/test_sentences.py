"""Every sentence in the code can be said: each placeholder has its parameter, and what counts has its number."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from milieu.rules.words import say
from tests.shape import tree

SPEAKERS = {"say", "refuse", "_no", "_wrong"}
PLACEHOLDER = re.compile(r"\{(\w*)\}")
MAKE_SENTENCES = ("rules", "record", "actions", "queries", "web", "api", "reports", "jobs", "demo", "cli")


@dataclass(frozen=True, slots=True)
class Said:
    """One call that makes a sentence, as far as its words stand in the code."""

    where: str
    code: str
    texts: tuple[str, ...]
    params: frozenset[str]
    has_more: bool  # **params: more than the code shows
    has_many: bool


def literal(node: ast.expr | None) -> tuple[str, ...] | None:
    """The words of an argument where they stand in the code: one, or the two of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    if isinstance(node, ast.IfExp):
        both = literal(node.body), literal(node.orelse)
        return None if None in both else tuple(text for one in both if one for text in one)
    return None


def said_in(code: ast.Module, name: str) -> Iterator[Said]:
    """Every sentence made in the code of a file called `name`."""
    for node in ast.walk(code):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in SPEAKERS:
            continue
        first = 1 if called == "_wrong" and len(node.args) > 2 else 0
        named = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        texts = literal(node.args[first + 1])
        if texts is None:
            continue
        yield Said(
            f"{name}:{node.lineno}", (literal(node.args[first]) or ("",))[0],
            (*texts, *(literal(named.get("many")) or ())), frozenset(named) - {"many"},
            any(keyword.arg is None for keyword in node.keywords), "many" in named,
        )  # fmt: skip


EVERY = [one for path in tree.python_in(*MAKE_SENTENCES) for one in said_in(tree.parsed(path), tree.name_of(path))]


def test_the_sentences_are_found() -> None:
    assert len(EVERY) > 200
    assert {"check.late", "may.not", "undo.others", "sees.team"} <= {one.code for one in EVERY}


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.where)
def test_a_sentence_can_be_said(one: Said) -> None:
    for text in one.texts:
        placeholders = set(PLACEHOLDER.findall(text))
        assert "" not in placeholders, "a placeholder has a name"
        if not one.has_more:
            assert placeholders <= one.params
        if not one.has_more and len(one.texts) == 1:
            assert one.params - {"n"} <= placeholders, "what is said has a place to stand"
        text.format_map(dict.fromkeys(placeholders, "x"))
    if one.has_many:
        assert "n" in one.params or one.has_more


def test_one_code_has_one_wording() -> None:
    by_code: dict[str, set[tuple[str, ...]]] = {}
    for one in EVERY:
        if one.code and len(one.texts) == 1:
            by_code.setdefault(one.code, set()).add(one.texts)
    assert {code: texts for code, texts in by_code.items() if len(texts) > 1} == {}


def test_a_sentence_that_cannot_be_said_is_recognised() -> None:
    code = ast.parse('say("a", "{name} left.", many="{n} left.", m=1)\nsay("b", "{x}" if y else "{z}", **more)')
    first, second = said_in(code, "here")
    assert (first.texts, first.params, first.has_many, first.has_more) == (
        ("{name} left.", "{n} left."), {"m"}, True, False,
    )  # fmt: skip
    assert (second.texts, second.has_more) == (("{x}", "{z}"), True)
    with pytest.raises(AssertionError):
        test_a_sentence_can_be_said(first)
    with pytest.raises(KeyError):
        str(say("x", "{name} left."))
