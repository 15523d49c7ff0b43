"""The places that are more than a board: the programme to read, what else there is, and what is to come."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from milieu.record import programmes
from milieu.rules.permissions import May
from milieu.web.shared import asked
from milieu.web.shared.frame import frame


def home(request: HttpRequest) -> HttpResponse:
    """Where this role lands."""
    may = asked.viewer(request).may
    return HttpResponseRedirect(reverse("today" if may(May.SEE_BOARD) else "more"))


def programme(request: HttpRequest) -> HttpResponse:
    """The programme in force, to read."""
    signed = asked.signed(request)
    shown = programmes.in_force(asked.here(request).programme)
    week = [(name, shown.day(weekday)) for weekday, name in WEEKDAYS.items()]
    around = frame(signed, asked.now(request), "more")
    return render(request, "staff/programme.html", {"programme": shown, "week": week, "frame": around})


def more(request: HttpRequest) -> HttpResponse:
    """What else there is for this role."""
    signed = asked.signed(request)
    return render(
        request,
        "staff/more.html",
        {"viewer": signed.viewer, "May": May, "frame": frame(signed, asked.now(request), "more")},
    )


def community(request: HttpRequest) -> HttpResponse:
    """What will stand under Community."""
    return _to_come(
        request, "community", _("Community"),
        _("House meetings, the agreement, the work board and the welcome wall will be here. They are not built yet."),
    )  # fmt: skip


def handover(request: HttpRequest) -> HttpResponse:
    """What will stand under Handover."""
    return _to_come(
        request, "handover", _("Handover"),
        _("The handover written from what was recorded will be here. It is not built yet; Today and each person’s timeline hold what it will use."),
    )  # fmt: skip


def _to_come(request: HttpRequest, current: str, title: str, sentence: str) -> HttpResponse:
    around = frame(asked.signed(request), asked.now(request), current)
    return render(request, "staff/to_come.html", {"title": title, "sentence": sentence, "frame": around})
