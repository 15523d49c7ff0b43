"""The house in German: dates, numbers, one and many, names in their place, and pages that say which language they are in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import translation

from milieu.actions import stays
from milieu.queries import today
from milieu.record import ledger
from milieu.record.ledger import Author
from milieu.record.models import Account
from milieu.rules.programme.quantity import Quantity, Source
from milieu.rules.words import Text, by_name, say
from milieu.web.shared import jinja
from tests.house import NOW, House
from tests.web import doors

TUESDAY = date(2026, 10, 14 - 1)


@pytest.fixture
def german() -> Iterator[None]:
    with translation.override("de"):
        yield


def test_dates_stand_as_germans_write_them(german: None) -> None:
    assert jinja.day(TUESDAY) == "Dienstag, 13. Oktober"
    assert jinja.short_day(TUESDAY) == "13. Oktober"
    assert jinja.day(datetime(2026, 3, 1, 12, 0, tzinfo=UTC)) == "Sonntag, 1. März"
    assert jinja.clock(datetime(2026, 3, 1, 22, 5, tzinfo=UTC)) == "22:05"
    assert jinja.day_of_month(datetime(2026, 3, 1, 22, 5, tzinfo=UTC)) == 1


def test_dates_stay_english_in_english() -> None:
    with translation.override("en"):
        assert jinja.day(TUESDAY) == "Tuesday 13 October"
        assert jinja.short_day(TUESDAY) == "13 October"


@pytest.mark.parametrize(("minutes", "said"), [(12, "12 min"), (60, "1 Std."), (78, "1 Std. 18 min")])
def test_durations_are_short(german: None, minutes: int, said: str) -> None:
    assert jinja.duration(timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "hour", "1 Stunde"),
        (72, "hour", "72 Stunden"),
        (1.5, "day", "1,5 Tage"),
        (1, "person", "1 Person"),
        (0.75, "share", "75 %"),
    ],
)
def test_amounts_of_a_programme_carry_their_unit(german: None, value: float, unit: str, said: str) -> None:
    assert jinja.amount(Quantity(value, unit, Source("", ""))) == said


def test_one_and_many_differ(german: None) -> None:
    late = [
        jinja.said(say("check.late", "The check is {n} minute late.", many="The check is {n} minutes late.", n=n))
        for n in (1, 3)
    ]
    assert late == ["Das Nachschauen ist 1 Minute überfällig.", "Das Nachschauen ist 3 Minuten überfällig."]


def test_a_name_stands_where_the_language_wants_it(german: None) -> None:
    assert jinja.said(say("line.buddy", "{name}’s buddy", name="Dee")) == "Pate/Patin von Dee"
    assert jinja.said(say("need.own_view", "{about}’s own view", about="Hana")) == "Eigene Sicht von Hana"


def test_a_programme_speaks_inside_a_sentence(german: None) -> None:
    seen = say("timeline.check", "Seen: {how}", how=Text("In bed", {"de": "Im Bett"}))
    assert jinja.said(seen) == "Gesehen: Im Bett"


def test_names_stand_in_the_order_people_look_them_up() -> None:
    assert sorted(["Zoe", "émile", "Özlem", "Emil", "van Dyk", "Oscar", "Vance"], key=by_name) == [
        "Emil", "émile", "Oscar", "Özlem", "van Dyk", "Vance", "Zoe",
    ]  # fmt: skip


def test_a_board_sorts_names_the_same_on_either_database(willow: House) -> None:
    with ledger.writing(willow.id, Author(), NOW) as write:
        for given in ("émile", "Özlem", "Zoe", "oscar"):
            stays.put(write, {"given_name": given, "family_name": "X"}, level=1, room="room-5")
    board = today.board(willow.here, willow.nadia, NOW, view="names")
    first = [row.name.split()[0] for row in board.names]
    assert first == ["Anna", "Carl", "émile", "Joel", "Maya", "oscar", "Özlem", "Ruth", "Sam", "Zoe"]


def opened(willow: House, language: str, path: str = "/today", **options: Any) -> Any:
    account = doors.person(willow)
    Account.objects.filter(id=account).update(language=language)
    return doors.signed_in(**options).get(path)


def test_a_page_says_its_language(willow: House) -> None:
    answer = opened(willow, "de")
    assert answer.headers["Content-Language"] == "de"
    page = answer.content.decode()
    assert '<html lang="de" dir="ltr"' in page
    assert "<title>Heute · Willow House</title>" in page


def test_a_language_taken_away_falls_back_to_the_house_s_own(willow: House) -> None:
    answer = opened(willow, "xx")
    assert answer.headers["Content-Language"] == "en"
    assert '<html lang="en"' in answer.content.decode()


def test_a_page_that_is_not_there_says_so_in_the_reader_s_language(willow: House) -> None:
    page = opened(willow, "de", "/nowhere").content.decode()
    assert '<html lang="de"' in page
    assert "Hier ist nichts" in page


def test_the_door_speaks_the_browser_s_language(db: None) -> None:
    answer = Client(headers={"accept-language": "de-AT,de;q=0.9"}).get("/sign-in")
    assert answer.headers["Content-Language"] == "de"
    assert "Mit dem Namen, den Sie hier bekommen haben." in answer.content.decode()


def test_what_is_too_large_is_refused_in_the_sender_s_language(db: None) -> None:
    Client(headers={"accept-language": "de"}).get("/sign-in")
    answer = Client(headers={"accept-language": "en"}).generic("POST", "/sign-in", CONTENT_LENGTH=str(10**9))
    assert answer.status_code == 413
    assert '<html lang="en"' in answer.content.decode()


def test_a_language_from_right_to_left_turns_the_page(willow: House) -> None:
    with override_settings(LANGUAGES=[("en", "English"), ("ar", "العربية")]):
        assert '<html lang="ar" dir="rtl"' in opened(willow, "ar").content.decode()


def test_the_words_of_the_scripts_are_german(willow: House) -> None:
    page = opened(willow, "de").content.decode()
    assert "Nicht gespeichert. Tippen Sie noch einmal." in page
    assert "Not saved" not in page
