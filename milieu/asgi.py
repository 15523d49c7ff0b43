"""One door for everything: the event stream natively, all pages through WSGI in a few threads.

Measured (docs/decisions): Django's pages are several times faster behind WSGI than behind its own ASGI handler, and this
bridge, which knows that pages are whole and small, costs 0.25 ms a request less than a general one.
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milieu.settings")

# Django is awake once its application is made; everything that knows tables comes after it.
from milieu.wsgi import application as pages  # isort: skip
from milieu.web.shared import live
from milieu.web.shared.middleware import LIMIT

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

# Two: one page may wait for the disk or a password hash while the other is made. More only wait for each other.
_THREADS = ThreadPoolExecutor(int(os.environ.get("MILIEU_THREADS", "2")), thread_name_prefix="pages")
_TOO_LARGE = "More was sent than can be taken at once. Nothing was recorded. Send it in smaller parts."


async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Route one connection."""
    if scope["type"] == "http" and scope["path"] == "/live":
        await live.stream(scope, receive, send)
    elif scope["type"] == "http":
        await _page(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


async def _page(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    try:
        body = await _body(receive)
    except _Gone:
        return
    if body is None:
        told = _TOO_LARGE.encode()
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(told)),
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": told})
        return
    loop = asyncio.get_running_loop()
    status, sent, answer = await loop.run_in_executor(_THREADS, _ask, _environ(scope, body))
    if status not in (204, 304) and not any(name == b"content-length" for name, _ in sent):
        sent.append(
            (b"content-length", b"%d" % len(answer))
        )  # else it would go out in chunks, and could end early unseen
    await send({"type": "http.response.start", "status": status, "headers": sent})
    await send({"type": "http.response.body", "body": answer})


class _Gone(Exception):
    """The client left before it had sent everything: what came is no request."""


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None when it is larger than any request may be. A torn one raises _Gone: it must not be recorded."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        part = message.get("body", b"")
        size += len(part)
        if size <= LIMIT:
            parts.append(part)
        else:
            parts.clear()
        # Most of what is too large is taken off the wire and thrown away: who still sends does not hear an answer.
        if not message.get("more_body", False) or size > 8 * LIMIT:
            return b"".join(parts) if size <= LIMIT else None


def _ask(environ: dict[str, Any]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    begun: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
        begun[:] = (
            int(status[:3]),
            [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        )
        return begun.append  # pages here never write before they answer

    answer: Iterable[bytes] = pages(environ, start_response)
    try:
        body = b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()
    return begun[0], begun[1], body


def _environ(scope: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """The request as WSGI (PEP 3333) tells it."""
    server = scope.get("server") or ("127.0.0.1", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").upper().replace("-", "_")
        if "_" in raw.decode("latin-1"):
            continue  # an underscore would let one header pass for another
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}" if key in environ else text
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
