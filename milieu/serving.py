"""How the pages are served: one command, one port, a few processes that share the listening socket.

Settings come from the environment; `MILIEU_WORKERS` sets the number of processes (default 2).
"""

from __future__ import annotations

import os
import socket




class PortTaken(Exception):
    """Somebody listens on this port already; the message says what to do."""


def run(port: int, host: str = "127.0.0.1", workers: int | None = None) -> None:
    """Serve until interrupted. Raises PortTaken before anything is started."""
    import uvicorn

    _refuse_taken(host, port)
    uvicorn.run(
        "milieu.asgi:application",
        host=host,
        port=port,
        workers=workers or int(os.environ.get("MILIEU_WORKERS", "2")),
        loop="uvloop",
        http="httptools",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=75,
        backlog=512,
    )


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as why:
            raise PortTaken(f"Port {port} is in use or not allowed ({why.strerror}). Choose another: PORT=8123.") from why
