"""My settings: looks, password, PIN, second step, where one is signed in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client

from milieu.record.models import Account, SignIn
from milieu.rules import sign_in
from tests.house import House
from tests.web import doors


@pytest.fixture
def vera(willow: House) -> Client:
    """Vera's own browser."""
    doors.person(willow, pin=doors.PIN)
    return doors.signed_in()


def change(browser: Client, do: str, **fields: str) -> Any:
    return browser.post("/settings", {"do": do, **fields})


def account() -> Account:
    return Account.objects.get(login="vera")


def switch_on(browser: Client) -> str:
    """Switch the second step on; the secret. The confirming code is the one of the step before, so that now's is unused."""
    page = change(browser, "code_offer", password=doors.PASSWORD).content.decode()
    found = re.search(r"<code>([A-Z2-7 ]+)</code>.*?name=\"sealed\" value=\"([^\"]+)\"", page, re.DOTALL)
    assert found is not None
    secret = found[1].replace(" ", "")
    assert f"otpauth://totp/Milieu:vera?secret={secret}" in page
    earlier = pyotp.TOTP(secret).at(datetime.now(UTC) - timedelta(seconds=30))
    answer = change(browser, "code", sealed=found[2], code=earlier)
    assert answer.headers["Location"] == "/settings?done=code#code"
    return secret


def test_looks_are_kept(vera: Client) -> None:
    answer = change(vera, "looks", language="en", theme="night", hand="left")
    assert answer.headers["Location"] == "/settings?done=looks#looks"
    page = vera.get("/settings?done=looks").content.decode()
    assert 'data-theme="night" data-hand="left"' in page
    assert "Your pages look like this now." in page


@pytest.mark.parametrize(("field", "value"), [("language", "xx"), ("theme", "neon"), ("hand", "third")])
def test_looks_that_do_not_exist_are_refused(vera: Client, field: str, value: str) -> None:
    answer = change(vera, "looks", **{"language": "en", "theme": "dark", "hand": "left", field: value})
    assert answer.status_code == 409
    assert doors.refusal_in(answer).startswith(f"&#39;{value}&#39; cannot be chosen.")
    assert account().theme == "auto"


def test_a_change_nobody_knows_is_refused(vera: Client) -> None:
    assert doors.refusal_in(change(vera, "promote")) == "There is no such setting. Load the page again."


def test_a_new_password_ends_the_sign_ins_elsewhere(vera: Client) -> None:
    elsewhere = doors.signed_in()
    answer = change(vera, "password", password=doors.PASSWORD, new_password="slow river at noon")
    assert answer.headers["Location"] == "/settings?done=password#password"
    assert vera.get("/today").status_code == 200
    assert elsewhere.get("/today").status_code == 302
    assert doors.enter(Client(), "vera").status_code == 403
    assert doors.enter(Client(), "vera", "slow river at noon").status_code == 302


@pytest.mark.parametrize(
    ("now", "new", "said"),
    [
        ("wrong", "slow river at noon", "That is not the password you sign in with here."),
        (doors.PASSWORD, "short", "Make the password at least 10 characters long."),
        (doors.PASSWORD, "1234567890", "Many people use this password"),
        (doors.PASSWORD, "veralang1990", "Your name is guessed first."),
    ],
)
def test_a_password_is_not_changed_to_a_weak_one_nor_by_somebody_else(
    vera: Client, now: str, new: str, said: str
) -> None:
    before = account().password
    answer = change(vera, "password", password=now, new_password=new)
    assert answer.status_code == 409
    assert doors.refusal_in(answer).startswith(said)
    assert account().password == before


def test_guessing_the_password_inside_is_slowed_as_well(vera: Client) -> None:
    for _ in range(5):
        change(vera, "pin", password="guess", pin="5093")
    answer = change(vera, "pin", password=doors.PASSWORD, pin="5093")
    assert doors.refusal_in(answer).startswith("That was tried too often.")


def test_a_pin_is_chosen_with_the_password_and_given_up_without(vera: Client) -> None:
    before = account().pin
    assert doors.refusal_in(change(vera, "pin", password=doors.PASSWORD, pin="1234")).startswith("This PIN is guessed")
    assert doors.refusal_in(change(vera, "pin", password="wrong", pin="5093")).startswith("That is not the password")
    assert account().pin == before
    assert change(vera, "pin", password=doors.PASSWORD, pin="5093").status_code == 302
    assert account().pin not in {"", before}
    assert change(vera, "pin_off").status_code == 302
    assert account().pin == ""


