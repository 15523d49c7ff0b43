"""Pages keep to the content security policy and to a length one can read: no inline script, style or handler."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.shape import tree

LONGEST = 120
TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE | re.DOTALL)
FORBIDDEN = {
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "handler attribute": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "style element": re.compile(r"^<style\b", re.IGNORECASE),
}
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
DATA = re.compile(r"type\s*=\s*[\"']application/(ld\+)?json[\"']", re.IGNORECASE)


def faults_in(page: str) -> list[str]:
    """What the content security policy would block, each by name."""
    faults = [name for tag in TAG.findall(page) for name, pattern in FORBIDDEN.items() if pattern.search(tag)]
    inline = (body.strip() for attributes, body in SCRIPT.findall(page) if not DATA.search(attributes))
    return faults + ["inline script" for body in inline if body]


@pytest.mark.parametrize("path", tree.templates(), ids=tree.name_of)
def test_a_page_holds_nothing_the_policy_blocks(path: Path) -> None:
    assert faults_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", tree.templates(), ids=tree.name_of)
def test_a_template_can_be_read_on_one_screen_and_a_half(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<p style="color:red">', "style attribute"),
        ('<p\n  style = "x">', "style attribute"),
        ('<button onclick="go()">', "handler attribute"),
        ('<a href="javascript:go()">', "script address"),
        ("<style>p{}</style>", "style element"),
        ("<script>go()</script>", "inline script"),
        ('<script type="module">\nimport "x"\n</script>', "inline script"),
    ],
)
def test_a_fault_is_recognised(page: str, fault: str) -> None:
    assert faults_in(page) == [fault]


@pytest.mark.parametrize(
    "page",
    [
        '<script type="module" src="{{ static(\'js/live.js\') }}"></script>',
        '<script type="application/json" id="state">{{ state|tojson }}</script>',
        "{% if a < b %}style = x{% endif %}",
        '<p data-on="x" class="style">once = 3',
    ],
)
def test_what_is_allowed_passes(page: str) -> None:
    assert faults_in(page) == []
