"""How a screen is put on a path: with its audience, its permission and its methods declared, and kept, in one place.

A view behind `screen` runs only for a signed-in viewer, not locked, with a community and the permission. `opens` names a
screen about one person, whose every opening is written to the access log. A test walks all paths for these declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import translation

from milieu.queries.viewers import Signed
from milieu.rules.permissions import May, refusal
from milieu.web.shared import asked, failures
from milieu.web.shared.jinja import said

View = Callable[..., HttpResponseBase]
AUDIENCES = ("staff", "manager", "wall", "everyone", "public", "machine")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a path declares; `may` None only for public and machine paths and for what any signed-in person may."""

    audience: str
    may: May | None
    methods: tuple[str, ...]
    opens: bool


def screen(
    route: str, view: View, name: str, *, audience: str, may: May | None, methods: Sequence[str] = ("GET",), opens: bool = False,
    while_locked: bool = False, without_community: bool = False,
) -> URLPattern:  # fmt: skip
    """A path for signed-in people."""
    if audience not in AUDIENCES:
        raise ValueError(f"no audience '{audience}'")
    allowed = tuple(methods) + (("HEAD",) if "GET" in methods else ())

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if request.method not in allowed:
            return failures.wrong_method(request, allowed)
        signed: Signed | None = request.signed  # type: ignore[attr-defined]
        elsewhere = _elsewhere(request, signed, while_locked=while_locked, without_community=without_community)
        if elsewhere is not None or signed is None:
            return elsewhere or HttpResponseRedirect(reverse("sign_in"))
        refused = refusal(signed.viewer, may) if may is not None else None
        if refused is not None:
            return failures.not_allowed(request, said(refused.sentence))
        if request.method in ("GET", "HEAD") and signed.here and request.GET.get("at") and not asked.known_at(request):
            return failures.no_such_moment(request)
        return view(request, **parts)

    pattern = path(route, guarded, name=name)
    pattern.declared = Declared(audience, may, tuple(methods), opens)  # type: ignore[attr-defined]
    return pattern


def open_screen(
    route: str, view: View, name: str, *, audience: str = "public", methods: Sequence[str] = ("GET",)
) -> URLPattern:
    """A path that asks for no sign-in: the sign-in itself, what machines ask for, the wall."""
    allowed = tuple(methods) + (("HEAD",) if "GET" in methods else ())

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        return view(request, **parts) if request.method in allowed else failures.wrong_method(request, allowed)

    pattern = path(route, guarded, name=name)
    pattern.declared = Declared(audience, None, tuple(methods), False)  # type: ignore[attr-defined]
    return pattern


def _elsewhere(
    request: HttpRequest, signed: Signed | None, *, while_locked: bool, without_community: bool
) -> HttpResponseBase | None:
    """Where to send somebody who is not signed in, not finished signing in, locked, or nowhere yet."""
    if signed is None or (signed.waits_for and not while_locked):
        return _to(request, "sign_in")
    if signed.is_locked and not while_locked:
        return _to(request, "unlock")
    if signed.here is None and not without_community:
        return _to(request, "choose")
    return None


def _to(request: HttpRequest, name: str) -> HttpResponseBase:
    if request.headers.get("X-Act") or request.headers.get("X-Region") or request.path.startswith(("/api/", "/live")):
        sentence = translation.gettext("Sign in again. What you typed is kept on this page.")
        return HttpResponse(sentence, status=401, content_type="text/plain; charset=utf-8")
    return HttpResponseRedirect(f"{reverse(name)}?to={quote(request.get_full_path())}")
