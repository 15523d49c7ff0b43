"""What machines ask for."""

from __future__ import annotations

from milieu.api import entries, health
from milieu.web.shared.screens import open_screen, screen

urlpatterns = [
    screen("api/entries", entries.accept, "entries", audience="machine", may=None, methods=["POST"]),
    open_screen("health", health.health, "health", audience="machine"),
]
