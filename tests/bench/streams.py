"""Two hundred open screens: when does the last of them hear of a check, and when has it fetched what changed?

The screens stand in `tests.bench.screens`, a process of its own; its clock is the machine's and so the same as here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from milieu.record import reading
from tests.bench import load
from tests.bench.rows import Row
from tests.bench.server import Server
from tests.bench.visitor import Visitor

SCREENS = 200
CHANGES = 20


def measure(server: Server, visitor: Visitor) -> list[Row]:
    """Open the screens, record a check every second, and see when each screen hears and has fetched its region again."""
    command = [sys.executable, "-m", "tests.bench.screens", str(server.port), visitor.cookie, str(SCREENS)]
    screens = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert screens.stdin is not None
    assert screens.stdout is not None
    assert screens.stdout.readline() == "open\n"
    connection, sent = load.Connection(server.port, visitor.cookie), []
    time.sleep(1)
    for nth in range(CHANGES):
        began = time.monotonic()
        status, _ = connection.post("/today/seen", visitor.form(stay=visitor.stays[nth % len(visitor.stays)]), "")
        assert status == 302, status
        sent.append((reading.head(visitor.community)[0], began))
        time.sleep(1.5)
    memory = server.memory_mb()
    told, _ = screens.communicate("\n", timeout=60)
    changes = json.loads(told)
    return [
        _row(f"A check heard on {SCREENS} screens", sent, changes, 1),
        _row("… and its region fetched again", sent, changes, 2),
        Row("Server memory, all processes", value=f"{memory:.0f} MB", aim="< 150 MB", met=memory < 150,
            note=f"PSS after load, {SCREENS} streams open"),
    ]  # fmt: skip


def _row(name: str, sent: list[tuple[int, float]], screens: list[list[list[float]]], which: int) -> Row:
    """From the sending of each change to each screen; one that never heard of it counts as never."""
    taken = [
        next((change[which] - began for change in changes if change[0] >= n), float("inf"))
        for n, began in sent
        for changes in screens
    ]
    found, lost = load.measured(taken, 1), sum(one == float("inf") for one in taken)
    note = f"{len(sent)} changes, {lost} missed, longest {max(taken) * 1000:.0f} ms"
    return Row(name, found.p50, found.p95, aim="p95 < 1,000 ms", met=found.p95 < 1000 and not lost, note=note)
