"""Beginning, describing and ending a stay, and setting a level."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from milieu.actions import checks, writes
from milieu.actions.refused import refuse
from milieu.record.entries import Entry
from milieu.record.kinds import KINDS, WrongBody
from milieu.record.ledger import Writing
from milieu.rules import moments
from milieu.rules.permissions import May, Viewer

ABOUT_ME = frozenset(KINDS["stay_described"].optional)


def begin(viewer: Viewer, at: datetime, person: Mapping[str, str], **about_me: Any) -> Entry:
    """Admit a person: register them and begin their stay."""
    with writes.writing(viewer, May.BEGIN_STAY, at) as write:
        return put(write, person, **about_me)


def put(
    write: Writing,
    person: Mapping[str, str],
    *,
    level: int = 1,
    watch: str = "",
    arrived_at: datetime | None = None,
    **about_me: Any,
) -> Entry:
    """The same inside an open write. `person` holds given_name, family_name and what else is known."""
    given, family = person.get("given_name", "").strip(), person.get("family_name", "").strip()
    if not given:
        raise refuse("stay.name", "Give at least the name the person uses.")
    _level(write, level)
    _room(write, about_me.get("room", ""), about_me.get("bed", ""))
    _people(write, about_me)
    person_id = write.new_id()
    known = writes.filled({name: value.strip() for name, value in person.items()})
    write.append("person_registered", {"family_name": "", **known, "person": person_id})
    initial = f" {family[0].upper()}." if family else ""
    body = {
        "person": person_id, "name": f"{given.split(' ')[0]}{initial}", "full_name": f"{given} {family}".strip(), "level": level,
        "pronouns": person.get("pronouns", ""), **writes.filled(about_me),
    }  # fmt: skip
    arrived = moments.to_ms(arrived_at) if arrived_at else None
    entry = write.append("stay_began", body, about=write.new_id(), happened_at=arrived)
    observation = writes.programme_of(write).observation
    found = next((one for one in observation.levels if one.code == (watch or observation.default_level)), None)
    if found is not None and (every := checks.minutes_of(found)) is not None:
        first = {"level": found.code, "reason": "first order on arrival", "every": every}
        write.append("watch_set", first, about=entry.about)
    return entry


def describe(viewer: Viewer, at: datetime, stay: str, **about_me: Any) -> Entry:
    """Write anew some of how a person wants to be met. Keeping apart is said of both."""
    with writes.writing(viewer, May.DESCRIBE_STAY, at) as write:
        before = [dict(one) for one in writes.still_here(write, stay)["keep_apart"]]
        entry = put_described(write, stay, **about_me)
        if "keep_apart" in about_me:
            _of_the_others(write, stay, before, about_me["keep_apart"])
        return entry


def _of_the_others(write: Writing, stay: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    """Two people are kept apart from each other: what is said of one stands with the other too."""
    said = {one["stay"]: one for one in after}
    for other in dict.fromkeys([*(one["stay"] for one in before), *said]):
        row = writes.stay_of(write, other)
        kept = [one for one in row["keep_apart"] if one["stay"] != stay]
        if other in said:
            kept.append({**said[other], "stay": stay})
        if row["left_at"] is None and kept != row["keep_apart"]:
            write.append("stay_described", {"keep_apart": kept}, about=other)


def put_described(write: Writing, stay: str, **about_me: Any) -> Entry:
    """The same inside an open write."""
    writes.still_here(write, stay)
    if not about_me or not set(about_me) <= ABOUT_ME:
        raise refuse("stay.describe", "There is nothing to write anew. Change at least one line.")
    if "room" in about_me:
        _room(write, about_me["room"], about_me.get("bed", ""), but=stay)
    _people(write, about_me, stay)
    try:
        return write.append("stay_described", about_me, about=stay)
    except WrongBody as wrong:
        raise refuse("stay.describe_wrong", "{why}", why=wrong.sentence) from wrong


def set_level(viewer: Viewer, at: datetime, stay: str, level: int, reason: str) -> Entry:
    """Set the level, with the reason the person will read."""
    with writes.writing(viewer, May.SET_LEVEL, at) as write:
        return put_level(write, stay, level, reason)


def put_level(write: Writing, stay: str, level: int, reason: str) -> Entry:
    """The same inside an open write."""
    writes.still_here(write, stay)
    _level(write, level)
    if not reason.strip():
        raise refuse("level.reason", "Write the reason in words the person will read.")
    return write.append("level_set", {"level": level, "reason": reason.strip()[:600]}, about=stay)


def end(viewer: Viewer, at: datetime, stay: str, why: str, words: str = "") -> Entry:
    """The person leaves."""
    with writes.writing(viewer, May.BEGIN_STAY, at) as write:
        return put_ended(write, stay, why, words)


def put_ended(write: Writing, stay: str, why: str, words: str = "") -> Entry:
    """The same inside an open write."""
    writes.still_here(write, stay)
    if not why.strip():
        raise refuse("stay.why", "Say why the stay ends.")
    return write.append(
        "stay_ended", {"why": why.strip()[:120], **writes.filled({"words": words.strip()[:600]})}, about=stay
    )


def _level(write: Writing, level: int) -> None:
    numbers = [one.number for one in writes.programme_of(write).levels]
    if level not in numbers:
        raise refuse(
            "level.unknown", "This programme has levels {first} to {last}.", first=numbers[0], last=numbers[-1]
        )


def _people(write: Writing, about_me: Mapping[str, Any], stay: str = "") -> None:
    """Whom it names must be people of this house."""
    buddy, worker = about_me.get("buddy"), about_me.get("key_worker")
    if buddy and buddy == stay:
        raise refuse("stay.buddy", "Nobody is their own buddy. Choose somebody else.")
    if buddy:
        writes.still_here(write, buddy)
    if worker:
        writes.staff_of(write, worker)
    for apart in about_me.get("keep_apart") or ():
        if isinstance(apart, Mapping) and isinstance(apart.get("stay"), str):
            if apart["stay"] == stay:
                raise refuse("stay.apart", "Nobody is kept apart from themselves. Choose somebody else.")
            writes.stay_of(write, apart["stay"])


def _room(write: Writing, room: str, bed: str, but: str = "") -> None:
    if room:
        writes.space_of(write, room)
