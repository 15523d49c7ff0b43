"""Signing in and out: making, locking, opening and ending the row behind a browser's cookie.

A cookie holds a random token; its SHA-256 is kept. Whether a door is slowed stands in `tries`, who is behind a cookie in
`queries.viewers`.
"""

from __future__ import annotations

import secrets as randomness
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext

from milieu.actions import codes, needs, secrets, tries
from milieu.actions.refused import Refused, refuse
from milieu.record import ledger
from milieu.record.facts import access
from milieu.record.facts.access import PinHolder, SharedDevice
from milieu.record.models import Account, SignIn
from milieu.rules import moments, sign_in
from milieu.rules.words import Refusal


@dataclass(frozen=True, slots=True)
class Began:
    """A sign-in that has just begun: the token for the cookie, whose it is, and what it still waits for."""

    token: str
    account: str
    ends_at: datetime
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class From:
    """Where a try comes from: the address, the registered device, and whose browser this is known to be."""

    address: str
    device: str = ""
    community: str = ""
    known: str = ""


def with_password(login: str, password: str, at: datetime, origin: From) -> Began:
    """Sign in by name and password. What is wrong is never said, nor shown by time: only that they do not fit."""
    login = sign_in.plain_login(login)
    account = Account.objects.filter(login=login, active=True).first()
    tried = tries.begin(_doors(login, account, origin), at)
    kept = account.password if account else ""
    if (
        not secrets.fits(password[: sign_in.LONGEST_PASSWORD + 1], kept, partial(_keep_password, login, kept))
        or account is None
    ):
        raise Refused(Refusal(sign_in.NO_FIT))
    tries.passed(tried)
    tries.forget_old(at)
    return begin(account.id, at, origin, waits_for="totp" if account.totp else "")


def _doors(login: str, account: Account | None, origin: From) -> list[tries.Door]:
    """A browser its owner has signed in with before, and a registered tablet, have doors of their own.

    So a stranger who guesses from elsewhere slows neither the person at their own browser nor the house.
    """
    known = origin.device or (origin.known if account is not None and origin.known == account.id else "")
    if known:
        return [tries.door("known", f"{known} {login}", sign_in.LOGIN)]
    return [tries.door("login", login, sign_in.LOGIN), tries.door("address", origin.address, sign_in.ADDRESS)]


def _keep_password(login: str, kept: str, again: str) -> None:
    Account.objects.filter(login=login, password=kept).update(password=again)


def begin(account: str, at: datetime, origin: From, *, waits_for: str = "", staff: str = "") -> Began:
    """A fresh sign-in with a fresh token. The assignment is chosen at once where there is only one."""
    lasts = sign_in.SECOND_STEP_LASTS if waits_for else sign_in.SHARED_LASTS if origin.device else sign_in.OWN_LASTS
    choices = access.assignments(account, origin.community)
    if origin.device and not choices:
        raise refuse(
            "sign_in.not_here", "You do not work in the community this tablet belongs to. Use your own device."
        )
    token, at_ms = randomness.token_urlsafe(32), moments.to_ms(at)
    SignIn.objects.filter(ends_at__lt=at_ms).delete()
    SignIn.objects.create(
        token=sign_in.digest(token), account=account, staff=staff or (choices[0].staff if len(choices) == 1 else ""), device=origin.device,
        started_at=at_ms, seen_at=at_ms, ends_at=moments.to_ms(at + lasts), waits_for=waits_for,
    )  # fmt: skip
    return Began(token, account, at + lasts, waits_for)


