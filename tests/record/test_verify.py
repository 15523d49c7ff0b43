"""Whatever is changed behind the guards is found, and the finding names the exact entry or row."""

from __future__ import annotations

import pytest

from milieu.actions import checks, interactions, undo
from milieu.record import ledger, verify
from milieu.record.entries import COLUMNS
from tests.house import MINUTE, NOW, House
from tests.record import tampering


@pytest.fixture
def lived(willow: House) -> House:
    """Willow House with some life in it."""
    for minute, stay in enumerate(willow.everybody):
        checks.record(willow.tomasz, NOW + minute * MINUTE, stay, "settled")
    noticed = interactions.notice(
        willow.nadia, NOW + 10 * MINUTE, [willow.carl, willow.maya], "spoke-up", "in the round"
    )
    undo.take_back(willow.nadia, NOW + 11 * MINUTE, noticed[0].id)
    assert verify.community(willow.id).is_true
    return willow


def findings(house: House) -> list[tuple[str, str]]:
    """Where and what, in the order they are told."""
    return [(finding.where, finding.what) for finding in verify.community(house.id).findings]


def test_a_true_record_is_told_with_its_number_and_head(lived: House) -> None:
    verdict = verify.community(lived.id, "Willow House", "willow-house")
    newest = lived.newest()
    assert (verdict.entries, verdict.head, verdict.findings) == (newest.n, newest.hash, ())
    assert (verdict.name, verdict.slug) in [(name, slug) for _, name, slug in verify.communities()]


def test_progress_is_told_to_the_end(lived: House) -> None:
    heard: list[int] = []
    verify.community(lived.id, told=heard.append)
    assert heard == [lived.newest().n]


CHANGED = {
    "body": "'{\"as\":\"alone\"}'", "about": "'elsewhere'", "happened_at": "happened_at - 60000", "entered_at": "entered_at + 1",
    '"by"': "'nobody'", "role": "'doctor'", "device": "'x'", "programme": "'tc-residential@2000-01-01'", "act": "'x'",
    "corrects": "'x'", "kind": "'redirection'", "others": "'[[\"peer\",\"x\"]]'", "id": "'x'",
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGED)
def test_every_changed_column_of_an_entry_is_found_at_that_entry(lived: House, column: str) -> None:
    n = next(entry.n for entry in lived.entries() if entry.kind == "check" and entry.about == lived.joel)
    assert (
        tampering.run(f"UPDATE entry SET {column} = {CHANGED[column]} WHERE community = %s AND n = %s", [lived.id, n])
        == 1
    )
    where, what = findings(lived)[0]
    assert where == f"entry {n}"
    assert "was changed after it was recorded: its hash does not fit" in what


def test_the_columns_tampered_with_are_all_there_are() -> None:
    untouched = {"community", "n", "prev", "hash"}
    assert {column.strip('"') for column in CHANGED} | untouched == set(COLUMNS)


def test_a_changed_entry_with_a_hash_made_to_fit_breaks_the_next_link(lived: House) -> None:
    entry = next(entry for entry in lived.entries() if entry.kind == "noticed")
    values = [getattr(entry, name) for name in COLUMNS[:-3]]
    body = '{"strength":"listened"}'
    tampering.run(
        "UPDATE entry SET body = %s, hash = %s WHERE id = %s",
        [body, ledger.chain_hash(entry.prev, [*values, body]), entry.id],
    )
    assert findings(lived)[0] == (
        f"entry {entry.n + 1}",
        f"Entry {entry.n + 1} ({lived.entries(after=entry.n)[0].id}) does not join the one before it. One of the two was changed.",
    )


@pytest.mark.parametrize("n", [1, 2, 9])
def test_a_removed_entry_is_named(lived: House, n: int) -> None:
    tampering.run("DELETE FROM entry WHERE community = %s AND n = %s", [lived.id, n])
    assert findings(lived)[0] == (
        f"entry {n}",
        f"Entry {n} is missing; {n + 1} follows. Restore the record from a backup.",
    )


def test_several_entries_removed_in_a_row_are_named_from_the_first(lived: House) -> None:
    tampering.run("DELETE FROM entry WHERE community = %s AND n IN (8, 9, 10)", [lived.id])
    where, what = findings(lived)[0]
    assert (where, what[:32]) == ("entry 8", "Entry 8 is missing; 11 follows. ")


def test_two_swapped_entries_are_found(lived: House) -> None:
    tampering.run("UPDATE entry SET n = -7 WHERE community = %s AND n = 7", [lived.id])
    tampering.run("UPDATE entry SET n = 7 WHERE community = %s AND n = 8", [lived.id])
    tampering.run("UPDATE entry SET n = 8 WHERE community = %s AND n = -7", [lived.id])
    assert findings(lived)[0][0] == "entry 7"


