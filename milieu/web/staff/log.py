"""Log: the sheet, and saving what happened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from milieu.actions import interactions, replays
from milieu.actions.refused import Refused
from milieu.queries import log
from milieu.web.shared import asked
from milieu.web.shared.frame import frame
from milieu.web.staff.undo import offers


def page(request: HttpRequest) -> HttpResponse:
    """The sheet for the choices made so far; each choice is a link, so it works without script. Saving is posted here."""
    if request.method == "POST":
        return _save(request)
    signed, at, chosen = asked.signed(request), asked.now(request), request.GET
    shown = log.page(
        asked.here(request), signed.viewer, at, who=asked.ids(chosen.getlist("who")), kind=chosen.get("kind", ""),
        expectation=chosen.get("expectation", ""), search=chosen.get("search", ""),
    )  # fmt: skip
    around = frame(signed, at, "log", undo=offers(request), sees=shown.shared_with)
    return render(request, "staff/log.html", {"page": shown, "frame": around, "saved": chosen.get("saved", "")})


def _save(request: HttpRequest) -> HttpResponse:
    """Save a noticed, a correction or a redirection, a question for the team, or how it went."""
    viewer, at, form = asked.viewer(request), asked.now(request), request.POST
    stays = asked.ids(form.getlist("who"))
    try:
        ids = replays.ids_of(form.get("id", ""), stays)
        match form.get("kind", ""):
            case "noticed":
                made = interactions.notice(
                    viewer, at, stays, form.get("strength", ""), form.get("words", ""), entry_ids=ids
                )
            case "question":
                made = (interactions.ask_team(viewer, at, stays[0] if stays else "", form.get("words", "")),)
            case "went":
                made = (interactions.went(viewer, at, form.get("of", ""), form.get("went", "")),)
            case kind:
                made = interactions.remind(
                    viewer, at, kind, stays, form.get("expectation", ""), form.get("way", ""), words=form.get("words", ""),
                    went=form.get("went", ""), entry_ids=ids,
                )  # fmt: skip
    except Refused as why:
        return asked.refused(request, why)
    return asked.back(request, reverse("today"), done=made[0].id if made else "")
