"""The facts a board or a round needs of everybody in the house, now or as known at a past moment.

Read in a constant number of statements. While the chain's head has not moved, nothing has, so facts are kept per process
under (community, n) and read again only after a write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from milieu.record import keeping
from milieu.record.state import MemoryState, Row, select
from milieu.rules.checks import Watched
from milieu.rules.moments import from_ms
from milieu.rules.words import by_name

_STAY = (
    "id", "name", "full_name", "pronouns", "room", "bed", "level", "arrived_at", "left_at", "buddy", "key_worker", "post",
    "keep_apart",
)  # fmt: skip
_HERE = ("place", "since", "doing", "with_staff", "back_at")
_WATCH = (
    "level", "every", "since", "until", "sleep_from", "sleep_until", "one_to_one", "search", "seen_at", "seen_as", "seen_by", "recent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """One recorded look-in."""

    entry: str
    at: datetime
    seen_as: str
    by: str
    place: str
    entered_at: datetime
    was_away: bool


@dataclass(frozen=True, slots=True)
class KeepApart:
    """Two people not to be placed together for now; `until` None when open."""

    stay: str
    why: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Resident:
    """One person in the house as boards and rounds need them."""

    stay: str
    name: str
    full_name: str
    pronouns: str
    room: str
    bed: str
    level: int
    arrived_at: datetime
    left_at: datetime | None
    buddy: str
    key_worker: str
    post: str
    keep_apart: tuple[KeepApart, ...]
    place: str
    place_since: datetime
    doing: str
    with_staff: str
    back_at: datetime | None
    watch_level: str
    watch_until: datetime | None
    watched: Watched
    one_to_one: str
    search: str
    seen_as: str
    seen_by: str
    recent: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A staff assignment; `on_from` None when off duty."""

    staff: str
    name: str
    role: str
    on_from: datetime | None
    on_until: datetime | None
    doing: str
    place: str
    with_stay: str


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """Something waiting for a person."""

    need: str
    kind: str
    about: str
    other: str
    staff: str
    text: str
    due_at: datetime | None
    raised_at: datetime
    taken_by: str


@dataclass(frozen=True, slots=True)
class Noticing:
    """A strength somebody noticed."""

    entry: str
    about: str
    by: str
    strength: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DaySoFar:
    """Attendance by (slot, stay), the community's counts of the day, and how usual days went (took part, expected)."""

    attendance: Mapping[tuple[str, str], str]
    counts: Mapping[str, int]
    usual: tuple[int, int]
    noticings: tuple[Noticing, ...]


@dataclass(frozen=True, slots=True)
class House:
    """Everything a board shows, as facts."""

    community: str
    residents: tuple[Resident, ...]
    team: tuple[OnDuty, ...]
    needs: tuple[OpenNeed, ...]
    day: DaySoFar

    def resident(self, stay: str) -> Resident | None:
        """The resident of this stay, if in the house."""
        return next((one for one in self.residents if one.stay == stay), None)

    def member(self, staff: str) -> OnDuty | None:
        """The staff assignment with this id."""
        return next((one for one in self.team if one.staff == staff), None)


def load(community: str, n: int, day: str, days_before: Sequence[str]) -> House:
    """The house now. `n` is the chain's head as just read; `days_before` are compared as usual days."""
    key = (community, str(n), day)
    return keeping.kept(key, lambda: _from_database(community, day, days_before))


def from_memory(
    state: MemoryState, community: str, day: str, days_before: Sequence[str], noticings: tuple[Noticing, ...]
) -> House:
    """The house as a rebuilt past state holds it; `noticings` come from the ledger."""
    here, watch = state.tables["whereabouts"], state.tables["watch"]
    residents = [
        _resident([row[c] for c in _STAY] + [here[row["id"]][c] for c in _HERE] + [watch[row["id"]][c] for c in _WATCH])
        for row in sorted(state.rows("stay"), key=lambda row: (by_name(row["name"]), row["id"]))
        if row["left_at"] is None
    ]
    attendance = {
        (row["slot"], row["stay"]): row["status"]
        for row in state.rows("attendance")
        if row["day"] == day and row["status"]
    }
    tallies = [row for row in state.rows("tally") if row["stay"] == ""]
    counts = {row["what"]: row["n"] for row in tallies if row["day"] == day}
    usual = tuple(
        sum(row["n"] for row in tallies if row["day"] in days_before and row["what"] == what)
        for what in ("took_part", "expected")
    )
    return House(
        community,
        tuple(residents),
        tuple(_on_duty(row) for row in sorted(state.rows("staff"), key=lambda row: (by_name(row["name"]), row["id"]))),
        tuple(_need(row) for row in sorted(state.rows("need"), key=_need_order) if row["done_at"] is None),
        DaySoFar(attendance, counts, (usual[0], usual[1]), noticings),
    )


