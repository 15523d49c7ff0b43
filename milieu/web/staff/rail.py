"""The rail by itself, for open screens: what waits on Rounds changes while another page is read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from milieu.web.shared import asked
from milieu.web.shared.frame import frame


def rail(request: HttpRequest) -> HttpResponse:
    """The rail and the phone's bar, as seen from the place `?on=`."""
    around = frame(asked.signed(request), asked.now(request), request.GET.get("on", "")[:20])
    return render(request, "staff/rail.html", {"frame": around})
