"""What is a number in a programme? A value with its unit and its source, never a bare figure.

Also how a thing is found by its code. Everything else of the shape is in `care.py` and `shape.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

_MINUTES_IN = {"minute": 1.0, "hour": 60.0, "day": 1440.0}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from. Grade: S seen, R computed, K known but not re-read, empty: the house's own."""

    ref: str
    date: str
    grade: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    value: float
    unit: str  # minute, hour, day, month, person, share, count
    source: Source

    @property
    def minutes(self) -> float:
        """As minutes. A month or a head count has no fixed minutes: that is a mistake of the caller."""
        return self.value * _MINUTES_IN[self.unit]

    def __str__(self) -> str:
        if self.unit == "share":
            return f"{self.value * 100:g} %"
        if self.unit == "count":
            return f"{self.value:g}"
        many = "people" if self.unit == "person" else f"{self.unit}s"
        return f"{self.value:g} {self.unit if self.value == 1 else many}"


class Coded(Protocol):
    @property
    def code(self) -> str: ...


_T = TypeVar("_T", bound=Coded)


def with_code(things: Iterable[_T], code: str) -> _T:
    for thing in things:
        if thing.code == code:
            return thing
    raise KeyError(code)
