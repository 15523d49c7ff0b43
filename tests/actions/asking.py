"""How an action is asked in tests: what it recorded, or the sentence with which it refused and recorded nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from milieu.actions.refused import Refused
from milieu.record import reading, verify
from milieu.record.entries import Entry
from tests.house import House
from tests.record import states


def refused(house: House, act: Callable[[], object]) -> str:
    """The sentence of an act that must be refused, with nothing recorded and no state moved."""
    before, tables = reading.head(house.id), states.stored(house.id)
    with pytest.raises(Refused) as told:
        act()
    assert reading.head(house.id) == before
    assert states.stored(house.id) == tables
    assert str(told.value) == str(told.value.sentence)
    return str(told.value.sentence)


def recorded(house: House, act: Callable[[], object]) -> list[tuple[str, str, dict[str, Any]]]:
    """Kind, whom it is about and body of each entry an act recorded; they are one act, and the record stays true."""
    before = reading.head(house.id)[0]
    act()
    made = house.entries(after=before)
    assert len({entry.act for entry in made}) <= 1
    assert verify.community(house.id).is_true
    return [(entry.kind, entry.about, dict(entry.body)) for entry in made]


def row(house: House, table: str, key: str) -> dict[str, Any]:
    """A row of state as it stands."""
    return states.stored(house.id)[table][key]


def signed(entry: Entry | None) -> tuple[str, str, str, str]:
    """Who signed an entry, in what role, on what device, under which programme."""
    assert entry is not None
    return entry.by, entry.role, entry.device, entry.programme
