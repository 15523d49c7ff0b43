"""What a fold is, and the small things several folds do: count, and find the community's day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from milieu.record.state import Row, State, blank
from milieu.rules import moments

if TYPE_CHECKING:
    from milieu.record.entries import Entry

Fold = Callable[[State, "Entry", Mapping[str, Any]], None]


class StateMissing(Exception):
    """An entry speaks of something the ledger never began: the chain is not one we wrote."""


def need_row(state: State, table: str, key: str) -> Row:
    """The row, which must be there."""
    row = state.get(table, key)
    if row is None:
        raise StateMissing(f"{table} {key}")
    return row


def day_of(state: State, entry: Entry) -> str:
    """The community's calendar day on which the entry happened, YYYY-MM-DD."""
    return day_at(state, entry.community, entry.happened_at)


def day_at(state: State, community: str, at_ms: int) -> str:
    """The community's calendar day of a moment, YYYY-MM-DD."""
    zone = need_row(state, "community", community)["zone"]
    return moments.local_day(moments.from_ms(at_ms), zone).isoformat()


def step_back(row: Row, undone: str, columns: tuple[str, ...]) -> None:
    """Take one entry out of what `row` remembers (`before`: [[entry, *what was so before it], …], newest first).

    Its `columns` go back with the newest; where something was recorded since, only the memory behind it is put right.
    """
    before = row["before"]
    nth = next((nth for nth, one in enumerate(before) if one[0] == undone), None)
    if nth is None:
        return
    row["before"] = [*before[:nth], *before[nth + 1 :]]
    if nth:
        row["before"][nth - 1] = [before[nth - 1][0], *before[nth][1:]]
    else:
        row.update(zip(columns, before[0][1:], strict=True))


def count(state: State, entry: Entry, day: str, what: str, by: int, stay: str = "") -> None:
    """Add `by` to the day's tally of `what`, for the stay and for the whole community."""
    for whose in {stay, ""}:
        key = f"{entry.community}:{day}:{what}:{whose}"
        row = state.get("tally", key) or blank(
            "tally", id=key, community=entry.community, day=day, what=what, stay=whose
        )
        row["n"] += by
        state.put("tally", key, row)
