"""Where: saying where one person is now, or several at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from milieu.actions import openings, places
from milieu.actions.refused import Refused, refuse
from milieu.queries import people
from milieu.record.entries import Entry
from milieu.rules.words import say
from milieu.web.shared import asked, failures
from milieu.web.staff import forms

FIELDS = {
    "where.place": "place",
    "place.unknown": "place",
    "place.back": "back",
    "staff.unknown": "with_staff",
}
SEES = say("sees.team", "Team only")


def page(request: HttpRequest) -> HttpResponse:
    """Several people at once: who, then where."""
    form = forms.blank(who=request.GET.getlist("who"))
    if request.method == "POST":
        try:
            made = _moved(request, asked.ids(request.POST.getlist("who")))
            return asked.back(request, reverse("today"), done=made[0].id)
        except Refused as why:
            form = forms.again(request, why, {**FIELDS, "where.who": "who"}, "who")
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    return forms.shown(
        request, "where", form, "today", people=people.here_now(here, viewer, at), places=people.places(here), sees=SEES
    )


def one(request: HttpRequest, stay: str) -> HttpResponse:
    """One person."""
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    person = people.one_here(here, viewer, at, stay)
    if person is None:
        return failures.not_found(request)
    form = forms.blank()
    if request.method == "POST":
        try:
            made = _moved(request, (stay,))
            return asked.back(request, reverse("resident", kwargs={"stay": stay}), done=made[0].id)
        except Refused as why:
            form = forms.again(request, why, FIELDS, "place")
    else:
        openings.record(viewer, stay, "move", at)
    return forms.shown(
        request,
        "move",
        form,
        "residents",
        person=person,
        places=people.places(here),
        team=people.staff(here),
        sees=SEES,
    )


def _moved(request: HttpRequest, stays: tuple[str, ...]) -> tuple[Entry, ...]:
    if not stays:
        raise refuse("where.who", "Choose who it is about. It can be one person.")
    if not forms.text(request, "place"):
        raise refuse("where.place", "Say where: choose a place.")
    return places.move(
        asked.viewer(request), asked.now(request), stays, forms.text(request, "place"), doing=forms.text(request, "doing", 120),
        with_staff=forms.text(request, "with_staff"), back_at=forms.coming(request, "back"),
    )  # fmt: skip
