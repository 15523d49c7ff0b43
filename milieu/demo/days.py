"""How a day goes: who comes to what, who is where, and who leads it. Driven by the week of the programme alone.

Nothing here knows a code of a programme: kinds of slots and kinds of spaces decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from milieu.actions import attendance, places
from milieu.demo import figures, team, voices
from milieu.demo.life import MINUTE, Life, Member, Resident
from milieu.rules import moments
from milieu.rules.permissions import May
from milieu.rules.programme.shape import Programme, Slot

TOGETHER = frozenset(
    {
        "meal",
        "meeting",
        "group",
        "skills",
        "education",
        "work",
        "occupational",
        "recreation",
        "art",
        "chore",
        "selfhelp",
    }
)
# What everybody has a place in; to the rest one signs up by liking.
THERAPY = frozenset({"group", "skills", "education"})
TALK = "talk:"


def plan_day(life: Life, day: date) -> None:
    """Put everything the week has for this day on the list of what is to happen."""
    for slot in life.slots(day):
        begins, ends = life.moment(day, slot.starts), life.moment(day, slot.ends)
        if begins < life.now:
            continue
        if gathers(slot):
            life.later(begins - 1, gather, day, slot, begins, ends)
        elif slot.kind in ("free", "quiet") and slot.expected in ("all", "none"):
            life.later(begins + life.random.uniform(0, 3) * MINUTE, ease, slot)
        elif slot.kind in ("individual", "visits") and slot.space:
            _plan_talks(life, slot, begins, ends)


def gathers(slot: Slot) -> bool:
    """Whether people come together for this and are ticked off."""
    if slot.kind == "individual":
        return slot.expected not in ("signed_up", "none")
    return slot.kind in TOGETHER and slot.expected != "none" and (slot.on_line or slot.counts_as_check)


def gather(life: Life, day: date, slot: Slot, begins: int, ends: int) -> None:
    """People go to a slot: drawn now who comes, written down as it happens."""
    statuses = {one: _status(life, one, slot) for one in _roster(life, day, slot)}
    if not statuses:
        return
    coming = [one for one, status in statuses.items() if status in ("here", "left_early")]
    late = [one for one, status in statuses.items() if status == "late"]
    member = team.leader_of(life, slot)
    if member is not None:
        team.say_doing(life, member, team.word_for(slot), place=slot.space)
        life.later(ends - life.random.uniform(0, 2) * MINUTE, _leads_no_more, member, slot)
    for one in (*coming, *late):
        one.busy_until = ends
    for one, status in statuses.items():
        if status == "left_early":
            life.later(begins + (ends - begins) * life.random.uniform(0.5, 0.85), _goes_own_way, one, slot.code)
    life.after(life.random.uniform(0.3, 2.5), go_to, coming, slot)
    life.after(life.random.uniform(4, 6), go_to, late, slot)
    ticked = life.random.uniform(7, 9) if slot.kind != "meal" else life.random.uniform(12, 18)
    life.after(ticked, _tick, day, slot, statuses, member)
    life.later(ends + life.random.uniform(0.3, 2) * MINUTE, disperse, slot)


def _roster(life: Life, day: date, slot: Slot) -> list[Resident]:
    """Who belongs in this slot. Slots side by side share people out; nobody is asked to be in two."""
    there = [one for one in life.residents if one.busy_until <= life.now + 5 * MINUTE or one.out or one.one_to_one]
    if _is_away(life, slot):
        there = [one for one in there if not one.stays_in]
    if slot.expected != "signed_up":
        return [one for one in there if slot.expects(one.level)]
    beside = _beside(life.programme, day.weekday(), slot.starts)
    mine = sum(other.code < slot.code for other in beside)
    elsewhere = [
        other for other in life.slots(day) if other.starts == slot.starts and other.expected.startswith("level:")
    ]
    able = [one for one in there if not any(other.expects(one.level) for other in elsewhere)]
    if slot.kind not in THERAPY:
        able = [one for one in able if _signs_up(life, one, day, slot)]
    mine_of = [one for one in able if (one.n + day.toordinal() // 28) % len(beside) == mine]
    return mine_of[: int(slot.capacity.value)] if slot.capacity else mine_of


@cache
def _beside(programme: Programme, weekday: int, starts: int) -> tuple[Slot, ...]:
    """The slots one signs up to that begin at this minute."""
    return tuple(s for s in programme.day(weekday) if s.starts == starts and s.expected == "signed_up" and gathers(s))


def _signs_up(life: Life, one: Resident, day: date, slot: Slot) -> bool:
    liking = (one.n * 2654435761 + sum(map(ord, slot.code)) * 40503) % 1000 / 1000
    return 0.55 * liking + 0.45 * life.random.random() < figures.SIGNS_UP


def _status(life: Life, one: Resident, slot: Slot) -> str:
    random = life.random
    if one.out or one.one_to_one:
        return "excused"
    comes = figures.ATTENDS_AT_LEAST + figures.ATTENDS_MORE * one.engagement
    if slot.kind == "meal":
        comes += figures.ATTENDS_MEALS
    if random.random() >= comes or (one.unseen_after < 1 << 60 and slot.counts_as_check):
        return figures.pick(figures.STAYS_AWAY, random)
    if one.unseen_after < 1 << 60:
        return "here"
    if random.random() < figures.COMES_LATE:
        return "late"
    return "left_early" if random.random() < figures.LEAVES_EARLY else "here"


def _tick(life: Life, day: date, slot: Slot, statuses: dict[Resident, str], member: Member | None) -> None:
    recorder = member if member and member.on and member.may(May.RECORD_ATTENDANCE) else life.by(May.RECORD_ATTENDANCE)
    write = life.act(recorder)
    button = any(b.code == attendance.IN_GROUP for b in life.programme.observation.day_pad)
    for one, status in statuses.items():
        if one.gone:
            continue
        if (one.out or one.one_to_one) and status != "excused":
            status = "excused"
        said = life.random.choice(voices.SAID_NO) if status == "declined" and life.random.random() < 0.6 else ""
        attendance.put(write, one.stay, day, slot.code, status, said=said, took_part=_part(life, one, status, slot))
        if slot.counts_as_check and button and status in ("here", "late"):
            one.counted_from = life.now


def _part(life: Life, one: Resident, status: str, slot: Slot) -> str:
    if status not in ("here", "late") or slot.kind not in THERAPY or life.closer:
        return ""
    return "quiet" if life.random.random() > 0.25 + 0.7 * one.engagement else "took_part"


def go_to(life: Life, people: Sequence[Resident], slot: Slot) -> None:
    """These people go where the slot is; each to their own work or room where it has no place of its own."""
    going = [one for one in people if not (one.gone or one.out or one.one_to_one)]
    if not going:
        return
    if not _is_away(life, slot):
        _move(life, [(one, slot.space or _own_place(life, one, slot)) for one in going], slot.code)
        return
    back = life.moment(life.day, slot.ends)
    write = life.act(life.by(May.MOVE_PEOPLE))
    for one in going:
        one.place, one.slot, one.out = slot.space, slot.code, True
        places.put(write, one.stay, slot.space, doing=str(slot.title), back_at=moments.from_ms(back))


def _is_away(life: Life, slot: Slot) -> bool:
    """Whether this takes people out of a house they live in."""
    return life.programme.is_residential and bool(slot.space) and life.spaces[slot.space].kind == "away"


def go_home(life: Life, one: Resident) -> None:
    """To the own room, or home where nobody sleeps here."""
    _move(life, [(one, one.room or home(life.programme))])


def all_home(life: Life) -> None:
    """Where the members of a group are when it does not meet."""
    _move(life, [(one, home(life.programme)) for one in life.residents])


def _own_place(life: Life, one: Resident, slot: Slot) -> str:
    if slot.kind == "chore" and one.room:
        return one.room
    for code in life.spaces:
        if one.job and code.split("-")[0] == one.job.split("-")[0]:
            return code
    return one.haunts[0] if one.haunts else next(iter(life.spaces))


def _move(life: Life, going: Sequence[tuple[Resident, str]], slot: str = "", doing: str = "") -> None:
    moved = [(one, place) for one, place in going if place and place != one.place]
    for one, _ in going:
        one.slot = slot
    if not moved:
        return
    write = life.act(life.by(May.MOVE_PEOPLE))
    for one, place in moved:
        one.place = place
        places.put(write, one.stay, place, doing=doing)


def _leads_no_more(life: Life, member: Member, slot: Slot) -> None:
    if member.on and member.place == slot.space and not member.with_stay:
        team.say_doing(life, member, "floor")


def _goes_own_way(life: Life, one: Resident, slot: str) -> None:
    if one.slot == slot and not (one.gone or one.out or one.one_to_one):
        one.busy_until = 0
        _move(life, [(one, own_way(life, one))])


def disperse(life: Life, slot: Slot) -> None:
    """The slot is over: people drift to where they like to be, unless the next thing begins right away."""
    soon = any(0 <= other.starts - life.minute <= 12 and gathers(other) for other in life.slots(life.day))
    back = [one for one in life.residents if one.slot == slot.code and one.out]
    for one in back:
        one.out = False
    drifting = [one for one in life.residents if one.slot == slot.code and not (one.out or one.one_to_one)]
    for one in drifting:
        one.slot = ""
    if back:
        _move(life, [(one, own_way(life, one)) for one in back])
        for one in back:
            if life.look_now:
                life.look_now(life, one)
        return
    if not soon or slot.kind == "meal":
        _move(
            life,
            [
                (one, own_way(life, one))
                for one in drifting
                if not life.programme.is_residential or life.random.random() < 0.8
            ],
        )


def own_way(life: Life, one: Resident) -> str:
    """Where somebody goes by themselves: home, own room, or a place they like."""
    if not life.programme.is_residential:
        return home(life.programme)
    late = life.minute > 21 * 60 or life.minute < 7 * 60
    if life.random.random() < (0.55 if late else 0.32):
        return one.room
    liked = [place for place in one.haunts if not late or life.spaces[place].kind == "room"]
    return life.random.choice(liked) if liked else one.room


@cache
def home(programme: Programme) -> str:
    """Where people of a programme without beds are when they are not here."""
    away = [space.code for space in programme.spaces if space.kind == "away"]
    used = [slot.space for slot in programme.week if slot.kind == "free" and slot.space in away]
    return (used or away or [""])[0]


def ease(life: Life, slot: Slot) -> None:
    """Free time or quiet time: each finds a place of their own choosing."""
    free = [
        o
        for o in life.residents
        if o.busy_until <= life.now and not (o.out or o.one_to_one) and o.unseen_after == 1 << 60
    ]
    if not life.programme.is_residential:
        return
    going = []
    for one in free:
        if slot.kind == "quiet":
            going.append((one, one.room if life.random.random() < 0.62 else own_way(life, one)))
        elif life.random.random() < 0.5 and slot.space:
            going.append((one, slot.space))
        elif life.random.random() < 0.5:
            going.append((one, own_way(life, one)))
    doing = "resting" if slot.kind == "quiet" else ""
    _move(life, [(one, place) for one, place in going if place == one.room], doing=doing)
    _move(life, [(one, place) for one, place in going if place != one.room])


def _plan_talks(life: Life, slot: Slot, begins: int, ends: int) -> None:
    """Talks alone and visits: a few people, each for a while, when they are free."""
    hours = (ends - begins) / MINUTE / 60
    for _ in range(figures.how_many(0.55 * hours, life.random)):
        life.later(life.random.uniform(begins, max(begins + 1, ends - 40 * MINUTE)), talk, slot)


def talk(life: Life, slot: Slot) -> None:
    """Somebody who is free goes for a talk or meets a visitor, and comes back."""
    free = [
        o
        for o in life.residents
        if o.busy_until <= life.now and not (o.out or o.one_to_one) and o.unseen_after == 1 << 60
    ]
    if not free or life.spaces[slot.space].kind != "room":
        return
    one = life.random.choice(free)
    lasts = life.random.uniform(25, 45)
    one.busy_until = int(life.now + lasts * MINUTE)
    _move(life, [(one, slot.space)], TALK + slot.code, "visit" if slot.kind == "visits" else "")
    life.after(lasts, _goes_own_way, one, TALK + slot.code)
