"""Residents: the list, and the page of one person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from milieu.actions import checks, openings
from milieu.actions.refused import Refused
from milieu.queries import resident, residents
from milieu.rules.permissions import May
from milieu.web.shared import asked, failures
from milieu.web.shared.frame import frame
from milieu.web.staff.undo import offers


def listed(request: HttpRequest) -> HttpResponse:
    """Who is here, or who left."""
    signed, at, known = asked.signed(request), asked.now(request), asked.known_at(request)
    page = residents.page(
        asked.here(request),
        signed.viewer,
        at,
        search=request.GET.get("search", "")[:80],
        left=request.GET.get("left") == "1",
        known_at=known,
    )
    around = frame(signed, at, "residents", undo=offers(request), sees=page.sees, known_at=known)
    return render(request, "staff/residents.html", {"page": page, "frame": around})


def one(request: HttpRequest, stay: str) -> HttpResponse:
    """The page of one person; opening it is written to the access log."""
    signed, at, chosen = asked.signed(request), asked.now(request), request.GET
    page = resident.page(
        asked.here(request), signed.viewer, at, stay, tab=chosen.get("tab", "timeline"), show=chosen.get("show", ""),
        before=chosen.get("before", ""), known_at=asked.known_at(request),
    )  # fmt: skip
    if page is None:
        return failures.not_found(request)
    openings.record(signed.viewer, stay, f"resident.{page.tab}", at)
    around = frame(signed, at, "residents", undo=offers(request), sees=page.sees, known_at=page.known_at)
    acts = {what.name for what in May if signed.viewer.may(what)}
    return render(request, "staff/resident.html", {"page": page, "frame": around, "acts": acts})


def one_to_one(request: HttpRequest, stay: str) -> HttpResponse:
    """Begin or end being one to one with this person."""
    viewer, at = asked.viewer(request), asked.now(request)
    try:
        entry = (
            checks.end_one_to_one(viewer, at, stay)
            if request.POST.get("do") == "end"
            else checks.begin_one_to_one(viewer, at, stay)
        )
    except Refused as why:
        return asked.refused(request, why)
    return asked.back(request, reverse("resident", kwargs={"stay": stay}), done=entry.id)
