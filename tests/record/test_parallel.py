"""Many hands at once: nothing is lost, no number is left out, no chain forks, and what was acknowledged outlives a kill."""

from __future__ import annotations

import json
import signal
from random import Random
from typing import Any

import pytest

from milieu.rules.ids import new_id
from tests.record.conftest import Hands, finish


def acknowledged(told: list[dict[str, Any]]) -> list[list[str]]:
    """The acts that were said to be recorded."""
    return [line["ids"] for line in told if "ids" in line]


def is_whole(hands: Hands, house: dict[str, Any], acts: list[list[str]]) -> None:
    """The chain is true and gapless, and holds just these acts of three beyond those it began with, each whole."""
    (there,) = hands.run("look", house["id"])
    assert there["findings"] == []
    assert there["entries"] == house["entries"] + 3 * len(acts)
    assert sorted(there["acts"]) == sorted(acts)


def test_processes_and_threads_at_once_lose_nothing_and_leave_no_gap(hands: Hands) -> None:
    one, other = hands.houses["many-hands"], hands.houses["next-door"]
    writers = [hands.start("write", {**one, "seed": seed, "acts": 10, "threads": 2}) for seed in range(2)]
    elsewhere = hands.start("write", {**other, "seed": 9, "acts": 10, "threads": 2})
    acts = [act for writer in writers for act in acknowledged(finish(writer))]
    acts_elsewhere = acknowledged(finish(elsewhere))
    assert len(acts) == 2 * 2 * 10
    assert len(acts_elsewhere) == 2 * 10
    is_whole(hands, one, acts)
    is_whole(hands, other, acts_elsewhere)


def test_the_same_entry_sent_by_several_at_once_is_recorded_once(hands: Hands) -> None:
    house, entry = hands.houses["one-entry"], new_id(1)
    senders = [hands.start("send", {**house, "entry": entry, "acts": 10}) for _ in range(2)]
    recorded = [line["recorded"] for sender in senders for line in finish(sender)]
    assert (recorded.count(True), len(recorded)) == (1, 20)
    assert hands.run("look", house["id"])[0]["acts"] == [[entry]]


def test_a_killed_writer_leaves_whole_acts_and_all_it_acknowledged(hands: Hands) -> None:
    house, random, acts = hands.houses["killed"], Random(7), []
    for seed in range(3):
        writer = hands.start("write", {**house, "seed": f"k{seed}", "acts": 100_000, "threads": 2})
        assert writer.stdout is not None
        acts += [json.loads(writer.stdout.readline())["ids"] for _ in range(random.randrange(3, 15))]
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        # what was being said as it died: a whole line was acknowledged, half a line was not
        acts += [json.loads(line)["ids"] for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    there = hands.run("look", house["id"])[0]["acts"]
    assert {tuple(act) for act in acts} <= {tuple(act) for act in there}
    assert {len(act) for act in there} == {3}
    is_whole(hands, house, there)


@pytest.mark.sqlite
def test_a_full_disk_refuses_and_loses_nothing(hands: Hands) -> None:
    house = hands.houses["full-disk"]
    largest = max(path.stat().st_size for path in hands.folder.glob("milieu.sqlite3*"))
    told = hands.run("fill", {**house, "seed": "f", "acts": 100_000, "bytes": largest + 100_000})
    assert told[-1]["failed"] == "OperationalError"
    assert told[-1]["why"] in ("disk I/O error", "database or disk is full")
    acts = acknowledged(told)
    assert len(acts) > 3
    # with room again, the house goes on
    acts += acknowledged(hands.run("write", {**house, "seed": "g", "acts": 3}))
    is_whole(hands, house, acts)
