"""Opening a community under a programme."""

from __future__ import annotations

from random import Random

import pytest

from milieu.actions import houses
from milieu.actions.refused import Refused
from milieu.record import programmes, reading, verify
from milieu.record.programmes import NoSuchProgramme, WrongProgramme
from milieu.record.state import select
from milieu.rules import moments
from milieu.rules.ids import new_id
from tests import house
from tests.house import OPENED, PROGRAMME, House


def opened(name: str = "Elm House", zone: str = "Europe/Berlin", **more: str) -> str:
    """A community just opened."""
    return houses.open_(houses.organisation("Open Doors", OPENED), name, PROGRAMME, zone, OPENED, **more)


def test_a_chain_begins_with_the_opening(db: None) -> None:
    made = opened(language="de")
    (row,) = select("community", "id = %s", [made])
    assert (row["name"], row["slug"], row["zone"], row["language"]) == ("Elm House", "elm-house", "Europe/Berlin", "de")
    assert row["programme"] == programmes.from_folder(PROGRAMME)[0].id
    assert reading.head(made)[0] == 1
    assert verify.community(made).is_true


def test_a_name_without_letters_still_has_a_short_name(db: None) -> None:
    (row,) = select("community", "id = %s", [opened("***")])
    assert row["slug"] == "house"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "Give the community a name, as people there call it."),
        ({"zone": "Berlin"}, "There is no time zone 'Berlin'. Write it like Europe/Berlin."),
    ],
)
def test_an_opening_that_cannot_be_is_refused(db: None, said: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused) as told:
        opened(**said)
    assert str(told.value) == sentence
    assert select("community", "1 = 1") == []


@pytest.mark.parametrize("name", ["Willow House", "willow house!", "W" * 70])
def test_a_short_name_is_given_once(db: None, name: str) -> None:
    opened(name)
    with pytest.raises(
        Refused, match=r"There is a community called '[w-]\S*' already\. Give this one another short name\."
    ):
        opened(name.upper())


def test_an_organisation_needs_a_name(db: None) -> None:
    with pytest.raises(Refused, match="Give the organisation a name"):
        houses.organisation("  ", OPENED)


def test_the_same_chance_makes_the_same_ids(db: None) -> None:
    expected = new_id(moments.to_ms(OPENED), Random(5))
    assert houses.organisation("Elms", OPENED, Random(5)) == expected
    assert houses.open_("", "Elm", PROGRAMME, "UTC", OPENED, random=Random(5)) == expected


def test_there_is_no_such_programme(db: None) -> None:
    with pytest.raises(NoSuchProgramme, match=r"no ready programme 'castle'\. There are: .*tc-residential"):
        houses.open_("", "Elm", "castle", "UTC", OPENED)


def test_a_version_in_use_never_changes(willow: House) -> None:
    found, text = programmes.from_folder(PROGRAMME)
    assert programmes.keep(found, text) == found.id
    with pytest.raises(
        WrongProgramme, match=r"is in use with other content\. Give the changed programme a new version date"
    ):
        programmes.keep(found, text + "\n# one word more")


def test_a_version_that_is_not_stored_says_so(db: None) -> None:
    with pytest.raises(NoSuchProgramme, match="castle@2026-01-01 is not stored here"):
        programmes.in_force("castle@2026-01-01")


def test_a_wrong_text_lists_its_problems() -> None:
    with pytest.raises(WrongProgramme, match=r"castle\.yaml"):
        programmes.from_text("code: castle", "castle.yaml")


def test_two_houses_of_one_cast_share_nothing(db: None) -> None:
    one, other = house.willow("one"), house.willow("other")
    assert not set(one.everybody) & set(other.everybody)
