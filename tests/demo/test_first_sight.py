"""Opening the demonstration shows a house that lives, whatever the hour and whichever the programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from milieu.queries import log, resident, residents, rounds, today
from milieu.queries.today import TodayPage
from milieu.record import verify
from tests.demo.living import Lived, lived

pytestmark = pytest.mark.django_db

MOMENTS = {
    "community, before coping skills": ("tc-residential", "2026-11-20T10:42:00-05:00"),
    "community, quiet hour": ("tc-residential", "2026-11-20T13:20:00-05:00"),
    "community, shift change": ("tc-residential", "2026-11-18T15:04:00-05:00"),
    "community, Saturday night": ("tc-residential", "2026-11-21T21:40:00-05:00"),
    "community, Sunday walk": ("tc-residential", "2026-11-22T16:30:00-05:00"),
    "community, at night": ("tc-residential", "2026-11-20T03:18:00-05:00"),
    "community, waking up": ("tc-residential", "2026-11-20T06:25:00-05:00"),
    "ward, morning": ("psych-inpatient", "2026-11-20T10:12:00-05:00"),
    "ward, supper": ("psych-inpatient", "2026-11-21T17:40:00-05:00"),
    "ward, at night": ("psych-inpatient", "2026-11-20T02:33:00-05:00"),
}
NIGHTS = ("community, at night", "ward, at night")


@pytest.fixture(scope="module", params=MOMENTS)
def house(request: pytest.FixtureRequest, open_database: None) -> Iterator[Lived]:
    programme, until = MOMENTS[request.param]
    with lived(programme, until, days=2, residents=20, seed=1) as here:
        yield here


@pytest.fixture(scope="module", params=NIGHTS)
def night(request: pytest.FixtureRequest, open_database: None) -> Iterator[Lived]:
    programme, until = MOMENTS[request.param]
    with lived(programme, until, days=2, residents=20, seed=2, slug="night") as here:
        yield here


@pytest.fixture(scope="module")
def circle(open_database: None) -> Iterator[Lived]:
    with lived("outpatient-group", "2026-11-17T19:05:00-05:00", days=8, residents=20, seed=1, slug="circle") as here:
        yield here


def board(house: Lived) -> TodayPage:
    return today.board(house.here, house.viewer, house.until)


def statuses(page: TodayPage) -> list[str]:
    return [row.status.code for card in page.places for row in card.people]


def test_one_check_is_late_and_one_is_due_in_two_minutes(house: Lived) -> None:
    found = statuses(board(house))
    assert found.count("late") == 1
    assert found.count("missed") == 0
    rows = [row for card in board(house).places for row in card.people if row.status.code == "due"]
    assert any(row.status.minutes <= 2 for row in rows)
    late = next(row for row in board(house).needs if row.tone == "late")
    assert board(house).needs[0] == late


def test_somebody_of_the_team_is_one_to_one_and_needs_relief(house: Lived) -> None:
    page = board(house)
    assert statuses(page).count("one_to_one") == 1
    assert any(member.doing == "one to one" for member in page.team.members)
    assert [need for need in page.needs if need.title.code == "need.relief"]


def test_two_people_need_keeping_apart_and_an_own_view_is_to_be_asked_for(house: Lived) -> None:
    page = board(house)
    codes = {need.title.code for need in page.needs}
    assert {"need.tension", "need.own_view"} <= codes
    assert len([row for card in page.places for row in card.people if row.line and row.line.code == "line.apart"]) >= 1


def test_somebody_is_out_with_a_time_of_return(house: Lived) -> None:
    away = {space.code for space in house.programme.spaces if space.kind == "away"}
    rows = [row for card in board(house).places if card.code in away for row in card.people]
    assert rows
    assert all(row.status.code == "out" and row.status.due_at > house.until for row in rows)


def test_a_newcomer_is_in_the_second_day_with_a_buddy(house: Lived) -> None:
    here = house.told("SELECT arrived_at, buddy FROM stay WHERE community = %s AND left_at IS NULL")
    since = [(house.until.timestamp() * 1000 - arrived, buddy) for arrived, buddy in here]
    day = 86_400_000
    assert any(day <= age < 2 * day and buddy for age, buddy in since)


def test_good_things_were_seen_in_the_last_hour(house: Lived) -> None:
    assert any(timedelta(0) <= house.until - row.at <= timedelta(hours=1) for row in board(house).noticed)


def test_everyone_has_a_place_and_nobody_a_number_over_the_beds(house: Lived) -> None:
    page = board(house)
    assert "unknown" not in {card.code for card in page.places}
    assert sum(card.count for card in page.places) == page.vitals.residents
    assert 17 <= page.vitals.residents <= 20
    rooms = house.told("SELECT room, bed FROM stay WHERE community = %s AND left_at IS NULL")
    assert len(set(rooms)) == len(rooms)


def test_the_team_on_duty_is_large_enough_or_nearly(house: Lived) -> None:
    team = board(house).team
    assert team.on_unit >= team.needed - 2
    assert len(team.members) >= 2


def test_people_were_looked_in_on_minutes_ago(house: Lived) -> None:
    (last,) = house.told("SELECT max(happened_at) FROM entry WHERE community = %s AND kind = 'check'")[0]
    assert 0 <= house.until.timestamp() * 1000 - last < 6 * 60_000


def test_the_round_shows_somebody_to_look_in_on(house: Lived) -> None:
    page = rounds.page(house.here, house.viewer, house.until)
    assert page.current is not None
    assert page.of > 1


def test_every_page_of_everybody_opens(house: Lived) -> None:
    here, viewer = house.here, house.viewer
    people = residents.page(here, viewer, house.until).people
    assert people
    for (stay,) in house.told("SELECT id FROM stay WHERE community = %s"):
        for tab in resident.TABS:
            assert resident.page(here, viewer, house.until, stay, tab=tab) is not None
    stay = house.told("SELECT id FROM stay WHERE community = %s AND left_at IS NULL")[0][0]
    assert log.page(here, viewer, house.until, who=(stay,)) is not None


def test_the_record_is_true(house: Lived) -> None:
    verdict = verify.community(house.built.community)
    assert verdict.findings == ()
    assert verdict.entries == house.built.entries
    assert verdict.head == house.built.head


def test_nothing_happens_after_now(house: Lived) -> None:
    (last,) = house.told("SELECT max(entered_at) FROM entry WHERE community = %s")[0]
    assert last <= house.until.timestamp() * 1000


def test_at_night_about_half_sleep_without_checks_and_nearly_all_sleep(night: Lived) -> None:
    page = rounds.page(night.here, night.viewer, night.until)
    there = board(night).vitals.residents
    assert 0.2 * there <= page.asleep_count <= 0.7 * there
    asleep = {button.code for button in night.programme.observation.night_pad if button.asleep}
    seen = [row[0] for row in night.told("SELECT seen_as FROM watch w WHERE community = %s AND one_to_one = ''")]
    assert sum(code in asleep for code in seen) > 0.3 * there
    bedrooms = next(card for card in board(night).places if card.code == "bedrooms")
    assert bedrooms.count >= there - 2


def test_a_group_that_meets_has_its_people_and_no_checks(circle: Lived) -> None:
    page = board(circle)
    assert page.vitals.late == 0
    assert set(statuses(page)) == {"none"}
    inside = {space.code for space in circle.programme.spaces if space.kind == "room"}
    assert sum(card.count for card in page.places if card.code in inside) > 10
    assert page.team.members
    assert verify.community(circle.built.community).findings == ()
    assert circle.told("SELECT count(*) FROM entry WHERE community = %s AND kind = 'check'")[0] == (0,)
    assert {"need.tension", "need.own_view"} <= {need.title.code for need in page.needs}
