"""The template environment: strict, escaping, with the few filters and globals that pages use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import TemplateDoesNotExist
from django.template.backends.jinja2 import Jinja2, Template
from django.utils import formats, translation
from django.utils.translation import trans_real
from jinja2 import Environment, StrictUndefined, TemplateNotFound, pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from milieu.rules import moments
from milieu.rules.programme.quantity import Quantity
from milieu.rules.words import Sentence, Text
from milieu.web.shared import addresses, drawn

_ZONE: ContextVar[str] = ContextVar("zone", default="UTC")


def clock(moment: datetime) -> str:
    """The time of day on the community's wall, 24 hours."""
    return moments.clock(moment, _ZONE.get())


def day(moment: datetime | date) -> str:
    """Tuesday 14 October, in the language of the page."""
    when = moments.local(moment, _ZONE.get()) if isinstance(moment, datetime) else moment
    if translation.get_language() in (None, "en"):
        return f"{when:%A} {when.day} {when:%B}"
    return translation.gettext("%(weekday)s %(day)s %(month)s") % {
        "weekday": formats.date_format(when, "l"), "day": when.day, "month": formats.date_format(when, "E"),
    }  # fmt: skip


def short_day(moment: datetime | date) -> str:
    """14 October, in the language of the page."""
    when = moments.local(moment, _ZONE.get()) if isinstance(moment, datetime) else moment
    if translation.get_language() in (None, "en"):
        return f"{when.day} {when:%B}"
    return translation.gettext("%(day)s %(month)s") % {"day": when.day, "month": formats.date_format(when, "E")}


def year(moment: datetime) -> int:
    """2026, on the community's calendar."""
    return moments.local(moment, _ZONE.get()).year


def day_of_month(moment: datetime) -> int:
    """14, on the community's calendar."""
    return moments.local(moment, _ZONE.get()).day


def amount(quantity: Quantity) -> str:
    """60 minutes, 1 person: a programme's number with its unit, in the language of the page."""
    n, plural = quantity.value, 1 if quantity.value == 1 else 2
    words = {
        "minute": translation.ngettext("%(n)s minute", "%(n)s minutes", plural),
        "hour": translation.ngettext("%(n)s hour", "%(n)s hours", plural),
        "day": translation.ngettext("%(n)s day", "%(n)s days", plural),
        "month": translation.ngettext("%(n)s month", "%(n)s months", plural),
        "person": translation.ngettext("%(n)s person", "%(n)s people", plural),
        "share": translation.gettext("%(n)s%%"),
    }.get(quantity.unit, "%(n)s")
    return words % {"n": formats.number_format(f"{100 * n if quantity.unit == 'share' else n:g}")}


def of_day(minute: int) -> str:
    """The time of day, minutes after midnight, as a clock shows it."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


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


_PLAIN = frozenset({str, Markup, int, float})


def _finalize(value: Any) -> Any:
    # called for every output of every page: what needs no translation leaves first
    return value if type(value) in _PLAIN else said(value)


def iso(moment: datetime) -> str:
    """The instant for machines: `datetime` attributes and scripts."""
    return moment.isoformat(timespec="seconds")


def ms(moment: datetime) -> int:
    """The instant in milliseconds, for countdowns."""
    return moments.to_ms(moment)


def emphasised(text: str, name: str) -> Markup:
    """`text` with its first `name` in bold: sentences that begin with a person's name."""
    before, found, after = str(said(text)).partition(name)
    if not found:
        return Markup(escape(before))  # noqa: S704 - escaped
    return Markup("{}<b>{}</b>{}").format(before, found, after)


