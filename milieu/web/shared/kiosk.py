"""A registered tablet: at rest with its people, and the PIN that signs one of them in or back in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from milieu.actions import sign_ins
from milieu.actions.refused import Refused
from milieu.queries import sign_ins as pages
from milieu.record.facts import access
from milieu.record.facts.access import SharedDevice
from milieu.web.shared import asked, doors


def device_of(request: HttpRequest) -> SharedDevice | None:
    """The registered tablet this request comes from, if any."""
    return access.device(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))


def at_rest(request: HttpRequest, device: SharedDevice) -> HttpResponse:
    """The tablet while nobody is signed in."""
    page = pages.at_rest(device, asked.now(request))
    # `frame` gives the clock its zone; there is no frame round this page.
    return doors.page(
        request, "kiosk", {"page": page, "frame": page, "now": asked.now(request), "to": doors.onward(request)}
    )


def pin(request: HttpRequest) -> HttpResponseBase:
    """Four digits. Whoever was signed in on this tablet before is signed out by the next person."""
    device = device_of(request)
    if device is None:
        return HttpResponseRedirect(reverse("sign_in"))
    given = request.POST if request.method == "POST" else request.GET
    who, name = str(given.get("who", ""))[:32], str(given.get("name", ""))[:60]
    if not (who or name.strip()):
        return HttpResponseRedirect(reverse("sign_in"))
    if request.method == "GET":
        return pin_form(request, device, who, name)
    try:
        began = sign_ins.with_pin(device, who, name, str(request.POST.get("pin", ""))[:20], asked.now(request))
    except Refused as refused:
        return pin_form(request, device, who, name, refused)
    if request.signed is not None:  # type: ignore[attr-defined]
        sign_ins.end(asked.signed(request).token)
    return doors.enter(request, began, doors.onward(request))


def pin_form(
    request: HttpRequest, device: SharedDevice, who: str, name: str, refused: Refused | None = None, *, locked: bool = False
) -> HttpResponse:  # fmt: skip
    """The page that asks for the PIN. A first name that nobody here has gets the same page as one that somebody has."""
    face = pages.face(device, who) if who else None
    if who and face is None:
        return HttpResponseRedirect(f"{reverse('sign_in')}?other=1")
    shown = face.name if face else name.strip()
    context = {
        "who": who, "typed": name, "name": shown, "initial": face.initial if face else shown[:1].upper(),
        "to": doors.onward(request), "sentence": refused.sentence if refused else None, "locked": locked,
    }  # fmt: skip
    return doors.page(request, "pin", context, status=403 if refused else 200)
