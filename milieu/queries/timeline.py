"""A person's timeline: what was recorded about them, newest first, a page at a time, with what was taken back beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from milieu.queries.rounds import pad_title
from milieu.queries.viewers import Here
from milieu.record import reading
from milieu.record.entries import Entry
from milieu.record.facts.house import House
from milieu.record.kinds import CAN_BE_TAKEN_BACK
from milieu.rules import checks, moments, undo
from milieu.rules.checks import ENTERED_LATE
from milieu.rules.permissions import May, Viewer, called
from milieu.rules.programme.shape import Programme
from milieu.rules.visibility import KIND_MATTER, kinds_seen
from milieu.rules.words import Sentence, Text, say

PAGE = 50
FILTERS: tuple[tuple[str, Sentence, tuple[str, ...]], ...] = (
    ("", say("timeline.all", "All but checks"), ()),
    ("noticed", say("timeline.noticed", "Noticed"), ("noticed",)),
    ("groups", say("timeline.groups", "Groups"), ("attended",)),
    ("checks", say("timeline.checks", "Checks"), ("check",)),
    ("reminders", say("timeline.reminders", "Reminders"), ("correction", "redirection", "went")),
    ("places", say("timeline.places", "Places"), ("moved",)),
    (
        "stay",
        say("timeline.stay", "Stay and level"),
        ("stay_began", "stay_described", "stay_ended", "level_set", "watch_set"),
    ),
)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line. `took_back` tells who took it back and when; both stay visible."""

    entry: str
    n: int
    kind: str
    icon: str
    sentence: Sentence
    detail: Sentence | None
    at: datetime
    entered_at: datetime
    entered_late: bool
    by: str
    took_back: Sentence | None
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter above the timeline."""

    code: str
    title: Sentence
    chosen: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it; `older` pages on from there, empty at the beginning."""

    entries: tuple[TimelineEntry, ...]
    filters: tuple[Filter, ...]
    show: str
    older: str
    empty: Sentence | None


def page(
    here: Here, viewer: Viewer, programme: Programme, house: House, stay: str, name: str, at: datetime, *, show: str = "", before: str = "",
    known_at: datetime | None = None,
) -> Timeline:  # fmt: skip
    """The entries this viewer may see, newest first; `name` is what the person is called, here or gone."""
    chosen = next((one for one in FILTERS if one[0] == show), FILTERS[0])
    seen = kinds_seen(viewer)
    known = moments.to_ms(known_at) if known_at else None
    found = _found(stay, chosen[2], seen, before, known)
    older = f"{found[PAGE - 1].happened_at}-{found[PAGE - 1].n}" if len(found) > PAGE else ""
    corrected = reading.corrections([entry.id for entry in found[:PAGE]])
    lines = [
        _line(entry, corrected.get(entry.id), programme, house, name, known, viewer, None if known_at else at)
        for entry in found[:PAGE]
        if entry.kind in seen and entry.community == here.id
    ]
    empty = None if lines else say("timeline.empty", "Nothing of this kind is written yet.")
    return Timeline(tuple(lines), tuple(Filter(c, t, c == chosen[0]) for c, t, _ in FILTERS), chosen[0], older, empty)


def _found(
    stay: str, chosen: tuple[str, ...], seen: frozenset[str], before: str, known: int | None
) -> tuple[Entry, ...]:
    """One more than a page of what may be seen. Where all may, the kinds need not be read one by one."""
    kinds = chosen or (() if seen == KIND_MATTER.keys() else tuple(kind for kind in KIND_MATTER if kind != "check"))
    shown = tuple(kind for kind in kinds if kind in seen)
    if kinds and not shown:
        return ()
    return reading.about(stay, kinds=shown, before=_cursor(before), known_at=known, limit=PAGE + 1)


def _cursor(text: str) -> reading.Cursor:
    """Where the last page ended, from its address; from the newest when that cannot be read."""
    happened_at, _, n = text.partition("-")
    if not (happened_at.isdecimal() and n.isdecimal() and len(happened_at) < 16 and len(n) < 16):  # as a column holds
        return reading.START
    return reading.Cursor(int(happened_at), int(n))


def _line(
    entry: Entry,
    correction: Entry | None,
    programme: Programme,
    house: House,
    name: str,
    known: int | None,
    viewer: Viewer,
    at: datetime | None,
) -> TimelineEntry:
    member = house.member(entry.by)
    took_back = None
    if correction is not None and (known is None or correction.entered_at <= known):
        by = house.member(correction.by)
        took_back = say(
            "timeline.taken_back", "Taken back by {name}.", name=by.name if by else called(correction.role, {})
        )
    icon, sentence, detail = _words(entry, programme, name)
    late = entry.entered_at - entry.happened_at > ENTERED_LATE.total_seconds() * 1000
    return TimelineEntry(
        entry.id, entry.n, entry.kind, icon, sentence, detail, moments.from_ms(entry.happened_at),
        moments.from_ms(entry.entered_at), late, member.name if member else "", took_back,
        at is not None and correction is None and _may_take_back(viewer, entry, at),
    )  # fmt: skip


def _may_take_back(viewer: Viewer, entry: Entry, at: datetime) -> bool:
    if entry.kind not in CAN_BE_TAKEN_BACK or not viewer.may(May.TAKE_BACK):
        return False
    return undo.problem_with(viewer, entry.by, moments.from_ms(entry.entered_at), at) is None


