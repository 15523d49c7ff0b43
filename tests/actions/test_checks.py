"""Recording that somebody was seen, ordering how often, and staying with somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from milieu.actions import checks, houses, stays
from milieu.actions.refused import Refused
from milieu.actions.replays import id_of
from milieu.record import ledger, programmes
from milieu.rules import moments
from milieu.rules.ids import new_id
from tests.actions.asking import recorded, refused, row, signed
from tests.house import MINUTE, NOBODY, NOW, House


def test_a_check_is_recorded_with_who_and_when(willow: House) -> None:
    by = replace(willow.tomasz, device="d" * 32)
    entry = checks.record(
        by,
        NOW,
        willow.carl,
        "settled",
        entry_id=(made := new_id(1)),
        happened_at=NOW - MINUTE,
        chips=["drink"],
        place="garden",
    )
    assert entry is not None
    assert (entry.id, entry.happened_at, entry.entered_at) == (made, moments.to_ms(NOW - MINUTE), moments.to_ms(NOW))
    assert signed(entry) == (by.staff, "technician", "d" * 32, willow.programme.id)
    assert willow.newest().body == {"as": "settled", "chips": ["drink"], "place": "garden"}
    watch = row(willow, "watch", willow.carl)
    assert (watch["seen_at"], watch["seen_as"], watch["seen_by"]) == (moments.to_ms(NOW - MINUTE), "settled", by.staff)


def test_a_late_entry_says_so_for_ever_and_does_not_hide_a_newer_look(willow: House) -> None:
    checks.record(willow.tomasz, NOW, willow.carl, "settled")
    late = checks.record(willow.tomasz, NOW, willow.carl, "alone", happened_at=NOW - 20 * MINUTE, late_because=" busy ")
    assert late is not None
    assert late.body["late_because"] == "busy"
    watch = row(willow, "watch", willow.carl)
    assert (watch["seen_as"], [one[2] for one in watch["recent"]]) == ("settled", ["settled", "alone"])


def test_asleep_is_counted_for_the_night(willow: House) -> None:
    checks.record(willow.tomasz, NOW, willow.carl, "asleep")
    assert row(willow, "tally", f"{willow.id}:2026-10-06:asleep:{willow.carl}")["n"] == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"seen_as": "dancing"}, "There is no button 'dancing' in this programme. Choose one of those shown."),
        ({"chips": ["cake"]}, "There is no addition 'cake' in this programme. Leave it out."),
        (
            {"happened_at": NOW + 3 * MINUTE},
            "This check is said to happen in the future. Set the clock of this device, or give the time you saw Carl D..",
        ),
        (
            {"happened_at": NOW - 1441 * MINUTE},
            "This is more than a day ago. Write it as a note about Carl D. instead.",
        ),
        ({"happened_at": NOW - 20 * MINUTE}, "Say in a few words why this is entered late. It stays visible."),
        ({"stay": NOBODY}, "There is no such resident here. Choose somebody from the list."),
        ({"stay": ""}, "There is no such resident here. Choose somebody from the list."),
    ],
)
def test_a_check_that_cannot_be_is_refused(willow: House, said: dict[str, object], sentence: str) -> None:
    asked = {"stay": willow.carl, "seen_as": "settled", **said}
    told = refused(willow, lambda: checks.record(willow.nadia, NOW, **asked))  # type: ignore[arg-type]
    assert told == sentence


def test_nobody_is_seen_before_arriving_or_after_leaving(willow: House) -> None:
    late = {"late_because": "busy"}
    arrived = NOW - timedelta(hours=2)
    entry = stays.begin(willow.nadia, arrived, {"given_name": "Zoe"})
    told = refused(
        willow, lambda: checks.record(willow.nadia, NOW, entry.about, "settled", happened_at=arrived - MINUTE, **late)
    )
    assert told == "Zoe had not arrived by then. Look at the time."
    stays.end(willow.nadia, NOW - 60 * MINUTE, entry.about, "moved out")
    told = refused(willow, lambda: checks.record(willow.nadia, NOW, entry.about, "settled"))
    assert told == "Zoe had left by then. Look at the time."
    # what was seen while she was here may still be told
    assert checks.record(willow.nadia, NOW, entry.about, "settled", happened_at=NOW - 61 * MINUTE, **late) is not None


def test_a_resident_of_another_community_is_unknown_here(willow: House, birch: House) -> None:
    told = refused(birch, lambda: checks.record(birch.nadia, NOW, willow.carl, "settled"))
    assert told == "There is no such resident here. Choose somebody from the list."


def test_an_id_that_is_none_is_refused() -> None:
    assert id_of("") == ""
    assert id_of("0190A3B4-0000-7000-8000-00000000000A") == "0190a3b40000700080000000000000" + "0a"
    with pytest.raises(Exception, match="The id 'seven' is not a UUID"):
        id_of("seven")


def test_words_too_long_for_the_record_are_refused(willow: House) -> None:
    told = refused(
        willow,
        lambda: checks.record(
            willow.nadia, NOW, willow.carl, "settled", happened_at=NOW - 9 * MINUTE, late_because="x" * 4001
        ),
    )
    assert "'late_because'" in told
    assert "Keep it under 4000." in told
    assert "'place'" in refused(
        willow, lambda: checks.record(willow.nadia, NOW, willow.carl, "settled", place="x" * 41)
    )
    long = "x" * 301
    assert "Keep it under 300" in refused(willow, lambda: checks.order(willow.nadia, NOW, willow.carl, "q15", long))


def test_an_order_sets_how_often_somebody_looks_in(willow: House) -> None:
    until, sleep = NOW + timedelta(days=1), (NOW + timedelta(hours=9), NOW + timedelta(hours=16))
    made = recorded(
        willow, lambda: checks.order(willow.nadia, NOW, willow.carl, "q15", " unwell ", until=until, sleep=sleep)
    )
    asked = {
        "level": "q15", "reason": "unwell", "every": 15, "until": moments.to_ms(until),
        "sleep_from": moments.to_ms(sleep[0]), "sleep_until": moments.to_ms(sleep[1]),
    }  # fmt: skip
    assert made == [("watch_set", willow.carl, asked)]
    watch = row(willow, "watch", willow.carl)
    assert {name: watch[name] for name in asked} == asked
    assert watch["ordered_by"] == willow.nadia.staff


@pytest.mark.parametrize("level", ["sight", "arm"])
def test_a_continuous_order_is_never_without_a_time_to_look(willow: House, level: str) -> None:
    """Nobody beside the person for longer than the programme allows is late, not 'no checks ordered'."""
    checks.order(willow.nadia, NOW, willow.carl, level, "life at risk")
    assert row(willow, "watch", willow.carl)["every"] == 5


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"level": "q2"}, "There is no observation level 'q2' in this programme."),
        ({"reason": " "}, "Say in a few words why. The person may read it."),
        ({"until": NOW}, "The end lies in the past. Choose a later time, or leave it open."),
        ({"sleep": (NOW, NOW)}, "Agreed sleep needs a start before its end, at most 14 hours later."),
        (
            {"sleep": (NOW, NOW + timedelta(hours=15))},
            "Agreed sleep needs a start before its end, at most 14 hours later.",
        ),
        ({"stay": NOBODY}, "There is no such resident here. Choose somebody from the list."),
    ],
)
def test_an_order_that_cannot_be_is_refused(willow: House, said: dict[str, object], sentence: str) -> None:
    asked = {"stay": willow.carl, "level": "q15", "reason": "unwell", **said}
    assert refused(willow, lambda: checks.order(willow.nadia, NOW, **asked)) == sentence  # type: ignore[arg-type]


def test_one_to_one_begins_and_ends(willow: House) -> None:
    made = recorded(willow, lambda: checks.begin_one_to_one(willow.tomasz, NOW, willow.carl))
    assert made == [("one_to_one_began", willow.carl, {"staff": willow.tomasz.staff})]
    assert row(willow, "watch", willow.carl)["one_to_one"] == willow.tomasz.staff
    told = refused(willow, lambda: checks.begin_one_to_one(willow.nadia, NOW, willow.carl))
    assert told == "Somebody is with Carl D. already."
    made = recorded(willow, lambda: checks.end_one_to_one(willow.nadia, NOW, willow.carl, "calm again"))
    assert made == [("one_to_one_ended", willow.carl, {"words": "calm again"})]
    assert row(willow, "watch", willow.carl)["one_to_one"] == ""
    told = refused(willow, lambda: checks.end_one_to_one(willow.nadia, NOW, willow.carl))
    assert told == "Nobody is one to one with Carl D.."


def test_one_to_one_needs_somebody_who_works_here(willow: House, birch: House) -> None:
    stranger = replace(birch.nadia, community=willow.id)
    told = refused(willow, lambda: checks.begin_one_to_one(stranger, NOW, willow.carl))
    assert told == "There is no such member of staff here. Choose somebody from the list."


def test_where_the_programme_knows_no_agreed_sleep_none_is_agreed(db: None) -> None:
    made = houses.open_("", "Day Group", "outpatient-group", "Europe/London", NOW)
    observation = programmes.from_folder("outpatient-group")[0].observation
    sleep = (NOW, NOW + timedelta(hours=8))
    with ledger.writing(made, ledger.Author(), NOW) as write:
        entry = stays.put(write, {"given_name": "Zoe"})
        with pytest.raises(Refused, match="This programme has no agreed sleep without checks"):
            checks.put_order(write, entry.about, observation.levels[0].code, "rest", sleep=sleep)
