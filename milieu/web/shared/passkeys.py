"""Passkeys as the browser's script asks for them: options out, answers in, all as JSON."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from milieu.actions import accounts, passkeys, sign_ins
from milieu.actions.passkeys import Challenge, Site
from milieu.actions.refused import Refused
from milieu.rules.sign_in import storable
from milieu.web.shared import asked, doors
from milieu.web.shared.jinja import said


def _site(request: HttpRequest) -> Site:
    host = request.get_host()
    name = host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host
    return Site(name, f"{request.scheme}://{host}")


def _asked(challenge: Challenge) -> HttpResponse:
    return JsonResponse({"options": json.loads(challenge.options), "ticket": challenge.ticket})


def _answer(request: HttpRequest) -> dict[str, Any]:
    """The JSON a script has sent; anything else counts as an empty answer."""
    try:
        sent = json.loads(request.body)
    except ValueError:
        sent = None
    return sent if isinstance(sent, dict) else {}


def _text(sent: dict[str, Any], name: str) -> str:
    return storable(str(sent.get(name, "")))


def _credential(sent: dict[str, Any]) -> dict[str, Any]:
    found = sent.get("credential")
    return found if isinstance(found, dict) else {}


def _said(refused: Refused) -> HttpResponse:
    return JsonResponse({"sentence": str(said(refused.sentence))}, status=403)


def ask(request: HttpRequest) -> HttpResponse:
    """Before signing in: a challenge for whatever passkey the browser has."""
    return _asked(passkeys.ask(_site(request), asked.now(request)))


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with the browser's answer."""
    sent = _answer(request)
    try:
        began = passkeys.sign_in_with(
            _site(request), _text(sent, "ticket"), _credential(sent), asked.now(request), doors.origin(request)
        )
    except Refused as refused:
        return _said(refused)
    if request.signed is not None:  # type: ignore[attr-defined]
        sign_ins.end(asked.signed(request).token)
    response = JsonResponse({"to": doors.safe(_text(sent, "to"))})
    doors.give_cookies(request, response, began)
    return response


def ask_new(request: HttpRequest) -> HttpResponse:
    """Before adding one: the password, then a challenge to make a passkey for."""
    account, at = asked.viewer(request).account, asked.now(request)
    try:
        accounts.prove(account, _text(_answer(request), "password"), at)
        return _asked(passkeys.ask_new(account, _site(request), at))
    except Refused as refused:
        return _said(refused)


def add(request: HttpRequest) -> HttpResponse:
    """Keep the passkey the browser has made."""
    sent = _answer(request)
    try:
        passkeys.add(
            asked.viewer(request).account, _site(request), _text(sent, "ticket"), _credential(sent),
            _text(sent, "label"), asked.now(request),
        )  # fmt: skip
    except Refused as refused:
        return _said(refused)
    return JsonResponse({"to": doors.settled("passkeys")})
