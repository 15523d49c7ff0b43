"""My settings: what belongs to one account, where it is signed in, and the shared tablets of a community."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from milieu.record.models import Account, Device, Passkey
from milieu.rules.moments import from_ms, to_ms
from milieu.rules.words import by_name


@dataclass(frozen=True, slots=True)
class Key:
    """One passkey."""

    id: str
    label: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """One browser an account is signed in on; `device` is empty for a browser of one's own."""

    device: str
    started_at: datetime
    seen_at: datetime
    is_here: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """The settings of one account. Secrets are only said to be there or not."""

    account: str
    login: str
    name: str
    language: str
    theme: str
    hand: str
    has_pin: bool
    has_code: bool
    passkeys: tuple[Key, ...]
    places: tuple[Place, ...]


_PLACES = """
SELECT i.token, COALESCE(d.label, ''), i.started_at, i.seen_at FROM sign_in i LEFT JOIN device d ON d.id = i.device
WHERE i.account = %s AND i.ends_at > %s ORDER BY i.seen_at DESC
"""


def mine(account: str, token: str, at: datetime) -> Mine:
    """The settings page of this account, seen from the sign-in `token`."""
    one = Account.objects.get(id=account)
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [account, to_ms(at)])
        places = tuple(Place(row[1], from_ms(row[2]), from_ms(row[3]), row[0] == token) for row in cursor.fetchall())
    keys = Passkey.objects.filter(account=account).order_by("made_at")
    return Mine(
        account=one.id, login=one.login, name=one.name, language=one.language, theme=one.theme, hand=one.hand,
        has_pin=bool(one.pin), has_code=bool(one.totp),
        passkeys=tuple(Key(key.id, key.label, from_ms(key.made_at)) for key in keys), places=places,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tablet:
    """One registered tablet of a community, and who is signed in on it."""

    id: str
    label: str
    kind: str
    registered_at: datetime
    registered_by: str
    shows_people: bool
    in_use_by: str


_ON_IT = """
SELECT i.device, s.name FROM sign_in i JOIN staff s ON s.id = i.staff JOIN device d ON d.id = i.device
WHERE d.community = %s AND i.ends_at > %s ORDER BY i.seen_at
"""


def tablets(community: str, at: datetime) -> tuple[Tablet, ...]:
    """The registered tablets of a community, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM staff WHERE community = %s", [community])
        names = dict(cursor.fetchall())
        cursor.execute(_ON_IT, [community, to_ms(at)])
        using = dict(cursor.fetchall())
    found = Device.objects.filter(community=community, removed_at=None)
    return tuple(
        Tablet(
            one.id,
            one.label,
            one.kind,
            from_ms(one.registered_at),
            names.get(one.registered_by, ""),
            one.shows_people,
            using.get(one.id, ""),
        )
        for one in sorted(found, key=lambda one: (by_name(one.label), one.id))
    )
