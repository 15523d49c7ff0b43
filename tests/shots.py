"""Pictures of every screen in every theme and size, into shots/: `python -m tests.shots [--only today,log] [--theme dark]`.

For looking at beside the mock-ups, and for the docs (`--docs` renews docs/img). Each theme gets a house of its own, so that
countdowns stand where the seed put them; what a screen needs before it can be pictured stands beside its name in SCREENS.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.journeys.living import MORNING, NIGHT, LiveHouse, live_house
from tests.journeys.reader import PHONE, PORTRAIT, TABLET, Reader, reader, violations
from tools import machine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"tablet": TABLET, "portrait": PORTRAIT, "phone": PHONE}
THEMES = ("light", "dark", "night")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
DOCS = {"today": "today.png", "rounds-night": "rounds-night.png", "log-correction": "log.png", "resident": "resident.png"}
Ready = Callable[["Page"], object]


@dataclass(frozen=True, slots=True)
class Screen:
    """One picture: where it is, who looks, and what is pressed first. `door` is seen signed out, `tablet` on a shared one."""

    name: str
    path: str
    ready: Ready = lambda page: None
    who: str = "nadia"  # "" for nobody, "tablet" for a registered tablet with nobody signed in
    night: bool = False
    paper: bool = False


def _peek(page: Page) -> None:
    page.get_by_role("link", name="Carl D.").first.click()
    page.wait_for_selector(".peek")


def _names(page: Page) -> None:
    page.wait_for_selector(".names")


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
        Screen("today-names", "/today?view=names", _names),
        Screen("palette", "/today", _palette),
        Screen("keys", "/today", _keys),
        Screen("rounds", f"/rounds?stay={carl}", paper=True),
        Screen("rounds-night", f"/rounds?stay={tom}", night=True, paper=True),
        Screen("rounds-recorded", "/rounds", _recorded, night=True),
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
        Screen("who-looked", f"/residents/{carl}/who-looked"),
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
        Screen("unlock", "/today", _lock, who="alone"),
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.find_browser(), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass(slots=True)
class Album:
    """One house in one theme, pictured in the sizes asked for."""

    browser: Browser
    house: LiveHouse
    theme: str
    folder: Path
    check: bool
    problems: list[str]

    def picture(self, wanted: tuple[Screen, ...], sizes: dict[str, dict[str, int]]) -> None:
        """Every wanted screen in every size."""
        states = {"": None, "nadia": self._signed_in("nadia"), "tablet": self._tablet(), "alone": self._signed_in("sam")}
        for size, viewport in sizes.items():
            for screen in wanted:
                self._one(screen, size, viewport, states[screen.who])

    def _signed_in(self, login: str) -> object:
        one = reader(self.browser, self.house.url)
        one.sign_in(login)
        one.go("/settings")
        one.page.locator(f"input[name=theme][value={self.theme}]").check(force=True)
        one.page.locator("form:has([name=theme])").get_by_role("button").click()
        one.page.wait_for_url("**/settings?done=looks**")
        state = one.context.storage_state()
        one.context.close()
        return state

    def _tablet(self) -> object:
        one = reader(self.browser, self.house.url)
        one.sign_in("nadia")
        one.go("/devices")
        one.page.locator("[name=label]").fill("Ward tablet")
        one.page.locator("form:has([name=label])").get_by_role("button").click()
        one.page.wait_for_load_state()
        one.page.locator("form[action='/sign-out'] button, form[action='/lock'] button").first.click()
        one.page.wait_for_load_state()
        state = one.context.storage_state()
        state["cookies"] = [cookie for cookie in state["cookies"] if cookie["name"] == "milieu_device"]
        one.context.close()
        return state

    def _one(self, screen: Screen, size: str, viewport: dict[str, int], state: object) -> None:
        scheme = "dark" if self.theme != "light" else "light"
        one = reader(self.browser, self.house.url, size=viewport, state=state, color_scheme=scheme)
        try:
            page = one.go(screen.path)
            page.evaluate("() => document.fonts.ready.then(() => true)")
            screen.ready(page)
            page.wait_for_timeout(150)
            name = f"{screen.name}-{self.theme}-{size}"
            page.screenshot(path=self.folder / f"{name}.png")
            if size == "phone":
                page.screenshot(path=self.folder / f"{name}-full.png", full_page=True)
            if self.check:
                self.problems.extend(f"{name}: {words}" for words in violations(page))
            if screen.paper and size == "tablet" and self.theme == "light":
                self._print(page, screen.name)
            self.problems.extend(f"{name}: {words}" for words in one.faults)
        except Exception as why:  # one broken screen must not cost the other pictures
            self.problems.append(f"{screen.name}-{self.theme}-{size}: {type(why).__name__}: {str(why)[:300]}")
        finally:
            one.context.close()

    def _print(self, page: Page, name: str) -> None:
        page.pdf(path=self.folder / f"{name}-print.pdf", prefer_css_page_size=True, format="A4")
        page.set_viewport_size({"width": 794, "height": 1123})
        page.emulate_media(media="print")
        page.screenshot(path=self.folder / f"{name}-print.png", full_page=True)


def main() -> int:
    """Take the pictures asked for; 1 when a page complained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="names of screens, or their beginnings, with commas")
    parser.add_argument("--theme", choices=THEMES, help="one theme instead of three")
    parser.add_argument("--size", choices=tuple(SIZES), help="one size instead of three")
    parser.add_argument("--out", default="shots", help="where to put them")
    parser.add_argument("--check", action="store_true", help="run the accessibility checker on every page too")
    given = parser.parse_args()
    # Playwright keeps an event loop in this thread; nothing here asks the database in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    folder = Path(given.out)
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {given.size: SIZES[given.size]} if given.size else SIZES
    asked = tuple(filter(None, given.only.split(",")))
    problems: list[str] = []
    themes = (given.theme,) if given.theme else THEMES
    with chromium() as browser:
        for theme, hour in ((theme, hour) for theme in themes for hour in (MORNING, NIGHT)):
            with live_house(hour) as house:
                wanted = _wanted(house, asked, at_night=hour == NIGHT)
                if wanted:
                    Album(browser, house, theme, folder, given.check, problems).picture(wanted, sizes)
                problems.extend(f"server: {words}" for words in house.complaints())
    print("\n".join(problems) or "No page complained.")
    return 1 if problems else 0


def _wanted(house: LiveHouse, asked: tuple[str, ...], *, at_night: bool) -> tuple[Screen, ...]:
    """The screens asked for that are pictured by day, or by night."""
    return tuple(
        one for one in screens(house) if one.night == at_night and (not asked or one.name.startswith(asked))
    )


if __name__ == "__main__":
    raise SystemExit(main())