def _words(entry: Entry, programme: Programme, name: str) -> tuple[str, Sentence, Sentence | None]:
    body = entry.body
    match entry.kind:
        case "noticed":
            strength = next((s for s in programme.strengths if s.code == body["strength"]), None)
            said = say("noticed.said", strength.said if strength else "{name} did well.", name=name)
            return "leaf", said, _free(body.get("words", ""))
        case "correction" | "redirection":
            about = next(
                (e.title for e in programme.expectations if e.code == body["expectation"]), Text(body["expectation"])
            )
            icon, code, text = _REMINDED[entry.kind]
            return icon, say(code, text, about=about), _way(body)
        case "check":
            if body.get("away"):
                return "search", say("timeline.not_there", "Was not there"), _late(body)
            if body["as"] == checks.SEEN:
                return "eye", say("timeline.seen", "Seen"), _late(body)
            return "eye", say("timeline.check", "Seen: {how}", how=pad_title(programme, body["as"])), _late(body)
        case "attended":
            slot = next((s.title for s in programme.week if s.code == body["slot"]), Text(body["slot"]))
            return "people", say(*_ATTENDED[body["status"]], what=slot), _said(body)
        case "moved":
            place = next((s.title for s in programme.spaces if s.code == body["place"]), Text(body["place"]))
            return "home", say("timeline.moved", "Went to: {place}", place=place), _free(body.get("doing", ""))
        case "level_set":
            return "star", say("timeline.level", "Level {n}", n=body["level"]), _free(body["reason"])
        case "watch_set":
            return "clock", _order(body, programme), _free(body["reason"])
        case _:
            return _OTHER.get(entry.kind, ("calendar", say("timeline.other", "Recorded")))[0], _other(entry, name), None


_REMINDED = {
    "correction": ("speech", "timeline.correction", "A reminder: {about}"),
    "redirection": ("arrow", "timeline.redirection", "Steered to something else: {about}"),
}
_ATTENDED = {
    "here": ("timeline.attended.here", "Took part: {what}"),
    "late": ("timeline.attended.late", "Came late: {what}"),
    "declined": ("timeline.attended.declined", "Chose not to come: {what}"),
    "excused": ("timeline.attended.excused", "Excused: {what}"),
    "left_early": ("timeline.attended.left_early", "Left early: {what}"),
    "elsewhere": ("timeline.attended.elsewhere", "Elsewhere: {what}"),
}
# whole sentences, because not every language says the second half the same way after each first half
_WAYS = {
    ("agreed", ""): ("timeline.way.agreed", "Said the agreed way."),
    ("agreed", "settled"): ("timeline.way.agreed.settled", "Said the agreed way. Settled."),
    ("agreed", "needs_time"): ("timeline.way.agreed.needs_time", "Said the agreed way. Needs time."),
    ("agreed", "not_yet"): ("timeline.way.agreed.not_yet", "Said the agreed way. Not yet."),
    ("different", ""): ("timeline.way.different", "Said differently."),
    ("different", "settled"): ("timeline.way.different.settled", "Said differently. Settled."),
    ("different", "needs_time"): ("timeline.way.different.needs_time", "Said differently. Needs time."),
    ("different", "not_yet"): ("timeline.way.different.not_yet", "Said differently. Not yet."),
}

_WENT = {
    "settled": say("timeline.went.settled", "How the reminder went: settled"),
    "needs_time": say("timeline.went.needs_time", "How the reminder went: needs time"),
    "not_yet": say("timeline.went.not_yet", "How the reminder went: not yet"),
}
_OTHER: dict[str, tuple[str, Sentence]] = {
    "stay_began": ("door", say("timeline.arrived", "Arrived")),
    "stay_described": ("person", say("timeline.described", "How to meet this person was written anew")),
    "stay_ended": ("door", say("timeline.left", "Left the house")),
    "one_to_one_began": ("people", say("timeline.one_to_one", "One to one began")),
    "one_to_one_ended": ("people", say("timeline.one_to_one_ended", "One to one ended")),
    "went": ("wave", say("timeline.went", "How it went was added")),
    "need_raised": ("hand", say("timeline.need", "Needed someone")),
    "need_taken": ("hand", say("timeline.need_taken", "Someone took it")),
    "need_done": ("check", say("timeline.need_done", "Settled")),
    "taken_back": ("undo", say("timeline.took_back", "Something was taken back")),
}


def _other(entry: Entry, name: str) -> Sentence:
    if entry.kind == "need_raised" and entry.body.get("text"):
        return say("timeline.need_text", "Needed someone: {text}", text=entry.body["text"])
    if entry.kind == "went":
        return _WENT.get(entry.body["went"], _OTHER["went"][1])
    return _OTHER.get(entry.kind, ("", say("timeline.other", "Recorded")))[1]


def _order(body: Mapping[str, Any], programme: Programme) -> Sentence:
    title = next(
        (level.title for level in programme.observation.levels if level.code == body["level"]), Text(body["level"])
    )
    return say("timeline.watch", "How often someone looks in: {level}", level=title)


def _free(words: str) -> Sentence | None:
    return say("timeline.words", "{words}", words=words) if words else None


def _said(body: Mapping[str, Any]) -> Sentence | None:
    return say("timeline.said", "In their words: {said}", said=body["said"]) if body.get("said") else None


def _late(body: Mapping[str, Any]) -> Sentence | None:
    return say("timeline.late", "Entered late: {why}", why=body["late_because"]) if body.get("late_because") else None


def _way(body: Mapping[str, Any]) -> Sentence | None:
    way = "agreed" if body["way"] == "agreed" else "different"
    return say(*_WAYS.get((way, body.get("went", "")), _WAYS[way, ""]))
