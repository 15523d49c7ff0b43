"""The Today board: the page, its regions one by one, and the acts that start from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from milieu.actions import checks, needs, replays
from milieu.actions.refused import Refused
from milieu.queries import today
from milieu.rules import checks as check_rules
from milieu.web.shared import asked
from milieu.web.shared.frame import frame
from milieu.web.staff.undo import offers

REGIONS = frozenset({"day_line", "vitals", "places", "needs", "team", "noticed", "peek"})


def board(request: HttpRequest) -> HttpResponse:
    """The board, or with `X-Region` one region of it."""
    signed, at = asked.signed(request), asked.now(request)
    view = "names" if request.GET.get("view") == "names" else "places"
    known = asked.known_at(request)
    page = today.board(asked.here(request), signed.viewer, at, view=view, known_at=known)
    peek = None
    if (chosen := request.GET.get("peek")) and known is None:
        peek = today.peek(asked.here(request), signed.viewer, at, chosen)
    region = request.headers.get("X-Region", "")
    template = f"staff/today/{region}.html" if region in REGIONS else "staff/today.html"
    around = frame(
        signed,
        at,
        "today",
        badge=page.rounds_due,
        undo=offers(request),
        sees=page.sees,
        known_at=known,
    )
    return render(request, template, {"page": page, "peek": peek, "frame": around})


def seen(request: HttpRequest) -> HttpResponse:
    """One tap: this person was seen; nothing is said of how they were."""
    try:
        entry = checks.record(
            asked.viewer(request),
            asked.now(request),
            request.POST.get("stay", ""),
            check_rules.SEEN,
            entry_id=replays.id_of(request.POST.get("id", "")),
        )
    except Refused as why:
        return asked.refused(request, why)
    return asked.back(request, reverse("today"), done=entry.id if entry else "")


def need(request: HttpRequest, need: str) -> HttpResponse:
    """Take what needs someone, or settle it."""
    viewer, at = asked.viewer(request), asked.now(request)
    try:
        if request.POST.get("do") == "done":
            entry = needs.settle(viewer, at, need, request.POST.get("plan", ""))
        else:
            entry = needs.take(viewer, at, need)
    except Refused as why:
        return asked.refused(request, why)
    return asked.back(request, reverse("today"), done=entry.id)
