"""Small screens, large letters, fingers, the keyboard's place, people who bear no motion, and right-to-left languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.living import LiveHouse
from tests.journeys.reader import PHONE, PORTRAIT, TABLET, Reader, reader
from tests.journeys.screens import screens

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
NARROW = {"width": 320, "height": 640}
ENLARGED = {"width": 590, "height": 410}  # the tablet at 200 %
SCREENS = (
    "today", "today-names", "today-peek", "rounds", "log", "log-noticed", "log-correction", "log-calming", "residents",
    "resident", "resident-level", "programme", "more", "settings", "devices", "palette", "who-looked",
    "where", "move", "order", "describe", "duty", "duty-of", "group", "need", "need-new",
)  # fmt: skip

# What sticks out of the window, and text cut off without a way to reach it. Strips that scroll by themselves are no loss.
LOST = """() => {
  const scrolls = (it) => { for (let up = it; up && up !== document.body; up = up.parentElement) {
    const s = getComputedStyle(up); if (/auto|scroll/.test(s.overflowX) && up.scrollWidth > up.clientWidth) return true } return false }
  const seen = (it) => it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !it.closest('.vh, .skip, [hidden], svg, .undo')
  const lost = []
  if (document.documentElement.scrollWidth > innerWidth) lost.push(`the page is ${document.documentElement.scrollWidth} wide`)
  for (const it of document.querySelectorAll('main *, header *, nav *, dialog *')) {
    if (!seen(it) || it.matches('.vh, .vh *, .skip') || !it.childNodes.length) continue
    const box = it.getBoundingClientRect()
    if (box.width < 2 || scrolls(it)) continue
    if (box.right > innerWidth + 1 || box.left < -1) lost.push(`${it.className || it.tagName} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`)
  }
  return lost.slice(0, 6)
}"""

# Whatever can be pressed and is smaller than a fingertip. A link in a sentence may be as high as its line.
SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].flatMap((it) => {
  if (!it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || it.disabled || it.closest('.vh, [inert]')) return []
  if (it.matches('.skip, p a, dd a, .facts a, .before a, [type=hidden]') || (it.closest('label') && it.matches('[type=checkbox], [type=radio]'))) return []
  const box = it.getBoundingClientRect()
  // a row or a status opens by more than its words: the area that its before and after lay over the page counts
  let [width, height] = [box.width, box.height]
  for (const part of ['::before', '::after']) {
    const s = getComputedStyle(it, part)
    if (s.content !== 'none' && s.position === 'absolute') { width = Math.max(width, parseFloat(s.width) || 0); height = Math.max(height, parseFloat(s.height) || 0) }
  }
  return width >= 43.5 && height >= 43.5 ? [] : [`${(it.getAttribute('aria-label') || it.textContent || it.name || '').trim().slice(0, 40)} (${it.className || it.tagName}): ${Math.round(width)} x ${Math.round(height)}`]
})"""

# What has the keyboard must be seen: in the window, marked, and on top of whatever sticks to the edge.
UNSEEN = """() => {
  const it = document.activeElement
  if (!it || it === document.body || it.matches('.vh, .skip')) return ''
  const marked = (one) => { const s = getComputedStyle(one); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow.includes('3px') }
  const around = [it, it.closest('.person, .stop, .list-row, label, .search, .palette-field, .find-row')].filter(Boolean)
  const name = (it.getAttribute('aria-label') || it.textContent || it.name || it.id).trim().slice(0, 40)
  if (!around.some(marked)) return `${name}: no mark`
  // on a strip that scrolls, the part of it that is in the window
  const box = (it.closest('label') ?? it).getBoundingClientRect()
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
  if (right - left < Math.min(24, box.width)) return `${name}: outside the window from ${Math.round(box.left)}`
  const [x, y] = [(left + right) / 2, box.top + box.height / 2]
  if (y < 0 || y > innerHeight) return `${name}: outside the window at ${Math.round(y)}`
  const top = document.elementFromPoint(x, y)
  const ours = top && (around.some((one) => one.contains(top)) || top.contains(it) && !top.matches('.top, .rail, .phonebar, .undo'))
  return ours ? '' : `${name}: under ${top?.className || top?.tagName}`
}"""


@pytest.fixture(scope="module")
def window(chromium: Browser, live_house: LiveHouse, nadia_state: Any) -> Iterator[Reader]:
    """Nadia's browser, with its window drawn to the size a test needs."""
    one = reader(chromium, live_house.url, state=nadia_state, reduced_motion="reduce")
    yield one
    one.context.close()


def show(one: Reader, house: LiveHouse, name: str, size: dict[str, int]) -> None:
    """This screen in a window of this size."""
    one.page.set_viewport_size(size)  # type: ignore[arg-type]
    screen = next(each for each in screens(house) if each.name == name)
    one.go(screen.path)
    screen.ready(one.page)


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_lost_on_320_pixels_nor_at_twice_the_size(window: Reader, live_house: LiveHouse, name: str) -> None:
    found = []
    for size in (NARROW, ENLARGED):
        show(window, live_house, name, size)
        found += [f"{size['width']}: {words}" for words in window.page.evaluate(LOST)]
    assert not found, "\n".join(found)
    window.at_peace()


