"""Every screen in every theme before the accessibility checker: no violation of WCAG 2.0, 2.1, 2.2 AA or best practice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import resolve

from milieu import urls
from tests.journeys.living import LiveHouse
from tests.journeys.reader import PHONE, TABLET, Reader, reader, violations
from tests.journeys.screens import Screen, screens

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
# Only lead elsewhere, speak to scripts, or ask for a code that the tests of the doors give.
NO_SCREEN = {"home", "lock", "find_index", "rail", "second_step"}
BY_NAME = {one.name: one for one in screens(LiveHouse.nowhere())}
DAY = [name for name, one in BY_NAME.items() if one.who == "nadia" and not one.night]
NIGHT = [name for name, one in BY_NAME.items() if one.who == "nadia" and one.night]
DOOR = [name for name, one in BY_NAME.items() if one.who == ""]


def on(house: LiveHouse, name: str) -> Screen:
    """This screen of this house."""
    return next(one for one in screens(house) if one.name == name)


def check(one: Reader, screen: Screen, size: dict[str, int]) -> None:
    """All rules in light; in the other themes what themes can change."""
    page = one.page
    page.set_viewport_size(size)  # type: ignore[arg-type]
    one.go(screen.path)
    screen.ready(page)
    found = []
    for theme in ("light", "dark", "night"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        only = () if theme == "light" else ("color-contrast",)
        found += [f"{theme}: {words}" for words in violations(page, ("target-size",) if screen.acted else (), only)]
    assert not found, f"{screen.name}:\n" + "\n".join(found)
    one.at_peace()


@pytest.fixture(scope="module")
def by_day(chromium: Browser, live_house: LiveHouse, nadia_state: Any) -> Iterator[Reader]:
    """Nadia's browser, kept for all screens of the day; nothing on it moves."""
    one = reader(chromium, live_house.url, state=nadia_state, reduced_motion="reduce")
    yield one
    one.context.close()


@pytest.fixture(scope="module")
def by_night(chromium: Browser, night_house: LiveHouse, night_state: Any) -> Iterator[Reader]:
    """The same at night."""
    one = reader(chromium, night_house.url, state=night_state, reduced_motion="reduce")
    yield one
    one.context.close()


def test_every_page_there_is_stands_among_the_screens() -> None:
    pages = {
        one.name for one in urls.urlpatterns if "GET" in one.declared.methods and one.declared.audience != "machine"
    }
    shown = {one.after or resolve(one.path.split("?")[0]).url_name for one in BY_NAME.values() if one.name != "failure"}
    assert pages - shown == NO_SCREEN


@pytest.mark.parametrize("name", DAY)
def test_a_screen_of_the_day_has_no_violation(by_day: Reader, live_house: LiveHouse, name: str) -> None:
    check(by_day, on(live_house, name), TABLET)


@pytest.mark.parametrize("name", NIGHT)
def test_a_screen_of_the_night_has_no_violation(by_night: Reader, night_house: LiveHouse, name: str) -> None:
    check(by_night, on(night_house, name), TABLET)


@pytest.mark.parametrize("name", ["today", "rounds", "log-correction", "log-noticed", "resident", "residents"])
def test_a_screen_on_a_phone_has_no_violation(by_day: Reader, live_house: LiveHouse, name: str) -> None:
    check(by_day, on(live_house, name), PHONE)


@pytest.mark.parametrize("name", DOOR)
def test_a_door_has_no_violation(chromium: Browser, live_house: LiveHouse, name: str) -> None:
    one = reader(chromium, live_house.url, reduced_motion="reduce")
    check(one, on(live_house, name), TABLET)
    one.context.close()
