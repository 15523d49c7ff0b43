"""Signing in with a name and password, choosing where to work, and signing out.

The shared tablet's list and PIN stand in `kiosk`, passkeys in `passkeys`, changing one's own secrets in `settings`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from milieu.actions import sign_ins
from milieu.actions.refused import Refused
from milieu.queries.viewers import Signed
from milieu.record import programmes
from milieu.record.facts import access
from milieu.record.facts.access import SharedDevice
from milieu.web.shared import asked, doors, kiosk
from milieu.web.shared.frame import role_title


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The door: who is already inside goes on."""
    signed = request.signed  # type: ignore[attr-defined]
    if request.method == "POST":
        return _by_password(request)
    if signed is not None and not request.GET.get("other"):
        return HttpResponseRedirect(reverse("second_step") if signed.waits_for else doors.onward(request))
    device = kiosk.device_of(request)
    return kiosk.at_rest(request, device) if device is not None and not request.GET.get("password") else _form(request)


def _by_password(request: HttpRequest) -> HttpResponse:
    login, password = str(request.POST.get("login", "")), str(request.POST.get("password", ""))
    try:
        began = sign_ins.with_password(login, password, asked.now(request), doors.origin(request))
    except Refused as refused:
        return _form(request, login, refused)
    if request.signed is not None:  # type: ignore[attr-defined]
        sign_ins.end(asked.signed(request).token)
    return doors.enter(request, began, _next(request, began))


def _next(request: HttpRequest, began: sign_ins.Began) -> str:
    to = doors.onward(request)
    return f"{reverse('second_step')}?{doors.query(to)}" if began.waits_for else to


def _form(request: HttpRequest, login: str = "", refused: Refused | None = None) -> HttpResponse:
    context = {
        "login": login, "to": doors.onward(request), "sentence": refused.sentence if refused else None,
        "on_tablet": kiosk.device_of(request) is not None,
    }  # fmt: skip
    return doors.page(request, "sign_in", context, status=403 if refused else 200)


@dataclass(frozen=True, slots=True)
class Choice:
    """One place to work, in the words of its programme."""

    staff: str
    community: str
    role: str


def choose(request: HttpRequest) -> HttpResponseBase:
    """Where to work, for somebody with several roles."""
    signed, sentence = asked.signed(request), None
    viewer = signed.viewer
    if request.method == "POST":
        try:
            sign_ins.choose(signed.token, viewer.account, viewer.device, str(request.POST.get("staff", "")))
            return HttpResponseRedirect(doors.onward(request))
        except Refused as refused:
            sentence = refused.sentence
    context = {
        "choices": _choices(signed), "current": viewer.staff, "to": doors.onward(request), "name": viewer.name, "sentence": sentence,
    }  # fmt: skip
    return doors.page(request, "choose", context, status=403 if sentence else 200)


def _choices(signed: Signed) -> tuple[Choice, ...]:
    found = access.assignments(signed.viewer.account, access.device_community(signed.viewer.device))
    return tuple(
        Choice(one.staff, one.community_name, role_title(programmes.in_force(one.programme).roles, one.role))
        for one in found
    )


def sign_out(request: HttpRequest) -> HttpResponse:
    """The end of a sign-in."""
    sign_ins.end(asked.signed(request).token)
    response = HttpResponseRedirect(reverse("sign_in"))
    doors.leave(response)
    return response


def lock(request: HttpRequest) -> HttpResponseBase:
    """Hide everything. A tablet that lost its network comes here by GET once it is back."""
    if request.method == "POST":
        sign_ins.lock(asked.signed(request).token, asked.now(request))
    return HttpResponseRedirect(f"{reverse('unlock')}?{doors.query(doors.onward(request))}")


def stay(request: HttpRequest) -> HttpResponse:
    """Somebody writes or reads without sending anything: the page says so, and the tablet stays open."""
    return HttpResponse(status=204)


def unlock(request: HttpRequest) -> HttpResponseBase:
    """Back behind the lock: by PIN on a shared tablet, by password elsewhere; or somebody else instead."""
    signed, to, refused = asked.signed(request), doors.onward(request), None
    if signed.waits_for or not signed.is_locked:
        return HttpResponseRedirect(reverse("second_step") if signed.waits_for else to)
    device = kiosk.device_of(request)
    if (
        request.method == "GET"
        and device is not None
        and device.id == signed.viewer.device
        and _has_pin(device, signed)
    ):
        return kiosk.pin_form(request, device, signed.viewer.staff, "", locked=True)
    if request.method == "POST":
        try:
            sign_ins.unlock(
                signed.token, signed.viewer.account, str(request.POST.get("password", "")), asked.now(request)
            )
            return HttpResponseRedirect(to)
        except Refused as why:
            refused = why
    context = {"name": signed.viewer.name, "to": to, "sentence": refused.sentence if refused else None}
    return doors.page(request, "unlock", context, status=403 if refused else 200)


def _has_pin(device: SharedDevice, signed: Signed) -> bool:
    return any(one.staff == signed.viewer.staff for one in access.pin_holders(device.community))


def second_step(request: HttpRequest) -> HttpResponseBase:
    """The one-time code, after the password."""
    signed, to, refused = asked.signed(request), doors.onward(request), None
    if not signed.waits_for:
        return HttpResponseRedirect(to)
    if request.method == "POST":
        try:
            code = str(request.POST.get("code", ""))[:20]
            began = sign_ins.with_code(
                signed.token, signed.viewer.account, code, asked.now(request), doors.origin(request)
            )
            return doors.enter(request, began, to)
        except Refused as why:
            refused = why
    context = {"name": signed.viewer.name, "to": to, "sentence": refused.sentence if refused else None}
    return doors.page(request, "second_step", context, status=403 if refused else 200)
