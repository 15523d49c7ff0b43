"""The small drawings that stand many times on a board: icon, level tile, ring. Drawn once for each look and kept."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from milieu.web.shared.addresses import static

_TILE = '<path d="M0 7a7 7 0 0 1 7-7h13a7 7 0 0 1 7 7v12a7 7 0 0 1-7 7H7a7 7 0 0 1-7-7z"/>'
MOST_TICKS = 6
_ROUND = 50.27


@lru_cache(maxsize=512)
def icon(name: str, cls: str = "") -> Markup:
    """One icon of the line set. Always beside a word, except check, close and back."""
    return Markup('<svg class="i i-{}{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        name, f" {cls}" if cls else "", static("img/icons.svg"), name
    )


@lru_cache(maxsize=512)
def level_tile(level: int, of: int, label: str = "") -> Markup:
    """A numeral over as many ticks as there are levels; above six the numeral stands alone.

    Colours run along one ramp of four whatever the number of levels. Inside a row the words are in the row's own text.
    """
    tone = 1 + round((level - 1) * 3 / (of - 1)) if of > 1 else 1
    named = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    ticks = Markup("")
    if of <= MOST_TICKS:
        width = (21.8 - (of - 1) * 1.4) / of
        for n in range(of):
            on = Markup(' class="on"') if n < level else Markup("")
            x = 2.6 + n * (width + 1.4)
            ticks += Markup(f'<rect{on} x="{x:.1f}" y="18.2" width="{width:.1f}" height="4.2" rx="1.2"/>')  # noqa: S704 - numbers
    y = "14.6" if of <= MOST_TICKS else "17.8"
    opened = Markup('<svg class="lv lv-{}" viewBox="0 0 27 26" {}>').format(tone, named)
    return (
        opened
        + Markup(f'{_TILE}<text x="13.5" y="{y}" text-anchor="middle">{level:d}</text>')  # noqa: S704 - numbers
        + ticks
        + Markup("</svg>")
    )


@lru_cache(maxsize=256)
def ring(share_left: float) -> Markup:
    """The share of time left before the next check. Decoration for the minutes beside it, so hidden from readers."""
    left = ""
    if share_left > 0:
        left = (
            f'<circle class="left" cx="10" cy="10" r="8" stroke-dasharray="{_ROUND * share_left:.1f} 50.3" '
            'transform="rotate(-90 10 10)"/>'
        )
    return Markup(  # noqa: S704 - numbers
        f'<svg class="ring" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="8"/>{left}</svg>'
    )
