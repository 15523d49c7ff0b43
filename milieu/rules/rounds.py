"""Which people belong to the round now, in walking order, and who is next.

A round begins on the quarter hour (or the programme's shortest interval). In it stand all whose check falls due before the
round after this one begins, and those already seen in it. Whether a check is due is for `checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from milieu.rules.checks import Due, Standing

ROUND = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class OnRound:
    """One person as the route sees them; `walk` sorts rooms in walking order."""

    stay: str
    walk: tuple[int, str, str]
    due: Due
    seen_at: datetime | None


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
        """Whom to look in on now: the first on the way, but anyone late before anyone on time."""
        overdue = [one for one in self.to_come if one.due.standing in (Standing.LATE, Standing.MISSED)]
        return next(iter(overdue or self.to_come), None)


def began_at(at: datetime, length: timedelta = ROUND) -> datetime:
    """The start of the round that `at` falls into, on the clock."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((at - midnight) // length) * length


def route(people: Sequence[OnRound], at: datetime, length: timedelta = ROUND) -> Route:
    """The round at `at`. People out or one to one stand under `later`, for they need no look-in."""
    began = began_at(at, length)
    ends = began + length
    done, to_come, asleep, later = [], [], [], []
    for one in sorted(people, key=lambda one: one.walk):
        if one.due.standing is Standing.AGREED_SLEEP:
            asleep.append(one)
        elif one.due.standing in (Standing.OUT, Standing.ONE_TO_ONE, Standing.NONE):
            later.append(one)
        elif one.due.at is not None and one.due.at <= ends and not (one.seen_at and one.seen_at >= began):
            to_come.append(one)
        elif one.seen_at and one.seen_at >= began:
            done.append(one)
        else:
            later.append(one)
    return Route(began, tuple(done), tuple(to_come), tuple(asleep), tuple(later))
