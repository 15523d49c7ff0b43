"""The files of this repository, for the tests of its shape: what stands where, read once."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RINGS = ("rules", "record", "actions", "queries", "insight", "web", "api", "reports", "jobs", "demo", "cli")
GENERATED = "migrations"


def python_in(*folders: str) -> list[Path]:
    """Every Python file below the folders of milieu named; a folder that is not there has none."""
    paths = (path for folder in folders for path in (ROOT / "milieu" / folder).rglob("*.py"))
    return sorted(path for path in paths if GENERATED not in path.parts)


def templates() -> list[Path]:
    """Every page and part of a page."""
    return sorted(path for path in (ROOT / "milieu").rglob("*.html") if "templates" in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """The path as a reader would type it."""
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    """The files that are part of the repository, and those about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
