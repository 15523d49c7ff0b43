"""Today board: is everyone safe and where they need to be, and who needs me next?

One query gives the whole page; the regions of a live screen are parts of the same page data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from milieu.queries import houses, parts
from milieu.queries.parts import NoticedRow, PersonRow
from milieu.queries.viewers import Here
from milieu.record import keeping, programmes
from milieu.record.facts import stays
from milieu.record.facts.house import House, OnDuty, OpenNeed, Resident
from milieu.rules import day as day_rules
from milieu.rules import moments
from milieu.rules import staffing as staffing_rules
from milieu.rules.checks import Due, Standing
from milieu.rules.permissions import May, Viewer
from milieu.rules.programme.shape import Programme, Slot
from milieu.rules.visibility import Matter, may_see
from milieu.rules.words import Sentence, Text, say

DUE_SOON = timedelta(minutes=5)


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
class NeedRow:
    """One thing that needs a person: what as a verb phrase, why in one line, one button.

    `action`: seen (record a check of `stay`), take, done; `detail` before `why` is the strong part of the line.
    """

    code: str
    need: str
    stay: str
    icon: str
    title: Sentence
    detail: Sentence | None
    why: Sentence | None
    button: Sentence
    action: str
    tone: str
    due_at: datetime | None
    url_person: bool


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
    needs: tuple[NeedRow, ...]
    quiet: Sentence | None
    team: Team
    noticed: tuple[NoticedRow, ...]
    noticed_count: int
    rounds_due: int
    sees: Sentence
    may_check: bool
    may_log: bool


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
    needs = _needs(programme, house, dues, viewer, moment)
    return TodayPage(
        key=key,
        at=moment,
        stops=_stops(programme, house, here, moment),
        vitals=_vitals(programme, house, dues),
        view=view,
        places=_places(programme, house, rows) if view == "places" else (),
        names=tuple(rows.values()) if view == "names" else (),
        needs=needs,
        quiet=None if needs else _quiet(house),
        team=_team(programme, house, moment, here),
        noticed=_noticed(house, programme)[:4],
        noticed_count=house.day.counts.get("noticed", 0),
        rounds_due=sum(due.is_waiting for due in dues.values()),
        sees=say("sees.team", "Team only"),
        may_check=viewer.may(May.RECORD_CHECK),
        may_log=viewer.may(May.RECORD_INTERACTION),
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
    place = _space_title(programme, one.place)
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
            (m.name.split(" ")[0] for m in house.team if m.on_from and m.place == slot.space and slot.space), ""
        )
        stops.append(
            DayStop(
                slot.code, slot.title, stop.starts, stop.ends, stop.place.value, round(stop.gone, 3),
                slot.kind in {"free", "quiet"}, _space_title(programme, slot.space),
                leader if stop.place is day_rules.Place.NOW else "",
                sum(status in parts.TOOK_PART for status in statuses),
                len(statuses) if statuses else sum(slot.expects(one.level) for one in house.residents),
            )
        )  # fmt: skip
    return tuple(stops)


def _space_title(programme: Programme, code: str) -> Text | None:
    return next((space.title for space in programme.spaces if space.code == code), None)


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
    return ", ".join(member.name.split(" ")[0] for member in house.team if member.on_from and member.place == place)


def _needs(
    programme: Programme, house: House, dues: dict[str, Due], viewer: Viewer, at: datetime
) -> tuple[NeedRow, ...]:
    rows = []
    by_stay = {one.stay: one for one in house.residents}
    for stay, due in dues.items():
        soon = due.at is not None and due.at - at <= DUE_SOON
        if due.is_waiting and (soon or due.standing is not Standing.DUE):
            rows.append(_check_need(by_stay[stay], due, programme))
    if may_see(viewer, Matter.TENSIONS):
        rows.extend(row for row in (_open_need(need, house) for need in house.needs) if row is not None)
    return tuple(
        sorted(rows, key=lambda row: (row.tone not in ("late", "due"), row.due_at is None, row.due_at or at, row.need))
    )


def _check_need(one: Resident, due: Due, programme: Programme) -> NeedRow:
    late = due.standing is not Standing.DUE
    place = _space_title(programme, one.place)
    return NeedRow(
        code=f"check-{one.stay}", need="", stay=one.stay, icon="clock",
        title=say("need.see", "See {name}", name=one.name),
        detail=due.reason, why=say("need.place", "{place}", place=place) if place else None,
        button=say("need.seen", "Seen"), action="seen", tone="late" if late else "due", due_at=due.at, url_person=True,
    )  # fmt: skip


_NEED_WORDS = {
    "relief": ("people", ("need.relief", "Relief for {staff}"), say("need.button.relief", "Assign")),
    "tension": ("apart", ("need.tension", "{about} and {other}"), say("need.button.tension", "Plan")),
    "own_view": ("speech", ("need.own_view", "{about}’s own view"), say("need.button.own_view", "Ask")),
    "help": ("hand", ("need.help", "{about} asked for help"), say("need.button.help", "Take")),
    "talk": ("speech", ("need.talk", "{about} would like to talk"), say("need.button.talk", "Take")),
    "question": ("speech", ("need.question", "A question for the team"), say("need.button.question", "Answer")),
}


def _open_need(need: OpenNeed, house: House) -> NeedRow | None:
    words = _NEED_WORDS.get(need.kind)
    if words is None:
        return None
    icon, title, button = words
    about, other, staff = house.resident(need.about), house.resident(need.other), house.member(need.staff)
    named = {
        "about": about.name.split(" ")[0] if about else "",
        "other": other.name.split(" ")[0] if other else "",
        "staff": staff.name.split(" ")[0] if staff else "",
    }
    taken = house.member(need.taken_by)
    return NeedRow(
        code=f"need-{need.need}", need=need.need, stay=need.about, icon=icon,
        title=say(*title, **named),
        detail=say("need.has_it", "{name} has it.", name=taken.name.split(" ")[0]) if taken else None,
        why=say("need.text", "{text}", text=need.text),
        button=say("need.button.done", "Done") if taken else button,
        action="done" if taken else "take", tone="plain", due_at=need.due_at, url_person=about is not None,
    )  # fmt: skip


def _quiet(house: House) -> Sentence:
    longest = min((one for one in house.residents if not one.one_to_one), key=lambda one: one.place_since, default=None)
    if longest is None:
        return say("needs.nobody", "Nobody is waiting.")
    return say(
        "needs.quiet",
        "Nobody is waiting. A good time to sit with someone: {name} has been in one place the longest.",
        name=longest.name.split(" ")[0],
    )


def _team(programme: Programme, house: House, at: datetime, here: Here) -> Team:
    on = [member for member in house.team if member.on_from is not None]
    away = [member for member in on if _is_away(member)]
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
    members = tuple(TeamMember(m.staff, m.name.split(" ")[0], m.doing, m.doing.startswith("out")) for m in on)
    return Team(members, on_unit, need.staff, sentence)


def _is_away(member: OnDuty) -> bool:
    return member.doing.startswith("out") or bool(member.with_stay)


def _noticed(house: House, programme: Programme) -> tuple[NoticedRow, ...]:
    rows = []
    for one in house.day.noticings:
        resident, by = house.resident(one.about), house.member(one.by)
        if resident is None:
            continue
        first = resident.name.split(" ")[0]
        strength = next((s for s in programme.strengths if s.code == one.strength), None)
        if one.words:
            sentence = say("noticed.words", "{name}: {words}", name=first, words=one.words)
        else:
            sentence = say("noticed.said", strength.said if strength else "{name} did well.", name=first)
        rows.append(NoticedRow(one.entry, one.about, first, sentence, one.at, by.name.split(" ")[0] if by else ""))
    return tuple(rows)
