"""Many open screens in one asyncio process: each holds the event stream and fetches its region again when it is named.

`python -m tests.bench.screens PORT COOKIE COUNT` prints "open" when all are, and, when its input ends, when each heard of
a change and when it had fetched.
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
        self.heard: list[float] = []
        self.fetched: list[float] = []
        self._port, self._cookie = port, cookie

    async def open(self) -> None:
        """Open the stream and wait for its first message."""
        self._events, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(f"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self._cookie}\r\n\r\n".encode())
        line = await self._events.readline()
        assert b" 200 " in line, line
        while not (await self._events.readline()).startswith(b"data:"):
            pass
        self._pages, self._asking = await asyncio.open_connection("127.0.0.1", self._port)

    async def watch(self) -> None:
        """Note when a message names the region, and fetch it."""
        while line := await self._events.readline():
            if line.startswith(b"data:") and b'"n"' in line:
                self.heard.append(time.monotonic())
                if REGION in json.loads(line[5:])["regions"]:
                    await self._fetch()
                    self.fetched.append(time.monotonic())

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
    print(json.dumps({"heard": [one.heard for one in screens], "fetched": [one.fetched for one in screens]}))


if __name__ == "__main__":
    asyncio.run(_hold(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
