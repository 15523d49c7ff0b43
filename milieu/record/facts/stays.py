"""The whole of one stay, and the stays of a community in short: for pages about a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from milieu.record.state import Row, select
from milieu.rules.moments import from_ms
from milieu.rules.words import by_name


@dataclass(frozen=True, slots=True)
class Described:
    """How a person is to be met, in their words and the team's; what they do for the house."""

    stay: str
    person: str
    name: str
    full_name: str
    pronouns: str
    room: str
    bed: str
    level: int
    level_since: datetime
    arrived_at: datetime
    left_at: datetime | None
    buddy: str
    key_worker: str
    post: str
    likes: tuple[str, ...]
    helps: tuple[str, ...]
    avoids: tuple[str, ...]
    night_plan: tuple[str, ...]
    night_plan_at: datetime | None
    needs: tuple[str, ...]
    safety: tuple[str, ...]
    adapted: Mapping[str, str]
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StayLine:
    """One stay in a list."""

    stay: str
    name: str
    full_name: str
    room: str
    level: int
    arrived_at: datetime
    left_at: datetime | None
    key_worker: str


def described(community: str, stay: str) -> Described | None:
    """The stay in this community, or None: a stay of another community is as unknown as none at all."""
    found = select("stay", "id = %s AND community = %s", [stay, community])
    return from_row(found[0]) if found else None


def from_row(row: Row) -> Described:
    """The same from a state row, such as one of a rebuilt past."""
    return Described(
        row["id"], row["person"], row["name"], row["full_name"], row["pronouns"], row["room"], row["bed"], row["level"],
        from_ms(row["level_since"]), from_ms(row["arrived_at"]), None if row["left_at"] is None else from_ms(row["left_at"]),
        row["buddy"], row["key_worker"], row["post"], tuple(row["likes"]), tuple(row["helps"]), tuple(row["avoids"]),
        tuple(row["night_plan"]), None if row["night_plan_at"] is None else from_ms(row["night_plan_at"]),
        tuple(row["needs"]), tuple(line["line"] for line in row["safety"]), row["adapted"], tuple(row["goals"]),
    )  # fmt: skip


def lines(community: str, *, left: bool = False) -> tuple[StayLine, ...]:
    """Everybody here, or with `left` the last hundred who have left, newest first."""
    order = "left_at IS NOT NULL ORDER BY left_at DESC, id LIMIT 100" if left else "left_at IS NULL"
    names = "id, name, full_name, room, level, arrived_at, left_at, key_worker"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM stay WHERE community = %s AND {order}", [community])
        found = tuple(
            StayLine(
                stay, name, full, room, level, from_ms(came), None if left_at is None else from_ms(left_at), worker
            )
            for stay, name, full, room, level, came, left_at, worker in cursor.fetchall()
        )
    return found if left else tuple(sorted(found, key=lambda one: (by_name(one.name), one.stay)))


def lines_of_rows(rows: Sequence[Row], *, left: bool) -> tuple[StayLine, ...]:
    """The same list from the rows of a rebuilt past."""
    found = [described for row in rows if (described := from_row(row)) and (described.left_at is not None) == left]
    if left:
        found = sorted(found, key=lambda one: (one.left_at or one.arrived_at, one.stay), reverse=True)[:100]
    else:
        found = sorted(found, key=lambda one: (by_name(one.name), one.stay))
    return tuple(
        StayLine(one.stay, one.name, one.full_name, one.room, one.level, one.arrived_at, one.left_at, one.key_worker)
        for one in found
    )


def tallies(stay: str, days: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """What was counted about one stay on these days, by (day, what)."""
    if not days:
        return {}
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(days))
        cursor.execute(f"SELECT day, what, n FROM tally WHERE stay = %s AND day IN ({marks})", [stay, *days])
        return {(day, what): n for day, what, n in cursor.fetchall()}


def own_tallies(community: str, staff: str, day: str) -> dict[str, int]:
    """What one member of staff recorded on a day: for that person's own eyes."""
    whats = [f"by.{staff}.noticed", f"by.{staff}.correction"]
    keys = [f"{community}:{day}:{what}:" for what in whats]
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, n FROM tally WHERE id IN (%s, %s)", keys)
        return {what.rsplit(".", 1)[-1]: n for what, n in cursor.fetchall()}
