"""How the demonstration community is built: opened, staffed, filled with people, and lived until a given moment.

The same arguments give the same ledger, hash for hash; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from milieu.actions import houses
from milieu.actions.refused import refuse
from milieu.demo import arrivals, closing, days, feedback, figures, happenings, nights, sign_ins, team, walks
from milieu.demo.life import DAY, HOUR, MINUTE, Life
from milieu.demo.sign_ins import SignInLine
from milieu.record import programmes, reading
from milieu.rules import moments
from milieu.rules.programme.shape import Programme

HOUSES = {
    "residential_tc": "Willow House", "psychiatric_inpatient": "Harbour Ward", "outpatient_group": "Tuesday Circle",
    "day_programme": "Lantern Day House", "recovery_house": "Linden Street", "youth_residential": "Juniper House",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: where, who can sign in with which PIN, and how long the ledger is, with its head."""

    community: str
    organisation: str
    name: str
    slug: str
    password: str
    staff: tuple[SignInLine, ...]
    entries: int
    head: str


def build(
    programme: str = "tc-residential", days: int = 30, residents: int = 28, seed: int = 1, *, until: datetime,
    told: Callable[[int, int], None] | None = None, dense: bool = False, slug: str = "",
) -> Built:  # fmt: skip
    """Build the community and live it until `until`; with `dense`, everyone is looked in on at the closest interval."""
    found, _ = programmes.from_folder(programme)
    _refuse_too_many(found, residents)
    life, organisation = _open(found, days, residents, seed, until, dense, slug)
    desk = sign_ins.open_desk(organisation)
    sign_ins.make_team(life, desk)
    _plan(life)
    life.later(life.until - 26 * HOUR, sign_ins.make_families, desk)
    life.run(told or (lambda done, of: None))
    on = {one.staff for one in life.members if one.on}
    lines = tuple(replace(line, on_duty=line.staff in on) for line in desk.lines)
    n, head = reading.head(life.community)
    name = _named(found)
    return Built(life.community, organisation, name, _slug(slug, found), sign_ins.PASSWORD, lines, n, head)


def _refuse_too_many(programme: Programme, residents: int) -> None:
    beds = sum(space.capacity or 1 for space in programme.spaces if space.kind == "bedroom")
    most = beds or int(programme.capacity.value)
    if not 1 <= residents <= most:
        raise refuse("demo.residents", "This programme has room for {most} people. Ask for 1 to {most}.", most=most)


def _named(programme: Programme) -> str:
    return HOUSES.get(programme.setting, "Willow House")


def _slug(slug: str, programme: Programme) -> str:
    return slug or _named(programme).lower().replace(" ", "-")


def _open(
    programme: Programme, days: int, residents: int, seed: int, until: datetime, dense: bool, slug: str
) -> tuple[Life, str]:
    until_ms = moments.to_ms(until) // 1000 * 1000
    zone = programme.time_zone_default
    first = moments.local_day(moments.from_ms(until_ms), zone) - timedelta(days=days)
    begins = moments.to_ms(moments.at_minute(first, 0, zone))
    curve = figures.curve_of(programme.setting)
    slug = _slug(slug, programme)
    ids = _random(seed, programme, slug, "ids")
    opened = moments.from_ms(begins - curve.history * DAY)
    organisation = houses.organisation(f"{_named(programme)} Trust", opened, ids)
    community = houses.open_(organisation, _named(programme), programme.code, zone, opened, slug=slug, random=ids)
    life = Life(
        programme, community, zone, curve, _random(seed, programme, slug, "life"), ids, residents, begins, until_ms,
        closer=_closest(programme) if dense else "", now=moments.to_ms(opened),
        spaces={space.code: space for space in programme.spaces},
    )  # fmt: skip
    return life, organisation


def _closest(programme: Programme) -> str:
    levels = [one for one in programme.observation.levels if one.every]
    return min(levels, key=lambda one: one.every.minutes if one.every else 0).code if levels else ""


def _random(seed: int, programme: Programme, slug: str, what: str) -> Random:
    return Random(f"{seed}:{programme.id}:{slug}:{what}")  # noqa: S311 - the same for the same seed is what is wanted


def _plan(life: Life) -> None:
    life.awaited = life.target
    for _ in range(life.target):
        opened = life.now
        day = moments.local_day(
            moments.from_ms(opened + int(life.random.uniform(0.2, 0.22 * life.curve.history) * DAY)), life.zone
        )
        life.later(life.moment(day, life.random.uniform(585, 930)), arrivals.arrive)
    life.later(life.begins, first_night)
    closing.plan(life)


def first_night(life: Life) -> None:
    """The first day in detail begins at midnight: some are on duty, the others sleep."""
    day = life.day
    team.begin_night_before(life, day)
    _give_posts(life)
    nights.plan_night(life, day - timedelta(days=1))
    walks.begin(life)
    walks.wake_ups(life)
    if not life.programme.is_residential:
        days.all_home(life)
    day_begins(life, day)


def _give_posts(life: Life) -> None:
    for one in life.residents:
        if not one.job and one.level > 1 and life.random.random() < 0.2:
            arrivals.give_post(life, one)


def day_begins(life: Life, day: date) -> None:
    """Plan a day, a quarter of an hour before midnight (the first one at midnight)."""
    team.plan_day(life, day)
    days.plan_day(life, day)
    nights.plan_night(life, day)
    feedback.plan_day(life, day)
    happenings.plan_day(life, day)
    following = day + timedelta(days=1)
    life.later(life.moment(following, 0) - 15 * MINUTE, day_begins, following)
