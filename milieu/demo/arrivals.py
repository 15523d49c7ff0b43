"""How people come to the house and leave it, find a bed, a buddy and a post, and take steps of responsibility.

Lengths of stay and their sources stand in `figures`. How often somebody is looked in on is ordered here; the looking is `walks`.
"""

from __future__ import annotations

from typing import Any

from milieu.actions import checks, stays
from milieu.demo import days, figures, names, voices
from milieu.demo.life import DAY, HOUR, MINUTE, Life, Resident
from milieu.rules import moments
from milieu.rules.permissions import May
from milieu.rules.programme.shape import ObservationLevel

BUDDY = 0.1  # of the usual length of stay; a community's policy says 14 to 30 days
REVIEW = 30  # days until a line is looked at again (the programmes' plan_review)
GETS_POST = 0.3  # at each step; those who lead the house are level 3 and more
STEPS = (0.14, 0.46, 0.84)  # of the usual length of stay, when a step up comes


def draw(life: Life) -> Resident:
    """Somebody who comes next."""
    random, programme = life.random, life.programme
    taken = {one.given for one in life.residents} | {one.given for one in life.members}
    given, family, pronouns = names.draw(random, taken)
    strengths = [one.code for one in programme.strengths]
    binding = [one.code for one in programme.expectations if one.binds != "staff"]
    haunts = [one.code for one in programme.spaces if one.kind in ("room", "outdoor") and one.privacy == "open"]
    life.arrivals += 1
    return Resident(
        n=life.arrivals, given=given, family=family, pronouns=pronouns, engagement=random.betavariate(5, 2.6),
        warmth=random.gammavariate(4, 0.25), restless=random.gammavariate(3, 0.33),
        bright=tuple(random.sample(strengths, min(4, len(strengths)))), hard=tuple(random.sample(binding, min(2, len(binding)))),
        haunts=tuple(random.sample(haunts, min(3, len(haunts)))),
    )  # fmt: skip


def await_next(life: Life, in_days: float) -> None:
    """Somebody comes in about so many days, at an hour people come."""
    life.awaited += 1
    life.later(daytime(life, in_days), arrive)


def daytime(life: Life, in_days: float) -> int:
    """An hour at which people talk about such things, in about so many days and not before now."""
    day = moments.local_day(moments.from_ms(int(life.now + in_days * DAY)), life.zone)
    return max(life.moment(day, life.random.uniform(570, 1010)), life.now + 20 * MINUTE)


def arrive(life: Life) -> None:
    """Somebody moves in, if there is still a bed."""
    life.awaited -= 1
    bed = _free_bed(life)
    if bed is None or len(life.residents) >= life.target:
        return
    one = draw(life)
    one.room, one.bed = bed
    _begin_stay(life, one)
    length, one.planned = figures.length_of_stay(life.curve, life.random)
    leaves = moments.local_day(moments.from_ms(int(life.now + length * DAY)), life.zone)
    days.go_home(life, one)
    one.leaves = max(life.moment(leaves, life.random.uniform(560, 1130)), life.now + 3 * HOUR)
    life.later(one.leaves, leave, one)
    life.after(life.random.uniform(60, 200), find_buddy, one)
    life.later(daytime(life, life.random.uniform(1.9, 3.2)), describe, one)
    for step, share in enumerate(STEPS, start=2):
        pace = life.random.uniform(0.75, 1.35) * (1.25 - 0.4 * one.engagement)
        life.later(daytime(life, share * pace * life.curve.typical), step_up, one, step)
    if not life.closer:
        _plan_watch(life, one)


def _free_bed(life: Life) -> tuple[str, str] | None:
    rooms = [space for space in life.programme.spaces if space.kind == "bedroom"]
    if not rooms:
        return ("", "")
    held = {(one.room, one.bed) for one in life.residents}
    free = [
        (space.code, bed)
        for space in rooms
        for bed in "ABCDEFGH"[: space.capacity or 1]
        if (space.code, bed) not in held
    ]
    alone = [place for place in free if not any(one.room == place[0] for one in life.residents)]
    return min(free, key=lambda place: (place not in alone, life.spaces[place[0]].walk, place[1]), default=None)


