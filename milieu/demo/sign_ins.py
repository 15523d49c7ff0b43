"""Who can sign in to the demonstration: the team, and two families of people who live there.

All share one password that is printed at the start, and each has a PIN. Accounts are no part of the ledger but for their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from milieu.actions import accounts, secrets, staff
from milieu.actions.refused import Refused
from milieu.demo import names, team
from milieu.demo.life import DAY, Life, Member
from milieu.record import ledger
from milieu.record.ledger import Author
from milieu.rules import sign_in

PASSWORD = "willow-house-2026"  # noqa: S105 - printed at the start: everybody in the demonstration shares it
FAMILIES = 2


@dataclass(frozen=True, slots=True)
class SignInLine:
    """Somebody who can sign in to the demonstration."""

    login: str
    name: str
    role: str
    title: str
    pin: str
    on_duty: bool
    staff: str


@dataclass(slots=True)
class Desk:
    """Where accounts are made: for which organisation, with the hash of the shared password, and who has one so far."""

    organisation: str
    password_hash: str
    lines: list[SignInLine]


def open_desk(organisation: str) -> Desk:
    """A desk with nobody yet."""
    return Desk(organisation, secrets.hashed(PASSWORD), [])


def make_team(life: Life, desk: Desk) -> None:
    """Accounts and assignments of everybody who works here."""
    people = team.make_names(life, team.roles_wanted(life))
    with ledger.writing(life.community, Author(), life.at, random=life.ids) as write:
        life.open(write)
        for n, (role, shift, given, family) in enumerate(people):
            assignment = _assign(life, desk, f"{given} {family}", role)
            life.members.append(Member(n, assignment, role, given, shift, life.random.gammavariate(4, 0.25)))
        life.close()


def make_families(life: Life, desk: Desk) -> None:
    """Somebody of the family of two people who have been here a while and stay."""
    staying = [one for one in life.residents if one.leaves > life.until + DAY]
    staying.sort(key=lambda one: (-one.engagement, one.n))
    taken = {one.given for one in life.residents} | {one.given for one in life.members}
    for one in staying[:FAMILIES]:
        given, _, _ = names.draw(life.random, taken)
        taken.add(given)
        _assign(life, desk, f"{given} {one.family}", "family")


def _assign(life: Life, desk: Desk, name: str, role: str) -> str:
    pin = _pin(life.random, {line.pin for line in desk.lines})
    login, account = _account(life, desk, name, pin)
    assignment = staff.put(life.act(None), account, name, role)
    title = next((str(one.title) for one in life.programme.roles if one.code == role), role)
    desk.lines.append(SignInLine(login, name, role, title, pin, False, assignment))
    return assignment


def _account(life: Life, desk: Desk, name: str, pin: str) -> tuple[str, str]:
    """An account and its sign-in name: the given name, or with a number where another house has that one already."""
    given = name.split()[0].lower().replace("-", "")
    made = life.ids.getrandbits(64)
    for n in range(1, 100):
        login = given if n == 1 else f"{given}{n}"
        # the id is the same whichever name is free, or the ledger would depend on what else is in the database
        random = Random(made)  # noqa: S311
        try:
            return login, accounts.make(
                desk.organisation, login, name, PASSWORD, life.at, random=random, pin=pin,
                password_hash=desk.password_hash,
            )  # fmt: skip
        except Refused as refused:
            if refused.sentence.code != "account.taken":
                raise
    raise LookupError(f"There are a hundred sign-in names like {given}. Begin with an empty database.")


def _pin(random: Random, taken: set[str]) -> str:
    while True:
        pin = f"{random.randrange(10_000):04}"
        if pin not in taken and sign_in.pin_problem(pin) is None:
            return pin
