"""Log: what just happened between us, and what do we say when this happens?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from milieu.queries import houses, parts
from milieu.queries.viewers import Here
from milieu.record import programmes
from milieu.record.facts import stays
from milieu.record.facts.house import House, Resident
from milieu.rules.permissions import Viewer
from milieu.rules.programme.shape import CalmingStep, Programme
from milieu.rules.words import Sentence, Text, say

KINDS = ("noticed", "correction", "redirection", "calming")


@dataclass(frozen=True, slots=True)
class Who:
    """One person to choose."""

    stay: str
    name: str
    level: int
    levels: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class KindCard:
    """One kind of interaction to choose."""

    code: str
    title: Text | Sentence
    hint: Sentence
    icon: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One strength or expectation to choose; `own_goal` when this person works on it."""

    code: str
    title: Text
    chosen: bool
    own_goal: bool


@dataclass(frozen=True, slots=True)
class WhatWeSay:
    """The agreed answer, and how it is adapted for the one person chosen."""

    guidance: Text
    because: Text
    agreed: date | None
    offers: tuple[Text, ...]
    adapted_for: str
    adapted: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """The sheet: who, what kind, and the detail of that kind."""

    near_title: Sentence
    near: tuple[Who, ...]
    others: tuple[Who, ...]
    chosen: tuple[Who, ...]
    kinds: tuple[KindCard, ...]
    kind: str
    strengths: tuple[Chip, ...]
    expectations: tuple[Chip, ...]
    expectation: str
    say: WhatWeSay | None
    steps: tuple[CalmingStep, ...]
    calming_plan: tuple[str, ...]
    shared_with: Sentence | None
    own_ratio: Sentence
    search: str


def page(
    here: Here,
    viewer: Viewer,
    at: datetime,
    *,
    who: tuple[str, ...] = (),
    kind: str = "",
    expectation: str = "",
    search: str = "",
) -> LogPage:
    """The sheet for these choices; unknown choices are left out."""
    programme = programmes.in_force(here.programme)
    house = houses.load(here, viewer, at)
    chosen = tuple(one for one in house.residents if one.stay in who)
    place = _my_place(house, viewer)
    near = [one for one in house.residents if place and one.place == place]
    others = [one for one in house.residents if one not in near and _matches(one, search)]
    described = houses.described(here, viewer, chosen[0].stay) if len(chosen) == 1 else None
    kind = kind if kind in KINDS else ""
    known = {one.code for one in programme.expectations}
    expectation = expectation if expectation in known else ""
    space = next((s.title for s in programme.spaces if s.code == place), None)
    return LogPage(
        near_title=say("log.near", "Near you, {place}", place=space) if space else say("log.people", "Who"),
        near=tuple(_who(one, programme, who) for one in near if _matches(one, search)),
        others=tuple(_who(one, programme, who) for one in others),
        chosen=tuple(_who(one, programme, who) for one in chosen),
        kinds=tuple(_kind(code, programme, kind) for code in KINDS),
        kind=kind,
        strengths=_strengths(programme, described.goals if described else ()),
        expectations=tuple(
            Chip(one.code, one.title, one.code == expectation, False)
            for one in programme.expectations
            if one.binds != "staff"
        ),
        expectation=expectation,
        say=_what_we_say(programme, expectation, described),
        steps=programme.calming,
        calming_plan=described.helps if described else (),
        shared_with=_shared_with(chosen, kind, viewer),
        own_ratio=_own_ratio(here, viewer, at),
        search=search,
    )


def _my_place(house: House, viewer: Viewer) -> str:
    member = house.member(viewer.staff)
    return member.place if member is not None else ""


def _matches(one: Resident, search: str) -> bool:
    wanted = search.strip().lower()
    return (
        not wanted
        or wanted in one.name.lower()
        or wanted in one.full_name.lower()
        or wanted == one.room.rsplit("-", 1)[-1]
    )


def _who(one: Resident, programme: Programme, who: tuple[str, ...]) -> Who:
    return Who(one.stay, one.name, one.level, len(programme.levels), one.stay in who)


_HINTS = {
    "noticed": ("leaf", say("log.noticed", "Noticed"), say("log.hint.noticed", "A strength you saw")),
    "correction": (
        "speech",
        say("log.correction", "Correction"),
        say("log.hint.correction", "Reminder of an expectation"),
    ),
    "redirection": (
        "arrow",
        say("log.redirection", "Redirection"),
        say("log.hint.redirection", "Steered to something else"),
    ),
    "calming": ("wave", say("log.calming", "Calming steps"), say("log.hint.calming", "Struggling now")),
}


def _kind(code: str, programme: Programme, chosen: str) -> KindCard:
    icon, title, hint = _HINTS[code]
    return KindCard(code, programme.words.get(code) or title, hint, icon, code == chosen)


def _strengths(programme: Programme, goals: tuple[str, ...]) -> tuple[Chip, ...]:
    chips = [Chip(one.code, one.title, False, one.code in goals) for one in programme.strengths]
    return tuple(sorted(chips, key=lambda chip: not chip.own_goal))


def _what_we_say(programme: Programme, code: str, described: stays.Described | None) -> WhatWeSay | None:
    if not code:
        return None
    one = programme.expectation(code)
    agreed = date.fromisoformat(one.agreed) if one.agreed else None
    adapted = described.adapted.get(code, "") if described else ""
    name = parts.first_name(described.name) if described and adapted else ""
    return WhatWeSay(one.guidance, one.because, agreed, one.offer, name, adapted)


def _shared_with(chosen: tuple[Resident, ...], kind: str, viewer: Viewer) -> Sentence | None:
    if not chosen or kind not in ("noticed", "correction", "redirection"):
        return None
    mine = parts.first_name(viewer.name)
    if len(chosen) > 1:
        return (
            say("log.see.noticed", "They will see this as “{by} noticed”.", by=mine)
            if kind == "noticed"
            else say("log.see.reminder", "They will see this as “A reminder from {by}”.", by=mine)
        )
    name = parts.first_name(chosen[0].name)
    if kind == "noticed":
        return say("log.sees.noticed", "{name} will see this as “{by} noticed”.", name=name, by=mine)
    return say("log.sees.reminder", "{name} will see this as “A reminder from {by}”.", name=name, by=mine)


def _own_ratio(here: Here, viewer: Viewer, at: datetime) -> Sentence:
    mine = stays.own_tallies(here.id, viewer.staff, parts.local_day(at, here.zone))
    return say(
        "log.own", "You today: {noticed} noticed, {corrected} corrected. Only you see this.",
        noticed=mine.get("noticed", 0), corrected=mine.get("correction", 0),
    )  # fmt: skip
