"""What a request asks for, made safe: where to go next, a moment in the past, a page of a list, ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from milieu.actions.refused import Refused
from milieu.queries.viewers import Here, Signed
from milieu.rules import moments
from milieu.rules.ids import clean_id
from milieu.rules.permissions import Viewer
from milieu.web.shared import failures
from milieu.web.shared.jinja import said

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # nothing is known of before


def signed(request: HttpRequest) -> Signed:
    """The sign-in of a request that came through `screen`."""
    found: Signed = request.signed  # type: ignore[attr-defined]
    return found


def viewer(request: HttpRequest) -> Viewer:
    """Who is looking."""
    return signed(request).viewer


def here(request: HttpRequest) -> Here:
    """The community being looked at, behind `screen`."""
    found = signed(request).here
    assert found is not None  # noqa: S101 - `screen` sends people without a community elsewhere
    return found


def now(request: HttpRequest) -> datetime:
    """The one moment of this request."""
    at: datetime = request.now  # type: ignore[attr-defined]
    return at


def known_at(request: HttpRequest) -> datetime | None:
    """The past moment asked for with `?at=2026-10-14T03:20`, on the community's clock; None for now. For what is none, too; `screen` refuses that first."""
    text = request.GET.get("at", "")
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=moments.zone(here(request).zone))
        return moment if EARLIEST < moment < now(request) else None
    except (ValueError, OverflowError):
        return None


def today_at(request: HttpRequest, text: str) -> datetime | None:
    """HH:MM of a form as the latest such moment not after now (yesterday evening, after midnight); None when empty.

    Nonsense raises ValueError.
    """
    if not text.strip():
        return None
    hour, minute = text.strip().split(":")[:2]
    wall = moments.local(now(request), here(request).zone)
    asked = wall.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    return asked if asked <= wall else asked - timedelta(days=1)


def ids(values: list[str]) -> tuple[str, ...]:
    """The ids among the values, each once."""
    return tuple(dict.fromkeys(cleaned for value in values if (cleaned := clean_id(value))))


def back(request: HttpRequest, default: str, **extra: str) -> HttpResponse:
    """Redirect to the form's `next` when it is a path of ours, with `extra` in its query; else to `default`."""
    asked = request.POST.get("next", "")
    target = asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None) else default
    parts = urlsplit(target)
    kept = [pair for pair in parts.query.split("&") if pair and pair.split("=")[0] not in ("done", *extra)]
    query = "&".join([*kept, *([urlencode({k: v for k, v in extra.items() if v})] if any(extra.values()) else [])])
    return HttpResponseRedirect(f"{parts.path}?{query}" if query else parts.path)


def refused(request: HttpRequest, why: Refused) -> HttpResponse:
    """The refusal as a sentence, for the screen's script or as a small page."""
    return failures.refusal(request, said(why.sentence))