def _begin_stay(life: Life, one: Resident) -> None:
    workers = [m for m in life.members if m.role == "therapist"] or [
        m for m in life.members if m.role in ("nurse", "facilitator")
    ]
    worker = workers[one.n % len(workers)]
    first = _arrival_level(life)
    random = life.random
    about: dict[str, Any] = {
        "room": one.room, "bed": one.bed, "key_worker": worker.staff, "likes": random.sample(voices.LIKES, 2),
    }  # fmt: skip
    if random.random() < 0.22:
        about["needs"] = [random.choice(voices.NEEDS)]
    person = {"given_name": one.given, "family_name": one.family, "pronouns": one.pronouns}
    entry = stays.put(life.act(life.by(May.BEGIN_STAY)), person, watch=first.code if first else "", **about)
    one.stay, one.arrived, one.counted_from = entry.about, life.now, life.now
    one.watch, one.every = (first.code, _interval(first)) if first else ("", None)
    one.place = ""
    life.residents.append(one)


def _interval(level: ObservationLevel) -> int | None:
    return None if level.every is None else int(level.every.minutes) * MINUTE


def ladder(life: Life) -> list[ObservationLevel]:
    """The levels of checks with an interval, closest first."""
    return sorted(
        (one for one in life.programme.observation.levels if one.every),
        key=lambda one: one.every.minutes if one.every else 0,
    )


def _arrival_level(life: Life) -> ObservationLevel | None:
    steps = ladder(life)
    if not steps:
        return None
    if life.closer:
        return next(one for one in steps if one.code == life.closer)
    usual = next(
        (n for n, one in enumerate(steps) if one.code == life.programme.observation.default_level), len(steps) - 1
    )
    return steps[max(0, usual - 1)]


def _plan_watch(life: Life, one: Resident) -> None:
    at = daytime(life, life.random.uniform(2.2, 4.2))
    life.later(at, looser, one)
    if life.random.random() < 0.6:
        life.later(at + life.random.uniform(4, 7) * DAY, looser, one)


def looser(life: Life, one: Resident) -> None:
    """The next wider interval, if there is one."""
    steps = ladder(life)
    found = next((n for n, step in enumerate(steps) if step.code == one.watch), None)
    if not one.gone and not one.one_to_one and found is not None and found + 1 < len(steps) and not life.is_closing:
        order(life, one, steps[found + 1], voices.FIRST_NIGHTS)


def closer(life: Life, one: Resident) -> None:
    """A hard time: somebody looks in more often for a day or three."""
    steps = ladder(life)
    if one.gone or not steps or one.every == _interval(steps[0]) or one.out or life.is_closing:
        return
    was = next(step for step in steps if step.code == one.watch)
    order(life, one, steps[0], life.random.choice(voices.CLOSER))
    life.after(life.random.uniform(1, 3) * 1440, back_to, one, was)


def back_to(life: Life, one: Resident, was: ObservationLevel) -> None:
    """The hard time is over."""
    if not one.gone and not life.is_closing:
        order(life, one, was, voices.BACK_TO_USUAL)


def order(
    life: Life, one: Resident, level: ObservationLevel, reason: str, sleep: tuple[int, int] | None = None
) -> None:
    """Order an interval, with agreed sleep where there is some."""
    spell = (moments.from_ms(sleep[0]), moments.from_ms(sleep[1])) if sleep else None
    checks.put_order(life.act(life.by(May.ORDER_WATCH)), one.stay, level.code, reason, sleep=spell)
    one.watch, one.every, one.sleep = level.code, _interval(level), sleep


def find_buddy(life: Life, one: Resident) -> None:
    """Somebody who has been here longer welcomes the newcomer."""
    if one.gone:
        return
    busy = {other.buddy for other in life.residents}
    able = [
        o
        for o in life.residents
        if o is not one and life.now - o.arrived > 0.1 * life.curve.typical * DAY and o.stay not in busy
    ]
    able.sort(key=lambda other: (-other.level, -other.warmth, other.n))
    if able:
        one.buddy = life.random.choice(able[:4]).stay
        life.later(daytime(life, max(4.0, BUDDY * life.curve.typical)), no_buddy, one)
        stays.put_described(life.act(life.by(May.DESCRIBE_STAY)), one.stay, buddy=one.buddy)


def no_buddy(life: Life, one: Resident) -> None:
    """The first weeks are over; the buddy is free for the next newcomer."""
    if not one.gone:
        one.buddy = ""
        stays.put_described(life.act(life.by(May.DESCRIBE_STAY)), one.stay, buddy="")


