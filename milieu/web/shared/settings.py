"""My settings: how pages look, what one signs in with, where one is signed in.

Each form on the page says in `do` which change it is; a secret is changed only with the password beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings as site
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from milieu.actions import accounts, codes, passkeys, sign_ins
from milieu.actions.refused import Refused, refuse
from milieu.queries import settings
from milieu.queries import sign_ins as sign_in_pages
from milieu.queries.sign_ins import AtRest
from milieu.record.facts import access
from milieu.rules.permissions import May
from milieu.web.shared import asked, doors, kiosk
from milieu.web.shared.frame import frame


def page(request: HttpRequest) -> HttpResponseBase:
    """The page, and the changes made on it."""
    if request.method != "POST":
        return _page(request)
    do = str(request.POST.get("do", ""))
    change = _CHANGES.get(do)
    try:
        if change is None:
            raise refuse("settings.unknown", "There is no such setting. Load the page again.")
        return change(request)
    except Refused as refused:
        return _page(request, refused, do)


def _given(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(name, ""))[:400]


def _proved(request: HttpRequest) -> str:
    account = asked.viewer(request).account
    accounts.prove(account, _given(request, "password"), asked.now(request))
    return account


def _looks(request: HttpRequest) -> HttpResponseBase:
    account, given = asked.viewer(request).account, (_given(request, name) for name in ("language", "theme", "hand"))
    language, theme, hand = given
    accounts.change_preferences(account, language=language, theme=theme, hand=hand)
    return HttpResponseRedirect(doors.settled("looks"))


def _password(request: HttpRequest) -> HttpResponseBase:
    accounts.give_password(_proved(request), _given(request, "new_password"), except_token=asked.signed(request).token)
    return HttpResponseRedirect(doors.settled("password"))


def _pin(request: HttpRequest) -> HttpResponseBase:
    accounts.give_pin(_proved(request), _given(request, "pin"))
    return HttpResponseRedirect(doors.settled("pin"))


def _no_pin(request: HttpRequest) -> HttpResponseBase:
    accounts.give_pin(asked.viewer(request).account, "")
    return HttpResponseRedirect(doors.settled("pin"))


def _offer_code(request: HttpRequest) -> HttpResponseBase:
    secret, sealed = codes.offer(_proved(request), asked.now(request))
    return _page(request, offer=_offer(request, secret, sealed))


def _confirm_code(request: HttpRequest) -> HttpResponseBase:
    account, sealed, at = asked.viewer(request).account, _given(request, "sealed"), asked.now(request)
    secret = codes.opened(account, sealed, at)
    try:
        codes.confirm(account, sealed, _given(request, "code"), at)
    except Refused as refused:
        return _page(request, refused, "code", _offer(request, secret, sealed))
    return HttpResponseRedirect(doors.settled("code"))


def _no_code(request: HttpRequest) -> HttpResponseBase:
    codes.take_off(_proved(request))
    return HttpResponseRedirect(doors.settled("code"))


def _no_passkey(request: HttpRequest) -> HttpResponseBase:
    passkeys.take_away(asked.viewer(request).account, _given(request, "key"))
    return HttpResponseRedirect(doors.settled("passkeys"))


def _elsewhere(request: HttpRequest) -> HttpResponseBase:
    signed = asked.signed(request)
    sign_ins.end_others(signed.token, signed.viewer.account)
    return HttpResponseRedirect(doors.settled("places"))


_CHANGES: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "looks": _looks, "password": _password, "pin": _pin, "pin_off": _no_pin, "code_offer": _offer_code, "code": _confirm_code,
    "code_off": _no_code, "passkey_off": _no_passkey, "places": _elsewhere,
}  # fmt: skip


def _offer(request: HttpRequest, secret: str, sealed: str) -> dict[str, str]:
    """The secret in groups of four to copy, as a link for an app on this device, and sealed to come back."""
    signed = asked.signed(request)
    mine = settings.mine(signed.viewer.account, signed.token, asked.now(request))
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"secret": grouped, "address": codes.address(mine.login, secret), "sealed": sealed}


def _page(
    request: HttpRequest, refused: Refused | None = None, do: str = "", offer: dict[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    signed, at = asked.signed(request), asked.now(request)
    done = request.GET.get("done", "")
    context: dict[str, Any] = {
        "mine": settings.mine(signed.viewer.account, signed.token, at), "offer": offer, "frame": frame(signed, at, "more"),
        "languages": site.LANGUAGES, "themes": _themes(), "hands": (("right", _("Right")), ("left", _("Left"))),
        "sentence": refused.sentence if refused else None, "wrong": do.removesuffix("_off").removesuffix("_offer"),
        "done": _done().get(done, ""), "changed": done, "tablet": _tablet(request), "stands_on_lists": signed.viewer.may(May.SEE_BOARD),
        "works": len(access.assignments(signed.viewer.account)),
    }  # fmt: skip
    return render(request, "shared/settings.html", context, status=409 if refused else 200)


def _tablet(request: HttpRequest) -> AtRest | None:
    """The registered tablet this page is open on, with the people who sign on it."""
    device = kiosk.device_of(request)
    return sign_in_pages.at_rest(device, asked.now(request)) if device is not None else None


def _themes() -> tuple[tuple[str, str], ...]:
    return (("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark")), ("night", _("Night")))


def _done() -> dict[str, str]:
    return {
        "looks": _("Your pages look like this now."),
        "password": _("Your password is changed. You are signed out everywhere else."),
        "pin": _("Your PIN is changed."),
        "code": _("Your second step is changed."),
        "passkeys": _("Your passkeys are changed."),
        "places": _("You are signed out everywhere but here."),
    }
