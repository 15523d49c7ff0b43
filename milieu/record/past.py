"""State as it was known at a past moment: the nearest snapshot before it, and the folds of what was entered since.

Snapshots are a cache: one is kept whenever a chain has grown by so many entries, so no look has to fold more than that.
"""

from __future__ import annotations

import json
import zlib

from django.db import connection

from milieu.record import entries, folds, reading
from milieu.record.state import TABLES, MemoryState, canonical, select

EVERY = 50_000


def state_at(community: str, known_at: int) -> MemoryState:
    """State after every entry entered up to `known_at` (milliseconds UTC)."""
    n, state = _nearest(community, known_at)
    since = n
    for values in reading.stream(community, after=n):
        if values[7] > known_at:
            break
        folds.apply(state, entries.opened(values))
        n = values[2]
        if n - since >= EVERY:
            keep(community, n, values[7], state)
            since = n
    return state


def keep_grown(community: str, before: int, n: int, entered_at: int) -> None:
    """Store a snapshot of the tables as they stand after entry `n`, when the chain has passed a multiple of EVERY.

    Inside the write that brought it there: for 40 people looked in on every quarter of an hour, once in a fortnight.
    """
    if n // EVERY == before // EVERY:
        return
    state = MemoryState()
    for table in TABLES:
        column = "id" if table == "community" else "community"
        state.tables[table] = {row["id"]: row for row in select(table, f"{column} = %s", [community])}
    keep(community, n, entered_at, state)


def keep(community: str, n: int, entered_at: int, state: MemoryState) -> None:
    """Store a snapshot after entry `n`, unless there is one."""
    packed = zlib.compress(canonical(state.tables).encode(), 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO snapshot (community, n, entered_at, state) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [community, n, entered_at, packed],
        )


def _nearest(community: str, known_at: int) -> tuple[int, MemoryState]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n, state FROM snapshot WHERE community = %s AND entered_at <= %s ORDER BY n DESC LIMIT 1",
            [community, known_at],
        )
        found = cursor.fetchone()
    state = MemoryState()
    if found is None:
        return 0, state
    state.tables = json.loads(zlib.decompress(bytes(found[1])))
    return found[0], state
