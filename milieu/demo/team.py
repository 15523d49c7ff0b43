"""Who works here, who is on which shift, and what each of them is doing.

The size of the team follows the programme's own staffing rules. Accounts are for `sign_ins`, leading a group for `days`.
"""

from __future__ import annotations

import math
from datetime import date

from milieu.actions import staff
from milieu.demo import names
from milieu.demo.life import HOUR, MINUTE, Life, Member
from milieu.rules import moments, staffing
from milieu.rules.permissions import PERMISSIONS, May
from milieu.rules.programme.shape import Shift, Slot

# A week has seven days and a person works five or six of them.
COVER = 1.25
OFFICE = {"therapist": (540, 1050), "manager": (480, 970), "doctor": (600, 840)}
GROUP_KINDS = frozenset({"group", "skills", "education", "art", "occupational"})


def roles_wanted(life: Life) -> list[tuple[str, str]]:
    """The team this programme needs for so many residents: (role, usual shift), leads first."""
    has = {role.code for role in life.programme.roles} & set(PERMISSIONS)
    wanted: list[tuple[str, str]] = []
    totals: dict[str, int] = {}
    for shift in life.programme.shifts:
        for role, count in crew(life, shift).items():
            totals[role] = totals.get(role, 0) + count
            wanted += [(role, shift.code)] * count
    for role, count in totals.items():
        wanted += [(role, "")] * (math.ceil(count * COVER) - count)
    if not life.programme.shifts:
        wanted += [("facilitator", "")] * 4
    counsellors = next((r.residents_per_staff.value for r in life.programme.staffing if r.role == "therapist"), 12)
    office = {"therapist": math.ceil(life.target / counsellors), "doctor": 1, "manager": 1, "admin": 1, "surveyor": 1}
    wanted += [(role, "office") for role, count in office.items() for _ in range(count)]
    return [(role, shift) for role, shift in wanted if role in has]


