"""The nurse whose browser is measured: signed in already, for signing in is slow on purpose."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import urlencode

from milieu.actions import checks, staff
from milieu.record import ledger
from milieu.record.ledger import Author
from milieu.record.models import SignIn, Staff, Stay
from milieu.rules import ids, moments
from milieu.rules.sign_in import digest
from tests.bench import year


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser in one house."""

    community: str
    staff: str
    token: str
    csrf: str
    stays: tuple[str, ...]

    @property
    def cookie(self) -> str:
        """What the browser sends along."""
        return f"milieu_in={self.token}; milieu_csrf={self.csrf}"

    def form(self, **fields: str) -> bytes:
        """The body of a form of ours."""
        return urlencode({"csrfmiddlewaretoken": self.csrf, **fields}).encode()


def sign_in(community: str) -> Visitor:
    """Sign the nurse in charge in, and see everybody once so that the house looks as on any day."""
    now = datetime.now(UTC)
    account, at = year.account_of(community), moments.to_ms(now)
    member = Staff.objects.get(account=account, until=None).id
    here = tuple(
        Stay.objects.filter(community=community, left_at=None).order_by("arrived_at", "id").values_list("id", flat=True)
    )
    with ledger.writing(community, Author(member, "charge_nurse"), now) as write:
        staff.put_duty(write, member, "floor", place="lounge")
        for nth, stay in enumerate(here):
            write.begin_act(Author(member, "charge_nurse"), now - timedelta(minutes=nth % 14))
            checks.put(write, stay, "settled")
    token = secrets.token_urlsafe(32)
    ends = moments.to_ms(now + timedelta(hours=12))
    SignIn.objects.create(token=digest(token), account=account, staff=member, started_at=at, seen_at=at, ends_at=ends)
    return Visitor(community, member, token, secrets.token_hex(16), here)


def new_ids(count: int) -> list[str]:
    """Ids as a tablet makes them."""
    random, at = Random(), moments.to_ms(datetime.now(UTC))
    return [ids.new_id(at, random) for _ in range(count)]
