"""How a resident's whereabouts move, and go back when a move is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from milieu.record.folds.shape import Fold, need_row, step_back
from milieu.record.state import State

if TYPE_CHECKING:
    from milieu.record.entries import Entry

KEPT = 12
_REMEMBERED = ("place", "since", "doing", "with_staff", "back_at")


def _moved(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "whereabouts", entry.about)
    if entry.happened_at < row["since"]:
        return  # a late entry about where somebody was does not change where they are
    was = [entry.id, *(row[column] for column in _REMEMBERED)]
    row["before"] = [was, *row["before"]][:KEPT]
    row.update(
        place=body["place"],
        since=entry.happened_at,
        doing=body.get("doing", ""),
        with_staff=body.get("with_staff", ""),
        back_at=body.get("back_at"),
    )
    state.put("whereabouts", entry.about, row)


def _moved_taken_back(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "whereabouts", entry.about)
    step_back(row, entry.corrects, _REMEMBERED)
    state.put("whereabouts", entry.about, row)


FOLDS: dict[str, Fold] = {"moved": _moved}
INVERSES: dict[str, Fold] = {"moved": _moved_taken_back}
