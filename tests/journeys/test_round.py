"""The night round: by keyboard alone from the first door to the last, and entered late with both times kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.living import LiveHouse
from tests.journeys.people import PASSWORD, RESIDENTS
from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]


class TestARoundByKeyboard:
    """A technician without a pointer walks the whole round: nothing but Tab, Enter, Space and the single keys."""

    def test_a_whole_round_needs_no_pointer(self, open_: Open, own_night: LiveHouse) -> None:
        self.given_a_technician_on_the_night_shift(open_, own_night)
        self.when_he_goes_to_the_round_with_r()
        self.then_the_first_open_door_stands_there()
        self.when_he_records_everybody_who_is_due()
        self.then_the_round_says_who_is_next_and_when()
        self.joel.axe()

    def given_a_technician_on_the_night_shift(self, open_: Open, house: LiveHouse) -> None:
        self.joel = open_(house, color_scheme="dark")
        self.page = self.joel.go("/sign-in")
        self.joel.tab_to("Name")
        self.page.keyboard.type("joel")
        self.joel.press("Tab")
        self.page.keyboard.type(PASSWORD)
        self.joel.press("Enter")
        self.page.wait_for_url(re.compile("/today"))

    def when_he_goes_to_the_round_with_r(self) -> None:
        self.joel.press("r")
        self.page.wait_for_url(re.compile("/rounds"))
        assert self.page.locator("html").get_attribute("data-theme") == "night"

    def then_the_first_open_door_stands_there(self) -> None:
        expect(self.page.locator(".call.now")).to_have_count(1)
        assert self.how_many_seen() < self.of

    def how_many_seen(self) -> int:
        found = re.search(r"(\d+) of (\d+) seen", str(self.page.locator(".route-head").text_content()))
        assert found
        self.of = int(found[2])
        return int(found[1])

    def when_he_records_everybody_who_is_due(self) -> None:
        self.recorded = 0
        while self.page.locator(".pad").count():
            name = str(self.page.locator("#who-title").text_content())
            if not self.recorded:
                self.joel.tab_to("Drink offered")
                self.joel.press("Space")
            self.joel.tab_to("Asleep")
            self.assert_it_shows_where_the_keyboard_is()
            self.joel.press("Enter")
            expect(self.page.locator(".undo")).to_contain_text(name.split(" ")[0])
            expect(self.page.locator("#who-title").filter(has_text=name)).to_have_count(0)
            self.page.locator("body").focus()
            self.recorded += 1
            assert self.recorded <= len(RESIDENTS)

    def assert_it_shows_where_the_keyboard_is(self) -> None:
        outline = self.page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)] }"
        )
        assert outline[0] != "none"
        assert outline[1] >= 2

    def then_the_round_says_who_is_next_and_when(self) -> None:
        assert self.recorded >= 2  # Luca was late, Tom was due
        assert self.how_many_seen() == self.of
        expect(self.page.locator(".visit")).to_contain_text(re.compile(r"No checks due|Next", re.I))


def test_a_tap_that_bounces_records_one_person_and_a_second_one_meant_records_the_next(
    open_: Open, own_night: LiveHouse
) -> None:
    nurse = open_(own_night)
    nurse.sign_in("nadia")
    page = nurse.go(f"/rounds?stay={own_night.stay('Grace Okafor')}")
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.post_data or "") if one.method == "POST" else None)
    first = str(page.locator("#who-title").text_content())
    box = page.locator(".pad-button").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    expect(page.locator("#who-title").filter(has_text=first)).to_have_count(0)
    second = str(page.locator("#who-title").text_content())
    page.wait_for_timeout(350)
    page.mouse.click(x, y)
    page.wait_for_timeout(1000)
    assert len(posts) == 1
    assert page.locator("#who-title").text_content() == second
    page.mouse.click(x, y)
    expect(page.locator("#who-title").filter(has_text=second)).to_have_count(0)
    assert len(posts) == 2


def test_an_earlier_look_in_is_entered_with_both_times(open_: Open, night_house: LiveHouse, night_state: Any) -> None:
    nurse = open_(night_house, state=night_state)
    page = nurse.go(f"/rounds?stay={night_house.stay('Grace Okafor')}")
    page.get_by_text("Seen earlier").click()
    now = str(page.locator("[data-now]").get_attribute("datetime"))
    earlier = page.evaluate(
        "([iso, zone]) => new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', timeZone: zone}).format(new Date(Date.parse(iso) - 20 * 60000))",
        [now, night_house.known["zone"]],
    )
    page.get_by_label("When did you look in?").fill(earlier)
    page.get_by_label("Why is it entered now?").fill("The tablet was charging")
    nurse.axe()
    page.locator(".pad-button").first.click()
    expect(page.locator(".undo")).to_contain_text("Grace")
    nurse.go(night_house.path("Grace Okafor", "?show=checks"))
    late = page.locator(".timeline li").filter(has=page.locator(".entered-late"))
    expect(late.first).to_contain_text("entered")
    expect(late.first.locator("time")).to_contain_text(earlier)


def test_the_pad_stands_in_the_same_place_for_everybody(open_: Open, night_house: LiveHouse, night_state: Any) -> None:
    nurse = open_(night_house, state=night_state)
    places = set()
    for name in ("Tom Wells", "Jonah Berg", "Mina Haddad"):
        page = nurse.go(f"/rounds?stay={night_house.stay(name)}")
        box = page.locator(".pad").bounding_box()
        assert box
        places.add((round(box["x"]), round(box["y"])))
    assert len(places) == 1


def test_no_button_records_everybody_at_once(open_: Open, night_house: LiveHouse, night_state: Any) -> None:
    nurse: Reader = open_(night_house, state=night_state)
    words = nurse.go("/rounds").locator("button").all_text_contents()
    assert words
    assert not [one for one in words if re.search(r"\ball\b|everybody|everyone", one, re.I)]


def test_who_comes_later_is_one_tap_away(nadia: Reader) -> None:
    page = nadia.go("/rounds")
    page.locator("#route-later summary").click()
    later = page.locator("#route-later a").first
    expect(later.locator(".spot")).to_contain_text(re.compile(r"\d"))
    name = str(later.locator(".name").text_content())
    later.click()
    expect(page.locator("#who-title")).to_have_text(name)
