"""Rounds: the route and the person, and one tap of the pad."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from milieu.actions import checks, replays
from milieu.actions.refused import Refused, refuse
from milieu.queries import rounds
from milieu.rules.ids import clean_id
from milieu.web.shared import asked
from milieu.web.shared.frame import frame
from milieu.web.staff.undo import offers


def page(request: HttpRequest) -> HttpResponse:
    """The round now; `?stay=` opens a person chosen by hand. A tap of the pad is posted here."""
    if request.method == "POST":
        return _record(request)
    signed, at = asked.signed(request), asked.now(request)
    chosen = clean_id(request.GET.get("stay", "")) or ""
    known = asked.known_at(request)
    shown = rounds.page(asked.here(request), signed.viewer, at, chosen, known_at=known)
    around = frame(signed, at, "rounds", undo=offers(request), sees=shown.sees, known_at=known)
    return render(request, "staff/rounds.html", {"page": shown, "frame": around})


def _record(request: HttpRequest) -> HttpResponse:
    """One tap: record, and go on to the next."""
    form = request.POST
    try:
        entry = checks.record(
            asked.viewer(request), asked.now(request), form.get("stay", ""), form.get("seen_as", ""),
            entry_id=replays.id_of(form.get("id", "")), happened_at=_happened(request), chips=form.getlist("chip"),
            late_because=form.get("late_because", ""),
        )  # fmt: skip
    except Refused as why:
        return asked.refused(request, why)
    return asked.back(request, reverse("rounds"), done=entry.id if entry else "")


def _happened(request: HttpRequest) -> datetime | None:
    try:
        return asked.today_at(request, request.POST.get("happened", ""))
    except ValueError:
        raise refuse("check.time", "Write the time as 03:15, or leave it empty for now.") from None
