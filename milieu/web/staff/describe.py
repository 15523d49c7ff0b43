"""Describe: how a person wants to be met, who walks along, where they sleep, what keeps them safe.

Only what was changed on the page is written anew, so that what a colleague wrote meanwhile stands.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from milieu.actions import openings, stays
from milieu.actions.refused import Refused, refuse
from milieu.queries import described, people
from milieu.queries.described import Description
from milieu.record.entries import Entry
from milieu.rules import moments
from milieu.web.shared import asked, failures
from milieu.web.staff import forms

LISTS = ("likes", "helps", "avoids", "night_plan", "needs")
WORDS = {"pronouns": 40, "post": 120, "room": 40, "bed": 10, "buddy": 32, "key_worker": 32}
FIELDS = {
    "place.unknown": "room", "stay.apart": "apart_0", "stay.buddy": "buddy", "staff.unknown": "key_worker", "stay.unknown": "buddy",
    "stay.left": "buddy",
}  # fmt: skip


def page(request: HttpRequest, stay: str) -> HttpResponse:
    """What is known, to be written anew."""
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    known = described.description(here, viewer, at, stay)
    if known is None:
        return failures.not_found(request)
    before = _given(known, here.zone)
    form = forms.blank(**before)
    if request.method == "POST":
        try:
            made = _written(request, known, before)
            return asked.back(request, reverse("resident", kwargs={"stay": stay}), done=made.id)
        except Refused as why:
            form = forms.again(request, why, FIELDS, "likes")
    else:
        openings.record(viewer, stay, "describe", at)
    return forms.shown(
        request, "describe", form, "residents", known=known, before=before, places=people.places(here), team=people.staff(here),
        people=[people.Choice(one.stay, one.name) for one in people.here_now(here, viewer, at) if one.stay != stay],
        sees=known.sees,
    )  # fmt: skip


def _given(known: Description, zone: str) -> dict[str, str]:
    """What is known, as it stands in the fields."""
    one = known.described
    given = {name: "\n".join(getattr(one, name)) for name in LISTS}
    given |= {name: getattr(one, name) for name in WORDS}
    for n, line in enumerate((*known.safety, None, None)):
        given[f"safety_{n}"] = line.line if line else ""
        given[f"review_{n}"] = _day(line.review_at, zone) if line else ""
    for n, apart in enumerate((*known.keep_apart, None, None)):
        given[f"apart_{n}"] = apart.stay if apart else ""
        given[f"apart_why_{n}"] = apart.why if apart else ""
        given[f"apart_until_{n}"] = _day(apart.until, zone) if apart else ""
    return given


def _day(moment: datetime | None, zone: str) -> str:
    return moments.local_day(moment, zone).isoformat() if moment else ""


def _written(request: HttpRequest, known: Description, before: dict[str, str]) -> Entry:
    about_me: dict[str, Any] = {}
    for name in LISTS:
        if _changed(request, name, before):
            about_me[name] = forms.lines(request, name)
    for name, most in WORDS.items():
        if _changed(request, name, before):
            about_me[name] = forms.text(request, name, most)
    if known.sees_safety and _any_changed(request, ("safety", "review"), before):
        about_me["safety"] = _safety(request, before)
    if known.sees_tensions and _any_changed(request, ("apart", "apart_why", "apart_until"), before):
        about_me["keep_apart"] = _apart(request, before)
    return stays.describe(asked.viewer(request), asked.now(request), known.described.stay, **about_me)


def _changed(request: HttpRequest, name: str, before: dict[str, str]) -> bool:
    """Whether the field was changed on this page; one that was not sent was not changed."""
    was = request.POST.get(f"was_{name}", before[name])
    return name in request.POST and forms.text(request, name).splitlines() != was.strip().splitlines()


def _any_changed(request: HttpRequest, names: tuple[str, ...], before: dict[str, str]) -> bool:
    return any(_changed(request, f"{name}_{n}", before) for name in names for n in _rows(names[0], before))


def _rows(name: str, before: dict[str, str]) -> range:
    return range(sum(one.rpartition("_")[0] == name for one in before))


def _safety(request: HttpRequest, before: dict[str, str]) -> list[dict[str, Any]]:
    kept = []
    for n in _rows("safety", before):
        line = forms.text(request, f"safety_{n}", 300)
        if line:
            review = _end_of(request, f"review_{n}")
            kept.append({"line": line} | ({"review_at": review} if review is not None else {}))
    return kept


def _apart(request: HttpRequest, before: dict[str, str]) -> list[dict[str, Any]]:
    kept = []
    for n in _rows("apart", before):
        other = forms.text(request, f"apart_{n}", 32)
        if other:
            until, why = _end_of(request, f"apart_until_{n}"), forms.text(request, f"apart_why_{n}", 300)
            kept.append({"stay": other, "why": why} | ({"until": until} if until is not None else {}))
    return kept


def _end_of(request: HttpRequest, name: str) -> int | None:
    """The end of a day of a field, in the record's time; None when empty."""
    day = forms.day(request, name)
    if day is None:
        return None
    try:
        return moments.to_ms(moments.at_minute(day, moments.DAY - 1, asked.here(request).zone))
    except OverflowError:
        raise refuse(f"form.day_{name}", "Give the day, or leave it empty.") from None
