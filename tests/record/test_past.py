"""Snapshots make the past quick to see and change nothing of what is seen."""

from __future__ import annotations

import pytest
from django.db import connection

from milieu.actions import checks, writes
from milieu.record import past, reading
from milieu.rules import moments
from milieu.rules.permissions import May
from tests.house import MINUTE, NOW, House


def snapshots() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT n FROM snapshot ORDER BY n")
        return [n for (n,) in cursor.fetchall()]


def look_in(house: House, times: int) -> None:
    """So many checks a minute apart, each recorded at its time, a few in one transaction."""
    for start in range(0, times, 3):
        with writes.writing(house.nadia, May.RECORD_CHECK, NOW + start * MINUTE) as write:
            for nth in range(start, min(start + 3, times)):
                write.begin_act(write.author, NOW + nth * MINUTE)
                checks.put(write, house.everybody[nth % 6], "settled")


def test_a_snapshot_is_kept_whenever_the_chain_has_grown_enough(willow: House, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = reading.head(willow.id)[0]
    monkeypatch.setattr(past, "EVERY", 10)
    look_in(willow, 35)
    assert len(snapshots()) == (begun + 35) // 10 - begun // 10


def test_with_snapshots_and_without_the_past_is_the_same(willow: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "EVERY", 10)
    look_in(willow, 35)
    asked = [moments.to_ms(NOW + minutes * MINUTE) for minutes in (-1, 0, 7, 8, 9, 20, 34, 100)]
    seen = [past.state_at(willow.id, at).tables for at in asked]
    assert snapshots()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM snapshot")
    monkeypatch.setattr(past, "EVERY", 10**9)
    assert [past.state_at(willow.id, at).tables for at in asked] == seen
    assert not snapshots()
