"""A tablet at the batch door, for tests: signed in, with the form's secret, and able to send anything at all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from milieu.record import reading, verify
from milieu.rules import ids
from tests.house import House
from tests.web import doors

CSRF = "c" * 32
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tablet:
    """Somebody's tablet in a house."""

    house: House
    browser: Client

    def send(self, body: bytes | str, kind: str = "application/json", **headers: Any) -> Any:
        """POST these very bytes; the form's secret goes along unless `headers` says otherwise."""
        return self.browser.generic("POST", "/api/entries", body, kind, headers={"X-CSRFToken": CSRF, **headers})

    def outcome(self, *entries: Any) -> dict[str, Any]:
        """Send these entries; what became of them."""
        answer = self.send(json.dumps({"entries": entries}))
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = json.loads(answer.content)
        return found

    def sentence(self, *entries: Any) -> str:
        """Send these entries, the first of which is refused; why."""
        refused = self.outcome(*entries)["refused"]
        assert refused, "it was accepted"
        return str(refused[0]["sentence"])

    @property
    def n(self) -> int:
        """How far the house's ledger is."""
        return reading.head(self.house.id)[0]

    def assert_true(self) -> None:
        """The house's chain and state are as recorded."""
        assert verify.community(self.house.id).findings == ()


def tablet(house: House, role: str = "charge_nurse", login: str = "vera") -> Tablet:
    """A tablet of somebody in this role."""
    doors.person(house, login, role)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["milieu_in"] = doors.cookie(doors.signed_in(login))
    browser.cookies["milieu_csrf"] = CSRF
    return Tablet(house, browser)


def new_id() -> str:
    """An id as a tablet makes one."""
    return ids.new_id(int(datetime.now(UTC).timestamp() * 1000))


def ago(minutes: float = 1) -> str:
    """A moment so many minutes ago, as it is sent."""
    return (datetime.now(UTC) - minutes * MINUTE).isoformat()


def check(stay: str, **differing: Any) -> dict[str, Any]:
    """A check as it is sent; `differing` says what is not as usual."""
    return {
        "id": new_id(), "kind": "check", "about": stay, "happened_at": ago(), "body": {"as": "settled"}, **differing,
    }  # fmt: skip


def noticed(stay: str, **differing: Any) -> dict[str, Any]:
    """Something noticed, as it is sent."""
    return {
        **check(stay),
        "kind": "noticed",
        "body": {"strength": "spoke-up", "words": "In the morning round."},
        **differing,
    }
