"""Who is on duty, doing what, where and until when; and who else works here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milieu.queries import houses
from milieu.queries.viewers import Here
from milieu.record import programmes
from milieu.record.state import Row, select
from milieu.rules import moments
from milieu.rules import staffing as staffing_rules
from milieu.rules.permissions import May, Viewer, called
from milieu.rules.words import Sentence, Text, by_name, say


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here; `on_from` None when off duty."""

    staff: str
    name: str
    role: Text | Sentence
    on_from: datetime | None
    on_until: datetime | None
    doing: str
    place: Text | None
    place_code: str
    with_stay: str
    with_name: str


@dataclass(frozen=True, slots=True)
class Duty:
    """The team on this shift and the others, by name."""

    on: tuple[Member, ...]
    off: tuple[Member, ...]
    needed: int
    sees: Sentence
    may_run: bool

    def member(self, staff: str) -> Member | None:
        return next((one for one in (*self.on, *self.off) if one.staff == staff), None)


def duty(here: Here, viewer: Viewer, at: datetime) -> Duty:
    """Everybody who works in this community now. Accounts without a task on the floor are among them."""
    programme = programmes.in_force(here.programme)
    house = houses.load(here, viewer, at)
    spaces = {space.code: space.title for space in programme.spaces}
    titles = {role.code: role.title for role in programme.roles}
    names = {one.stay: one.name for one in house.residents}

    def member(row: Row) -> Member:
        return Member(
            row["id"], row["name"], called(row["role"], titles), _maybe(row["on_from"]), _maybe(row["on_until"]), row["doing"],
            spaces.get(row["place"]), row["place"], row["with_stay"], names.get(row["with_stay"], ""),
        )  # fmt: skip

    rows = select("staff", "community = %s AND until IS NULL", [here.id])
    working = [member(row) for row in sorted(rows, key=lambda row: (by_name(row["name"]), row["id"])) if _works(row)]
    return Duty(
        tuple(one for one in working if one.on_from is not None),
        tuple(one for one in working if one.on_from is None),
        staffing_rules.needed(programme, len(house.residents), at, here.zone).staff,
        say("sees.team", "Team only"),
        viewer.may(May.RUN_DUTY),
    )


def _works(row: Row) -> bool:
    """Family, residents and alumni have a role here, and no shift."""
    return row["role"] not in ("family", "alumni", "resident", "leader", "surveyor") or row["on_from"] is not None


def _maybe(ms: int | None) -> datetime | None:
    return None if ms is None else moments.from_ms(ms)
