"""What a person sees when a request cannot be served: a sentence to act on, never a stack of code."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

log = logging.getLogger("milieu.failures")


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    if request.headers.get("X-Act") or request.path.startswith("/api/"):
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    around = {
        "language": translation.get_language() or "en",
        "text_dir": "rtl" if translation.get_language_bidi() else "ltr",
    }
    return render(request, "shared/failure.html", {**around, "title": title, "sentence": sentence}, status=status)


def _is_full(why: OperationalError) -> bool:
    # SQLite says it in words, PostgreSQL by the class 53 of its codes: not enough resources
    return "is full" in str(why) or str(getattr(why.__cause__, "sqlstate", "")).startswith("53")


def _no_room(request: HttpRequest, why: OperationalError) -> HttpResponse:
    log.error("The disk of the database is full, so nothing can be recorded. Make room on it; no restart is needed.")
    return _page(
        request, 507, _("There is no room left"),
        _("The disk of this house’s server is full. Nothing was recorded now; all that was recorded before is safe. Write on paper, and tell whoever runs this system."),
    )  # fmt: skip


def _not_reached(request: HttpRequest) -> HttpResponse:
    log.error("The database did not answer or refused to write. Look at its own log, its disk and its connections.")
    return _page(
        request, 503, _("The record cannot be reached"),
        _("Nothing was recorded. Try once more in a moment. If it goes on, write on paper, and tell whoever runs this system."),
    )  # fmt: skip


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come from a page of ours, or the page is older than the sign-in."""
    return _page(
        request, 403, _("Please send that again"),
        _("This page was open too long, or came from elsewhere. Nothing was recorded. Go back, load the page again and send it once more."),
    )  # fmt: skip


def not_allowed(request: HttpRequest, sentence: str) -> HttpResponse:
    """The viewer's role does not allow it."""
    return _page(request, 403, _("Not in your role here"), sentence)


def wrong_method(request: HttpRequest, allowed: Sequence[str]) -> HttpResponse:
    """An act asked for as a page, or a page sent as a form."""
    sentence = _("This address is not used in that way. Nothing was recorded. Go back and use the button on the page.")
    return HttpResponseNotAllowed(allowed, sentence, content_type="text/plain; charset=utf-8")


def refusal(request: HttpRequest, sentence: str) -> HttpResponse:
    """A rule said no; nothing was recorded."""
    return _page(request, 409, _("This was not recorded"), sentence)


def no_such_moment(request: HttpRequest) -> HttpResponse:
    """The moment asked for in the address lies ahead, or is none: the present must not pass for it."""
    return _page(
        request, 400, _("There is no looking back to that moment"),
        _("The moment in the address cannot be read, or has not come yet. Write it as 2026-10-14T03:20, or leave it away to see now."),
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or it is about somebody this viewer may not see: the same words for both."""
    return _page(
        request, 404, _("Nothing is here"),
        _("There is no such page for you. Go to Today, or find the person by name."),
    )  # fmt: skip


def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than one request may hold."""
    return _page(
        request, 413, _("That is too much at once"),
        _("More was sent than can be taken at once. Nothing was recorded. Send it in smaller parts."),
    )  # fmt: skip


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be read."""
    return _page(
        request, 400, _("That could not be read"),
        _("What was sent could not be read. Nothing was recorded. Load the page again and send it once more."),
    )  # fmt: skip


def broken(request: HttpRequest) -> HttpResponse:
    """The record could not be reached or written, or a mistake of ours.

    A mistake is told without templates, for those may be what broke.
    """
    why = sys.exc_info()[1]
    if isinstance(why, OperationalError):
        return _no_room(request, why) if _is_full(why) else _not_reached(request)
    page = "<!doctype html><html lang={}><meta charset=utf-8><title>Milieu</title><main><h1>{}</h1><p>{}</p></main>"
    sentence = _(
        "The mistake is ours, and nothing was half-recorded. Go back and try once more. If it happens again, tell whoever runs this system the time."
    )
    return HttpResponse(
        format_html(page, translation.get_language() or "en", _("This did not work"), sentence), status=500
    )
