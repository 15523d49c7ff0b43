"""How many staff the programme asks for now, by its own rules for awake and asleep hours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from milieu.rules.day import is_night
from milieu.rules.programme.shape import Programme
from milieu.rules.words import Sentence, say


@dataclass(frozen=True, slots=True)
class StaffNeeded:
    """How many, and because of which rules."""

    staff: int
    because: tuple[Sentence, ...]


def needed(programme: Programme, residents: int, at: datetime, zone: str) -> StaffNeeded:
    """The largest number any staffing rule for this hour asks for; 17 awake residents at 1 to 16 need two."""
    when = "asleep" if is_night(programme, at, zone) else "awake"
    most, because = 0, []
    for rule in programme.staffing:
        if rule.when not in (when, "always"):
            continue
        count = max(rule.at_least, math.ceil(residents / rule.residents_per_staff.value) if residents else 0)
        if rule.role == "any":
            most = max(most, count)
        because.append(
            say("staffing.rule", "{n} for {residents} residents at 1 to {per} ({source})", n=count, residents=residents,
                per=f"{rule.residents_per_staff.value:g}", source=rule.source.ref)
        )  # fmt: skip
    return StaffNeeded(max(most, 1), tuple(because))
