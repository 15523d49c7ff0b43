"""Who may come in where: the assignments of an account, the shared device behind a cookie, the people it shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from milieu.rules.permissions import PERMISSIONS, May
from milieu.rules.sign_in import digest
from milieu.rules.words import by_name


@dataclass(frozen=True, slots=True)
class Assignment:
    """One role in one community that an account can work under."""

    staff: str
    role: str
    community: str
    community_name: str
    programme: str


@dataclass(frozen=True, slots=True)
class SharedDevice:
    """A registered tablet, and the community it stands in."""

    id: str
    label: str
    kind: str
    community: str
    community_name: str
    zone: str
    language: str
    programme: str
    shows_people: bool


_ASSIGNMENTS = """
SELECT s.id, s.role, c.id, c.name, c.programme FROM staff s JOIN community c ON c.id = s.community
WHERE s.account = %s AND s.until IS NULL AND (%s = '' OR s.community = %s)
"""


def assignments(account: str, community: str = "") -> tuple[Assignment, ...]:
    """Where this account works now; only in `community` when one is given."""
    with connection.cursor() as cursor:
        cursor.execute(_ASSIGNMENTS, [account, community, community])
        found = [Assignment(*row) for row in cursor.fetchall()]
    return tuple(sorted(found, key=lambda one: (by_name(one.community_name), one.role, one.staff)))


_DEVICE = """
SELECT d.id, d.label, d.kind, c.id, c.name, c.zone, c.language, c.programme, d.shows_people FROM device d JOIN community c ON c.id = d.community
WHERE d.token = %s AND d.removed_at IS NULL
"""


def device(cookie: str) -> SharedDevice | None:
    """The registered device behind a cookie, or None."""
    if not cookie or len(cookie) > 200:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_DEVICE, [digest(cookie)])
        row = cursor.fetchone()
    return SharedDevice(*row) if row else None


def device_community(device_id: str) -> str:
    """The community a registered device stands in; empty when there is no such device."""
    if not device_id:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT community FROM device WHERE id = %s AND removed_at IS NULL", [device_id])
        row = cursor.fetchone()
    return row[0] if row else ""


@dataclass(frozen=True, slots=True)
class PinHolder:
    """Somebody who has chosen to sign in by PIN on the shared tablets of a community; `pin` is a hash."""

    staff: str
    account: str
    name: str
    role: str
    picture: str
    pin: str


_PIN_HOLDERS = """
SELECT s.id, a.id, s.name, s.role, a.picture, a.pin FROM staff s JOIN account a ON a.id = s.account
WHERE s.community = %s AND s.until IS NULL AND a.active = %s AND a.pin <> ''
"""


def pin_holders(community: str) -> tuple[PinHolder, ...]:
    """Those who work on the board here and have a PIN, by name: families and residents stand on no list of the team's."""
    with connection.cursor() as cursor:
        cursor.execute(_PIN_HOLDERS, [community, True])
        found = [PinHolder(*row) for row in cursor.fetchall()]
    found = [one for one in found if May.SEE_BOARD in PERMISSIONS.get(one.role, frozenset())]
    return tuple(sorted(found, key=lambda one: (by_name(one.name), one.staff)))
