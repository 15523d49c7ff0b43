"""Who may see what: one table of audiences by kind of information, and one function.

The wall and peers never see anybody's difficulty (mission D, design-language 10). Queries ask this; screens never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from milieu.rules.permissions import Viewer
from milieu.rules.words import Sentence, say


class Matter(Enum):
    """A kind of information about people."""

    NAME_AND_PLACE = "name and place"
    LEVEL = "level"
    CHECKS = "checks"
    STRENGTHS = "strengths noticed"
    REMINDERS = "corrections and redirections"
    TENSIONS = "keep apart and tensions"
    SAFETY = "safety lines and orders"
    PLAN_LINES = "what helps, likes, night plan"
    ATTENDANCE = "attendance"
    RECORD = "the record as it was"


_TEAM = frozenset({"technician", "nurse", "charge_nurse", "therapist", "facilitator", "social_worker", "doctor"})
_LEADING = frozenset({"manager"})
_RECORD = frozenset({"surveyor"})

SEEN_BY: Mapping[Matter, frozenset[str]] = {
    Matter.NAME_AND_PLACE: _TEAM | _LEADING,
    Matter.LEVEL: _TEAM | _LEADING,
    Matter.CHECKS: _TEAM | _LEADING,
    Matter.STRENGTHS: _TEAM | _LEADING,
    Matter.REMINDERS: _TEAM,
    Matter.TENSIONS: _TEAM,
    Matter.SAFETY: _TEAM,
    Matter.PLAN_LINES: _TEAM,
    Matter.ATTENDANCE: _TEAM | _LEADING,
    Matter.RECORD: _RECORD | _LEADING | frozenset({"charge_nurse", "doctor"}),
}

KIND_MATTER: Mapping[str, Matter] = {
    "check": Matter.CHECKS,
    "noticed": Matter.STRENGTHS,
    "correction": Matter.REMINDERS,
    "redirection": Matter.REMINDERS,
    "went": Matter.REMINDERS,
    "attended": Matter.ATTENDANCE,
    "moved": Matter.NAME_AND_PLACE,
    "stay_began": Matter.NAME_AND_PLACE,
    "stay_ended": Matter.NAME_AND_PLACE,
    "stay_described": Matter.PLAN_LINES,
    "level_set": Matter.LEVEL,
    "watch_set": Matter.SAFETY,
    "one_to_one_began": Matter.CHECKS,
    "one_to_one_ended": Matter.CHECKS,
    "need_raised": Matter.TENSIONS,
    "need_taken": Matter.TENSIONS,
    "need_done": Matter.TENSIONS,
}


def may_see(viewer: Viewer, matter: Matter) -> bool:
    """Whether this viewer sees this kind of information about residents of their own community."""
    return viewer.role in SEEN_BY[matter]


def kinds_seen(viewer: Viewer) -> frozenset[str]:
    """The kinds of entry this viewer may read on a timeline; taking back is seen with what it takes back."""
    return frozenset(kind for kind, matter in KIND_MATTER.items() if may_see(viewer, matter))


def not_shown(matter: Matter) -> Sentence:
    """What stands in place of what a viewer may not see: never a blank."""
    return say(
        f"visibility.{matter.name.lower()}",
        "Your role does not show you this part ({matter}). If you need it for your work here, ask the nurse in charge.",
        matter=say(f"matter.{matter.name.lower()}", matter.value),
    )
