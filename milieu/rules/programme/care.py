"""How are people looked after here? Checks, the big pad, shifts, staffing, calming steps and clocks as data.

The part of a programme that safety and the law hang on. Whether a check is late, a clock passed or a
shift short is for the rules that read this.
"""

from __future__ import annotations

from dataclasses import dataclass

from milieu.rules.programme.quantity import Quantity, Source, with_code
from milieu.rules.words import Text


@dataclass(frozen=True, slots=True)
class ObservationLevel:
    """`every` is the longest time between two checks; none with a `continuous_gap`: someone stays with the person."""

    code: str  # none, routine, q60, q30, q15, sight, arm
    title: Text
    every: Quantity | None
    continuous_gap: Quantity | None
    needs_order: bool
    described: Text
    source: Source

    @property
    def is_continuous(self) -> bool:
        return self.every is None and self.continuous_gap is not None

    @property
    def has_checks(self) -> bool:
        return self.every is not None or self.continuous_gap is not None


@dataclass(frozen=True, slots=True)
class PadButton:
    code: str
    title: Text
    hint: Text
    icon: str
    means: str  # seen, struggling, away
    asleep: bool


@dataclass(frozen=True, slots=True)
class Chip:
    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Observation:
    """How people are looked in on. The shares are shares of the person's own interval."""

    levels: tuple[ObservationLevel, ...]
    default_level: str
    approaching_share: Quantity
    late_after: Quantity
    missed_after: Quantity
    late_alert: str  # role told when a check is late
    missed_alert: str  # role told when it was missed
    back_entry_needs_reason: bool
    night: tuple[int, int]
    night_pad: tuple[PadButton, ...]
    day_pad: tuple[PadButton, ...]
    chips: tuple[Chip, ...]
    agreed_sleep_allowed: bool
    prompt_jitter: Quantity

    def level(self, code: str) -> ObservationLevel:
        return with_code(self.levels, code)

    def is_night(self, minute: int) -> bool:
        starts, ends = self.night
        if starts == ends:
            return False  # a programme without nights, such as an outpatient group
        return starts <= minute < ends if starts < ends else minute >= starts or minute < ends

    def pad(self, minute: int) -> tuple[PadButton, ...]:
        """The big pad for this minute of the day."""
        return self.night_pad if self.is_night(minute) else self.day_pad


@dataclass(frozen=True, slots=True)
class Shift:
    code: str
    title: Text
    starts: int
    ends: int  # at or before `starts`: runs over midnight
    asleep: bool

    def covers(self, minute: int) -> bool:
        if self.starts < self.ends:
            return self.starts <= minute < self.ends
        return minute >= self.starts or minute < self.ends


@dataclass(frozen=True, slots=True)
class StaffingRule:
    code: str
    role: str  # a role code, or any
    residents_per_staff: Quantity
    when: str  # awake, asleep, always
    at_least: int  # never fewer than this many, whatever the count of residents
    source: Source


@dataclass(frozen=True, slots=True)
class CalmingStep:
    code: str
    title: Text
    described: Text
    restrictive: bool
    needs_reason_to_skip: bool


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """The limit for people from `from_age` up to, and not including, `under_age` (none: no upper end)."""

    from_age: int
    under_age: int | None
    limit: Quantity


@dataclass(frozen=True, slots=True)
class Clock:
    """A legal or house clock: from what it runs, how long, who must act and what closes it."""

    code: str
    title: Text
    starts_from: str
    limit: Quantity
    by_age: tuple[AgeLimit, ...]
    counted: str  # elapsed, or business_day_close: until the close of the nth next business day
    who: str
    requires: Text
    source: Source

    def limit_at(self, age: int | None) -> Quantity:
        """The limit for a person of this age; unknown age: the shortest, which is never unlawful."""
        fitting = [
            band.limit
            for band in self.by_age
            if age is None or (band.from_age <= age and (band.under_age is None or age < band.under_age))
        ]
        return min(fitting, key=lambda limit: limit.minutes, default=self.limit)
