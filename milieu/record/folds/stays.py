"""How a stay begins, is described, changes level and ends; with it the person's whereabouts and watch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from milieu.record.folds.shape import Fold, need_row
from milieu.record.state import State, blank

if TYPE_CHECKING:
    from milieu.record.entries import Entry


def _stay_began(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    stay = entry.about
    row = blank(
        "stay", id=stay, community=entry.community, arrived_at=entry.happened_at, level_since=entry.happened_at, **body
    )
    if "night_plan" in body:
        row["night_plan_at"] = entry.happened_at
    state.put("stay", stay, row)
    here = blank("whereabouts", id=stay, community=entry.community, since=entry.happened_at)
    state.put("whereabouts", stay, here)
    state.put("watch", stay, blank("watch", id=stay, community=entry.community, since=entry.happened_at))


def _stay_described(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "stay", entry.about)
    row.update(body)
    if "night_plan" in body:
        row["night_plan_at"] = entry.happened_at
    state.put("stay", entry.about, row)


def _stay_ended(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "stay", entry.about)
    row["left_at"] = entry.happened_at
    state.put("stay", entry.about, row)


def _level_set(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "stay", entry.about)
    row["level"], row["level_since"] = body["level"], entry.happened_at
    state.put("stay", entry.about, row)


FOLDS: dict[str, Fold] = {
    "stay_began": _stay_began,
    "stay_described": _stay_described,
    "stay_ended": _stay_ended,
    "level_set": _level_set,
}
