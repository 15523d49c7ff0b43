"""The one-time code as a second step (TOTP, RFC 6238): offering a secret, confirming it, accepting a code once.

The secret is sealed with a key made from the site's own; whoever has only the database has no codes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

import pyotp
from django.conf import settings

from milieu.actions.refused import Refused, refuse
from milieu.record.models import Account
from milieu.rules import moments, sign_in
from milieu.rules.words import Refusal

OFFER_LASTS = timedelta(minutes=30)


def _seal() -> Any:
    from cryptography.fernet import Fernet  # slow to load, rarely needed

    key = hmac.new(settings.SECRET_KEY.encode(), b"milieu one-time codes", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def offer(account: str, at: datetime) -> tuple[str, str]:
    """A new secret for this account: as text to type, and sealed, to come back with the first code."""
    secret = pyotp.random_base32()
    sealed = _seal().encrypt_at_time(f"{account} {secret}".encode(), moments.to_ms(at) // 1000).decode()
    return secret, sealed


def opened(account: str, sealed: str, at: datetime) -> str:
    """The secret of an offer made to this account and not too long ago."""
    from cryptography.fernet import InvalidToken

    try:
        opened_as = _seal().decrypt_at_time(
            sealed.encode(), int(OFFER_LASTS.total_seconds()), moments.to_ms(at) // 1000
        )
    except InvalidToken:
        opened_as = b""
    owner, _, secret = opened_as.decode().partition(" ")
    if not secret or owner != account:
        raise refuse("code.offer_old", "This page was open too long. Begin again with a new code.")
    return str(secret)


def address(login: str, secret: str) -> str:
    """The otpauth link that fills in an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Milieu")


def confirm(account: str, sealed: str, code: str, at: datetime) -> None:
    """Switch the second step on, once a first code shows that the app has the secret."""
    secret = opened(account, sealed, at)
    step = _step_of(secret, code, at, 0)
    if step is None:
        raise Refused(Refusal(sign_in.NO_FIT_CODE))
    kept = _seal().encrypt(secret.encode()).decode()
    Account.objects.filter(id=account).update(totp=kept, totp_last=step)


def accept(account: str, code: str, at: datetime) -> bool:
    """Whether `code` is right now, and not used before: of two at the same moment one is accepted."""
    found = Account.objects.filter(id=account, active=True).first()
    if found is None or not found.totp:
        return False
    step = _step_of(_kept_secret(found), code, at, found.totp_last)
    return step is not None and bool(Account.objects.filter(id=account, totp_last__lt=step).update(totp_last=step))


def _kept_secret(account: Account) -> str:
    """The account's secret; nothing where it was sealed with another key, after a restore without the old one."""
    from cryptography.fernet import InvalidToken

    try:
        return str(_seal().decrypt(account.totp.encode()).decode())
    except InvalidToken:
        return ""


def take_off(account: str) -> None:
    """Switch the second step off: by its owner, or by whoever runs the accounts when the phone is lost."""
    Account.objects.filter(id=account).update(totp="", totp_last=0)


def _step_of(secret: str, code: str, at: datetime, last: int) -> int | None:
    if not secret:
        return None
    squeezed = "".join(code.split())
    made = pyotp.TOTP(secret)
    for step in sign_in.code_steps(at, last):
        if hmac.compare_digest(made.generate_otp(step).encode(), squeezed.encode()):
            return step
    return None
