"""What is measured becomes a row: its figures, the floor it stands beside, its aim. A table for people, JSON Lines for scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.load import Measured


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that such a thing can cost here, measured in the same run, in milliseconds."""

    name: str
    ms: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `aim` says what is wanted and `met` whether it was reached; `note` what one must know to read it."""

    name: str
    p50_ms: float | None = None
    p95_ms: float | None = None
    per_second: float | None = None
    floor: Floor | None = None
    cpu_ms: float | None = None
    statements: int | None = None
    value: str = ""
    aim: str = ""
    met: bool | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many floors high."""
        if self.floor is None or self.p50_ms is None or not self.floor.ms:
            return None
        return self.p50_ms / self.floor.ms


def timed(name: str, found: Measured, floor: Floor, *, statements: int | None = None, p50: float | None = None,
          rate: float | None = None, note: str = "") -> Row:  # fmt: skip
    """A row of latencies whose aim is a p50 of at most `p50` ms, or at least `rate` a second."""
    aim, met = "", None
    if p50 is not None:
        aim, met = f"p50 ≤ {p50:g} ms", found.p50 <= p50
    if rate is not None:
        aim, met = f"≥ {rate:g} a second", found.per_second >= rate
    return Row(
        name, found.p50, found.p95, found.per_second, floor, found.cpu_ms, statements, aim=aim, met=met, note=note
    )


def show(rows: Sequence[Row], console: Console) -> None:
    """The table."""
    table = Table(title="How fast it is", title_justify="left", header_style="bold")
    for title in ("", "p50 ms", "p95 ms", "a second", "server CPU", "floor ms", "ratio", "statements", "aim"):
        table.add_column(title, justify="left" if title in ("", "aim") else "right")
    for row in rows:
        mark = "" if row.met is None else "[green]met[/] " if row.met else "[bold red]MISSED[/] "
        name = f"{row.name}[dim]  {row.note}[/]" if row.note else row.name
        table.add_row(
            name, _number(row.p50_ms) or row.value, _number(row.p95_ms), _number(row.per_second), _number(row.cpu_ms),
            f"{_number(row.floor.ms)} {row.floor.name}" if row.floor else "", _number(row.ratio),
            "" if row.statements is None else str(row.statements), mark + row.aim,
        )  # fmt: skip
    console.print(table)


def write(rows: Sequence[Row], path: Path) -> None:
    """One JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            line = {
                "name": row.name, "p50_ms": _short(row.p50_ms), "p95_ms": _short(row.p95_ms),
                "per_second": _short(row.per_second), "floor": _short(row.floor.ms) if row.floor else None,
                "ratio": _short(row.ratio), "statements": row.statements, "cpu_ms": _short(row.cpu_ms), "floor_name": row.floor.name if row.floor else None,
                "value": row.value or None, "aim": row.aim or None, "met": row.met,
            }  # fmt: skip
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _short(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def _number(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"
