"""Passkeys: added by their owner, good for signing in once a challenge, and for this very site only."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from milieu.actions import accounts, passkeys, secrets
from milieu.actions.passkeys import Challenge, Site
from milieu.actions.refused import Refused
from milieu.actions.sign_ins import Began, From
from milieu.record.models import Passkey, SignIn
from tests.house import NOBODY

AT = datetime(2026, 10, 6, 13, 0, tzinfo=UTC)
HERE = Site("milieu.example", "https://milieu.example")
PASSWORD = "green teapot morning"
HASH = secrets.hashed(PASSWORD)
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class Authenticator:
    """What a phone does: keeps one key pair, and signs what a site asks. Without an owner there is no verification."""

    def __init__(self, site: Site = HERE, *, has_owner: bool = True) -> None:
        self.site, self.id, self.count = site, b"key-of-this-phone", 0
        self.flags = PRESENT | (VERIFIED if has_owner else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def _client(self, kind: str, asked: Challenge) -> bytes:
        challenge = json.loads(asked.options)["challenge"]
        return json.dumps({"type": f"webauthn.{kind}", "challenge": challenge, "origin": self.site.origin}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def make(self, asked: Challenge) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        point = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        data = self._data(self.flags | WITH_KEY) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("create", asked)
        return {
            "id": text(self.id), "rawId": text(self.id), "type": "public-key",
            "response": {"clientDataJSON": text(client), "attestationObject": text(attested)},
        }  # fmt: skip

    def answer(self, asked: Challenge) -> dict[str, Any]:
        """Answer `navigator.credentials.get`."""
        self.count += 1
        client, data = self._client("get", asked), self._data(self.flags)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return {
            "id": text(self.id), "rawId": text(self.id), "type": "public-key",
            "response": {"clientDataJSON": text(client), "authenticatorData": text(data), "signature": text(signed)},
        }  # fmt: skip


@pytest.fixture
def vera(db: None) -> str:
    """Vera's account."""
    return accounts.make(NOBODY, "vera", "Vera Lang", PASSWORD, AT, password_hash=HASH)


@pytest.fixture
def phone(vera: str) -> Authenticator:
    """Vera's phone, with a passkey for her account."""
    made = Authenticator()
    asked = passkeys.ask_new(vera, HERE, AT)
    passkeys.add(vera, HERE, asked.ticket, made.make(asked), " my phone ", AT)
    return made


def come_in(asked: Challenge, answer: dict[str, Any], at: datetime = AT, site: Site = HERE) -> Began:
    return passkeys.sign_in_with(site, asked.ticket, answer, at, From("192.0.2.1"))


def test_a_passkey_signs_its_owner_in_without_a_name(vera: str, phone: Authenticator) -> None:
    asked = passkeys.ask(HERE, AT)
    began = come_in(asked, phone.answer(asked))
    assert (began.account, began.waits_for) == (vera, "")
    assert (SignIn.objects.get().account, Passkey.objects.get().label) == (vera, "my phone")


def test_one_that_is_made_asks_for_the_owner_and_is_found_without_a_name(vera: str) -> None:
    options = json.loads(passkeys.ask_new(vera, HERE, AT).options)
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["rp"]["id"] == "milieu.example"
    asked = json.loads(passkeys.ask(HERE, AT).options)
    assert (asked["userVerification"], asked.get("allowCredentials", [])) == ("required", [])


def test_a_challenge_is_answered_once(phone: Authenticator) -> None:
    asked = passkeys.ask(HERE, AT)
    answer = phone.answer(asked)
    come_in(asked, answer)
    with pytest.raises(Refused, match="too often"):
        come_in(asked, answer)
    assert SignIn.objects.count() == 1


def test_a_challenge_ends_after_five_minutes(phone: Authenticator) -> None:
    asked = passkeys.ask(HERE, AT)
    with pytest.raises(Refused, match="That took too long"):
        come_in(asked, phone.answer(asked), AT + timedelta(minutes=5, seconds=1))


@pytest.mark.parametrize("ticket", ["", "rubbish", "a:b:c"])
def test_a_ticket_nobody_gave_is_refused(phone: Authenticator, ticket: str) -> None:
    asked = passkeys.ask(HERE, AT)
    with pytest.raises(Refused, match="That took too long"):
        come_in(Challenge(asked.options, ticket), phone.answer(asked))


