"""Find or do: the index the palette searches on the device itself."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from milieu.queries import find
from milieu.queries.find import Found
from milieu.web.shared import asked
from milieu.web.shared.jinja import said


def index(request: HttpRequest) -> HttpResponse:
    """Everything this viewer can reach, as {entries: [{kind, title, hint, url, words, keys}]}."""
    found = find.index(asked.here(request), asked.viewer(request), asked.now(request))
    entries = [
        {
            "kind": one.kind,
            "title": said(one.title),
            "hint": said(one.hint),
            "url": _address(one),
            "words": said(one.words),
            "keys": one.keys,
        }
        for one in found
    ]
    return JsonResponse({"entries": entries})


def _address(one: Found) -> str:
    match one.screen:
        case "resident":
            return reverse("resident", kwargs={"stay": one.key})
        case "log" if one.key:
            return f"{reverse('log')}?{urlencode({'who': one.key})}"
        case "rounds" if one.key:
            return f"{reverse('rounds')}?{urlencode({'stay': one.key})}"
        case screen:
            return reverse(screen)
