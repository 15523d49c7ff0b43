"""Who takes part in an activity of today: one row a person, saved together."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from milieu.actions import attendance
from milieu.actions.refused import Refused, refuse
from milieu.queries import attendance as rolls
from milieu.queries.attendance import Roll
from milieu.record.entries import Entry
from milieu.web.shared import asked, failures
from milieu.web.staff import forms


def page(request: HttpRequest, slot: str) -> HttpResponse:
    """The roll with what is recorded; with `?all=here` everybody expected is filled in, to be looked at one by one."""
    roll = rolls.roll(asked.here(request), asked.viewer(request), asked.now(request), slot)
    if roll is None:
        return failures.not_found(request)
    filled = request.GET.get("all") == "here" and roll.has_begun
    form = forms.blank(**_as_recorded(roll, filled))
    if request.method == "POST":
        filled = "filled" in request.POST
        try:
            made = _recorded(request, roll, looked=not filled)
            return asked.back(request, reverse("group", kwargs={"slot": slot}), done=made[0].id)
        except Refused as why:
            form = forms.again(request, why, {}, "roll")
    return forms.shown(request, "roll", form, "today", roll=roll, filled=filled, sees=roll.sees)


def _as_recorded(roll: Roll, filled: bool) -> dict[str, Any]:
    given = {}
    for row in roll.everybody:
        given[f"status-{row.stay}"] = row.status or ("here" if filled and row in roll.expected else "")
        given[f"said-{row.stay}"] = row.said
    return given


def _recorded(request: HttpRequest, roll: Roll, *, looked: bool) -> tuple[Entry, ...]:
    """Only what was changed on this page: what a colleague has recorded since stands."""
    statuses, said = {}, {}
    for name in request.POST:
        stay = name.removeprefix("status-")
        status, words = forms.text(request, name), forms.text(request, f"said-{stay}", 300)
        if stay == name or not status:
            continue
        is_said = status == "declined" and words != forms.text(request, f"saidwas-{stay}")
        if status != forms.text(request, f"was-{stay}") or is_said:
            statuses[stay], said[stay] = status, words if status == "declined" else ""
    if not statuses:
        raise refuse("attendance.nothing", "Nothing has changed yet. Say it for at least one person.")
    viewer, at = asked.viewer(request), asked.now(request)
    return attendance.record(viewer, at, roll.day, roll.slot, statuses, said=said, looked=looked)
