"""A shared tablet: registered by a nurse in charge, used by PIN, locked by itself, taken away from anywhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.test import Client

from milieu.actions import devices
from milieu.actions.refused import Refused
from milieu.queries import today
from milieu.record.models import Account, Device, SignIn
from milieu.rules import moments
from milieu.rules.permissions import May
from tests.house import NOBODY, NOW, House
from tests.web import doors

NO_FIT = "That PIN does not fit. Try again, or choose your name again."


def listed(browser: Client) -> dict[str, str]:
    """The people on the tablet's list: name to assignment."""
    page = browser.get("/sign-in?other=1").content.decode()
    return {name: who for who, name in re.findall(r"who=([0-9a-f]{32}).*?<b>(.*?)</b>", page)}


def type_pin(browser: Client, who: str, pin: str = doors.PIN, **more: str) -> Any:
    return browser.post("/sign-in/pin", {"who": who, "pin": pin, **more})


@pytest.fixture
def ward(willow: House) -> Client:
    """A tablet in Willow House; Vera, Otto and Kim work there, Kim has no PIN."""
    doors.person(willow, "vera", "charge_nurse", pin=doors.PIN)
    doors.person(willow, "otto", "technician", pin="4719")
    doors.person(willow, "kim", "nurse")
    return doors.tablet()


def test_the_tablet_shows_those_who_chose_a_pin(ward: Client) -> None:
    assert list(listed(ward)) == ["Otto B.", "Vera L."]


def test_families_stand_on_no_list_of_the_team(ward: Client, willow: House) -> None:
    doors.person(willow, "fay", "family", pin="5093")
    assert list(listed(ward)) == ["Otto B.", "Vera L."]
    assert "PIN for shared tablets" not in doors.signed_in("fay").get("/settings").content.decode()
    assert "PIN for shared tablets" in doors.signed_in("vera").get("/settings").content.decode()


def test_another_browser_shows_nobody(ward: Client) -> None:
    page = Client().get("/sign-in").content.decode()
    assert "Vera" not in page
    assert Client().get("/sign-in/pin", {"who": listed(ward)["Vera L."]}).headers["Location"] == "/sign-in"
    assert type_pin(Client(), listed(ward)["Vera L."]).headers["Location"] == "/sign-in"
    assert not SignIn.objects.exists()


def test_two_taps_and_a_pin_open_the_board(ward: Client) -> None:
    who = listed(ward)["Vera L."]
    assert "Vera L." in ward.get("/sign-in/pin", {"who": who}).content.decode()
    assert type_pin(ward, who, to="/rounds").headers["Location"] == "/rounds"
    page = ward.get("/rounds").content.decode()
    assert "Vera L." in page
    assert 'data-lock-after="120"' in page


def test_a_wrong_pin_is_refused(ward: Client) -> None:
    answer = type_pin(ward, listed(ward)["Vera L."], "4719")
    assert (answer.status_code, doors.refusal_in(answer)) == (403, NO_FIT)
    assert not SignIn.objects.exists()


def test_three_wrong_pins_bring_a_person_and_lock_nobody_out(ward: Client, willow: House) -> None:
    who = listed(ward)["Otto B."]
    sentences = [doors.refusal_in(type_pin(ward, who, pin)) for pin in ("1111", "2222", "3333")]
    assert sentences[:2] == [NO_FIT, NO_FIT]
    assert sentences[2].startswith("Three PINs did not fit. The person in charge has been told and will come to you.")
    entry = willow.newest()
    assert (entry.kind, entry.role, entry.body["staff"]) == ("need_raised", "system", who)
    assert entry.body["text"] == "Otto B.’s PIN did not fit three times on North tablet. Please go there."
    board = today.board(willow.here, willow.nadia, moments.from_ms(entry.entered_at))
    assert any("Otto B.’s PIN did not fit" in str(need.why) for need in board.needs)
    # the next try waits a little, even with the right PIN, and brings nobody a second time
    before = len(willow.entries())
    assert "Try again in 20 seconds." in doors.refusal_in(type_pin(ward, who, "4719"))
    assert len(willow.entries()) == before
    # others sign in meanwhile
    assert type_pin(ward, listed(ward)["Vera L."]).status_code == 302


def test_a_hidden_list_asks_for_a_first_name(willow: House) -> None:
    doors.person(willow, "vera", "charge_nurse", pin=doors.PIN)
    browser = doors.tablet(hide="1")
    page = browser.get("/sign-in").content.decode()
    assert "Type your first name" in page
    assert "Vera" not in page
    assert browser.post("/sign-in/pin", {"name": "vera", "pin": doors.PIN}).status_code == 302
    assert browser.get("/today").status_code == 200


def test_somebody_nobody_knows_brings_a_person_as_well(willow: House) -> None:
    doors.person(willow, "vera", "charge_nurse", pin=doors.PIN)
    browser = doors.tablet(hide="1")
    for pin in ("1111", "2222", "3333"):
        browser.post("/sign-in/pin", {"name": "Zed", "pin": pin})
    assert willow.newest().body == {
        "kind": "question", "text": "A PIN did not fit three times on North tablet. Please go there.",
    }  # fmt: skip


