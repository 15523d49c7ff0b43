"""The last hours before the demonstration's now, set with care so that the first screen shows a house that lives.

Somebody's look-in is due in two minutes and somebody's is a few minutes late; someone of the team is one to one; somebody
is out; two people need keeping apart; an own view is still to be asked for; a newcomer has a buddy; good things were seen.
"""

from __future__ import annotations

import heapq

from milieu.actions import needs
from milieu.demo import arrivals, days, feedback, happenings, voices, walks
from milieu.demo.life import DAY, MINUTE, Life, Member, Resident
from milieu.rules import moments
from milieu.rules.permissions import May
from milieu.rules.programme.shape import Slot


def plan(life: Life) -> None:
    """Put the closing hours on the list of what is to happen."""
    local = moments.local(moments.from_ms(life.until), life.zone)
    yesterday = life.moment(local.date(), -1440 + 14 * 60 + 10)
    arrives = yesterday if life.until - yesterday >= DAY else yesterday - DAY
    if arrives > life.begins:
        life.later(arrives - 150 * MINUTE, make_room)
        life.later(arrives, newcomer)
    life.later(life.until - 105 * MINUTE, choose)


def make_room(life: Life) -> None:
    """One place is kept for the newcomer; where all are taken or promised, the one who is here longest goes home."""
    promised = [event for event in sorted(life.queue) if event[2] is arrivals.arrive]
    if len(life.residents) + len(promised) >= life.target:
        if promised:
            life.queue.remove(promised[-1])
            heapq.heapify(life.queue)
        else:
            _say_farewell(life)
    life.awaited = len(promised[:-1]) + 1


def _say_farewell(life: Life) -> None:
    going = [one for one in life.residents if not (one.out or one.one_to_one)]
    one = min(going, key=lambda one: one.arrived)
    one.planned, life.awaited = True, life.target  # nobody else is asked for
    arrivals.leave(life, one)


def newcomer(life: Life) -> None:
    """Somebody arrives, who will be in their second day at the end."""
    arrivals.arrive(life)
    one = life.residents[-1]
    one.leaves = life.until + 30 * DAY
    life.queue = [event for event in life.queue if not (event[2] is arrivals.leave and event[3][0] is one)]
    heapq.heapify(life.queue)
    arrivals.find_buddy(life, one)


def choose(life: Life) -> None:
    """Whom the closing hours are about."""
    random = life.random
    known = min(3.0, 0.08 * life.curve.typical) * DAY
    there = [o for o in life.residents if not (o.out or o.one_to_one or o.gone) and life.until - o.arrived > known]
    random.shuffle(there)
    _closer(life, there)
    if life.programme.is_residential and len(there) > 7:
        _check_waits(life, there)
        _one_to_one(life, there)
        _out(life, there)
    for one in life.residents:
        one.stays_in = one not in there
    if len(there) > 3:
        for one in there[-3:]:
            one.stays_in = True
        life.later(life.until - 62 * MINUTE, _clash, there.pop(), there.pop())
        life.later(life.until - 38 * MINUTE, _own_view, there.pop())
    for minutes in (52, 31, 9):
        life.later(life.until - minutes * MINUTE - random.randrange(50) * 1000, feedback.notice)


def _closer(life: Life, there: list[Resident]) -> None:
    """A few are looked in on more often, so that the rings on the board tell different times."""
    for step in arrivals.ladder(life)[:-1] if not life.closer else []:
        if not any(one.watch == step.code for one in life.residents):
            one = next((one for one in there if not one.sleep), None)
            if one is not None:
                arrivals.order(life, one, step, voices.CLOSER[0])
                walks.right_away(life, one)


def _check_waits(life: Life, there: list[Resident]) -> None:
    """One check late by a few minutes, one due in about two."""
    waiting = [
        o for o in there if o.every is not None and not (o.sleep and o.sleep[1] > life.now and o.sleep[0] < life.until)
    ]
    for one, minutes in zip(waiting, (-3.6, 1.9), strict=False):
        assert one.every is not None  # noqa: S101 - chosen so just above
        there.remove(one)
        seen = int(life.until - one.every + min(minutes, 0.3 * one.every / MINUTE) * MINUTE)
        one.unseen_after = seen
        life.later(seen, _last_look, one)


