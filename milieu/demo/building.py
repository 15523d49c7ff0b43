"""How the demonstration community is built: opened, staffed, filled with people, and lived until a given moment.

The same arguments give the same ledger, hash for hash; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from milieu.actions import accounts, houses, secrets, staff
from milieu.actions.refused import Refused
from milieu.demo import arrivals, closing, days, feedback, figures, happenings, names, nights, team, walks
from milieu.demo.life import DAY, MINUTE, Life, Member
from milieu.record import ledger, programmes, reading
from milieu.record.ledger import Author
from milieu.rules import moments, sign_in
from milieu.rules.programme.shape import Programme

PASSWORD = "willow-house-2026"  # noqa: S105 - printed at the start: everybody in the demonstration shares it
HOUSES = {
    "residential_tc": "Willow House", "psychiatric_inpatient": "Harbour Ward", "outpatient_group": "Tuesday Circle",
    "day_programme": "Lantern Day House", "recovery_house": "Linden Street", "youth_residential": "Juniper House",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignInLine:
    """Somebody who can sign in to the demonstration."""

    login: str
    name: str
    role: str
    title: str
    pin: str
    on_duty: bool


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
    life, organisation = _open(found, days, residents, seed, until, dense, slug)
    lines = _make_team(life, organisation)
    _plan(life)
    life.run(told or (lambda done, of: None))
    n, head = reading.head(life.community)
    on = {one.staff for one in life.members if one.on}
    shown = tuple(SignInLine(*line[1:], line[0] in on) for line in lines)
    body = _named(found)
    return Built(life.community, organisation, body, _slug(slug, found), PASSWORD, shown, n, head)


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


def _make_team(life: Life, organisation: str) -> list[tuple[str, str, str, str, str, str]]:
    """Accounts and assignments: (assignment, login, name, role, title, PIN), the team first, then two families."""
    people = team.make_names(life, team.roles_wanted(life))
    taken = {given for _, _, given, _ in people}
    for _ in range(2):
        given, family, _ = names.draw(life.random, taken)
        taken.add(given)
        people.append(("family", "", given, family))
    password_hash = secrets.hashed(PASSWORD)
    lines = []
    at = moments.from_ms(life.now)
    with ledger.writing(life.community, Author(), at, random=life.ids) as write:
        for n, (role, shift, given, family) in enumerate(people):
            name, pin = f"{given} {family}", _pin(life.random)
            login, account = _account(life, organisation, name, pin, password_hash)
            write.begin_act(Author(), at)
            assignment = staff.put(write, account, name, role)
            title = next((str(one.title) for one in life.programme.roles if one.code == role), role)
            lines.append((assignment, login, name, role, title, pin))
            if role != "family":
                life.members.append(Member(n, assignment, role, given, shift, life.random.gammavariate(4, 0.25)))
    return lines


def _account(life: Life, organisation: str, name: str, pin: str, password_hash: str) -> tuple[str, str]:
    """An account and its sign-in name: the given name, or with a number where another house has that one already."""
    given = name.split()[0].lower().replace("-", "")
    made = life.ids.getrandbits(64)
    for n in range(1, 100):
        login = given if n == 1 else f"{given}{n}"
        try:
            # the id is the same whichever name is free, or the ledger would depend on what else is in the database
            random = Random(made)  # noqa: S311
            at = moments.from_ms(life.now)
            return login, accounts.make(
                organisation, login, name, PASSWORD, at, random=random, pin=pin, password_hash=password_hash
            )
        except Refused as refused:
            if refused.sentence.code != "account.taken":
                raise
    raise LookupError(f"There are a hundred sign-in names like {given}. Begin with an empty database.")


def _random(seed: int, programme: Programme, slug: str, what: str) -> Random:
    return Random(f"{seed}:{programme.id}:{slug}:{what}")  # noqa: S311 - the same for the same seed is what is wanted


def _pin(random: Random) -> str:
    while True:
        pin = f"{random.randrange(10_000):04}"
        if sign_in.pin_problem(pin) is None:
            return pin


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
