"""What a day brings beside the week: someone stays with a person, somebody goes out, a need comes up, two people clash.

Each is drawn for the day and settled within hours. The last hours before now are set by `closing`.
"""

from __future__ import annotations

from datetime import date

from milieu.actions import checks, needs, places, stays
from milieu.demo import arrivals, days, figures, team, voices, walks
from milieu.demo.life import DAY, HOUR, MINUTE, Life, Member, Resident
from milieu.rules import moments
from milieu.rules.permissions import May


def plan_day(life: Life, day: date) -> None:
    """Draw what this day brings."""
    random = life.random
    residential = life.programme.is_residential
    size = life.target / 28
    chances = [(figures.NEEDS_A_DAY, 450, 1290, ask), (figures.TENSIONS_A_DAY, 480, 1200, clash)]
    if residential:
        chances += [
            (figures.TAKES_ONE_TO_ONE_A_DAY, 480, 1320, one_to_one), (figures.OUTINGS_A_DAY, 520, 930, outing),
            (figures.CLOSER_A_DAY * 28, 560, 1260, hard_time),
        ]  # fmt: skip
    for mean, since, until, what in chances:
        for _ in range(figures.how_many(mean * size, random)):
            life.later(max(life.now, life.moment(day, random.uniform(since, until))), what)


def free(life: Life) -> list[Resident]:
    """People who could be asked away just now."""
    return [
        o
        for o in life.residents
        if not (o.out or o.one_to_one or o.gone) and o.busy_until <= life.now and o.unseen_after == 1 << 60
    ]


def hard_time(life: Life) -> None:
    """A hard time begins for somebody."""
    there = free(life)
    if there and not life.closer:
        one = life.random.choice(there)
        arrivals.closer(life, one)
        walks.right_away(life, one)


def one_to_one(life: Life) -> None:
    """Somebody of the team stays with a person for a while."""
    there, able = free(life), [one for one in life.on_duty(May.RECORD_CHECK) if one.is_free]
    if there and len(able) > 2 and not life.is_closing:
        one, member = life.random.choice(there), life.random.choice(able)
        stay_with(life, one, member)
        life.after(life.random.uniform(25, 80), leave_alone, one, member)


def stay_with(life: Life, one: Resident, member: Member) -> None:
    """The one-to-one begins."""
    checks.put_one_to_one(life.act(member), one.stay, member.staff)
    one.one_to_one = True
    team.say_doing(life, member, "one to one", place=one.place, with_stay=one.stay)


def leave_alone(life: Life, one: Resident, member: Member) -> None:
    """The one-to-one ends."""
    checks.put_one_to_one_ended(life.act(member), one.stay)
    one.one_to_one = False
    team.say_doing(life, member, "floor")
    walks.right_away(life, one)


def outing(life: Life) -> None:
    """Somebody has to be somewhere outside; one of the team comes along."""
    there, able = free(life), [one for one in life.on_duty(May.MOVE_PEOPLE) if one.is_free and one.role == "technician"]
    if there and len(able) > 1 and not life.is_closing:
        one, member = life.random.choice(there), life.random.choice(able)
        go_out(
            life, one, member, life.random.choice(voices.OUTINGS), int(life.now + life.random.uniform(50, 120) * MINUTE)
        )


def go_out(life: Life, one: Resident, member: Member | None, what: str, back: int) -> None:
    """Out of the house until about `back`."""
    place = days.home(life.programme)
    with_staff = member.staff if member else ""
    back_at = moments.from_ms(back // (5 * MINUTE) * 5 * MINUTE)
    places.put(life.act(life.by(May.MOVE_PEOPLE)), one.stay, place, doing=what, with_staff=with_staff, back_at=back_at)
    one.place, one.out, one.slot, one.sleep, one.busy_until = place, True, "", None, back
    if member:
        team.say_doing(life, member, f"out with {one.given}", place=place, with_stay=one.stay)
    life.later(back + life.random.uniform(-4, 4) * MINUTE, come_back, one, member)


def come_back(life: Life, one: Resident, member: Member | None) -> None:
    """Back in the house, and seen."""
    one.out, one.busy_until = False, 0
    place = days.own_way(life, one) or one.room
    places.put(life.act(life.by(May.MOVE_PEOPLE)), one.stay, place)
    one.place = place
    if member:
        team.say_doing(life, member, "floor")
    walks.right_away(life, one)


def ask(life: Life) -> None:
    """Somebody asks for something; it is settled within hours."""
    there = free(life)
    if not there or not life.on_duty(May.TAKE_NEED):
        return
    one = life.random.choice(there)
    kind, text = life.random.choice(voices.ASKS)
    entry = needs.put(life.act(life.by(May.TAKE_NEED)), kind, text, stay=one.stay)
    waits = life.random.uniform(12, 140)
    if life.now + waits * MINUTE < life.until - 4 * MINUTE or not life.is_closing:
        life.after(waits, settle, entry.id)


def settle(life: Life, need: str) -> None:
    """Somebody saw to it."""
    needs.put_done(life.act(life.by(May.TAKE_NEED)), need, life.random.choice(voices.SETTLED))


def clash(life: Life) -> None:
    """Two people have words; the team keeps them apart for some days, and plans."""
    there = free(life)
    if len(there) < 2 or life.tension is not None or life.is_closing:
        return
    one, other = life.random.sample(there, 2)
    text = life.random.choice(voices.WORDS_BETWEEN)
    need = tension(life, one, other, text, None)
    life.after(life.random.uniform(90, 600), _make_peace, need)


def tension(life: Life, one: Resident, other: Resident, text: str, due_at: int | None) -> str:
    """Keep two people apart for three days and put the plan on the list; the need."""
    life.tension = (one.stay, other.stay)
    until = (life.now + 3 * DAY) // HOUR * HOUR
    for who, whom in ((one, other), (other, one)):
        apart = [{"stay": whom.stay, "why": text, "until": until}]
        stays.put_described(life.act(life.by(May.DESCRIBE_STAY)), who.stay, keep_apart=apart)
    write = life.act(life.by(May.TAKE_NEED))
    due = None if due_at is None else moments.from_ms(due_at)
    return needs.put(write, "tension", text, stay=one.stay, other=other.stay, due_at=due).id


def _make_peace(life: Life, need: str) -> None:
    needs.put_done(life.act(life.by(May.TAKE_NEED)), need, life.random.choice(voices.MADE_PEACE))
    life.after(3 * 1440, _forget)


def _forget(life: Life) -> None:
    life.tension = None
