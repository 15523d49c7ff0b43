"""Recording what was noticed, what was reminded, where somebody was steered, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from milieu.actions import replays, writes
from milieu.actions.refused import refuse
from milieu.record import reading
from milieu.record.entries import Entry
from milieu.record.ledger import Writing
from milieu.rules import moments
from milieu.rules.permissions import May, Viewer

WAYS = frozenset({"agreed", "differently"})
WENT = frozenset({"settled", "needs_time", "not_yet"})
WORDS_LIMIT = 600


def notice(
    viewer: Viewer, at: datetime, stays: Sequence[str], strength: str, words: str = "", *, entry_ids: Sequence[str] = ()
) -> tuple[Entry, ...]:
    """Record a strength seen in one or several people, in one act."""
    _some(stays)
    with writes.writing(viewer, May.RECORD_INTERACTION, at) as write:
        ids = _ids(stays, entry_ids)
        return tuple(
            entry
            for stay, entry_id in zip(stays, ids, strict=True)
            if (entry := put_noticed(write, stay, strength, words, entry_id=entry_id))
        )


def put_noticed(
    write: Writing,
    stay: str,
    strength: str,
    words: str = "",
    *,
    entry_id: str = "",
    happened_at: datetime | None = None,
) -> Entry | None:
    """The same for one person inside an open write; None when sent twice."""
    writes.stay_of(write, stay)
    if not any(one.code == strength for one in writes.programme_of(write).strengths):
        raise refuse(
            "noticed.unknown",
            "There is no strength '{code}' in this programme. Choose one of those shown.",
            code=strength,
        )
    body = writes.filled({"strength": strength, "words": _words(words), "place": _place(write, stay)})
    return _put(write, "noticed", stay, body, entry_id, happened_at)


def remind(
    viewer: Viewer, at: datetime, kind: str, stays: Sequence[str], expectation: str, way: str, *, words: str = "", went: str = "",
    entry_ids: Sequence[str] = (),
) -> tuple[Entry, ...]:  # fmt: skip
    """Record a correction or a redirection (`kind`), said the agreed way or differently."""
    _some(stays)
    with writes.writing(viewer, May.RECORD_INTERACTION, at) as write:
        ids = _ids(stays, entry_ids)
        return tuple(
            entry
            for stay, entry_id in zip(stays, ids, strict=True)
            if (entry := put_reminded(write, kind, stay, expectation, way, words=words, went=went, entry_id=entry_id))
        )


def put_reminded(
    write: Writing, kind: str, stay: str, expectation: str, way: str, *, words: str = "", went: str = "", entry_id: str = "",
    happened_at: datetime | None = None,
) -> Entry | None:  # fmt: skip
    """The same for one person inside an open write; None when sent twice."""
    writes.stay_of(write, stay)
    if kind not in ("correction", "redirection"):
        raise refuse("interaction.kind", "Choose what happened: noticed, correction, redirection or calming steps.")
    if not any(one.code == expectation for one in writes.programme_of(write).expectations):
        raise refuse(
            "expectation.unknown",
            "There is no expectation '{code}' in this programme. Choose one of those shown.",
            code=expectation,
        )
    if way not in WAYS:
        raise refuse("interaction.way", "Say whether you said it the agreed way or differently.")
    if went and went not in WENT:
        raise refuse("interaction.went", "How it went is one of: settled, needs time, not yet.")
    body = writes.filled(
        {"expectation": expectation, "way": way, "words": _words(words), "went": went, "place": _place(write, stay)}
    )
    return _put(write, kind, stay, body, entry_id, happened_at)


def went(viewer: Viewer, at: datetime, entry_id: str, how: str) -> Entry:
    """Add how an interaction went, after the fact."""
    if how not in WENT:
        raise refuse("interaction.went", "How it went is one of: settled, needs time, not yet.")
    with writes.writing(viewer, May.RECORD_INTERACTION, at) as write:
        of = reading.one(write.community, entry_id)
        if of is None or of.kind not in ("correction", "redirection"):
            raise refuse(
                "interaction.unknown", "That interaction is not in the record. Open the person's page and look there."
            )
        return write.append("went", {"of": of.id, "went": how}, about=of.about)


def ask_team(viewer: Viewer, at: datetime, stay: str, text: str) -> Entry:
    """There is no agreed answer: put the question on the team's list."""
    if not text.strip():
        raise refuse("question.empty", "Write the situation in a few words, so that the team can answer it.")
    with writes.writing(viewer, May.RECORD_INTERACTION, at) as write:
        if stay:
            writes.still_here(write, stay)
        return write.append("need_raised", {"kind": "question", "text": _words(text)[:300]}, about=stay)


def _put(
    write: Writing, kind: str, stay: str, body: dict[str, object], entry_id: str, happened_at: datetime | None
) -> Entry | None:
    if replays.is_replayed(write, kind, entry_id, stay, happened_at, body, added=("place",)):
        return None
    row = writes.still_here(write, stay)
    happened = happened_at or write.at
    replays.refuse_wrong_time(row, happened, write.at)
    return write.append(kind, body, about=stay, happened_at=moments.to_ms(happened), entry_id=entry_id)


def _some(stays: Sequence[str]) -> None:
    if not stays:
        raise refuse("interaction.nobody", "Choose who it was about.")


def _ids(stays: Sequence[str], entry_ids: Sequence[str]) -> Sequence[str]:
    return entry_ids if len(entry_ids) == len(stays) else [""] * len(stays)


def _words(words: str) -> str:
    clean = " ".join(words.split())
    if len(clean) > WORDS_LIMIT:
        raise refuse(
            "words.long",
            "That is {n} characters. Keep it under {limit}, or write a note instead.",
            n=len(clean),
            limit=WORDS_LIMIT,
        )
    return clean


def _place(write: Writing, stay: str) -> str:
    here = write.state.get("whereabouts", stay)
    return here["place"] if here else ""
