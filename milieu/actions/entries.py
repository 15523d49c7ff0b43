"""The batch door: many entries from a tablet or an importer, each accepted, known already, or refused with a sentence.

One transaction, in the order sent. A refused entry does not hold up the others; all that is accepted is written together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from milieu.actions import attendance, checks, interactions, places, replays, writes
from milieu.actions.refused import Refused, demand, refuse
from milieu.record.entries import Entry
from milieu.record.kinds import WrongBody
from milieu.record.ledger import Writing
from milieu.rules import moments
from milieu.rules.ids import clean_id
from milieu.rules.permissions import May, Viewer
from milieu.rules.words import Sentence, say

MOST = 20_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry: accepted, already, or refused with why."""

    id: str
    what: str
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One entry as it came in, its shape made sure of."""

    id: str
    kind: str
    about: str
    happened_at: datetime
    body: Mapping[str, Any]


def accept(viewer: Viewer, at: datetime, items: Sequence[Any]) -> tuple[Outcome, ...]:
    """Take a batch in; one outcome for each item, in order."""
    if len(items) > MOST:
        raise refuse("batch.long", "That is {n} entries. Send at most {most} at once.", n=len(items), most=MOST)
    demand(viewer, May.OWN_SETTINGS)
    outcomes: list[Outcome] = []
    with writes.writing(viewer, May.OWN_SETTINGS, at) as write:
        read = [_read(item) for item in items]
        sent = [one for one in read if isinstance(one, Sent)]
        write.expect(one.id for one in sent)
        for table in ("stay", "watch", "whereabouts"):
            write.state.prefetch(table, (one.about for one in sent))
        for one in read:
            outcomes.append(one if isinstance(one, Outcome) else _take(viewer, write, one))
    return tuple(outcomes)


def _take(viewer: Viewer, write: Writing, one: Sent) -> Outcome:
    try:
        what, put = _DOORS[one.kind]
        demand(viewer, what)
        write.begin_act(write.author, write.at)  # each was done by itself, and is taken back by itself
        entry = put(write, one)
    except Refused as why:
        return Outcome(one.id, "refused", why.sentence)
    except WrongBody as wrong:
        return Outcome(one.id, "refused", wrong.sentence)
    return Outcome(one.id, "accepted" if entry is not None else "already")


def _read(item: Any) -> Sent | Outcome:
    if not isinstance(item, Mapping):
        return _wrong("", "batch.item", "Each entry is a group of named values: id, kind, about, happened_at, body.")
    shown = str(item.get("id", ""))[:60]
    try:
        entry_id = replays.id_of(str(item.get("id", "")))
    except Refused as why:
        return Outcome(shown, "refused", why.sentence)
    if not entry_id:
        return _wrong(
            shown, "batch.id", "Each entry needs an 'id' of its own, a UUID, so that sending it twice is harmless."
        )
    kind, body = item.get("kind"), item.get("body")
    if not isinstance(kind, str) or kind not in _DOORS:
        return _wrong(
            entry_id,
            "batch.kind",
            "Entries of kind '{kind}' cannot come in here. Use one of: {known}.",
            kind=str(kind)[:40],
            known=", ".join(sorted(_DOORS)),
        )
    if not isinstance(body, Mapping):
        return _wrong(entry_id, "batch.no_body", "Each entry needs a 'body': a group of named values.")
    happened = _moment(item.get("happened_at"))
    if happened is None:
        return _wrong(
            entry_id,
            "batch.time",
            "Each entry needs 'happened_at' as a time with its zone, like 2026-10-14T03:15:00+00:00.",
        )
    return Sent(entry_id, kind, clean_id(str(item.get("about", ""))) or "", happened, body)


def _wrong(entry_id: str, code: str, text: str, **params: str) -> Outcome:
    return Outcome(entry_id, "refused", say(code, text, **params))


def _moment(value: Any) -> datetime | None:
    try:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 43:
            return moments.from_ms(value)
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise refuse("batch.text", "'{name}' must be text.", name=name)
    return value


def _only(one: Sent, *names: str) -> None:
    extra = next((name for name in one.body if name not in names), None)
    if extra is not None:
        raise refuse(
            "batch.extra",
            "An entry of kind '{kind}' has no '{name}'. It may have: {names}.",
            kind=one.kind,
            name=str(extra)[:40],
            names=", ".join(names),
        )


def _check(write: Writing, one: Sent) -> Entry | None:
    _only(one, "as", "chips", "place", "late_because")
    chips = one.body.get("chips", [])
    if not isinstance(chips, list) or not all(isinstance(chip, str) for chip in chips):
        raise refuse("batch.chips", "'chips' must be a list of codes.")
    return checks.put(
        write, one.about, _text(one.body, "as"), entry_id=one.id, happened_at=one.happened_at, chips=chips,
        place=_text(one.body, "place"), late_because=_text(one.body, "late_because"),
    )  # fmt: skip


def _noticed(write: Writing, one: Sent) -> Entry | None:
    _only(one, "strength", "words")
    return interactions.put_noticed(
        write,
        one.about,
        _text(one.body, "strength"),
        _text(one.body, "words"),
        entry_id=one.id,
        happened_at=one.happened_at,
    )


def _reminded(write: Writing, one: Sent) -> Entry | None:
    _only(one, "expectation", "way", "words", "went")
    return interactions.put_reminded(
        write, one.kind, one.about, _text(one.body, "expectation"), _text(one.body, "way"), words=_text(one.body, "words"),
        went=_text(one.body, "went"), entry_id=one.id, happened_at=one.happened_at,
    )  # fmt: skip


def _moved(write: Writing, one: Sent) -> Entry | None:
    _only(one, "place", "doing")
    return places.put(
        write,
        one.about,
        _text(one.body, "place"),
        doing=_text(one.body, "doing"),
        happened_at=one.happened_at,
        entry_id=one.id,
    )


def _attended(write: Writing, one: Sent) -> Entry | None:
    _only(one, "day", "slot", "status", "said", "took_part")
    try:
        day = date.fromisoformat(_text(one.body, "day"))
    except ValueError:
        raise refuse("batch.day", "'day' must be a date like 2026-10-14.") from None
    return attendance.put(
        write, one.about, day, _text(one.body, "slot"), _text(one.body, "status"), said=_text(one.body, "said"),
        took_part=_text(one.body, "took_part"), happened_at=one.happened_at, entry_id=one.id,
    )  # fmt: skip


_Door = Callable[[Writing, Sent], Entry | None]
_DOORS: Mapping[str, tuple[May, _Door]] = {
    "check": (May.RECORD_CHECK, _check),
    "noticed": (May.RECORD_INTERACTION, _noticed),
    "correction": (May.RECORD_INTERACTION, _reminded),
    "redirection": (May.RECORD_INTERACTION, _reminded),
    "moved": (May.MOVE_PEOPLE, _moved),
    "attended": (May.RECORD_ATTENDANCE, _attended),
}
