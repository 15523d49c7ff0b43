"""Rounds: who do I look in on next, and how does this person want it done?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from milieu.queries import houses, parts
from milieu.queries.parts import Status
from milieu.queries.viewers import Here
from milieu.record import programmes
from milieu.record.facts.house import House, Resident, Seen
from milieu.rules import checks, moments, rounds
from milieu.rules.checks import ENTERED_LATE
from milieu.rules.permissions import Viewer
from milieu.rules.programme.shape import PadButton, Programme
from milieu.rules.visibility import Matter, may_see
from milieu.rules.words import Sentence, Text, say

SEEN = Text("Seen", {"de": "Gesehen"})


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One line of the route. `state`: done, now, to_come; `room` the short room label."""

    stay: str
    room: str
    name: str
    state: str
    seen_at: datetime | None
    seen_as: Text | None
    entered_late: bool
    status: Status


@dataclass(frozen=True, slots=True)
class PastCheck:
    """One of the last eight checks tonight; `band` is asleep, resting or up, for the height of its bar."""

    at: datetime
    entered_at: datetime
    title: Text
    band: str
    by: str
    entered_late: bool


@dataclass(frozen=True, slots=True)
class Current:
    """The person at whose door one stands."""

    stay: str
    name: str
    first_name: str
    room: Text | None
    bed: str
    now_in: Text | None
    interval: Sentence
    last_seen: Sentence
    status: Status
    night_plan: tuple[str, ...]
    night_plan_at: datetime | None
    plan_title: Sentence
    past: tuple[PastCheck, ...]
    past_title: Sentence
    past_sentence: Sentence
    safety: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundsPage:
    """The round now: the route in walking order, the person, and the pad that never moves."""

    at: datetime
    began: datetime
    seen: int
    of: int
    asleep_count: int
    asleep_until: datetime | None
    asleep_names: str
    route: tuple[RouteStop, ...]
    later: tuple[RouteStop, ...]
    current: Current | None
    empty: Sentence | None
    pad: tuple[PadButton, ...]
    chips: tuple[tuple[str, Text], ...]
    is_night: bool
    late_reason_after: int
    sees: Sentence


