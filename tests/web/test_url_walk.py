"""Every path says who may come, and keeps to it: a walk over all of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from milieu import urls
from milieu.record.models import Opening
from milieu.rules.permissions import PERMISSIONS, May
from milieu.web.shared.screens import AUDIENCES, Declared
from tests.house import NOBODY, House
from tests.web import doors

PATTERNS: list[URLPattern] = list(urls.urlpatterns)
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
EVERY_ROLE = frozenset.intersection(*PERMISSIONS.values())


def declared(pattern: URLPattern) -> Declared:
    found = getattr(pattern, "declared", None)
    assert isinstance(found, Declared), f"/{pattern.pattern} declares nothing: put it on its path with screens.screen"
    return found


def named(patterns: list[URLPattern]) -> Any:
    return pytest.mark.parametrize("pattern", patterns, ids=lambda pattern: pattern.name)


CLOSED = [
    one for one in PATTERNS if declared(one).audience in {"staff", "manager", "everyone"} or one.name == "entries"
]
GUARDED = [one for one in PATTERNS if declared(one).may not in {None, *EVERY_ROLE}]
OF_A_STAY = [one for one in PATTERNS if "stay" in one.pattern.converters]
OPENING = [one for one in PATTERNS if declared(one).opens]


def address(pattern: URLPattern, stay: str = NOBODY) -> str:
    """The path with its parts filled in: `stay` where one is asked for, something unknown elsewhere."""
    return "/" + re.sub(r"<\w+:(\w+)>", lambda part: stay if part[1] == "stay" else NOBODY, str(pattern.pattern))


def ask(browser: Client, pattern: URLPattern, stay: str = NOBODY) -> Any:
    return browser.generic(declared(pattern).methods[0], address(pattern, stay))


def without_tokens(answer: Any) -> str:
    """A page without what differs each time it is made."""
    return re.sub(r'value="[\w-]{64}"|[0-9a-f]{32}|\d\d:\d\d(:\d\d)?', "", answer.content.decode())


@named(PATTERNS)
def test_every_path_says_who_may_come(pattern: URLPattern) -> None:
    said = declared(pattern)
    assert pattern.name
    assert said.audience in AUDIENCES
    assert said.may is None or isinstance(said.may, May)
    assert said.methods
    assert set(said.methods) <= METHODS
    if said.opens:
        assert "stay" in pattern.pattern.converters


def test_every_path_has_a_name_of_its_own() -> None:
    names = [pattern.name for pattern in PATTERNS]
    assert len(names) == len(set(names))


@named(CLOSED)
def test_nobody_comes_in_without_signing_in(db: None, pattern: URLPattern) -> None:
    answer = ask(Client(), pattern)
    if pattern.name == "entries":
        assert answer.status_code == 401
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in")


@named(GUARDED)
def test_another_role_is_refused_with_a_sentence(willow: House, pattern: URLPattern) -> None:
    may = declared(pattern).may
    role = next(role for role, allowed in PERMISSIONS.items() if may not in allowed)
    doors.person(willow, "fay", role)
    answer = ask(doors.signed_in("fay"), pattern, willow.carl)
    assert answer.status_code == 403
    assert doors.refusal_in(answer).startswith("In your role here you cannot ")


@named(OF_A_STAY)
def test_somebody_of_another_house_is_as_unknown_as_nobody(willow: House, birch: House, pattern: URLPattern) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    other, nobody = ask(browser, pattern, birch.liam), ask(browser, pattern, NOBODY)
    assert other.status_code in {404, 409}
    assert (other.status_code, without_tokens(other)) == (nobody.status_code, without_tokens(nobody))
    assert "Liam" not in other.content.decode()
    assert not Opening.objects.exists()


@named(PATTERNS)
def test_a_path_answers_only_to_its_methods(willow: House, pattern: URLPattern) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    for method in METHODS - set(declared(pattern).methods):
        assert browser.generic(method, address(pattern, willow.carl)).status_code == 405


@named([pattern for pattern in PATTERNS if "POST" in declared(pattern).methods])
def test_a_form_from_elsewhere_is_refused(willow: House, pattern: URLPattern) -> None:
    doors.person(willow)
    token = doors.cookie(doors.signed_in())
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["milieu_in"] = token
    answer = browser.post(address(pattern, willow.carl), {"sent": "from elsewhere"})
    assert answer.status_code == 403
    assert "Nothing was recorded" in answer.content.decode()


@named(OPENING)
def test_each_opening_of_a_page_about_somebody_is_written_down_once(willow: House, pattern: URLPattern) -> None:
    account = doors.person(willow)
    browser = doors.signed_in()
    for times in (1, 2):
        assert ask(browser, pattern, willow.carl).status_code == 200
        assert Opening.objects.count() == times
    row = Opening.objects.values().last()
    assert row is not None
    assert (row["community"], row["stay"], row["account"], row["role"]) == (
        willow.id,
        willow.carl,
        account,
        "charge_nurse",
    )
    assert row["page"].startswith(pattern.name)


def test_the_walk_meets_pages_of_every_kind() -> None:
    assert {"resident", "who_looked"} <= {pattern.name for pattern in OPENING}
    assert {"today", "rounds", "log", "devices"} <= {pattern.name for pattern in GUARDED}
    assert len(OF_A_STAY) >= 4
