"""Order: how often someone looks in on a person, why, until when, and agreed sleep without checks."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from milieu.actions import checks, openings
from milieu.actions.refused import Refused, refuse
from milieu.queries import orders
from milieu.record.entries import Entry
from milieu.rules import moments
from milieu.web.shared import asked, failures
from milieu.web.staff import forms

FIELDS = {
    "watch.unknown": "level", "watch.level": "level", "watch.reason": "reason", "watch.until": "until",
    "watch.no_sleep": "sleep_from", "watch.sleep": "sleep_until", "watch.sleep_half": "sleep_from",
}  # fmt: skip


def page(request: HttpRequest, stay: str) -> HttpResponse:
    """The order in force, and another one."""
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    order = orders.order(here, viewer, at, stay)
    if order is None:
        return failures.not_found(request)
    form = forms.blank(
        level=order.level, sleep_from=_clock(request, order.sleep_from), sleep_until=_clock(request, order.sleep_until)
    )
    if request.method == "POST":
        try:
            made = _ordered(request, stay)
            return asked.back(request, reverse("resident", kwargs={"stay": stay}), done=made.id)
        except Refused as why:
            form = forms.again(request, why, FIELDS, "level")
    else:
        openings.record(viewer, stay, "order", at)
    return forms.shown(request, "order", form, "residents", order=order, sees=order.sees)


def _ordered(request: HttpRequest, stay: str) -> Entry:
    level = forms.text(request, "level")
    if not level:
        raise refuse("watch.level", "Choose how often someone looks in.")
    # the end is the one to come; the beginning may lie behind us, for an order in the middle of the night
    sleep_until = forms.coming(request, "sleep_until")
    sleep_from = forms.last_before(request, "sleep_from", sleep_until)
    if (sleep_from is None) != (sleep_until is None):
        raise refuse("watch.sleep_half", "Agreed sleep needs both times, or neither.")
    sleep = (sleep_from, sleep_until) if sleep_from and sleep_until else None
    return checks.order(
        asked.viewer(request), asked.now(request), stay, level, forms.text(request, "reason", 300),
        until=forms.day_and_time(request, "until"), sleep=sleep,
    )  # fmt: skip


def _clock(request: HttpRequest, moment: datetime | None) -> str:
    """The time of an agreement that still stands."""
    return moments.clock(moment, asked.here(request).zone) if moment else ""
