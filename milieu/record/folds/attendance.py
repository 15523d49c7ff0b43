"""How attendance of one person in one occurrence of an activity moves, with the day's counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from milieu.record.folds.shape import Fold, count, need_row, step_back
from milieu.record.state import State, blank

if TYPE_CHECKING:
    from milieu.record.entries import Entry

TOOK_PART = frozenset({"here", "late", "left_early"})
EXPECTED = frozenset({"here", "late", "left_early", "declined"})
KEPT = 12
_REMEMBERED = ("status", "said", "took_part", "at")


def _attended(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    key = f"{entry.community}:{body['day']}:{body['slot']}:{entry.about}"
    row = state.get("attendance", key) or blank(
        "attendance", id=key, community=entry.community, day=body["day"], slot=body["slot"], stay=entry.about, at=0
    )
    was = row["status"]
    row["before"] = [[entry.id, *(row[column] for column in _REMEMBERED)], *row["before"]][:KEPT]
    row.update(
        status=body["status"], said=body.get("said", ""), took_part=body.get("took_part", ""), at=entry.happened_at
    )
    state.put("attendance", key, row)
    _recount(state, entry, body["day"], was, body["status"])


def _attended_taken_back(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    key = f"{entry.community}:{body['day']}:{body['slot']}:{entry.about}"
    row = need_row(state, "attendance", key)
    was = row["status"]
    step_back(row, entry.corrects, _REMEMBERED)
    state.put("attendance", key, row)
    _recount(state, entry, body["day"], was, row["status"])


def _recount(state: State, entry: Entry, day: str, was: str, now: str) -> None:
    for what, statuses in (("took_part", TOOK_PART), ("expected", EXPECTED)):
        change = (now in statuses) - (was in statuses)
        if change:
            count(state, entry, day, what, change, entry.about)


FOLDS: dict[str, Fold] = {"attended": _attended}
INVERSES: dict[str, Fold] = {"attended": _attended_taken_back}
