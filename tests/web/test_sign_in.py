"""Signing in with a name and password, and out: who comes in, what is said, what the cookie is worth."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.test import Client

from milieu.actions import accounts
from milieu.record.models import Account, SignIn, Try
from tests.house import OPENED, House
from tests.web import doors

NO_FIT = "That name and password do not fit together. Try again, or ask the person in charge."


def test_the_right_password_opens_the_page_that_was_asked_for(willow: House) -> None:
    doors.person(willow)
    browser = Client()
    asked = browser.get("/rounds?level=q15")
    assert asked.headers["Location"] == "/sign-in?to=/rounds%3Flevel%3Dq15"
    assert 'value="/rounds?level=q15"' in browser.get(asked.headers["Location"]).content.decode()
    answer = doors.enter(browser, to="/rounds?level=q15")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/rounds?level=q15")
    assert browser.get("/rounds").status_code == 200


@pytest.mark.parametrize("login", ["Vera", " VERA ", "ｖｅｒａ"])
def test_a_name_is_the_same_however_it_is_typed(willow: House, login: str) -> None:
    doors.person(willow)
    assert doors.enter(Client(), login).status_code == 302


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("vera", "green teapot evening"), ("vera", ""), ("vera", doors.PASSWORD + " "), ("vera", "x" * 100_000),
        ("nobody", doors.PASSWORD), ("", ""), ("otto", doors.PASSWORD), ("vera\x00", doors.PASSWORD),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_the_same_words(willow: House, login: str, password: str) -> None:
    doors.person(willow)
    accounts.switch_off(doors.person(willow, "otto"))
    browser = Client()
    answer = doors.enter(browser, login, password)
    assert (answer.status_code, doors.refusal_in(answer)) == (403, NO_FIT)
    assert doors.cookie(browser) == ""
    assert not SignIn.objects.exists()


def test_an_unknown_name_costs_the_same_work(willow: House, monkeypatch: pytest.MonkeyPatch) -> None:
    doors.person(willow)
    hasher = hashers.get_hasher()
    hashed: list[str] = []
    encode, verify = type(hasher).encode, type(hasher).verify
    monkeypatch.setattr(type(hasher), "encode", lambda *given: hashed.append("made") or encode(*given))
    monkeypatch.setattr(type(hasher), "verify", lambda *given: hashed.append("made") or verify(*given))
    doors.enter(Client(), "vera", "wrong password")
    known, hashed[:] = len(hashed), []
    doors.enter(Client(), "nobody", "wrong password")
    assert known == len(hashed) == 1


def test_a_password_kept_with_older_parameters_is_kept_anew(willow: House) -> None:
    account = doors.person(willow)
    older = hashers.PBKDF2PasswordHasher().encode(doors.PASSWORD, "salt", iterations=1000)
    Account.objects.filter(id=account).update(password=older)
    assert doors.enter(Client()).status_code == 302
    renewed = Account.objects.get(id=account).password
    assert renewed.startswith("argon2$argon2id$")
    assert doors.enter(Client()).status_code == 302
    assert Account.objects.get(id=account).password == renewed


def test_the_password_stands_nowhere_as_it_was_typed(willow: House) -> None:
    account = doors.person(willow, pin=doors.PIN)
    doors.enter(Client(), "vera", "some other secret")
    row = Account.objects.filter(id=account).values().get()
    assert doors.PASSWORD not in str(row)
    assert doors.PIN not in row["pin"].split("$")
    assert "vera" not in str(list(Try.objects.values()))
    assert "127.0.0.1" not in str(list(Try.objects.values()))


def test_the_cookie_is_random_hidden_from_script_and_kept_as_a_digest(willow: House) -> None:
    doors.person(willow)
    first, second = doors.signed_in(), doors.signed_in()
    morsel = first.cookies["milieu_in"]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"], morsel["secure"]) == (True, "Lax", "/", "")
    assert morsel["max-age"] == 12 * 3600
    assert len(morsel.value) >= 43
    assert doors.cookie(first) != doors.cookie(second)
    assert not SignIn.objects.filter(token__in=[doors.cookie(first), doors.cookie(second)]).exists()


def test_behind_https_cookies_are_secure(willow: House, settings: object) -> None:
    doors.person(willow)
    settings.HTTPS = True  # type: ignore[attr-defined]
    answer = doors.enter(Client(), "vera")
    assert answer.cookies["milieu_in"]["secure"] is True
    assert answer.cookies["milieu_known"]["secure"] is True
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_a_token_set_by_somebody_else_is_never_taken_over(willow: House) -> None:
    doors.person(willow)
    browser = Client()
    browser.cookies["milieu_in"] = "chosen-by-a-stranger"
    doors.enter(browser)
    assert doors.cookie(browser) != "chosen-by-a-stranger"
    stranger = Client()
    stranger.cookies["milieu_in"] = "chosen-by-a-stranger"
    assert stranger.get("/today").status_code == 302


def test_signing_in_again_ends_the_sign_in_before(willow: House) -> None:
    doors.person(willow)
    doors.person(willow, "otto", "technician")
    browser = doors.signed_in()
    before = doors.cookie(browser)
    doors.enter(browser, "otto")
    assert doors.cookie(browser) != before
    assert SignIn.objects.count() == 1


def test_signing_out_ends_the_row_and_the_cookie(willow: House) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    token = doors.cookie(browser)
    assert browser.post("/sign-out").headers["Location"] == "/sign-in"
    assert doors.cookie(browser) == ""
    browser.cookies["milieu_in"] = token
    assert browser.get("/today").status_code == 302


def test_a_sign_in_ends_after_twelve_hours(willow: House) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    row = SignIn.objects.get()
    assert row.ends_at - row.started_at == 12 * 3_600_000
    SignIn.objects.update(ends_at=row.started_at)
    assert browser.get("/today").headers["Location"] == "/sign-in?to=/today"


def test_a_closed_account_is_out_at_once(willow: House) -> None:
    account = doors.person(willow)
    browser = doors.signed_in()
    accounts.switch_off(account)
    assert browser.get("/today").status_code == 302


def test_being_there_is_written_at_most_every_half_minute(willow: House) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    started = SignIn.objects.get().seen_at
    browser.get("/today")
    assert SignIn.objects.get().seen_at == started
    earlier = started - 31_000
    SignIn.objects.update(seen_at=earlier)
    browser.get("/today", headers={"X-Region": "needs"})
    assert SignIn.objects.get().seen_at == earlier
    browser.get("/today")
    assert SignIn.objects.get().seen_at > earlier


@pytest.mark.parametrize(
    "to",
    [
        "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "\\\\elsewhere.example", "javascript:alert(1)",
        "///elsewhere.example", "elsewhere.example", " //elsewhere.example", "/\t/elsewhere.example", "http:elsewhere.example",
        "/sign-in?to=/x", "/sign-out", "/lock",
    ],
)  # fmt: skip
def test_nobody_is_led_elsewhere_after_signing_in(willow: House, to: str) -> None:
    doors.person(willow)
    assert doors.enter(Client(), to=to).headers["Location"] == "/"
    assert doors.signed_in().get("/sign-in", {"to": to}).headers["Location"] == "/"


def test_a_form_without_its_token_is_refused(willow: House) -> None:
    doors.person(willow)
    answer = doors.enter(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403
    assert doors.refusal_in(answer).startswith("This page was open too long")
    assert not SignIn.objects.exists()


def test_forms_made_before_signing_in_are_void_after_it(willow: House) -> None:
    doors.person(willow)
    browser = Client(enforce_csrf_checks=True)
    browser.get("/sign-in")
    token = browser.cookies["milieu_csrf"].value
    assert doors.enter(browser, csrfmiddlewaretoken=token).status_code == 302
    assert browser.cookies["milieu_csrf"].value != token
    assert browser.post("/sign-out", {"csrfmiddlewaretoken": token}).status_code == 403


def test_the_csrf_cookie_is_hidden_from_script(willow: House) -> None:
    morsel = Client().get("/sign-in").cookies["milieu_csrf"]
    assert (morsel["httponly"], morsel["samesite"]) == (True, "Strict")


@pytest.mark.parametrize("path", ["/residents/%00", "/today?at=%00", "/sign-in?to=/%00", "/residents/%00/who-looked"])
def test_an_address_no_database_can_hold_is_refused(willow: House, path: str) -> None:
    doors.person(willow)
    answer = doors.signed_in().get(path)
    assert (answer.status_code, doors.refusal_in(answer)[:29]) == (400, "What was sent could not be re")


@pytest.mark.parametrize("path", ["/sign-in/passkey", "/settings/passkeys", "/settings/passkeys/ask"])
@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[]",
        "{",
        "null",
        '{"ticket": 1, "credential": 2}',
        '{"password": "\\ud800", "ticket": "\\ud800"}',
        '{"credential": {"id": "\\u0000"}}',
    ],
)
def test_a_script_that_sends_nonsense_is_refused_in_words(willow: House, path: str, sent: str) -> None:
    doors.person(willow)
    answer = doors.signed_in().post(path, sent, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["sentence"]


@pytest.mark.parametrize("path", ["/sign-in", "/today", "/nothing-here", "/settings"])
def test_every_answer_carries_the_headers_that_protect_its_reader(willow: House, path: str) -> None:
    doors.person(willow)
    headers = doors.signed_in().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_somebody_with_two_houses_chooses_one(willow: House, birch: House) -> None:
    account = doors.person(willow)
    other = doors.assign(birch, account, "Vera Lang", "technician")
    browser = doors.signed_in()
    answer = browser.get("/today")
    assert answer.headers["Location"] == "/choose?to=/today"
    page = browser.get("/choose?to=/today").content.decode()
    assert "Willow House" in page
    assert "Birch Court" in page
    assert browser.post("/choose", {"staff": other, "to": "/today"}).headers["Location"] == "/today"
    assert "Birch Court" in browser.get("/today").content.decode()


def test_one_goes_to_the_other_house_from_my_settings(willow: House, birch: House) -> None:
    account = doors.person(willow)
    browser = doors.signed_in()
    assert "Change where I am working" not in browser.get("/settings").content.decode()
    doors.assign(birch, account, "Vera Lang", "technician")
    assert 'href="/choose?to=/settings"' in browser.get("/settings").content.decode()
    assert browser.get("/choose").status_code == 200


def test_nobody_chooses_the_role_of_another(willow: House) -> None:
    doors.person(willow)
    answer = doors.signed_in().post("/choose", {"staff": willow.nadia.staff})
    assert (answer.status_code, doors.refusal_in(answer)) == (403, "You have no such role. Choose one from the list.")


def test_somebody_without_a_house_is_told_whom_to_ask(willow: House) -> None:
    accounts.make("0" * 32, "fay", "Fay Moss", doors.PASSWORD, OPENED, password_hash=doors.kept(doors.PASSWORD))
    browser = doors.signed_in("fay")
    assert browser.get("/today").headers["Location"] == "/choose?to=/today"
    assert "Ask the person who runs the accounts here." in browser.get("/choose").content.decode()


def test_a_locked_browser_of_ones_own_opens_with_the_password(willow: House) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    assert browser.post("/lock", {"next": "/rounds"}).headers["Location"] == "/unlock?to=%2Frounds"
    assert browser.get("/rounds").headers["Location"] == "/unlock?to=/rounds"
    shown = browser.get("/unlock?to=/rounds").content.decode()
    assert "Vera L." in shown
    assert not any(name in shown for name in ("Carl", "Maya"))
    answer = browser.post("/unlock", {"password": "wrong password", "to": "/rounds"})
    assert doors.refusal_in(answer).startswith("That is not the password")
    assert browser.get("/rounds").status_code == 302
    assert browser.post("/unlock", {"password": doors.PASSWORD, "to": "/rounds"}).headers["Location"] == "/rounds"
    assert browser.get("/rounds").status_code == 200


def test_a_browser_of_ones_own_locks_after_eight_hours(willow: House) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    seen = SignIn.objects.get().seen_at
    SignIn.objects.update(seen_at=seen - timedelta(hours=8, minutes=1) // timedelta(milliseconds=1))
    assert browser.get("/today").headers["Location"] == "/unlock?to=/today"


def test_what_a_script_asks_behind_a_lock_is_refused_without_a_page(willow: House) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    browser.post("/lock")
    answer = browser.get("/today", headers={"X-Region": "needs"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "text/plain; charset=utf-8")
    assert answer.content.decode() == "Sign in again. What you typed is kept on this page."
