"""Are the ready programmes whole, and is the published schema the one the reader uses?"""

from __future__ import annotations

import datetime
import json
import re
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from milieu.rules.programme import reading, schema, vocabulary
from milieu.rules.programme.describe import describe
from milieu.rules.programme.shape import Programme
from milieu.rules.words import Text

FOLDER = Path(__file__).parents[2] / "programmes"
READY = {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}
HOUSES = ("psych-inpatient", "tc-residential")


@lru_cache
def programme(code: str) -> Programme:
    read = reading.read(READY[code].read_text(encoding="utf-8"), READY[code].name)
    assert isinstance(read, Programme), "\n".join(map(str, read))
    return read


def data_of(path: Path) -> Any:
    """The file as an editor sees it: dates are words there."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(part) for key, part in value.items()}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return value.isoformat() if isinstance(value, datetime.date) else value

    return plain(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))


def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((FOLDER / schema.ADDRESS).read_text(encoding="utf-8")))


def test_there_are_the_three_programmes() -> None:
    assert {"outpatient-group", *HOUSES} <= set(READY)


@pytest.mark.parametrize("code", READY)
def test_a_ready_programme_has_no_problem_and_is_called_like_its_file(code: str) -> None:
    assert programme(code).code == code


@pytest.mark.parametrize("code", READY)
def test_a_ready_programme_is_rich_enough_to_work_with(code: str) -> None:
    ready = programme(code)
    assert len(ready.strengths) >= 14
    assert 8 <= len(ready.expectations) <= 12
    assert len(ready.levels) == 4
    assert all(level.criteria for level in ready.levels[1:])
    assert len(ready.calming) >= 7
    assert {"grievance", "serious-report"} <= {clock.code for clock in ready.clocks}
    assert [contact.after.value for contact in ready.aftercare] == [3, 7, 30, 90, 180, 365]
    assert {right.who for right in ready.decision_rights} == {"resident", "house", "shared", "staff", "law"}


@pytest.mark.parametrize("code", HOUSES)
def test_a_house_fits_forty_people_and_fills_every_day(code: str) -> None:
    house = programme(code)
    bedrooms = [space for space in house.spaces if space.kind == "bedroom"]
    assert 14 <= len(bedrooms) <= 20
    assert sum(space.capacity or 0 for space in bedrooms) >= 40
    assert bedrooms[0].title == "Room 1"
    for day in range(7):
        line = house.day_line(day)
        assert 10 <= len(line) <= 13
        assert [stop.starts for stop in line] == sorted({stop.starts for stop in line})  # one stop at a time
    assert house.observation.night_pad
    assert house.observation.agreed_sleep_allowed


def test_the_ward_carries_the_legal_clocks() -> None:
    ward = programme("psych-inpatient")
    order = ward.clock("order-end")
    assert [order.limit_at(age).minutes / 60 for age in (8, 9, 17, 18)] == [1, 2, 2, 4]
    assert ward.clock("see-and-assess").limit.minutes == 24 * 60
    assert ward.clock("face-to-face").limit.minutes == 60
    assert ward.clock("face-to-face").starts_from == "start"
    for code in ("debrief-resident", "debrief-staff"):
        assert (ward.clock(code).starts_from, ward.clock(code).limit.minutes) == ("end", 24 * 60)
    assert ward.clock("serious-report").counted == "business_day_close"
    assert ward.clock("grievance").limit.minutes == 7 * 24 * 60
    # What was not re-read says so.
    assert {ward.clock(code).source.grade for code in ("order-end", "face-to-face", "see-and-assess")} == {"K"}


def test_a_group_needs_neither_beds_nor_rounds() -> None:
    group = programme("outpatient-group")
    assert not group.is_residential
    assert group.observation.default_level == "none"
    assert not group.observation.level("none").has_checks
    assert group.observation.pad(720) == ()
    assert not group.observation.is_night(0)
    assert group.shift_at(720) is None
    assert all(group.day_line(day) for day in range(7))


def test_the_therapeutic_community_speaks_german_where_people_look_first() -> None:
    house = programme("tc-residential")
    texts: list[Text] = [*(level.name for level in house.levels), *(slot.title for slot in house.week)]
    texts += [button.title for button in (*house.observation.night_pad, *house.observation.day_pad)]
    texts += [house.words[word] for word in ("resident", "noticed", "correction", "house_meeting")]
    assert [text for text in texts if "de" not in text.translations] == []


@pytest.mark.parametrize("code", READY)
def test_every_number_of_the_law_or_the_house_names_its_source(code: str) -> None:
    ready = programme(code)
    sources = [part.source for part in (*ready.clocks, *ready.policies, *ready.staffing, *ready.observation.levels)]
    assert [source for source in sources if not (source.ref and source.date)] == []


@pytest.mark.parametrize("code", READY)
def test_every_source_named_is_used(code: str) -> None:
    text = READY[code].read_text(encoding="utf-8")
    assert [source.code for source in programme(code).sources if f"source: {source.code}" not in text] == []


@pytest.mark.parametrize("code", READY)
def test_a_programme_can_be_read_on_paper(code: str) -> None:
    sections = dict(describe(programme(code)))
    ready = programme(code)
    assert sections["Strengths we notice"] == tuple(str(strength.title) for strength in ready.strengths)
    assert f"Version: {ready.id}" in sections[str(ready.title)]
    assert len(sections["Tuesday"]) == len(ready.day(1))
    assert all(str(clock.title) in " ".join(sections["Clocks"]) for clock in ready.clocks)
    assert not re.search(r"Quantity|Source\(|None", str(sections))


def test_the_published_schema_is_current() -> None:
    published = (FOLDER / schema.ADDRESS).read_text(encoding="utf-8")
    assert published == schema.schema_text(), "write milieu.rules.programme.schema.schema_text() to the file"
    Draft202012Validator.check_schema(json.loads(published))


@pytest.mark.parametrize("code", READY)
def test_an_editor_finds_no_fault_in_a_ready_programme(code: str) -> None:
    faults = [f"{fault.json_path}: {fault.message}" for fault in validator().iter_errors(data_of(READY[code]))]
    assert faults == []


@pytest.mark.parametrize("name", ["unknown-key", "time-past-midnight", "unknown-unit", "level-takes-a-right",
                                  "expectation-without-guidance", "source-without-date"])  # fmt: skip
def test_an_editor_finds_the_faults_a_schema_can_tell(name: str) -> None:
    wrong = Path(__file__).parents[1] / "programmes" / "wrong" / f"{name}.yaml"
    assert not validator().is_valid(data_of(wrong))


@pytest.mark.parametrize("code", READY)
def test_reading_is_quick_enough_for_a_cold_start(code: str) -> None:
    text = READY[code].read_text(encoding="utf-8")
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        reading.read(text, code)
        took.append(time.perf_counter() - begun)
    assert min(took) < 1.0  # 0.15 s on the machine it was written on


def test_the_guide_explains_every_word_a_programme_may_use() -> None:
    guide = (FOLDER.parent / "docs" / "programmes.md").read_text(encoding="utf-8")
    words = [
        *vocabulary.MEASURES, *vocabulary.POLICIES, *vocabulary.CLOCK_STARTS, *vocabulary.SETTINGS, *vocabulary.ROLES,
        *vocabulary.RIGHTS, *vocabulary.SLOT_KINDS, *vocabulary.WORDS, *vocabulary.ICONS, *vocabulary.UNITS,
    ]  # fmt: skip
    assert [word for word in words if f"`{word}`" not in guide] == []
