"""How a community and the people known to it come to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from milieu.record.folds.shape import Fold
from milieu.record.state import State, blank

if TYPE_CHECKING:
    from milieu.record.entries import Entry


def _community_opened(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    row = blank("community", id=entry.community, opened_at=entry.happened_at, **body)
    state.put("community", entry.community, row)


def _person_registered(state: State, entry: Entry, body: Mapping[str, Any]) -> None:
    said = {name: value for name, value in body.items() if name != "person"}
    state.put("person", body["person"], blank("person", id=body["person"], community=entry.community, **said))


FOLDS: dict[str, Fold] = {"community_opened": _community_opened, "person_registered": _person_registered}
