"""Catching an exchange: how few taps it takes, and that what we agreed to say stands there when it is needed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.living import LiveHouse
from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]


def test_noticed_from_a_person_row_takes_three_taps(nadia: Reader) -> None:
    page = nadia.go("/today")
    nadia.tap(page.get_by_role("link", name="Sofia L."))
    nadia.tap(page.locator(".peek").get_by_role("link", name="Noticed"))
    nadia.tap(page.get_by_role("button", name="Helped someone"))
    expect(page.locator(".undo")).to_contain_text("Sofia")
    assert nadia.taps <= 3
    expect(page.locator(".feed")).to_contain_text("Sofia")
    nadia.axe()


def test_noticed_from_log_takes_four_taps(nadia: Reader) -> None:
    page = nadia.go("/today")
    nadia.tap(page.locator(".rail .log"))
    nadia.tap(page.locator(".pick").filter(has_text="Ruth M."))
    nadia.axe("the sheet with a person chosen")
    nadia.tap(page.locator("#kind-noticed"))
    nadia.tap(page.locator("[name=strength]").first)
    expect(page.locator(".undo")).to_contain_text("Ruth")
    assert nadia.taps <= 4


class TestACorrectionWithTheAgreedAnswer:
    """A nurse reminds Carl of quiet voices in the words the house agreed on, the way Carl asked for."""

    def test_it_takes_five_taps_and_offers_the_other_half(self, nadia: Reader, live_house: LiveHouse) -> None:
        self.nurse, self.house = nadia, live_house
        self.given_the_board()
        self.when_she_chooses_carl_and_what_it_was_about()
        self.then_the_agreed_words_and_carls_own_way_stand_there()
        self.when_she_said_it_this_way()
        self.then_it_is_saved_and_she_is_asked_how_it_went()
        self.when_it_settled()
        self.then_anything_good_is_asked_for_once()
        self.then_it_stands_on_carls_page()

    def given_the_board(self) -> None:
        self.page = self.nurse.go("/today")

    def when_she_chooses_carl_and_what_it_was_about(self) -> None:
        self.nurse.tap(self.page.locator(".rail .log"))
        self.nurse.tap(self.page.locator(".pick").filter(has_text="Carl D."))
        self.nurse.tap(self.page.locator("#kind-correction"))
        self.nurse.tap(self.page.locator("#about-quiet-voices"))

    def then_the_agreed_words_and_carls_own_way_stand_there(self) -> None:
        expect(self.page.locator(".say-card q")).to_contain_text("getting loud")
        expect(self.page.locator(".say-card")).to_contain_text("For Carl")
        expect(self.page.locator("#said-agreed")).to_be_visible()
        self.nurse.axe("the agreed answer")

    def when_she_said_it_this_way(self) -> None:
        self.nurse.tap(self.page.locator("#said-agreed"))

    def then_it_is_saved_and_she_is_asked_how_it_went(self) -> None:
        expect(self.page.locator(".undo")).to_contain_text("Carl")
        assert self.nurse.taps <= 5
        expect(self.page.get_by_role("heading", name="Saved. Then, how did it go?")).to_be_visible()
        self.nurse.axe("after a reminder")

    def when_it_settled(self) -> None:
        self.page.get_by_role("button", name="Settled").click()

    def then_anything_good_is_asked_for_once(self) -> None:
        expect(self.page.get_by_text("Anything good from Carl")).to_be_visible()
        expect(self.page.get_by_role("button", name="Settled")).to_have_count(0)

    def then_it_stands_on_carls_page(self) -> None:
        self.nurse.go(self.house.path("Carl Dunn"))
        today = self.page.locator(".timeline").first
        expect(today.locator("li").filter(has_text="Quiet voices").first).to_contain_text("Said the agreed way")
        expect(today.get_by_text("How the reminder went: settled")).to_be_visible()


def test_said_differently_is_recorded_too(nadia: Reader, live_house: LiveHouse) -> None:
    page = nadia.go(f"/log?who={live_house.stay('Mina Haddad')}&kind=redirection&expectation=phones")
    page.locator("#said-other").click()
    expect(page.locator(".undo")).to_contain_text("Mina")
    nadia.go(live_house.path("Mina Haddad"))
    expect(page.locator(".timeline").first).to_contain_text(re.compile("differently"))


def test_a_situation_without_an_agreed_answer_goes_to_the_team(nadia: Reader, live_house: LiveHouse) -> None:
    page = nadia.go(f"/log?who={live_house.stay('Yusuf Kaya')}&kind=correction")
    page.get_by_text("Something else, with no agreed answer yet").click()
    page.get_by_label("What happened?").fill("He feeds the neighbours' cat at night.")
    page.get_by_role("button", name="Ask the team").click()
    page.wait_for_url(re.compile("/today"))
    expect(nadia.need("A question for the team")).to_contain_text("cat")


def test_choices_tapped_faster_than_the_page_answers_all_count(nadia: Reader, live_house: LiveHouse) -> None:
    page = nadia.go("/log")
    page.route("**/log?*", lambda route: (page.wait_for_timeout(300), route.continue_()))  # a slow line
    page.evaluate(
        """(ids) => { for (const id of ids) document.getElementById(id).click() }""",
        [f"who-{live_house.stay('Dee Adams')}", "kind-noticed"],
    )
    expect(page.locator(".pick[aria-current]")).to_contain_text("Dee A.")
    expect(page.get_by_role("heading", name="Which strength?")).to_be_visible()
    page.unroute_all()


def test_calming_steps_open_the_ladder(nadia: Reader, live_house: LiveHouse) -> None:
    page = nadia.go(f"/log?who={live_house.stay('Carl Dunn')}&kind=calming")
    expect(page.locator(".ladder li").first).to_be_visible()
    assert page.locator(".ladder li").count() >= 3
    nadia.axe()
