"""The life of the demonstration keeps to the published figures it claims, and to what is possible."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from statistics import median

import pytest

from milieu.actions.refused import Refused
from milieu.demo import feedback, figures, life
from milieu.record import programmes
from milieu.rules import moments
from tests.demo.living import Lived, lived

pytestmark = pytest.mark.django_db

DAYS = 12


@pytest.fixture(scope="module")
def willow(open_database: None) -> Iterator[Lived]:
    with lived("tc-residential", "2026-11-20T10:42:00-05:00", days=DAYS, residents=28, seed=3) as here:
        yield here


def entries(house: Lived, *kinds: str) -> list[tuple[str, str, int, int, dict[str, object]]]:
    marks = ", ".join(["%s"] * len(kinds))
    rows = house.told(
        f"SELECT kind, about, happened_at, entered_at, body FROM entry WHERE community = %s AND kind IN ({marks}) ORDER BY happened_at, n",
        *kinds,
    )
    return [(kind, about, happened, entered, json.loads(body)) for kind, about, happened, entered, body in rows]


def test_stays_end_as_darke_and_de_leon_found() -> None:
    random = Random(11)
    drawn = [figures.length_of_stay(figures.curve_of("residential_tc"), random) for _ in range(6000)]
    lengths = [days for days, _ in drawn]
    assert sum(days < 7 for days in lengths) / len(lengths) == pytest.approx(0.17, abs=0.02)
    assert median(lengths) == pytest.approx(39, abs=5)
    assert sum(planned for _, planned in drawn) / len(drawn) == pytest.approx(0.34, abs=0.02)
    assert sum(days < 14 for days in lengths) > sum(14 <= days < 28 for days in lengths)
    assert 0.04 <= sum(days >= 365 for days in lengths) / len(lengths) <= 0.21


def test_the_stays_in_the_record_end_that_way_too(willow: Lived) -> None:
    ended = {about: happened for _, about, happened, _, _ in entries(willow, "stay_ended")}
    began = {about: happened for _, about, happened, _, _ in entries(willow, "stay_began")}
    week = [about for about in ended if ended[about] - began[about] < 7 * life.DAY]
    assert len(began) > 60
    assert 0.06 <= len(week) / len(began) <= 0.3


def test_levels_move_up_with_time_and_each_step_has_its_reason(willow: Lived) -> None:
    steps = entries(willow, "level_set")
    assert {body["level"] for *_, body in steps} >= {2, 3, 4}
    assert all(body["reason"] for *_, body in steps)
    levels = [level for (level,) in willow.told("SELECT level FROM stay WHERE community = %s AND left_at IS NULL")]
    assert {1, 2, 3, 4} <= set(levels)
    assert levels.count(4) < len(levels) / 2


def test_four_or_five_good_things_are_noticed_for_one_reminder(willow: Lived) -> None:
    noticed, corrected = len(entries(willow, "noticed")), len(entries(willow, "correction"))
    assert 3.5 <= noticed / corrected <= 6
    assert 20 * DAYS <= noticed <= 60 * DAYS


def test_about_eighty_five_in_a_hundred_take_part(willow: Lived) -> None:
    statuses = [body["status"] for *_, body in entries(willow, "attended")]
    took_part = sum(status in ("here", "late", "left_early") for status in statuses)
    assert 0.8 <= took_part / (took_part + statuses.count("declined")) <= 0.9
    assert {"here", "late", "left_early", "declined", "excused", "elsewhere"} == set(statuses)


def shares_of_interval(house: Lived) -> list[float]:
    """Each stretch between two checks as a share of the interval; being out, one to one or in agreed sleep is no stretch."""
    every: dict[str, int] = {}
    slept: dict[str, int] = {}
    last: dict[str, int | None] = {}
    shares = []
    for kind, about, happened, _, body in entries(
        house, "check", "watch_set", "moved", "one_to_one_began", "one_to_one_ended"
    ):
        if kind == "check":
            since = last.get(about)
            if since is not None and not since <= slept.get(about, 0) <= happened:
                shares.append((happened - since) / every[about])
            last[about] = happened
        elif kind == "watch_set":
            every[about] = int(str(body["every"])) * life.MINUTE
            slept[about] = int(str(body.get("sleep_until", 0)))
            last[about] = None
        elif kind != "moved" or "back_at" in body:
            last[about] = None
    return shares


def test_few_checks_are_late_and_hardly_any_is_missed(willow: Lived) -> None:
    shares = shares_of_interval(willow)
    assert len(shares) > 5000
    assert 0.002 <= sum(1 < share <= 1.5 for share in shares) / len(shares) <= 0.025
    assert sum(share > 1.5 for share in shares) / len(shares) < 0.003


def test_a_few_checks_are_entered_late_and_say_why(willow: Lived) -> None:
    checks = entries(willow, "check")
    late = [body for _, _, happened, entered, body in checks if entered - happened > 2 * life.MINUTE]
    assert 0.001 < len(late) / len(checks) < 0.01
    assert all(body["late_because"] for body in late)


def test_nobody_is_in_two_places(willow: Lived) -> None:
    where: dict[str, str] = {}
    told = entries(willow, "moved", "check", "noticed")
    for kind, about, happened, entered, body in told:
        if kind == "moved":
            where[about] = str(body["place"])
        elif body.get("via") != "attendance" and entered - happened < life.MINUTE and "place" in body:
            assert body["place"] == where[about], (kind, about, happened)


def test_nobody_takes_part_in_two_things_at_once(willow: Lived) -> None:
    spent = defaultdict(list)
    for *_, about, _, _, body in entries(willow, "attended"):
        slot = willow.programme.slot(str(body["slot"]))
        if body["status"] in ("here", "late"):
            spent[about, body["day"]].append((slot.starts, slot.ends, slot.code))
    for times in spent.values():
        times.sort()
        for (_, ends, one), (starts, _, other) in pairwise(times):
            assert starts >= ends or one == other


def test_people_of_the_team_take_turns_and_record_only_on_duty(willow: Lived) -> None:
    on: set[str] = set()
    rows = willow.told('SELECT kind, "by", body FROM entry WHERE community = %s AND n > 800 ORDER BY n')
    authors = set()
    for kind, by, body in rows:
        if kind == "duty":
            on.add(json.loads(body)["staff"])
        elif kind == "duty_ended":
            on.discard(json.loads(body)["staff"])
        elif kind == "noticed":
            authors.add(by)
            assert by in on
    assert len(authors) >= 10


def test_given_names_are_one_of_a_kind_in_the_house(willow: Lived) -> None:
    names = [
        name.split(" ")[0] for (name,) in willow.told("SELECT name FROM stay WHERE community = %s AND left_at IS NULL")
    ]
    names += [name.split(" ")[0] for (name,) in willow.told("SELECT name FROM staff WHERE community = %s")]
    assert len(set(names)) == len(names)


def test_everybody_can_sign_in_and_two_families_are_among_them(willow: Lived) -> None:
    lines = willow.built.staff
    assert len({line.login for line in lines}) == len(lines)
    roles = [line.role for line in lines]
    assert roles.count("family") == 2
    assert {"charge_nurse", "nurse", "technician", "therapist", "doctor", "manager", "admin", "surveyor"} <= set(roles)
    accounts = willow.told(
        "SELECT count(*) FROM account a JOIN staff s ON s.account = a.id WHERE s.community = %s AND a.password <> '' AND a.pin <> ''"
    )
    assert accounts == [(len(lines),)]


def test_no_safety_line_is_past_its_review(willow: Lived) -> None:
    lines = [
        line
        for (safety,) in willow.told("SELECT safety FROM stay WHERE community = %s AND left_at IS NULL")
        for line in json.loads(safety)
    ]
    assert lines
    assert all(line["review_at"] > willow.until.timestamp() * 1000 for line in lines)


def test_families_are_of_people_who_live_there(willow: Lived) -> None:
    families = [line.name.rsplit(" ", 1)[-1] for line in willow.built.staff if line.role == "family"]
    here = [name.rsplit(" ", 1)[-1] for (name,) in willow.told(
        "SELECT full_name FROM stay WHERE community = %s AND left_at IS NULL"
    )]  # fmt: skip
    assert set(families) <= set(here)


def test_a_wrong_tap_is_taken_back_and_both_stay_in_the_record(willow: Lived) -> None:
    rows = willow.told("SELECT corrects FROM entry WHERE community = %s AND kind = 'taken_back'")
    assert rows
    for (corrects,) in rows:
        assert willow.told("SELECT kind FROM entry WHERE community = %s AND id = %s", corrects) == [("check",)]


@pytest.mark.parametrize("residents", [0, 41])
def test_more_people_than_beds_are_refused(open_database: None, residents: int) -> None:
    with (
        pytest.raises(Refused, match="room for 40 people"),
        lived("tc-residential", "2026-11-20T10:42:00-05:00", days=1, residents=residents, slug="full"),
    ):
        pytest.fail("it was built")


@pytest.fixture
def two_days() -> life.Life:
    programme, _ = programmes.from_folder("tc-residential")
    curve = figures.curve_of(programme.setting)
    now = moments.to_ms(moments.EPOCH) + 400 * life.DAY
    return life.Life(programme, "", "UTC", curve, Random(1), Random(2), 3, 0, now, now=now)


def person(n: int, arrived: int) -> life.Resident:
    return life.Resident(n, f"P{n}", "", "", 0.6, 1.0, 1.0, (), (), (), stay=str(n), arrived=arrived)


def test_help_is_returned_and_people_turn_to_those_who_came_when_they_did(two_days: life.Life) -> None:
    now = two_days.now
    me, fellow, senior = person(1, now - 20 * life.DAY), person(2, now - 25 * life.DAY), person(3, now - 200 * life.DAY)
    assert feedback.pull(two_days, me, fellow) > feedback.pull(two_days, me, senior)
    before = feedback.pull(two_days, me, senior)
    two_days.pairs[senior.stay, me.stay] = 2.0
    assert feedback.pull(two_days, me, senior) > before


def test_who_was_noticed_helps_more_and_it_fades(two_days: life.Life) -> None:
    one = person(1, two_days.now - 60 * life.DAY)
    before = feedback.gives(two_days, one)
    one.received, one.received_at = 2.0, two_days.now
    fresh = feedback.gives(two_days, one)
    two_days.now += 6 * life.DAY
    assert before < feedback.gives(two_days, one) < fresh * 1.05
    assert fresh > before


def test_reminders_peak_in_the_middle_of_a_stay(two_days: life.Life) -> None:
    usual = two_days.curve.typical * life.DAY
    early, middle, late = (
        feedback.hardness(two_days, person(n, int(two_days.now - share * usual)))
        for n, share in enumerate((0.05, 0.5, 1.0))
    )
    assert middle > 1.5 * early
    assert middle > 1.5 * late


def test_a_dense_house_is_looked_in_on_every_quarter_of_an_hour(open_database: None) -> None:
    with lived(
        "tc-residential", "2026-11-20T10:42:00-05:00", days=2, residents=10, seed=1, dense=True, slug="dense"
    ) as here:
        assert {
            code
            for (code,) in here.told(
                "SELECT w.level FROM watch w JOIN stay s ON s.id = w.id WHERE w.community = %s AND s.left_at IS NULL"
            )
        } == {"q15"}
        a_day = len(entries(here, "check")) / 10 / 2.45
        assert 88 <= a_day <= 112
