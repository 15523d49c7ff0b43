"""Needs: putting something on the list of what needs someone, and one of them with its plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from milieu.actions import needs
from milieu.actions.refused import Refused, refuse
from milieu.queries import people, raised
from milieu.record.entries import Entry
from milieu.rules.ids import clean_id
from milieu.rules.words import say
from milieu.web.shared import asked, failures
from milieu.web.staff import forms

FIELDS = {
    "need.kind": "kind", "need.choose": "kind", "need.about": "about", "need.two": "other", "need.staff": "staff", "need.say": "text",
    "staff.unknown": "staff", "stay.unknown": "about", "stay.left": "about",
}  # fmt: skip


def new(request: HttpRequest) -> HttpResponse:
    """What is needed, about whom, until when."""
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    form = forms.blank(about=clean_id(request.GET.get("about", "")) or "")
    if request.method == "POST":
        try:
            return asked.back(request, reverse("today"), done=_raised(request).id)
        except Refused as why:
            form = forms.again(request, why, FIELDS, "kind")
    return forms.shown(
        request, "need_new", form, "today", kinds=raised.KINDS, team=people.staff(here), sees=say("sees.team", "Team only"),
        people=[people.Choice(one.stay, one.name) for one in people.here_now(here, viewer, at)],
    )  # fmt: skip


def _raised(request: HttpRequest) -> Entry:
    kind, about, other = (forms.text(request, name, 32) for name in ("kind", "about", "other"))
    staff, words = forms.text(request, "staff", 32), forms.text(request, "text", 300)
    if not kind:
        raise refuse("need.choose", "Choose what is needed.")
    if kind in ("help", "talk", "own_view", "tension") and not about:
        raise refuse("need.about", "Say who it is about.")
    if kind == "tension" and (not other or other == about):
        raise refuse("need.two", "Something between people needs two of them. Choose the other one.")
    if kind == "relief" and not staff:
        raise refuse("need.staff", "Say who of the team needs relief.")
    if kind in ("tension", "question") and not words:
        raise refuse("need.say", "Say in a line what it is about.")
    return needs.raise_(
        asked.viewer(request), asked.now(request), kind, words, stay=about, other=other if kind == "tension" else "",
        staff=staff if kind == "relief" else "", due_at=forms.coming(request, "due"),
    )  # fmt: skip


def one(request: HttpRequest, need: str) -> HttpResponse:
    """One need: take it, or settle it with the plan in a line."""
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    known = raised.need(here, viewer, at, need)
    if known is None:
        return failures.not_found(request)
    form = forms.blank()
    if request.method == "POST":
        try:
            return asked.back(request, reverse("today"), done=_settled(request, need, known.kind).id)
        except Refused as why:
            form = forms.again(request, why, {}, "plan")
    return forms.shown(request, "need", form, "today", need=known, sees=known.sees)


def _settled(request: HttpRequest, need: str, kind: str) -> Entry:
    viewer, at = asked.viewer(request), asked.now(request)
    if forms.text(request, "do") == "take":
        return needs.take(viewer, at, need)
    plan = forms.text(request, "plan", 300)
    if not plan and kind in ("tension", "question"):
        raise refuse("need.plan", "Write the plan or the answer in a line, so that the next shift has it.")
    return needs.settle(viewer, at, need, plan)
