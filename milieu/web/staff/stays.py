"""Stays: admitting a person, setting a level with the reason they will read, and leaving."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from milieu.actions import openings, stays
from milieu.actions.refused import Refused, refuse
from milieu.queries import people
from milieu.record import programmes
from milieu.record.entries import Entry
from milieu.rules.words import say
from milieu.web.shared import asked, failures
from milieu.web.staff import forms

SEES = say("sees.team", "Team only")
OF_ADMISSION = {
    "stay.name": "given_name", "level.unknown": "level", "place.unknown": "room", "stay.unknown": "buddy", "stay.left": "buddy",
    "staff.unknown": "key_worker",
}  # fmt: skip
ABOUT = {"given_name": 120, "family_name": 120, "pronouns": 40, "languages": 60}


def admit(request: HttpRequest) -> HttpResponse:
    """Somebody arrives."""
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    programme = programmes.in_force(here.programme)
    form = forms.blank(level=str(programme.levels[0].number), watch=programme.observation.default_level)
    if request.method == "POST":
        try:
            entry = _admitted(request)
            return asked.back(request, reverse("resident", kwargs={"stay": entry.about}), done=entry.id)
        except Refused as why:
            form = forms.again(request, why, OF_ADMISSION, "given_name")
    return forms.shown(
        request, "admit", form, "residents", levels=programme.levels, watches=programme.observation.levels,
        places=people.places(here), team=people.staff(here), sees=SEES,
        people=[people.Choice(one.stay, one.name) for one in people.here_now(here, viewer, at)],
    )  # fmt: skip


def _admitted(request: HttpRequest) -> Entry:
    person = {name: forms.text(request, name, most) for name, most in ABOUT.items()}
    person |= {"born": _born(request)}
    about_me: dict[str, Any] = {
        name: value
        for name, most in (("room", 40), ("bed", 10), ("buddy", 32), ("key_worker", 32))
        if (value := forms.text(request, name, most))
    }
    about_me |= {name: lines for name in ("likes", "helps") if (lines := forms.lines(request, name))}
    return stays.begin(
        asked.viewer(request), asked.now(request), {name: value for name, value in person.items() if value},
        level=_number(request), watch=forms.text(request, "watch", 20), **about_me,
    )  # fmt: skip


def _born(request: HttpRequest) -> str:
    day = forms.day(request, "born")
    if day is not None and day > asked.now(request).date():
        raise refuse("form.past_born", "This day is still to come. Look at the year.")
    return day.isoformat() if day else ""


def _number(request: HttpRequest) -> int:
    given = forms.text(request, "level", 4)
    if not given.isdecimal():
        raise refuse("form.choose_level", "Choose a level.")
    return int(given)


def level(request: HttpRequest, stay: str) -> HttpResponse:
    """Another level, with the reason the person will read."""
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    person = people.one_here(here, viewer, at, stay)
    if person is None:
        return failures.not_found(request)
    form = forms.blank()
    if request.method == "POST":
        try:
            number = _number(request)
            if number == person.level:
                raise refuse("level.same", "This is the level they have now. Choose another one.")
            entry = stays.set_level(viewer, at, stay, number, forms.text(request, "reason", 600))
            return asked.back(request, reverse("resident", kwargs={"stay": stay}), done=entry.id)
        except Refused as why:
            form = forms.again(request, why, {"level.reason": "reason"}, "level")
    else:
        openings.record(viewer, stay, "level", at)
    levels = programmes.in_force(here.programme).levels
    return forms.shown(request, "level", form, "residents", person=person, levels=levels, sees=SEES)


def leave(request: HttpRequest, stay: str) -> HttpResponse:
    """Somebody leaves. It cannot be taken back, so it asks once more."""
    here, viewer, at = asked.here(request), asked.viewer(request), asked.now(request)
    person = people.one_here(here, viewer, at, stay)
    if person is None:
        return failures.not_found(request)
    form = forms.blank()
    if request.method == "POST":
        try:
            if "sure" not in request.POST:
                raise refuse("stay.sure", "Tick that {name} leaves now. It cannot be taken back.", name=person.name)
            why, words = forms.text(request, "why", 120), forms.text(request, "words", 600)
            entry = stays.end(viewer, at, stay, why, words)
            return asked.back(request, reverse("residents") + "?left=1", done=entry.id)
        except Refused as why_not:
            form = forms.again(request, why_not, {"stay.sure": "sure"}, "why")
    else:
        openings.record(viewer, stay, "leave", at)
    return forms.shown(request, "leave", form, "residents", person=person, sees=SEES)
