"""What is a programme made of? The frozen data every rule, screen and simulation reads.

Only the shape and its look-ups. Reading a programme from text is `reading.py`; which words are allowed
in the closed sets is `vocabulary.py`; what the numbers lead to is for the rules that take them.
Times of day are minutes since midnight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from milieu.rules.programme.care import (
    AgeLimit,
    CalmingStep,
    Chip,
    Clock,
    Observation,
    ObservationLevel,
    PadButton,
    Shift,
    StaffingRule,
)
from milieu.rules.programme.quantity import Quantity, Source, with_code
from milieu.rules.words import Text

# The whole shape under one name, so that nobody needs to know how it is cut into files.
__all__ = [
    "AgeLimit",
    "CalmingStep",
    "Chip",
    "Clock",
    "Contact",
    "Criterion",
    "DecisionRight",
    "Expectation",
    "Job",
    "Level",
    "Norm",
    "Observation",
    "ObservationLevel",
    "PadButton",
    "Policy",
    "Programme",
    "Quantity",
    "Right",
    "Role",
    "Shift",
    "Slot",
    "Source",
    "Space",
    "StaffingRule",
    "Strength",
]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One observable thing of a level; `measure` names what is counted over `window` (none: since arrival)."""

    code: str
    text: Text
    easy: Text
    measure: str
    at_least: Quantity | None
    at_most: Quantity | None
    window: Quantity | None
    excusable: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Level:
    number: int
    name: Text
    needs: Text
    support: Text
    criteria: tuple[Criterion, ...]
    freedoms: tuple[Text, ...]
    duties: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    title: Text
    description: Text
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """One recurring part of the week. `ends` is over 1440 where it runs into the next day."""

    code: str
    title: Text
    kind: str
    days: tuple[int, ...]  # Monday is 0
    starts: int
    ends: int
    space: str  # '' : no place of its own
    led_by: str  # '' : nobody leads
    expected: str  # all, level:2+, level:2-, signed_up, none
    capacity: Quantity | None
    on_line: bool
    counts_as_check: bool

    @property
    def length(self) -> int:
        """Minutes from start to end."""
        return self.ends - self.starts

    def is_on(self, weekday: int) -> bool:
        return weekday in self.days

    def expects(self, level: int) -> bool:
        """Whether someone at this level is expected without having signed up."""
        if not self.expected.startswith("level:"):
            return self.expected == "all"
        number = int(self.expected[6:-1])
        return level >= number if self.expected.endswith("+") else level <= number


@dataclass(frozen=True, slots=True)
class Space:
    code: str
    title: Text
    kind: str  # room, bedroom, outdoor, away
    capacity: int | None
    walk: int  # walking order of a round
    privacy: str  # own, shared, open, staff


@dataclass(frozen=True, slots=True)
class Strength:
    """`title` is the chip ("asked for a break"), `said` the sentence with {name}."""

    code: str
    title: Text
    said: Text


@dataclass(frozen=True, slots=True)
class Expectation:
    code: str
    title: Text
    norm: Text
    guidance: Text  # what we say, in one or two spoken sentences
    because: Text
    offer: tuple[Text, ...]  # redirections
    agreed: str  # ISO date
    binds: str  # everyone, residents, staff


@dataclass(frozen=True, slots=True)
class Policy:
    """A number the house or the law sets, by a code that the rules know (vocabulary.POLICIES)."""

    code: str
    title: Text
    at_least: Quantity | None
    at_most: Quantity | None
    source: Source


@dataclass(frozen=True, slots=True)
class DecisionRight:
    code: str
    what: Text
    who: str  # resident, house, shared, staff, law
    consulted: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """One line of the agreement a new community starts from."""

    code: str
    text: Text
    because: Text
    expectation: str  # the expectation it belongs to, or ''


@dataclass(frozen=True, slots=True)
class Job:
    code: str
    title: Text
    described: Text
    skills: tuple[Text, ...]
    places: int
    rotates_after: Quantity | None
    paid: bool
    leads: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """One planned contact after leaving."""

    code: str
    title: Text
    after: Quantity
    asks: Text


@dataclass(frozen=True, slots=True)
class Right:
    """What belongs to everyone at every level."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Programme:
    """One version of one programme. Look-ups raise KeyError for a code the programme does not have."""

    code: str
    version: str  # ISO date
    title: Text
    setting: str
    summary: Text
    language: str
    time_zone_default: str
    day_starts: int
    words: Mapping[str, Text] = field(hash=False)
    levels: tuple[Level, ...]
    roles: tuple[Role, ...]
    week: tuple[Slot, ...]
    spaces: tuple[Space, ...]
    strengths: tuple[Strength, ...]
    expectations: tuple[Expectation, ...]
    observation: Observation
    shifts: tuple[Shift, ...]
    staffing: tuple[StaffingRule, ...]
    calming: tuple[CalmingStep, ...]
    clocks: tuple[Clock, ...]
    capacity: Quantity
    noticed_aim: Quantity
    policies: tuple[Policy, ...]
    decision_rights: tuple[DecisionRight, ...]
    agreement: tuple[Norm, ...]
    jobs: tuple[Job, ...]
    aftercare: tuple[Contact, ...]
    rights: tuple[Right, ...]
    sources: tuple[Source, ...]

    def __hash__(self) -> int:
        # A version is never changed, so its name tells it apart; hashing every field costs half a millisecond a look-up.
        return hash((self.code, self.version))

    @property
    def id(self) -> str:
        """How an entry names the version it was judged under: `tc-residential@2026-11-01`."""
        return f"{self.code}@{self.version}"

    @property
    def is_residential(self) -> bool:
        return any(space.kind == "bedroom" for space in self.spaces)

    def level(self, number: int) -> Level:
        for level in self.levels:
            if level.number == number:
                return level
        raise KeyError(number)

    def role(self, code: str) -> Role:
        return with_code(self.roles, code)

    def slot(self, code: str) -> Slot:
        return with_code(self.week, code)

    def space(self, code: str) -> Space:
        return with_code(self.spaces, code)

    def strength(self, code: str) -> Strength:
        return with_code(self.strengths, code)

    def expectation(self, code: str) -> Expectation:
        return with_code(self.expectations, code)

    def clock(self, code: str) -> Clock:
        return with_code(self.clocks, code)

    def policy(self, code: str) -> Policy:
        return with_code(self.policies, code)

    def shift(self, code: str) -> Shift:
        return with_code(self.shifts, code)

    def shift_at(self, minute: int) -> Shift | None:
        """The shift on duty at this minute of the day; none in a programme that is closed then."""
        return next((shift for shift in self.shifts if shift.covers(minute)), None)

    def day(self, weekday: int) -> tuple[Slot, ...]:
        """Everything on this weekday (Monday is 0), by start."""
        slots = (slot for slot in self.week if slot.is_on(weekday))
        return tuple(sorted(slots, key=lambda slot: (slot.starts, slot.ends, slot.code)))

    def day_line(self, weekday: int) -> tuple[Slot, ...]:
        """The stops of the day line."""
        return tuple(slot for slot in self.day(weekday) if slot.on_line)
