"""What was just recorded, in a sentence, so that it can be taken back."""

from __future__ import annotations

from milieu.queries.rounds import pad_title
from milieu.queries.viewers import Here
from milieu.record import programmes, reading
from milieu.record.entries import Entry
from milieu.record.facts import stays
from milieu.record.kinds import CAN_BE_TAKEN_BACK
from milieu.rules import checks, moments
from milieu.rules.permissions import Viewer
from milieu.rules.programme.shape import Programme
from milieu.rules.words import Sentence, Text, say


def offer(here: Here, viewer: Viewer, entry_id: str) -> Sentence | None:
    """The sentence for an entry this viewer just recorded and may take back; None otherwise."""
    entry = reading.one(here.id, entry_id) if entry_id else None
    if entry is None or entry.by != viewer.staff:
        return None
    stay = stays.described(here.id, entry.about) if entry.about else None
    name = stay.name if stay else ""
    if entry.kind == "taken_back":
        return (
            say("undone.taken_back", "Taken back. {name} is as before.", name=name)
            if name
            else say("undone.back", "Taken back.")
        )
    if entry.kind not in CAN_BE_TAKEN_BACK:
        return say("undone.kept_for", "Saved for {name}.", name=name) if name else say("undone.kept", "Saved.")
    if reading.corrections([entry.id]):
        return None
    return _sentence(entry, name, programmes.in_force(here.programme), here)


def can_take_back(here: Here, entry_id: str) -> bool:
    """Whether the entry of the offer is one to take back, or itself a taking back."""
    entry = reading.one(here.id, entry_id) if entry_id else None
    return entry is not None and entry.kind in CAN_BE_TAKEN_BACK


def _sentence(entry: Entry, name: str, programme: Programme, here: Here) -> Sentence:
    at = moments.clock(moments.from_ms(entry.happened_at), here.zone)
    body = entry.body
    match entry.kind:
        case "check":
            if body.get("away"):
                return say("undone.away", "{name} was not there at {at}. The search stands on Today.", name=name, at=at)
            if body["as"] == checks.SEEN:
                return say("undone.seen", "{name} seen at {at}.", name=name, at=at)
            how = pad_title(programme, body["as"]).lowered()
            return say("undone.check", "{name} seen at {at}, {how}.", name=name, at=at, how=how)
        case "noticed":
            strength = next(
                (one.title for one in programme.strengths if one.code == body["strength"]), Text(body["strength"])
            )
            return say("undone.noticed", "Noticed: {name}, {what}.", name=name, what=strength)
        case "correction" | "redirection":
            about = next(
                (one.title for one in programme.expectations if one.code == body["expectation"]),
                Text(body["expectation"]),
            )
            return say("undone.reminded", "Recorded for {name}: {what}.", name=name, what=about)
        case "moved":
            place = next((one.title for one in programme.spaces if one.code == body["place"]), Text(body["place"]))
            return say("undone.moved", "{name} is in: {place}.", name=name, place=place)
        case "need_taken":
            return say("undone.need_taken", "You have it now.")
        case "need_done":
            return say("undone.need_done", "Settled.")
        case "one_to_one_began":
            return say("undone.one_to_one", "One to one with {name} began at {at}.", name=name, at=at)
        case _:
            return say("undone.recorded", "Recorded for {name}.", name=name)
