"""How people are looked in on: walks through the house in walking order, at times nobody can foretell, inside the interval.

People of one interval are walked in parts of the house, each at its own pace. Now and then somebody comes a little late,
hardly ever is one missed, and a few looks are written down afterwards with the reason.
"""

from __future__ import annotations

from functools import cache

from milieu.actions import checks, undo
from milieu.demo import days, figures, nights, voices
from milieu.demo.life import DAY, HOUR, MINUTE, Life, Member, Resident
from milieu.record.entries import Entry
from milieu.rules import moments
from milieu.rules.permissions import May
from milieu.rules.programme.care import PadButton
from milieu.rules.programme.shape import Programme

PARTS = 3


def begin(life: Life) -> None:
    """Start walking: each interval in its parts of the house."""
    life.look_now = right_away
    for level in life.programme.observation.levels:
        if level.every is None or (life.closer and level.code != life.closer):
            continue
        every = int(level.every.minutes) * MINUTE
        parts = PARTS if level.every.minutes >= 30 else 1
        for part in range(parts):
            life.later(life.begins + every * (0.3 + 0.5 * part / parts), walk, level.code, every, part, parts)


def walk(life: Life, code: str, every: int, part: int, parts: int) -> None:
    """One walk; who will not be due before the next one is left in peace."""
    following = _next(life, every, part, parts)
    life.later(following, walk, code, every, part, parts)
    people = sorted((one for one in life.residents if one.watch == code and one.n % parts == part), key=life.walk)
    if not people:
        return
    walkers = _walkers(life, len(people))
    if not walkers:
        return
    share = -(-len(people) // len(walkers))
    step = min(26_000, int(0.5 * every / share))
    if life.now == _last(life, every, part, parts):
        step = min(step, int(4 * MINUTE / share))
    for place, one in enumerate(people):
        offset = (place % share) * step + life.random.randrange(9000)
        due = _due(one)
        if due is None or due > following + offset + MINUTE or one.out or one.one_to_one:
            continue
        if one.sleep and one.sleep[0] <= life.now + offset < one.sleep[1]:
            continue
        life.later(life.now + offset + _delay(life, one, every), look, one, walkers[place // share])


def _next(life: Life, every: int, part: int, parts: int) -> int:
    """When this part is walked again; the last walk before the end is timed so that the closing minutes are calm."""
    share = figures.WALK_AGAIN_DENSE if life.closer else figures.WALK_AGAIN_AFTER
    at = life.now + int(every * life.random.uniform(*share))
    last = _last(life, every, part, parts)
    return last if life.now < last < at else at


def _last(life: Life, every: int, part: int, parts: int) -> int:
    return life.until - int(min(every * 0.48, 4.5 * MINUTE + part * 30 * MINUTE / parts))


def _due(one: Resident) -> int | None:
    if one.every is None:
        return None
    due = one.counted_from + one.every
    if one.sleep and one.sleep[0] <= due and one.counted_from < one.sleep[1]:
        return one.sleep[1]
    return due


def _delay(life: Life, one: Resident, every: int) -> int:
    """Mostly nothing; sometimes something came between."""
    if life.now > life.until - 1.8 * every:
        return 0
    draw = life.random.random()
    if draw < figures.MISSED_CHECKS:
        return int(every * life.random.uniform(0.65, 0.8))
    if draw < figures.LATE_CHECKS:
        return int(every * life.random.uniform(0.17, 0.38))
    return 0


def _walkers(life: Life, people: int) -> list[Member]:
    free = [
        one
        for one in life.on_duty(May.RECORD_CHECK)
        if one.is_free and one.role in ("technician", "nurse", "charge_nurse")
    ]
    if not free:
        return life.on_duty(May.RECORD_CHECK)[:1]
    free.sort(key=lambda one: ((one.n * 31 + life.now // HOUR * 17) % 29, one.n))
    return free[: 2 if people > 14 else 1]


def look(life: Life, one: Resident, member: Member) -> None:
    """Look in on one person and record how they are."""
    if one.gone or one.out or one.one_to_one or life.now > one.unseen_after or life.now - one.counted_from < 100_000:
        return
    see(life, one, member)


def see(life: Life, one: Resident, member: Member) -> None:
    """The look itself: written down at once, or, sometimes, a while later with the reason."""
    random = life.random
    seen_as = how(life, one)
    chips: tuple[str, ...] = ()
    if random.random() < figures.WITH_CHIP:
        chips = (random.choice(life.programme.observation.chips).code,)
    one.counted_from = life.now
    place = one.place if one.place in life.spaces else ""
    if random.random() < figures.ENTERED_LATE and not life.is_closing and not life.closer:
        life.after(random.uniform(4, 34), _write_later, one, member, seen_as, place, life.now)
        return
    if random.random() < figures.MISTAPPED and not life.is_closing:
        wrong = random.choice(
            [button.code for button in _pad(life) if button.means == "seen" and button.code != seen_as]
        )
        entry = checks.put(life.act(member), one.stay, wrong, place=place)
        life.after(random.uniform(0.08, 0.3), _take_back, one, member, entry, seen_as)
        return
    checks.put(life.act(member), one.stay, seen_as, chips=chips, place=place)


def _pad(life: Life) -> tuple[PadButton, ...]:
    return life.programme.observation.pad(life.minute)


def _take_back(life: Life, one: Resident, member: Member, entry: Entry, seen_as: str) -> None:
    """The wrong button was under the finger: taken back, and the right one tapped."""
    if one.gone:
        return
    undo.put(life.act(member), entry)
    checks.put(life.act(member), one.stay, seen_as, place=str(entry.body.get("place", "")))


def _write_later(life: Life, one: Resident, member: Member, seen_as: str, place: str, happened: int) -> None:
    if not one.gone:
        because = life.random.choice(voices.LATE_BECAUSE)
        write = life.act(member)
        checks.put(write, one.stay, seen_as, place=place, happened_at=moments.from_ms(happened), late_because=because)


def right_away(life: Life, one: Resident) -> None:
    """Somebody is back, or sleep without checks has ended: look now."""
    able = life.on_duty(May.RECORD_CHECK)
    if able and one.every is not None and not one.gone:
        look(life, one, life.random.choice(able))


def how(life: Life, one: Resident) -> str:
    """The button of the pad that fits how this person is found."""
    night, seen = _pads(life.programme)
    if life.is_night and night:
        return night[nights.how_at(life, one)]
    if one.slot and not one.slot.startswith(days.TALK):
        return seen["group"]
    draw = life.random.random()
    if draw < 0.012 * (1 + one.restless):
        return seen["word"]
    if draw < 0.05:
        return seen["bath"]
    if one.place == one.room:
        return seen["alone"] if draw < 0.7 else seen["calm"]
    return seen["calm"] if draw < 0.8 else seen["group"]


@cache
def _pads(programme: Programme) -> tuple[dict[str, str], dict[str, str]]:
    """Which button stands for which finding, told by picture and meaning, whatever the programme calls it."""
    observation = programme.observation
    night = _by_finding(observation.night_pad, {"bed": "bed", "up": "chair", "bath": "bath"})
    if night:
        night["asleep"] = next((b.code for b in observation.night_pad if b.asleep), night["bed"])
        night["hard"] = _struggling(observation.night_pad) or night["up"]
    day = _by_finding(observation.day_pad, {"group": "people", "calm": "leaf", "alone": "person", "bath": "bath"})
    if day:
        day["word"] = _struggling(observation.day_pad) or day["calm"]
    return night, day


def _by_finding(pad: tuple[PadButton, ...], icons: dict[str, str]) -> dict[str, str]:
    seen = [button for button in pad if button.means == "seen" and not button.asleep]
    if not seen:
        return {}
    return {finding: next((b.code for b in seen if b.icon == icon), seen[0].code) for finding, icon in icons.items()}


def _struggling(pad: tuple[PadButton, ...]) -> str:
    return next((button.code for button in pad if button.means == "struggling"), "")


def wake_ups(life: Life) -> None:
    """When sleep without checks ends, the first look comes at once. Asked every hour for the hour to come."""
    for one in life.residents:
        if one.sleep and life.now <= one.sleep[1] < life.now + HOUR:
            life.later(one.sleep[1] + life.random.uniform(1, 40) * 1000, _woken, one, one.sleep)
    life.later(life.now + HOUR, wake_ups)


def _woken(life: Life, one: Resident, sleep: tuple[int, int]) -> None:
    if one.sleep == sleep and life.now < sleep[1] + DAY:
        one.sleep = None
        right_away(life, one)
