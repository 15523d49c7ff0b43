"""The residential programme for tests of rules: read from its file, without a database."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from milieu.rules.programme import reading
from milieu.rules.programme.shape import Programme

FOLDER = Path(__file__).resolve().parents[1] / "programmes"


@cache
def named(code: str) -> Programme:
    """A ready programme."""
    read = reading.read((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"), f"{code}.yaml")
    assert isinstance(read, Programme), "\n".join(map(str, read))
    return read


def tc() -> Programme:
    """The residential therapeutic community."""
    return named("tc-residential")
