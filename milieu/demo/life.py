"""What the demonstration is while it is being lived: its people, its team, its hour, and what is still to happen.

Everything that happens is an event on one heap, run in order of time inside few transactions. What events do is for the
modules beside this one; what may be recorded is for the actions.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from milieu.demo.figures import StayCurve
from milieu.record import ledger
from milieu.record.ledger import Author, Writing
from milieu.rules import moments
from milieu.rules.permissions import PERMISSIONS, May
from milieu.rules.programme.shape import Programme, Slot, Space

MINUTE = moments.MINUTE_MS
HOUR = 60 * MINUTE
DAY = 24 * HOUR
Told = Callable[[int, int], None]


@dataclass(slots=True, eq=False)
class Resident:
    """One person of the house: what the record knows, and what only life knows (whom they like, how they sleep)."""

    n: int
    given: str
    family: str
    pronouns: str
    engagement: float  # 0 to 1: how readily they come and take part
    warmth: float  # how readily they help others
    restless: float  # how badly they sleep
    bright: tuple[str, ...]  # strengths others see most in them
    hard: tuple[str, ...]  # expectations that are hard for them
    haunts: tuple[str, ...]  # where they like to be
    stay: str = ""
    arrived: int = 0
    leaves: int = 0
    planned: bool = False
    level: int = 1
    room: str = ""
    bed: str = ""
    buddy: str = ""
    job: str = ""
    safety: str = ""
    every: int | None = None  # milliseconds between checks
    watch: str = ""
    counted_from: int = 0  # last time seen, or the order
    sleep: tuple[int, int] | None = None  # agreed sleep without checks
    nights: tuple[tuple[int, int, str], ...] = ()  # tonight's waking, as (from, until, how)
    in_bed: tuple[int, int] = (0, 0)  # falls asleep, wakes
    place: str = ""
    slot: str = ""
    busy_until: int = 0
    out: bool = False
    one_to_one: bool = False
    received: float = 0.0  # being noticed, fading over a week
    received_at: int = 0
    unseen_after: int = 1 << 60  # the closing minutes: nobody looks in after this
    stays_in: bool = False  # the closing hours: does not join a walk
    gone: bool = False


@dataclass(slots=True, eq=False)
class Member:
    """One of the team."""

    n: int
    staff: str
    role: str
    given: str
    home: str  # the shift they usually work
    warmth: float
    on: bool = False
    until: int = 0
    doing: str = ""
    place: str = ""
    with_stay: str = ""
    last_end: int = 0
    worked: int = 0

    def may(self, what: May) -> bool:
        """Whether this person's role may do `what`."""
        return what in PERMISSIONS[self.role]

    @property
    def is_free(self) -> bool:
        """On duty and not bound to a group or a person."""
        return self.on and not self.with_stay and self.doing in ("floor", "rounds")


