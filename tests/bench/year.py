"""The houses that are measured: forty people looked in on every fifteen minutes for a year, and two small ones beside it.

Everything is recorded through actions, a day in one transaction, so the ledger is as true as any. The same seed on the same
code gives the same houses; only the moment the year ends is the moment it was built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from milieu.actions import attendance, checks, houses, interactions, places, staff, stays
from milieu.record import ledger, programmes
from milieu.record.ledger import Author, Writing
from milieu.record.models import Account
from milieu.rules import moments
from milieu.rules.programme.shape import Programme

PROGRAMME, ZONE = "tc-residential", "Europe/London"
QUARTER = timedelta(minutes=15)
STAYING = 10  # of forty, how many stay the whole year; the others change
GIVEN = [
    "Carl",
    "Maya",
    "Joel",
    "Anna",
    "Sam",
    "Ruth",
    "Elena",
    "Grace",
    "Jonah",
    "Mina",
    "Sofia",
    "Dee",
    "Ben",
    "Kofi",
    "Yusuf",
    "Tom",
    "Hana",
    "Luca",
    "Aisha",
    "Priya",
]
FAMILY = [
    "Diaz",
    "Cohen",
    "Addo",
    "Kim",
    "Novak",
    "Okafor",
    "Rossi",
    "Berg",
    "Tate",
    "Haddad",
    "Shah",
    "Lind",
    "Dunn",
    "Adams",
    "Mbeki",
    "Noor",
    "Fox",
    "Kaya",
    "Wells",
    "Vega",
]
TEAM = (("Nadia Rahman", "charge_nurse"), ("Tomasz Lis", "technician"), ("Ines Duarte", "therapist"))


@dataclass(slots=True)
class Life:
    """A house while its year is being lived."""

    community: str
    programme: Programme
    random: Random
    team: list[str] = field(default_factory=list)
    beds: list[tuple[str, str]] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    leaves: list[date | None] = field(default_factory=list)
    arrivals: int = 0


def live(name: str, residents: int, began: datetime, until: datetime, seed: int, told: Callable[[int], None]) -> str:
    """Open a house at `began` and live it until `until`; its id. `told` hears of every day."""
    random = Random(seed)
    life = _open(name, residents, began, random)
    for nth, (start, end) in enumerate(_days(began + timedelta(hours=1), until)):
        _day(life, start, end)
        told(nth + 1)
    return life.community


def account_of(community: str) -> str:
    """The account of the nurse in charge."""
    return f"{community[:24]}account0"


def _days(began: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    start = began
    while start < until:
        end = min(until, start + timedelta(days=1))
        yield start, end
        start = end


def _open(name: str, residents: int, began: datetime, random: Random) -> Life:
    programme, _ = programmes.from_folder(PROGRAMME)
    organisation = houses.organisation(name, began, random)
    made = houses.open_(organisation, name, PROGRAMME, ZONE, began, random=random)
    rooms = [space.code for space in programme.spaces if space.kind == "bedroom"]
    life = Life(made, programme, random, beds=[(room, bed) for room in rooms for bed in "AB"][:residents])
    with ledger.writing(made, Author(), began, random=random) as write:
        for nth, (full_name, role) in enumerate(TEAM):
            account = f"{made[:24]}account{nth}"
            Account.objects.create(id=account, organisation=organisation, login=account, name=full_name)
            life.team.append(staff.put(write, account, full_name, role))
            staff.put_duty(write, life.team[-1], "floor", place="lounge")
        for room, bed in life.beds:
            _arrive(life, write, room, bed)
    return life


def _arrive(life: Life, write: Writing, room: str, bed: str) -> None:
    """Somebody new in this bed, for a while or, in the first beds, for the whole year."""
    nth = life.arrivals
    life.arrivals += 1
    person = {"given_name": GIVEN[nth % 20], "family_name": FAMILY[(nth + nth // 20) % 20]}
    entry = stays.put(
        write, person, level=1 + nth % 4, room=room, bed=bed, watch="q15", likes=["drawing", "early walks"],
        helps=["Space first, then a walk"], night_plan=["Look through the panel first.", "A warm drink helps."],
    )  # fmt: skip
    places.put(write, entry.about, "lounge")
    leaves = None if nth < STAYING else moments.local_day(write.at, ZONE) + timedelta(days=life.random.randint(20, 150))
    if nth < len(life.beds):
        life.stays.append(entry.about)
        life.leaves.append(leaves)
    else:
        where = life.beds.index((room, bed))
        life.stays[where], life.leaves[where] = entry.about, leaves


def _day(life: Life, start: datetime, end: datetime) -> None:
    nurse = Author(life.team[0], "charge_nurse")
    gone = _gone(life, moments.local_day(start, ZONE))
    if gone:
        with ledger.writing(life.community, nurse, start, random=life.random) as write:
            for nth in gone:
                stays.put_ended(write, life.stays[nth], "completed")
    with ledger.writing(life.community, nurse, start, random=life.random) as write:
        for table in ("stay", "watch", "whereabouts"):
            write.state.prefetch(table, life.stays)
        for nth in gone:
            _arrive(life, write, *life.beds[nth])
        _groups(life, write, start)
        at, quarter = start, 0
        while at < end:
            write.begin_act(Author(life.team[quarter // 32 % 3], TEAM[quarter // 32 % 3][1]), at)
            _quarter(life, write, at)
            at, quarter = at + QUARTER, quarter + 1


def _gone(life: Life, today: date) -> list[int]:
    """The beds, by number, whose people leave today."""
    return [nth for nth, leaves in enumerate(life.leaves) if leaves is not None and leaves <= today]


def _groups(life: Life, write: Writing, at: datetime) -> None:
    """Who came to the groups of the day before, entered together by the therapist."""
    day = moments.local_day(at, ZONE) - timedelta(days=1)
    write.begin_act(Author(life.team[2], "therapist"), at)
    for slot in [slot for slot in life.programme.week if slot.is_on(day.weekday()) and slot.kind == "group"][:2]:
        for stay in life.stays:
            attendance.put(write, stay, day, slot.code, "here" if life.random.random() < 0.85 else "declined")


def _quarter(life: Life, write: Writing, at: datetime) -> None:
    """One round; now and then somebody moves, does well or is reminded."""
    random, programme = life.random, life.programme
    night = not 7 <= moments.local(at, ZONE).hour < 22
    pad = programme.observation.night_pad if night else programme.observation.day_pad
    rooms = ("lounge", "garden", "kitchen", "group-room", "library", "dining-room")
    for stay in life.stays:
        seen_as = pad[0].code if night or random.random() < 0.5 else pad[1].code
        checks.put(write, stay, seen_as)
        if night:
            continue
        luck = random.random()
        if luck < 0.07:
            places.put(write, stay, random.choice(rooms))
        elif luck < 0.092:
            interactions.put_noticed(
                write, stay, random.choice(programme.strengths).code, "Stayed calm and asked for a break."
            )
        elif luck < 0.097:
            interactions.put_reminded(write, "correction", stay, "phones", "agreed", went="settled")
