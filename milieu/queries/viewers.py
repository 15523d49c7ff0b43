"""Who is looking: the signed-in person behind a cookie, with the community they look at and how far its ledger is.

One statement. Making and ending sign-ins is for `actions.sign_ins`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from milieu.rules import moments
from milieu.rules.permissions import Viewer
from milieu.rules.sign_in import TOUCH_EVERY, digest

# Being there is written down at most every half minute, so the page's own two minutes may end that much later.
IDLE_SHARED = timedelta(minutes=2) + TOUCH_EVERY
IDLE_OWN = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Here:
    """The community being looked at."""

    id: str
    slug: str
    name: str
    zone: str
    language: str
    programme: str
    n: int


@dataclass(frozen=True, slots=True)
class Signed:
    """A living sign-in: who, where, and whether the screen is locked or a second step is open."""

    token: str
    viewer: Viewer
    here: Here | None
    seen_at: datetime
    is_locked: bool
    waits_for: str


_SIGNED = """
SELECT i.token, i.seen_at, i.ends_at, i.locked_at, i.waits_for, a.id, a.name, a.language, a.theme, a.hand,
       s.id, s.role, s.name, d.id, d.kind, c.id, c.slug, c.name, c.zone, c.language, c.programme, h.n
FROM sign_in i JOIN account a ON a.id = i.account
LEFT JOIN staff s ON s.id = i.staff AND s.until IS NULL
LEFT JOIN device d ON d.id = i.device AND d.removed_at IS NULL
LEFT JOIN community c ON c.id = s.community
LEFT JOIN head h ON h.community = c.id
WHERE i.token = %s AND a.active = %s
"""


def signed(cookie: str, at: datetime) -> Signed | None:
    """The sign-in behind a cookie, or None when there is none or it has ended."""
    if not cookie or len(cookie) > 200:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SIGNED, [digest(cookie), True])
        row = cursor.fetchone()
    if row is None or row[2] <= moments.to_ms(at):
        return None
    (token, seen_at, _, locked_at, waits_for, account, name, language, theme, hand, staff, role, staff_name,
     device, device_kind, community, slug, community_name, zone, spoken, programme, n) = row  # fmt: skip
    seen = moments.from_ms(seen_at)
    idle = IDLE_SHARED if device else IDLE_OWN
    viewer = Viewer(
        account=account,
        name=staff_name or name,
        staff=staff or "",
        role=role or "",
        community=community or "",
        device=device or "",
        language=language,
        theme=theme,
        hand=hand,
        shared_device=bool(device_kind),
    )
    here = Here(community, slug, community_name, zone, spoken, programme, n or 0) if community else None
    return Signed(token, viewer, here, seen, locked_at is not None or at - seen > idle, waits_for)
