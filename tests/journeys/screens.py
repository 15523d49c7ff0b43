"""Every screen there is: its address on a seeded house, who looks, and what is pressed before it is as it is meant.

Shots picture them, journeys check them; a screen that is missing here is neither seen nor checked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.journeys.living import LiveHouse

if TYPE_CHECKING:
    from playwright.sync_api import Page

Ready = Callable[["Page"], object]


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. `who` is nobody (""), a login, or "tablet": a registered tablet at which nobody is signed in."""

    name: str
    path: str
    ready: Ready = lambda page: None
    who: str = "nadia"
    night: bool = False
    paper: bool = False
    after: str = ""  # the name of the path that `ready` leads to, where it leads away
    acted: bool = False  # something was just recorded, and the offer to undo it lies over the page


def _peek(page: Page) -> None:
    tab = page.locator(".phone-tabs").get_by_role("link", name="Where everyone is")
    if tab.is_visible():
        tab.click()
    page.get_by_role("link", name="Carl D.").first.click()
    page.wait_for_selector(".peek")


def _group(page: Page) -> None:
    page.locator(".stop-link").first.click()
    page.wait_for_url("**/today/groups/**")


def _need(page: Page) -> None:
    page.locator(".need-link").first.click()
    page.wait_for_url("**/needs/**")


def _palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog.palette li")
    page.keyboard.type("carl")


def _keys(page: Page) -> None:
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")


def _recorded(page: Page) -> None:
    page.locator(".pad-button").first.click()
    page.wait_for_selector(".undo")


def _lock(page: Page) -> None:
    page.locator("#lock").click()
    page.wait_for_selector(".door-card")


def screens(house: LiveHouse) -> tuple[Screen, ...]:
    """Every screen there is, on this house."""
    carl, tom, dee = (house.stay(name) for name in ("Carl Dunn", "Tom Wells", "Dee Adams"))
    about = f"/log?who={carl}"
    return (
        Screen("today", "/today", paper=True),
        Screen("today-peek", "/today", _peek),
        Screen("today-names", "/today?view=names#places"),
        Screen("palette", "/today", _palette),
        Screen("keys", "/today", _keys),
        Screen("rounds", f"/rounds?stay={carl}", paper=True),
        Screen("rounds-night", f"/rounds?stay={tom}", night=True, paper=True),
        Screen("rounds-recorded", "/rounds", _recorded, night=True, acted=True),
        Screen("today-night", "/today", night=True),
        Screen("log", "/log"),
        Screen("log-who", about),
        Screen("log-noticed", f"{about}&kind=noticed"),
        Screen("log-correction", f"{about}&kind=correction&expectation=quiet-voices"),
        Screen("log-redirection", f"{about}&kind=redirection"),
        Screen("log-saved", f"{about}&saved=correction"),
        Screen("log-calming", f"{about}&kind=calming"),
        Screen("residents", "/residents", paper=True),
        Screen("resident", f"/residents/{carl}", paper=True),
        Screen("resident-plan", f"/residents/{tom}?tab=plan"),
        Screen("resident-level", f"/residents/{carl}?tab=level"),
        Screen("resident-circle", f"/residents/{carl}?tab=circle"),
        Screen("resident-new", f"/residents/{dee}"),
        Screen("resident-more", f"/residents/{carl}", lambda page: page.locator("#more-acts").click()),
        Screen("level", f"/residents/{carl}/level"),
        Screen("leave", f"/residents/{carl}/leave"),
        Screen("admit", "/admit"),
        Screen("who-looked", f"/residents/{carl}/who-looked"),
        Screen("where", "/where"),
        Screen("move", f"/residents/{carl}/move"),
        Screen("order", f"/residents/{carl}/order"),
        Screen("describe", f"/residents/{carl}/describe"),
        Screen("duty", "/duty"),
        Screen("duty-of", f"/duty/{house.known['staff']['bea']}"),
        Screen("need-new", "/needs/new"),
        Screen("need", "/today", _need, after="need_page"),
        Screen("group", "/today", _group, after="group"),
        Screen("programme", "/programme"),
        Screen("more", "/more"),
        Screen("community", "/community"),
        Screen("handover", "/handover"),
        Screen("settings", "/settings"),
        Screen("devices", "/devices"),
        Screen("failure", "/residents/nobody-of-this-name"),
        Screen("choose", "/choose"),
        Screen("sign-in", "/sign-in", who=""),
        Screen("kiosk", "/sign-in", who="tablet"),
        Screen("pin", f"/sign-in/pin?who={house.known['staff']['nadia']}", who="tablet"),
        Screen("unlock", "/today", _lock, who="alone", after="unlock"),
    )
