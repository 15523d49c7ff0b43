"""The paths that every audience shares: coming in, going out, one's own settings, who looked."""

from __future__ import annotations

from django.urls import URLPattern

from milieu.web.shared import sign_in
from milieu.web.shared.screens import open_screen, screen

_FORM = ("GET", "POST")

urlpatterns: list[URLPattern] = [
    open_screen("sign-in", sign_in.sign_in, "sign_in", methods=_FORM),
    screen("sign-out", sign_in.sign_out, "sign_out", audience="everyone", may=None, methods=("POST",), while_locked=True, without_community=True),
    screen("choose", sign_in.choose, "choose", audience="everyone", may=None, methods=_FORM, without_community=True),
    screen("lock", sign_in.lock, "lock", audience="everyone", may=None, methods=_FORM, while_locked=True, without_community=True),
    screen("unlock", sign_in.unlock, "unlock", audience="everyone", may=None, methods=_FORM, while_locked=True, without_community=True),
]
