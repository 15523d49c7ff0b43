"""What the forms of staff share: what was typed comes back, a refusal stands beside its field, a time is the one to come.

Which action a form asks is for its own view; the rules' sentences stand in the actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from milieu.actions.refused import Refused, refuse
from milieu.rules import moments
from milieu.rules.words import Sentence
from milieu.web.shared import asked
from milieu.web.shared.frame import Frame, frame
from milieu.web.staff.undo import offers

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is shown: what is in it, and what is to be mended, by the id of the field."""

    given: Mapping[str, Any]
    errors: tuple[tuple[str, Sentence], ...] = ()

    def value(self, name: str) -> str:
        """What stands in a field."""
        return str(self.given.get(name, "") or "")

    def has(self, name: str, value: str) -> bool:
        """Whether this choice is chosen."""
        given = self.given.get(name, "")
        return value in given if isinstance(given, list | tuple) else str(given) == value

    def error(self, field: str) -> Sentence | str:
        """What is to be mended in a field."""
        return next((sentence for name, sentence in self.errors if name == field), "")

    @property
    def status(self) -> int:
        """Of the answer: a refusal is no success."""
        return 409 if self.errors else 200


def blank(**given: Any) -> Form:
    """A form as it is first opened."""
    return Form(given)


def again(request: HttpRequest, why: Refused, fields: Mapping[str, str], otherwise: str) -> Form:
    """The form as it was sent, with the refusal beside its field: `fields` by the code of the sentence."""
    code = why.sentence.code
    # what this module refuses names its field behind the first underscore: form.time_back
    field = code.partition("_")[2] if code.startswith("form.") else fields.get(code, otherwise)
    return Form(typed(request.POST), ((field, why.sentence),))


def typed(data: QueryDict) -> dict[str, Any]:
    """What was sent: a text for each field, a list where several were sent."""
    return {name: values if len(values) > 1 else values[0] for name, values in data.lists() if values}


def text(request: HttpRequest, name: str, most: int = LONGEST) -> str:
    """A field of the form. What is too long is refused, never cut off unseen."""
    given = str(request.POST.get(name, "")).strip()
    if len(given) > most:
        raise refuse(f"form.long_{name}", "This is {n} characters long. Keep it under {most}.", n=len(given), most=most)
    return given


def lines(request: HttpRequest, name: str) -> list[str]:
    """A field with one thing a line."""
    return [line.strip() for line in text(request, name).splitlines() if line.strip()]


def coming(request: HttpRequest, name: str) -> datetime | None:
    """HH:MM of a field as the next such moment after now, on the community's clock; None when empty."""
    wall = moments.local(asked.now(request), asked.here(request).zone)
    moment = _at_that_time(request, name, wall)
    return moment if moment is None or moment > wall else moment + timedelta(days=1)


def last_before(request: HttpRequest, name: str, moment: datetime | None) -> datetime | None:
    """HH:MM of a field as the last such moment before `moment`; None when empty."""
    wall = moments.local(moment or asked.now(request), asked.here(request).zone)
    found = _at_that_time(request, name, wall)
    return found if found is None or found < wall else found - timedelta(days=1)


def _at_that_time(request: HttpRequest, name: str, wall: datetime) -> datetime | None:
    given = text(request, name)
    if not given:
        return None
    try:
        hour, minute = (int(part) for part in given.split(":")[:2])
        return wall.replace(hour=hour, minute=minute, second=0, microsecond=0, fold=0)
    except ValueError:
        raise refuse(f"form.time_{name}", "Write the time as 15:30, or leave it empty.") from None


def day_and_time(request: HttpRequest, name: str) -> datetime | None:
    """A day with a time of a field, on the community's clock; None when empty."""
    given = text(request, name)
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given)
        return moment if moment.tzinfo else moment.replace(tzinfo=moments.zone(asked.here(request).zone))
    except (ValueError, OverflowError):
        raise refuse(f"form.moment_{name}", "Give the day and the time, or leave both empty.") from None


def day(request: HttpRequest, name: str) -> date | None:
    """A day of a field; None when empty."""
    given = text(request, name)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise refuse(f"form.day_{name}", "Give the day, or leave it empty.") from None


def around(request: HttpRequest, current: str, sees: Sentence | None = None) -> Frame:
    """The frame of a form."""
    return frame(asked.signed(request), asked.now(request), current, undo=offers(request), sees=sees)


def shown(request: HttpRequest, template: str, form: Form, current: str, **page: Any) -> HttpResponse:
    """The form on its page."""
    sees = page.pop("sees", None)
    context = {**page, "form": form, "frame": around(request, current, sees)}
    return render(request, f"staff/forms/{template}.html", context, status=form.status)