def with_pin(device: SharedDevice, who: str, name: str, pin: str, at: datetime) -> Began:
    """Sign in on a registered tablet: as the assignment `who`, or by the first `name` where the list is hidden."""
    holders = [
        one for one in access.pin_holders(device.community) if (one.staff == who if who else _is_called(one, name))
    ]
    guessed = holders[0].staff if len(holders) == 1 else f"name {sign_in.plain_login(name)}"
    tried = tries.begin([tries.door("pin", f"{device.id} {guessed}", sign_in.PIN)], at)
    fitting = [one for one in holders if secrets.fits(pin, one.pin, partial(_keep_pin, one))]
    if not holders:
        secrets.hashed(pin)  # the work of a wrong PIN
    if len(fitting) != 1:
        if tried.failures + 1 < sign_in.PIN.free:
            raise Refused(Refusal(sign_in.NO_FIT_PIN))
        if tried.failures + 1 == sign_in.PIN.free:
            _call_for_help(device, holders, at)
        raise Refused(Refusal(sign_in.HELP_COMES))
    tries.passed(tried)
    return begin(fitting[0].account, at, From("", device.id, device.community), staff=fitting[0].staff)


def _is_called(one: PinHolder, name: str) -> bool:
    return bool(name.strip()) and one.name.split()[0].casefold() == name.strip().split()[0].casefold()


def _keep_pin(one: PinHolder, again: str) -> None:
    Account.objects.filter(id=one.account, pin=one.pin).update(pin=again)


def _call_for_help(device: SharedDevice, holders: Sequence[PinHolder], at: datetime) -> None:
    """Three wrong PINs bring a person: it stands on the board as something that needs somebody."""
    with translation.override(device.language):
        if len(holders) == 1:
            text = gettext("%(name)s’s PIN did not fit three times on %(tablet)s. Please go there.") % {
                "name": holders[0].name,
                "tablet": device.label,
            }
        else:
            text = gettext("A PIN did not fit three times on %(tablet)s. Please go there.") % {"tablet": device.label}
    with ledger.writing(device.community, ledger.Author(device=device.id), at) as write:
        needs.put(write, "question", text, staff=holders[0].staff if len(holders) == 1 else "")


def with_code(token: str, account: str, code: str, at: datetime, origin: From) -> Began:
    """The second step: a one-time code. A fresh sign-in takes the place of the half one."""
    tried = tries.begin([tries.door("code", account, sign_in.CODE)], at)
    if not codes.accept(account, code, at):
        raise Refused(Refusal(sign_in.NO_FIT_CODE))
    tries.passed(tried)
    end(token)
    return begin(account, at, origin)


def choose(token: str, account: str, device: str, staff: str) -> None:
    """Work under this assignment from now on. `token` as it is kept."""
    choices = access.assignments(account, access.device_community(device))
    if staff not in {choice.staff for choice in choices}:
        raise refuse("sign_in.no_such_assignment", "You have no such role. Choose one from the list.")
    SignIn.objects.filter(token=token).update(staff=staff)


def touch(token: str, seen_at: datetime, at: datetime) -> None:
    """The person is still there. Written at most every half minute."""
    if at - seen_at >= sign_in.TOUCH_EVERY:
        # with a full disk a page can still be read; the screen then locks a little early
        with suppress(OperationalError):
            SignIn.objects.filter(token=token).update(seen_at=moments.to_ms(at))


def lock(token: str, at: datetime) -> None:
    """Hide everything until the person, or another, comes back."""
    SignIn.objects.filter(token=token, locked_at=None).update(locked_at=moments.to_ms(at))


def end(token: str) -> None:
    """Sign out: the cookie opens nothing any more."""
    SignIn.objects.filter(token=token).delete()


def unlock(token: str, account: str, password: str, at: datetime) -> None:
    """Open a locked browser of one's own with the password."""
    found = Account.objects.get(id=account)
    tried = tries.begin([tries.door("unlock", token, sign_in.LOGIN)], at)
    if not secrets.fits(
        password[: sign_in.LONGEST_PASSWORD + 1], found.password, partial(_keep_password, found.login, found.password)
    ):
        raise Refused(Refusal(sign_in.NO_FIT_HERE))
    tries.passed(tried)
    SignIn.objects.filter(token=token, waits_for="").update(locked_at=None, seen_at=moments.to_ms(at))


def end_others(token: str, account: str) -> int:
    """Sign this account out everywhere but here; how many sign-ins ended."""
    return SignIn.objects.filter(account=account).exclude(token=token).delete()[0]
