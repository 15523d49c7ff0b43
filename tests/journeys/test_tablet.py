"""A shared tablet: registered once, then a list of people and a PIN; what somebody began waits for them alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.living import LiveHouse
from tests.journeys.people import PIN

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
WORDS = "She stayed with Dee until the alarm was over"


class TestASharedTablet:
    """Nadia registers the tablet; Bea begins a sentence, is called away, and Joel takes over meanwhile."""

    def test_unfinished_words_wait_for_their_owner_only(self, open_: Open, live_house: LiveHouse) -> None:
        self.tablet, self.house = open_(live_house), live_house
        self.given_a_registered_tablet()
        self.when_bea_comes_in_with_her_pin()
        self.when_bea_begins_to_write_and_leaves_the_tablet_alone()
        self.then_it_warns_and_locks_and_shows_nothing()
        self.when_joel_takes_over()
        self.then_joel_does_not_see_beas_words()
        self.when_bea_comes_back()
        self.then_her_words_are_there()

    def given_a_registered_tablet(self) -> None:
        self.page = self.tablet.sign_in("nadia")
        self.tablet.go("/devices")
        self.page.get_by_label("Name of the tablet").fill("Kitchen tablet")
        self.page.get_by_role("button", name="Register").click()
        expect(self.page.get_by_text("this one", exact=True)).to_be_visible()
        self.tablet.axe("the tablets")
        self.page.locator("#lock").click()
        self.page.get_by_role("link", name="Someone else").click()

    def when_bea_comes_in_with_her_pin(self) -> None:
        expect(self.page.get_by_role("link", name=re.compile("^N? ?Nadia R"))).to_be_visible()
        self.tablet.axe("the list of people")
        self.comes_in("Bea")

    def comes_in(self, name: str) -> None:
        self.page.get_by_role("link", name=re.compile(name)).click()
        expect(self.page.locator("[data-pad] button").first).to_be_visible()
        self.tablet.axe("the PIN")
        for digit in PIN:
            self.page.locator("[data-pad]").get_by_role("button", name=digit, exact=True).click()
        expect(self.page.locator(".me-name")).to_contain_text(name)

    def sheet(self) -> None:
        self.tablet.go(f"/log?who={self.house.stay('Ruth Mbeki')}&kind=noticed")
        self.page.get_by_text("Add your own words first").click()

    def when_bea_begins_to_write_and_leaves_the_tablet_alone(self) -> None:
        self.page.clock.install()
        self.sheet()
        self.page.get_by_label("In your words").fill(WORDS)
        self.page.clock.run_for(1000)
        self.page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('draft'))")
        kept = str(self.page.evaluate("() => JSON.stringify(localStorage)"))
        assert "Dee" not in kept

    def then_it_warns_and_locks_and_shows_nothing(self) -> None:
        self.page.clock.run_for(105_000)
        expect(self.page.get_by_role("dialog")).to_contain_text(re.compile(r"\d+ seconds|lock", re.I))
        self.page.clock.run_for(25_000)
        expect(self.page.get_by_text("Locked")).to_be_visible()
        assert WORDS not in self.page.content()
        assert "Ruth" not in self.page.content()
        self.tablet.axe("the lock")

    def when_joel_takes_over(self) -> None:
        self.page.get_by_role("link", name="Someone else").click()
        self.comes_in("Joel")

    def then_joel_does_not_see_beas_words(self) -> None:
        self.sheet()
        self.page.wait_for_timeout(400)
        expect(self.page.get_by_label("In your words")).to_have_value("")

    def when_bea_comes_back(self) -> None:
        self.page.locator("#lock").click()
        self.page.get_by_role("link", name="Someone else").click()
        self.comes_in("Bea")

    def then_her_words_are_there(self) -> None:
        self.sheet()
        expect(self.page.get_by_label("In your words")).to_have_value(WORDS)
        self.page.get_by_role("button", name="Welcomed a newcomer").click()
        expect(self.page.locator(".undo")).to_contain_text("Ruth")
        self.sheet()
        self.page.wait_for_timeout(400)
        expect(self.page.get_by_label("In your words")).to_have_value("")


def test_a_wrong_pin_says_so_and_shuts_nobody_out(open_: Open, live_house: LiveHouse) -> None:
    tablet = open_(live_house)
    page = tablet.sign_in("nadia")
    tablet.go("/devices")
    page.get_by_label("Name of the tablet").fill("Hall tablet")
    page.get_by_role("button", name="Register").click()
    tablet.go(f"/sign-in/pin?who={live_house.known['staff']['joel']}")
    page.get_by_label("PIN, 4 digits").fill("7391")
    expect(page.get_by_text("That PIN does not fit")).to_be_visible()
    tablet.axe("a PIN that does not fit")
    page.get_by_label("PIN, 4 digits").fill(PIN)
    expect(page.locator(".me-name")).to_contain_text("Joel")


def test_a_tap_on_the_warning_stays_signed_in(open_: Open, live_house: LiveHouse) -> None:
    nurse = open_(live_house)
    nurse.sign_in("nadia")
    nurse.go("/devices")
    nurse.page.get_by_label("Name of the tablet").fill("Night tablet")
    nurse.page.get_by_role("button", name="Register").click()
    page = nurse.page
    page.clock.install()
    nurse.go("/today")
    page.clock.run_for(103_000)
    expect(page.get_by_role("dialog")).to_be_visible()
    nurse.axe("the warning")
    page.get_by_role("button", name=re.compile("Stay|here", re.I)).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.clock.run_for(60_000)
    expect(page.locator("#lock")).to_be_visible()
