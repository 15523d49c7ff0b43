"""Passkeys (WebAuthn): adding one to an account, signing in with one, taking one away.

The device proves that its owner is there (face, finger or its own PIN), so a passkey is both steps at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction

from milieu.actions import sign_ins, tries
from milieu.actions.refused import Refused, refuse
from milieu.actions.sign_ins import Began, From
from milieu.record.models import Account, Passkey
from milieu.rules import moments, sign_in
from milieu.rules.sign_in import Limit
from milieu.rules.words import Refusal

CHALLENGE_LASTS = timedelta(minutes=5)
MOST = 10
# A challenge is answered once: the first answer is the only free try.
_ONCE = Limit(1, 2 * CHALLENGE_LASTS, 2 * CHALLENGE_LASTS, 2 * CHALLENGE_LASTS)
_SALT = "milieu passkey challenge"


@dataclass(frozen=True, slots=True)
class Site:
    """Which site the passkey is for: the host's name, and scheme and host as the browser says them."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the browser is asked, as JSON, and the sealed ticket that comes back with the answer."""

    options: str
    ticket: str


def _ticket(challenge: bytes, account: str, at: datetime) -> str:
    return signing.dumps([challenge.hex(), account, moments.to_ms(at)], salt=_SALT)


def _challenge(ticket: str, account: str, at: datetime) -> bytes:
    try:
        challenge, asked, asked_ms = signing.loads(ticket, salt=_SALT)
    except signing.BadSignature:
        challenge, asked, asked_ms = "", "?", 0
    if asked != account or at - moments.from_ms(asked_ms) > CHALLENGE_LASTS:
        raise refuse("passkey.old", "That took too long. Press the button once more.")
    tries.begin([tries.door("challenge", challenge, _ONCE)], at)
    return bytes.fromhex(challenge)


def ask_new(account: str, site: Site, at: datetime) -> Challenge:
    """Ask the browser to make a passkey for this account."""
    import webauthn
    from webauthn.helpers import structs

    found = Account.objects.get(id=account)
    known = Passkey.objects.filter(account=account).values_list("id", flat=True)
    if len(known) >= MOST:
        raise refuse("passkey.many", "You have {n} passkeys. Take one away before adding another.", n=MOST)
    options = webauthn.generate_registration_options(
        rp_id=site.host, rp_name="Milieu", user_name=found.login, user_display_name=found.name, user_id=found.id.encode(),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED, user_verification=structs.UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(key)) for key in known],
    )  # fmt: skip
    return Challenge(webauthn.options_to_json(options), _ticket(options.challenge, account, at))


def add(account: str, site: Site, ticket: str, answer: Mapping[str, Any], label: str, at: datetime) -> None:
    """Keep the public half of a passkey the browser has made."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _challenge(ticket, account, at)
    try:
        made = webauthn.verify_registration_response(
            credential=json.dumps(answer), expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError, KeyError) as wrong:
        raise refuse(
            "passkey.not_made", "This passkey could not be kept. Try once more, or use another device."
        ) from wrong
    try:
        with transaction.atomic():
            Passkey.objects.create(
                id=webauthn.helpers.bytes_to_base64url(made.credential_id), account=account, sign_count=made.sign_count,
                public_key=made.credential_public_key.hex(), label=sign_in.storable(label).strip()[:60], made_at=moments.to_ms(at),
            )  # fmt: skip
    except IntegrityError as taken:
        raise refuse("passkey.known", "This passkey is known here already.") from taken


def take_away(account: str, key: str) -> None:
    """Forget one of the account's own passkeys."""
    Passkey.objects.filter(account=account, id=sign_in.storable(key)).delete()


def ask(site: Site, at: datetime) -> Challenge:
    """Ask the browser for any passkey it has for this site; no name is asked for, so none can be tried out."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=site.host, user_verification=structs.UserVerificationRequirement.REQUIRED
    )
    return Challenge(webauthn.options_to_json(options), _ticket(options.challenge, "", at))


def sign_in_with(site: Site, ticket: str, answer: Mapping[str, Any], at: datetime, origin: From) -> Began:
    """Sign in with a passkey's answer to a challenge."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _challenge(ticket, "", at)
    key = Passkey.objects.filter(id=sign_in.storable(str(answer.get("id", "")))[:400]).first()
    account = Account.objects.filter(id=key.account, active=True).first() if key else None
    if key is None or account is None:
        raise Refused(Refusal(sign_in.NO_FIT_PASSKEY))
    try:
        proved = webauthn.verify_authentication_response(
            credential=json.dumps(answer), expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            credential_public_key=bytes.fromhex(key.public_key), credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError, KeyError) as wrong:
        raise Refused(Refusal(sign_in.NO_FIT_PASSKEY)) from wrong
    Passkey.objects.filter(id=key.id).update(sign_count=proved.new_sign_count)
    return sign_ins.begin(account.id, at, origin)
