"""What the team notices in people and what it reminds them of.

Whom one helps follows the published pattern of such houses: help is returned, those who were noticed help more, and people
help those who came when they did. A member of the team who is near writes it down.
"""

from __future__ import annotations

import math
from datetime import date

from milieu.actions import interactions
from milieu.demo import figures, voices
from milieu.demo.life import DAY, MINUTE, Life, Resident, chosen
from milieu.rules.permissions import May

WEEK = 7 * DAY


def plan_day(life: Life, day: date) -> None:
    """Spread over the waking hours of this day what will be noticed and said."""
    windows = _hours(life, day)
    length = sum(ends - begins for begins, ends in windows)
    if not length:
        return
    share = 1.0 if life.programme.is_residential else min(1.0, length / (6 * 60 * MINUTE))
    for a_day, what in (
        (figures.NOTICED_A_DAY, notice), (figures.CORRECTED_A_DAY, correct), (figures.REDIRECTED_A_DAY, redirect),
    ):  # fmt: skip
        for _ in range(figures.how_many(a_day * share * life.target, life.random)):
            at = life.random.uniform(0, length)
            for begins, ends in windows:
                if at < ends - begins:
                    if begins + at >= life.now:
                        life.later(begins + at, what)
                    break
                at -= ends - begins


def _hours(life: Life, day: date) -> list[tuple[int, int]]:
    """When people are awake and together."""
    starts, ends = life.programme.observation.night
    if starts != ends:
        return [(life.moment(day, ends + 25), life.moment(day, (starts if starts > ends else 1440) - 25))]
    inside = [slot for slot in life.slots(day) if slot.space and life.spaces[slot.space].kind != "away"]
    windows: list[tuple[int, int]] = []
    for slot in sorted(inside, key=lambda slot: slot.starts):
        begins, over = life.moment(day, slot.starts + 10), life.moment(day, slot.ends)
        if windows and begins <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(windows[-1][1], over))
        else:
            windows.append((begins, over))
    return windows


def present(life: Life) -> list[Resident]:
    """Those who are in the house, up and about, or nearly."""
    inside = [one for one in life.residents if not one.out and one.place and life.spaces[one.place].kind != "away"]
    if not life.is_night:
        return inside
    return [one for one in inside if not one.in_bed[0] <= life.now < one.in_bed[1]] or inside


def received(life: Life, one: Resident) -> float:
    """How much this person was noticed of late; fades by half in three days."""
    return one.received * math.pow(0.5, (life.now - one.received_at) / (3 * DAY))


def pull(life: Life, giver: Resident, to: Resident) -> float:
    """How readily one person turns to another: log-linear in the published terms."""
    x = figures.RECIPROCITY * figures.PER_ACT * min(3.0, life.pairs.get((to.stay, giver.stay), 0.0))
    if abs(giver.arrived - to.arrived) <= figures.COHORT_DAYS * DAY:
        x += figures.COHORT * figures.PER_ACT
    return math.exp(x)


def gives(life: Life, one: Resident) -> float:
    """How readily this person is seen doing good: their nature, how long they are here, and having been noticed."""
    here = min(1.0, (life.now - one.arrived) / (0.4 * life.curve.typical * DAY))
    return (
        (0.45 + 0.55 * one.warmth)
        * (0.6 + 0.4 * here)
        * math.exp(figures.RECEIVING * figures.PER_ACT * min(4.0, received(life, one)))
    )


def notice(life: Life) -> None:
    """Somebody does something good, and a member of the team sees it."""
    there = present(life)
    able = life.on_duty(May.RECORD_INTERACTION)
    if not there or not able:
        return
    random = life.random
    one = chosen(random, there, [gives(life, other) for other in there])
    near = [member for member in able if member.place == one.place] or able
    member = random.choices(near, [other.warmth for other in near])[0]
    strength = _strength(life, one)
    other = None if life.is_night else _peer(life, one, there)
    words = _words(life, strength, other)
    interactions.put_noticed(life.act(member), one.stay, strength, words)
    one.received, one.received_at = received(life, one) + 1, life.now
    if other is not None and strength in voices.HELPING:
        life.pairs[one.stay, other.stay] = life.pairs.get((one.stay, other.stay), 0.0) * 0.9 + 1


def _strength(life: Life, one: Resident) -> str:
    known = [each.code for each in life.programme.strengths]
    if life.is_night:
        return life.random.choice([code for code in known if code in voices.AT_NIGHT] or known)
    return life.random.choice(one.bright) if life.random.random() < 0.7 else life.random.choice(known)


def _peer(life: Life, one: Resident, there: list[Resident]) -> Resident | None:
    others = [other for other in there if other is not one]
    return chosen(life.random, others, [pull(life, one, other) for other in others]) if others else None


def _words(life: Life, strength: str, other: Resident | None) -> str:
    fitting = [said for said in voices.SEEN.get(strength, ()) if other is not None or "{other}" not in said]
    if not fitting or life.is_night or life.random.random() > figures.WITH_WORDS:
        return ""
    return life.random.choice(fitting).format(other=other.given if other else "")


def hardness(life: Life, one: Resident) -> float:
    """How likely this person is to be reminded: most in the middle of a stay."""
    share = (life.now - one.arrived) / (life.curve.typical * DAY)
    return figures.along(figures.CORRECTED, share) * (1.4 - 0.7 * one.engagement)


def correct(life: Life) -> None:
    """A kept expectation, said the agreed way, mostly."""
    _remind(life, "correction")


def redirect(life: Life) -> None:
    """Steering to something else before it gets hard."""
    _remind(life, "redirection")


def _remind(life: Life, kind: str) -> None:
    there = present(life)
    able = life.on_duty(May.RECORD_INTERACTION)
    if not there or not able:
        return
    random = life.random
    one = chosen(random, there, [hardness(life, other) for other in there])
    near = [member for member in able if member.place == one.place] or able
    binding = [each.code for each in life.programme.expectations if each.binds != "staff"]
    expectation = random.choice(one.hard) if random.random() < 0.75 else random.choice(binding)
    way = "agreed" if random.random() < figures.SAID_AS_AGREED else "differently"
    write = life.act(random.choice(near))
    interactions.put_reminded(
        write,
        kind,
        one.stay,
        expectation,
        way,
        words=random.choice(voices.REMINDED),
        went=figures.pick(figures.WENT, random),
    )
