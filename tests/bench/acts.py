"""Acts as browsers and tablets send them, each durable before it is answered: checks, a round, a saved log, a large batch."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.bench import load, rows, yardstick
from tests.bench.rows import Floor, Row
from tests.bench.server import Server
from tests.bench.visitor import Visitor, new_ids

BATCH = 10_000


def write(server: Server, visitor: Visitor, statements: dict[str, int]) -> list[Row]:
    """The acts that write, above the bare insert they stand on; it is measured before and after them, and the quicker counts."""
    bare = yardstick.bare_inserts()
    made = _acts(server, visitor, Floor("insert", load.percentile(bare, 0.5) * 1000), statements)
    again = yardstick.bare_inserts()
    quicker = min(bare, again, key=lambda taken: load.percentile(taken, 0.5))
    insert = Floor("insert", load.percentile(quicker, 0.5) * 1000)
    floor = rows.timed("floor: a bare durable insert", load.measured(quicker, sum(quicker)), Floor("", insert.ms))
    stood_on = {"insert": insert, "40 insert": Floor("40 insert", insert.ms * 40)}
    return [floor, *(replace(row, floor=stood_on.get(row.floor.name, row.floor)) if row.floor else row for row in made)]


def _acts(server: Server, visitor: Visitor, insert: Floor, statements: dict[str, int]) -> list[Row]:
    connection = load.Connection(server.port, visitor.cookie)
    _checks(connection, visitor, 30)
    one = server.counted(400, lambda: load.measured(*_checks(connection, visitor, 400)))
    made = [rows.timed("One check recorded", one, insert, statements=statements["seen"], p50=4)]
    rounds = [_checks(connection, visitor, 40)[1] for _ in range(5)]
    forty = Floor(f"40 {insert.name}", insert.ms * 40)
    note = "40 requests, one after the other"
    made.append(rows.timed("A round of 40 recorded", load.measured(rounds, sum(rounds)), forty, note=note))
    saved = server.counted(200, lambda: load.measured(*_log(connection, visitor, 200)))
    made.append(rows.timed("Log saved", saved, insert, statements=statements["noticed"]))
    bulk = Floor("10,000 bare rows", yardstick.bare_bulk(BATCH))
    batches = server.counted(3, lambda: _batch(connection, visitor))
    name = "10,000 observations through the batch door"
    made.append(rows.timed(name, batches, bulk, p50=1000, note="entries a second"))
    connection.close()
    return made


def _checks(connection: load.Connection, visitor: Visitor, count: int) -> tuple[list[float], float]:
    taken, began = [], time.perf_counter()
    for nth, entry in enumerate(new_ids(count)):
        body = visitor.form(stay=visitor.stays[nth % len(visitor.stays)], seen_as="settled", id=entry)
        asked = time.perf_counter()
        status, answer = connection.post("/rounds", body, "")
        taken.append(time.perf_counter() - asked)
        assert status == 302, (status, answer[:300])
    return taken, time.perf_counter() - began


def _log(connection: load.Connection, visitor: Visitor, count: int) -> tuple[list[float], float]:
    taken, began = [], time.perf_counter()
    for nth, entry in enumerate(new_ids(count)):
        who = visitor.stays[nth % len(visitor.stays)]
        body = visitor.form(kind="noticed", who=who, strength="spoke-up", words="Said what was hard.", id=entry)
        asked = time.perf_counter()
        status, answer = connection.post("/log", body, "")
        taken.append(time.perf_counter() - asked)
        assert status == 302, (status, answer[:300])
    return taken, time.perf_counter() - began


def _batch(connection: load.Connection, visitor: Visitor) -> load.Measured:
    """10,000 checks of the last hours through the batch door, three times."""
    taken = []
    for _ in range(3):
        body = batch(visitor, BATCH)
        asked = time.perf_counter()
        status, answer = connection.post("/api/entries", body, f"X-CSRFToken: {visitor.csrf}\r\n", "application/json")
        taken.append(time.perf_counter() - asked)
        assert status == 200, (status, answer[:300])
        accepted = len(json.loads(answer)["accepted"])
        assert accepted == BATCH, answer[-500:]
    middle = load.percentile(taken, 0.5)
    return load.Measured(middle * 1000, max(taken) * 1000, BATCH / middle)


def batch(visitor: Visitor, count: int) -> bytes:
    """What a tablet that was long away sends: checks from the last twenty hours."""
    now = datetime.now(UTC)
    entries = [
        {
            "id": entry, "kind": "check", "about": visitor.stays[nth % len(visitor.stays)],
            "happened_at": (now - timedelta(hours=20) + timedelta(seconds=7 * nth)).isoformat(),
            "body": {"as": "settled", "late_because": "Tablet without network"},
        }
        for nth, entry in enumerate(new_ids(count))
    ]  # fmt: skip
    return json.dumps({"entries": entries}).encode()
