"""How orders, checks and one-to-ones move a resident's watch.

The watch keeps the last twelve checks, so that taking one back shows the one before without reading the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from milieu.record.folds.shape import Fold, count, day_at, day_of, need_row
from milieu.record.state import Row, State

if TYPE_CHECKING:
    from milieu.record.entries import Entry

KEPT = 12
ASLEEP = "asleep"


def _watch_set(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "watch", entry.about)
    row.update(
        level=body["level"],
        every=body.get("every"),
        since=entry.happened_at,
        until=body.get("until"),
        ordered_by=entry.by,
        reason=body["reason"],
        sleep_from=body.get("sleep_from"),
        sleep_until=body.get("sleep_until"),
    )
    state.put("watch", entry.about, row)


def _check(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "watch", entry.about)
    seen = [
        entry.id,
        entry.happened_at,
        body["as"],
        entry.by,
        body.get("place", ""),
        entry.entered_at,
        body.get("away", 0),
    ]
    recent = row["recent"]
    if len(recent) == KEPT and recent[-1][1] > entry.happened_at:
        pass  # older than all that are kept
    elif recent and recent[0][1] > entry.happened_at:
        recent = sorted([seen, *recent], key=lambda one: (-one[1], one[0]))
    else:
        recent = [seen, *recent]
    row["recent"] = recent[:KEPT]
    _last_seen(row)
    state.put("watch", entry.about, row)
    if body["as"] == ASLEEP:
        count(state, entry, day_of(state, entry), ASLEEP, 1, entry.about)


def _check_taken_back(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "watch", entry.about)
    row["recent"] = [one for one in row["recent"] if one[0] != entry.corrects]
    _last_seen(row)
    state.put("watch", entry.about, row)
    if body["as"] == ASLEEP:
        count(state, entry, day_at(state, entry.community, entry.body["happened_at"]), ASLEEP, -1, entry.about)


def _last_seen(row: Row) -> None:
    # whoever was not there was looked for, not seen: the time since the last look that found them goes on
    seen = next((look for look in row["recent"] if not look[6]), None)
    row["seen_at"], row["seen_as"], row["seen_by"] = seen[1:4] if seen else (None, "", "")


def _one_to_one_began(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "watch", entry.about)
    row["one_to_one"] = body["staff"]
    state.put("watch", entry.about, row)


def _one_to_one_ended(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "watch", entry.about)
    row["one_to_one"] = ""
    state.put("watch", entry.about, row)


FOLDS: dict[str, Fold] = {
    "watch_set": _watch_set,
    "check": _check,
    "one_to_one_began": _one_to_one_began,
    "one_to_one_ended": _one_to_one_ended,
}
INVERSES: dict[str, Fold] = {"check": _check_taken_back, "one_to_one_began": _one_to_one_ended}
