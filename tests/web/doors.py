"""Somebody at the door, for tests of screens: an account in a house, a browser signed in, a tablet registered."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.test import Client

from milieu.actions import accounts, secrets, staff
from milieu.record import ledger
from milieu.record.ledger import Author
from tests.house import OPENED, House

PASSWORD = "green teapot morning"
PIN = "8316"
NAMES = {"vera": "Vera Lang", "otto": "Otto Brandt", "kim": "Kim Sato", "fay": "Fay Moss"}


@cache
def kept(secret: str) -> str:
    """The hash of a secret, made once for all tests."""
    return secrets.hashed(secret)


def person(where: House, login: str = "vera", role: str = "charge_nurse", pin: str = "") -> str:
    """Somebody with an account and a role in this house; the account."""
    name = NAMES[login]
    made = accounts.make(
        "0" * 32,
        login,
        name,
        PASSWORD,
        OPENED,
        password_hash=kept(PASSWORD),
        pin=pin,
        pin_hash=kept(pin) if pin else "",
    )
    assign(where, made, name, role)
    return made


def assign(where: House, account: str, name: str, role: str) -> str:
    """A role in this house; the assignment."""
    with ledger.writing(where.id, Author(), OPENED) as write:
        return staff.put(write, account, name, role)


def enter(browser: Client, login: str = "vera", password: str = PASSWORD, **more: str) -> Any:
    """Type name and password; the answer."""
    return browser.post("/sign-in", {"login": login, "password": password, **more})


def signed_in(login: str = "vera", **options: Any) -> Client:
    """A browser in which this person is signed in."""
    browser = Client(**options)
    assert enter(browser, login).status_code == 302
    return browser


def tablet(login: str = "vera", **more: str) -> Client:
    """A tablet this person has registered; nobody is signed in on it."""
    browser = signed_in(login)
    assert browser.post("/devices", {"label": "North tablet", **more}).status_code == 302
    browser.post("/sign-out")
    return browser


def cookie(browser: Client) -> str:
    """The token of the sign-in in this browser; empty when there is none."""
    morsel = browser.cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel is not None else ""


def refusal_in(answer: Any) -> str:
    """The sentence a page says no with."""
    found = re.search(r"data-refusal[^>]*>(.*?)</p>", answer.content.decode(), re.DOTALL)
    assert found is not None, answer.content.decode()[:2000]
    return re.sub(r"<[^>]*>", "", found.group(1)).strip()