def describe(life: Life, one: Resident) -> None:
    """After the first days: what helps, what to avoid, the night, and the team's own lines."""
    if one.gone:
        return
    random = life.random
    about: dict[str, Any] = {
        "helps": random.sample(voices.HELPS, 2), "avoids": random.sample(voices.AVOIDS, random.choice((1, 1, 2))),
        "goals": list(one.bright[:2]),
    }  # fmt: skip
    if one.room and random.random() < 0.85:
        about["night_plan"] = list(random.choice(voices.NIGHT))
    if random.random() < 0.4:
        one.safety = random.choice(voices.SAFETY)
        about["safety"] = _safety(life, one)
    if random.random() < 0.45:
        about["adapted"] = {one.hard[0]: random.choice(voices.ADAPTED)}
    stays.put_described(life.act(life.by(May.DESCRIBE_STAY)), one.stay, **about)
    life.later(daytime(life, random.uniform(26, 29)), look_again, one)


def _safety(life: Life, one: Resident) -> list[dict[str, Any]]:
    return [{"line": one.safety, "review_at": life.moment(life.day, 600) + REVIEW * DAY}]


def look_again(life: Life, one: Resident) -> None:
    """Every month, before the review is due, the lines are gone through together."""
    if one.gone:
        return
    random = life.random
    about: dict[str, Any] = {"goals": random.sample(one.bright, min(2, len(one.bright)))}
    if one.safety:
        about["safety"] = _safety(life, one)
    if one.room and random.random() < 0.3:
        about["night_plan"] = list(random.choice(voices.NIGHT))
    stays.put_described(life.act(life.by(May.DESCRIBE_STAY)), one.stay, **about)
    life.later(daytime(life, random.uniform(26, 29)), look_again, one)


def step_up(life: Life, one: Resident, level: int) -> None:
    """A step of responsibility, with the reason in words the person reads."""
    if one.gone or one.level != level - 1 or level > life.programme.levels[-1].number:
        return
    lines = [str(criterion.easy) for criterion in life.programme.level(level).criteria]
    reason = (
        " ".join(life.random.sample(lines, min(2, len(lines))))
        or "You asked for the next step, and the team sees it too."
    )
    _set_level(life, one, level, reason)
    if level > 2 and life.random.random() < figures.STEPS_BACK and not life.is_closing:
        life.after(life.random.uniform(6, 20) * 1440, step_back, one, level - 1)
    if life.random.random() < GETS_POST:
        give_post(life, one)


def step_back(life: Life, one: Resident, level: int) -> None:
    """Rarely, a short step back for safety; it ends by itself."""
    if one.gone or life.is_closing:
        return
    was = one.level
    _set_level(life, one, level, voices.STEP_BACK)
    life.after(life.random.uniform(1.5, 2.8) * 1440, _step_again, one, was)


def _step_again(life: Life, one: Resident, level: int) -> None:
    if not one.gone:
        _set_level(life, one, level, voices.STEP_AGAIN)


def _set_level(life: Life, one: Resident, level: int, reason: str) -> None:
    stays.put_level(life.act(life.by(May.SET_LEVEL)), one.stay, level, reason)
    one.level = level


def give_post(life: Life, one: Resident) -> None:
    """A job for the house: those that lead go to people who have been here long."""
    held: dict[str, int] = {}
    for other in life.residents:
        held[other.job] = held.get(other.job, 0) + 1
    jobs = [
        job for job in life.programme.jobs if held.get(job.code, 0) < job.places and (not job.leads or one.level >= 3)
    ]
    leading = [job for job in jobs if job.leads] if one.level >= 3 else []
    if jobs:
        job = life.random.choice(leading or jobs)
        one.job = job.code
        stays.put_described(life.act(life.by(May.DESCRIBE_STAY)), one.stay, post=str(job.title))


def leave(life: Life, one: Resident) -> None:
    """The stay ends, as planned or before; somebody else is awaited."""
    if one.gone or one.one_to_one or one.out:
        if not one.gone:
            life.after(180, leave, one)
        return
    if life.is_closing:
        return
    random = life.random
    why = (
        "completed"
        if one.planned
        else figures.pick((("left early, own wish", 0.86), ("moved to another service", 0.14)), random)
    )
    words = random.choice(voices.LEFT_WELL if one.planned else voices.LEFT_EARLY)
    stays.put_ended(life.act(life.by(May.BEGIN_STAY)), one.stay, why, words)
    one.gone = True
    life.residents.remove(one)
    if len(life.residents) + life.awaited < life.target:
        await_next(life, random.uniform(0.2, 1) * min(2.4, 0.05 * life.curve.typical))
