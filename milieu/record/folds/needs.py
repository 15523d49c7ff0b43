"""How a need is raised, taken by someone and settled, and how taking and settling are taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from milieu.record.folds.shape import Fold, need_row
from milieu.record.state import Row, State, blank

if TYPE_CHECKING:
    from milieu.record.entries import Entry

SEARCH = "search"


def _raised(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = blank(
        "need", id=entry.id, community=entry.community, about=entry.about, raised_at=entry.happened_at,
        raised_by=entry.by, **body,
    )  # fmt: skip
    state.put("need", entry.id, row)
    _looked_for(state, row, entry.id)


def _looked_for(state: State, need: Row, search: str) -> None:
    """Keep beside the person's watch that they are being looked for, or no more."""
    if need["kind"] == SEARCH:
        watch = need_row(state, "watch", need["about"])
        watch["search"] = search
        state.put("watch", need["about"], watch)


def _taken(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "need", body["need"])
    row["taken_by"], row["taken_at"] = entry.by, entry.happened_at
    state.put("need", body["need"], row)


def _taking_taken_back(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "need", body["need"])
    row["taken_by"], row["taken_at"] = "", None
    state.put("need", body["need"], row)


def _done(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "need", body["need"])
    row["done_at"], row["plan"] = entry.happened_at, body.get("plan", "")
    state.put("need", body["need"], row)
    _looked_for(state, row, "")


def _doing_taken_back(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "need", body["need"])
    row["done_at"], row["plan"] = None, ""
    state.put("need", body["need"], row)
    _looked_for(state, row, body["need"])


FOLDS: dict[str, Fold] = {"need_raised": _raised, "need_taken": _taken, "need_done": _done}
INVERSES: dict[str, Fold] = {"need_taken": _taking_taken_back, "need_done": _doing_taken_back}
