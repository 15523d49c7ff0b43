"""GET /health: is the server answering and the database reachable? For whoever watches the machine."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def health(request: HttpRequest) -> HttpResponse:
    """200 with {"ok": true}, or 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse(
            {"ok": False, "sentence": "The database does not answer. Look at its log and its disk."}, status=503
        )
    return JsonResponse({"ok": True})
