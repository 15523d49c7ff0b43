"""When someone must look in on a person next, whether that is due, late or missed, and what may be recorded.

Intervals and late rules come from the programme (field.md 3: due is the last time seen plus the interval; late beyond the
interval; missed beyond one and a half). Walking order and rounds are built on top in `rounds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from milieu.rules.programme.shape import Observation
from milieu.rules.words import Refusal, Sentence, say


class Standing(Enum):
    """How a person's next check stands. The value is the code screens use."""

    ON_TIME = "on_time"
    DUE = "due"
    LATE = "late"
    MISSED = "missed"
    ONE_TO_ONE = "one_to_one"
    AGREED_SLEEP = "agreed_sleep"
    OUT = "out"
    NONE = "none"


URGENCY = (Standing.MISSED, Standing.LATE, Standing.DUE)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the rule needs to know of one person; times are aware."""

    level: str
    every: timedelta | None
    since: datetime
    seen_at: datetime | None = None
    until: datetime | None = None
    sleep_from: datetime | None = None
    sleep_until: datetime | None = None
    one_to_one: bool = False
    out_until: datetime | None = None
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The answer: how it stands, until when, how much of the interval is left (0 to 1), and why in a sentence."""

    standing: Standing
    at: datetime | None
    share_left: float
    reason: Sentence

    @property
    def is_waiting(self) -> bool:
        """Whether a person has to go and look now."""
        return self.standing in URGENCY


def due(watched: Watched, policy: Observation, at: datetime) -> Due:
    """How the next check stands at `at`.

    One to one comes first, then being out until the time agreed, then agreed sleep, then the interval counted from the
    last time seen; a person never seen counts from the order. The ring empties from full to none; `due` begins at the
    approaching share.
    """
    at = at.astimezone(UTC)  # two times of one zone would be subtracted by the clock on the wall
    if watched.one_to_one:
        return Due(Standing.ONE_TO_ONE, None, 1.0, say("check.one_to_one", "Someone is with them all the time."))
    if watched.is_out and (watched.out_until is None or at < watched.out_until):
        return Due(Standing.OUT, watched.out_until, 1.0, say("check.out", "Out of the house."))
    sleeping = watched.sleep_from and watched.sleep_until and watched.sleep_from <= at < watched.sleep_until
    if sleeping and watched.sleep_until:
        return Due(
            Standing.AGREED_SLEEP, watched.sleep_until, 1.0, say("check.sleep", "Sleep without checks was agreed.")
        )
    if watched.every is None:
        return Due(Standing.NONE, None, 1.0, say("check.none", "No checks are ordered."))
    return _by_interval(watched, watched.every, policy, at)


def _by_interval(watched: Watched, every: timedelta, policy: Observation, at: datetime) -> Due:
    counted_from = watched.seen_at or watched.since
    if watched.sleep_until and counted_from < watched.sleep_until <= at:
        # agreed sleep has ended: look in soon. Nobody is late from the first second, nor asked for twice who was just seen
        counted_from = max(counted_from, watched.sleep_until - every * policy.approaching_share.value)
    if watched.is_out and watched.out_until and counted_from < watched.out_until:
        counted_from = watched.out_until - every  # expected back by now: look for them
    # a shorter interval ordered since the last look-in asks for one now, and blames nobody for the time before
    counted_from = max(counted_from, watched.since - every)
    due_at = counted_from + every
    gone = (at - counted_from) / every
    share_left = min(1.0, max(0.0, 1.0 - gone))
    minutes = max(1, -(-int((at - due_at).total_seconds()) // 60))
    if gone > policy.missed_after.value:
        why = say(
            "check.missed",
            "No check for {n} minute beyond its time.",
            many="No check for {n} minutes beyond its time.",
            n=minutes,
        )
        return Due(Standing.MISSED, due_at, 0.0, why)
    if gone > policy.late_after.value:
        why = say("check.late", "The check is {n} minute late.", many="The check is {n} minutes late.", n=minutes)
        return Due(Standing.LATE, due_at, 0.0, why)
    left = -(-int((due_at - at).total_seconds()) // 60)
    if gone >= policy.approaching_share.value:
        why = say("check.due", "{n} minute left.", many="{n} minutes left.", n=left)
        return Due(Standing.DUE, due_at, share_left, why)
    why = say("check.on_time", "{n} minute to the next check.", many="{n} minutes to the next check.", n=left)
    return Due(Standing.ON_TIME, due_at, share_left, why)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without a check that was longer than ordered."""

    began: datetime
    ended: datetime
    standing: Standing


def gaps(
    seen: Sequence[datetime], every: timedelta, policy: Observation, since: datetime, until: datetime
) -> tuple[Gap, ...]:
    """Every stretch between `since` and `until` in which a check came late or not at all; `seen` in any order."""
    since, until = since.astimezone(UTC), until.astimezone(UTC)
    inside = sorted(moment.astimezone(UTC) for moment in seen if since <= moment <= until)
    found = []
    for began, ended in zip([since, *inside], [*inside, until], strict=True):
        length = ended - began
        if length > every * policy.missed_after.value:
            found.append(Gap(began, ended, Standing.MISSED))
        elif length > every * policy.late_after.value:
            found.append(Gap(began, ended, Standing.LATE))
    return tuple(found)


SEEN = "seen"  # the one tap on the board: the person was seen, and nothing is said of how
CLOCK_SKEW = timedelta(minutes=2)
ENTERED_LATE = timedelta(minutes=2)
OLDEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What is asked before a check is recorded; `left_at` of the stay, its arrival, and what the programme offers."""

    name: str
    arrived_at: datetime
    left_at: datetime | None
    pads: frozenset[str]
    chips: frozenset[str]
    reason_for_late: bool


def problem_with(
    facts: CheckFacts,
    seen_as: str,
    chips: Sequence[str],
    happened_at: datetime,
    entered_at: datetime,
    late_because: str,
) -> Refusal | None:
    """Why this check cannot be recorded as given, or None. `happened_at` is when the person was seen."""
    if seen_as not in facts.pads:
        return _no(
            "check.unknown", "There is no button '{code}' in this programme. Choose one of those shown.", code=seen_as
        )
    unknown = next((chip for chip in chips if chip not in facts.chips), None)
    if unknown is not None:
        return _no("check.unknown_chip", "There is no addition '{code}' in this programme. Leave it out.", code=unknown)
    if happened_at > entered_at + CLOCK_SKEW:
        return _no(
            "check.future",
            "This check is said to happen in the future. Set the clock of this device, or give the time you saw {name}.",
            name=facts.name,
        )
    if happened_at < entered_at - OLDEST:
        return _no(
            "check.too_old", "This is more than a day ago. Write it as a note about {name} instead.", name=facts.name
        )
    if happened_at < facts.arrived_at:
        return _no("check.before_arrival", "{name} had not arrived by then. Look at the time.", name=facts.name)
    if facts.left_at is not None and happened_at > facts.left_at:
        return _no("check.after_leaving", "{name} had left by then. Look at the time.", name=facts.name)
    if facts.reason_for_late and is_entered_late(happened_at, entered_at) and not late_because.strip():
        return _no("check.late_reason", "Say in a few words why this is entered late. It stays visible.")
    return None


def is_entered_late(happened_at: datetime, entered_at: datetime) -> bool:
    """Whether an entry counts as entered after the fact and shows both times for ever."""
    return entered_at - happened_at > ENTERED_LATE


def _no(code: str, text: str, /, **params: str) -> Refusal:
    return Refusal(say(code, text, **params))
