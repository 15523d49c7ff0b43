"""Taking back: the offer after each act, and the act of taking back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from milieu.actions import undo
from milieu.actions.refused import Refused
from milieu.queries import undone
from milieu.web.shared import asked
from milieu.web.shared.frame import UndoOffer


def offers(request: HttpRequest) -> tuple[UndoOffer, ...]:
    """What this page offers to take back: the entry named by `?done=`."""
    ids = asked.ids([request.GET.get("done", "")])
    if not ids:
        return ()
    sentence = undone.offer(asked.here(request), asked.viewer(request), ids[0])
    return (UndoOffer(ids[0], sentence, reverse("undo", kwargs={"entry": ids[0]})),) if sentence else ()


def take_back(request: HttpRequest, entry: str) -> HttpResponse:
    """Take back an entry by recording its correction."""
    try:
        undo.take_back(asked.viewer(request), asked.now(request), entry, request.POST.get("why", ""))
    except Refused as why:
        return asked.refused(request, why)
    return asked.back(request, reverse("today"))
