"""Duty: who is on, and saying what somebody does now; going on and off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from milieu.actions import staff as staff_actions
from milieu.actions.refused import Refused, refuse
from milieu.queries import duty, people
from milieu.queries.duty import Member
from milieu.record.entries import Entry
from milieu.rules import moments
from milieu.web.shared import asked, failures
from milieu.web.staff import forms

FIELDS = {"duty.doing": "doing", "place.unknown": "place", "stay.unknown": "with_stay", "stay.left": "with_stay"}  # fmt: skip


def page(request: HttpRequest) -> HttpResponse:
    """Who is on duty, and who else works here."""
    shown = duty.duty(asked.here(request), asked.viewer(request), asked.now(request))
    return forms.shown(request, "duty", forms.blank(), "more", duty=shown, sees=shown.sees)


def one(request: HttpRequest, staff: str) -> HttpResponse:
    """What one member of the team does now; the first word of a shift begins it."""
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    shown = duty.duty(here, viewer, at)
    member = shown.member(staff)
    if member is None:
        return failures.not_found(request)
    form = _as_recorded(request, member)
    if request.method == "POST":
        try:
            return asked.back(request, reverse("duty"), done=_said(request, staff).id)
        except Refused as why:
            form = forms.again(request, why, FIELDS, "doing")
    return forms.shown(
        request, "duty_of", form, "more", member=member, places=people.places(here), sees=shown.sees,
        people=[people.Choice(one.stay, one.name) for one in people.here_now(here, viewer, at)],
    )  # fmt: skip


def _as_recorded(request: HttpRequest, member: Member) -> forms.Form:
    # a time that has passed would come back as the same time tomorrow
    lasts = member.on_until is not None and member.on_until > asked.now(request)
    until = moments.clock(member.on_until, asked.here(request).zone) if lasts and member.on_until else ""
    return forms.blank(doing=member.doing, place=member.place_code, with_stay=member.with_stay, on_until=until)


def _said(request: HttpRequest, staff: str) -> Entry:
    viewer, at = asked.viewer(request), asked.now(request)
    if forms.text(request, "do") == "off":
        return staff_actions.go_off_duty(viewer, at, staff)
    doing = forms.text(request, "doing", 60)
    if not doing:
        raise refuse("duty.doing", "Say in a word what they do: floor, group, kitchen.")
    return staff_actions.go_on_duty(
        viewer, at, staff, doing, place=forms.text(request, "place"), with_stay=forms.text(request, "with_stay"),
        on_until=forms.coming(request, "on_until"),
    )  # fmt: skip
