"""Find or do: the small index a browser searches by itself: people, places, screens and verbs this viewer may use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milieu.queries import houses
from milieu.queries.viewers import Here
from milieu.record import programmes
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
    found = []
    if viewer.may(May.OPEN_RESIDENT):
        for one in house.residents:
            where = spaces.get(one.place, Text(""))
            first = one.name.split(" ")[0]
            if viewer.may(May.RECORD_INTERACTION):
                found.append(
                    Found(
                        "do",
                        say("find.log", "Log {name}", name=one.name),
                        where,
                        "log",
                        one.stay,
                        "",
                        f"log {one.full_name}",
                    )
                )
            if viewer.may(May.RECORD_CHECK):
                room = one.room.rsplit("-", 1)[-1]
                found.append(
                    Found(
                        "do",
                        say("find.seen", "Seen {name}", name=one.name),
                        where,
                        "rounds",
                        one.stay,
                        "",
                        f"seen {room} {first}",
                    )
                )
            found.append(Found("person", one.full_name, where, "resident", one.stay, "", one.name))
    for space in programme.spaces:
        inside = [one.name.split(" ")[0] for one in house.residents if one.place == space.code]
        if inside:
            found.append(
                Found(
                    "place",
                    space.title,
                    ", ".join(inside),
                    "today",
                    "",
                    "",
                    say("find.who", "who is in: {place}", place=space.title),
                )
            )
    found.extend(_pages(viewer))
    for one_expectation in programme.expectations:
        found.append(
            Found("words", one_expectation.title, one_expectation.guidance, "log", "", "", one_expectation.norm)
        )
    return tuple(found)


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
