"""Residents and staff come whole or not at all: a look writes nothing, a wrong line writes nothing, a kill neither."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from milieu.queries import accounts
from milieu.record import verify
from milieu.record.state import select
from tests.cli.conftest import Ended, Place
from tests.house import House

Typed = Callable[..., Ended]
HEADINGS = "given_name,family_name,born,room,bed,level,watch,arrived,likes,key_worker\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a sheet; its path."""

    def write(text: str) -> Path:
        (tmp_path / "sheet.csv").write_text(text, encoding="utf-8")
        return tmp_path / "sheet.csv"

    return write


def test_a_look_shows_who_would_come_and_writes_nothing(
    willow: House, typed: Typed, sheet: Callable[[str], Path]
) -> None:
    before = willow.newest().n
    ended = typed("import", "residents", sheet(HEADINGS + "Bo,Lee,,room-9,A,2,q15,,,\n"))
    assert ended.code == 0
    assert "Bo Lee" in ended.out
    assert "Nothing is written yet. These 1 would come into Willow House: do it with --yes" in ended.out
    assert willow.newest().n == before


def test_residents_come_with_all_that_is_known_of_them(
    willow: House, typed: Typed, sheet: Callable[[str], Path]
) -> None:
    people = (
        "Bo,Lee,1990-02-03,Room 9,A,Taking part,Every 15 minutes,2026-09-30,tea|walks,Ines Duarte\nÉva,O'Neil,,,,,,,,\n"
    )
    ended = typed("import", "residents", sheet(HEADINGS + people), "--yes", "--json")
    assert (ended.code, ended.data["written"], [one["name"] for one in ended.data["residents"]]) == (
        0,
        True,
        ["Bo Lee", "Éva O'Neil"],
    )
    bo, eva = (select("stay", "full_name = %s", [name])[0] for name in ("Bo Lee", "Éva O'Neil"))
    assert (bo["room"], bo["bed"], bo["level"], bo["likes"]) == ("room-9", "A", 2, ["tea", "walks"])
    assert bo["key_worker"] == willow.staff["ines"].staff
    # noon in London on the last day of September
    assert bo["arrived_at"] == 1_790_766_000_000
    assert (eva["room"], eva["level"]) == ("", 1)
    assert select("watch", "id = %s", [bo["id"]])[0]["level"] == "q15"
    assert select("person", "id = %s", [bo["person"]])[0]["born"] == "1990-02-03"
    assert verify.community(willow.id).findings == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Bo,Lee,,room-99,,,,,,", "Line 2, room: There is no 'room-99' here. Write"),
        ("Bo,Lee,,lounge,,,,,,", "Line 2, room: There is no 'lounge' here."),
        ("Bo,Lee,,,,9,,,,", "Line 2, level: There is no '9' here. Write one of '1', '2', '3', '4'."),
        ("Bo,Lee,,,,,hourly,,,", "Line 2, watch: There is no 'hourly' here. Write"),
        (
            "Bo,Lee,,,,,,,,Nobody Here",
            "Line 2, key_worker: There is no 'Nobody Here' here. Write one of 'Nadia Rahman', 'Tomasz Lis'",
        ),
        ("Bo,Lee,2990-01-01,,,,,,,", "Line 2, born: 2990-01-01 has not come yet. Look at the year."),
        ("Bo,Lee,1790-01-01,,,,,,,", "Line 2, born: 1790-01-01 is more than 120 years ago."),
        ("Bo,Lee,3/4/1990,,,,,,,", "Line 2, born: '3/4/1990' is not a day I can read. Write it like 2026-11-21."),
        ("Bo,Lee,,,,,,2099-01-01,,", "Line 2, arrived: 2099-01-01 has not come yet."),
        ("Bo,Lee,2020-05-05,,,,,2019-01-01,,", "Line 2, arrived: 2019-01-01 is before the person was born."),
        (",Lee,,,,,,,,", "Line 2: Give at least the name the person uses."),
        ("Carl,Diaz,,,,,,,,", "Line 2, given_name: Somebody of this name is in the house already."),
        ("carl , DIAZ,,,,,,,,", "Line 2, given_name: Somebody of this name is in the house already."),
        ("Bo,Lee,,,,,,,,\nBo,Lee,,,,,,,,", "Line 3, given_name: Somebody of this name is on line 2 already."),
        ("Bo,Lee,,room-1,C,,,,,", "Line 2, room: Room 1 has 2 places, and this would be person 3."),
        ("Bo,Lee,,room-9,A,,,,,\nAl,Roe,,room-9,A,,,,,", "Line 3, bed: Bed A in Room 9 is taken. Choose another."),
        (f"{'x' * 5000},Lee,,,,,,,,", "Line 2, given_name: This is 5000 characters long. Keep it to 59."),
    ],
)
def test_a_wrong_line_is_told_and_nobody_comes(
    willow: House, typed: Typed, sheet: Callable[[str], Path], line: str, said: str
) -> None:
    before = willow.newest().n
    ended = typed("import", "residents", sheet(HEADINGS + line + "\nFine,Person,,room-10,A,1,,,,\n"), "--yes")
    assert ended.code == 1
    assert said in ended.err
    assert "Nothing was written." in ended.err
    assert willow.newest().n == before
    assert select("stay", "full_name = %s", ["Fine Person"]) == []


