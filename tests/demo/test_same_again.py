"""The same arguments give the same ledger, in any process and on either database; another seed gives another life."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.living import lived

pytestmark = pytest.mark.django_db

UNTIL = "2026-11-20T10:42:00-05:00"
ASKED = {"days": 1, "residents": 8, "seed": 5}
SCRIPT = f"""
import django
django.setup()
from datetime import datetime
from django.core.management import call_command
from milieu import demo
call_command("migrate", verbosity=0)
print(demo.build("tc-residential", until=datetime.fromisoformat("{UNTIL}"), **{ASKED!r}).head)
"""


def head_in_another_process(folder: Path, hash_seed: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "MILIEU_DATABASE_URL"}
    folder.mkdir()
    environment |= {
        "MILIEU_DATA": str(folder),
        "PYTHONHASHSEED": hash_seed,
        "DJANGO_SETTINGS_MODULE": "milieu.settings",
    }
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def test_the_same_seed_gives_the_same_ledger_in_every_process_and_on_both_databases(
    open_database: None, tmp_path: Path
) -> None:
    with lived("tc-residential", UNTIL, **ASKED) as here:
        head = here.built.head
    assert head == head_in_another_process(tmp_path / "one", "1") == head_in_another_process(tmp_path / "two", "2")


@pytest.mark.parametrize("changed", [{"seed": 6}, {"residents": 7}, {"slug": "elsewhere"}])
def test_other_arguments_give_another_ledger(open_database: None, changed: dict[str, int]) -> None:
    with lived("tc-residential", UNTIL, **ASKED) as one:
        head = one.built.head
    with lived("tc-residential", UNTIL, **{**ASKED, **changed}) as other:
        assert other.built.head != head


def test_three_houses_live_side_by_side(open_database: None) -> None:
    asked = {"days": 1, "residents": 6, "seed": 1}
    with (
        lived("tc-residential", UNTIL, **asked) as one,
        lived("psych-inpatient", UNTIL, **asked) as two,
        lived("outpatient-group", UNTIL, **asked) as three,
    ):
        logins = [line.login for house in (one, two, three) for line in house.built.staff]
        assert len(set(logins)) == len(logins)
        assert {house.built.name for house in (one, two, three)} == {"Willow House", "Harbour Ward", "Tuesday Circle"}


def test_a_house_beside_another_is_the_house_it_would_be_alone(open_database: None) -> None:
    asked = {"days": 1, "residents": 6, "seed": 1}
    with lived("psych-inpatient", UNTIL, **asked) as alone:
        head = alone.built.head
    with lived("tc-residential", UNTIL, **asked), lived("psych-inpatient", UNTIL, **asked) as beside:
        assert beside.built.head == head