def test_the_second_step_is_asked_for_after_the_password(vera: Client) -> None:
    secret = switch_on(vera)
    browser = Client()
    answer = doors.enter(browser, to="/rounds")
    assert answer.headers["Location"] == "/sign-in/second-step?to=%2Frounds"
    assert browser.get("/rounds").headers["Location"] == "/sign-in?to=/rounds"
    assert browser.get("/sign-in").headers["Location"] == "/sign-in/second-step"
    half = doors.cookie(browser)
    code = pyotp.TOTP(secret).now()
    assert (
        browser.post("/sign-in/second-step", {"code": f"{code[:3]} {code[3:]}", "to": "/rounds"}).headers["Location"]
        == "/rounds"
    )
    assert doors.cookie(browser) != half
    assert browser.get("/rounds").status_code == 200
    assert SignIn.objects.filter(waits_for="totp").count() == 0


def test_there_is_no_second_step_where_none_is_open(vera: Client) -> None:
    assert vera.get("/sign-in/second-step?to=/rounds").headers["Location"] == "/rounds"
    assert vera.post("/sign-in/second-step", {"code": "123456"}).headers["Location"] == "/"


def test_a_code_works_once(vera: Client) -> None:
    code = pyotp.TOTP(switch_on(vera)).now()
    first, second = Client(), Client()
    doors.enter(first)
    doors.enter(second)
    assert first.post("/sign-in/second-step", {"code": code}).status_code == 302
    answer = second.post("/sign-in/second-step", {"code": code})
    assert (answer.status_code, doors.refusal_in(answer)) == (403, str(sign_in.NO_FIT_CODE))


def test_guessing_codes_is_slowed_and_half_a_sign_in_opens_nothing(vera: Client) -> None:
    code = pyotp.TOTP(switch_on(vera)).now()
    browser = Client()
    doors.enter(browser)
    wrong = str((int(code) + 1) % 1_000_000).zfill(6)
    for _ in range(5):
        browser.post("/sign-in/second-step", {"code": wrong})
    assert doors.refusal_in(browser.post("/sign-in/second-step", {"code": code})).startswith(
        "That was tried too often."
    )
    for path in ("/today", "/settings", "/choose", "/devices"):
        assert browser.get(path).headers["Location"].startswith("/sign-in?to=")
    assert browser.get("/unlock").headers["Location"] == "/sign-in/second-step"
    assert browser.post("/unlock", {"password": doors.PASSWORD}).headers["Location"] == "/sign-in/second-step"
    assert browser.get("/today").status_code == 302


def test_half_a_sign_in_ends_after_ten_minutes(vera: Client) -> None:
    switch_on(vera)
    doors.enter(Client())
    row = SignIn.objects.get(waits_for="totp")
    assert row.ends_at - row.started_at == 600_000


def test_a_wrong_first_code_leaves_the_offer_open(vera: Client) -> None:
    page = change(vera, "code_offer", password=doors.PASSWORD).content.decode()
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert sealed is not None
    assert secret is not None
    answer = change(vera, "code", sealed=sealed[1], code="12")
    assert answer.status_code == 409
    assert secret[1] in answer.content.decode()
    assert account().totp == ""


def test_the_offer_of_another_is_refused(vera: Client, willow: House) -> None:
    doors.person(willow, "otto", "technician")
    page = change(doors.signed_in("otto"), "code_offer", password=doors.PASSWORD).content.decode()
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert sealed is not None
    for given in (sealed[1], "rubbish"):
        answer = change(vera, "code", sealed=given, code="123456")
        assert doors.refusal_in(answer) == "This page was open too long. Begin again with a new code."


def test_the_secret_is_sealed_in_the_table(vera: Client) -> None:
    assert switch_on(vera) not in account().totp


def test_the_second_step_is_switched_off_with_the_password(vera: Client) -> None:
    switch_on(vera)
    assert doors.refusal_in(change(vera, "code_off", password="wrong")).startswith("That is not the password")
    assert account().totp
    assert change(vera, "code_off", password=doors.PASSWORD).status_code == 302
    assert account().totp == ""
    assert doors.enter(Client(), to="/rounds").headers["Location"] == "/rounds"


def test_one_sees_where_one_is_signed_in_and_signs_out_there(vera: Client) -> None:
    elsewhere = doors.signed_in()
    assert vera.get("/settings").content.decode().count("A browser of your own") == 2
    assert change(vera, "places").status_code == 302
    assert elsewhere.get("/today").status_code == 302
    assert vera.get("/today").status_code == 200