def test_everything_wrong_is_told_at_once(willow: House, typed: Typed, sheet: Callable[[str], Path]) -> None:
    ended = typed("import", "residents", sheet(HEADINGS + "Bo,Lee,,R,,7,,,,\n,X,soon,,,,,,,\n"), "--json")
    assert ended.code == 1
    assert [(one["line"], one["column"]) for one in ended.data["faults"]] == [
        (2, "level"),
        (2, "room"),
        (3, ""),
        (3, "born"),
    ]


def test_two_of_one_name_are_two_people_when_born_on_different_days(
    willow: House, typed: Typed, sheet: Callable[[str], Path]
) -> None:
    twins = "Bo,Lee,1990-01-01,,,,,,,\nBo,Lee,1991-01-01,,,,,,,\n"
    assert typed("import", "residents", sheet(HEADINGS + twins), "--yes").code == 0


@pytest.mark.parametrize(
    "content", [b"given_name,family_name\nBo,Lee\nAl", b'given_name,family_name\nBo,Lee\n"Al,Roe\n']
)
def test_a_torn_sheet_brings_nobody(willow: House, typed: Typed, tmp_path: Path, content: bytes) -> None:
    before = willow.newest().n
    (tmp_path / "torn.csv").write_bytes(content)
    ended = typed("import", "residents", tmp_path / "torn.csv", "--yes")
    assert (ended.code, willow.newest().n) == (1, before)
    assert ended.err.startswith("Line 3: ")
    assert "cut off" in ended.err


def test_the_community_must_be_said_where_there_are_several(
    willow: House, birch: House, typed: Typed, sheet: Callable[[str], Path]
) -> None:
    file = sheet("given_name,family_name\nBo,Lee\n")
    assert typed("import", "residents", file).err == (
        "Say which community is meant with --community. There are: birch-court, willow-house.\n"
    )
    assert typed("import", "residents", file, "-c", "birch-court", "--yes").code == 0
    assert select("stay", "full_name = 'Bo Lee'")[0]["community"] == birch.id


STAFF = "given_name,family_name,role,login\nBea,Castellan,nurse,bea\nWim,Bos,Shift lead,wim@open-door.org\nLea,Roy,technician,\n"


