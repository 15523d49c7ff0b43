"""What stands in a sheet (CSV) that somebody exported, and what is wrong with it, line by line?

Text as spreadsheets write it: comma, semicolon or tab, with or without a byte order mark. What the cells mean is for the
rows' own rules; nothing here knows residents or staff.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from milieu.rules.programme.problem import choice
from milieu.rules.words import Sentence, say

LONGEST = 5 * 1024 * 1024
MOST_ROWS = 2000
_SPACES = "\u00a0\u202f\u200b\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a sheet: the line a person would look at, the column if it is one cell, and what to do."""

    line: int
    column: str
    sentence: Sentence

    def __str__(self) -> str:
        return f"Line {self.line}{f', {self.column}' if self.column else ''}: {self.sentence}"


class WrongSheet(Exception):
    """Nothing was brought; `faults` says why, in order of lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet by column name; `line` is where it begins in the file."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Columns:
    """What a sheet may have: columns that must be there, further ones, and other names people give them."""

    needed: tuple[str, ...]
    further: tuple[str, ...]
    other_names: Mapping[str, str]
    longest: Mapping[str, int] = field(default_factory=dict)  # characters of a cell, where a table sets a limit

    @property
    def known(self) -> tuple[str, ...]:
        """Every column by its own name."""
        return (*self.needed, *self.further)

    def named(self, heading: str) -> str:
        """The column meant by a heading, or the heading as it stands."""
        plain = re.sub(r"[^\w]+", "_", heading.strip().lower()).strip("_")
        return self.other_names.get(plain, plain)


def read(content: bytes, columns: Columns) -> tuple[Row, ...]:
    """The rows of a sheet; WrongSheet with everything that is wrong with its form."""
    lines = list(_LINE.findall(_text(content)))
    first = 1
    if lines and re.match(r"sep=.\s*$", lines[0], re.IGNORECASE):
        lines, first = lines[1:], 2
    if not lines:
        raise WrongSheet([Fault(1, "", say("sheet.empty", "The file is empty. Export it again."))])
    separator = max(
        ";,\t", key=lambda mark: sum(columns.named(part.strip('"')) in columns.known for part in lines[0].split(mark))
    )
    found = list(_split(lines, separator, first))
    headings = [columns.named(cell) for cell in found[0][1]]
    while headings and not headings[-1]:
        headings.pop()
    faults = list(_heading_faults(headings, columns, found[0][0]))
    if faults:
        raise WrongSheet(faults)
    rows = [(line, cells) for line, cells in found[1:] if any(cells)]
    faults = [fault for line, cells in rows if (fault := _torn(line, cells, headings, separator))]
    if not rows:
        faults.append(Fault(first, "", say("sheet.no_rows", "There is nothing below the headings. Export it again.")))
    if len(rows) > MOST_ROWS:
        faults.append(
            Fault(rows[MOST_ROWS][0], "", say("sheet.long", "A sheet may have {n} rows. Cut it in two.", n=MOST_ROWS))
        )
    if faults:
        raise WrongSheet(faults)
    return _fitting(tuple(Row(line, dict(zip(headings, cells, strict=False))) for line, cells in rows), columns)


def _fitting(rows: tuple[Row, ...], columns: Columns) -> tuple[Row, ...]:
    faults = [
        Fault(
            row.line,
            name,
            say("sheet.cell_long", "This is {n} characters long. Keep it to {most}.", n=len(row[name]), most=most),
        )
        for row in rows
        for name, most in columns.longest.items()
        if len(row[name]) > most
    ]
    if faults:
        raise WrongSheet(faults)
    return rows


def day(text: str) -> date | None:
    """A day as people and spreadsheets write it: 2026-11-21 or 21.11.2026, a midnight after it ignored; else None.

    3/4/2026 is two different days in two countries, so it is none here.
    """
    plain = re.sub(r"[ T]00:00(:00)?$", "", text.strip())
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def several(cell: str) -> list[str]:
    """The parts of a cell that holds several things: each on a line of its own, or with | between them."""
    return [part.strip() for part in re.split(r"[|\r\n]", cell) if part.strip()]


def _text(content: bytes) -> str:
    if len(content) > LONGEST:
        raise WrongSheet(
            [Fault(1, "", say("sheet.large", "The file is larger than {n} MB. Is it the right one?", n=LONGEST >> 20))]
        )
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding, rest = "utf-16", content
    else:
        encoding, rest = "utf-8", content.removeprefix(b"\xef\xbb\xbf")
    try:
        text = rest.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = rest.count(b"\n", 0, wrong.start) + 1
        sentence = say(
            "sheet.encoding", "This is not UTF-8 text, so letters such as é would be lost. Save it as 'CSV UTF-8'."
        )
        raise WrongSheet([Fault(line, "", sentence)]) from wrong
    strange = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        raise WrongSheet(
            [Fault(line, "", say("sheet.binary", "This is not text. Save the sheet as CSV, not as a workbook."))]
        )
    return text


def _split(lines: list[str], separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begins = first
    try:
        for cells in reader:
            yield begins, [_clean(cell) for cell in cells]
            begins = first + reader.line_num
    except csv.Error as wrong:
        sentence = say(
            "sheet.quote",
            "A quotation mark here has no partner, so the row does not end. The file may have been cut off: export it again.",
        )
        raise WrongSheet([Fault(begins, "", sentence)]) from wrong


def _clean(cell: str) -> str:
    plain = cell.strip(f" \t\r\n{_SPACES}")
    formula = re.fullmatch(r'="(.*)"', plain)  # how spreadsheets keep the zeros of 0123
    return formula[1] if formula else re.sub(r"^'(?=[\d=+@-])", "", plain)


def _heading_faults(headings: Sequence[str], columns: Columns, line: int) -> Iterator[Fault]:
    for n, heading in enumerate(headings):
        if not heading:
            yield Fault(
                line, "", say("sheet.heading_empty", "Column {n} has no heading. Give it one, or remove it.", n=n + 1)
            )
        elif heading not in columns.known:
            meant = choice(heading, columns.known)
            yield Fault(
                line,
                heading,
                say("sheet.heading_unknown", "There is no column of this name. Write {meant}.", meant=meant),
            )
        elif heading in headings[:n]:
            yield Fault(line, heading, say("sheet.heading_twice", "This column is there twice. Remove one of them."))
    missing = [name for name in columns.needed if name not in headings]
    if missing:
        one, many = "The column {names} is missing. Add it.", "The columns {names} are missing. Add them."
        yield Fault(line, "", say("sheet.missing", one, many=many, n=len(missing), names=" and ".join(missing)))


def _torn(line: int, cells: Sequence[str], headings: Sequence[str], separator: str) -> Fault | None:
    if len(cells) < len(headings):
        text = "This line has {n} cells where the headings have {all}. It may have been cut off: export the file again."
        return Fault(line, "", say("sheet.torn", text, n=len(cells), all=len(headings)))
    if any(cells[len(headings) :]):
        text = (
            "This line has {n} cells where the headings have {all}. Put a cell with '{mark}' in it in quotation marks."
        )
        return Fault(line, "", say("sheet.wide", text, n=len(cells), all=len(headings), mark=separator))
    return None
