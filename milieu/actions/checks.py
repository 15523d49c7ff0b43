"""Recording that somebody was seen, and how often someone is to look in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from milieu.actions import replays, writes
from milieu.actions.refused import Refused, refuse
from milieu.record.entries import Entry
from milieu.record.ledger import Writing
from milieu.rules import checks, moments
from milieu.rules.checks import CheckFacts
from milieu.rules.permissions import May, Viewer
from milieu.rules.programme.shape import ObservationLevel, Programme


def record(
    viewer: Viewer, at: datetime, stay: str, seen_as: str, *, entry_id: str = "", happened_at: datetime | None = None,
    chips: Sequence[str] = (), place: str = "", late_because: str = "",
) -> Entry | None:  # fmt: skip
    """Record one look-in; None when this very check was recorded before (sending twice is harmless)."""
    with writes.writing(viewer, May.RECORD_CHECK, at) as write:
        return put(
            write,
            stay,
            seen_as,
            entry_id=entry_id,
            happened_at=happened_at,
            chips=chips,
            place=place,
            late_because=late_because,
        )


def put(
    write: Writing, stay: str, seen_as: str, *, entry_id: str = "", happened_at: datetime | None = None,
    chips: Sequence[str] = (), place: str = "", late_because: str = "", via: str = "",
) -> Entry | None:  # fmt: skip
    """The same inside an open write."""
    row = writes.stay_of(write, stay)
    programme = writes.programme_of(write)
    happened = happened_at or write.at
    away = seen_as in _away(programme)
    body = writes.filled(
        {
            "as": seen_as, "chips": list(chips), "place": place, "late_because": late_because.strip(), "via": via,
            "away": 1 if away else None,
        }
    )  # fmt: skip
    if replays.is_replayed(write, "check", entry_id, stay, happened_at, body):
        return None
    pads, known_chips = _offered(programme)
    facts = CheckFacts(
        name=row["name"],
        arrived_at=moments.from_ms(row["arrived_at"]),
        left_at=None if row["left_at"] is None else moments.from_ms(row["left_at"]),
        pads=pads,
        chips=known_chips,
        reason_for_late=programme.observation.back_entry_needs_reason,
    )
    problem = checks.problem_with(facts, seen_as, chips, happened, write.at, late_because)
    if problem is not None:
        raise Refused(problem)
    entry = write.append("check", body, about=stay, happened_at=moments.to_ms(happened), entry_id=entry_id)
    _search(write, stay, away)
    return entry


def _search(write: Writing, stay: str, away: bool) -> None:
    """Whoever is not there is looked for from now on; whoever is seen is found."""
    watch = write.state.get("watch", stay)
    searching = watch["search"] if watch else ""
    if away and not searching:
        write.append("need_raised", {"kind": "search", "text": ""}, about=stay)
    elif not away and searching:
        write.append("need_done", {"need": searching, "plan": ""}, about=stay)


def end_search(write: Writing, stay: str) -> None:
    """That somebody was not there is taken back: nobody need look any more."""
    _search(write, stay, away=False)


@lru_cache(maxsize=64)
def _away(programme: Programme) -> frozenset[str]:
    """The pad buttons that say the person was not there."""
    pads = (*programme.observation.night_pad, *programme.observation.day_pad)
    return frozenset(button.code for button in pads if button.means == "away")


@lru_cache(maxsize=64)
def _offered(programme: Programme) -> tuple[frozenset[str], frozenset[str]]:
    """The pad buttons and the chips of a programme, by code."""
    observation = programme.observation
    pads = frozenset(button.code for button in (*observation.night_pad, *observation.day_pad)) | {checks.SEEN}
    return pads, frozenset(chip.code for chip in observation.chips)


def order(
    viewer: Viewer, at: datetime, stay: str, level: str, reason: str, *, until: datetime | None = None,
    sleep: tuple[datetime, datetime] | None = None,
) -> Entry:  # fmt: skip
    """Order how often someone looks in on a resident, with the reason."""
    with writes.writing(viewer, May.ORDER_WATCH, at) as write:
        return put_order(write, stay, level, reason, until=until, sleep=sleep)


def put_order(
    write: Writing, stay: str, level: str, reason: str, *, until: datetime | None = None,
    sleep: tuple[datetime, datetime] | None = None,
) -> Entry:  # fmt: skip
    """The same inside an open write."""
    writes.still_here(write, stay)
    observation = writes.programme_of(write).observation
    found = next((one for one in observation.levels if one.code == level), None)
    if found is None:
        raise refuse("watch.unknown", "There is no observation level '{code}' in this programme.", code=level)
    if not reason.strip():
        raise refuse("watch.reason", "Say in a few words why. The person may read it.")
    if until is not None and until <= write.at:
        raise refuse("watch.until", "The end lies in the past. Choose a later time, or leave it open.")
    if sleep is not None and not observation.agreed_sleep_allowed:
        raise refuse("watch.no_sleep", "This programme has no agreed sleep without checks.")
    if sleep is not None and not timedelta(0) < sleep[1] - sleep[0] <= timedelta(hours=14):
        raise refuse("watch.sleep", "Agreed sleep needs a start before its end, at most 14 hours later.")
    body = writes.filled(
        {
            "level": level,
            "reason": reason.strip(),
            "every": minutes_of(found),
            "until": None if until is None else moments.to_ms(until),
            "sleep_from": None if sleep is None else moments.to_ms(sleep[0]),
            "sleep_until": None if sleep is None else moments.to_ms(sleep[1]),
        }
    )
    return write.append("watch_set", body, about=stay)


def minutes_of(level: ObservationLevel) -> int | None:
    """How often someone looks in under this order. Continuous with nobody beside them: after the gap it allows."""
    every = level.every or level.continuous_gap
    return None if every is None else int(every.minutes)


def begin_one_to_one(viewer: Viewer, at: datetime, stay: str) -> Entry:
    """The viewer stays with this person from now on."""
    with writes.writing(viewer, May.RECORD_CHECK, at) as write:
        return put_one_to_one(write, stay, viewer.staff)


def put_one_to_one(write: Writing, stay: str, staff: str) -> Entry:
    """The same inside an open write."""
    row = writes.still_here(write, stay)
    writes.staff_of(write, staff)
    watch = write.state.get("watch", stay)
    if watch and watch["one_to_one"]:
        raise refuse("one_to_one.taken", "Somebody is with {name} already.", name=row["name"])
    return write.append("one_to_one_began", {"staff": staff}, about=stay)


def end_one_to_one(viewer: Viewer, at: datetime, stay: str, words: str = "") -> Entry:
    """The one-to-one with this person ends."""
    with writes.writing(viewer, May.RECORD_CHECK, at) as write:
        return put_one_to_one_ended(write, stay, words)


def put_one_to_one_ended(write: Writing, stay: str, words: str = "") -> Entry:
    """The same inside an open write."""
    row = writes.still_here(write, stay)
    watch = write.state.get("watch", stay)
    if not watch or not watch["one_to_one"]:
        raise refuse("one_to_one.none", "Nobody is one to one with {name}.", name=row["name"])
    return write.append("one_to_one_ended", writes.filled({"words": words}), about=stay)
