"""How each kind of entry moves current state. Pure: the same entry on the same state always gives the same state.

`apply` runs the fold of an entry's kind; `taken_back` runs the inverse. One file a noun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milieu.record.folds import attendance, checks, house, interactions, needs, places, staff, stays
from milieu.record.folds.shape import Fold, StateMissing
from milieu.record.state import State

if TYPE_CHECKING:
    from milieu.record.entries import Entry

__all__ = ["FOLDS", "INVERSES", "StateMissing", "apply"]

FOLDS: dict[str, Fold] = {
    **house.FOLDS, **stays.FOLDS, **checks.FOLDS, **places.FOLDS, **attendance.FOLDS, **interactions.FOLDS,
    **needs.FOLDS, **staff.FOLDS,
}  # fmt: skip

INVERSES: dict[str, Fold] = {
    **checks.INVERSES, **places.INVERSES, **attendance.INVERSES, **interactions.INVERSES, **needs.INVERSES,
}  # fmt: skip


def apply(state: State, entry: Entry) -> None:
    """Move `state` by one entry."""
    if entry.kind == "taken_back":
        INVERSES[entry.body["kind"]](state, entry, entry.body["body"])
    else:
        FOLDS[entry.kind](state, entry, entry.body)