@pytest.mark.parametrize("cut", [1, 3])
def test_a_truncated_tail_is_found_at_the_head(lived: House, cut: int) -> None:
    last = lived.newest().n
    tampering.run("DELETE FROM entry WHERE community = %s AND n > %s", [lived.id, last - cut])
    where, what = findings(lived)[0]
    assert where == "head"
    assert what.startswith(f"The head says {last} entries ending in ")
    assert what.endswith("Entries are missing at the end.")


def test_an_entry_put_in_behind_the_head_is_found(lived: House) -> None:
    last = lived.newest()
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    values = columns.replace('"id"', "'f'").replace('"n"', "n + 1").replace('"prev"', '"hash"')
    tampering.run(f"INSERT INTO entry ({columns}) SELECT {values} FROM entry WHERE id = %s", [last.id])
    assert findings(lived)[0][0] == f"entry {last.n + 1}"


def test_a_removed_head_is_found(lived: House) -> None:
    tampering.run("DELETE FROM head WHERE community = %s", [lived.id])
    tampering.run("DELETE FROM community WHERE id = %s", [lived.id])
    assert lived.id in [which for which, _, _ in verify.communities()]
    assert findings(lived)[0][0] == "head"


def test_a_changed_row_is_named_with_what_the_ledger_says(lived: House) -> None:
    tampering.run("UPDATE stay SET level = 4, room = 'room-9' WHERE id = %s", [lived.carl])
    assert findings(lived) == [
        (
            f"stay {lived.carl}",
            f"The row {lived.carl} of stay differs from the ledger: room is 'room-9', the ledger says 'room-1'; "
            "level is '4', the ledger says '1'.",
        )
    ]


def test_a_removed_row_is_named(lived: House) -> None:
    tampering.run("DELETE FROM watch WHERE id = %s", [lived.carl])
    assert findings(lived) == [
        (f"watch {lived.carl}", f"The row {lived.carl} of watch is missing, though the ledger tells of it.")
    ]


def test_a_row_too_many_is_named(lived: House) -> None:
    tampering.run(
        "INSERT INTO tally (id, community, day, what, stay, n) VALUES ('x', %s, '2026-10-06', 'noticed', '', 5)",
        [lived.id],
    )
    assert findings(lived) == [("tally x", "The row x of tally stands there, though the ledger knows nothing of it.")]


def test_a_row_whose_json_is_only_spelled_otherwise_is_the_same(lived: House) -> None:
    tampering.run("UPDATE watch SET recent = REPLACE(recent, ',', ', ') WHERE id = %s", [lived.carl])
    assert findings(lived) == []


@pytest.mark.parametrize("body", ["not json", "[]", "{}", "3", "null", '{"as": 5}'])
def test_an_entry_that_cannot_be_replayed_is_named_and_stops_nothing(lived: House, body: str) -> None:
    entry = next(entry for entry in lived.entries() if entry.kind == "noticed")
    tampering.run("UPDATE entry SET body = %s WHERE id = %s", [body, entry.id])
    told = findings(lived)
    assert {where for where, _ in told} == {f"entry {entry.n}"}
    assert "cannot be replayed" in told[1][1]


def test_a_flood_of_faults_is_cut_off(lived: House) -> None:
    tampering.run("UPDATE entry SET role = 'x' WHERE community = %s", [lived.id])
    n = lived.newest().n
    assert len(findings(lived)) == n < verify.MOST
    for extra in range(verify.MOST + 5):
        tampering.run(
            "INSERT INTO tally (id, community, day, what, stay, n) VALUES (%s, %s, '', '', '', 0)",
            [f"x{extra}", lived.id],
        )
    assert len(findings(lived)) == verify.MOST


def test_one_community_s_fault_leaves_the_other_true(lived: House, birch: House) -> None:
    tampering.run("UPDATE entry SET role = 'x' WHERE community = %s AND n = 3", [lived.id])
    assert not verify.community(lived.id).is_true
    assert verify.community(birch.id).is_true


def test_a_long_chain_tells_how_far_it_is_and_cuts_a_flood_of_faults_off(willow: House) -> None:
    with ledger.writing(willow.id, ledger.Author(), NOW) as write:
        for _ in range(5200):
            checks.put(write, willow.carl, "settled")
    heard: list[int] = []
    assert verify.community(willow.id, told=heard.append).is_true
    assert heard == [5000, willow.newest().n]
    tampering.run("UPDATE entry SET role = 'x' WHERE community = %s", [willow.id])
    told = findings(willow)
    assert len(told) == verify.MOST
    assert told[0][0] == "entry 1"
