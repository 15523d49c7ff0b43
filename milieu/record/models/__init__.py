"""Every table, by noun. State tables are moved only by folds; the rest say in their docstring why they are not."""

from milieu.record.models.access import Account, Device, Opening, Passkey, SignIn, Try
from milieu.record.models.entry import Entry, Head, Snapshot
from milieu.record.models.house import Community, Organisation, ProgrammeText
from milieu.record.models.life import Attendance, Need, Person, Staff, Stay, Tally, Watch, Whereabouts

__all__ = [
    "Account",
    "Attendance",
    "Community",
    "Device",
    "Entry",
    "Head",
    "Need",
    "Opening",
    "Organisation",
    "Passkey",
    "Person",
    "ProgrammeText",
    "SignIn",
    "Snapshot",
    "Staff",
    "Stay",
    "Tally",
    "Try",
    "Watch",
    "Whereabouts",
]
