"""How people sleep: when they fall asleep, when they lie awake, and for whom sleep without checks is agreed.

A night is drawn once, when it comes; `walks` then finds people as it says.
"""

from __future__ import annotations

from datetime import date

from milieu.actions import places
from milieu.demo import arrivals, figures
from milieu.demo.life import DAY, MINUTE, Life, Resident
from milieu.rules.permissions import May

SLEEP_REASON = "Agreed sleep without checks tonight, as decided together."


def plan_night(life: Life, day: date) -> None:
    """What the night that begins on `day` will bring; in a programme without nights, nothing."""
    starts, ends = life.programme.observation.night
    if starts == ends:
        return
    begins = life.moment(day, starts)
    over = life.moment(day, ends + (1440 if ends <= starts else 0))
    if begins > life.now:
        life.later(begins - 70 * MINUTE, agree_sleep, begins, over)
    life.later(max(life.now, begins - 40 * MINUTE), lie_down, begins, over)
    for minutes in (-22, -8, 6):
        life.later(max(life.now, begins + minutes * MINUTE + life.random.uniform(0, 5) * MINUTE), to_bed, minutes)


def lie_down(life: Life, begins: int, over: int) -> None:
    """Everybody's night, drawn before it comes."""
    for one in life.residents:
        _draw_night(life, one, begins, over)


def _draw_night(life: Life, one: Resident, begins: int, over: int) -> None:
    random = life.random
    asleep = begins + int(random.uniform(0, 35 + 25 * one.restless) * MINUTE)
    wakes = over - int(random.triangular(0, 75, 18) * MINUTE)
    settled = min(1.0, (life.now - one.arrived) / DAY / figures.AWAKE_SETTLES)
    mean = (figures.AWAKE_FIRST + (figures.AWAKE_LATER - figures.AWAKE_FIRST) * settled) * (0.5 + 0.5 * one.restless)
    waking = []
    for _ in range(figures.how_many(mean, random)):
        since = random.uniform(asleep + 40 * MINUTE, max(asleep + 41 * MINUTE, wakes - 20 * MINUTE))
        how = figures.pick((("bed", 0.56), ("up", 0.22), ("bath", 0.14), ("hard", 0.08)), random)
        lasts = random.uniform(4, 9) if how == "bath" else random.uniform(8, 38)
        waking.append((int(since), int(since + lasts * MINUTE), how))
    one.in_bed, one.nights = (asleep, wakes), tuple(sorted(waking))


def how_at(life: Life, one: Resident) -> str:
    """How this person would be found now, at night: asleep, bed, up, bath or hard."""
    asleep, wakes = one.in_bed
    if not asleep <= life.now < wakes:
        return "bed" if (one.n + life.now // (17 * MINUTE)) % 3 else "up"
    return next((how for since, until, how in one.nights if since <= life.now < until), "asleep")


def agree_sleep(life: Life, begins: int, over: int) -> None:
    """Sleep without checks, for those on ordinary checks who have been here a while; each night anew."""
    observation = life.programme.observation
    steps = arrivals.ladder(life)
    if not observation.agreed_sleep_allowed or life.closer or not steps:
        return
    for one in life.residents:
        usual = one.watch in (steps[-1].code, "routine") and one.unseen_after == 1 << 60
        settled = life.now - one.arrived > 0.08 * life.curve.typical * DAY
        if usual and settled and (one.n * 7919 % 100) / 100 < figures.AGREED_SLEEP and not one.out:
            ends = over - int(life.random.uniform(10, 70) * MINUTE)
            life.after(life.random.uniform(0, 30), _agree, one, (begins + life.random.randrange(20) * MINUTE, ends))
        elif one.sleep is not None:
            one.sleep = None


def _agree(life: Life, one: Resident, sleep: tuple[int, int]) -> None:
    level = next((step for step in arrivals.ladder(life) if step.code == one.watch), None)
    if one.gone or one.out or one.one_to_one or level is None:
        return
    arrivals.order(life, one, level, SLEEP_REASON, sleep)


def to_bed(life: Life, minutes: int) -> None:
    """A third of the house goes to bed at a time, the last of them a little after lights-out."""
    part = {-22: 0, -8: 1, 6: 2}[minutes]
    going = [
        o
        for o in life.residents
        if o.room and not o.out and not o.one_to_one and o.place != o.room and (part == 2 or o.n % 3 == part)
    ]
    if not going:
        return
    write = life.act(life.by(May.MOVE_PEOPLE))
    for one in going:
        places.put(write, one.stay, one.room)
        one.place, one.slot, one.busy_until = one.room, "", 0