@dataclass(slots=True, eq=False)
class Life:
    """The whole of it. `now` is the moment of the event being run; `write` the open transaction."""

    programme: Programme
    community: str
    zone: str
    curve: StayCurve
    random: Random
    ids: Random
    target: int
    begins: int
    until: int
    closer: str = ""  # the observation level everyone has, when the house is dense
    now: int = 0
    members: list[Member] = field(default_factory=list)
    residents: list[Resident] = field(default_factory=list)
    arrivals: int = 0
    awaited: int = 0
    entries: int = 0
    tension: tuple[str, str] | None = None
    pairs: dict[tuple[str, str], float] = field(default_factory=dict)
    look_now: Callable[[Life, Resident], None] | None = None  # how somebody is seen at once: walks stand above days
    queue: list[tuple[int, int, Callable[..., None], tuple[Any, ...]]] = field(default_factory=list)
    spaces: dict[str, Space] = field(default_factory=dict)
    _write: Writing | None = None
    _seq: int = 0

    @property
    def write(self) -> Writing:
        """The open transaction; there is none between events."""
        if self._write is None:
            raise RuntimeError("nothing is being written now")
        return self._write

    def open(self, write: Writing) -> None:
        """Let what follows be recorded in this transaction."""
        self._write = write

    def close(self) -> None:
        """The transaction is over."""
        self._write = None

    def later(self, at: float, what: Callable[..., None], *facts: Any) -> None:
        """Let `what(life, *facts)` happen at `at`."""
        self._seq += 1
        heapq.heappush(self.queue, (int(at), self._seq, what, facts))

    def after(self, minutes: float, what: Callable[..., None], *facts: Any) -> None:
        """The same, some minutes from now."""
        self.later(self.now + minutes * MINUTE, what, *facts)

    @property
    def at(self) -> datetime:
        """The moment of the event being run."""
        return moments.from_ms(self.now)

    @property
    def day(self) -> date:
        """The day on the wall."""
        return moments.local(self.at, self.zone).date()

    @property
    def minute(self) -> int:
        """Minutes since midnight on the wall."""
        wall = moments.local(self.at, self.zone)
        return wall.hour * 60 + wall.minute

    def moment(self, day: date, minute: float) -> int:
        """A minute of a day on the wall, as milliseconds."""
        whole = int(minute)
        return moments.to_ms(moments.at_minute(day, whole, self.zone)) + int((minute - whole) * MINUTE)

    @property
    def is_night(self) -> bool:
        """Whether it is night in the house."""
        return self.programme.observation.is_night(self.minute)

    @property
    def is_closing(self) -> bool:
        """Whether the last hours before the demonstration's now are being lived: they are set with care."""
        return self.now >= self.until - 110 * MINUTE

    def act(self, member: Member | None) -> Writing:
        """Begin the next act, by this member of the team, now."""
        author = Author(member.staff, member.role) if member else Author()
        self.write.begin_act(author, self.at)
        return self.write

    def on_duty(self, what: May | None = None) -> list[Member]:
        """Those on duty who may do `what`."""
        return [one for one in self.members if one.on and (what is None or one.may(what))]

    def by(self, what: May) -> Member:
        """Somebody who may do it: on duty and free, else on duty, else anyone of the team."""
        on = self.on_duty(what)
        able = [one for one in on if one.is_free] or on or [one for one in self.members if one.may(what)]
        return self.random.choice(able)

    def somebody(self, stay: str) -> Resident | None:
        """The resident of this stay, while here."""
        return next((one for one in self.residents if one.stay == stay), None)

    def walk(self, one: Resident) -> tuple[int, str, int]:
        """Where this person stands in walking order."""
        space = self.spaces.get(one.room or one.place)
        return (space.walk if space else 9999, one.bed, one.n)

    def slots(self, day: date) -> tuple[Slot, ...]:
        """What the week has for this day."""
        return self.programme.day(day.weekday())

    def run(self, told: Told) -> None:
        """Live until the end, half a day to a transaction."""
        whole = max(1, (self.until - self.begins) // HOUR)
        while self.queue and self.queue[0][0] <= self.until:
            first = self.queue[0][0]
            stop = self.begins if first < self.begins else min(first + 12 * HOUR, self.until + 1)
            with ledger.writing(self.community, Author(), moments.from_ms(first), random=self.ids) as write:
                before = write.n
                self.open(write)
                self._warm(write)
                while self.queue and self.queue[0][0] < stop:
                    self.now, _, what, facts = heapq.heappop(self.queue)
                    what(self, *facts)
                self.entries += write.n - before
            self.close()
            told(max(0, min(whole, (self.now - self.begins) // HOUR)), whole)

    def _warm(self, write: Writing) -> None:
        stays = [one.stay for one in self.residents]
        for table in ("stay", "watch", "whereabouts"):
            write.state.prefetch(table, stays)


def chosen(random: Random, some: Sequence[Resident], weights: Sequence[float]) -> Resident:
    """One of them, by weight."""
    return random.choices(some, weights)[0]
