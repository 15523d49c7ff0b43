"""Registering a shared tablet for a community, hiding its list of people, and taking it away again."""

from __future__ import annotations

import secrets as randomness
from datetime import datetime

from django.db import transaction

from milieu.actions.refused import demand, refuse
from milieu.record.models import Device, SignIn
from milieu.rules import ids, moments, sign_in
from milieu.rules.permissions import May, Viewer

KINDS = ("tablet", "kiosk", "wall")


def register(
    viewer: Viewer, at: datetime, label: str, *, kind: str = "tablet", shows_people: bool = True, token: str = ""
) -> str:  # fmt: skip
    """Make this browser a shared tablet of the viewer's community; the token for its cookie.

    `token` is the viewer's own sign-in as it is kept: from now on it locks like everyone's on this tablet.
    """
    demand(viewer, May.REGISTER_DEVICE)
    if not label.strip():
        raise refuse("device.label", "Give the tablet a name people know it by, such as Ward tablet.")
    if kind not in KINDS:
        raise refuse("device.kind", "A shared device is one of: tablet, kiosk, wall.")
    cookie, at_ms = randomness.token_urlsafe(32), moments.to_ms(at)
    with transaction.atomic():
        made = Device.objects.create(
            id=ids.new_id(at_ms), community=viewer.community, label=sign_in.storable(label).strip()[:60], kind=kind, registered_at=at_ms,
            token=sign_in.digest(cookie), registered_by=viewer.staff, shows_people=shows_people,
        )  # fmt: skip
        if token:
            SignIn.objects.filter(token=token).update(device=made.id)
    return cookie


def show_people(viewer: Viewer, device: str, shows_people: bool) -> None:
    """Whether the tablet shows the list of people, or asks for a first name."""
    demand(viewer, May.REGISTER_DEVICE)
    if not Device.objects.filter(id=device, community=viewer.community, removed_at=None).update(
        shows_people=shows_people
    ):
        raise _unknown()


def remove(viewer: Viewer, at: datetime, device: str) -> None:
    """Take a tablet away, from anywhere: it is a plain browser again, and whoever is signed in on it is out."""
    demand(viewer, May.REGISTER_DEVICE)
    with transaction.atomic():
        here = Device.objects.filter(id=device, community=viewer.community, removed_at=None)
        if not here.update(removed_at=moments.to_ms(at)):
            raise _unknown()
        SignIn.objects.filter(device=device).delete()


def _unknown() -> Exception:
    return refuse("device.unknown", "There is no such tablet here. It may have been taken away already.")
