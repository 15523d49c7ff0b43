"""Who may do what: one table of roles and permissions, and one question.

What a person may *see* stands in `visibility`. Roles are those of mission row L1; a programme gives them its own titles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from milieu.rules.words import Refusal, Sentence, Text, say


class May(Enum):
    """One thing somebody may do. The value is used in URLs' declarations and tests."""

    SEE_BOARD = "see the board"
    RECORD_CHECK = "record a check"
    RECORD_INTERACTION = "record what was noticed or reminded"
    RECORD_ATTENDANCE = "record attendance"
    MOVE_PEOPLE = "say where people are"
    OPEN_RESIDENT = "open a resident's page"
    TAKE_NEED = "take and settle what needs someone"
    ORDER_WATCH = "order how often someone looks in"
    DESCRIBE_STAY = "write how a resident wants to be met"
    SET_LEVEL = "set a level"
    BEGIN_STAY = "admit and discharge"
    RUN_DUTY = "say who is on duty"
    TAKE_BACK = "take back what one recorded"
    TAKE_BACK_OTHERS = "take back what others recorded"
    REGISTER_DEVICE = "register a shared tablet"
    RUN_ACCOUNTS = "make accounts and assignments"
    SEE_RECORD = "see the record as it was"
    SEE_PROGRAMME = "read the programme"
    OWN_SETTINGS = "change one's own settings"
    SEE_OWN_DAY = "see one's own day"
    SEE_OWN_LOG = "see who looked at one's record"


_EVERYBODY = frozenset({May.OWN_SETTINGS, May.SEE_PROGRAMME})
_FLOOR = _EVERYBODY | {
    May.SEE_BOARD, May.RECORD_CHECK, May.RECORD_INTERACTION, May.RECORD_ATTENDANCE, May.MOVE_PEOPLE,
    May.OPEN_RESIDENT, May.TAKE_NEED, May.TAKE_BACK,
}  # fmt: skip
_NURSE = _FLOOR | {May.DESCRIBE_STAY}
_CHARGE = _NURSE | {
    May.ORDER_WATCH, May.SET_LEVEL, May.BEGIN_STAY, May.RUN_DUTY, May.TAKE_BACK_OTHERS, May.REGISTER_DEVICE, May.SEE_RECORD,
}  # fmt: skip
_RESIDENT = _EVERYBODY | {May.SEE_OWN_DAY, May.SEE_OWN_LOG}

PERMISSIONS: Mapping[str, frozenset[May]] = {
    "technician": _FLOOR,
    "nurse": _NURSE,
    "charge_nurse": _CHARGE,
    "therapist": _NURSE | {May.SET_LEVEL},
    "facilitator": _FLOOR - {May.RECORD_CHECK},
    "social_worker": _NURSE,
    "doctor": _NURSE | {May.ORDER_WATCH, May.SET_LEVEL, May.SEE_RECORD},
    "manager": _EVERYBODY | {May.SEE_BOARD, May.OPEN_RESIDENT, May.RUN_DUTY, May.RUN_ACCOUNTS, May.REGISTER_DEVICE,
                             May.SEE_RECORD, May.BEGIN_STAY},
    "admin": _EVERYBODY | {May.RUN_ACCOUNTS, May.REGISTER_DEVICE},
    "surveyor": _EVERYBODY | {May.SEE_RECORD},
    "leader": _RESIDENT,
    "resident": _RESIDENT,
    "family": _EVERYBODY,
    "graduate": _EVERYBODY,
    "advocate": _EVERYBODY,
    "system": frozenset(May),
}  # fmt: skip


ROLES: Mapping[str, Sentence] = {
    "technician": say("role.technician", "Support worker"),
    "nurse": say("role.nurse", "Nurse"),
    "charge_nurse": say("role.charge_nurse", "Nurse in charge"),
    "therapist": say("role.therapist", "Therapist"),
    "facilitator": say("role.facilitator", "Group facilitator"),
    "social_worker": say("role.social_worker", "Social worker"),
    "doctor": say("role.doctor", "Doctor"),
    "manager": say("role.manager", "Manager"),
    "admin": say("role.admin", "Administrator"),
    "surveyor": say("role.surveyor", "Surveyor"),
    "leader": say("role.leader", "Coordinator"),
    "resident": say("role.resident", "Resident"),
    "family": say("role.family", "Family"),
    "graduate": say("role.graduate", "Graduate"),
    "advocate": say("role.advocate", "Advocate"),
    "system": say("role.system", "The system"),
}


def called(role: str, titles: Mapping[str, Text]) -> Text | Sentence:
    """What a role is called: in the programme's words, else in ours."""
    return titles.get(role) or ROLES.get(role) or Text(role.replace("_", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking or acting: the account, and the assignment and role under which they do."""

    account: str
    name: str
    staff: str
    role: str
    community: str
    device: str = ""
    language: str = "en"
    theme: str = "auto"
    hand: str = "right"
    shared_device: bool = False

    def may(self, what: May) -> bool:
        """Whether this role may do `what`."""
        return what in PERMISSIONS.get(self.role, frozenset())


def refusal(viewer: Viewer, what: May) -> Refusal | None:
    """None when the viewer may; otherwise the sentence that the button and the write both show."""
    if viewer.may(what):
        return None
    return Refusal(
        say(
            "may.not",
            "In your role here you cannot {what}. Ask the person in charge of this shift.",
            what=say(f"may.{what.name.lower()}", what.value),
        )
    )
