"""A browser without script: everything can be recorded, found and undone; only live updates and the palette are missing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.living import LiveHouse
from tests.journeys.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]


class TestWithoutScript:
    """One hour of work by somebody whose browser runs no script."""

    def test_an_hour_of_work_without_script(self, open_: Open, live_house: LiveHouse) -> None:
        self.reader, self.house = open_(live_house, java_script_enabled=False), live_house
        self.page = self.reader.sign_in("nadia")
        self.she_records_a_check()
        self.she_takes_it_back()
        self.she_logs_something_good()
        self.she_opens_a_resident()
        self.she_sets_how_pages_look()
        self.she_locks_and_comes_back()

    def she_records_a_check(self) -> None:
        self.page.goto(f"{self.house.url}/rounds?stay={self.house.stay('Aisha Noor')}")
        self.page.locator(".chip").filter(has_text="Talked").click()
        self.page.locator(".pad-button").nth(1).click()
        expect(self.page.locator(".undo")).to_contain_text("Aisha")

    def she_takes_it_back(self) -> None:
        self.page.get_by_role("button", name="Undo").click()
        expect(self.page.get_by_role("button", name="Undo")).to_have_count(0)
        self.page.goto(self.house.url + self.house.path("Aisha Noor", "?show=checks"))
        expect(self.page.locator(".timeline .taken-back").first).to_be_visible()

    def she_logs_something_good(self) -> None:
        self.page.get_by_role("link", name="Log", exact=True).first.click()
        self.page.locator(".pick").filter(has_text="Aisha N.").click()
        self.page.get_by_role("link", name=re.compile("A strength you saw")).click()
        self.page.get_by_role("button", name="Led well").click()
        expect(self.page.locator(".undo")).to_contain_text("Aisha")

    def she_opens_a_resident(self) -> None:
        self.page.get_by_role("link", name="Residents").first.click()
        self.page.get_by_label("Name or room").fill("Grace")
        self.page.get_by_role("button", name="Search").click()
        self.page.get_by_role("link", name=re.compile("^Grace")).click()
        for tab in ("Plan", "Level", "Circle", "Timeline"):
            self.page.get_by_role("navigation", name="Parts of this page").get_by_role("link", name=tab).click()
            expect(self.page.get_by_role("heading", level=1)).to_contain_text("Grace")

    def she_sets_how_pages_look(self) -> None:
        self.page.goto(f"{self.house.url}/settings")
        self.page.get_by_text("As the device", exact=True).click()
        self.page.get_by_role("button", name="Keep").click()
        expect(self.page.locator("html")).to_have_attribute("data-theme", "auto")

    def she_locks_and_comes_back(self) -> None:
        self.page.get_by_role("button", name="Lock").click()
        expect(self.page.get_by_role("heading", name="Locked")).to_be_visible()
        expect(self.page.get_by_text("Grace")).to_have_count(0)
        self.page.get_by_label("Password of").fill(PASSWORD)
        self.page.get_by_role("button", name="Unlock").click()
        expect(self.page.get_by_role("heading", name="Locked")).to_have_count(0)