def test_a_pin_kept_with_older_parameters_is_kept_anew(ward: Client) -> None:
    older = hashers.PBKDF2PasswordHasher().encode("4719", "salt", iterations=1000)
    Account.objects.filter(login="otto").update(pin=older)
    assert type_pin(ward, listed(ward)["Otto B."], "4719").status_code == 302
    assert Account.objects.get(login="otto").pin.startswith("argon2$")


@pytest.mark.parametrize("asked", [{}, {"name": " "}, {"who": NOBODY}, {"who": "x" * 99}])
def test_the_page_for_a_pin_is_about_somebody(ward: Client, asked: dict[str, str]) -> None:
    answer = ward.get("/sign-in/pin", asked)
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("token", ["", "rubbish", "x" * 4000])
def test_a_browser_that_only_says_it_is_a_tablet_is_none(ward: Client, token: str) -> None:
    browser = Client()
    browser.cookies["milieu_device"] = token
    page = browser.get("/sign-in").content.decode()
    assert 'name="password"' in page
    assert "Vera" not in page


def test_a_device_of_an_unknown_kind_is_not_registered(willow: House) -> None:
    with pytest.raises(Refused, match="A shared device is one of: tablet, kiosk, wall"):
        devices.register(willow.nadia, NOW, "Hall", kind="fridge")
    assert devices.register(willow.nadia, NOW, "Hall", kind="kiosk")
    assert Device.objects.get().kind == "kiosk"


def test_a_first_name_nobody_has_is_not_told_apart(willow: House) -> None:
    doors.person(willow, "vera", "charge_nurse", pin=doors.PIN)
    browser = doors.tablet(hide="1")
    assert browser.get("/sign-in/pin", {"name": "Zed"}).status_code == 200
    unknown = browser.post("/sign-in/pin", {"name": "Zed", "pin": "4719"})
    known = browser.post("/sign-in/pin", {"name": "Vera", "pin": "4719"})
    assert doors.refusal_in(unknown) == doors.refusal_in(known) == NO_FIT


def test_two_of_one_name_are_told_apart_by_their_pin(willow: House) -> None:
    doors.person(willow, "vera", "charge_nurse", pin=doors.PIN)
    account = doors.person(willow, "otto", "technician", pin="4719")
    second = doors.assign(willow, account, "Vera Brandt", "technician")
    browser = doors.tablet(hide="1")
    assert browser.post("/sign-in/pin", {"name": "Vera", "pin": "4719"}).status_code == 302
    assert SignIn.objects.get().staff == second


def test_the_tablet_locks_after_two_minutes_and_opens_for_the_same_person(ward: Client) -> None:
    who = listed(ward)["Vera L."]
    type_pin(ward, who)
    first = doors.cookie(ward)
    seen = SignIn.objects.get().seen_at
    SignIn.objects.update(seen_at=seen - 151_000)
    assert ward.get("/today").headers["Location"] == "/unlock?to=/today"
    shown = ward.get("/unlock?to=/today").content.decode()
    assert "Vera L." in shown
    assert "Locked. What you began is kept for you." in shown
    assert type_pin(ward, who, to="/today").headers["Location"] == "/today"
    assert ward.get("/today").status_code == 200
    assert doors.cookie(ward) != first
    assert SignIn.objects.count() == 1


def test_saying_that_one_is_there_keeps_the_tablet_open(ward: Client) -> None:
    type_pin(ward, listed(ward)["Vera L."])
    seen = SignIn.objects.get().seen_at
    SignIn.objects.update(seen_at=seen - 100_000)
    assert ward.post("/stay").status_code == 204
    assert SignIn.objects.get().seen_at >= seen
    SignIn.objects.update(seen_at=seen - 200_000)
    assert ward.post("/stay", headers={"X-Act": "1"}).status_code == 401


def test_somebody_else_takes_over_and_the_first_is_out(ward: Client) -> None:
    people = listed(ward)
    type_pin(ward, people["Vera L."])
    first = doors.cookie(ward)
    ward.post("/lock")
    assert list(listed(ward)) == ["Otto B.", "Vera L."]
    assert type_pin(ward, people["Otto B."], "4719").status_code == 302
    assert "Otto B." in ward.get("/today").content.decode()
    ward.cookies["milieu_in"] = first
    assert ward.get("/today").headers["Location"].startswith("/sign-in")


def test_unfinished_words_are_sealed_for_their_owner(ward: Client) -> None:
    people, keys = listed(ward), []
    for name, pin in (("Vera L.", doors.PIN), ("Otto B.", "4719"), ("Vera L.", doors.PIN)):
        type_pin(ward, people[name], pin)
        found = re.search(r'data-account="(\w+)" data-draft-key="(\w+)"', ward.get("/log").content.decode())
        assert found is not None
        keys.append(found.groups())
    assert keys[0] == keys[2]
    assert not set(keys[0]) & set(keys[1])


