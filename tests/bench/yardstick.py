"""How busy is the machine? A fixed loop in plain Python, and the bare durable insert that every write stands on."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.bench.load import percentile

LOOP = 5_000_000


@dataclass(frozen=True, slots=True)
class Noise:
    """The loop, several times over, in milliseconds by the clock; and what the processor says it needed."""

    best: float
    median: float
    worst: float
    needed: float

    @property
    def sentence(self) -> str:
        """In words, with a warning when others were using the machine."""
        busy = self.median > 1.3 * self.needed
        state = "BUSY, others use it: read the ratios, not the milliseconds" if busy else "quiet"
        return (
            f"a fixed loop took {self.best:.0f} ms at best, {self.median:.0f} in the middle, {self.worst:.0f} at worst, "
            f"and needs {self.needed:.0f}: {state}"
        )


def noise(times: int = 9) -> Noise:
    """Run the loop."""
    taken, needed = [], []
    for _ in range(times):
        began, worked, total = time.perf_counter(), time.process_time(), 0
        for number in range(LOOP):
            total += number
        taken.append((time.perf_counter() - began) * 1000)
        needed.append((time.process_time() - worked) * 1000)
    return Noise(min(taken), percentile(taken, 0.5), max(taken), min(needed))


def bare_inserts(count: int = 300) -> list[float]:
    """Seconds of each of `count` durable inserts of a small row into the same database, each a transaction of its own."""
    from django.db import connection, transaction

    kind = "bigserial" if connection.vendor == "postgresql" else "integer"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS bench_floor (id {kind} PRIMARY KEY, who text, at bigint, note text)"
        )
    taken = []
    for nth in range(count):
        began = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_floor (who, at, note) VALUES (%s, %s, %s)", ["a" * 32, nth, "n" * 130])
        taken.append(time.perf_counter() - began)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_floor")
    return taken


def bare_bulk(count: int) -> float:
    """Milliseconds to insert `count` rows of the width of an entry in one transaction."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bulk (id text PRIMARY KEY, who text, at bigint, note text)")
    rows = [(f"{nth:032x}", "a" * 32, nth, "n" * 400) for nth in range(count)]
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_bulk (id, who, at, note) VALUES (%s, %s, %s, %s)", rows)
    taken = (time.perf_counter() - began) * 1000
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_bulk")
    return taken
