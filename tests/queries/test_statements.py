"""How many statements a page takes: the same for six residents and for forty, for a hundred entries and for five thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from milieu.actions import checks, interactions, places, stays, writes
from milieu.queries import log, resident, residents, rounds, today, viewers
from milieu.record import ledger, reading
from milieu.record.ledger import Author
from milieu.record.models.access import Account, SignIn
from milieu.rules import moments
from tests.house import MINUTE, NOW, House

AT = NOW + timedelta(days=3)
_fresh = count(10**9)

PAGES: dict[str, Callable[[House, Any], Any]] = {
    "board": lambda house, here: today.board(here, house.nadia, AT),
    "board by name": lambda house, here: today.board(here, house.nadia, AT, view="names"),
    "peek": lambda house, here: today.peek(here, house.nadia, AT, house.carl),
    "rounds": lambda house, here: rounds.page(here, house.nadia, AT),
    "log": lambda house, here: log.page(
        here, house.nadia, AT, who=(house.carl,), kind="correction", expectation="phones"
    ),
    "residents": lambda house, here: residents.page(here, house.nadia, AT),
    "residents who left": lambda house, here: residents.page(here, house.nadia, AT, left=True),
    "resident": lambda house, here: resident.page(here, house.nadia, AT, house.carl),
    "resident's checks": lambda house, here: resident.page(here, house.nadia, AT, house.carl, show="checks"),
    "resident for a manager": lambda house, here: resident.page(here, house.as_("manager"), AT, house.carl),
}
MOST = {"board": 4, "board by name": 4, "peek": 5, "rounds": 5, "log": 7, "residents": 5, "residents who left": 5}


def statements(house: House, name: str) -> list[str]:
    """The statements of a page when nothing is kept from before."""
    with CaptureQueriesContext(connection) as asked:
        PAGES[name](house, replace(house.here, n=next(_fresh)))
    # the head itself is read with the sign-in, and here by the test
    return [one["sql"] for one in asked.captured_queries if "FROM head" not in one["sql"]]


def more_people(house: House, upto: int) -> None:
    """Fill the house."""
    with ledger.writing(house.id, Author(house.nadia.staff, "charge_nurse"), NOW) as write:
        for n in range(len(house.everybody), upto):
            entry = stays.put(write, {"given_name": f"Person{n}", "family_name": "Wood"}, room=f"room-{n % 20 + 1}")
            places.put(write, entry.about, "lounge")
            checks.put(write, entry.about, "settled")


def more_history(house: House, entries: int) -> None:
    """Things noticed about Carl and checks of him, a minute apart, the last of them a day ago."""
    author = writes.author_of(house.nadia)
    with ledger.writing(house.id, author, NOW) as write:
        for n in range(entries // 2):
            write.begin_act(author, NOW + n * timedelta(seconds=30))
            interactions.put_noticed(write, house.carl, "spoke-up", "well said")
            checks.put(write, house.carl, "settled")


@pytest.fixture
def lived(willow: House) -> House:
    """Willow House with a hundred entries."""
    more_history(willow, 100)
    return willow


def test_statements_do_not_grow_with_residents_or_history(lived: House) -> None:
    for name in PAGES:
        PAGES[name](lived, lived.here)  # what is kept for ever, such as the programme, is read once
    few = {name: len(statements(lived, name)) for name in PAGES}
    more_history(lived, 5000)
    after_much = {name: len(statements(lived, name)) for name in PAGES}
    more_people(lived, 40)
    of_many = {name: len(statements(lived, name)) for name in PAGES}
    assert few == after_much == of_many
    assert {name: few[name] for name in MOST if few[name] > MOST[name]} == {}


def test_the_board_with_its_sign_in_takes_five(lived: House) -> None:
    at = moments.to_ms(AT)
    Account.objects.create(id="a" * 32, login="nadia", name="Nadia Rahman")
    SignIn.objects.create(
        token=viewers.digest("cookie"), account="a" * 32, staff=lived.nadia.staff, started_at=at, seen_at=at,
        ends_at=at + 1000,
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        signed = viewers.signed("cookie", AT)
        assert signed is not None
        assert signed.here is not None
        today.board(replace(signed.here, n=next(_fresh)), signed.viewer, AT)
    assert len(asked) <= 5
    assert (signed.viewer.staff, signed.viewer.role) == (lived.nadia.staff, "charge_nurse")
    assert replace(signed.here, language="en") == lived.here


def test_a_second_look_at_an_unchanged_house_asks_nothing(lived: House) -> None:
    here = replace(lived.here, n=next(_fresh))
    today.board(here, lived.nadia, AT)
    with CaptureQueriesContext(connection) as asked:
        today.board(here, lived.nadia, AT)
        today.board(here, lived.nadia, AT + MINUTE)
    assert len(asked) == 0


def test_a_timeline_reads_a_page_whatever_the_history(lived: House) -> None:
    more_history(lived, 5000)
    page = resident.page(lived.here, lived.nadia, AT, lived.carl)
    assert page is not None
    assert page.timeline is not None
    assert len(page.timeline.entries) == 50


def test_paging_shows_everything_once(lived: House) -> None:
    """Also where many things happened at the same moment."""
    with ledger.writing(lived.id, writes.author_of(lived.nadia), NOW) as write:
        for _ in range(120):
            interactions.put_noticed(write, lived.carl, "listened", happened_at=NOW - MINUTE)
    shown, before = [], ""
    while True:
        page = resident.page(lived.here, lived.nadia, AT, lived.carl, before=before)
        assert page is not None
        assert page.timeline is not None
        shown += [line.entry for line in page.timeline.entries]
        before = page.timeline.older
        if not before:
            break
    about_carl = [entry.id for entry in lived.entries() if entry.about == lived.carl and entry.kind != "check"]
    assert len(shown) == len(set(shown))
    assert set(shown) == set(about_carl)


def plan(sql: str) -> str:
    """How the database would go about a statement, as if the tables were large."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def on_entries(asked: CaptureQueriesContext) -> list[str]:
    """The plans of the statements that read the ledger."""
    return [plan(one["sql"]) for one in asked.captured_queries if "FROM entry" in one["sql"]]


