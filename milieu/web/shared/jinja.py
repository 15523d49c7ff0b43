"""The template environment: strict, escaping, with the few filters and globals that pages use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from milieu.rules import moments
from milieu.rules.words import Sentence, Text


@cache
def static(path: str) -> str:
    """The address of a static file, with its content's fingerprint so that it can be kept for ever."""
    content = (settings.STATIC_ROOT / path).read_bytes()
    return f"{settings.STATIC_URL}{path}?v={sha256(content).hexdigest()[:10]}"


def url(name: str, **parts: Any) -> str:
    """The address of a screen by its name."""
    return reverse(name, kwargs=parts or None)


@pass_context
def clock(context: Context, moment: datetime) -> str:
    """The time of day on the community's wall, 24 hours."""
    return moments.local(moment, _zone(context)).strftime("%H:%M")


@pass_context
def day(context: Context, moment: datetime | date) -> str:
    """Tuesday 14 October, in the language of the page."""
    when = moments.local(moment, _zone(context)) if isinstance(moment, datetime) else moment
    if translation.get_language() in (None, "en"):
        return f"{when:%A} {when.day} {when:%B}"
    return formats.date_format(when, "l j F")


@pass_context
def short_day(context: Context, moment: datetime | date) -> str:
    """14 October, in the language of the page."""
    when = moments.local(moment, _zone(context)) if isinstance(moment, datetime) else moment
    return f"{when.day} {when:%B}" if translation.get_language() in (None, "en") else formats.date_format(when, "j F")


def duration(length: timedelta) -> str:
    """12 min, 1 h 18 min: rounded up to whole minutes."""
    minutes = max(0, -(-int(length.total_seconds()) // 60))
    hours, left = divmod(minutes, 60)
    if not hours:
        return translation.gettext("%(n)s min") % {"n": left}
    if not left:
        return translation.gettext("%(n)s h") % {"n": hours}
    return translation.gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": left}


def said(words: Any) -> Any:
    """A rule's sentence or a programme's text in the language of the page; other values as they are."""
    if isinstance(words, Sentence):
        return words.translated(_translated, translation.ngettext)
    return _translated(words) if isinstance(words, Text) else words


def _translated(text: str) -> str:
    if isinstance(text, Text):
        return text.in_(translation.get_language() or "en")
    return translation.gettext(text)


def _finalize(value: Any) -> Any:
    return said(value) if isinstance(value, (Sentence, Text)) else value


def iso(moment: datetime) -> str:
    """The instant for machines: `datetime` attributes and scripts."""
    return moment.isoformat(timespec="seconds")


def ms(moment: datetime) -> int:
    """The instant in milliseconds, for countdowns."""
    return moments.to_ms(moment)


def _zone(context: Context) -> str:
    frame = context.get("frame")
    return frame.zone if frame is not None and frame else "UTC"


def emphasised(text: str, name: str) -> Markup:
    """`text` with its first `name` in bold: sentences that begin with a person's name."""
    before, found, after = str(said(text)).partition(name)
    if not found:
        return Markup(escape(before))  # noqa: S704 - escaped
    return Markup("{}<b>{}</b>{}").format(before, found, after)


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend asks for."""
    made = Environment(
        **{
            **options,
            "undefined": StrictUndefined,
            "autoescape": True,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "finalize": _finalize,
            "auto_reload": False,
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
        }
    )
    made.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(static=static, url=url, emphasised=emphasised, said=said)
    made.filters.update(clock=clock, day=day, short_day=short_day, duration=duration, said=said, iso=iso, ms=ms)
    return made