def crew(life: Life, shift: Shift) -> dict[str, int]:
    """How many of each role stand on this shift: one more than the rules ask for by day."""
    has = {role.code for role in life.programme.roles}
    middle = (shift.starts + ((shift.ends - shift.starts) % 1440) // 2) % 1440
    at = moments.from_ms(life.moment(moments.local_day(moments.from_ms(life.begins), life.zone), middle))
    floor = staffing.needed(life.programme, life.target, at, life.zone).staff + (0 if shift.asleep else 1)
    when = "asleep" if shift.asleep else "awake"
    rules = [rule for rule in life.programme.staffing if rule.role == "nurse" and rule.when in (when, "always")]
    nurses = max(
        [max(rule.at_least, math.ceil(life.target / rule.residents_per_staff.value)) for rule in rules], default=1
    )
    lead = 1 if "charge_nurse" in has and not shift.asleep else 0
    nurse = max(0, nurses - lead) if "nurse" in has else 0
    return {"charge_nurse": lead, "nurse": nurse, "technician": max(1 if shift.asleep else 2, floor - lead - nurse)}


def shift_begins(life: Life, day: date, shift: Shift, begins: int, ends: int) -> None:
    """The crew of a shift comes on duty."""
    for role, count in crew(life, shift).items():
        able = [one for one in life.members if one.role == role and not one.on and one.home != "office"]
        able.sort(
            key=lambda one: (
                begins - one.last_end < 10 * HOUR,
                is_day_off(one, day),
                one.home != shift.code,
                one.worked,
                one.n,
            )
        )
        for one in able[:count]:
            come_on(life, one, ends)


def is_day_off(one: Member, day: date) -> bool:
    """Two days off a week, on other days for each."""
    return (day.toordinal() + one.n * 3) % 7 in (0, 1)


def come_on(life: Life, one: Member, ends: int) -> None:
    """Somebody comes on duty until about `ends`."""
    one.on, one.until, one.worked = True, ends, one.worked + 1
    say_doing(life, one, "floor")
    life.later(ends + life.random.uniform(2, 9) * MINUTE, go_off, one, ends)


def go_off(life: Life, one: Member, ends: int) -> None:
    """The shift of this person ends, unless somebody still needs them or they have come on again."""
    if not one.on or one.until != ends:
        return
    if one.with_stay:
        life.after(10, go_off, one, ends)
        return
    staff.put_off_duty(life.act(lead(life)), one.staff)
    one.on, one.doing, one.place, one.last_end = False, "", "", life.now


def lead(life: Life) -> Member | None:
    """Who runs the shift; at hours when nobody who may is in the house, the roster speaks for itself."""
    able = life.on_duty(May.RUN_DUTY)
    return life.random.choice(able) if able else None


def say_doing(life: Life, one: Member, doing: str, *, place: str = "", with_stay: str = "") -> None:
    """Record what somebody on duty is doing now."""
    one.doing, one.place, one.with_stay = doing, place, with_stay
    write = life.act(lead(life))
    staff.put_duty(write, one.staff, doing, place=place, with_stay=with_stay, on_until=moments.from_ms(one.until))


def plan_day(life: Life, day: date) -> None:
    """Put the shifts and office hours of a day on the list of what is to happen."""
    for shift in life.programme.shifts:
        over = 1440 if shift.ends <= shift.starts else 0
        begins, ends = life.moment(day, shift.starts), life.moment(day, shift.ends + over)
        life.later(begins - life.random.uniform(1, 7) * MINUTE, shift_begins, day, shift, begins, ends)
    if not life.programme.shifts:
        _plan_opening(life, day)
    elif day.weekday() < 5:
        for one in life.members:
            if (
                one.home == "office"
                and one.role in OFFICE
                and not (one.role == "doctor" and day.weekday() not in (0, 3))
            ):
                starts, ends = OFFICE[one.role]
                life.later(
                    life.moment(day, starts + life.random.uniform(-15, 10)), _office, one, life.moment(day, ends)
                )


def _office(life: Life, one: Member, ends: int) -> None:
    if not one.on:
        come_on(life, one, ends)


def _plan_opening(life: Life, day: date) -> None:
    inside = [slot for slot in life.slots(day) if slot.space and life.spaces[slot.space].kind != "away"]
    if not inside:
        return
    opens = life.moment(day, min(slot.starts for slot in inside) - 30)
    closes = life.moment(day, max(slot.ends for slot in inside) + 20)
    life.later(opens, _open, closes)


def _open(life: Life, closes: int) -> None:
    for role, count in (("facilitator", 2), ("therapist", 1)):
        able = sorted(
            (one for one in life.members if one.role == role and not one.on), key=lambda one: (one.worked, one.n)
        )
        for one in able[:count]:
            come_on(life, one, closes)


def begin_night_before(life: Life, day: date) -> None:
    """Those who were on duty as the first day begins."""
    minute = life.minute
    for shift in life.programme.shifts:
        if shift.covers(minute):
            over = 1440 if shift.ends <= shift.starts <= minute else 0
            shift_begins(life, day, shift, life.now, life.moment(day, shift.ends + over))


def leader_of(life: Life, slot: Slot) -> Member | None:
    """Who of the team leads this slot, or comes along where a resident leads; None when nobody is free."""
    able = [one for one in life.on_duty(May.RECORD_ATTENDANCE) if one.is_free]
    fitting = [one for one in able if one.role == slot.led_by]
    if fitting:
        return life.random.choice(fitting)
    floor = [one for one in able if one.role in ("technician", "nurse", "facilitator")]
    enough = len(floor) > (1 if life.programme.shifts else 0)
    return life.random.choice(floor) if floor and enough and slot.kind not in ("chore", "selfhelp") else None


def word_for(slot: Slot) -> str:
    """What somebody leading this slot is doing, in a word."""
    if slot.kind in GROUP_KINDS:
        return "group"
    return {"meal": "meal", "meeting": "meeting", "work": "crews"}.get(slot.kind, slot.kind)


def make_names(life: Life, roles: list[tuple[str, str]]) -> list[tuple[str, str, str, str]]:
    """(role, usual shift, given name, family name) for each place in the team; familiar faces first."""
    faces = list(names.FACES)
    taken = {given for _, given, _, _ in faces}
    made = []
    for role, shift in roles:
        face = next((one for one in faces if one[0] == role), None)
        if face is not None:
            faces.remove(face)
            given, family = face[1], face[2]
        else:
            given, family, _ = names.draw(life.random, taken)
        taken.add(given)
        made.append((role, shift, given, family))
    return made
