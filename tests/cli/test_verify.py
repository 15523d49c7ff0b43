"""A true record is named with its number and head; of a broken copy the exact entry is named, with exit code 1."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.conftest import Ended, Place
from tests.house import House
from tests.record import tampering

Typed = Callable[..., Ended]


def test_each_community_is_named_with_its_number_and_head(willow: House, birch: House, typed: Typed) -> None:
    ended = typed("verify", "--json")
    assert ended.code == 0
    assert ended.data == {
        "communities": [
            {"community": one.id, "name": one.name, "slug": one.slug, "entries": one.newest().n, "head": one.newest().hash,
             "ok": True, "findings": []}
            for one in (birch, willow)
        ],
        "ok": True,
    }  # fmt: skip


def test_a_person_reads_it_in_a_table(willow: House, typed: Typed) -> None:
    ended = typed("verify")
    assert ended.code == 0
    for word in ("Willow House", willow.newest().hash, "true"):
        assert word in ended.out


def test_one_community_may_be_asked_for(willow: House, birch: House, typed: Typed) -> None:
    assert [one["slug"] for one in typed("verify", "--json", "-c", "birch-court").data["communities"]] == [
        "birch-court"
    ]


def test_a_community_nobody_knows_is_told_with_those_there_are(willow: House, birch: House, typed: Typed) -> None:
    ended = typed("verify", "--community", "oak")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "There is no community 'oak'. There are: birch-court, willow-house.\n"


def test_a_changed_row_of_state_is_named(willow: House, typed: Typed) -> None:
    tampering.run("UPDATE stay SET level = 4 WHERE id = %s", [willow.carl])
    ended = typed("verify", "--json")
    (finding,) = ended.data["communities"][0]["findings"]
    assert (ended.code, ended.data["ok"], finding["where"]) == (1, False, f"stay {willow.carl}")
    assert "level is '4', the ledger says '1'" in finding["what"]


def test_a_broken_copy_is_reported_with_the_exact_entry(house: Place) -> None:
    ((entry,),) = house.sql("SELECT id FROM entry WHERE n = 4")
    house.lift_guards()
    house.sql(f"UPDATE entry SET body = replace(body, 'Diaz', 'Dias') WHERE id = '{entry}'")
    ended = house.run("verify")
    assert ended.code == 1
    assert f"Willow House: Entry 4 ({entry}) was changed after it was recorded: its hash does not fit." in ended.err
    told = house.run("verify", "--json")
    assert told.code == 1
    assert "entry 4" in [finding["where"] for finding in told.data["communities"][0]["findings"]]


def test_a_removed_entry_is_reported_with_its_number(house: Place) -> None:
    house.lift_guards()
    house.sql("DELETE FROM entry WHERE n = 3")
    ended = house.run("verify")
    assert ended.code == 1
    assert "Entry 3 is missing; 4 follows." in ended.err


def test_a_chain_whose_head_was_taken_away_is_reported(house: Place) -> None:
    house.sql("DELETE FROM head")
    ended = house.run("verify")
    assert ended.code == 1
    assert "Willow House" in ended.err


def test_verify_writes_nothing(house: Place) -> None:
    before = house.sql("SELECT COUNT(*), MAX(n) FROM entry")
    assert house.verified() == house.heads()
    assert house.sql("SELECT COUNT(*), MAX(n) FROM entry") == before


@pytest.mark.sqlite
def test_a_damaged_database_file_is_told_with_what_to_do(house: Place) -> None:
    house.file.write_bytes(b"this is no database" * 500)
    ended = house.run("verify")
    assert ended.code == 2
    assert "is damaged" in ended.err
    assert "milieu restore FILE --replace" in ended.err
