"""Pictures of every screen in every theme and size, into shots/: `python -m tests.shots [--only today,log] [--theme dark]`.

For looking at beside the mock-ups, and for the docs (`--docs` renews docs/img). Each theme gets a house of its own, so that
countdowns stand where the seed put them. Which screens there are stands in `journeys.screens`.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests import pictures
from tests.journeys.living import MORNING, NIGHT, LiveHouse, live_house
from tests.journeys.reader import PHONE, PORTRAIT, TABLET, reader, violations
from tests.journeys.screens import Screen, screens
from tools import machine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"tablet": TABLET, "portrait": PORTRAIT, "phone": PHONE}
THEMES = ("light", "dark", "night")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
# The pictures of the docs: screen, theme, file.
DOCS = (
    ("today", "light", "today.png"),
    ("log-correction", "light", "log.png"),
    ("resident", "light", "resident.png"),
    ("rounds-night", "night", "rounds-night.png"),
)
DOCS_FOLDER = Path(__file__).parents[1] / "docs" / "img"
HEAVY = 150_000  # bytes: a picture in the docs is loaded by whoever reads them


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
    grey: bool
    problems: list[str]

    def picture(self, wanted: tuple[Screen, ...], sizes: dict[str, dict[str, int]]) -> None:
        """Every wanted screen in every size."""
        states = {
            "": None,
            "nadia": self._signed_in("nadia"),
            "tablet": self._tablet(),
            "alone": self._signed_in("sam"),
        }
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
            if self.grey:
                page.evaluate("() => { document.documentElement.style.filter = 'grayscale(1)' }")
            page.wait_for_timeout(150)
            name = f"{screen.name}-{'grey-' if self.grey else ''}{self.theme}-{size}"
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
    parser.add_argument(
        "--grey", action="store_true", help="without colour: every status must still be told by its shape"
    )
    parser.add_argument("--docs", action="store_true", help="renew the few pictures of the docs, and nothing else")
    parser.add_argument("--check", action="store_true", help="run the accessibility checker on every page too")
    given = parser.parse_args()
    # Playwright keeps an event loop in this thread; nothing here asks the database in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    problems: list[str] = []
    with chromium() as browser:
        if given.docs:
            _renew_docs(browser, problems)
        else:
            _take(browser, given, problems)
    print("\n".join(problems) or "No page complained.")
    return 1 if problems else 0


def _take(browser: Browser, given: argparse.Namespace, problems: list[str]) -> None:
    """The pictures asked for, by theme and by day and night."""
    folder = Path(given.out)
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {given.size: SIZES[given.size]} if given.size else SIZES
    asked = tuple(filter(None, given.only.split(",")))
    for theme, hour in (
        (one, hour) for one in ((given.theme,) if given.theme else THEMES) for hour in (MORNING, NIGHT)
    ):
        with live_house(hour) as house:
            wanted = _wanted(house, asked, at_night=hour == NIGHT)
            if wanted:
                Album(browser, house, theme, folder, given.check, given.grey, problems).picture(wanted, sizes)
            problems.extend(f"server: {words}" for words in house.complaints())


def _renew_docs(browser: Browser, problems: list[str]) -> None:
    """The pictures of the docs, on the tablet."""
    DOCS_FOLDER.mkdir(parents=True, exist_ok=True)
    for hour, theme in ((MORNING, "light"), (NIGHT, "night")):
        with live_house(hour) as house, tempfile.TemporaryDirectory() as folder:
            names = {name: file for name, its, file in DOCS if its == theme}
            wanted = tuple(one for one in screens(house) if one.name in names)
            Album(browser, house, theme, Path(folder), False, False, problems).picture(wanted, {"tablet": TABLET})
            for name, file in names.items():
                made = pictures.lighter((Path(folder) / f"{name}-{theme}-tablet.png").read_bytes())
                (DOCS_FOLDER / file).write_bytes(made)
                if len(made) > HEAVY:
                    problems.append(f"{file} has {len(made)} bytes, more than {HEAVY}")


def _wanted(house: LiveHouse, asked: tuple[str, ...], *, at_night: bool) -> tuple[Screen, ...]:
    """The screens asked for that are pictured by day, or by night."""
    return tuple(one for one in screens(house) if one.night == at_night and (not asked or one.name.startswith(asked)))


if __name__ == "__main__":
    raise SystemExit(main())
