"""What stands around every screen: place, time, who is signed in, where one can go. Built once a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from milieu.queries import badge as badges
from milieu.queries.viewers import Signed
from milieu.record import programmes
from milieu.rules import day as day_rules
from milieu.rules import moments
from milieu.rules.permissions import May, called
from milieu.rules.words import Sentence, Text
from milieu.web.shared.addresses import url
from milieu.web.shared.jinja import said


@dataclass(frozen=True, slots=True)
class Way:
    """One place in the rail: its code, words, icon and address; `badge` counts what waits there."""

    code: str
    title: str
    icon: str
    url: str
    badge: int = 0


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """What was just recorded and can be taken back."""

    entry: str
    sentence: Sentence
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything base.html shows around the page."""

    community: str
    viewer_name: str
    viewer_role: str
    now: datetime
    zone: str
    shift: str
    theme: str
    hand: str
    places: tuple[Way, ...]
    current: str
    language: str
    text_dir: str
    live_url: str
    n: int
    undo: tuple[UndoOffer, ...] = ()
    sees: Sentence | None = None
    idle_seconds: int = 0
    can_log: bool = False
    shared_device: bool = False
    known_at: datetime | None = None
    account: str = ""
    draft_key: str = ""
    looking_at: str = ""

    def then(self, address: str) -> str:
        """The address at the moment looked at: unchanged now, with `at` on a past moment."""
        return _then(address, self.looking_at)


def frame(
    signed: Signed, now: datetime, current: str, *, badge: int | None = None, undo: tuple[UndoOffer, ...] = (),
    sees: Sentence | None = None, known_at: datetime | None = None,
) -> Frame:  # fmt: skip
    """The frame for a signed-in viewer on the screen `current`."""
    viewer, here = signed.viewer, signed.here
    assert here is not None  # noqa: S101 - views with a frame are behind a chosen community
    programme = programmes.in_force(here.programme)
    wall = moments.local(now, here.zone)
    shift = programme.shift_at(wall.hour * 60 + wall.minute)
    theme = viewer.theme
    # every screen, or going from Rounds to a person would light up a sleeping room
    if theme == "auto" and day_rules.is_night(programme, now, here.zone):
        theme = "night"
    language = translation.get_language() or "en"
    looking_at = _looking_at(known_at, here.zone)
    if badge is None and not known_at:
        badge = badges.checks_due(here, viewer, now)
    return Frame(
        community=here.name,
        viewer_name=viewer.name,
        viewer_role=role_title(programme.roles, viewer.role),
        now=now,
        zone=here.zone,
        shift=shift.title.in_(language) if shift and isinstance(shift.title, Text) else "",
        theme=theme,
        hand=viewer.hand,
        places=_ways(signed, 0 if known_at else badge or 0, looking_at),
        current=current,
        language=language,
        text_dir="rtl" if translation.get_language_bidi() else "ltr",
        live_url="" if known_at else url("live"),
        n=here.n,
        undo=() if known_at else undo,
        sees=sees,
        idle_seconds=120 if viewer.shared_device else 0,
        can_log=viewer.may(May.RECORD_INTERACTION),
        shared_device=viewer.shared_device,
        known_at=known_at,
        account=viewer.account,
        draft_key=_draft_key(viewer.account),
        looking_at=looking_at,
    )


@lru_cache(maxsize=512)
def _draft_key(account: str) -> str:
    """What seals the unfinished words of this account on a shared tablet: the next person's page has another key."""
    return salted_hmac("milieu drafts", account).hexdigest()


def role_title(roles: tuple, code: str) -> str:  # type: ignore[type-arg]
    """What this programme calls a role."""
    return str(said(called(code, {role.code: role.title for role in roles})))


def _looking_at(known_at: datetime | None, zone: str) -> str:
    """The past moment as an address says it: on the wall's clock, with its offset only in the hour that comes twice."""
    if known_at is None:
        return ""
    wall = moments.local(known_at, zone)
    said = wall if wall.fold else wall.replace(tzinfo=None)
    return said.isoformat(timespec="seconds" if wall.second else "minutes")


def _then(address: str, looking_at: str) -> str:
    return (
        f"{address}{'&' if '?' in address else '?'}{urlencode({'at': looking_at}, safe=':')}" if looking_at else address
    )


def _ways(signed: Signed, badge: int, looking_at: str) -> tuple[Way, ...]:
    may = signed.viewer.may
    ways = []
    if may(May.SEE_BOARD):
        ways.append(Way("today", _("Today"), "home", _then(url("today"), looking_at)))
    if may(May.RECORD_CHECK):
        ways.append(Way("rounds", _("Rounds"), "clock", _then(url("rounds"), looking_at), badge))
    if may(May.OPEN_RESIDENT):
        ways.append(Way("residents", _("Residents"), "people", _then(url("residents"), looking_at)))
    ways.append(Way("community", _("Community"), "community", url("community")))
    if may(May.SEE_BOARD):
        ways.append(Way("handover", _("Handover"), "handover", url("handover")))
    ways.append(Way("more", _("More"), "more", url("more")))
    return tuple(ways)