def _last_look(life: Life, one: Resident) -> None:
    able = life.on_duty(May.RECORD_CHECK)
    if able and not (one.gone or one.out or one.one_to_one):
        walks.see(life, one, life.random.choice(able))


def _one_to_one(life: Life, there: list[Resident]) -> None:
    one = max(there, key=lambda one: (-(one.every or 0), one.restless))
    there.remove(one)
    life.later(life.until - life.random.uniform(28, 50) * MINUTE, _begin_one_to_one, one)


def _member(life: Life) -> Member | None:
    able = [one for one in life.on_duty(May.RECORD_CHECK) if not one.with_stay and one.role in ("technician", "nurse")]
    staying = [one for one in able if one.until > life.until]
    return min(staying or able, key=lambda one: (not one.is_free, one.n), default=None)


def _begin_one_to_one(life: Life, one: Resident) -> None:
    member = _member(life)
    if member is None or one.gone or one.out or one.one_to_one:
        return
    if one.room and one.place != one.room:
        days.go_home(life, one)
    happenings.stay_with(life, one, member)
    due = life.until + 18 * MINUTE
    write = life.act(life.by(May.TAKE_NEED))
    text = f"One to one with {one.given}."
    needs.put(
        write,
        "relief",
        text,
        stay=one.stay,
        staff=member.staff,
        due_at=moments.from_ms(due // (5 * MINUTE) * 5 * MINUTE),
    )


def _out(life: Life, there: list[Resident]) -> None:
    hour = moments.local(moments.from_ms(life.until), life.zone).hour
    settled = [o for o in there if o.level > 1] or there
    if 8 <= hour < 22:
        one = life.random.choice(settled)
        life.later(life.until - life.random.uniform(34, 58) * MINUTE, _go_out, one, hour)
    else:
        one = max(settled, key=lambda one: (one.level, -one.n))
        day = moments.local(moments.from_ms(life.until), life.zone).date()
        back = life.moment(day, 16 * 60 + 30 + (1440 if hour >= 22 else 0))
        life.later(life.now + 1000, happenings.go_out, one, None, voices.HOME_LEAVE, back)
    there.remove(one)


def _go_out(life: Life, one: Resident, hour: int) -> None:
    able = [m for m in life.on_duty(May.MOVE_PEOPLE) if not m.with_stay and m.role == "technician"]
    member = min(able, key=lambda m: (m.until <= life.until, not m.is_free, m.n), default=None)
    if one.gone or one.out or one.one_to_one:
        return
    what = life.random.choice(voices.OUTINGS[:2] if 8 <= hour < 17 else voices.EVENINGS_OUT)
    one.busy_until = life.until + DAY
    happenings.go_out(life, one, member, what, int(life.until + life.random.uniform(40, 75) * MINUTE))


def _clash(life: Life, one: Resident, other: Resident) -> None:
    if one.gone or other.gone:
        return
    last, following = _around(life)
    text = f"Words at {str(last.title).lower()}. Seat apart." if last else voices.WORDS_BEFORE
    due = life.moment(life.day, following.starts) if following else life.until + 120 * MINUTE
    happenings.tension(life, one, other, text, due if due > life.now else None)


def _around(life: Life) -> tuple[Slot | None, Slot | None]:
    """The last thing people did together before now, and the next they will."""
    end = moments.local(moments.from_ms(life.until), life.zone)
    minute = end.hour * 60 + end.minute
    together = [slot for slot in life.programme.day(end.weekday()) if days.gathers(slot) and slot.expected == "all"]
    slots = [slot for slot in together if slot.kind == "meal"] or together
    before = [slot for slot in slots if slot.starts < minute - 70]
    after = [slot for slot in slots if slot.starts > minute]
    return (before[-1] if before else None), (after[0] if after else None)


def _own_view(life: Life, one: Resident) -> None:
    if one.gone:
        return
    end = moments.local(moments.from_ms(life.until), life.zone)
    hour = next((h for h in (10, 11, 14, 15, 16) if h * 60 > end.hour * 60 + end.minute + 25), None)
    due = life.moment(end.date(), hour * 60) if hour else life.moment(end.date(), 1440 + 600)
    when = f"at {hour}:00" if hour else "tomorrow at 10:00"
    text = f"{life.programme.words['level'].capitalize()} review is {when}."
    needs.put(life.act(life.by(May.TAKE_NEED)), "own_view", text, stay=one.stay, due_at=moments.from_ms(due))
