"""Raising, taking and settling what needs a person."""

from __future__ import annotations

from datetime import datetime

from milieu.actions import writes
from milieu.actions.refused import refuse
from milieu.record.entries import Entry
from milieu.record.ledger import Writing
from milieu.record.state import Row
from milieu.rules import moments
from milieu.rules.permissions import May, Viewer

KINDS = frozenset({"relief", "tension", "own_view", "help", "talk", "question"})


def raise_(
    viewer: Viewer,
    at: datetime,
    kind: str,
    text: str,
    *,
    stay: str = "",
    other: str = "",
    staff: str = "",
    due_at: datetime | None = None,
) -> Entry:
    """Put something on the list of what needs someone."""
    with writes.writing(viewer, May.TAKE_NEED, at) as write:
        return put(write, kind, text, stay=stay, other=other, staff=staff, due_at=due_at)


def put(
    write: Writing,
    kind: str,
    text: str,
    *,
    stay: str = "",
    other: str = "",
    staff: str = "",
    due_at: datetime | None = None,
) -> Entry:
    """The same inside an open write."""
    if kind not in KINDS:
        raise refuse("need.kind", "What is needed is one of: relief, tension, own view, help, talk, question.")
    for one in filter(None, (stay, other)):
        writes.still_here(write, one)
    if staff:
        writes.staff_of(write, staff)
    body = writes.filled(
        {
            "text": text.strip()[:300],
            "other": other,
            "staff": staff,
            "due_at": None if due_at is None else moments.to_ms(due_at),
        }
    )
    return write.append("need_raised", {"kind": kind, "text": "", **body}, about=stay)


def take(viewer: Viewer, at: datetime, need: str) -> Entry:
    """The viewer takes it on."""
    with writes.writing(viewer, May.TAKE_NEED, at) as write:
        row = _open(write, need)
        if row["taken_by"] == viewer.staff:
            raise refuse("need.mine", "You have this already.")
        if row["taken_by"]:
            raise refuse("need.taken", "Somebody has taken this already. Ask them, or settle it together.")
        return write.append("need_taken", {"need": need}, about=row["about"])


def settle(viewer: Viewer, at: datetime, need: str, plan: str = "") -> Entry:
    """It is done, with the plan in a few words."""
    with writes.writing(viewer, May.TAKE_NEED, at) as write:
        return put_done(write, need, plan)


def put_done(write: Writing, need: str, plan: str = "") -> Entry:
    """The same inside an open write."""
    row = _open(write, need)
    return write.append("need_done", {"need": need, **writes.filled({"plan": plan.strip()[:300]})}, about=row["about"])


def _open(write: Writing, need: str) -> Row:
    row = write.state.get("need", need)
    if row is None or row["community"] != write.community:
        raise refuse("need.unknown", "This is not on the list any more. Load the board again.")
    if row["done_at"] is not None:
        raise refuse("need.done", "This is settled already.")
    return row