@pytest.mark.parametrize("name", ["today", "log-correction", "resident", "residents", "settings"])
@pytest.mark.parametrize("size", [TABLET, PORTRAIT, NARROW], ids=["tablet", "upright", "320"])
def test_headings_keep_their_words_together(
    window: Reader, live_house: LiveHouse, name: str, size: dict[str, int]
) -> None:
    show(window, live_house, name, size)
    squeezed = window.page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, .btn')].filter((it) => it.checkVisibility() && !it.matches('.vh'))
          .map((it) => [it.textContent.trim(), it.getBoundingClientRect()])
          .filter(([words, box]) => words.length > 3 && box.height > 2 * box.width).map(([words]) => words)"""
    )
    assert not squeezed


def test_both_ways_to_save_are_in_view_on_a_tablet(window: Reader, live_house: LiveHouse) -> None:
    for size in (TABLET, PORTRAIT):
        show(window, live_house, "log-correction", size)
        expect(window.page.locator("#said-agreed")).to_be_in_viewport(ratio=1)
        expect(window.page.locator("#said-other")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", [NARROW, ENLARGED], ids=["320", "200 %"])
def test_main_actions_are_within_reach_on_a_small_window(
    window: Reader, live_house: LiveHouse, size: dict[str, int]
) -> None:
    show(window, live_house, "today", size)
    button = window.page.locator(".need button").first
    button.scroll_into_view_if_needed()
    expect(button).to_be_in_viewport(ratio=1)
    show(window, live_house, "rounds", size)
    for pad in window.page.locator(".pad-button").all():
        pad.scroll_into_view_if_needed()
        expect(pad).to_be_in_viewport(ratio=1)
    show(window, live_house, "log-correction", size)
    window.page.locator("#said-agreed").scroll_into_view_if_needed()
    expect(window.page.locator("#said-agreed")).to_be_in_viewport(ratio=1)
    window.at_peace()


@pytest.mark.parametrize("name", ["today", "today-names", "rounds", "log-noticed", "log-correction", "residents", "resident", "settings", "more", "where", "describe", "group"])  # fmt: skip
@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_targets_are_as_large_as_a_fingertip(
    window: Reader, live_house: LiveHouse, name: str, size: dict[str, int]
) -> None:
    show(window, live_house, name, size)
    small = window.page.evaluate(SMALL)
    assert not small, "\n".join(small)


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize("name", ["today", "rounds", "log-correction", "resident"])
def test_what_has_the_keyboard_is_seen(window: Reader, live_house: LiveHouse, name: str, size: dict[str, int]) -> None:
    show(window, live_house, name, size)
    unseen, last = [], None
    for _ in range(60):
        window.press("Tab")
        now = window.page.evaluate("() => document.activeElement?.outerHTML.slice(0, 200)")
        if now == last or now is None:
            break
        last = now
        if words := window.page.evaluate(UNSEEN):
            unseen.append(words)
    assert not unseen, "\n".join(unseen)


@pytest.mark.parametrize("name", ["today", "rounds", "log", "palette"])
def test_nothing_moves_for_whoever_asked_for_no_motion(window: Reader, live_house: LiveHouse, name: str) -> None:
    show(window, live_house, name, TABLET)
    moving = window.page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((it) => { const s = getComputedStyle(it)
          const longest = (times) => Math.max(...times.split(',').map(parseFloat))
          return longest(s.transitionDuration) > 0.01 || (s.animationName !== 'none' && longest(s.animationDuration) > 0.01) })
          .map((it) => it.className || it.tagName).slice(0, 5)"""
    )
    assert not moving


@pytest.mark.parametrize("name", ["today", "rounds", "log-correction", "resident", "more"])
def test_a_language_written_from_the_right_mirrors_the_page(window: Reader, live_house: LiveHouse, name: str) -> None:
    for size in (TABLET, PHONE, NARROW):
        show(window, live_house, name, size)
        before = window.page.locator(".top-mark").bounding_box()
        window.page.evaluate("() => { document.documentElement.dir = 'rtl' }")
        after = window.page.locator(".top-mark").bounding_box()
        if before and after:
            assert after["x"] > size["width"] / 2 > before["x"]
        assert not window.page.evaluate(LOST)


class TestLongerWords:
    """Peter reads German, whose words are longer: still nothing sticks out of the smallest window."""

    def test_german_fits_the_smallest_window(self, open_: Open, live_house: LiveHouse) -> None:
        self.reader = open_(live_house, reduced_motion="reduce")
        page = self.reader.sign_in("peter")
        self.reader.go("/settings")
        page.locator("select[name=language]").select_option("de")
        page.locator("form:has(select[name=language]) button").click()
        page.wait_for_url("**/settings?done=looks**")
        for name in ("today", "residents", "resident", "more", "settings"):
            show(self.reader, live_house, name, NARROW)
            expect(page.locator("html")).to_have_attribute("lang", "de")
            assert not page.evaluate(LOST), name
        self.reader.axe("in German")