def _from_database(community: str, day: str, days_before: Sequence[str]) -> House:
    with connection.cursor() as cursor:
        cursor.execute(_RESIDENTS, [community])
        found = [
            _resident([*values[:12], json.loads(values[12]), *values[13:-1], json.loads(values[-1])])
            for values in cursor.fetchall()
        ]
    residents = tuple(sorted(found, key=lambda one: (by_name(one.name), one.stay)))
    # who has left stays among them, off duty: what they wrote keeps its name
    staff = select("staff", "community = %s", [community])
    team = tuple(_on_duty(row) for row in sorted(staff, key=lambda row: (by_name(row["name"]), row["id"])))
    needs = select("need", "community = %s AND done_at IS NULL", [community])
    return House(
        community, residents, team, tuple(_need(row) for row in sorted(needs, key=_need_order)),
        _day_so_far(community, day, days_before),
    )  # fmt: skip


def _quoted(columns: Sequence[str], alias: str) -> str:
    return ", ".join(f'{alias}."{column}"' for column in columns)


_RESIDENTS = (
    f"SELECT {_quoted(_STAY, 's')}, {_quoted(_HERE, 'h')}, {_quoted(_WATCH, 'w')} "
    "FROM stay s JOIN whereabouts h ON h.id = s.id JOIN watch w ON w.id = s.id "
    "WHERE s.community = %s AND s.left_at IS NULL"
)


def _maybe(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)


def _resident(values: Sequence[Any]) -> Resident:
    (stay, name, full_name, pronouns, room, bed, level, arrived, left, buddy, key_worker, post, apart,
     place, since, doing, with_staff, back_at,
     watch_level, every, watch_since, until, sleep_from, sleep_until, one_to_one, search, seen_at, seen_as, seen_by, recent) = values  # fmt: skip
    watched = Watched(
        level=watch_level,
        every=None if every is None else timedelta(minutes=every),
        since=from_ms(watch_since),
        seen_at=_maybe(seen_at),
        until=_maybe(until),
        sleep_from=_maybe(sleep_from),
        sleep_until=_maybe(sleep_until),
        one_to_one=bool(one_to_one),
        is_out=back_at is not None,
        out_until=_maybe(back_at),
    )
    return Resident(
        stay, name, full_name, pronouns, room, bed, level, from_ms(arrived), _maybe(left), buddy, key_worker, post,
        tuple(KeepApart(one["stay"], one.get("why", ""), _maybe(one.get("until"))) for one in apart),
        place, from_ms(since), doing, with_staff, _maybe(back_at),
        watch_level, _maybe(until), watched, one_to_one, search, seen_as, seen_by,
        tuple(Seen(one[0], from_ms(one[1]), one[2], one[3], one[4], from_ms(one[5]), bool(one[6])) for one in recent),
    )  # fmt: skip


def _on_duty(row: Row) -> OnDuty:
    return OnDuty(
        row["id"], row["name"], row["role"], _maybe(row["on_from"]), _maybe(row["on_until"]), row["doing"], row["place"], row["with_stay"]
    )  # fmt: skip


def _need(row: Row) -> OpenNeed:
    return OpenNeed(
        row["id"], row["kind"], row["about"], row["other"], row["staff"], row["text"], _maybe(row["due_at"]),
        from_ms(row["raised_at"]), row["taken_by"],
    )  # fmt: skip


def _need_order(row: Row) -> tuple[int, int, str]:
    return (row["due_at"] if row["due_at"] is not None else 1 << 60, row["raised_at"], row["id"])


NEWEST = 12  # of what was noticed

# An attendance taken back leaves its row without a status: nothing was recorded.
_DAY = """
SELECT 'attendance', slot, stay, status, '', at FROM attendance WHERE community = %s AND day = %s AND status <> ''
UNION ALL
SELECT 'tally', day, what, '', '', n FROM tally WHERE community = %s AND stay = '' AND day IN ({days})
  AND (day = %s OR what IN ('took_part', 'expected'))
UNION ALL
SELECT * FROM (
  SELECT 'noticed', id, about, "by", body, happened_at FROM entry e
  WHERE community = %s AND "kind" = 'noticed' AND NOT ("kind" = 'check') AND happened_at >= %s
    AND NOT EXISTS (SELECT 1 FROM entry c WHERE NOT (c."corrects" = '') AND c.corrects = e.id)
  ORDER BY happened_at DESC, n DESC LIMIT {newest}
) newest
"""


def noticed_since(day: str) -> int:
    """From when what was noticed stands on the board of a day: the evening before the day before, in every zone."""
    return int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp() * 1000) - 36 * 3_600_000


def _day_so_far(community: str, day: str, days_before: Sequence[str]) -> DaySoFar:
    days = [day, *days_before]
    sql = _DAY.format(days=", ".join(["%s"] * len(days)), newest=NEWEST)
    attendance: dict[tuple[str, str], str] = {}
    counts: dict[str, int] = {}
    usual = {"took_part": 0, "expected": 0}
    noticings = []
    with connection.cursor() as cursor:
        cursor.execute(sql, [community, day, community, *days, day, community, noticed_since(day)])
        for source, a, b, c, d, n in cursor.fetchall():
            if source == "attendance":
                attendance[a, b] = c
            elif source == "noticed":
                body = json.loads(d)
                noticings.append(Noticing(a, b, c, body["strength"], body.get("words", ""), from_ms(n)))
            elif a == day:
                counts[b] = n
            else:
                usual[b] += n
    return DaySoFar(attendance, counts, (usual["took_part"], usual["expected"]), tuple(noticings))
