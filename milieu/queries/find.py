"""Find or do: the small index a browser searches by itself: people, places, screens and verbs this viewer may use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from milieu.queries import houses
from milieu.queries.parts import first_name
from milieu.queries.viewers import Here
from milieu.record import programmes
from milieu.record.facts.house import Resident
from milieu.rules.permissions import May, Viewer
from milieu.rules.words import Sentence, Text, say


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list. `kind`: do, person, place, page, words. `screen` and `key` name where it leads."""

    kind: str
    title: Sentence | Text | str
    hint: Sentence | Text | str
    screen: str
    key: str
    keys: str
    words: Sentence | Text | str


def index(here: Here, viewer: Viewer, at: datetime) -> tuple[Found, ...]:
    """Everything this viewer can reach from the palette, verbs first."""
    programme = programmes.in_force(here.programme)
    house = houses.load(here, viewer, at)
    spaces = {space.code: space.title for space in programme.spaces}
    found: list[Found] = []
    for one in house.residents:
        found.extend(_person(one, spaces.get(one.place, Text("")), viewer))
    for code, title in spaces.items():
        inside = [first_name(one.name) for one in house.residents if one.place == code]
        if inside:
            who = say("find.who", "who is in: {place}", place=title)
            found.append(Found("place", title, ", ".join(inside), "today", "", "", who))
    found.extend(_pages(viewer))
    if viewer.may(May.RECORD_INTERACTION):
        found.extend(Found("words", one.title, one.guidance, "log", "", "", one.norm) for one in programme.expectations)
    return tuple(found)


def _person(one: Resident, where: Text, viewer: Viewer) -> Iterator[Found]:
    """What one can do with a person, and their page."""
    if not viewer.may(May.OPEN_RESIDENT):
        return
    if viewer.may(May.RECORD_INTERACTION):
        title = say("find.log", "Log {name}", name=one.name)
        yield Found("do", title, where, "log", one.stay, "", f"log {one.full_name}")
    if viewer.may(May.RECORD_CHECK):
        title, room = say("find.seen", "Seen {name}", name=one.name), one.room.rsplit("-", 1)[-1]
        yield Found("do", title, where, "rounds", one.stay, "", f"seen {room} {first_name(one.name)}")
    yield Found("person", one.full_name, where, "resident", one.stay, "", one.name)


def _pages(viewer: Viewer) -> list[Found]:
    pages = [
        (May.SEE_BOARD, say("page.today", "Today"), "today", "T"),
        (May.RECORD_CHECK, say("page.rounds", "Rounds"), "rounds", "R"),
        (May.RECORD_INTERACTION, say("page.log", "Log"), "log", "L"),
        (May.OPEN_RESIDENT, say("page.residents", "Residents"), "residents", "G P"),
        (May.SEE_BOARD, say("page.handover", "Handover"), "handover", "H"),
        (May.SEE_PROGRAMME, say("page.programme", "Programme"), "programme", ""),
        (May.OWN_SETTINGS, say("page.settings", "My settings"), "settings", ""),
    ]
    return [
        Found("page", title, "", screen, "", keys, str(title)) for may, title, screen, keys in pages if viewer.may(may)
    ]
