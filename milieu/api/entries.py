"""POST /api/entries: the batch door for tablets and importers, as JSON in and JSON out."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.utils.translation import gettext as _

from milieu.actions import entries
from milieu.actions.refused import Refused
from milieu.web.shared import asked
from milieu.web.shared.jinja import said


def accept(request: HttpRequest) -> HttpResponse:
    """Take {"entries": […]} in; 200 with an outcome for each, 400 when it cannot be read, 409 when refused whole."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):  # the last: it came as a form with files
        return _no(400, _('This is not JSON. Nothing was recorded. Send {"entries": [...]}.'))
    items = sent.get("entries") if isinstance(sent, dict) else None
    if not isinstance(items, list):
        return _no(400, _('Send {"entries": [...]}, a list of entries. Nothing was recorded.'))
    try:
        outcomes = entries.accept(asked.viewer(request), asked.now(request), items)
    except Refused as why:
        return _no(409, said(why.sentence))
    refused = [
        {"id": one.id, "code": one.sentence.code, "sentence": said(one.sentence)} for one in outcomes if one.sentence
    ]
    return JsonResponse(
        {
            "accepted": [one.id for one in outcomes if one.what == "accepted"],
            "already": [one.id for one in outcomes if one.what == "already"],
            "refused": refused,
        }
    )


def _no(status: int, sentence: str) -> HttpResponse:
    return JsonResponse({"sentence": sentence}, status=status)
