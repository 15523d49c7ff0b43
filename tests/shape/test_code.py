"""The code keeps to its ring: no clock where time is an argument, no table where a query is due, no hidden import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shape import tree

CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "monotonic_ns", "perf_counter"}
CLOCK_OWNERS = {"datetime", "date", "dt", "timezone", "time"}
# What takes long to load, so that a start or a plain page must not: package → where it may be, inside a function.
HEAVY: dict[str, tuple[str, ...]] = {
    "duckdb": ("milieu/record/", "milieu/cli/"),
    "webauthn": ("milieu/actions/",),
    "cryptography": ("milieu/actions/",),
    "psycopg": ("milieu/record/", "milieu/web/"),
    "uvicorn": ("milieu/serving.py",),
}


def clocks_in(code: ast.Module) -> Iterator[int]:
    """The lines that read a clock: `datetime.now()`, `date.today()`, `timezone.now()`, `time.time()` and the like."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if name in CLOCK_OWNERS:
                yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield node.lineno


def tables_in(code: ast.Module) -> Iterator[int]:
    """The lines that reach for a table's manager."""
    for node in ast.walk(code):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            yield node.lineno


def imports_in(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Every import below `node`, with its line."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from ((child.lineno, alias.name) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield child.lineno, child.module or ""


def hidden_imports_in(code: ast.Module) -> Iterator[tuple[int, str]]:
    """Every import inside a function."""
    for node in ast.walk(code):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from imports_in(node)


def top_of(name: str) -> str:
    """The package a module name begins with."""
    return name.partition(".")[0]


def whose(paths: list[Path]) -> list[object]:
    """One case a file, named by its path."""
    return [pytest.param(path, id=tree.name_of(path)) for path in paths]


@pytest.mark.parametrize("path", whose(tree.python_in("rules", "record/folds", "record/facts", "queries", "insight")))
def test_no_clock_is_read_where_the_moment_is_an_argument(path: Path) -> None:
    assert list(clocks_in(tree.parsed(path))) == []


@pytest.mark.parametrize("path", whose(tree.python_in("web", "api", "reports", "jobs", "cli", "demo")))
def test_no_screen_reaches_for_a_table(path: Path) -> None:
    assert list(tables_in(tree.parsed(path))) == []


@pytest.mark.parametrize("path", whose(tree.python_in(".")))
def test_only_heavy_packages_are_imported_inside_functions(path: Path) -> None:
    hidden = [(line, name) for line, name in hidden_imports_in(tree.parsed(path)) if top_of(name) not in HEAVY]
    assert hidden == []


@pytest.mark.parametrize("path", whose(tree.python_in(".")))
def test_heavy_packages_load_only_where_and_when_they_are_used(path: Path) -> None:
    code = tree.parsed(path)
    hidden = set(hidden_imports_in(code))
    for line, name in imports_in(code):
        if (package := top_of(name)) in HEAVY:
            assert (line, name) in hidden, f"line {line}: import {name} inside the function that uses it"
            assert tree.name_of(path).startswith(HEAVY[package]), f"line {line}: {package} is not for this module"


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "dt.datetime.now()",
        "date.today()",
        "timezone.now()",
        "django.utils.timezone.now()",
        "time.time()",
        "time.monotonic()",
        "from time import perf_counter",
    ],
)
def test_a_clock_is_recognised(code: str) -> None:
    assert list(clocks_in(ast.parse(code))) == [1]


@pytest.mark.parametrize("code", ["at.time()", "start.date()", "programme.today(at)", "week.now"])
def test_what_only_sounds_like_a_clock_is_none(code: str) -> None:
    assert list(clocks_in(ast.parse(code))) == []


def test_a_table_and_a_hidden_import_are_recognised() -> None:
    assert list(tables_in(ast.parse("Stay.objects.get()"))) == [1]
    assert list(hidden_imports_in(ast.parse("import a\ndef f():\n    import b.c\n    from d import e"))) == [
        (3, "b.c"),
        (4, "d"),
    ]
