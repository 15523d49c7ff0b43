"""Making accounts and changing what belongs to one: password, PIN, language, theme, hand.

Assigning an account to a community is for `staff`; signing in is for `sign_ins`.
"""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.conf import settings
from django.db import IntegrityError, transaction

from milieu.actions import codes, secrets, tries
from milieu.actions.refused import Refused, refuse
from milieu.record.models import Account, Passkey, SignIn
from milieu.rules import ids, moments, sign_in
from milieu.rules.words import Refusal

THEMES = ("auto", "light", "dark", "night")
HANDS = ("right", "left")


def make(
    organisation: str, login: str, name: str, password: str, at: datetime, *, random: Random | None = None, pin: str = "",
    language: str = "en", theme: str = "auto", hand: str = "right", picture: str = "", password_hash: str = "",
    pin_hash: str = "",
) -> str:  # fmt: skip
    """Make an account; its id. `password_hash` and `pin_hash` are hashes of the same secrets made once for many accounts."""
    login = sign_in.plain_login(login)
    _stop(sign_in.login_problem(login))
    if not name.strip():
        raise refuse("account.name", "Give the name of the person.")
    refuse_weak(password, login, name)
    if pin:
        _stop(sign_in.pin_problem(pin))
    _one_of("language", language, [code for code, _ in settings.LANGUAGES])
    _one_of("theme", theme, THEMES)
    _one_of("hand", hand, HANDS)
    made = ids.new_id(moments.to_ms(at), random) if random else ids.new_id(moments.to_ms(at))
    account = Account(
        id=made, organisation=organisation, login=login, name=sign_in.storable(name).strip()[:120], language=language, theme=theme, hand=hand,
        password=password_hash or secrets.hashed(password), pin=(pin_hash or secrets.hashed(pin)) if pin else "",
        picture=picture[:8] or name.strip()[0].upper(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as taken:
        raise refuse("account.taken", "The sign-in name '{login}' is taken. Choose another.", login=login) from taken
    return made


def refuse_weak(password: str, login: str, name: str) -> None:
    """Refuse a password that would be guessed."""
    _stop(sign_in.password_problem(password, login, name, secrets.is_common(password)))


def give_password(account: str, password: str, *, except_token: str = "") -> None:
    """Set a password for somebody, without asking for the old one. Every other sign-in of the account ends."""
    found = Account.objects.get(id=account)
    refuse_weak(password, found.login, found.name)
    Account.objects.filter(id=account).update(password=secrets.hashed(password))
    SignIn.objects.filter(account=account).exclude(token=except_token).delete()


def change_preferences(account: str, *, language: str, theme: str, hand: str) -> None:
    """Language, theme and the hand that holds the tablet."""
    _one_of("language", language, [code for code, _ in settings.LANGUAGES])
    _one_of("theme", theme, THEMES)
    _one_of("hand", hand, HANDS)
    Account.objects.filter(id=account).update(language=language, theme=theme, hand=hand)


def prove(account: str, password: str, at: datetime) -> None:
    """Refuse unless this is the account's password: asked before a secret is changed, and slowed like every door."""
    found = Account.objects.get(id=account)
    tried = tries.begin([tries.door("prove", account, sign_in.LOGIN)], at)
    if not secrets.fits(password[: sign_in.LONGEST_PASSWORD + 1], found.password, lambda again: None):
        raise Refused(Refusal(sign_in.NO_FIT_HERE))
    tries.passed(tried)


def give_pin(account: str, pin: str) -> None:
    """Set the PIN for shared tablets; an empty one takes the person off their lists."""
    if pin:
        _stop(sign_in.pin_problem(pin))
    Account.objects.filter(id=account).update(pin=secrets.hashed(pin) if pin else "")


def lose_phone(account: str) -> None:
    """A phone is lost: its codes and passkeys open nothing any more, and the account is signed out everywhere."""
    codes.take_off(account)
    Passkey.objects.filter(account=account).delete()
    SignIn.objects.filter(account=account).delete()


def switch_off(account: str) -> None:
    """Close an account: it can no longer sign in, and its sign-ins end."""
    Account.objects.filter(id=account).update(active=False)
    SignIn.objects.filter(account=account).delete()


def _stop(problem: Refusal | None) -> None:
    if problem is not None:
        raise Refused(problem)


def _one_of(what: str, value: str, known: list[str] | tuple[str, ...]) -> None:
    if value not in known:
        raise refuse(
            f"account.{what}",
            "'{value}' cannot be chosen. Choose one of: {known}.",
            value=value,
            known=", ".join(known),
        )
