"""Does reading a programme say what is wrong, on which line, and what to write instead?

Each file in tests/programmes/wrong is tests/programmes/small.yaml spoilt in one place; the table says what its author
is told. Arbitrary text must never raise.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milieu.rules.programme import reading
from milieu.rules.programme.shape import Programme

PROGRAMMES = Path(__file__).parents[1] / "programmes"
SMALL = (PROGRAMMES / "small.yaml").read_text(encoding="utf-8")
WRONG = sorted((PROGRAMMES / "wrong").glob("*.yaml"))

# File, line, what was found, what to write instead.
TOLD = (
    ("a-list", 1, "a list of 2", "'code: …', 'version: …', 'title: …'"),
    ("aftercare-out-of-order", 128, "2 days", "more than 3 days"),
    ("ages-do-not-join", 112, "from 10", "'from_age: 9'"),
    ("alias-to-nothing", 14, "resident: *member", "the words themselves, in quotes"),
    ("amount-unreadable", 127, "three days", "'7 days'"),
    ("amount-with-another-key", 79, "sources", "'source'"),
    ("bed-for-nobody", 45, "0", "a whole number from 1 up"),
    ("bedroom-without-beds", 45, "no capacity", "a line 'capacity: …'"),
    ("braces-in-a-title", 69, "{name}", "plain words"),
    ("capacity-nothing", 15, "0 people", "a number above 0, such as '15 people',"),
    (
        "check-without-interval",
        78,
        "neither every nor continuous_gap",
        "'every: 15 minutes', or 'continuous_gap: 5 minutes' where someone stays",
    ),
    ("clock-without-source", 106, "no source", "a line 'source: …'"),
    ("code-twice", 66, "helped", "another code"),
    ("code-with-capitals", 2, "Small House", "'small-house'"),
    ("colon-in-words", 70, "norm: Our rule: we keep our voices down.", "words with a colon in quotes"),
    ("criterion-upside-down", 32, "20 %", "at_most above at_least"),
    ("criterion-without-mark", 27, "neither at_least nor at_most", "a line 'at_least: …' or 'at_most: …'"),
    ("date-that-is-none", 74, "2026-02-30", "a date as year-month-day, such as 2026-11-01,"),
    ("date-the-other-way", 74, "02.10.2026", "a date as year-month-day, such as 2026-11-01,"),
    ("decision-role-unknown", 121, "nurses", "'nurse'"),
    ("default-level-unknown", 81, "rutine", "'routine'"),
    ("empty", 1, "nothing", "a programme, from 'code:' on"),
    ("ends-before-it-starts", 55, "08:15", "a time after 08:45 (only lights_out may end the next day)"),
    ("expectation-without-guidance", 68, "no guidance", "a line 'guidance: …'"),
    ("expected-unreadable", 62, "level two", "'all', 'signed_up', 'none', 'level:2+' or 'level:2-'"),
    ("freedom-with-another-key", 34, "beyonds", "'beyond'"),
    ("freedom-without-words", 34, "the keys beyond", "a line 'text: …'"),
    ("group-over-own-policy", 62, "20 people", "15 people or fewer, or a second group,"),
    ("group-over-own-policy", 62, "20 people", "at most 12 people"),
    ("group-over-room", 62, "14 people", "at most 12 people"),
    ("guidance-too-long", 71, "5 sentences, 77 characters", "one or two spoken sentences"),
    ("hard-word", 70, "non-compliant", "what the person did or chose"),
    ("indented-wrongly", 52, "kind: meeting", "it in the same column"),
    ("key-is-a-list", 13, "a list of 2", "a word before the colon"),
    ("key-twice", 6, "setting", "it once"),
    ("key-without-colon", 102, "calming", "a colon and a space after the key"),
    ("keys-expected", 87, "at eleven", "'starts: …', 'ends: …'"),
    ("ladder-gentle-after-hold", 105, "walk", "it further up"),
    ("ladder-upside-down", 103, "presence", "a step of talking or presence first"),
    (
        "level-hides-a-right",
        34,
        "Visits",
        "nothing here, or 'text: …' with 'beyond: [visits]' if it only adds to the right,",
    ),
    ("level-out-of-range", 62, "level:5+", "a level from 1 to 2"),
    ("level-takes-a-right", 34, "visits", "it under 'rights', for every level, and take it out here"),
    ("level-without-criteria", 22, "no criteria", "at least one criterion"),
    ("levels-skip", 22, "3", "'2'"),
    ("list-expected", 73, "Walk together", "one line with '- ' for each"),
    ("list-not-closed", 53, "days: [mon, tue, wed, thu, fri", "a comma or the closing ]"),
    ("list-too-short", 73, "a list of 0", "at least 1"),
    ("measure-in-the-wrong-unit", 31, "5", "'80 %' or the like"),
    ("missed-before-late", 84, "90 %", "a larger share"),
    ("more-people-than-beds", 15, "12 people", "at most 4, or more bedrooms,"),
    ("no-day", 62, "a list of 0", "[mon, wed], daily, weekdays or weekends"),
    ("nobody-on-duty", 98, "2 shifts", "shifts that join all round the clock"),
    ("nobody-told", 76, "no missed_alert", "a role: a line 'missed_alert: …'"),
    ("none-with-interval", 78, "60 minutes", "it without 'every'"),
    ("none-with-interval", 81, "routine", "one of 'none', 'q15', 'sight'"),
    ("norm-points-nowhere", 123, "quiet-voice", "'quiet-voices'"),
    ("number-not-whole", 46, "3.5", "a whole number from 0 up"),
    ("number-without-unit", 109, "4", "'15 minutes' or '4 hours' or '7 days'"),
    ("one-word", 1, "programme", "'code: …', 'version: …', 'title: …'"),
    ("only-a-comment", 1, "nothing", "a programme, from 'code:' on"),
    ("own-language-missing", 4, "the keys de", "a line 'en: …' beside the others"),
    ("pad-asleep-and-away", 91, "asleep: yes", "'means: seen' or 'asleep: no'"),
    ("pad-icon-unknown", 89, "mooon", "'moon'"),
    ("pad-too-full", 93, "7 buttons", "at most six buttons"),
    (
        "pad-without-struggling",
        89,
        "3 buttons without it",
        "a button with 'means: struggling', such as 'Up, struggling',",
    ),
    ("policy-in-another-unit", 118, "2 hours", "'15 people' or the like"),
    ("policy-sets-nothing", 118, "neither of the two", "'at_least: …' or 'at_most: …'"),
    ("policy-unknown", 118, "groop_size", "'group_size'"),
    ("policy-upside-down", 118, "15 people", "a larger number"),
    ("prompt-a-whole-interval-early", 97, "100 %", "a small share such as 20 %"),
    ("quote-not-closed", 66, '- {code: listened, title: listened, said: "{name} listened.}', "the closing quote"),
    ("right-unknown", 34, "visit", "'visits'"),
    ("role-that-does-not-exist", 40, "docter", "'doctor'"),
    ("said-with-other-braces", 66, "{other}", "'{name}' and no other braces"),
    ("said-without-name", 66, "They listened.", "'{name}' and no other braces"),
    ("same-people-twice", 61, "09:00 to 10:30", "a start from 09:15 on, or other people,"),
    ("same-room-twice", 61, "lounge", "another room or time"),
    ("section-missing", 2, "no strengths", "a line 'strengths: …'"),
    ("setting-unknown", 5, "residential", "'residential_tc'"),
    ("share-above-all", 31, "180 %", "a share up to 1, or 100 %,"),
    ("sign-yaml-keeps", 70, "norm: @home we keep our voices down.", "the words in quotes"),
    ("soon-after-late", 82, "120 %", "a smaller share"),
    ("source-grade-unknown", 12, "A", "one of 'S', 'R', 'K'"),
    ("source-only-a-name", 11, "House policy", "'ref: …' and 'date: …' under its name"),
    ("source-unknown", 116, "lwa", "'law'"),
    ("source-with-another-key", 11, "link", "one of 'ref', 'date', 'grade'"),
    ("source-without-date", 12, "no date", "a line 'date: …' with the day it was looked up"),
    ("sources-as-a-list", 11, "a list of 1", "a name, then 'ref' and 'date' under it"),
    ("tab", 51, "title: Morning meeting", "two spaces for each step to the right"),
    ("time-past-midnight", 54, "25:00", "a time from 00:00 to 24:00, such as 08:45,"),
    ("time-with-a-dot", 54, "8.45", "a time from 00:00 to 24:00, such as 08:45,"),
    ("time-zone-unreadable", 8, "Berlin time", "a time zone such as 'Europe/Berlin'"),
    ("translation-empty", 4, "nothing", "the words in this language"),
    ("two-documents", 13, "---", "one programme in one file"),
    ("unit-in-the-wrong-place", 15, "4 hours", "'15 people'"),
    (
        "unit-missing",
        79,
        "the keys value, source",
        "a line 'unit: …' with one of 'minute', 'hour', 'day', 'month', 'person', 'share', 'count'",
    ),
    ("unknown-day", 53, "tues", "'tue'"),
    ("unknown-key", 72, "becuase", "'because'"),
    ("unknown-kind-of-slot", 49, "meel", "'meal'"),
    ("unknown-language", 4, "xx", "a code such as 'en', 'de' or 'pt-BR'"),
    ("unknown-measure", 30, "attendence_share", "'attendance_share'"),
    ("unknown-role", 57, "nurze", "'nurse'"),
    ("unknown-space", 56, "longe", "'lounge'"),
    ("unknown-top-key", 122, "agrement", "'agreement'"),
    ("unknown-unit-written-out", 79, "min", "'minute'"),
    ("unknown-unit", 78, "60 minits", "'minutes'"),
    ("value-missing", 79, "the keys unit, source", "a line 'value: …'"),
    ("value-not-a-number", 79, "fifteen", "digits, such as 15 or 0.8,"),
    ("version-missing", 2, "no version", "a line 'version: …'"),
    ("word-unknown", 14, "residant", "'resident'"),
    ("words-as-a-list", 14, "a list of 1", "'resident: …'"),
    ("work-over-own-policy", 61, "90 minutes", "a shorter time"),
    ("yes-and-no", 59, "maybe", "'yes' or 'no'"),
)


def problems(text: str, name: str = "house.yaml") -> tuple[reading.Problem, ...]:
    """What is wrong with this text; nothing may be."""
    read = reading.read(text, name)
    return () if isinstance(read, Programme) else read


def spoilt(right: str, wrong: str) -> str:
    assert right in SMALL
    return SMALL.replace(right, wrong, 1)


def test_the_small_house_is_right() -> None:
    assert problems(SMALL) == ()


def test_every_wrong_file_is_in_the_table_and_the_other_way_round() -> None:
    assert {path.stem for path in WRONG} == {row[0] for row in TOLD}
    assert len(WRONG) >= 25


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_file_is_told_by_line_with_what_to_write(path: Path) -> None:
    found = problems(path.read_text(encoding="utf-8"), path.name)
    told = [(path.stem, problem.line, problem.found, problem.instead) for problem in found]
    assert told == [row for row in TOLD if row[0] == path.stem]
    for problem in found:
        assert str(problem).startswith(f"{path.name} line {problem.line}: ")
        assert f"found '{problem.found}'. Write {problem.instead} instead." in str(problem)


def test_all_problems_are_told_in_one_pass() -> None:
    text = spoilt("starts: 08:45", "starts: 25:00").replace("kind: meal", "kind: meel")
    text = text.replace("limit: 4 hours\n    by", "limit: 4\n    by").replace("agreed: 2026-10-02", "agreed: soon")
    assert [problem.found for problem in problems(text)] == ["meel", "25:00", "soon", "4"]


def test_a_misspelt_word_is_told_once_and_read_as_what_it_is_near() -> None:
    text = spoilt("{code: doctor, title", "{code: doktor, title")
    assert [problem.found for problem in problems(text)] == ["doktor"]


def test_a_clash_is_not_reported_for_a_time_that_could_not_be_read() -> None:
    text = spoilt("starts: 09:30, ends: 10:30", "starts: 9h30, ends: 10:30")
    assert [problem.found for problem in problems(text)] == ["9h30"]


@pytest.mark.parametrize("right", ["food", "bed", "medical_care", "mail", "visits", "advocate", "complaint",
                                   "worship", "outdoors", "leaving"])  # fmt: skip
@pytest.mark.parametrize("key", ["freedoms", "duties"])
def test_no_right_may_hang_on_a_level(right: str, key: str) -> None:
    line = {"freedoms": "      - Choose your own crew", "duties": "      - Do your turn"}[key]
    (problem,) = problems(spoilt(line, f"      - {{text: Something, rights: [{right}]}}"))
    assert problem.found == right
    assert "every level" in problem.instead


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("Snacks between meals", "food"),
        ("A bed of your own", "bed"),
        ("See the doctor when you ask", "medical_care"),
        ("Letters on Sunday", "mail"),
        ("Visitors in your room", "visits"),
        ("Call your lawyer", "advocate"),
        ("Write a complaint", "complaint"),
        ("Go to church", "worship"),
        ("Fresh air in the afternoon", "outdoors"),
    ],
)
def test_a_freedom_that_gives_away_a_right_is_noticed_and_beyond_answers_it(words: str, right: str) -> None:
    line = "      - Choose your own crew"
    (problem,) = problems(spoilt(line, f"      - {words}"))
    assert f"'{right}'" in problem.what
    assert problems(spoilt(line, f"      - {{text: {words}, beyond: [{right}]}}")) == ()


def test_people_who_are_not_expected_together_may_be_busy_at_the_same_time() -> None:
    crews = "kind: work, days: weekdays, starts: 09:30, ends: 10:30}"
    one = "kind: work, days: weekdays, starts: 09:30, ends: 10:30, expected: 'level:2+'}"
    other = (
        "\n  - {code: seminar, title: Seminar, kind: education, days: [mon], starts: 10:00, ends: 11:00,"
        " expected: 'level:1-'}"
    )
    assert problems(spoilt(crews, one + other)) == ()
    clash = problems(spoilt(crews, one + other.replace("1-", "2-")))
    assert [problem.path for problem in clash] == ["week › seminar › starts"]


@pytest.mark.parametrize(("written", "minutes"), [("00:00", 0), ("7:45", 465), ("07:45", 465), ("23:59", 1439)])
def test_a_time_of_day_is_minutes(written: str, minutes: int) -> None:
    read = reading.read(spoilt("day_starts: 06:30", f"day_starts: {written}"), "house.yaml")
    assert isinstance(read, Programme)
    assert read.day_starts == minutes


@pytest.mark.parametrize("written", ["24:05", "23:60", "7:5", "0745", "-1:00", "07:45:00", "quarter to eight", ""])
def test_what_no_clock_shows_is_refused(written: str) -> None:
    (problem,) = problems(spoilt("day_starts: 06:30", f"day_starts: {written}"))
    assert problem.found == (written or "nothing")


def test_all_at_one_group_is_too_many() -> None:
    text = spoilt('expected: "level:2+", capacity: 8 people', "expected: all")
    assert problems(text) == ()
    (problem,) = problems(text.replace("at_most: 15 people", "at_most: 3 people"))
    assert (problem.path, problem.found) == ("week › talk", "all of 4 people")


def test_a_number_knows_its_unit_and_where_it_comes_from() -> None:
    programme = reading.read(SMALL, "small.yaml")
    assert isinstance(programme, Programme)
    every = programme.observation.level("q15").every
    assert every is not None
    assert (every.value, every.unit, every.source.ref, every.source.grade) == (15, "minute", "42 CFR 482.13", "K")
    limit = programme.clock("order-end").by_age[0].limit
    assert (limit.minutes, limit.source.code) == (60, "law")  # the source of its clock
    assert programme.capacity.source.ref == "this programme"
    assert programme.capacity.source.date == "2026-11-01"


def test_words_left_out_are_the_usual_ones_and_renamed_ones_are_kept() -> None:
    programme = reading.read(SMALL, "small.yaml")
    assert isinstance(programme, Programme)
    assert (programme.words["resident"], programme.words["noticed"]) == ("member", "Noticed")
    assert (programme.title, programme.title.in_("de")) == ("Small house", "Kleines Haus")


def test_an_endless_alias_is_refused_in_a_sentence() -> None:
    (problem,) = problems("a: &a [*a]\n")
    assert problem.what == "the file repeats itself without end"


def test_aliases_that_multiply_are_refused_in_a_sentence() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 9)]
    (problem,) = problems("\n".join(lines))
    assert problem.instead == "each part in full"


def test_a_file_that_is_far_too_long_is_not_parsed() -> None:
    (problem,) = problems("x" * 2_000_001)
    assert problem.found == "2,000,001 characters"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_reading_never_raises_on_arbitrary_text(text: str) -> None:
    assert all(str(problem) for problem in problems(text))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!|>%@'\"#, \n\t0123", max_size=120))
def test_reading_never_raises_on_text_that_is_nearly_yaml(text: str) -> None:
    assert problems(text) != ()


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_reading_never_raises_on_a_programme_with_a_line_spoilt(data: st.DataObject) -> None:
    lines = SMALL.splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    spoiling = st.sampled_from(["", "x", "-", "[]", "{}", "null", "'", ": ", "9e9", "- - -", "code: [a]", "!!int x"])
    head = lines[place].partition(":")[0]
    lines[place] = data.draw(st.sampled_from([f"{head}: ", "", "  ", f"{head}"])) + data.draw(spoiling)
    for problem in problems("\n".join(lines)):
        assert str(problem)
        assert 1 <= problem.line <= len(lines)
