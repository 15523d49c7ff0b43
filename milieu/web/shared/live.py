"""The event stream: tells open screens which of their regions changed, so that they fetch those again.

One thread a process watches the database (SQLite: its data version; PostgreSQL: LISTEN) and wakes the streams. A message
carries no clinical content, only numbers and names of regions: each screen refetches through its own permissions.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from milieu.queries import viewers
from milieu.queries.viewers import Signed
from milieu.record import reading

log = logging.getLogger("milieu.live")

_BOARD = ("needs", "places", "vitals")
REGIONS: Mapping[str, tuple[str, ...]] = {
    "check": (*_BOARD, "route", "visit", "peek"),
    "watch_set": (*_BOARD, "route", "visit"),
    "one_to_one_began": (*_BOARD, "team", "route"),
    "one_to_one_ended": (*_BOARD, "team", "route"),
    "moved": ("places", "peek", "needs", "route"),
    "attended": ("day_line", "vitals", "places"),
    "noticed": ("noticed", "vitals"),
    "correction": ("vitals",),
    "redirection": (),
    "need_raised": ("needs",),
    "need_taken": ("needs",),
    "need_done": ("needs",),
    "duty": ("team", "places"),
    "duty_ended": ("team", "places"),
    "stay_began": (*_BOARD, "route"),
    "stay_ended": (*_BOARD, "route"),
    "stay_described": ("places", "visit"),
    "level_set": ("vitals", "places"),
    "taken_back": (*_BOARD, "noticed", "day_line", "route", "visit", "pad"),
}
ON_THE_MINUTE = ("needs", "places", "vitals", "day_line", "route")
BEAT_SECONDS = 10
POLL_SECONDS = 0.1
TICK_SECONDS = 60

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class Hub:
    """The streams of this process, by community, and the thread that wakes them."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[str]]] = {}
        self._reached: dict[str, int] = {}
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def join(self, community: str, n: int) -> asyncio.Queue[str]:
        """A queue that gets each message for this community from now on."""
        queue: asyncio.Queue[str] = asyncio.Queue(maxsize=50)
        with self._lock:
            self._queues.setdefault(community, set()).add(queue)
            self._reached.setdefault(community, n)
            self._loop = asyncio.get_running_loop()
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="live", daemon=True)
                self._thread.start()
        return queue

    def leave(self, community: str, queue: asyncio.Queue[str]) -> None:
        """Forget a queue whose reader has gone."""
        with self._lock:
            queues = self._queues.get(community, set())
            queues.discard(queue)
            if not queues:
                self._queues.pop(community, None)
                self._reached.pop(community, None)

    def _watch(self) -> None:
        wait = _postgres_changes if connection.vendor == "postgresql" else _sqlite_changes
        while True:
            try:
                for _ in wait():
                    self._tell()
            except DatabaseError:
                log.warning(
                    "The database did not answer the live watcher; trying again in a second. Look at the database's log."
                )
                connection.close()
                time.sleep(1)

    def _tell(self) -> None:
        with self._lock:
            reached = dict(self._reached)
        for community, before in reached.items():
            n, kinds = reading.kinds_since(community, before)
            if n == before:
                continue
            regions = sorted({region for kind in kinds for region in REGIONS.get(kind, ())})
            with self._lock:
                if community in self._reached:
                    self._reached[community] = n
                queues = tuple(self._queues.get(community, ()))
                loop = self._loop
            if loop is not None and queues:
                loop.call_soon_threadsafe(_offer, queues, message(n, regions))


def _offer(queues: tuple[asyncio.Queue[str], ...], text: str) -> None:
    for queue in queues:
        if not queue.full():  # a reader that far behind refetches everything when it wakes
            queue.put_nowait(text)


def _sqlite_changes() -> Iterator[None]:
    seen = None
    while True:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()[0]
        if version != seen:
            seen = version
            yield
        time.sleep(POLL_SECONDS)


def _postgres_changes() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("LISTEN milieu")
    yield
    while True:
        # Taken whole before anything is asked: while they are being read they hold the connection for themselves.
        if list(connection.connection.notifies(timeout=5.0, stop_after=1)):
            yield


def message(n: int, regions: list[str]) -> str:
    """One event as it goes over the wire."""
    return f"id: {n}\ndata: {json.dumps({'n': n, 'regions': regions})}\n\n"


HUB = Hub()
_DATABASE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-sign-in")


async def stream(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Answer one GET /live for as long as the reader stays signed in and connected."""
    cookie = _cookie(scope)
    signed = await _signed(cookie)
    if scope["method"] != "GET" or signed is None or signed.here is None or signed.waits_for:
        await _refuse(send)
        return
    headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no"),
               (b"x-content-type-options", b"nosniff")]  # fmt: skip
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    community = signed.here.id
    queue = HUB.join(community, signed.here.n)
    gone: asyncio.Future[None] = asyncio.ensure_future(_until_gone(receive))
    try:
        await _run(send, queue, gone, cookie, signed.here.n)
    finally:
        gone.cancel()
        HUB.leave(community, queue)


async def _run(send: Send, queue: asyncio.Queue[str], gone: asyncio.Future[None], cookie: str, n: int) -> None:
    await _write(send, f"retry: 2000\n{message(n, [])}")
    clock = asyncio.get_running_loop().time
    tick = clock() + random.uniform(TICK_SECONDS / 2, TICK_SECONDS)  # noqa: S311 - spreads the load, protects nothing
    while not gone.done():
        waiting = asyncio.ensure_future(queue.get())
        both: set[asyncio.Future[Any]] = {waiting, gone}
        await asyncio.wait(both, timeout=BEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            await _write(send, waiting.result())
        else:
            waiting.cancel()
            await _write(send, "event: beat\ndata: {}\n\n")
        if clock() >= tick:
            tick = clock() + TICK_SECONDS
            if await _signed(cookie) is None:
                break
            await _write(send, f"data: {json.dumps({'regions': ON_THE_MINUTE})}\n\n")
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send) -> None:
    said = b"Sign in first."
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"),
        (b"content-length", str(len(said)).encode()),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": said})


async def _signed(cookie: str) -> Signed | None:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_DATABASE, lambda: viewers.signed(cookie, datetime.now(UTC))) if cookie else None


def _cookie(scope: Mapping[str, Any]) -> str:
    raw = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    try:
        found = SimpleCookie(raw).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""
