"""Shared tablets: registering this one, hiding its list of people, taking one away from anywhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from milieu.actions import devices
from milieu.actions.refused import Refused
from milieu.queries import settings
from milieu.web.shared import asked, doors
from milieu.web.shared.frame import frame
from milieu.web.shared.kiosk import device_of


def listed(request: HttpRequest) -> HttpResponseBase:
    """The tablets of this community; POST makes this browser one of them."""
    if request.method == "GET" or request.method == "HEAD":
        return _page(request)
    signed = asked.signed(request)
    try:
        token = devices.register(
            signed.viewer, asked.now(request), str(request.POST.get("label", "")),
            shows_people=request.POST.get("hide") != "1", token=signed.token,
        )  # fmt: skip
    except Refused as refused:
        return _page(request, refused)
    response = HttpResponseRedirect(reverse("devices"))
    doors.give_device(response, token)
    return response


def _page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    signed, at = asked.signed(request), asked.now(request)
    this = device_of(request)
    context = {
        "tablets": settings.tablets(asked.here(request).id, at), "this": this.id if this else "",
        "sentence": refused.sentence if refused else None, "frame": frame(signed, at, "more"),
    }  # fmt: skip
    return render(request, "shared/devices.html", context, status=409 if refused else 200)


def people(request: HttpRequest, device: str) -> HttpResponseBase:
    """Show or hide the list of people on a tablet."""
    try:
        devices.show_people(asked.viewer(request), device, request.POST.get("show") == "1")
    except Refused as refused:
        return asked.refused(request, refused)
    return HttpResponseRedirect(reverse("devices"))


def remove(request: HttpRequest, device: str) -> HttpResponseBase:
    """Take a tablet away."""
    try:
        devices.remove(asked.viewer(request), asked.now(request), device)
    except Refused as refused:
        return asked.refused(request, refused)
    return HttpResponseRedirect(reverse("devices"))
