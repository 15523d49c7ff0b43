"""A past moment on screen: nothing moves, nothing can be recorded, and the ways lead on within it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from milieu.actions import stays
from milieu.rules import moments
from tests.house import NOW, House
from tests.web import doors

PATHS = ("/today", "/today?view=names", "/rounds", "/rounds?stay={carl}", "/residents", "/residents/{carl}")


@pytest.fixture
def nurse(willow: House) -> Client:
    doors.person(willow)
    return doors.signed_in()


def then(house: House) -> str:
    return f"{moments.local(NOW, house.here.zone):%Y-%m-%dT%H:%M}"


def at_then(house: House, browser: Client, path: str) -> str:
    address = path.format(carl=house.carl)
    answer = browser.get(f"{address}{'&' if '?' in address else '?'}at={then(house)}")
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_live_and_no_act_is_offered(willow: House, nurse: Client, path: str) -> None:
    page = at_then(willow, nurse, path)
    assert "data-live" not in page
    assert 'id="live"' not in page
    assert re.findall(r'<form[^>]* method="post"[^>]* action="([^"]*)"', page) == ["/lock"]


@pytest.mark.parametrize("path", PATHS)
def test_the_banner_says_the_year_and_the_ways_stay_in_that_moment(willow: House, nurse: Client, path: str) -> None:
    page = at_then(willow, nurse, path)
    assert re.search(rf'class="asof".*?{NOW.year}', page)
    for place in ("today", "rounds", "residents"):
        ways = re.findall(rf'href="([^"]*)"[^>]* data-place="{place}"', page)
        assert set(ways) == {f"/{place}?at={then(willow)}"}


def test_now_is_live_and_its_ways_are_plain(willow: House, nurse: Client) -> None:
    page = str(nurse.get("/rounds").content.decode())
    assert 'data-live="/live"' in page
    assert "at=" not in " ".join(re.findall(r'href="([^"]*)"', page))


def test_the_list_of_residents_is_that_of_the_moment(willow: House, nurse: Client) -> None:
    stays.begin(willow.nadia, NOW + timedelta(hours=1), {"given_name": "Quentin"})
    assert "Quentin" in str(nurse.get("/residents").content.decode())
    assert "Quentin" not in at_then(willow, nurse, "/residents")
