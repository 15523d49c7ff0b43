"""Who looked at one person's pages."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from milieu.actions import openings as log
from milieu.queries import openings
from milieu.web.shared import asked, failures
from milieu.web.shared.frame import frame


def who_looked(request: HttpRequest, stay: str) -> HttpResponse:
    """The access log of one person. Opening it is written down as well."""
    signed, at = asked.signed(request), asked.now(request)
    before = request.GET.get("before", "")
    page = openings.page(asked.here(request), stay, int(before) if re.fullmatch(r"[0-9]{1,15}", before) else None)
    if page is None:
        return failures.not_found(request)
    log.record(signed.viewer, stay, "who_looked", at)
    return render(
        request, "shared/who_looked.html", {"page": page, "frame": frame(signed, at, "residents", sees=page.sees)}
    )
