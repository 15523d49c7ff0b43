"""The forms with which staff run a day: each does it, keeps what was typed when it is refused, and asks for the role."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from milieu.actions import stays
from milieu.record import reading, verify
from milieu.record.entries import Entry
from milieu.rules.permissions import PERMISSIONS
from tests.house import NOW, House
from tests.record import states
from tests.web import doors

ROLES = sorted(role for role in PERMISSIONS if role != "system")


def nurse(house: House) -> Client:
    """A browser in which the nurse in charge is signed in."""
    doors.person(house)
    return doors.signed_in()


def row(house: House, table: str, key: str) -> dict[str, Any]:
    """A row of state as it stands."""
    return states.stored(house.id)[table][key]


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def errors_in(page: str) -> list[tuple[str, str]]:
    """What is to be mended, from the list at the top: the field it leads to and the sentence."""
    listed = re.search(r'<section class="errors".*?</section>', page, re.DOTALL)
    found = re.findall(r'<a href="#([\w-]+)">(.*?)</a>', listed.group()) if listed else []
    for field, _ in found:
        assert f'id="{field}"' in page, f"the list leads to #{field}, which is not on the page"
        assert f'id="{field}-error"' in page, f"no sentence beside #{field}"
    return [(field, sentence.replace("&#39;", "'")) for field, sentence in found]


def refused(house: House, browser: Client, path: str, form: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """The page a form comes back with, and what it asks to mend; nothing is recorded."""
    before = reading.head(house.id)
    answer = browser.post(path, form)
    assert answer.status_code == 409
    assert reading.head(house.id) == before
    page = page_of(answer)
    return page, errors_in(page)


def recorded(house: House, browser: Client, path: str, form: dict[str, Any]) -> tuple[str, list[Entry]]:
    """Where a form leads and what it recorded, in one act."""
    before = reading.head(house.id)[0]
    answer = browser.post(path, form)
    assert answer.status_code == 302, page_of(answer)
    made = list(house.entries(after=before))
    assert made
    assert len({entry.act for entry in made}) == 1
    assert f"done={made[0].id}" in answer.headers["Location"]
    assert verify.community(house.id).is_true
    return answer.headers["Location"], made


def said(made: list[Entry]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(entry.kind, entry.about, dict(entry.body)) for entry in made]


# Where


def test_one_person_is_somewhere_else_with_a_time_of_return(willow: House) -> None:
    browser = nurse(willow)
    page = page_of(browser.get(f"/residents/{willow.carl}/move"))
    assert "Where is Carl D.?" in page
    assert "Recorded until now: Lounge." in page
    form = {"place": "garden", "doing": "a walk", "back": "23:59", "with_staff": willow.tomasz.staff}
    path, made = recorded(willow, browser, f"/residents/{willow.carl}/move", form)
    ((kind, about, body),) = said(made)
    assert (kind, about, body["place"], body["doing"]) == ("moved", willow.carl, "garden", "a walk")
    assert body["back_at"] > made[0].happened_at
    assert row(willow, "whereabouts", willow.carl)["with_staff"] == willow.tomasz.staff
    after = page_of(browser.get(path))
    assert "Carl D. is in: Garden." in after
    assert 'data-key="U"' in after


def test_several_people_go_somewhere_together_and_come_back_together(willow: House) -> None:
    browser = nurse(willow)
    assert "Choose the people" in page_of(browser.get("/where"))
    path, made = recorded(willow, browser, "/where", {"who": [willow.carl, willow.maya], "place": "garden"})
    assert path.startswith("/today")
    assert said(made) == [("moved", one, {"place": "garden"}) for one in (willow.carl, willow.maya)]
    browser.post(f"/undo/{made[0].id}")
    assert [row(willow, "whereabouts", one)["place"] for one in (willow.carl, willow.maya)] == ["lounge", "lounge"]


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({}, "place", "Say where: choose a place."),
        ({"place": "moon"}, "place", "There is no place 'moon' in this programme. Choose one of its spaces."),
        ({"place": "garden", "back": "25:00"}, "back", "Write the time as 15:30, or leave it empty."),
    ],
)
def test_a_wrong_place_or_time_comes_back_with_what_was_typed(
    willow: House, form: dict[str, Any], field: str, sentence: str
) -> None:
    browser = nurse(willow)
    for path, who in ((f"/residents/{willow.carl}/move", {}), ("/where", {"who": [willow.carl, willow.maya]})):
        page, errors = refused(willow, browser, path, {"doing": "picking <apples>", **who, **form})
        assert errors == [(field, sentence)]
        assert "picking &lt;apples&gt;" in page
        assert page.count(" checked") == len(who.get("who", [])) + (form.get("place") == "garden")


def test_nobody_chosen_is_nobody_moved(willow: House) -> None:
    _, errors = refused(willow, nurse(willow), "/where", {"place": "garden"})
    assert errors == [("who", "Choose who it is about. It can be one person.")]


def test_people_of_another_house_cannot_be_moved_with_ours(willow: House, birch: House) -> None:
    form = {"who": [willow.carl, birch.liam], "place": "garden"}
    page, errors = refused(willow, nurse(willow), "/where", form)
    assert errors == [("who", "There is no such resident here. Choose somebody from the list.")]
    assert "Liam" not in page


# What all of them keep to

FORMS = ["/where", "/residents/{carl}/move"]


@pytest.mark.parametrize("path", FORMS)
def test_a_form_asks_as_much_of_the_database_for_many_as_for_few(willow: House, path: str) -> None:
    browser = nurse(willow)
    address = path.format(carl=willow.carl, tomasz=willow.tomasz.staff)
    browser.get(address)
    taken = []
    for _ in range(2):
        browser.post("/where", {"who": [willow.maya], "place": "garden"})  # so that nothing is kept
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        taken.append(len(asked))
        for n in range(6):
            _more(willow, n)
    assert taken[0] == taken[1]
    assert taken[0] <= 12


def _more(house: House, n: int) -> None:
    stays.begin(house.nadia, NOW, {"given_name": f"Person{n}", "family_name": "Wood"})
