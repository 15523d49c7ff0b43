"""Sheets as spreadsheets write them are read; whatever is wrong with their form is told with the line one would look at."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milieu.rules import sheets
from milieu.rules.sheets import Columns, WrongSheet

COLUMNS = Columns(
    needed=("given_name", "family_name"),
    further=("born", "likes"),
    other_names={"surname": "family_name", "dob": "born"},
)
PLAIN = [("Ana", "Kim"), ("Bo", "Lee")]


def names(content: bytes | str) -> list[tuple[str, str]]:
    """What was read, by name."""
    raw = content if isinstance(content, bytes) else content.encode()
    return [(row["given_name"], row["family_name"]) for row in sheets.read(raw, COLUMNS)]


def faults(content: bytes | str) -> list[tuple[int, str, str]]:
    """What is wrong: line, column and code."""
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(WrongSheet) as wrong:
        sheets.read(raw, COLUMNS)
    return [(fault.line, fault.column, fault.sentence.code) for fault in wrong.value.faults]


@pytest.mark.parametrize(
    "content",
    [
        # separators
        "given_name,family_name\nAna,Kim\nBo,Lee\n",
        "given_name;family_name\nAna;Kim\nBo;Lee\n",
        "given_name\tfamily_name\nAna\tKim\nBo\tLee\n",
        # what spreadsheets put first
        "\ufeffgiven_name,family_name\nAna,Kim\nBo,Lee\n",
        "sep=;\r\ngiven_name;family_name\r\nAna;Kim\r\nBo;Lee\r\n",
        "\ufeffgiven_name\tfamily_name\r\nAna\tKim\r\nBo\tLee\r\n".encode("utf-16"),
        # ends of lines, and none at the end
        "given_name,family_name\r\nAna,Kim\r\nBo,Lee",
        "given_name,family_name\rAna,Kim\rBo,Lee\r",
        # headings as people write them
        "Given Name,Surname\nAna,Kim\nBo,Lee\n",
        '"GIVEN-NAME"," family name "\nAna,Kim\nBo,Lee\n',
        # empty rows and columns that a spreadsheet adds
        "given_name,family_name,,\nAna,Kim,,\n,,,\nBo,Lee,,\n,,,\n",
        # spaces of all kinds, and quotation marks where none are needed
        '"given_name","family_name"\n"Ana ","\u00a0Kim"\n\u200bBo,Lee\t\n',
    ],
)  # fmt: skip
def test_the_same_two_people_however_they_were_written(content: bytes | str) -> None:
    assert names(content) == PLAIN


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('"Smith, John"', "Smith, John"),
        ('"Ana ""Annie"""', 'Ana "Annie"'),
        ('"two\nlines"', "two\nlines"),
        ("O'Neil", "O'Neil"),
        ("'0123", "0123"),
        ('"=""0123"""', "0123"),
        ("Ñandú 李 آنا", "Ñandú 李 آنا"),
    ],
)
def test_a_cell_means_what_it_says(cell: str, read: str) -> None:
    assert names(f"given_name,family_name\n{cell},x\n") == [(read, "x")]


def test_a_row_knows_the_line_it_begins_on() -> None:
    content = 'sep=,\ngiven_name,family_name\n"Ana\nMaria",Kim\n\nBo,Lee\n'
    assert [row.line for row in sheets.read(content.encode(), COLUMNS)] == [3, 6]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # nothing
        ("", [(1, "", "sheet.empty")]),
        ("given_name,family_name\n", [(1, "", "sheet.no_rows")]),
        ("given_name,family_name\n,\n", [(1, "", "sheet.no_rows")]),
        # headings
        ("given_name\nAna\n", [(1, "", "sheet.missing")]),
        ("given_name,naem\nAna,Kim\n", [(1, "", "sheet.missing"), (1, "naem", "sheet.heading_unknown")]),
        ("given_name,family_name,surname\na,b,c\n", [(1, "family_name", "sheet.heading_twice")]),
        ("given_name,,family_name\na,b,c\n", [(1, "", "sheet.heading_empty")]),
        # torn: fewer cells, an open quotation mark, cut in the middle of a letter
        ("given_name,family_name\nAna,Kim\nBo", [(3, "", "sheet.torn")]),
        ('given_name,family_name\nAna,Kim\nBo,"Le', [(3, "", "sheet.quote")]),
        ("given_name,family_name\nAna,Kim\nBo,Le\u00e9".encode()[:-1], [(3, "", "sheet.encoding")]),
        # a separator in a cell without quotation marks
        ("given_name,family_name\nAna,Kim,Lee\n", [(2, "", "sheet.wide")]),
        # text after a closing quotation mark
        ('given_name,family_name\n"Ana"x,Kim\n', [(2, "", "sheet.quote")]),
        # not text, or text of another encoding
        ("given_name,family_name\nJos\u00e9,Kim\n".encode("cp1252"), [(2, "", "sheet.encoding")]),
        (b"PK\x03\x04workbook", [(1, "", "sheet.binary")]),
        ("given_name,family_name\nAna,\x00\n", [(2, "", "sheet.binary")]),
        # too much
        (b"a" * (sheets.LONGEST + 1), [(1, "", "sheet.large")]),
        ("given_name,family_name\n" + "a,b\n" * 2001, [(2002, "", "sheet.long")]),
    ],
)
def test_what_is_wrong_with_the_form_is_told_by_line(
    content: bytes | str, expected: list[tuple[int, str, str]]
) -> None:
    assert faults(content) == expected


def test_a_fault_reads_like_a_sentence() -> None:
    with pytest.raises(WrongSheet) as wrong:
        sheets.read(b"given_name,family_nam\nAna,Kim\n", COLUMNS)
    assert str(wrong.value) == (
        "Line 1: The column family_name is missing. Add it.\n"
        "Line 1, family_nam: There is no column of this name. Write 'family_name'."
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-11-21", date(2026, 11, 21)),
        ("21.11.2026", date(2026, 11, 21)),
        ("2026-11-21 00:00:00", date(2026, 11, 21)),
        # two different days in two countries
        ("3/4/2026", None),
        ("2026-02-30", None),
        ("yesterday", None),
    ],
)
def test_a_day_is_read_only_when_it_is_one_day_everywhere(text: str, read: date | None) -> None:
    assert sheets.day(text) == read


WORD = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Cf", "Zl", "Zp"), exclude_characters="'=\ufeff"), min_size=1
)


@given(
    st.lists(st.tuples(WORD, WORD), min_size=1, max_size=5), st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"])
)
def test_whatever_a_spreadsheet_writes_is_read_back(people: list[tuple[str, str]], mark: str, end: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=mark, lineterminator=end).writerows([("given_name", "family_name"), *people])
    assert names(file.getvalue()) == people


@given(st.binary(max_size=200))
def test_no_bytes_are_too_strange(content: bytes) -> None:
    with suppress(WrongSheet):
        sheets.read(b"given_name,family_name\n" + content, COLUMNS)
