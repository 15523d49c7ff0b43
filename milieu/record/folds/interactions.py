"""How strengths noticed, corrections and redirections are counted; the entries themselves are read from the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from milieu.record.folds.shape import Fold, count, day_at, day_of
from milieu.record.state import State

if TYPE_CHECKING:
    from milieu.record.entries import Entry


def _counted(what: str, by: int) -> Fold:
    def fold(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
        # a taking back counts on the day the thing itself happened
        at = entry.body["happened_at"] if by < 0 else entry.happened_at
        day = day_at(state, entry.community, at)
        count(state, entry, day, what, by, entry.about)
        if what == "noticed":
            count(state, entry, day, f"noticed.{body['strength']}", by, entry.about)
        # whoever takes it back, it was the author's
        author = entry.body.get("by", "") if by < 0 else entry.by
        if author:
            count(state, entry, day, f"by.{author}.{what}", by)

    return fold


def _went(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    count(state, entry, day_of(state, entry), f"went.{body['went']}", 1, entry.about)


FOLDS: dict[str, Fold] = {
    "noticed": _counted("noticed", 1),
    "correction": _counted("correction", 1),
    "redirection": _counted("redirection", 1),
    "went": _went,
}
INVERSES: dict[str, Fold] = {
    "noticed": _counted("noticed", -1),
    "correction": _counted("correction", -1),
    "redirection": _counted("redirection", -1),
}