READS: dict[str, tuple[Callable[[House], Any], str]] = {
    "timeline": (lambda house: reading.about(house.carl), "entry_about"),
    "timeline as known": (lambda house: reading.about(house.carl, known_at=moments.to_ms(NOW)), "entry_about"),
    "checks": (lambda house: reading.about(house.carl, kinds=("check",)), "entry_about_kind"),
    "feed": (lambda house: reading.kinds_since(house.id, 10), "entry_n"),
    "stream": (lambda house: list(reading.stream(house.id, after=10, chunk=5)), "entry_n"),
    "kind": (lambda house: reading.of_kind(house.id, "noticed", since=0, known_at=1 << 60), "entry_kind"),
    "corrections": (lambda house: reading.corrections(["a", "b"]), "entry_corrects"),
    "act": (lambda house: reading.of_act(house.newest()), "entry_n"),
}


@pytest.mark.parametrize("name", READS)
def test_the_ledger_is_read_through_its_indexes(lived: House, name: str) -> None:
    read, index = READS[name]
    with CaptureQueriesContext(connection) as asked:
        read(lived)
    plans = on_entries(asked)
    assert plans
    for one in plans:
        assert goes_through(one, index), one


def goes_through(told: str, index: str) -> bool:
    """Whether a plan reads the ledger through this index. PostgreSQL weighs several that serve, by what the table holds."""
    if connection.vendor == "postgresql":
        return "Index" in told and "Seq Scan on entry" not in told
    # SQLite gives the index of a constraint a name of its own
    told = told.replace("sqlite_autoindex_entry_2 (community=? AND n>?", "entry_n")
    return index in told and "SCAN entry" not in told and "SCAN e\n" not in told


def test_the_newest_noticed_on_the_board_are_read_through_their_index(lived: House) -> None:
    with CaptureQueriesContext(connection) as asked:
        today.board(replace(lived.here, n=next(_fresh)), lived.nadia, AT)
    (told,) = on_entries(asked)
    assert goes_through(told, "entry_kind")
    assert goes_through(told, "entry_corrects")
