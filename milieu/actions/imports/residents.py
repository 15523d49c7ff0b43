"""Beginning a stay for each line of a sheet of residents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from milieu.actions import stays
from milieu.actions.imports import desk
from milieu.actions.imports.desk import Desk
from milieu.record.state import Row as StateRow
from milieu.record.state import select
from milieu.rules import moments, sheets
from milieu.rules.programme.shape import Programme, Space
from milieu.rules.sheets import Columns, Row
from milieu.rules.words import Sentence, say

OLDEST = timedelta(days=366 * 120)
_LISTS = ("likes", "helps", "avoids", "needs", "night_plan")
COLUMNS = Columns(
    needed=("given_name", "family_name"),
    further=(
        "pronouns", "born", "languages", "arrived", "room", "bed", "level", "watch", "post", "key_worker", *_LISTS,
    ),
    other_names={
        "first_name": "given_name", "given": "given_name", "forename": "given_name", "last_name": "family_name",
        "surname": "family_name", "family": "family_name", "date_of_birth": "born", "dob": "born", "birth_date": "born",
        "birthday": "born", "admitted": "arrived", "arrival": "arrived", "admission_date": "arrived", "stage": "level",
        "phase": "level", "observation": "watch", "observation_level": "watch", "language": "languages", "job": "post",
    },
    # Given and family name stand together in one column of 120.
    longest={"given_name": 59, "family_name": 59, "pronouns": 40, "languages": 60, "bed": 10, "post": 120},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brought:
    """One resident as brought, or as would be."""

    line: int
    name: str
    room: str
    level: int
    watch: str
    arrived: date


def bring(community: str, content: bytes, at: datetime, *, sure: bool) -> tuple[Brought, ...]:
    """Begin a stay for each line of the sheet: all of them, or none and WrongSheet. Only looks unless `sure`."""
    rows = sheets.read(content, COLUMNS)
    with desk.opened(community, at, sure=sure) as opened:
        here = select("stay", "community = %s AND left_at IS NULL", [community])
        known = _names_here(here)
        beds = Counter((row["room"], row["bed"]) for row in here if row["room"])
        workers = {
            row["id"]: row["full_name"] for row in select("staff", "community = %s AND until IS NULL", [community])
        }
        brought = []
        for row in rows:
            _check_twice(opened, row, known)
            brought.append(_resident(opened, row, workers))
            _check_bed(opened, row, beds)
    return tuple(brought)


def _resident(at: Desk, row: Row, workers: dict[str, str]) -> Brought:
    programme = at.programme
    rooms = {space.code: space.title for space in programme.spaces if space.kind == "bedroom"}
    levels = {str(level.number): level.name for level in programme.levels}
    watches = {level.code: level.title for level in programme.observation.levels}
    person = {name: row[name] for name in ("given_name", "family_name", "pronouns", "languages")}
    born = _born(at, row)
    if born is not None:
        person["born"] = born.isoformat()
    about_me: dict[str, Any] = {name: sheets.several(row[name]) for name in _LISTS}
    about_me |= {"room": at.one_of(row, "room", rooms), "bed": row["bed"], "post": row["post"]}
    about_me["key_worker"] = at.one_of(row, "key_worker", workers, by_title=True)
    level = int(at.one_of(_whole(row, "level"), "level", levels, "1"))
    watch = at.one_of(row, "watch", watches)
    arrived = _arrived(at, row, born)
    entry = at.tried(row, lambda: stays.put(at.write, person, level=level, watch=watch, arrived_at=arrived, **about_me))
    name = entry.body["full_name"] if entry else ""
    return Brought(row.line, name, about_me["room"], level, watch, arrived.date())


def _born(at: Desk, row: Row) -> date | None:
    if not row["born"]:
        return None
    born, today = sheets.day(row["born"]), moments.local(at.write.at, at.zone).date()
    if born is None:
        at.fault(row, "born", _no_day(row["born"]))
    elif born > today:
        at.fault(row, "born", say("sheet.future", "{day} has not come yet. Look at the year.", day=born))
    elif today - born > OLDEST:
        at.fault(row, "born", say("sheet.past", "{day} is more than 120 years ago. Look at the year.", day=born))
    return born


def _arrived(at: Desk, row: Row, born: date | None) -> datetime:
    now = at.write.at
    if not row["arrived"]:
        return now
    day = sheets.day(row["arrived"])
    if day is None:
        at.fault(row, "arrived", _no_day(row["arrived"]))
        return now
    if day > moments.local(now, at.zone).date():
        at.fault(
            row,
            "arrived",
            say("sheet.not_yet", "{day} has not come yet. Import this person when they are here.", day=day),
        )
        return now
    if born is not None and day < born:
        at.fault(
            row,
            "arrived",
            say("sheet.before_born", "{day} is before the person was born. Look at both dates.", day=day),
        )
    # Of a past day only the day is known: noon is nearest to any hour of it.
    noon = datetime.combine(day, time(12), tzinfo=moments.zone(at.zone))
    return min(noon, now)


def _no_day(found: str) -> Sentence:
    return say("sheet.day", "'{found}' is not a day I can read. Write it like 2026-11-21.", found=found)


def _whole(row: Row, column: str) -> Row:
    """The row with a number such as 2.0, as spreadsheets write it, as 2."""
    return Row(row.line, {**row.cells, column: row[column].removesuffix(".0").removesuffix(",0")})


def _same(given: str, family: str) -> tuple[str, str]:
    return " ".join(given.split()).casefold(), " ".join(family.split()).casefold()


def _names_here(here: Sequence[StateRow]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Who is here by name: (born, where that is told)."""
    if not here:
        return {}
    people: dict[tuple[str, str], list[tuple[str, str]]] = {}
    ids = [row["person"] for row in here]
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        for row in select("person", f"id IN ({', '.join(['%s'] * len(chunk))})", chunk):
            people.setdefault(_same(row["given_name"], row["family_name"]), []).append((row["born"], "in the house"))
    return people


def _check_twice(at: Desk, row: Row, known: dict[tuple[str, str], list[tuple[str, str]]]) -> None:
    """Two of one name are two people only when both were born on different days."""
    born = sheets.day(row["born"])
    told = born.isoformat() if born else ""
    same = known.setdefault(_same(row["given_name"], row["family_name"]), [])
    for other, where in same:
        if not told or not other or told == other:
            text = "Somebody of this name is {where} already. Remove the line, or give the day of birth if it is another person."
            at.fault(row, "given_name", say("sheet.twice", text, where=where))
            break
    same.append((told, f"on line {row.line}"))


def _check_bed(at: Desk, row: Row, beds: Counter[tuple[str, str]]) -> None:
    room = _space(at.programme, row["room"])
    if room is None:
        return
    bed = (room.code, row["bed"])
    beds[bed] += 1
    people = sum(count for (code, _), count in beds.items() if code == room.code)
    if row["bed"] and beds[bed] > 1:
        at.fault(
            row,
            "bed",
            say("sheet.bed", "Bed {bed} in {room} is taken. Choose another.", bed=row["bed"], room=room.title),
        )
    elif room.capacity is not None and people > room.capacity:
        text = "{room} has {capacity} places, and this would be person {n}. Choose another room."
        at.fault(row, "room", say("sheet.room_full", text, room=room.title, capacity=room.capacity, n=people))


def _space(programme: Programme, cell: str) -> Space | None:
    plain = cell.casefold()
    return next(
        (one for one in programme.spaces if plain and plain in (one.code.casefold(), one.title.casefold())), None
    )
