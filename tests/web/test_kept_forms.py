"""Forms of a kept part of the board carry each reader's own token, never that of whoever came first."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.house import House
from tests.web import doors

pytestmark = pytest.mark.django_db


def _tokens(browser: Client) -> list[str]:
    page = browser.get("/today").content.decode()
    assert "<!--token-->" not in page
    needs = page[page.index('data-region="needs"') :]
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', needs[: needs.index("</section>")])


def test_each_reader_gets_tokens_of_their_own(willow: House) -> None:
    doors.person(willow)
    doors.person(willow, "otto")
    readers = [doors.signed_in(login, enforce_csrf_checks=False) for login in ("vera", "otto")]
    tokens = [_tokens(browser) for browser in readers]
    assert all(tokens)  # everybody here has yet to be seen
    assert len({*tokens[0]} & {*tokens[1]}) == 0


def test_a_token_from_the_board_is_taken(willow: House) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    page = browser.get("/today")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    token = _tokens(browser)[0]
    form = {"stay": willow.carl, "csrfmiddlewaretoken": token, "next": "/today"}
    assert page.status_code == 200
    assert strict.post("/today/seen", {**form, "csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert strict.post("/today/seen", form).status_code == 302