def environment(**options: Any) -> Environment:
    """An environment in the language now active: its words are bound once, not looked up at every output."""
    made = Environment(  # noqa: S701 - autoescape is on, below
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
    catalogue = trans_real.translation(translation.get_language() or settings.LANGUAGE_CODE)
    made.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        _=_bound(catalogue.gettext),
        kept=_keeper(),
        part=_part_keeper(),
        static=addresses.static, url=addresses.url, emphasised=emphasised, said=said, icon=drawn.icon,
        level_tile=drawn.level_tile, ring=drawn.ring,
    )  # fmt: skip
    made.filters.update(clock=clock, day=day, short_day=short_day, duration=duration, said=said, iso=iso, ms=ms)
    made.filters.update(day_of_month=day_of_month, year=year, amount=amount, of_day=of_day)
    return made


def _bound(gettext: Callable[[str], str]) -> Callable[..., Markup]:
    """`_` for templates: the catalogue's words kept as markup, parameters escaped into them.

    The extension's own goes through three calls and builds the markup anew each time: a third of a page's time.
    """
    kept: dict[str, Markup] = {}

    def translated(words: str, **params: Any) -> Markup:
        found = kept.get(words)
        if found is None:
            found = kept[words] = Markup(gettext(words))  # noqa: S704 - words of our own templates and catalogues
        return found % params

    return translated


def _keeper(most: int = 20_000) -> Callable[..., Markup]:
    """`kept(macro, …)` for templates: what a macro made of the same frozen data before.

    Page data is frozen and says everything a macro shows, so the same data is the same markup; between two changes of a
    row most of a board is. Dropped oldest first. Not for macros with a form: tokens differ.
    """
    made: OrderedDict[Hashable, Markup] = OrderedDict()

    def kept(macro: Macro, *said: Hashable) -> Markup:
        key = (macro.name, said)
        found = made.get(key)
        if found is None:
            found = made[key] = Markup(macro(*said))  # noqa: S704 - a macro escapes
            if len(made) > most:
                made.popitem(last=False)
        return found

    return kept


_MARK = Markup("<!--token-->")


def _part_keeper(most: int = 256) -> Callable[..., Markup]:
    """`part(template, key)` for templates: an included part, made once for page data of this key at this address.

    Its forms are kept with a mark where the token stands, and each reader's own is put in.
    """
    made: OrderedDict[Hashable, Markup] = OrderedDict()

    @pass_context
    def part(context: Context, template: str, key: tuple[str, ...]) -> Markup:
        where = (template, key, context["request"].get_full_path())
        found = made.get(where)
        if found is None:
            env = context.environment
            values = {**context.get_all(), "csrf_input": _MARK}
            found = made[where] = Markup(env.get_template(template).render(values))  # noqa: S704 - rendered
            if len(made) > most:
                made.popitem(last=False)
        if _MARK not in found:
            return found
        return Markup(str(found).replace(_MARK, context["csrf_input"].__html__()))  # noqa: S704 - both are markup

    return part


class Pages(Jinja2):
    """Django's Jinja2 backend with one environment a language."""

    def __init__(self, params: dict[str, Any]) -> None:
        options = params["OPTIONS"] = {**params["OPTIONS"], "environment": "milieu.web.shared.jinja.environment"}
        super().__init__({**params, "OPTIONS": dict(options)})
        self._loader = self.env.loader
        self._languages: dict[str, Environment] = {}

    def get_template(self, template_name: str) -> Template:
        """The template in the active language."""
        language = translation.get_language() or settings.LANGUAGE_CODE
        env = self._languages.get(language)
        if env is None:
            env = self._languages[language] = environment(loader=self._loader)
        try:
            return Page(env.get_template(template_name), self)
        except TemplateNotFound as missing:
            raise TemplateDoesNotExist(template_name, backend=self) from missing


class Page(Template):
    """A template whose form token is made once a page, however many forms it has."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        """The page."""
        values = dict(context or {})
        if request is not None:
            values["request"] = request
            values["csrf_input"] = _Token(request)
        frame = values.get("frame")
        before = _ZONE.set(frame.zone if frame else "UTC")
        try:
            return str(self.template.render(values))
        finally:
            _ZONE.reset(before)


class _Token:
    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._made: Markup | None = None

    def __html__(self) -> Markup:
        if self._made is None:
            self._made = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
                get_token(self._request)
            )
        return self._made
