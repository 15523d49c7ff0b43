"""Who looked: every opening of one person's pages, newest first. Read from the access log alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection

from milieu.queries.viewers import Here
from milieu.record import programmes
from milieu.record.facts import stays
from milieu.rules import moments
from milieu.rules.moments import from_ms
from milieu.rules.permissions import called
from milieu.rules.words import Sentence, Text, say

PAGE = 100
SAME_LOOK = timedelta(minutes=10)

# What a page is called to the person it is about. A page not listed here is named by its code.
PAGES: Mapping[str, Sentence] = {
    "resident.timeline": say("opened.timeline", "Timeline"),
    "resident.plan": say("opened.plan", "Plan"),
    "resident.level": say("opened.level", "Level"),
    "resident.circle": say("opened.circle", "Circle"),
    "resident": say("opened.resident", "Page of the person"),
    "who_looked": say("opened.who_looked", "This list"),
    "move": say("opened.move", "Form: where they are"),
    "order": say("opened.order", "Form: how often someone looks in"),
    "describe": say("opened.describe", "Form: how they want to be met"),
    "level": say("opened.level_form", "Form: level"),
    "leave": say("opened.leave", "Form: leaving"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked, in what role, at what, on which shared tablet; from `at` until `until` where it stayed open."""

    at: datetime
    until: datetime
    name: str
    role: Text | Sentence
    page: Sentence | str
    device: str


@dataclass(frozen=True, slots=True)
class Day:
    """The openings of one day of the community."""

    at: datetime
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class WhoLooked:
    """The list for one stay; `before` leads to older openings, None at the end."""

    stay: str
    name: str
    days: tuple[Day, ...]
    before: int | None
    sees: Sentence


_OPENINGS = """
SELECT o.id, o.at, COALESCE(s.name, a.name, ''), o.role, o.page, COALESCE(d.label, '') FROM opening o
LEFT JOIN staff s ON s.id = o.staff LEFT JOIN account a ON a.id = o.account LEFT JOIN device d ON d.id = o.device
WHERE o.stay = %s AND o.community = %s AND o.id < %s ORDER BY o.id DESC LIMIT %s
"""


def page(here: Here, stay: str, before: int | None = None) -> WhoLooked | None:
    """Who opened this person's pages; None when there is no such person in this community."""
    person = stays.described(here.id, stay)
    if person is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_OPENINGS, [stay, here.id, before or 2**62, PAGE + 1])
        rows = cursor.fetchall()
    titles = {role.code: role.title for role in programmes.in_force(here.programme).roles}
    looks = [
        Look(
            from_ms(at),
            from_ms(at),
            name,
            called(role, titles),
            PAGES.get(code, code.replace(".", ", ").replace("_", " ")),
            device,
        )
        for _, at, name, role, code, device in rows[:PAGE]
    ]
    return WhoLooked(
        stay, person.name, _days(_together(looks), here.zone), rows[PAGE - 1][0] if len(rows) > PAGE else None,
        say("sees.who_looked", "Staff who may open this page see this list. {name} may ask for it at any time.", name=person.name),
    )  # fmt: skip


def _together(looks: Iterable[Look]) -> list[Look]:
    """A page that stays open is fetched again with every change: such openings stand as one line with both its times."""
    joined: list[Look] = []
    for look in looks:
        later = joined[-1] if joined else None
        if (
            later is not None
            and later.at - look.at <= SAME_LOOK
            and replace(look, at=later.at, until=later.until) == later
        ):
            joined[-1] = replace(later, at=look.at)
        else:
            joined.append(look)
    return joined


def _days(looks: list[Look], zone: str) -> tuple[Day, ...]:
    days: dict[str, list[Look]] = {}
    for look in looks:
        days.setdefault(moments.local_day(look.at, zone).isoformat(), []).append(look)
    return tuple(Day(day[0].at, tuple(day)) for day in days.values())
