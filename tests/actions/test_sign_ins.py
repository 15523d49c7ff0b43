"""Making accounts, and signing in at a moment that the test chooses: waits, rehashing, codes at the same moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pyotp
import pytest

from milieu.actions import accounts, codes, secrets, sign_ins, tries
from milieu.actions.refused import Refused
from milieu.actions.sign_ins import From
from milieu.record.models import Account, Passkey, SignIn, Try
from milieu.rules import moments, sign_in
from tests.house import NOBODY, House

AT = datetime(2026, 10, 6, 13, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOME, AWAY = From("192.0.2.1"), From("198.51.100.7")
PASSWORD = "green teapot morning"
HASH = secrets.hashed(PASSWORD)
WRONG = str(sign_in.NO_FIT)


def made(login: str = "vera", **more: str) -> str:
    return accounts.make(NOBODY, login, "Vera Lang", PASSWORD, AT, password_hash=HASH, **more)


def said(login: str, password: str, at: datetime, origin: From = HOME) -> str:
    """What is said to this try; empty when it comes in."""
    try:
        sign_ins.with_password(login, password, at, origin)
    except Refused as refused:
        return str(refused.sentence)
    return ""


# --- accounts


def test_an_account_holds_hashes_and_an_initial(db: None) -> None:
    account = accounts.make(NOBODY, " Vera ", "Vera Lang", PASSWORD, AT, pin="8316", random=Random(1))
    row = Account.objects.get(id=account)
    assert (row.login, row.picture, row.totp) == ("vera", "V", "")
    assert row.password.startswith("argon2$argon2id$")
    assert secrets.fits(PASSWORD, row.password, lambda again: None)
    assert secrets.fits("8316", row.pin, lambda again: None)


def test_the_same_seed_gives_the_same_account(db: None) -> None:
    first = accounts.make(NOBODY, "vera", "Vera Lang", PASSWORD, AT, password_hash=HASH, random=Random(1))
    Account.objects.all().delete()
    assert accounts.make(NOBODY, "vera", "Vera Lang", PASSWORD, AT, password_hash=HASH, random=Random(1)) == first
    assert Account.objects.get(id=first).password == HASH


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"login": "v"}, "account.login"), ({"login": "vera lang"}, "account.login"), ({"name": "  "}, "account.name"),
        ({"password": "short"}, "password.short"), ({"password": "password123"}, "password.common"),
        ({"password": "Vera Lang 12"}, "password.own_name"), ({"pin": "1234"}, "pin.easy"), ({"pin": "12"}, "pin.shape"),
        ({"language": "tlh"}, "account.language"), ({"theme": "neon"}, "account.theme"), ({"hand": "both"}, "account.hand"),
    ],
)  # fmt: skip
def test_an_account_that_would_not_do_is_refused(db: None, change: dict[str, str], code: str) -> None:
    given = {"login": "vera", "name": "Vera Lang", "password": PASSWORD, **change}
    with pytest.raises(Refused) as refused:
        accounts.make(NOBODY, given.pop("login"), given.pop("name"), given.pop("password"), AT, **given)
    assert refused.value.sentence.code == code
    assert not Account.objects.exists()


def test_a_name_is_given_once(db: None) -> None:
    made()
    with pytest.raises(Refused, match="The sign-in name 'vera' is taken"):
        made("VERA")
    assert Account.objects.count() == 1


# --- slowing guesses


def test_after_five_failures_each_further_one_waits_longer(db: None) -> None:
    made()
    for n in range(5):
        assert said("vera", "guess", AT + n * SECOND) == WRONG
    assert said("vera", PASSWORD, AT + 5 * SECOND) == "That was tried too often. Try again in 14 seconds."
    assert said("vera", "guess", AT + 20 * SECOND) == WRONG
    assert "Try again in 30 seconds." in said("vera", PASSWORD, AT + 20 * SECOND)
    assert said("vera", PASSWORD, AT + 51 * SECOND) == ""


def test_knocking_on_does_not_lengthen_the_wait(db: None) -> None:
    made()
    for _ in range(5):
        said("vera", "guess", AT)
    for n in range(1, 15):
        assert "too often" in said("vera", "guess", AT + n * SECOND)
    assert said("vera", PASSWORD, AT + 15 * SECOND) == ""


def test_coming_in_forgets_the_failures_of_that_name(db: None) -> None:
    made()
    for _ in range(4):
        said("vera", "guess", AT)
    assert said("vera", PASSWORD, AT) == ""
    for _ in range(4):
        assert said("vera", "guess", AT + SECOND) == WRONG
    assert said("vera", PASSWORD, AT + SECOND) == ""


def test_an_unknown_name_is_slowed_in_the_same_words(db: None) -> None:
    made()
    answers = {
        login: [said(login, "guess", AT + n * SECOND, From(f"192.0.2.{login}")) for n in range(8)]
        for login in ("vera", "nobody")
    }
    assert answers["vera"] == answers["nobody"]
    assert "too often" in answers["vera"][-1]


def test_guessing_at_many_names_from_one_address_is_slowed(db: None) -> None:
    made()
    for n in range(30):
        assert said(f"name{n}", "guess", AT, AWAY) == WRONG
    assert "Try again in 5 seconds." in said("vera", PASSWORD, AT, AWAY)
    assert said("vera", PASSWORD, AT, HOME) == ""


def test_nobody_can_shut_out_a_house(db: None) -> None:
    account = made()
    for n in range(200):
        said(f"name{n}", "guess", AT + n * timedelta(minutes=2), HOME)
    late = AT + 199 * timedelta(minutes=2)
    # a stranger at the very same address, trying on and on: known browsers and registered tablets have their own door
    assert said("vera", PASSWORD, late, From(HOME.address, known=account)) == ""
    for n in range(40):
        said(f"other{n}", "guess", late, HOME)
    assert "too often" in said("vera", PASSWORD, late, HOME)
    assert said("vera", PASSWORD, late, From(HOME.address, known=account)) == ""
    # and the wait of a new browser is never longer than a minute
    assert said("vera", PASSWORD, late + timedelta(minutes=1), HOME) == ""


def test_a_browser_known_for_one_is_not_known_for_another(db: None) -> None:
    account = made()
    made("otto")
    for _ in range(5):
        said("otto", "guess", AT, From(HOME.address, known=account))
    assert "too often" in said("otto", PASSWORD, AT, HOME)


def test_tries_made_at_the_same_moment_see_each_other(db: None) -> None:
    one = tries.door("login", "vera", sign_in.LOGIN)
    for _ in range(5):
        tries.begin([one], AT)  # begun, and none of them judged yet
    with pytest.raises(Refused, match="too often"):
        tries.begin([one], AT)


def test_what_is_too_old_to_count_is_dropped(db: None) -> None:
    made()
    said("vera", "guess", AT)
    assert Try.objects.count() == 2
    assert said("vera", PASSWORD, AT + timedelta(days=2)) == ""
    assert Try.objects.count() == 0


# --- sign-ins


def test_ended_sign_ins_are_dropped_when_another_begins(db: None) -> None:
    made()
    said("vera", PASSWORD, AT)
    said("vera", PASSWORD, AT + timedelta(hours=13))
    assert SignIn.objects.count() == 1


def test_an_assignment_that_ended_is_no_choice(willow: House) -> None:
    account = made()
    assert sign_ins.begin(account, AT, HOME).waits_for == ""
    assert SignIn.objects.get().staff == ""
    with pytest.raises(Refused, match="You have no such role"):
        sign_ins.choose(SignIn.objects.get().token, account, "", willow.nadia.staff)


def test_a_lock_keeps_the_moment_it_was_locked(db: None) -> None:
    began = sign_ins.begin(made(), AT, HOME)
    token = sign_in.digest(began.token)
    sign_ins.lock(token, AT)
    sign_ins.lock(token, AT + SECOND)
    assert SignIn.objects.get().locked_at == moments.to_ms(AT)


# --- codes


def test_of_one_code_used_twice_at_the_same_moment_one_counts(db: None) -> None:
    account = made()
    secret, sealed = codes.offer(account, AT)
    codes.confirm(account, sealed, pyotp.TOTP(secret).at(AT - timedelta(seconds=30)), AT)
    code = pyotp.TOTP(secret).at(AT)
    assert [codes.accept(account, code, AT), codes.accept(account, code, AT)] == [True, False]
    assert not codes.accept(account, code, AT + timedelta(seconds=30))
    assert codes.accept(account, pyotp.TOTP(secret).at(AT + timedelta(seconds=30)), AT + timedelta(seconds=30))


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "١٢٣٤٥٦", "0" * 5000])
def test_what_is_no_code_is_not_accepted(db: None, code: str) -> None:
    account = made()
    secret, sealed = codes.offer(account, AT)
    codes.confirm(account, sealed, pyotp.TOTP(secret).at(AT), AT)
    assert not codes.accept(account, code, AT + timedelta(minutes=1))


def test_a_lost_phone_opens_nothing_any_more(db: None) -> None:
    account = made()
    secret, sealed = codes.offer(account, AT)
    codes.confirm(account, sealed, pyotp.TOTP(secret).at(AT), AT)
    Passkey.objects.create(id="key", account=account, public_key="", made_at=0)
    sign_ins.begin(account, AT, HOME)
    accounts.lose_phone(account)
    assert (Account.objects.get(id=account).totp, Passkey.objects.count(), SignIn.objects.count()) == ("", 0, 0)
    assert sign_ins.with_password("vera", PASSWORD, AT, HOME).waits_for == ""


def test_a_secret_sealed_with_another_key_opens_nothing(db: None, settings: Any) -> None:
    account = made()
    secret, sealed = codes.offer(account, AT)
    codes.confirm(account, sealed, pyotp.TOTP(secret).at(AT - timedelta(seconds=30)), AT)
    settings.SECRET_KEY = "the key of another installation"
    assert not codes.accept(account, pyotp.TOTP(secret).at(AT), AT)
    codes.take_off(account)
    assert sign_ins.with_password("vera", PASSWORD, AT, HOME).waits_for == ""


def test_an_offer_ends_after_half_an_hour(db: None) -> None:
    account = made()
    secret, sealed = codes.offer(account, AT)
    late = AT + codes.OFFER_LASTS + SECOND
    with pytest.raises(Refused, match="This page was open too long"):
        codes.confirm(account, sealed, pyotp.TOTP(secret).at(late), late)


def test_taking_the_second_step_off_lets_the_password_do(db: None) -> None:
    account = made()
    secret, sealed = codes.offer(account, AT)
    codes.confirm(account, sealed, pyotp.TOTP(secret).at(AT), AT)
    assert sign_ins.with_password("vera", PASSWORD, AT, HOME).waits_for == "totp"
    codes.take_off(account)
    assert sign_ins.with_password("vera", PASSWORD, AT, HOME).waits_for == ""
    assert not codes.accept(account, pyotp.TOTP(secret).at(AT), AT)
