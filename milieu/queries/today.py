"""Today board: is everyone safe and where they need to be, and who needs me next?

One query gives the whole page; the regions of a live screen are parts of the same page data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from milieu.queries import houses, needs, parts
from milieu.queries.parts import NoticedRow, PersonRow
from milieu.queries.viewers import Here
from milieu.record import keeping, programmes
from milieu.record.facts import stays
from milieu.record.facts.house import House, OnDuty, Resident
from milieu.rules import day as day_rules
from milieu.rules import moments
from milieu.rules import staffing as staffing_rules
from milieu.rules.checks import Due, Standing
from milieu.rules.permissions import May, Viewer
from milieu.rules.programme.shape import Programme, Slot
from milieu.rules.visibility import Matter, may_see
from milieu.rules.words import Sentence, Text, say


@dataclass(frozen=True, slots=True)
class DayStop:
    """A stop of the day line. `place` is done, now, next or later; `gone` is the share of now that has passed."""

    code: str
    title: Text
    starts: datetime
    ends: datetime
    place: str
    gone: float
    is_free: bool
    room: Text | None
    leader: str
    here: int
    expected: int


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many residents stand at a level."""

    level: int
    levels: int
    count: int


@dataclass(frozen=True, slots=True)
class Vitals:
    """The strip above the places. `usual` and `took_part` are whole percent, None before anything was recorded."""

    residents: int
    capacity: int
    late: int
    levels: tuple[LevelCount, ...]
    took_part: int | None
    usual: int | None
    noticed: int
    corrected: int
    aim: int


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """One occupied space: its head count, staff in it and the people."""

    code: str
    title: Text | Sentence
    count: int
    note: str
    people: tuple[PersonRow, ...]


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody on duty and what they are doing."""

    staff: str
    name: str
    doing: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class Team:
    """Who is on, how many are on the unit against how many are needed, and until when it is short."""

    members: tuple[TeamMember, ...]
    on_unit: int
    needed: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Peek:
    """What is shown of one person beside the board before one walks over."""

    row: PersonRow
    lines: tuple[Sentence, ...]
    place: Text | None
    since: datetime


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The board. `view` is places or names; `quiet` stands in Needs someone when nobody is waiting.

    `key` names this very board: pages with the same key are the same, so what was made of one serves the next.
    """

    key: tuple[str, ...]
    at: datetime
    stops: tuple[DayStop, ...]
    vitals: Vitals
    view: str
    places: tuple[PlaceCard, ...]
    names: tuple[PersonRow, ...]
    needs: tuple[needs.NeedRow, ...]
    quiet: Sentence | None
    team: Team
    noticed: tuple[NoticedRow, ...]
    noticed_count: int
    rounds_due: int
    sees: Sentence
    may_check: bool
    may_log: bool
    may_move: bool
    may_attend: bool
    may_need: bool


def board(
    here: Here, viewer: Viewer, at: datetime, *, view: str = "places", known_at: datetime | None = None
) -> TodayPage:
    """The Today board for this viewer at `at`, to the second; with `known_at`, as it was known then.

    What a viewer sees follows from the role alone, so everybody of one role looks at the same board within a second; it is
    made once. After a write the head of the chain is another, and so is the key.
    """
    second = at.replace(microsecond=0)
    moment = known_at or second  # a past moment is meant exactly
    key = (here.id, str(here.n), viewer.role, view, moment.isoformat(), "past" if known_at else "now")
    return keeping.kept(key, lambda: _board(key, here, viewer, second, view, known_at))


