"""Print how long files and functions are, beside what we aim at: for people to look at, not a gate."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
from statistics import median, quantiles

PYTHON = [path for path in Path("milieu").rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list(Path("milieu").rglob("templates/**/*.html"))
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def lines_in(path: Path) -> int:
    """How many lines the file has."""
    return len(path.read_text().splitlines())


def functions() -> Iterable[tuple[str, int]]:
    """Every function with its length."""
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, FUNCTION) and node.end_lineno is not None:
                yield f"{path}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def show(what: str, sizes: dict[str, int], target: str, limit: int) -> None:
    """One line of figures, and beneath it what is longer than the limit."""
    if len(sizes) < 2:
        return
    values = list(sizes.values())
    p90 = quantiles(values, n=10)[-1]
    print(f"{what:10} {len(values):5}   median {median(values):4.0f}   p90 {p90:4.0f}   aim {target}")
    for name in sorted((name for name, size in sizes.items() if size > limit), key=lambda name: -sizes[name]):
        print(f"    look again (above {limit}): {name}, {sizes[name]} lines")


def main() -> None:
    """The three tables of style: files, functions, templates; and tests against code."""
    show("files", {str(path): lines_in(path) for path in PYTHON if path.name != "__init__.py"}, "80 / 200", 350)
    show("functions", dict(functions()), "7 / 22", 40)
    show("templates", {str(path): lines_in(path) for path in TEMPLATES}, "30 / 80", 120)
    code, tests = (sum(lines_in(path) for path in paths) for paths in (PYTHON, Path("tests").rglob("*.py")))
    print(f"tests : code  {tests} : {code} = {tests / max(code, 1):.1f}   aim 1.4 to 2.0")


if __name__ == "__main__":
    main()
