"""Recording where people are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from milieu.actions import replays, writes
from milieu.actions.refused import refuse
from milieu.record.entries import Entry
from milieu.record.ledger import Writing
from milieu.rules import moments
from milieu.rules.permissions import May, Viewer


def move(
    viewer: Viewer, at: datetime, stays: Sequence[str], place: str, *, doing: str = "", with_staff: str = "",
    back_at: datetime | None = None,
) -> tuple[Entry, ...]:  # fmt: skip
    """Say that these people are now in `place`."""
    with writes.writing(viewer, May.MOVE_PEOPLE, at) as write:
        return tuple(
            entry
            for stay in stays
            if (entry := put(write, stay, place, doing=doing, with_staff=with_staff, back_at=back_at))
        )


def put(
    write: Writing, stay: str, place: str, *, doing: str = "", with_staff: str = "", back_at: datetime | None = None,
    happened_at: datetime | None = None, entry_id: str = "",
) -> Entry | None:  # fmt: skip
    """The same for one person inside an open write; None when sent twice."""
    writes.stay_of(write, stay)
    writes.space_of(write, place)
    happened = happened_at or write.at
    if back_at is not None and back_at <= happened:
        raise refuse("place.back", "The time of return lies before leaving. Look at both times.")
    body = writes.filled(
        {
            "place": place,
            "doing": doing.strip()[:120],
            "with_staff": with_staff,
            "back_at": None if back_at is None else moments.to_ms(back_at),
        }
    )
    if replays.is_replayed(write, "moved", entry_id, stay, happened_at, body):
        return None
    row = writes.still_here(write, stay)
    if with_staff:
        writes.staff_of(write, with_staff)
    replays.refuse_wrong_time(row, happened, write.at)
    return write.append("moved", body, about=stay, happened_at=moments.to_ms(happened), entry_id=entry_id)
