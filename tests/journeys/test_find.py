"""Find or do, and the single keys: everything within reach of somebody who works on a keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.living import LiveHouse
from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]


@pytest.fixture
def board(nadia: Reader) -> Reader:
    """Nadia, with the board before her and the keys awake."""
    nadia.go("/today")
    expect(nadia.page.locator("#live")).to_have_attribute("data-state", "live")
    return nadia


def test_ctrl_k_finds_a_person_and_enter_opens_them(board: Reader, live_house: LiveHouse) -> None:
    board.press("Control+k")
    field = board.page.get_by_role("combobox")
    expect(field).to_be_focused()
    expect(board.page.get_by_role("option").first).to_be_visible()
    board.axe("the empty palette")
    board.page.keyboard.type("hana v")
    expect(board.page.get_by_role("option").first).to_contain_text("Hana")
    board.axe("the palette with a name typed")
    board.page.keyboard.press("Enter")
    board.page.wait_for_url(re.compile(live_house.stay("Hana Vega")))


def test_verbs_come_before_pages_and_escape_goes_back(board: Reader) -> None:
    board.press("/")
    board.page.keyboard.type("log carl")
    expect(board.page.get_by_role("option").first).to_contain_text("Log Carl D.")
    board.press("ArrowDown", "ArrowUp", "Escape")
    expect(board.page.get_by_role("combobox")).to_have_count(0)
    board.page.wait_for_url(re.compile("/today"))


def test_nothing_found_is_said_in_words(board: Reader) -> None:
    board.press("Control+k")
    board.page.keyboard.type("zzyzx")
    expect(board.page.locator("dialog [role=status]")).to_contain_text("zzyzx")


@pytest.mark.parametrize(("keys", "leads_to"), [("r", "/rounds"), ("l", "/log"), ("h", "/handover")])
def test_a_single_key_leads_to_a_place(board: Reader, keys: str, leads_to: str) -> None:
    board.press(keys)
    board.page.wait_for_url(re.compile(leads_to))
    board.press("t")
    board.page.wait_for_url(re.compile("/today"))


def test_g_then_p_asks_for_a_person(board: Reader) -> None:
    board.press("g", "p")
    expect(board.page.get_by_role("combobox")).to_be_focused()
    expect(board.page.get_by_role("option")).to_have_count(18)
    board.page.keyboard.type("hana")
    expect(board.page.get_by_role("option")).to_have_count(1)
    board.page.keyboard.type(" zzyzx")
    board.press("Escape")


def test_j_and_k_walk_the_rows_s_sees_and_u_undoes(board: Reader) -> None:
    page = board.page
    first = page.locator(".need button").first.get_attribute("id")
    board.press("j")
    assert page.evaluate("() => document.activeElement.matches('.person .name, .need .btn')")
    board.press("j")
    second = board.focused()
    board.press("k", "j")
    assert board.focused() == second
    page.locator(f"#{first}").focus()
    board.press("s")
    expect(page.locator(".undo")).to_be_visible()
    expect(page.locator(f"#{first}")).to_have_count(0)
    page.locator("body").focus()
    board.press("u")
    expect(page.locator(f"#{first}")).to_have_count(1)


def test_a_question_mark_lists_the_keys(board: Reader) -> None:
    board.press("?")
    expect(board.page.get_by_role("dialog")).to_contain_text("Undo")
    expect(board.page.get_by_role("dialog")).to_contain_text("Ctrl K")
    board.axe("the list of keys")
    board.press("Escape")
    expect(board.page.get_by_role("dialog")).to_have_count(0)


def test_keys_rest_while_somebody_writes(nadia: Reader) -> None:
    page = nadia.go("/residents")
    page.get_by_label("Name or room").focus()
    page.keyboard.type("rt")
    assert "/residents" in page.url
    assert page.get_by_label("Name or room").input_value() == "rt"
