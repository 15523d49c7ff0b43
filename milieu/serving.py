"""How the pages are served: one command, one port, a few processes that share the listening socket.

The program is loaded once and then forked, so it starts sooner and its processes share what they loaded (docs/performance.md).
`MILIEU_WORKERS` sets the number of processes (default 2).
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
import time
from types import FrameType
from typing import Any

from django.db import connections

GRACE_SECONDS = 2
STUMBLE_SECONDS = 1  # a process that ends sooner than this after its start is not started again at once


class PortTaken(Exception):
    """Somebody listens on this port already; the message says what to do."""


def run(port: int, host: str = "127.0.0.1", workers: int | None = None) -> None:
    """Serve until interrupted. Raises PortTaken before anything is started."""
    import uvicorn

    listening = _listen(host, port)
    config = uvicorn.Config(
        "milieu.asgi:application", host=host, port=port, loop="uvloop", http="httptools", ws="none", log_level="warning",
        access_log=False, server_header=False, timeout_graceful_shutdown=GRACE_SECONDS, timeout_keep_alive=75, backlog=512,
    )  # fmt: skip
    config.load()
    count = workers or int(os.environ.get("MILIEU_WORKERS", "2"))
    if count == 1 or not hasattr(os, "fork"):
        uvicorn.Server(config).run(sockets=[listening])
    else:
        _Crew(config, listening, count).work()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(512)
    except OSError as why:
        listening.close()
        raise PortTaken(f"Port {port} is in use or not allowed ({why.strerror}). Choose another: PORT=8123.") from why
    return listening


class _Crew:
    """The processes that serve, and the one that looks after them."""

    def __init__(self, config: Any, listening: socket.socket, count: int) -> None:
        self._config, self._listening, self._count = config, listening, count
        self._began: dict[int, float] = {}
        self._stopping = False
        self._alive, self._held = os.pipe()  # held open by this process alone: its end tells the others

    def work(self) -> None:
        """Start everybody, start anew whoever ends, until told to stop."""
        connections.close_all()  # an open database must not be carried into another process
        gc.collect()
        gc.freeze()  # what is loaded stays in the memory that all share
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for _ in range(self._count):
            self._start()
        while self._began:
            pid, _ = os.wait()
            began = self._began.pop(pid, None)
            if began is not None and not self._stopping:
                time.sleep(max(0.0, STUMBLE_SECONDS - (time.monotonic() - began)))
                self._start()

    def _start(self) -> None:
        if self._stopping:
            return
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid:
            self._began[pid] = time.monotonic()
            return
        os.close(self._held)
        threading.Thread(target=_end_with, args=(self._alive,), daemon=True).start()
        _serve(self._config, self._listening)

    def _stop(self, number: int, _: FrameType | None) -> None:
        self._stopping = True
        for pid in self._began:
            os.kill(pid, signal.SIGTERM)
        signal.signal(signal.SIGALRM, self._end)
        signal.alarm(GRACE_SECONDS + 3)

    def _end(self, number: int, _: FrameType | None) -> None:
        """Somebody did not stop in time."""
        for pid in self._began:
            os.kill(pid, signal.SIGKILL)


def _end_with(alive: int) -> None:
    """Wait until the process that looks after this one is gone, however it went, and stop."""
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _serve(config: Any, listening: socket.socket) -> None:
    """What a forked process does; it never returns into the program it was forked from."""
    import uvicorn

    status = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        uvicorn.Server(config).run(sockets=[listening])
        status = 0
    except KeyboardInterrupt:
        status = 0
    finally:
        os._exit(status)
