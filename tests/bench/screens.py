"""Many open screens in one asyncio process: each holds the event stream and fetches its region again when it is named.

`python -m tests.bench.screens PORT COOKIE COUNT` prints "open" when all are, and, when its input ends, of each screen the
changes as [number of the entry, when heard, when fetched].
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

REGION = "needs"


class Screen:
    """One open screen: its stream, and a connection to fetch its region."""

    def __init__(self, port: int, cookie: str) -> None:
        self.changes: list[tuple[int, float, float]] = []
        self._port, self._cookie = port, cookie

    async def open(self) -> None:
        """Open the stream and wait for its first message."""
        self._events, self._stream = await asyncio.open_connection("127.0.0.1", self._port)
        self._stream.write(f"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self._cookie}\r\n\r\n".encode())
        line = await self._events.readline()
        assert b" 200 " in line, line
        while not (await self._events.readline()).startswith(b"data:"):
            pass
        self._pages, self._asking = await asyncio.open_connection("127.0.0.1", self._port)

    async def watch(self) -> None:
        """Note when a message names the region, and fetch it."""
        while line := await self._events.readline():
            if not line.startswith(b"data:"):
                continue
            heard, message = time.monotonic(), json.loads(line[5:])
            if REGION in message["regions"] and "n" in message:
                await self._fetch()
                self.changes.append((message["n"], heard, time.monotonic()))

    async def _fetch(self) -> None:
        self._asking.write(
            f"GET /today HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self._cookie}\r\nX-Region: {REGION}\r\n\r\n".encode()
        )
        head = await self._pages.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n")[0], head
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await self._pages.readexactly(length)


async def _hold(port: int, cookie: str, count: int) -> None:
    screens = [Screen(port, cookie) for _ in range(count)]
    for start in range(0, count, 20):
        await asyncio.gather(*(screen.open() for screen in screens[start : start + 20]))
    watching = [asyncio.create_task(screen.watch()) for screen in screens]
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    for task in watching:
        if task.done():
            task.result()
        task.cancel()
    print(json.dumps([screen.changes for screen in screens]))


if __name__ == "__main__":
    asyncio.run(_hold(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
