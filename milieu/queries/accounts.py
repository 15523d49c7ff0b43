"""Which accounts are there, and where does each work? Never a secret, only whether one is set.

For whoever runs the machine; what a person may see of others is for the queries with a viewer.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from milieu.record.state import select
from milieu.rules import sign_in


@dataclass(frozen=True, slots=True)
class Work:
    """One assignment that has not ended."""

    community: str
    community_name: str
    role: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account in a list."""

    id: str
    organisation: str
    login: str
    name: str
    is_active: bool
    has_pin: bool
    has_second_step: bool
    works: tuple[Work, ...]


_LISTED = """
SELECT a.id, a.organisation, a.login, a.name, a.active, a.pin, a.totp, c.slug, c.name, s.role
FROM account a LEFT JOIN staff s ON s.account = a.id AND s.until IS NULL LEFT JOIN community c ON c.id = s.community
WHERE a.login = %s OR %s = '' ORDER BY a.login, c.slug, s.role
"""


def listed(login: str = "") -> tuple[AccountLine, ...]:
    """Every account by sign-in name, or only the one with this name."""
    plain = sign_in.plain_login(login)
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, [plain, plain])
        found = cursor.fetchall()
    works: dict[str, list[Work]] = {}
    for row in found:
        works.setdefault(row[0], []).extend([Work(*row[7:])] if row[7] is not None else [])
    once = {row[0]: row for row in found}
    return tuple(
        AccountLine(key, row[1], row[2], row[3], bool(row[4]), bool(row[5]), bool(row[6]), tuple(works[key]))
        for key, row in once.items()
    )


def one(login: str) -> AccountLine | None:
    """The account with this sign-in name."""
    found = listed(login) if login.strip() else ()
    return found[0] if found else None


def organisation_of(community: str) -> str:
    """Who runs this community."""
    return str(select("community", "id = %s", [community])[0]["organisation"])


def programme_of(community: str) -> str:
    """The programme version in force there."""
    return str(select("community", "id = %s", [community])[0]["programme"])
