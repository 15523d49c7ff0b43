"""Who looked: the access log of one person, as staff read it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from milieu.actions import openings
from milieu.queries import openings as pages
from milieu.record.models import Opening
from tests.house import NOW, House
from tests.web import doors


def test_each_opening_stands_with_name_role_page_and_time(willow: House) -> None:
    openings.record(willow.nadia, willow.carl, "resident.timeline", NOW)
    openings.record(willow.tomasz, willow.carl, "resident.plan", NOW + timedelta(days=1))
    openings.record(willow.tomasz, willow.maya, "resident.timeline", NOW)
    page = pages.page(willow.here, willow.carl)
    assert page is not None
    assert [(look.name, str(look.role), str(look.page)) for day in page.days for look in day.looks] == [
        ("Tomasz L.", "Community worker", "Plan"),
        ("Nadia R.", "Shift lead", "Timeline"),
    ]
    assert [day.at for day in page.days] == [NOW + timedelta(days=1), NOW]


def test_a_page_that_stays_open_is_one_line_with_both_its_times(willow: House) -> None:
    for minute in (0, 1, 9, 30):
        openings.record(willow.nadia, willow.carl, "resident.timeline", NOW + timedelta(minutes=minute))
    openings.record(willow.tomasz, willow.carl, "resident.timeline", NOW + timedelta(minutes=31))
    page = pages.page(willow.here, willow.carl)
    assert page is not None
    lines = [
        (look.name, (look.at - NOW).seconds // 60, (look.until - NOW).seconds // 60) for look in page.days[0].looks
    ]
    assert lines == [("Tomasz L.", 31, 31), ("Nadia R.", 30, 30), ("Nadia R.", 0, 9)]
    assert Opening.objects.count() == 5


def test_the_list_goes_on_for_as_long_as_anybody_looked(willow: House) -> None:
    for n in range(pages.PAGE + 5):
        openings.record(willow.nadia, willow.carl, "resident.timeline", NOW + timedelta(minutes=11 * n))
    first = pages.page(willow.here, willow.carl)
    assert first is not None
    assert first.before is not None
    second = pages.page(willow.here, willow.carl, first.before)
    assert second is not None
    assert second.before is None
    moments = [look.at for page in (first, second) for day in page.days for look in day.looks]
    assert moments == [NOW + timedelta(minutes=11 * n) for n in reversed(range(pages.PAGE + 5))]


def test_what_was_opened_in_another_house_is_not_shown_here(willow: House, birch: House) -> None:
    openings.record(birch.nadia, willow.carl, "resident.timeline", NOW)
    page = pages.page(willow.here, willow.carl)
    assert page is not None
    assert page.days == ()
    assert pages.page(birch.here, willow.carl) is None


def test_the_screen_shows_it_and_writes_down_that_it_was_shown(willow: House) -> None:
    doors.person(willow)
    browser = doors.signed_in()
    browser.get(f"/residents/{willow.carl}")
    first = browser.get(f"/residents/{willow.carl}/who-looked").content.decode()
    assert re.search(r"<b>Vera L\.</b> <small>Shift lead</small></td><td>Timeline", first)
    second = browser.get(f"/residents/{willow.carl}/who-looked").content.decode()
    assert "This list" in second
    assert Opening.objects.filter(stay=willow.carl).count() == 3


@pytest.mark.parametrize("before", ["x", "-1", "1; DROP", "9" * 40])
def test_a_place_in_the_list_that_makes_no_sense_is_its_beginning(willow: House, before: str) -> None:
    doors.person(willow)
    answer = doors.signed_in().get(f"/residents/{willow.carl}/who-looked", {"before": before})
    assert answer.status_code == 200


def test_an_opening_is_one_statement(willow: House, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1, connection=connection):  # type: ignore[operator]
        openings.record(willow.nadia, willow.carl, "resident.timeline", NOW)


def test_nobody_who_is_not_signed_in_leaves_or_sees_anything(willow: House) -> None:
    assert Client().get(f"/residents/{willow.carl}/who-looked").status_code == 302
    assert not Opening.objects.exists()
