"""Fill an empty database with the house of the journeys; run as a program, it prints what a journey must know as JSON.

Everything is recorded through actions, at the times it would have happened. The house stands in the time zone where it is
now the hour one asks for, so that it is mid-morning there, or deep night, whenever the tests run.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milieu.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first

from milieu.actions import accounts, attendance, checks, houses, interactions, needs, places, staff, stays, writes  # noqa: E402
from milieu.record import ledger, programmes  # noqa: E402
from milieu.record.ledger import Author, Writing  # noqa: E402
from milieu.rules import day as day_rules  # noqa: E402
from tests.journeys import people  # noqa: E402
from tests.journeys.people import PASSWORD, PIN, Resident  # noqa: E402

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
HISTORY = 14
PROGRAMME = "tc-residential"
Act = Callable[[Writing], object]


def zone_where_it_is(hour: int, now: datetime) -> str:
    """The zone whose clock stands in this hour now. POSIX counts these zones the other way round."""
    ahead = (hour - now.hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


class Seed:
    """The house as it is being filled: who is who, and what is still to be recorded, in order of time."""

    def __init__(self, hour: int, now: datetime) -> None:
        self.now, self.hour = now, hour
        self.zone = zone_where_it_is(hour, now)
        self.wall = now.astimezone(ZoneInfo(self.zone))
        self.random = Random(7)
        self.stays: dict[str, str] = {}
        self.staff: dict[str, str] = {}
        self.acts: list[tuple[datetime, str, Act]] = []
        self.is_night = hour < 6 or hour >= 23

    def ago(self, minutes: float, who: str, act: Act) -> None:
        """`act` happened so long ago, done by `who`."""
        self.acts.append((self.now - minutes * MINUTE, who, act))

    def build(self) -> str:
        """The community's id, with everything recorded."""
        opened = self.now - 180 * DAY
        organisation = houses.organisation("Open Doors", opened, self.random)
        made = houses.open_(organisation, "Willow House", PROGRAMME, self.zone, opened, random=self.random)
        with ledger.writing(made, Author(), opened) as write:
            for worker in people.WORKERS:
                account = accounts.make(
                    organisation, worker.login, worker.name, PASSWORD, opened, pin=PIN if worker.pin else ""
                )
                self.staff[worker.login] = staff.put(write, account, worker.name, worker.role)
        with ledger.writing(made, Author(), opened) as write:
            self._arrive(write)
            self._past(write)
            self._settle()
            for at, who, act in sorted(self.acts, key=lambda one: one[0]):
                write.begin_act(self.author(who), at)
                act(write)
        return made

    def author(self, login: str) -> Author:
        """The author an act of this worker carries."""
        role = next(worker.role for worker in people.WORKERS if worker.login == login)
        return Author(self.staff[login], role)

    def _arrive(self, write: Writing) -> None:
        beds: dict[int, int] = {}
        for one in sorted(people.RESIDENTS, key=lambda one: -one.day):
            write.begin_act(self.author("nadia"), self.now - (one.day - 1) * DAY - 2 * HOUR)
            given, family = one.name.split()
            beds[one.room] = beds.get(one.room, 0) + 1
            about = {"pronouns": "", **people.ABOUT.get(one.name, {})}
            person = {"given_name": given, "family_name": family, "pronouns": str(about.pop("pronouns"))}
            bed = "AB"[beds[one.room] - 1]
            entry = stays.put(
                write, person, level=one.level, room=f"room-{one.room}", bed=bed, watch=one.watch, **about
            )
            self.stays[one.name] = entry.about
        stays.put_described(write, self.stays["Dee Adams"], buddy=self.stays["Ruth Mbeki"])
        stays.put_described(write, self.stays["Carl Dunn"], key_worker=self.staff["amara"])
        apart = [{"stay": self.stays["Carl Dunn"], "why": "words at breakfast"}]
        stays.put_described(write, self.stays["Jonah Berg"], keep_apart=apart)

    def _past(self, write: Writing) -> None:
        """A fortnight of groups and of things noticed, thin but believable."""
        programme = writes.programme_of(write)
        strengths = [one.code for one in programme.strengths]
        for back in range(HISTORY, 0, -1):
            day = (self.wall - back * DAY).date()
            groups = [one for one in programme.week if one.counts_as_check and one.is_on(day.weekday())][:4]
            for one in people.RESIDENTS:
                if one.day <= back:
                    continue
                at = self.now - back * DAY + timedelta(minutes=self.random.randrange(60))
                write.begin_act(self.author("amara"), at)
                for group in groups:
                    if group.expects(one.level):
                        came = self.random.random() < 0.8
                        attendance.put(write, self.stays[one.name], day, group.code, "here" if came else "declined")
                if self.random.random() < 0.45:
                    interactions.put_noticed(write, self.stays[one.name], self.random.choice(strengths))
                if self.random.random() < 0.08:
                    reminded = self.random.choice(("quiet-voices", "on-time", "phones"))
                    interactions.put_reminded(
                        write, "correction", self.stays[one.name], reminded, "agreed", went="settled"
                    )

    def _settle(self) -> None:
        """Today: who is on duty, where everyone is, who was seen when, what was noticed, what needs someone."""
        if self.is_night:
            self._night()
        else:
            self._morning()

    def _morning(self) -> None:
        for worker in people.WORKERS:
            if worker.doing:
                self._on_duty(worker.login, worker.doing, worker.place, {"sam": "Tom Wells"}.get(worker.login, ""))
        for one in people.RESIDENTS:
            self._whereabouts(one)
            seen = "in-group" if one.place == "group-room" else "alone" if one.place.startswith("room") else "settled"
            every = {"q15": 15, "q30": 30}.get(one.watch, 60)
            for back in range(7 if every < 60 else 2, -1, -1):
                self.ago(one.ago + back * (every - 1), "nadia", self._check(one.name, seen))
        self._groups_of_today()
        self.ago(44, "sam", lambda w: checks.put_one_to_one(w, self.stays["Tom Wells"], self.staff["sam"]))
        for minutes, name, strength, who in people.NOTICED:
            self.ago(minutes, who, lambda w, n=name, s=strength: interactions.put_noticed(w, self.stays[n], s))
        self.ago(70, "bea", lambda w: interactions.put_reminded(
            w, "correction", self.stays["Carl Dunn"], "quiet-voices", "agreed", went="settled"))  # fmt: skip
        self._needs()

    def _needs(self) -> None:
        relief_at = (self.now + 18 * MINUTE).replace(second=0, microsecond=0)
        self.ago(30, "nadia", lambda w: needs.put(
            w, "relief", "One to one with Tom W.", stay=self.stays["Tom Wells"], staff=self.staff["sam"], due_at=relief_at))  # fmt: skip
        self.ago(29, "nadia", lambda w: needs.put(
            w, "tension", "Words at breakfast. Seat apart.", stay=self.stays["Jonah Berg"], other=self.stays["Carl Dunn"]))  # fmt: skip
        self.ago(
            28, "amara", lambda w: needs.put(w, "own_view", "Level review is at 14:00", stay=self.stays["Hana Vega"])
        )

    def _night(self) -> None:
        self._on_duty("joel", "rounds", "lounge", "")
        self._on_duty("nadia", "office", "staff-office", "")
        sleep = (self.now - 4 * HOUR, self.now + 3 * HOUR)
        for name in people.SLEEP_BY_AGREEMENT:
            self.ago(400, "nadia", lambda w, n=name: checks.put_order(
                w, self.stays[n], "routine", "sleeps better without being looked in on", sleep=sleep))  # fmt: skip
        how = ("up-settled", "awake-in-bed", "asleep", "asleep", "asleep", "awake-in-bed", "up-settled", "up-settled")
        for number, one in enumerate(people.RESIDENTS):
            self.ago(420, "nadia", lambda w, o=one: places.put(w, self.stays[o.name], f"room-{o.room}"))
            if one.name in people.SLEEP_BY_AGREEMENT:
                continue
            every = {"q15": 15, "q30": 30}.get(one.watch, 60)
            last = {"Tom Wells": 11, "Luca Gatti": 62, "Carl Dunn": 6}.get(one.name, every - 4 - number % 3)
            for back in range(8):
                self.ago(
                    last + every * (7 - back), "joel", self._check(one.name, how[back] if every == 15 else "asleep")
                )
        for name in ("Dee Adams", "Yusuf Kaya"):
            self.ago(1.5, "joel", self._check(name, "asleep"))

    def _on_duty(self, login: str, doing: str, place: str, with_name: str) -> None:
        with_stay = self.stays.get(with_name, "")
        self.ago(150, "nadia", lambda w: staff.put_duty(w, self.staff[login], doing, place=place, with_stay=with_stay))

    def _whereabouts(self, one: Resident) -> None:
        out = one.place == "out"
        back = (self.now + 93 * MINUTE).replace(second=0, microsecond=0) if out else None
        self.ago(45, "nadia", lambda w: places.put(
            w, self.stays[one.name], one.place, doing=one.doing, back_at=back, with_staff=self.staff["joel"] if out else ""))  # fmt: skip

    def _check(self, name: str, seen_as: str) -> Act:
        return lambda write: checks.put(write, self.stays[name], seen_as)

    def _groups_of_today(self) -> None:
        """Everybody it was for came to what is over, all but a few; to what runs now, those who are in the group room."""
        programme, _ = programmes.from_folder(PROGRAMME)
        for stop in day_rules.day_line(programme, self.wall.date(), self.now, self.zone):
            if not stop.slot.counts_as_check or stop.starts > self.now:
                continue
            over = stop.ends <= self.now
            minutes = (self.now - stop.starts) / MINUTE - 5 if over else 6.5
            for number, one in enumerate(people.RESIDENTS):
                if stop.slot.expects(one.level) and (over or one.place == "group-room"):
                    status = "declined" if over and number % 7 == 3 else "here"
                    self.ago(minutes, "amara", self._attends(one.name, stop.slot.code, status))

    def _attends(self, name: str, slot: str, status: str) -> Act:
        return lambda write: attendance.put(write, self.stays[name], self.wall.date(), slot, status)


def main() -> None:
    """Make the tables and the house; `argv[1]` is the hour it shall be there."""
    call_command("migrate", verbosity=0)
    seed = Seed(int(sys.argv[1]) if len(sys.argv) > 1 else 10, datetime.now(UTC))
    made = seed.build()
    print(json.dumps({"community": made, "zone": seed.zone, "stays": seed.stays, "staff": seed.staff}))


if __name__ == "__main__":
    main()