def page(
    here: Here, viewer: Viewer, now: datetime, chosen: str = "", *, known_at: datetime | None = None
) -> RoundsPage:
    """The round now, or as it was known then; `chosen` is a stay picked by hand instead of the next on the way."""
    at = known_at or now
    programme = programmes.in_force(here.programme)
    house = houses.load(here, viewer, now, known_at)
    by_stay = {one.stay: one for one in house.residents}
    wall = moments.local(at, here.zone)
    minute = wall.hour * 60 + wall.minute
    people = [
        rounds.OnRound(
            one.stay,
            walk_of(one, programme, minute),
            parts.due_of(one, programme, at),
            one.watched.seen_at,
            bool(one.search),
        )
        for one in house.residents
    ]
    route = rounds.route(people, wall)
    current = next((one for one in people if one.stay == chosen), None) or route.next
    in_round = sorted([*route.done, *route.to_come], key=lambda one: one.walk)
    stops = tuple(_stop(one, by_stay[one.stay], programme, house, at, current, one in route.done) for one in in_round)
    later = tuple(_stop(one, by_stay[one.stay], programme, house, at, current, False) for one in route.later)
    return RoundsPage(
        at=at, began=route.began, seen=len(route.done), of=len(in_round),
        asleep_count=len(route.asleep),
        asleep_until=min((one.due.at for one in route.asleep if one.due.at), default=None),
        asleep_names=", ".join(parts.first_name(by_stay[one.stay].name) for one in route.asleep),
        route=stops, later=later,
        current=_current(by_stay[current.stay], programme, house, here, viewer, at, known_at) if current else None,
        empty=None if current else _empty(route, by_stay, here),
        pad=programme.observation.pad(minute),
        chips=tuple((chip.code, chip.title) for chip in programme.observation.chips),
        is_night=programme.observation.is_night(minute),
        late_reason_after=int(ENTERED_LATE.total_seconds() // 60),
        sees=say("sees.team", "Team only"),
    )  # fmt: skip


def walk_of(one: Resident, programme: Programme, minute: int) -> tuple[int, str, str]:
    """Where the person stands in walking order: at night their room, by day the place they are in."""
    code = (one.room or one.place) if programme.observation.is_night(minute) else (one.place or one.room)
    walk = next((space.walk for space in programme.spaces if space.code == code), 9999)
    return (walk, one.bed, one.name)


def _room_label(one: Resident, programme: Programme) -> str:
    title = next((str(space.title) for space in programme.spaces if space.code == one.room), one.room)
    return title.rsplit(" ", 1)[-1] if title else ""


def pad_title(programme: Programme, code: str) -> Text:
    """The words of a pad button, whichever pad it is on."""
    every = (*programme.observation.night_pad, *programme.observation.day_pad)
    if code == checks.SEEN:
        return SEEN
    return next((button.title for button in every if button.code == code), Text(code.replace("_", " ")))


def _stop(
    one: rounds.OnRound, resident: Resident, programme: Programme, house: House, at: datetime,
    current: rounds.OnRound | None, done: bool,
) -> RouteStop:  # fmt: skip
    newest = resident.recent[0] if resident.recent else None
    state = "now" if current is not None and one.stay == current.stay else "done" if done else "to_come"
    return RouteStop(
        one.stay, _room_label(resident, programme), resident.name, state, one.seen_at,
        pad_title(programme, resident.seen_as) if resident.seen_as else None,
        bool(newest and newest.entered_at - newest.at > ENTERED_LATE),
        parts.status_of(resident, one.due, None, house, at),
    )  # fmt: skip


def _current(
    one: Resident,
    programme: Programme,
    house: House,
    here: Here,
    viewer: Viewer,
    at: datetime,
    known_at: datetime | None,
) -> Current:
    described = houses.described(here, viewer, one.stay, known_at)
    first = parts.first_name(one.name)
    past = tuple(_past(check, programme, house) for check in reversed(one.recent[:8]))
    return Current(
        stay=one.stay, name=one.name, first_name=first,
        room=next((space.title for space in programme.spaces if space.code == one.room), None), bed=one.bed,
        now_in=parts.space_title(programme, one.place) if one.place != one.room else None,
        interval=_interval(one, here), last_seen=last_seen(one, programme, here),
        status=parts.status_of(one, parts.due_of(one, programme, at), None, house, at),
        night_plan=described.night_plan if described else (),
        night_plan_at=described.night_plan_at if described else None,
        plan_title=say("rounds.plan", "How {name} asked to be checked", name=first),
        past=past,
        past_title=say("rounds.past_night", "Tonight") if programme.observation.is_night(_minute(at, here)) else say("rounds.past", "Last checks"),
        past_sentence=_asleep_sentence(one, programme, at),
        safety=described.safety if described and may_see(viewer, Matter.SAFETY) else (),
    )  # fmt: skip


def _minute(at: datetime, here: Here) -> int:
    wall = moments.local(at, here.zone)
    return wall.hour * 60 + wall.minute


def _interval(one: Resident, here: Here) -> Sentence:
    if one.watched.every is None:
        return say("rounds.no_interval", "No checks are ordered.")
    minutes = int(one.watched.every.total_seconds() // 60)
    if one.watch_until is None:
        return say("rounds.interval", "Every {n} minute.", many="Every {n} minutes.", n=minutes)
    return say(
        "rounds.interval_until",
        "Every {n} minute until {until}.",
        many="Every {n} minutes until {until}.",
        n=minutes,
        until=moments.clock(one.watch_until, here.zone),
    )


def last_seen(one: Resident, programme: Programme, here: Here) -> Sentence:
    """When somebody last looked in, and how the person was."""
    if one.watched.seen_at is None:
        return say("rounds.never_seen", "Not seen yet.")
    return say(
        "rounds.last_seen", "Last seen {clock}, {how}.", clock=moments.clock(one.watched.seen_at, here.zone),
        how=pad_title(programme, one.seen_as).lowered(),
    )  # fmt: skip


def _past(check: Seen, programme: Programme, house: House) -> PastCheck:
    member = house.member(check.by)
    return PastCheck(
        check.at, check.entered_at, pad_title(programme, check.seen_as), band_of(programme, check.seen_as),
        member.name if member else "", check.entered_at - check.at > ENTERED_LATE,
    )  # fmt: skip


def band_of(programme: Programme, code: str) -> str:
    """Asleep, resting or up: how high a check's bar stands."""
    button = next(
        (b for b in (*programme.observation.night_pad, *programme.observation.day_pad) if b.code == code), None
    )
    if button is not None and button.asleep:
        return "asleep"
    return "resting" if "bed" in code or code == "resting" else "up"


def _asleep_sentence(one: Resident, programme: Programme, at: datetime) -> Sentence:
    looks = sorted((look for look in one.recent[:8] if not look.was_away), key=lambda look: look.at)
    if not looks:
        return say("rounds.nothing", "Nothing recorded yet.")
    minutes = 0.0
    for here, after in zip(looks, [*[look.at for look in looks[1:]], at], strict=True):
        if band_of(programme, here.seen_as) == "asleep":
            minutes += min((after - here.at) / timedelta(minutes=1), 90)
    return say(
        "rounds.asleep_about",
        "Asleep about {minutes} minutes in the last check.",
        many="Asleep about {minutes} minutes in the last {n} checks.",
        minutes=int(minutes // 5 * 5),
        n=len(looks),
    )


def _empty(route: rounds.Route, by_stay: dict[str, Resident], here: Here) -> Sentence:
    waiting = [one for one in (*route.later, *route.done) if one.due.at is not None]
    following = min(waiting, key=lambda one: (one.due.at is None, one.due.at), default=None)
    if following is None or following.due.at is None:
        return say("rounds.none", "No checks are due. Nobody here has a check ordered.")
    return say(
        "rounds.empty", "No checks are due before {clock}. Next: {name}.",
        clock=moments.clock(following.due.at, here.zone), name=parts.first_name(by_stay[following.stay].name),
    )  # fmt: skip
