"""Every row of every table is so, and what the house reads of it is up to date."""

from __future__ import annotations

import pytest

from milieu.rules.permissions import May
from milieu.rules.visibility import Matter
from tests.spec import access, generate
from tests.spec.chapters import Row, Table

ROWS = [
    pytest.param(table, row, id=f"{chapter.name}-{table.title}-{' '.join(row[: len(row) - table.answers])}")
    for chapter in generate.CHAPTERS
    for table in chapter.tables
    for row in table.rows
]


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_a_row_is_so(table: Table, row: Row) -> None:
    assert len(row) == len(table.columns)
    assert table.asked(row) == table.expected(row)


def test_no_question_is_asked_twice() -> None:
    for chapter in generate.CHAPTERS:
        for table in chapter.tables:
            questions = [row[: len(row) - table.answers] for row in table.rows]
            assert len(questions) == len(set(questions)), table.title


def test_the_tables_of_access_leave_nothing_out() -> None:
    may, sees = access.CHAPTER.tables
    assert [row[0] for row in may.rows] == [one.value for one in May]
    assert [row[0] for row in sees.rows] == [one.value for one in Matter]


def test_what_the_house_reads_is_up_to_date() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in generate.FOLDER.glob("*.md")}
    assert there == generate.pages(), "run python -m tests.spec.generate"
