"""The house as facts for a viewer: now, or as it was known at a past moment. Every board page starts here."""

from __future__ import annotations

from datetime import datetime

from milieu.queries import parts
from milieu.queries.viewers import Here
from milieu.record import past, reading
from milieu.record.facts import house as house_facts
from milieu.record.facts.house import House, Noticing
from milieu.rules import moments


def load(here: Here, at: datetime, known_at: datetime | None = None) -> House:
    """Everybody in the house, the team, the needs and the day so far."""
    day, before = parts.local_day(known_at or at, here.zone), parts.days_before(known_at or at, here.zone)
    if known_at is None:
        return house_facts.load(here.id, here.n, day, before)
    known = moments.to_ms(known_at)
    state = past.state_at(here.id, known)
    newest = reading.of_kind(here.id, "noticed", since=known - 36 * 3_600_000, until=known, known_at=known, limit=12)
    corrected = reading.corrections([entry.id for entry in newest])
    noticings = tuple(
        Noticing(e.id, e.about, e.by, e.body["strength"], e.body.get("words", ""), moments.from_ms(e.happened_at))
        for e in newest
        if e.id not in corrected or corrected[e.id].entered_at > known
    )
    return house_facts.from_memory(state, here.id, day, before, noticings)
