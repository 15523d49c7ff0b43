"""The number on Rounds: the same on every screen, and right after an act."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory

from milieu.actions import checks
from milieu.queries import badge
from milieu.queries.viewers import Signed
from milieu.web.staff import log, pages, rail, residents, rounds, today
from tests.house import NOW, House

LATER = NOW + timedelta(hours=3)
SCREENS = [today.board, rounds.page, residents.listed, log.page, pages.more, rail.rail]


def shown(house: House, view: Any) -> set[str]:
    """The numbers on Rounds, in the rail and in the phone's bar."""
    request = RequestFactory().get("/")
    request.signed = Signed("", house.nadia, house.here, LATER, False, "")  # type: ignore[attr-defined]
    request.now = LATER  # type: ignore[attr-defined]
    page = view(request).content.decode()
    return set(re.findall(r'data-place="rounds">.*?(?:class="badge"[^>]*>(\d+)<|</a>)', page, re.DOTALL))


@pytest.mark.parametrize("view", SCREENS, ids=lambda view: view.__module__.split(".")[-1])
def test_every_screen_shows_what_waits_and_one_less_after_a_check(willow: House, view: Any) -> None:
    due = badge.checks_due(willow.here, willow.nadia, LATER)
    assert due > 1
    assert shown(willow, view) == {str(due)}
    checks.record(willow.nadia, LATER, willow.carl, "settled")
    assert shown(willow, view) == {str(due - 1)}


def test_who_does_not_look_in_sees_no_number(willow: House) -> None:
    assert badge.checks_due(willow.here, willow.as_("facilitator"), LATER) == 0


def test_the_rail_comes_alone(willow: House, client: Client) -> None:
    assert client.get("/rail").status_code == 302
