"""Pages as a browser asks for them: the board warm and after a write, rounds, a person's timeline near and far, the past."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from milieu.record import reading
from tests.bench import load, rows
from tests.bench.rows import Floor, Row
from tests.bench.server import Server
from tests.bench.visitor import Visitor

FAR = 400  # pages back in somebody's checks


def floors(server: Server) -> tuple[Row, Row]:
    """What the framework needs to answer at all, for one client and for eight."""
    load.gets(server.port, "", "/bench/floor", clients=2, count=400)
    one = server.gets("", "/bench/floor", clients=1, count=1500)
    eight = server.gets("", "/bench/floor", clients=8, count=4000)
    return (
        rows.timed("floor: an empty answer, 1 client", one, Floor("", one.p50)),
        rows.timed("floor: an empty answer, 8 clients", eight, Floor("", eight.p50)),
    )


def read(server: Server, visitor: Visitor, view: Floor, view_eight: Floor, statements: dict[str, int]) -> list[Row]:
    """The pages that only read."""
    cookie, person = visitor.cookie, f"/residents/{visitor.stays[0]}"
    load.gets(server.port, cookie, "/today", clients=2, count=60)
    far = _far_back(visitor.stays[0])
    made = [
        _page("Today board, 1 client", server, cookie, "/today", view, count=600, p50=3, statements=statements["today"]),
        rows.timed("Today board, 8 clients", server.gets(cookie, "/today", clients=8, count=2400), view_eight,
                   statements=statements["today"], rate=800),
        _cold_board(server, visitor, view, statements["today"]),
        _page("Rounds", server, cookie, "/rounds", view, statements=statements["rounds"]),
        _page("Log, the sheet", server, cookie, "/log", view, statements=statements["log"]),
        _page("Residents", server, cookie, "/residents", view, statements=statements["residents"]),
        _page("Timeline, first page", server, cookie, person, view, p50=10, statements=statements["timeline"],
              note="a year of one person; writes one line of the access log"),
    ]  # fmt: skip
    path = f"{person}?show=checks&before={far[1]}"
    note = f"{far[0]:,} checks ago"
    made.append(_page(f"Timeline, page {FAR} back", server, cookie, path, view, p50=10, note=note))
    return made


def _page(name: str, server: Server, cookie: str, path: str, floor: Floor, *, count: int = 300, p50: float | None = None,
          statements: int | None = None, note: str = "") -> Row:  # fmt: skip
    load.gets(server.port, cookie, path, clients=1, count=15)
    found = server.gets(cookie, path, clients=1, count=count)
    return rows.timed(name, found, floor, p50=p50, statements=statements, note=note)


def _far_back(stay: str) -> tuple[int, str]:
    """How far back page FAR lies for this person, and where it begins; nearer where the history is shorter."""
    far = reading.about(stay, kinds=("check",), limit=FAR * 50)
    return len(far), f"{far[-1].happened_at}-{far[-1].n}"


def _cold_board(server: Server, visitor: Visitor, floor: Floor, statements: int) -> Row:
    """The board after somebody recorded something: nothing kept can be used."""
    connection, taken = load.Connection(server.port, visitor.cookie), []
    began = time.perf_counter()
    for nth in range(200):
        body = visitor.form(stay=visitor.stays[nth % len(visitor.stays)])
        status, _ = connection.post("/today/seen", body, "")
        assert status == 302, status
        asked = time.perf_counter()
        status, _ = connection.get("/today")
        taken.append(time.perf_counter() - asked)
        assert status == 200, status
    found = load.measured(taken, time.perf_counter() - began)
    found = load.Measured(found.p50, found.p95, 1000 / found.p50)
    return rows.timed(
        "Today board right after a write", found, floor, statements=statements, note="one process; nothing kept"
    )


def as_of(server: Server, visitor: Visitor, days: float, floor: Floor) -> list[Row]:
    """The board as it was known half the history ago: the first time, and again when a snapshot is near."""
    made = []
    for name, minutes in (("first look", 0), ("second look", 3), ("third look, the same moment", 3)):
        moment = datetime.now(UTC) - timedelta(days=days / 2, minutes=minutes)
        connection = load.Connection(server.port, visitor.cookie, patience=300)
        began = time.perf_counter()
        status, _ = connection.get(f"/today?at={quote(moment.isoformat(timespec='minutes'))}")
        taken = [time.perf_counter() - began]
        assert status == 200, status
        connection.close()
        made.append(rows.timed(f"Board as of {days / 2:g} days ago, {name}", load.measured(taken, taken[0]), floor))
    return made
