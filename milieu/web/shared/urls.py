"""The paths that every audience shares: coming in, going out, one's own settings, shared tablets, who looked."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern

from milieu.rules.permissions import May
from milieu.web.shared import devices, kiosk, openings, passkeys, settings, sign_in
from milieu.web.shared.screens import View, open_screen, screen

_FORM = ("GET", "POST")


def _door(route: str, view: View, name: str, methods: Sequence[str] = _FORM) -> URLPattern:
    """A path for whoever has begun to sign in, whatever else is still open."""
    return screen(
        route, view, name, audience="everyone", may=None, methods=methods, while_locked=True, without_community=True
    )


def _own(route: str, view: View, name: str, methods: Sequence[str] = _FORM) -> URLPattern:
    """A path to one's own settings."""
    return screen(route, view, name, audience="everyone", may=May.OWN_SETTINGS, methods=methods)


urlpatterns: list[URLPattern] = [
    open_screen("sign-in", sign_in.sign_in, "sign_in", methods=_FORM),
    open_screen("sign-in/pin", kiosk.pin, "pin", methods=_FORM),
    open_screen("sign-in/passkey/ask", passkeys.ask, "passkey_ask", methods=("POST",)),
    open_screen("sign-in/passkey", passkeys.sign_in, "passkey_sign_in", methods=("POST",)),
    _door("sign-in/second-step", sign_in.second_step, "second_step"),
    _door("sign-out", sign_in.sign_out, "sign_out", ("POST",)),
    _door("lock", sign_in.lock, "lock"),
    _door("unlock", sign_in.unlock, "unlock"),
    screen("stay", sign_in.stay, "stay", audience="everyone", may=None, methods=("POST",), without_community=True),
    screen("choose", sign_in.choose, "choose", audience="everyone", may=None, methods=_FORM, without_community=True),
    _own("settings", settings.page, "settings"),
    _own("settings/passkeys/ask", passkeys.ask_new, "passkey_ask_new", ("POST",)),
    _own("settings/passkeys", passkeys.add, "passkey_add", ("POST",)),
    screen("devices", devices.listed, "devices", audience="staff", may=May.REGISTER_DEVICE, methods=_FORM),
    screen(
        "devices/<str:device>/people",
        devices.people,
        "device_people",
        audience="staff",
        may=May.REGISTER_DEVICE,
        methods=("POST",),
    ),
    screen(
        "devices/<str:device>/remove",
        devices.remove,
        "device_remove",
        audience="staff",
        may=May.REGISTER_DEVICE,
        methods=("POST",),
    ),
    screen(
        "residents/<str:stay>/who-looked",
        openings.who_looked,
        "who_looked",
        audience="staff",
        may=May.OPEN_RESIDENT,
        opens=True,
    ),
]
