"""The nurse and the board: hand out the next act, undo it, see what a colleague did, and notice when the line is cut."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.living import LiveHouse
from tests.journeys.reader import PORTRAIT, Reader

pytestmark = pytest.mark.browser


class TestTheNextAct:
    """A nurse comes on shift, sees who needs her first, looks in on them and takes it back."""

    def test_a_nurse_marks_the_top_need_seen_and_undoes_it(self, open_: Open, live_house: LiveHouse) -> None:
        self.given_a_nurse_at_the_door(open_, live_house)
        self.when_she_signs_in()
        self.then_the_board_shows_everybody()
        self.when_she_presses_the_first_button()
        self.then_that_need_is_gone_and_can_be_undone()
        self.when_she_undoes_it()
        self.then_the_need_is_back()
        self.nurse.axe()

    def given_a_nurse_at_the_door(self, open_: Open, house: LiveHouse) -> None:
        self.nurse = open_(house)

    def when_she_signs_in(self) -> None:
        self.page = self.nurse.sign_in("nadia")

    def then_the_board_shows_everybody(self) -> None:
        expect(self.page).to_have_url(re.compile("/today"))
        expect(self.page.locator(".person")).to_have_count(18)
        expect(self.page.get_by_role("heading", name="Needs someone")).to_be_visible()
        expect(self.page.locator("#live")).to_have_attribute("data-state", "live")

    def when_she_presses_the_first_button(self) -> None:
        self.name = str(self.page.locator(".need").first.locator("b").text_content())
        self.page.locator(".need").first.get_by_role("button").click()

    def then_that_need_is_gone_and_can_be_undone(self) -> None:
        expect(self.nurse.need(self.name)).to_have_count(0)
        expect(self.page.locator(".undo")).to_contain_text(self.name.removeprefix("See ").split(" ")[0])
        expect(self.page).to_have_url(re.compile("/today"))

    def when_she_undoes_it(self) -> None:
        self.page.locator(".undo").get_by_role("button", name="Undo").click()

    def then_the_need_is_back(self) -> None:
        expect(self.nurse.need(self.name)).to_have_count(1)


def test_a_tap_that_bounces_does_not_reach_the_row_that_slid_up(open_: Open, own_house: LiveHouse) -> None:
    nurse = open_(own_house)
    page = nurse.sign_in("nadia")
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
    name = str(page.locator(".need").first.locator("b").text_content())
    box = page.locator(".need").first.get_by_role("button").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    expect(nurse.need(name)).to_have_count(0)
    page.wait_for_timeout(350)
    page.mouse.click(x, y)
    page.wait_for_timeout(500)
    assert len(posts) == 1
    # A tap elsewhere is meant, however soon it comes.
    page.locator(".undo").get_by_role("button", name="Undo").click()
    expect(nurse.need(name)).to_have_count(1)


def test_a_colleagues_tablet_follows_a_recorded_check(
    open_: Open, live_house: LiveHouse, nadia: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    bea = open_(live_house, size=PORTRAIT)
    bea.sign_in("bea")
    expect(bea.page.locator("#live")).to_have_attribute("data-state", "live")
    nadia.go(f"/rounds?stay={live_house.stay('Ben Fox')}")
    before = bea.row("Ben F.").locator("[data-due]").get_attribute("data-due")
    expect(bea.row("Ben F.")).to_be_visible()
    nadia.page.locator(".pad-button").nth(1).click()
    expect(nadia.page.locator(".undo")).to_contain_text("Ben")
    began = time.monotonic()
    expect(bea.row("Ben F.").locator("[data-due]")).not_to_have_attribute("data-due", str(before), timeout=5000)
    with capsys.disabled():
        print(
            f"\n[change to a colleague's screen: {time.monotonic() - began:.2f} s after it was acknowledged, aim 2 s]"
        )


class TestRowsUnderAFinger:
    """What is about to be pressed does not move; what changed meanwhile waits in a chip."""

    def test_rows_stay_while_a_finger_is_down_and_the_chip_applies_what_changed(
        self, open_: Open, live_house: LiveHouse, nadia: Reader
    ) -> None:
        nadia.go("/today")
        expect(nadia.page.locator("#live")).to_have_attribute("data-state", "live")
        row = nadia.row("Kofi P.")
        due = str(row.locator("[data-due]").get_attribute("data-due"))
        head = nadia.page.get_by_role("heading", name="Where everyone is").bounding_box()
        assert head
        nadia.page.mouse.move(head["x"] + 5, head["y"] + 5)
        nadia.page.mouse.down()
        self.somebody_else_looks_in(open_, live_house)
        chip = nadia.page.locator(".waiting")
        expect(chip).to_be_visible(timeout=6000)
        expect(chip).to_have_text(re.compile(r"change"))
        assert row.locator("[data-due]").get_attribute("data-due") == due
        # The keyboard presses the chip, so that the finger stays where it is.
        chip.focus()
        nadia.press("Enter")
        expect(row.locator("[data-due]")).not_to_have_attribute("data-due", due)
        expect(chip).to_have_count(0)
        nadia.page.mouse.up()
        nadia.axe()

    def somebody_else_looks_in(self, open_: Open, house: LiveHouse) -> None:
        sam = open_(house)
        sam.sign_in("sam")
        sam.go(f"/rounds?stay={house.stay('Kofi Poku')}")
        sam.page.locator(".pad-button").nth(1).click()
        expect(sam.page.locator(".undo")).to_contain_text("Kofi")


def test_ones_own_act_is_no_change_to_be_announced(open_: Open, own_house: LiveHouse) -> None:
    nurse = open_(own_house)
    page = nurse.sign_in("nadia")
    expect(page.locator("#live")).to_have_attribute("data-state", "live")
    page.evaluate(
        """() => {
          window.chips = 0
          new MutationObserver(() => { chips += document.querySelectorAll('.waiting').length })
            .observe(document.body, { childList: true, subtree: true })
        }"""
    )
    for _ in range(2):
        name = str(page.locator(".need").first.locator("b").text_content())
        page.locator(".need").first.get_by_role("button").click()
        expect(nurse.need(name)).to_have_count(0)
        page.wait_for_timeout(2500)
    assert page.evaluate("() => chips") == 0


def test_a_lost_line_shows_a_hollow_dot_and_the_last_time_and_comes_back(open_: Open, own_house: LiveHouse) -> None:
    nurse = open_(own_house)
    nurse.page.clock.install()
    page = nurse.sign_in("nadia")
    dot = page.locator("#live")
    expect(dot).to_have_attribute("data-state", "live")
    own_house.stop()
    page.clock.run_for(17_000)  # nothing is heard for longer than a heart beats
    expect(dot).to_have_attribute("data-state", "lost")
    expect(dot).to_contain_text(re.compile(r"Last updated \d\d:\d\d"))
    page.locator(".need").first.get_by_role("button").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"\w+"))).to_be_visible()
    expect(page.locator(".need button.lit")).to_have_count(1)
    nurse.axe("while the line is lost")
    own_house.start()
    page.clock.resume()
    expect(dot).to_have_attribute("data-state", "live", timeout=15000)
    # back in touch, the list is fetched anew, and with it the button: what counts is that it records now
    page.locator(".need").first.get_by_role("button").click()
    expect(page.locator(".undo")).to_be_visible()


def test_a_person_row_opens_beside_the_board_and_escape_puts_it_back(nadia: Reader) -> None:
    page = nadia.go("/today")
    page.get_by_role("link", name="Dee A.").click()
    expect(page.locator(".peek")).to_contain_text("Dee A.")
    assert nadia.focused().startswith("Dee A.")
    nadia.axe()
    nadia.press("Escape")
    expect(page.locator(".peek")).to_have_count(0)
    assert nadia.focused().startswith("Dee A.")


def test_a_phone_shows_needs_first_and_places_behind_a_tab(
    open_: Open, live_house: LiveHouse, nadia_state: Any
) -> None:
    phone = open_(live_house, state=nadia_state, size={"width": 390, "height": 844})
    page = phone.go("/today")
    assert page.get_by_role("heading", name="Needs someone").is_visible()
    page.get_by_role("link", name="Where everyone is").click()
    expect(page.get_by_role("heading", name="Where everyone is")).to_be_in_viewport()
    phone.axe()
