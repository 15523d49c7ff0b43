"""Resident page: who is this person now, what are we working on together, what should I know before I walk over?

The Timeline is real; Plan, Level and Circle show what is known today and say what is not kept yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from milieu.queries import houses, parts, rounds, timeline
from milieu.queries.viewers import Here
from milieu.record import past, programmes
from milieu.record.facts import stays
from milieu.record.facts.house import House
from milieu.rules import moments
from milieu.rules.permissions import May, Viewer
from milieu.rules.programme.shape import Criterion, Programme
from milieu.rules.visibility import Matter, may_see, not_shown
from milieu.rules.words import Sentence, Text, say

TABS = ("timeline", "plan", "level", "circle")


@dataclass(frozen=True, slots=True)
class Header:
    """The name they use, and where they stand."""

    stay: str
    name: str
    full_name: str
    pronouns: str
    level: int
    levels: int
    level_name: Text
    level_days: int
    day_of_stay: int
    has_left: bool
    room: Text | None
    bed: str
    post: str
    place: Text | None
    buddy: str
    buddy_stay: str
    key_worker: str


@dataclass(frozen=True, slots=True)
class BeforeYouWalkOver:
    """The right rail: in their words first, then what keeps them safe. `hidden` says why a part is not shown."""

    likes: tuple[str, ...]
    helps: tuple[str, ...]
    avoids: tuple[str, ...]
    needs: tuple[str, ...]
    safety: tuple[str, ...]
    keep_apart: tuple[tuple[str, str, datetime | None], ...]
    status: parts.Status | None
    last_seen: Sentence | None
    one_to_one: str
    hidden: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class StrengthCount:
    """A strength and how often it was noticed this week."""

    title: Text
    n: int


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the strip; None where nothing was recorded, which is never drawn as nought."""

    day: datetime
    noticed: int | None
    took_part: int | None
    expected: int | None
    asleep: int | None


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One criterion of the next level, in words; evidence comes with the level review."""

    criterion: Criterion


@dataclass(frozen=True, slots=True)
class ResidentPage:
    """The page of one person."""

    header: Header
    tab: str
    before: BeforeYouWalkOver
    strengths: tuple[StrengthCount, ...]
    strip: tuple[StripDay, ...]
    timeline: timeline.Timeline | None
    goals: tuple[Text, ...]
    night_plan: tuple[str, ...]
    night_plan_at: datetime | None
    level_lines: tuple[LevelLine, ...]
    support: Text
    freedoms: tuple[Text, ...]
    duties: tuple[Text, ...]
    welcome: tuple[Sentence, ...]
    sees: Sentence
    may_log: bool
    may_check: bool
    may_describe: bool
    may_order: bool
    may_level: bool
    at: datetime
    known_at: datetime | None


def page(
    here: Here, viewer: Viewer, at: datetime, stay: str, *, tab: str = "timeline", show: str = "", before: str = "",
    known_at: datetime | None = None,
) -> ResidentPage | None:  # fmt: skip
    """The page for this viewer, or None when there is no such stay in this community."""
    tab = tab if tab in TABS else "timeline"
    programme = programmes.in_force(here.programme)
    described = houses.described(here, viewer, stay, known_at)
    if described is None:
        return None
    moment = known_at or at
    house = houses.load(here, viewer, at, known_at)
    week = (parts.local_day(moment, here.zone), *parts.days_before(moment, here.zone, 13))
    counts = _counts(here, stay, week, known_at)
    level = programme.level(described.level)
    shown = (
        timeline.page(
            here,
            viewer,
            programme,
            house,
            stay,
            parts.first_name(described.name),
            at,
            show=show,
            before=before,
            known_at=known_at,
        )
        if tab == "timeline"
        else None
    )
    following = next((one for one in programme.levels if one.number == described.level + 1), None)
    return ResidentPage(
        header=_header(described, house, programme, moment),
        tab=tab,
        before=_before(described, house, viewer, programme, moment, here),
        strengths=_strengths(counts, programme, week[:7]),
        strip=_strip(counts, week, here),
        timeline=shown,
        goals=tuple(one.title for one in programme.strengths if one.code in described.goals),
        night_plan=described.night_plan,
        night_plan_at=described.night_plan_at,
        level_lines=tuple(LevelLine(criterion) for criterion in following.criteria) if following else (),
        support=level.support, freedoms=level.freedoms, duties=level.duties,
        welcome=_welcome(described, moment) if may_see(viewer, Matter.PLAN_LINES) else (),
        sees=say("sees.team", "Team only"),
        may_log=viewer.may(May.RECORD_INTERACTION), may_check=viewer.may(May.RECORD_CHECK),
        may_describe=viewer.may(May.DESCRIBE_STAY), may_order=viewer.may(May.ORDER_WATCH), may_level=viewer.may(May.SET_LEVEL),
        at=moment, known_at=known_at,
    )  # fmt: skip


def _counts(here: Here, stay: str, days: tuple[str, ...], known_at: datetime | None) -> dict[tuple[str, str], int]:
    if known_at is None:
        return stays.tallies(stay, days)
    rows = past.state_at(here.id, moments.to_ms(known_at)).rows("tally")
    return {(row["day"], row["what"]): row["n"] for row in rows if row["stay"] == stay and row["day"] in days}


def _header(one: stays.Described, house: House, programme: Programme, at: datetime) -> Header:
    spaces = {space.code: space.title for space in programme.spaces}
    buddy, worker, now = house.resident(one.buddy), house.member(one.key_worker), house.resident(one.stay)
    return Header(
        one.stay, one.name, one.full_name, one.pronouns, one.level, len(programme.levels), programme.level(one.level).name,
        (at - one.level_since).days, ((one.left_at or at) - one.arrived_at).days + 1, one.left_at is not None,
        spaces.get(one.room), one.bed, one.post, spaces.get(now.place) if now else None,
        buddy.name if buddy else "", one.buddy if buddy else "", worker.name if worker else "",
    )  # fmt: skip


def _before(
    one: stays.Described, house: House, viewer: Viewer, programme: Programme, at: datetime, here: Here
) -> BeforeYouWalkOver:
    plan, safe, tension = (may_see(viewer, matter) for matter in (Matter.PLAN_LINES, Matter.SAFETY, Matter.TENSIONS))
    hidden = [
        not_shown(m)
        for m, seen in ((Matter.PLAN_LINES, plan), (Matter.SAFETY, safe), (Matter.TENSIONS, tension))
        if not seen
    ]
    now = house.resident(one.stay)
    apart = [
        (other.name, each.why, each.until)
        for each in (now.keep_apart if now else ())
        if (other := house.resident(each.stay))
    ]
    seen = rounds.last_seen(now, programme, here) if now is not None and now.watched.seen_at is not None else None
    member = house.member(now.one_to_one) if now else None
    status = parts.status_of(now, parts.due_of(now, programme, at), None, house, at) if now else None
    return BeforeYouWalkOver(
        one.likes if plan else (), one.helps if plan else (), one.avoids if plan else (), one.needs if plan else (),
        one.safety if safe else (), tuple(apart) if tension else (), status, seen, member.name if member else "", tuple(hidden),
    )  # fmt: skip


def _strengths(
    counts: dict[tuple[str, str], int], programme: Programme, week: Sequence[str]
) -> tuple[StrengthCount, ...]:
    totals = [
        StrengthCount(one.title, sum(counts.get((day, f"noticed.{one.code}"), 0) for day in week))
        for one in programme.strengths
    ]
    return tuple(sorted((one for one in totals if one.n), key=lambda one: -one.n)[:3])


def _strip(counts: dict[tuple[str, str], int], days: Sequence[str], here: Here) -> tuple[StripDay, ...]:
    strip = []
    for day in reversed(days):
        start = moments.at_minute(datetime.fromisoformat(day).date(), 0, here.zone)
        # what was counted and then taken back is nothing recorded, not nought
        strip.append(
            StripDay(
                start, *(counts.get((day, what)) or None for what in ("noticed", "took_part", "expected", "asleep"))
            )
        )
    return tuple(strip)


def _welcome(one: stays.Described, at: datetime) -> tuple[Sentence, ...]:
    if at - one.arrived_at > timedelta(days=3):
        return ()
    first = parts.first_name(one.name)
    tasks = [
        (True, say("welcome.round", "Show {name} round the house.", name=first)),
        (not one.buddy, say("welcome.buddy", "Find a buddy with {name}.", name=first)),
        (True, say("welcome.agreement", "Read our agreement together.")),
        (not one.helps, say("welcome.helps", "Ask what helps {name}, and write it in their words.", name=first)),
        (not one.night_plan, say("welcome.night", "Ask how {name} wants to be checked at night.", name=first)),
    ]
    return tuple(sentence for open_, sentence in tasks if open_)
