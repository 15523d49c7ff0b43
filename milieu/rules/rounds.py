"""Which people belong to the round now, in walking order, and who is next.

A round begins on the quarter hour (or the programme's shortest interval). In it stand all whose check falls due before the
round after this one begins, and those already seen in it. Whether a check is due is for `checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from milieu.rules.checks import Due, Standing

ROUND = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class OnRound:
    """One person as the route sees them; `walk` sorts rooms in walking order."""

    stay: str
    walk: tuple[int, str, str]
    due: Due
    seen_at: datetime | None
    is_looked_for: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """The round that began at `began`: who is done, who is next, who is still to come, who is left to later or to sleep."""

    began: datetime
    done: tuple[OnRound, ...]
    to_come: tuple[OnRound, ...]
    asleep: tuple[OnRound, ...]
    later: tuple[OnRound, ...]

    @property
    def next(self) -> OnRound | None:
        """Whom to look in on now: the first on the way, but anyone late before anyone on time.

        Whoever was not there and is being looked for holds nobody up at their door.
        """
        waiting = [one for one in self.to_come if not one.is_looked_for]
        overdue = [one for one in waiting if one.due.standing in (Standing.LATE, Standing.MISSED)]
        return next(iter(overdue or waiting), None)


def began_at(at: datetime, length: timedelta = ROUND) -> datetime:
    """The start of the round that `at` falls into, on the clock of `at`; an hour the clock shows twice has its own rounds."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    into = (at - midnight) % length
    return (at.astimezone(UTC) - into).astimezone(at.tzinfo)


def route(people: Sequence[OnRound], at: datetime, length: timedelta = ROUND) -> Route:
    """The round at `at`. People out or one to one stand under `later`, for they need no look-in."""
    began = began_at(at, length)
    ends = began.astimezone(UTC) + length
    done, to_come, asleep, later = [], [], [], []
    for one in sorted(people, key=lambda one: one.walk):
        if one.due.standing is Standing.AGREED_SLEEP:
            asleep.append(one)
        elif one.due.standing in (Standing.OUT, Standing.ONE_TO_ONE, Standing.NONE):
            later.append(one)
        elif _is_to_come(one, began, ends):
            to_come.append(one)
        elif one.seen_at and one.seen_at >= began:
            done.append(one)
        else:
            later.append(one)
    return Route(began, tuple(done), tuple(to_come), tuple(asleep), tuple(later))


def _is_to_come(one: OnRound, began: datetime, ends: datetime) -> bool:
    """Falls due in this round, and was not seen in it yet, or is due again before it ends (shorter intervals)."""
    if one.due.at is None or one.due.at > ends:
        return False
    seen = one.seen_at is not None and one.seen_at >= began
    return not seen or (one.due.is_waiting and one.due.at < ends)
