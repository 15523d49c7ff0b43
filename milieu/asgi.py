"""One door for everything: the event stream natively, all pages through WSGI in a few threads.

Measured: Django's pages are several times faster behind WSGI than behind its own ASGI handler (docs/decisions).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milieu.settings")

from milieu.wsgi import application as pages  # noqa: E402 - settings first

from milieu.web.shared import live  # noqa: E402 - after Django is set up

_pages = WSGIMiddleware(pages, workers=int(os.environ.get("MILIEU_THREADS", "4")))


async def application(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
    """Route one connection."""
    if scope["type"] == "http" and scope["path"] == "/live":
        await live.stream(scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