def test_a_password_works_on_the_tablet_for_those_without_a_pin(ward: Client) -> None:
    assert "Sign in with a PIN" in ward.get("/sign-in?password=1").content.decode()
    assert doors.enter(ward, "kim").status_code == 302
    assert ward.cookies["milieu_in"]["max-age"] == ""
    assert 'data-lock-after="120"' in ward.get("/today").content.decode()
    ward.post("/lock")
    assert 'name="password"' in ward.get("/unlock").content.decode()
    assert ward.post("/unlock", {"password": doors.PASSWORD}).headers["Location"] == "/"


def test_somebody_of_another_house_is_sent_away_from_the_tablet(ward: Client, birch: House) -> None:
    doors.person(birch, "fay", "nurse")
    answer = doors.enter(ward, "fay")
    assert doors.refusal_in(answer).startswith("You do not work in the community this tablet belongs to.")
    assert not SignIn.objects.exists()


def test_whoever_registers_a_tablet_is_signed_in_on_a_shared_one_from_then_on(willow: House) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    assert browser.post("/devices", {"label": "North tablet"}).headers["Location"] == "/devices"
    morsel = browser.cookies["milieu_device"]
    assert (morsel["httponly"], morsel["samesite"]) == (True, "Lax")
    assert Device.objects.get().token != morsel.value
    page = browser.get("/devices").content.decode()
    assert "North tablet" in page
    assert "Vera L. is signed in" in page
    assert 'data-lock-after="120"' in page


def test_my_settings_say_who_signs_on_this_tablet(ward: Client) -> None:
    type_pin(ward, listed(ward)["Vera L."])
    page = ward.get("/settings").content.decode()
    assert "North tablet is shared. Who signs on it with a PIN: Otto B., Vera L." in page
    assert "This is a shared tablet. Add a passkey on a device of your own." in page
    assert "Who signs on it" not in doors.signed_in("vera").get("/settings").content.decode()


@pytest.mark.parametrize("label", ["North\x00tablet", "N" * 300, "<b>North</b>"])
def test_whatever_is_typed_as_a_name_is_kept_as_text(willow: House, label: str) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    assert browser.post("/devices", {"label": label}).status_code == 302
    assert "<b>North</b>" not in browser.get("/devices").content.decode()
    assert len(Device.objects.get().label) <= 60


def test_a_tablet_needs_a_name(willow: House) -> None:
    doors.person(willow)
    answer = doors.signed_in().post("/devices", {"label": "  "})
    assert answer.status_code == 409
    assert doors.refusal_in(answer) == "Give the tablet a name people know it by, such as Ward tablet."
    assert not Device.objects.exists()


def test_a_tablet_is_taken_away_from_anywhere(ward: Client) -> None:
    type_pin(ward, listed(ward)["Otto B."], "4719")
    office, device = doors.signed_in("vera"), Device.objects.get().id
    assert office.post(f"/devices/{device}/remove").headers["Location"] == "/devices"
    assert ward.get("/today").headers["Location"].startswith("/sign-in")
    assert listed(ward) == {}
    assert office.get("/today").status_code == 200
    assert doors.refusal_in(office.post(f"/devices/{device}/remove")).startswith("There is no such tablet here.")


def test_the_list_is_hidden_and_shown_again_from_anywhere(ward: Client) -> None:
    office, device = doors.signed_in("vera"), Device.objects.get().id
    office.post(f"/devices/{device}/people", {"show": "0"})
    assert listed(ward) == {}
    office.post(f"/devices/{device}/people", {"show": "1"})
    assert len(listed(ward)) == 2


def test_a_tablet_of_another_house_is_unknown(ward: Client, birch: House) -> None:
    doors.person(birch, "fay", "charge_nurse")
    browser, device = doors.signed_in("fay"), Device.objects.get().id
    assert "North tablet" not in browser.get("/devices").content.decode()
    for what in ("remove", "people"):
        answer = browser.post(f"/devices/{device}/{what}")
        assert doors.refusal_in(answer).startswith("There is no such tablet here.")
    assert Device.objects.get().removed_at is None


def test_a_technician_registers_nothing(willow: House) -> None:
    doors.person(willow, "otto", "technician")
    answer = doors.signed_in("otto").post("/devices", {"label": "Mine"})
    assert answer.status_code == 403
    assert May.REGISTER_DEVICE.value in doors.refusal_in(answer)


def test_a_stranger_at_the_door_slows_neither_the_tablet_nor_a_known_browser(ward: Client, willow: House) -> None:
    known = doors.signed_in("vera")
    known.post("/sign-out")
    stranger = Client()
    for _ in range(8):
        doors.enter(stranger, "vera", "guessing on and on")
    assert doors.refusal_in(doors.enter(stranger, "vera")).startswith("That was tried too often.")
    assert doors.enter(known, "vera").status_code == 302
    assert doors.enter(ward, "vera").status_code == 302