def test_staff_come_with_accounts_and_a_password_told_once(
    willow: House, typed: Typed, sheet: Callable[[str], Path]
) -> None:
    ended = typed("import", "staff", sheet(STAFF), "--yes", "--json")
    assert ended.code == 0
    bea, wim, lea = ended.data["staff"]
    assert (bea["role"], wim["role"], lea["role"]) == ("nurse", "charge_nurse", "technician")
    assert (len(bea["password"]), bea["password"] != wim["password"], lea["password"]) == (14, True, "")
    assert [(one.login, one.works[0].role) for one in accounts.listed()] == [
        ("bea", "nurse"), ("wim@open-door.org", "charge_nurse"),
    ]  # fmt: skip
    assert len(select("staff", "full_name IN ('Bea Castellan', 'Wim Bos', 'Lea Roy')")) == 3
    assert verify.community(willow.id).findings == ()


def test_a_look_at_staff_makes_no_account(willow: House, typed: Typed, sheet: Callable[[str], Path]) -> None:
    ended = typed("import", "staff", sheet(STAFF), "--json")
    assert (ended.code, [one["password"] for one in ended.data["staff"]]) == (0, ["", "", ""])
    assert accounts.listed() == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Bo,Lee,cook,bo", "Line 2, role: There is no 'cook' here. Write one of 'technician', 'nurse'"),
        ("Bo,Lee,,bo", "Line 2, role: Say what this person works as:"),
        ("Bo,Lee,resident,bo", "Line 2, role: There is no 'resident' here."),
        ("Bo,Lee,nurse,b o", "Line 2: A sign-in name has 2 to 120 letters"),
        (
            "Nadia,Rahman,charge_nurse,",
            "Line 2, given_name: Nadia Rahman is here already in this role. Remove the line.",
        ),
        ("Bo,Lee,nurse,bo\nAl,Roe,nurse,bo", "Line 3, login: The sign-in name 'bo' belongs to Bo Lee."),
        (",,nurse,", "Line 2: Give the name of the person."),
    ],
)
def test_a_wrong_line_of_staff_is_told_and_nobody_comes(
    willow: House, typed: Typed, sheet: Callable[[str], Path], line: str, said: str
) -> None:
    before = willow.newest().n
    ended = typed(
        "import", "staff", sheet("given_name,family_name,role,login\n" + line + "\nFine,Person,nurse,fine\n"), "--yes"
    )
    assert ended.code == 1
    assert said in ended.err
    assert willow.newest().n == before
    assert accounts.listed() == ()


def is_writing(place: Place) -> bool:
    """Whether somebody holds the database's one write lock."""
    with closing(sqlite3.connect(place.file, timeout=0, isolation_level=None)) as db:
        try:
            db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        db.execute("ROLLBACK")
        return False


@pytest.mark.sqlite
def test_an_import_killed_in_the_middle_leaves_nothing(house: Place) -> None:
    before = house.heads()
    many = "".join(f"Person{n},Number{n}\n" for n in range(2000))
    process = house.start("import", "residents", house.write("many.csv", "given_name,family_name\n" + many), "--yes")
    while not is_writing(house):
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert house.verified() == before
    assert house.sql("SELECT COUNT(*) FROM person WHERE given_name LIKE 'Person%'") == [(0,)]
    house.did("import", "residents", house.folder / "many.csv", "--yes")
    assert house.heads()["willow-house"][0] == before["willow-house"][0] + 3 * 2000


@pytest.mark.postgres
def test_an_import_killed_in_the_middle_leaves_nothing_there_either(house: Place) -> None:
    before = house.heads()
    many = "".join(f"Person{n},Number{n}\n" for n in range(2000))
    process = house.start("import", "residents", house.write("many.csv", "given_name,family_name\n" + many), "--yes")
    held = "SELECT COUNT(*) FROM pg_locks WHERE relation = 'head'::regclass AND mode = 'RowShareLock' AND pid <> pg_backend_pid()"
    while house.sql(held) == [(0,)]:
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert house.verified() == before
    assert house.sql("SELECT COUNT(*) FROM person WHERE given_name LIKE 'Person%'") == [(0,)]
