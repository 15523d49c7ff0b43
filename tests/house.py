"""The named cast that tests play with: Willow House with six residents, four staff and one of a family; Birch Court beside it.

Everybody came here through actions, so no test starts in a state that could not be. A test says only what differs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from milieu.actions import houses, places, staff, stays, writes
from milieu.queries.viewers import Here
from milieu.record import ledger, programmes, reading
from milieu.record.entries import COLUMNS, Entry
from milieu.record.ledger import Author
from milieu.rules.permissions import Viewer
from milieu.rules.programme.shape import Programme

PROGRAMME = "tc-residential"
ZONE = "Europe/London"
OPENED = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 10, 6, 13, 0, tzinfo=UTC)  # a Tuesday, 14:00 on the wall: the seminar begins
TODAY = date(2026, 10, 6)
MINUTE = timedelta(minutes=1)
NOBODY = "0" * 32

# name: level, room, bed, day of arrival, what is known of them
RESIDENTS: dict[str, tuple[str, str, int, str, str, int]] = {
    "carl": ("Carl", "Diaz", 1, "room-1", "A", 33),
    "maya": ("Maya", "Cohen", 2, "room-1", "B", 28),
    "joel": ("Joel", "Addo", 2, "room-2", "A", 21),
    "anna": ("Anna", "Kim", 3, "room-2", "B", 14),
    "sam": ("Sam", "Novák", 3, "room-3", "A", 7),
    "ruth": ("Ruth", "Okafor", 4, "room-3", "B", 0),
}
STAFF = {
    "nadia": ("Nadia Rahman", "charge_nurse"),
    "tomasz": ("Tomasz Lis", "technician"),
    "ines": ("Ines Duarte", "therapist"),
    "peter": ("Peter Holm", "manager"),
    "rosa": ("Rosa Diaz", "family"),
}


@dataclass(frozen=True, slots=True, repr=False)
class House:
    """A community with its people: stays by short name, viewers by short name."""

    id: str
    name: str
    slug: str
    zone: str
    programme: Programme
    stays: dict[str, str]
    staff: dict[str, Viewer]

    def __repr__(self) -> str:
        return self.name

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """A failed story shows the house by its name, not its whole programme."""
        printer.text(self.name)

    def __getattr__(self, name: str) -> str:
        """`willow.carl` is Carl's stay."""
        if name in self.stays:
            return self.stays[name]
        raise AttributeError(name)

    @property
    def nadia(self) -> Viewer:
        """The nurse in charge: may do everything on the floor."""
        return self.staff["nadia"]

    @property
    def tomasz(self) -> Viewer:
        """A technician: records, but orders and sets nothing."""
        return self.staff["tomasz"]

    @property
    def everybody(self) -> tuple[str, ...]:
        """All stays, in the order they arrived."""
        return tuple(self.stays.values())

    @property
    def here(self) -> Here:
        """The community as a signed-in screen knows it, with the chain's head as it is now."""
        return Here(self.id, self.slug, self.name, self.zone, "en", self.programme.id, reading.head(self.id)[0])

    def as_(self, role: str) -> Viewer:
        """Nadia's assignment in another role: for asking what a role may do and see."""
        return replace(self.nadia, role=role)

    def newest(self) -> ledger.Entry:
        """The entry recorded last."""
        return self.entries(after=reading.head(self.id)[0] - 1)[0]

    def entries(self, after: int = 0) -> list[ledger.Entry]:
        """The entries after number `after`, in order."""
        rows = (dict(zip(COLUMNS, values, strict=True)) for values in reading.stream(self.id, after=after))
        return [Entry(**{**row, "body": json.loads(row["body"])}) for row in rows]


def willow(slug: str = "willow-house") -> House:
    """Willow House, with its whole cast."""
    organisation = houses.organisation("Open Doors", OPENED)
    made = houses.open_(organisation, "Willow House", PROGRAMME, ZONE, OPENED, slug=slug)
    viewers, stayed = {}, {}
    with ledger.writing(made, Author(), OPENED) as write:
        for name, (full_name, role) in STAFF.items():
            one = staff.put(write, write.new_id(), full_name, role)
            given, family = full_name.split()
            viewers[name] = Viewer(f"account-{name}", f"{given} {family[0]}.", one, role, made)
    for name, (given, family, level, room, bed, day) in RESIDENTS.items():
        at = OPENED + timedelta(days=day, hours=1)
        with ledger.writing(made, writes.author_of(viewers["nadia"]), at) as write:
            entry = stays.put(write, {"given_name": given, "family_name": family}, level=level, room=room, bed=bed)
            write.begin_act(write.author, at)
            places.put(write, entry.about, "lounge")
            stayed[name] = entry.about
    return House(made, "Willow House", slug, ZONE, programmes.from_folder(PROGRAMME)[0], stayed, viewers)


def birch(slug: str = "birch-court") -> House:
    """Birch Court in New York, of the same organisation's kind: one nurse, one resident; nobody of Willow House is known."""
    organisation = houses.organisation("Birch", OPENED)
    zone = "America/New_York"
    made = houses.open_(organisation, "Birch Court", PROGRAMME, zone, OPENED, slug=slug)
    with ledger.writing(made, Author(), OPENED) as write:
        one = staff.put(write, "", "Olga Berg", "charge_nurse")
        stay = stays.put(write, {"given_name": "Liam", "family_name": "Frost"}, level=1, room="room-1").about
    nurse = Viewer("account-olga", "Olga B.", one, "charge_nurse", made)
    return House(
        made, "Birch Court", slug, zone, programmes.from_folder(PROGRAMME)[0], {"liam": stay}, {"nadia": nurse}
    )