def _board(
    key: tuple[str, ...], here: Here, viewer: Viewer, at: datetime, view: str, known_at: datetime | None
) -> TodayPage:
    moment = known_at or at
    programme = programmes.in_force(here.programme)
    house = houses.load(here, viewer, at, known_at)
    dues = {one.stay: parts.due_of(one, programme, moment) for one in house.residents}
    now_slot = day_rules.slot_now(programme, moment, here.zone)
    rows = {one.stay: _row(one, dues[one.stay], house, viewer, programme, moment, now_slot) for one in house.residents}
    waiting = needs.rows(programme, house, dues, viewer, moment)
    return TodayPage(
        key=key,
        at=moment,
        stops=_stops(programme, house, here, moment),
        vitals=_vitals(programme, house, dues),
        view=view,
        places=_places(programme, house, rows) if view == "places" else (),
        names=tuple(rows.values()) if view == "names" else (),
        needs=waiting,
        quiet=None if waiting else needs.quiet(house, viewer),
        team=_team(programme, house, moment, here),
        noticed=_noticed(house, programme)[:4],
        noticed_count=house.day.counts.get("noticed", 0),
        rounds_due=sum(parts.needs_someone(due, moment) for due in dues.values()),
        sees=say("sees.team", "Team only"),
        may_check=viewer.may(May.RECORD_CHECK),
        may_log=viewer.may(May.RECORD_INTERACTION),
        may_move=viewer.may(May.MOVE_PEOPLE),
        may_attend=viewer.may(May.RECORD_ATTENDANCE),
        may_need=viewer.may(May.TAKE_NEED),
    )


def peek(here: Here, viewer: Viewer, at: datetime, stay: str) -> Peek | None:
    """The peek of one resident, or None when there is no such person in this house."""
    programme = programmes.in_force(here.programme)
    house = houses.load(here, viewer, at)
    one = house.resident(stay)
    if one is None:
        return None
    slot = day_rules.slot_now(programme, at, here.zone)
    row = _row(one, parts.due_of(one, programme, at), house, viewer, programme, at, slot)
    place = parts.space_title(programme, one.place)
    return Peek(row, _before_you_walk_over(here, viewer, stay), place, one.place_since)


def _before_you_walk_over(here: Here, viewer: Viewer, stay: str) -> tuple[Sentence, ...]:
    """What they like, what helps and what to avoid: the first of each, in their words."""
    described = stays.described(here.id, stay) if may_see(viewer, Matter.PLAN_LINES) else None
    if described is None:
        return ()
    kinds = (
        (described.likes, "peek.likes", "Likes: {what}"),
        (described.helps, "peek.helps", "Helps: {what}"),
        (described.avoids, "peek.avoids", "Better not: {what}"),
    )
    return tuple(say(code, text, what=lines[0]) for lines, code, text in kinds if lines)


def _row(
    one: Resident, due: Due, house: House, viewer: Viewer, programme: Programme, at: datetime, slot: Slot | None
) -> PersonRow:
    return PersonRow(
        one.stay, one.name, one.level, len(programme.levels),
        parts.line_of(one, house, viewer, programme, at, slot), parts.status_of(one, due, slot, house, at),
    )  # fmt: skip


def _stops(programme: Programme, house: House, here: Here, at: datetime) -> tuple[DayStop, ...]:
    from_day = parts.local_day(at, here.zone)
    line = day_rules.day_line(programme, datetime.fromisoformat(from_day).date(), at, here.zone)
    attended: dict[str, list[str]] = {}
    for (code, _), status in house.day.attendance.items():
        attended.setdefault(code, []).append(status)
    stops = []
    for stop in line:
        slot = stop.slot
        statuses = attended.get(slot.code, [])
        leader = next(
            (parts.first_name(m.name) for m in house.team if m.on_from and m.place == slot.space and slot.space), ""
        )
        stops.append(
            DayStop(
                slot.code, slot.title, stop.starts, stop.ends, stop.place.value, round(stop.gone, 3),
                slot.kind in {"free", "quiet"}, parts.space_title(programme, slot.space),
                leader if stop.place is day_rules.Place.NOW else "",
                sum(status in parts.TOOK_PART for status in statuses),
                len(statuses) if statuses else sum(slot.expects(one.level) for one in house.residents),
            )
        )  # fmt: skip
    return tuple(stops)


def _vitals(programme: Programme, house: House, dues: dict[str, Due]) -> Vitals:
    counts = house.day.counts
    took, expected = counts.get("took_part", 0), counts.get("expected", 0)
    usual_took, usual_expected = house.day.usual
    levels = len(programme.levels)
    return Vitals(
        residents=len(house.residents),
        capacity=int(programme.capacity.value),
        late=sum(due.standing in (Standing.LATE, Standing.MISSED) for due in dues.values()),
        levels=tuple(
            LevelCount(level.number, levels, sum(one.level == level.number for one in house.residents))
            for level in programme.levels
        ),
        took_part=round(100 * took / expected) if expected else None,
        usual=round(100 * usual_took / usual_expected) if usual_expected else None,
        noticed=counts.get("noticed", 0),
        corrected=counts.get("correction", 0),
        aim=int(programme.noticed_aim.value),
    )


