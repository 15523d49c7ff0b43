"""Who may do what, and who sees what: the two tables, written out once more by hand and compared."""

from __future__ import annotations

from milieu.rules.permissions import PERMISSIONS, May
from milieu.rules.visibility import SEEN_BY, Matter
from tests.spec.chapters import Chapter, Table

FLOOR = "technician, nurse, charge nurse, therapist, facilitator, social worker, doctor"


def _roles(roles: set[str]) -> str:
    order = [*PERMISSIONS]
    return ", ".join(role.replace("_", " ") for role in order if role in roles and role != "system") or "nobody"


def may(what: str) -> str:
    """The roles that may."""
    found = next(one for one in May if one.value == what)
    return _roles({role for role, allowed in PERMISSIONS.items() if found in allowed})


def sees(what: str) -> str:
    """The roles that see it."""
    return _roles(set(SEEN_BY[next(one for one in Matter if one.value == what)]))


EVERYBODY = f"{FLOOR}, manager, admin, surveyor, leader, resident, family, graduate, advocate"

CHAPTER = Chapter(
    "access",
    "Who may, and who sees",
    "A role is what somebody does in this community; the programme gives it the title used in the house. Whoever may not is told "
    "so with a sentence; whoever does not see a part is told that it is there.",
    (
        Table(
            "Who may do what", "Nobody signs in as the system; it may do everything and is left out here.",
            ("what", "who"), 1,
            (
                ("see the board", f"{FLOOR}, manager"),
                ("record a check", "technician, nurse, charge nurse, therapist, social worker, doctor"),
                ("record what was noticed or reminded", FLOOR),
                ("record attendance", FLOOR),
                ("say where people are", FLOOR),
                ("open a resident's page", f"{FLOOR}, manager"),
                ("take and settle what needs someone", FLOOR),
                ("order how often someone looks in", "charge nurse, doctor"),
                ("write how a resident wants to be met", "nurse, charge nurse, therapist, social worker, doctor"),
                ("set a level", "charge nurse, therapist, doctor"),
                ("admit and discharge", "charge nurse, manager"),
                ("say who is on duty", "charge nurse, manager"),
                ("take back what one recorded", FLOOR),
                ("take back what others recorded", "charge nurse"),
                ("register a shared tablet", "charge nurse, manager, admin"),
                ("make accounts and assignments", "manager, admin"),
                ("see the record as it was", "charge nurse, doctor, manager, surveyor"),
                ("read the programme", EVERYBODY),
                ("change one's own settings", EVERYBODY),
                ("see one's own day", "leader, resident"),
                ("see who looked at one's record", "leader, resident"),
            ),
            may,
        ),
        Table(
            "Who sees what about residents", "Of their own community only; a resident of another is as unknown as nobody.",
            ("what", "who"), 1,
            (
                ("name and place", f"{FLOOR}, manager"),
                ("level", f"{FLOOR}, manager"),
                ("checks", f"{FLOOR}, manager"),
                ("strengths noticed", f"{FLOOR}, manager"),
                ("corrections and redirections", FLOOR),
                ("keep apart and tensions", FLOOR),
                ("safety lines and orders", FLOOR),
                ("what helps, likes, night plan", FLOOR),
                ("attendance", f"{FLOOR}, manager"),
                ("the record as it was", "charge nurse, doctor, manager, surveyor"),
            ),
            sees,
        ),
    ),
)  # fmt: skip
