"""The house and its people as facts: now, or as they were known at a past moment. Every page about people starts here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from milieu.queries import parts
from milieu.queries.viewers import Here
from milieu.record import past, reading
from milieu.record.facts import house as house_facts
from milieu.record.facts import stays
from milieu.record.facts.house import DaySoFar, House, Noticing
from milieu.record.facts.stays import Described, StayLine
from milieu.rules import moments
from milieu.rules.permissions import Viewer
from milieu.rules.visibility import Matter, may_see


def load(here: Here, viewer: Viewer, at: datetime, known_at: datetime | None = None) -> House:
    """Everybody in the house, the team, the needs and the day so far; nobody for whom the house is not to see."""
    if not may_see(viewer, Matter.NAME_AND_PLACE):
        return House(here.id, (), (), (), DaySoFar({}, {}, (0, 0), ()))
    day, before = parts.local_day(known_at or at, here.zone), parts.days_before(known_at or at, here.zone)
    if known_at is None:
        return house_facts.load(here.id, here.n, day, before)
    known = moments.to_ms(known_at)
    state = past.state_at(here.id, known)
    return house_facts.from_memory(state, here.id, day, before, _noticed(here, day, known))


def _noticed(here: Here, day: str, known: int) -> tuple[Noticing, ...]:
    """What was noticed as it was known then: what was taken back only later still stands."""
    since, most = house_facts.noticed_since(day), house_facts.NEWEST
    # some of the newest may have been taken back, so a few more are read than shown
    newest = reading.of_kind(here.id, "noticed", since=since, known_at=known, limit=4 * most)
    corrected = reading.corrections([entry.id for entry in newest])
    standing = [e for e in newest if e.id not in corrected or corrected[e.id].entered_at > known]
    return tuple(
        Noticing(e.id, e.about, e.by, e.body["strength"], e.body.get("words", ""), moments.from_ms(e.happened_at))
        for e in standing[:most]
    )


def described(here: Here, viewer: Viewer, stay: str, known_at: datetime | None = None) -> Described | None:
    """One stay with what this viewer may see of it, or None when there is no such stay in this community."""
    if not may_see(viewer, Matter.NAME_AND_PLACE):
        return None
    if known_at is None:
        found = stays.described(here.id, stay)
    else:
        row = past.state_at(here.id, moments.to_ms(known_at)).get("stay", stay)
        found = stays.from_row(row) if row and row["community"] == here.id else None
    if found is not None and not may_see(viewer, Matter.PLAN_LINES):
        found = replace(
            found, likes=(), helps=(), avoids=(), needs=(), night_plan=(), night_plan_at=None, adapted={}, goals=()
        )
    if found is not None and not may_see(viewer, Matter.SAFETY):
        found = replace(found, safety=())
    return found


def lines(here: Here, viewer: Viewer, *, left: bool, known_at: datetime | None = None) -> tuple[StayLine, ...]:
    """Everybody here, or with `left` those who left last."""
    if not may_see(viewer, Matter.NAME_AND_PLACE):
        return ()
    if known_at is None:
        return stays.lines(here.id, left=left)
    rows = past.state_at(here.id, moments.to_ms(known_at)).rows("stay")
    return stays.lines_of_rows(rows, left=left)
