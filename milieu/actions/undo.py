"""Taking back what was recorded: a further entry that corrects the first. Nothing is erased."""

from __future__ import annotations

from datetime import datetime

from milieu.actions import checks, writes
from milieu.actions.refused import Refused, refuse
from milieu.record import reading
from milieu.record.entries import Entry
from milieu.record.kinds import CAN_BE_TAKEN_BACK
from milieu.record.ledger import Writing
from milieu.rules import moments, undo
from milieu.rules.permissions import May, Viewer


def take_back(viewer: Viewer, at: datetime, entry_id: str, why: str = "") -> tuple[Entry, ...]:
    """Take back an entry and the others of its act (several people noticed at once are one act)."""
    with writes.writing(viewer, May.TAKE_BACK, at) as write:
        entry = reading.one(write.community, entry_id)
        if entry is None or entry.kind not in CAN_BE_TAKEN_BACK:
            raise refuse("undo.unknown", "There is nothing here that can be taken back. Record what is right instead.")
        problem = undo.problem_with(viewer, entry.by, moments.from_ms(entry.entered_at), at)
        if problem is not None:
            raise Refused(problem)
        _not_ended(entry)
        act = [one for one in reading.of_act(entry) if one.kind in CAN_BE_TAKEN_BACK]
        done = reading.corrections([one.id for one in act])
        return tuple(put(write, one, why) for one in act if one.id not in done)


def _not_ended(entry: Entry) -> None:
    """A one to one that has ended is a thing of the past, and another may have begun since."""
    if entry.kind == "one_to_one_began":
        newest = reading.about(entry.about, kinds=("one_to_one_began", "one_to_one_ended"), limit=1)
        if newest[0].id != entry.id:
            raise refuse("undo.ended", "This has ended already. Record what is right instead.")


def put(write: Writing, entry: Entry, why: str = "") -> Entry:
    """The same for one entry, inside an open write; whether it may be taken back was asked before."""
    body = {"kind": entry.kind, "body": dict(entry.body), "happened_at": entry.happened_at}
    if entry.by:
        body["by"] = entry.by
    made = write.append(
        "taken_back", {**body, **writes.filled({"why": why.strip()[:300]})}, about=entry.about, corrects=entry.id
    )
    if entry.body.get("away"):
        checks.end_search(write, entry.about)
    return made