def test_a_ticket_for_adding_does_not_sign_in(vera: str, phone: Authenticator) -> None:
    asked = passkeys.ask_new(vera, HERE, AT)
    with pytest.raises(Refused, match="That took too long"):
        come_in(asked, phone.answer(asked))


def test_a_key_that_is_not_known_is_refused(vera: str) -> None:
    asked = passkeys.ask(HERE, AT)
    with pytest.raises(Refused, match="This passkey is not known here"):
        come_in(asked, Authenticator().answer(asked))


def test_another_key_under_a_known_id_is_refused(phone: Authenticator) -> None:
    asked = passkeys.ask(HERE, AT)
    with pytest.raises(Refused, match="This passkey is not known here"):
        come_in(asked, Authenticator().answer(asked))


def test_an_answer_made_for_another_site_is_refused(phone: Authenticator) -> None:
    phone.site = Site("milieu.example", "https://elsewhere.example")
    asked = passkeys.ask(HERE, AT)
    with pytest.raises(Refused, match="This passkey is not known here"):
        come_in(asked, phone.answer(asked))


def test_an_answer_without_its_owner_is_refused(phone: Authenticator) -> None:
    phone.flags = PRESENT
    asked = passkeys.ask(HERE, AT)
    with pytest.raises(Refused, match="This passkey is not known here"):
        come_in(asked, phone.answer(asked))


def test_a_copy_of_the_key_is_noticed_by_its_count(phone: Authenticator) -> None:
    for _ in range(3):
        asked = passkeys.ask(HERE, AT)
        come_in(asked, phone.answer(asked))
    phone.count = 1
    asked = passkeys.ask(HERE, AT)
    with pytest.raises(Refused, match="This passkey is not known here"):
        come_in(asked, phone.answer(asked))


@pytest.mark.parametrize("answer", [{}, {"id": 7}, {"id": "x", "response": []}, {"response": {"signature": "%"}}])
def test_nonsense_is_refused(phone: Authenticator, answer: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        come_in(passkeys.ask(HERE, AT), answer)
    with pytest.raises(Refused):
        come_in(passkeys.ask(HERE, AT), {**answer, "id": text(phone.id)})


def test_a_closed_account_is_not_opened_by_its_passkey(vera: str, phone: Authenticator) -> None:
    accounts.switch_off(vera)
    asked = passkeys.ask(HERE, AT)
    with pytest.raises(Refused, match="This passkey is not known here"):
        come_in(asked, phone.answer(asked))


def test_one_that_was_taken_away_is_not_known_any_more(vera: str, phone: Authenticator) -> None:
    passkeys.take_away(NOBODY, text(phone.id))
    assert Passkey.objects.count() == 1
    passkeys.take_away(vera, text(phone.id))
    asked = passkeys.ask(HERE, AT)
    with pytest.raises(Refused, match="This passkey is not known here"):
        come_in(asked, phone.answer(asked))


def test_the_same_passkey_is_not_kept_twice(vera: str, phone: Authenticator) -> None:
    asked = passkeys.ask_new(vera, HERE, AT)
    assert json.loads(asked.options)["excludeCredentials"][0]["id"] == text(phone.id)
    with pytest.raises(Refused, match="known here already"):
        passkeys.add(vera, HERE, asked.ticket, phone.make(asked), "again", AT)


def test_one_made_without_its_owner_or_for_another_is_not_kept(vera: str) -> None:
    asked = passkeys.ask_new(vera, HERE, AT)
    with pytest.raises(Refused, match="could not be kept"):
        passkeys.add(vera, HERE, asked.ticket, Authenticator(has_owner=False).make(asked), "", AT)
    again = passkeys.ask_new(vera, HERE, AT)
    with pytest.raises(Refused, match="took too long"):
        passkeys.add(NOBODY, HERE, again.ticket, Authenticator().make(again), "", AT)
    assert not Passkey.objects.exists()


def test_ten_are_enough(vera: str, phone: Authenticator) -> None:
    for n in range(passkeys.MOST - 1):
        Passkey.objects.create(id=text(b"key %d" % n), account=vera, public_key="", made_at=0)
    with pytest.raises(Refused, match="You have 10 passkeys"):
        passkeys.ask_new(vera, HERE, AT)