def _places(programme: Programme, house: House, rows: dict[str, PersonRow]) -> tuple[PlaceCard, ...]:
    by_place: dict[str, list[Resident]] = {}
    bedrooms = {space.code for space in programme.spaces if space.kind == "bedroom"}
    for one in house.residents:
        by_place.setdefault("bedrooms" if one.place in bedrooms else one.place or "unknown", []).append(one)
    cards = []
    for space in sorted(programme.spaces, key=lambda space: space.walk):
        people = by_place.pop(space.code, [])
        if people:
            cards.append(_card(space.code, space.title, people, _staff_note(house, space.code), rows))
    if "bedrooms" in by_place:
        cards.append(_card("bedrooms", say("today.bedrooms", "Bedrooms"), by_place.pop("bedrooms"), "", rows))
    rest = [one for people in by_place.values() for one in people]
    if rest:
        cards.append(_card("unknown", say("today.not_placed", "Not placed yet"), rest, "", rows))
    # the fullest first, so that the eye finds the group; who is out comes last
    away = {space.code for space in programme.spaces if space.kind == "away"}
    return tuple(sorted(cards, key=lambda card: (card.code in away, -card.count)))


def _card(
    code: str, title: Text | Sentence, people: Sequence[Resident], note: str, rows: dict[str, PersonRow]
) -> PlaceCard:
    return PlaceCard(code, title, len(people), note, tuple(rows[one.stay] for one in people))


def _staff_note(house: House, place: str) -> str:
    return ", ".join(parts.first_name(member.name) for member in house.team if member.on_from and member.place == place)


def _team(programme: Programme, house: House, at: datetime, here: Here) -> Team:
    on = [member for member in house.team if member.on_from is not None]
    away = [member for member in on if member.with_stay or _is_out(member, house, programme)]
    need = staffing_rules.needed(programme, len(house.residents), at, here.zone)
    on_unit = len(on) - len(away)
    if on_unit < need.staff:
        back = min((one.back_at for one in house.residents if one.back_at and one.with_staff), default=None)
        short = say("team.short", "{on} on the unit, plan is {n}", on=on_unit, n=need.staff)
        sentence = (
            short
            if back is None
            else say(
                "team.short_until",
                "{on} on the unit, plan is {n} until {until}",
                on=on_unit,
                n=need.staff,
                until=moments.clock(back, here.zone),
            )
        )
    else:
        sentence = say("team.enough", "{on} on the unit, plan is {n}", on=on_unit, n=need.staff)
    members = tuple(TeamMember(m.staff, parts.first_name(m.name), m.doing, _is_out(m, house, programme)) for m in on)
    return Team(members, on_unit, need.staff, sentence)


def _is_out(member: OnDuty, house: House, programme: Programme) -> bool:
    """Whether somebody on duty is not in the house: at a place away, or with a resident who is expected back."""
    escorted = next(
        (one for one in house.residents if one.stay == member.with_stay or one.with_staff == member.staff), None
    )
    away = {space.code for space in programme.spaces if space.kind == "away"}
    return member.place in away or (escorted is not None and escorted.back_at is not None)


def _noticed(house: House, programme: Programme) -> tuple[NoticedRow, ...]:
    rows = []
    for one in house.day.noticings:
        resident, by = house.resident(one.about), house.member(one.by)
        if resident is None:
            continue
        first = parts.first_name(resident.name)
        strength = next((s for s in programme.strengths if s.code == one.strength), None)
        if one.words:
            sentence = say("noticed.words", "{name}: {words}", name=first, words=one.words)
        else:
            sentence = say("noticed.said", strength.said if strength else "{name} did well.", name=first)
        rows.append(NoticedRow(one.entry, one.about, first, sentence, one.at, parts.first_name(by.name) if by else ""))
    return tuple(rows)
