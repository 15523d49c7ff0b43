"""What every page before the frame needs: its words' language and theme, where to go next, and the cookies.

Used by the views of sign-in, shared tablets and passkeys; they decide nothing here about who may come in.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from milieu.actions.sign_ins import Began, From
from milieu.record.facts import access

KNOWN_COOKIE = "milieu_known"
KNOWN_LASTS = 180 * 24 * 3600
DEVICE_LASTS = 400 * 24 * 3600
_KNOWN = signing.Signer(salt="milieu known browser")


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that needs no viewer."""
    signed = request.signed  # type: ignore[attr-defined]
    around = {
        "language": translation.get_language() or "en",
        "text_dir": "rtl" if translation.get_language_bidi() else "ltr",
        "theme": signed.viewer.theme if signed else "auto",
    }
    return render(request, f"shared/{template}.html", {**around, **context}, status=status)


def onward(request: HttpRequest) -> str:
    """Where the person wanted to go."""
    return safe(str(request.POST.get("to") or request.POST.get("next") or request.GET.get("to") or ""))


def safe(to: str) -> str:
    """`to` when it is a path of this very site and no door; otherwise the first page."""
    ours = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if ours and urlsplit(to).path not in _doors() else "/"


def _doors() -> set[str]:
    return {reverse(name) for name in ("sign_in", "sign_out", "unlock", "lock", "second_step", "pin")}


def origin(request: HttpRequest) -> From:
    """Where this try comes from."""
    device = access.device(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
    try:
        known = _KNOWN.unsign(request.COOKIES.get(KNOWN_COOKIE, ""))
    except signing.BadSignature:
        known = ""
    address = str(request.META.get("REMOTE_ADDR", ""))
    return From(address, device.id if device else "", device.community if device else "", known)


def enter(request: HttpRequest, began: Began, to: str) -> HttpResponse:
    """Set the cookie of a fresh sign-in and go on; what an older cookie opened has been ended."""
    response = HttpResponseRedirect(to)
    give_cookies(request, response, began)
    return response


def give_cookies(request: HttpRequest, response: HttpResponse, began: Began) -> None:
    """The sign-in's own cookie, and the mark of a browser its owner has used; forms made before are void."""
    now = request.now  # type: ignore[attr-defined]
    own = not origin(request).device
    _set(
        response, settings.SESSION_COOKIE_NAME, began.token, int((began.ends_at - now).total_seconds()) if own else None
    )
    if own and not began.waits_for:
        _set(response, KNOWN_COOKIE, _KNOWN.sign(began.account), KNOWN_LASTS)
    rotate_token(request)


def give_device(response: HttpResponse, token: str) -> None:
    """The cookie that says which registered tablet this is."""
    _set(response, settings.DEVICE_COOKIE_NAME, token, DEVICE_LASTS)


def leave(response: HttpResponse) -> None:
    """Take the sign-in's cookie away."""
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")


def _set(response: HttpResponse, name: str, value: str, lasts: int | None) -> None:
    # Lax: a link in a message opens the page it names. Forms carry a token of their own.
    response.set_cookie(name, value, max_age=lasts, httponly=True, samesite="Lax", secure=settings.HTTPS)


def query(to: str) -> str:
    """`to` as the query of a link."""
    return urlencode({"to": to})


def settled(what: str) -> str:
    """The settings page, saying that `what` has been changed."""
    return f"{reverse('settings')}?done={what}#{what}"
