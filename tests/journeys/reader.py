"""Somebody at a browser: a page that signs in, presses, and complains about what no page may do.

Whatever the console says, a script that breaks or a breach of the content policy fails the journey.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.journeys.people import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

TABLET = {"width": 1180, "height": 820}
PORTRAIT = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
# Spoken of by the browser itself when a journey cuts the network or asks for something refused.
_EXPECTED = ("net::ERR_", "the server responded with a status of 4")


class Reader:
    """One person with one browser window."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.taps = 0
        self.page.on("console", self._hear)
        self.page.on("requestfailed", self._miss)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(words in message.text for words in _EXPECTED):
            self.faults.append(f"{message.type}: {message.text}")

    def _miss(self, request: Request) -> None:
        """A style or script that did not come spoils the page without a word."""
        if "/static/" in request.url and request.failure != "net::ERR_ABORTED":
            self.faults.append(f"did not come: {request.url} ({request.failure})")

    def go(self, path: str) -> Page:
        """Open a path of the house."""
        self.page.goto(self.url + path)
        return self.page

    def sign_in(self, login: str, password: str = PASSWORD) -> Page:
        """Through the door, by name and password."""
        self.go("/sign-in?password=1")
        self.page.get_by_label("Name", exact=True).fill(login)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self.page

    def tap(self, what: Locator) -> None:
        """Press once, and count it."""
        what.click()
        self.taps += 1

    def focused(self) -> str:
        """What has the keyboard, in the words a listener would hear."""
        words: str = self.page.evaluate(
            """() => {
              const it = document.activeElement
              return (it?.getAttribute('aria-label') || it?.labels?.[0]?.textContent || it?.textContent || '').trim()
            }"""
        )
        return " ".join(words.split())

    def press(self, *keys: str) -> None:
        """Keys one after the other, nothing else."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, words: str, most: int = 80) -> None:
        """Go on with Tab until what has the keyboard says `words`."""
        for _ in range(most):
            self.press("Tab")
            if self.focused().startswith(words):
                return
        raise AssertionError(f"{most} times Tab did not reach “{words}”; now at “{self.focused()}”")

    def need(self, words: str) -> Locator:
        """A row of Needs someone."""
        return self.page.locator(".need").filter(has_text=words)

    def row(self, name: str) -> Locator:
        """A person's row on the board."""
        return self.page.locator(".person").filter(has_text=name)

    def axe(self, about: str = "") -> None:
        """Fail with what the accessibility checker finds on the page as it is now."""
        # The offer to undo lies over the page for ten seconds and goes by itself: what is under it is not too small.
        but = ("target-size",) if self.page.locator(".undo:not(.inline)").is_visible() else ()
        found = violations(self.page, but)
        assert not found, f"{about or self.page.url}:\n" + "\n".join(found)

    def at_peace(self) -> None:
        """Fail with what the console said."""
        faults, self.faults = self.faults, []
        assert not faults, "\n".join(faults)


def reader(browser: Browser, url: str, *, size: dict[str, int] | None = None, state: Any = None, **more: Any) -> Reader:
    """Somebody with a fresh browser; `state` are the cookies of one signed in before."""
    given: dict[str, Any] = {"viewport": size or TABLET, "locale": "en-GB", "storage_state": state, **more}
    context = browser.new_context(**given)
    context.set_default_timeout(8000)
    return Reader(context, url)


def violations(page: Page, but: Sequence[str] = (), only: Sequence[str] = ()) -> list[str]:
    """What axe says, a line each: rule, help, the first elements. `only` asks for these rules instead of all."""
    # Straight into the page: a script tag would be stopped by the content policy, as it should.
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(f"() => {{ {_AXE}; return true }}")
    asked = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": RULES}
    options = json.dumps({"runOnly": asked, "resultTypes": ["violations"]})
    found = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: "
        + "; ".join(
            f"{node['html'][:160]} [{(node.get('failureSummary') or '').splitlines()[-1].strip()[:200]}]"
            for node in one["nodes"][:4]
        )
        + (f" and {len(one['nodes']) - 4} more" if len(one["nodes"]) > 4 else "")
        for one in found
        if one["id"] not in but
    ]
