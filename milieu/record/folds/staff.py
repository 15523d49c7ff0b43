"""How staff assignments begin and end, and what each person on duty is doing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from milieu.record.folds.shape import Fold, need_row
from milieu.record.state import State, blank

if TYPE_CHECKING:
    from milieu.record.entries import Entry


def _began(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    said = {name: value for name, value in body.items() if name != "staff"}
    row = blank("staff", id=body["staff"], community=entry.community, since=entry.happened_at, **said)
    state.put("staff", body["staff"], row)


def _ended(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "staff", body["staff"])
    row.update(until=entry.happened_at, on_from=None, on_until=None, doing="", place="", with_stay="")
    state.put("staff", body["staff"], row)


def _duty(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "staff", body["staff"])
    row.update(
        on_from=entry.happened_at if row["on_from"] is None else row["on_from"],
        on_until=body.get("on_until", row["on_until"]),
        doing=body["doing"],
        place=body.get("place", ""),
        with_stay=body.get("with_stay", ""),
    )
    state.put("staff", body["staff"], row)


def _duty_ended(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = need_row(state, "staff", body["staff"])
    row.update(on_from=None, on_until=None, doing="", place="", with_stay="")
    state.put("staff", body["staff"], row)


FOLDS: dict[str, Fold] = {
    "staff_began": _began,
    "staff_ended": _ended,
    "duty": _duty,
    "duty_ended": _duty_ended,
}
