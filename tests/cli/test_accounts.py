"""Accounts are made, listed, given new secrets and closed; no secret is shown twice and none is kept as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from milieu.actions import accounts
from milieu.queries import accounts as queries
from milieu.record.models import Account, SignIn
from tests.cli.conftest import Ended, Place
from tests.house import NOW, House

Typed = Callable[..., Ended]


@pytest.fixture
def nora(willow: House) -> str:
    """Nora's account in Willow House's organisation."""
    return accounts.make(queries.organisation_of(willow.id), "nora", "Nora Vale", "seven-blue-boats", NOW)


def test_an_account_is_made_and_assigned(willow: House, typed: Typed) -> None:
    ended = typed("user", "add", "sam", "--name", "Sam Whitlow", "--role", "nurse", "--generate", "--json")
    assert (ended.code, ended.data["login"], len(ended.data["password"])) == (0, "sam", 14)
    found = queries.one("sam")
    assert found is not None
    assert (found.name, found.organisation, [work.role for work in found.works]) == (
        "Sam Whitlow", queries.organisation_of(willow.id), ["nurse"],
    )  # fmt: skip
    kept = Account.objects.get(login="sam").password
    assert kept.startswith("argon2$")
    assert ended.data["password"] not in kept


def test_somebody_with_an_account_is_only_assigned(willow: House, typed: Typed, nora: str) -> None:
    assert typed("user", "add", "nora", "--role", "therapist").code == 0
    found = queries.one("nora")
    assert found is not None
    assert (found.id, [work.role for work in found.works]) == (nora, ["therapist"])
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "nora"], "Nora Vale has the account 'nora' already. Give a --role to assign them somewhere."),
        (
            ["add", "kim", "--name", "Kim", "--role", "emperor"],
            "There is no role 'emperor' in Willow House. Use one of:",
        ),
        (["add", "kim"], "Give --name: nobody is here to be asked."),
        (["add", "k im", "--name", "Kim"], "A sign-in name has 2 to 120 letters"),
        (["add", "kim", "--name", "Kim", "--pin", "1234"], "This PIN is guessed first."),
        (["add", "kim", "--name", "Kim", "--password", "short"], "Make the password at least 10 characters long."),
        (["password", "nobody"], "There is no account 'nobody'. See them all with: milieu user list"),
        (["password", "nora", "--password", "nora-nora"], "Make the password at least 10 characters long."),
        (["pin", "nora"], "Give --pin: nobody is here to be asked."),
        (["pin", "nora", "--pin", "12345"], "A PIN has 4 digits."),
        (["disable", "nobody"], "There is no account 'nobody'."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_told_and_nothing_changes(
    willow: House, typed: Typed, nora: str, words: list[str], said: str
) -> None:
    before = list(Account.objects.values()), willow.newest().n
    ended = typed("user", *words)
    assert (ended.code, said in ended.err) == (2, True), ended.err
    assert (list(Account.objects.values()), willow.newest().n) == before


def test_a_new_password_ends_every_sign_in(typed: Typed, nora: str) -> None:
    SignIn.objects.create(token="t", account=nora, started_at=1, seen_at=1, ends_at=2)
    before = Account.objects.get(id=nora).password
    ended = typed("user", "password", "nora", "--generate")
    assert ended.code == 0
    assert "and is not shown again." in ended.out
    assert Account.objects.get(id=nora).password != before
    assert SignIn.objects.count() == 0


def test_a_pin_is_kept_as_a_hash(typed: Typed, nora: str) -> None:
    assert typed("user", "pin", "nora", "--pin", "7391").out == "Nora Vale has a new PIN.\n"
    assert Account.objects.get(id=nora).pin.startswith("argon2$")


def test_a_closed_account_ends_its_sign_ins_and_stays_in_the_list(typed: Typed, nora: str) -> None:
    SignIn.objects.create(token="t", account=nora, started_at=1, seen_at=1, ends_at=2)
    assert typed("user", "disable", "nora").out == "The account of Nora Vale is closed.\n"
    assert SignIn.objects.count() == 0
    assert "closed" in typed("user", "list").out
    assert typed("user", "disable", "nora").err == "The account of Nora Vale is closed already.\n"


def test_the_list_tells_no_secret(typed: Typed, nora: str) -> None:
    typed("user", "pin", "nora", "--pin", "7391")
    ended = typed("user", "list", "--json")
    assert ended.data == [
        {"id": nora, "organisation": ended.data[0]["organisation"], "login": "nora", "name": "Nora Vale", "is_active": True,
         "has_pin": True, "has_second_step": False, "works": []}
    ]  # fmt: skip
    assert "argon2" not in ended.out + typed("user", "list").out


def test_a_password_typed_in_the_environment_is_used(house: Place) -> None:
    house.did("user", "password", "nadia", MILIEU_PASSWORD="four-green-doors")
    ((first,),) = house.sql("SELECT password FROM account")
    house.did("user", "password", "nadia", MILIEU_PASSWORD="four-green-doors")
    assert house.sql("SELECT password FROM account") != [(first,)]


def test_a_lost_phone_leaves_the_password(typed: Typed, nora: str) -> None:
    Account.objects.filter(id=nora).update(totp="sealed")
    ended = typed("user", "second-step-off", "nora")
    assert ended.code == 0
    assert Account.objects.get(id=nora).totp == ""
