"""`make bench`: builds or takes the kept houses, measures, prints the table and writes BENCH_OUT.

From the environment: BENCH_OUT (a file for JSON Lines), BENCH_DAYS (fewer days of history, said loudly), BENCH_KEEP=1 to leave
the folder of the run. On PostgreSQL: `python -m tools.postgres --durable -- env BENCH_DAYS=30 .venv/bin/python -m tests.bench`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tests.bench import data, load, rows, yardstick
from tests.bench.data import Data
from tests.bench.rows import Floor, Row
from tests.bench.server import Server

COLD_STARTS = 5


def main() -> int:
    """Measure; 0 whether or not the aims are met, for a busy machine is no fault of the code."""
    console = Console(width=170 if not sys.stdout.isatty() else None)
    days = float(os.environ.get("BENCH_DAYS") or data.FULL_DAYS)
    if days != data.FULL_DAYS:
        console.print(
            f"[bold red]SMALLER RUN: {days:g} days of history instead of {data.FULL_DAYS}. Not the figures to quote.[/]"
        )
    before = yardstick.noise()
    console.print(f"Before: {before.sentence}.")
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=_beside()))
    os.environ["MILIEU_DATA"], os.environ["DJANGO_SETTINGS_MODULE"] = str(folder), "tests.bench.settings"
    import django

    django.setup()
    try:
        made = _measure(data.prepare(days, folder), folder, console)
    finally:
        if os.environ.get("BENCH_KEEP") != "1":
            shutil.rmtree(folder, ignore_errors=True)
    after = yardstick.noise()
    console.print(f"After: {after.sentence}.")
    rows.show(made, console)
    _tell(made, console)
    if out := os.environ.get("BENCH_OUT"):
        noise = [
            Row(f"noise {when}", p50_ms=one.median, p95_ms=one.worst, value=f"best {one.best:.0f} ms")
            for when, one in (("before", before), ("after", after))
        ]
        rows.write([*noise, *made], Path(out))
    return 0


def _beside() -> Path:
    """Next to the kept houses, on the same disk: a disk in memory would flatter every write."""
    data.KEPT.mkdir(parents=True, exist_ok=True)
    return data.KEPT


def _measure(houses: Data, folder: Path, console: Console) -> list[Row]:
    from tests.bench import acts, ledger, pages, statements, streams, visitor

    console.print("Counting statements …")
    people = {"40 people, all history": houses.year, "40 people, 1 %": houses.young, "10 people, 1 %": houses.small}
    signed = {name: visitor.sign_in(community) for name, community in people.items()}
    counted = {name: statements.count(one) for name, one in signed.items()}
    nurse, statements_of = signed["40 people, all history"], counted["40 people, all history"]
    console.print("Starting the server …")
    made = [_cold_start(folder, nurse.cookie)]
    server = Server(folder)
    try:
        server.first_answer("/today", nurse.cookie)
        console.print("Pages, acts and open screens …")
        one, eight = pages.floors(server)
        view, view_eight = Floor("view", one.p50_ms or 0), Floor("view", eight.p50_ms or 0)
        read = pages.read(server, nurse, view, view_eight, statements_of)
        made = [one, eight, *read, *acts.write(server, nurse, statements_of), *made, *streams.measure(server, nurse)]
        made.extend(pages.as_of(server, nurse, houses.days, view))
    finally:
        server.stop()
    console.print("Rebuilding and verifying …")
    return [*made, *ledger.rows(houses.year), *statements.rows(counted)]


def _cold_start(folder: Path, cookie: str) -> Row:
    """From the start of the process to the first answered board, several times."""
    starts = []
    for _ in range(COLD_STARTS):
        server = Server(folder)
        try:
            starts.append(server.first_answer("/today", cookie))
        finally:
            server.stop()
    found = load.measured(starts, sum(starts))
    return Row("Cold start to the first board", found.p50, found.p95, aim="p50 ≤ 1,500 ms", met=found.p50 <= 1500)


def _tell(made: list[Row], console: Console) -> None:
    for row in made:
        if row.met is False:
            console.print(f"[bold red]Missed[/]: {row.name} ({row.aim}).")
    if not any(row.met is False for row in made):
        console.print("[green]Every aim is met.[/]")


if __name__ == "__main__":
    sys.exit(main())
