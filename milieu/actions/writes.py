"""What every action does first: open one write for this viewer, and find the stay it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Any

from milieu.actions.refused import Refused, demand, refuse
from milieu.record import ledger, programmes
from milieu.record.kinds import WrongBody
from milieu.record.ledger import Author, Writing
from milieu.record.state import Row
from milieu.rules.permissions import May, Viewer
from milieu.rules.programme.shape import Programme
from milieu.rules.words import Refusal


@contextmanager
def writing(viewer: Viewer, what: May, at: datetime, random: Random | None = None) -> Iterator[Writing]:
    """One write on the viewer's community, if they may."""
    demand(viewer, what)
    if not viewer.community:
        raise refuse("write.nowhere", "Choose the community you work in first.")
    with ledger.writing(viewer.community, author_of(viewer), at, random=random) as write:
        try:
            yield write
        except WrongBody as wrong:
            raise Refused(Refusal(wrong.sentence)) from wrong


def author_of(viewer: Viewer) -> Author:
    """The viewer as the author of entries."""
    return Author(viewer.staff, viewer.role, viewer.device)


def programme_of(write: Writing) -> Programme:
    """The programme version this write is judged under."""
    return programmes.in_force(write.programme)


def stay_of(write: Writing, stay: str) -> Row:
    """The stay as this write sees it. One of another community is as unknown as none at all."""
    row = write.state.get("stay", stay)
    if row is None or row["community"] != write.community:
        raise refuse("stay.unknown", "There is no such resident here. Choose somebody from the list.")
    return row


def still_here(write: Writing, stay: str) -> Row:
    """The stay of somebody who has not left."""
    row = stay_of(write, stay)
    if row["left_at"] is not None:
        raise refuse("stay.left", "{name} has left. Nothing more can be recorded about this stay.", name=row["name"])
    return row


def staff_of(write: Writing, staff: str) -> Row:
    """The assignment of somebody who works here now."""
    row = write.state.get("staff", staff)
    if row is None or row["community"] != write.community or row["until"] is not None:
        raise refuse("staff.unknown", "There is no such member of staff here. Choose somebody from the list.")
    return row


def space_of(write: Writing, code: str) -> None:
    """Refuse a place the programme does not have."""
    programme = programme_of(write)
    if not any(space.code == code for space in programme.spaces):
        raise refuse(
            "place.unknown", "There is no place '{code}' in this programme. Choose one of its spaces.", code=code
        )


def filled(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body without what is empty or absent."""
    return {name: value for name, value in body.items() if value not in (None, "", [], {}, ())}
