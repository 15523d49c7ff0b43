"""Who belongs to a round, and who is next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from milieu.rules import checks, rounds
from milieu.rules.checks import Watched
from milieu.rules.rounds import OnRound
from tests import programme
from tests.spec.chapters import Chapter, Table

POLICY = programme.tc().observation
AT = datetime(2026, 10, 6, 2, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CASES: dict[str, dict[str, object]] = {
    "out": {"is_out": True}, "one to one": {"one_to_one": True},
    "agreed sleep": {"sleep_from": AT - 60 * MINUTE, "sleep_until": AT + 60 * MINUTE},
}  # fmt: skip


def _person(door: int, text: str) -> OnRound:
    name, every, ago = text.split(" ", 2)
    more = CASES.get(ago, {})
    seen = AT - (20 if more else int(ago)) * MINUTE
    watched = Watched("q", int(every) * MINUTE, AT - 600 * MINUTE, seen, **more)  # type: ignore[arg-type]
    return OnRound(name, (door, "", name), checks.due(watched, POLICY, AT), seen)


def route(people: str) -> tuple[str, str, str, str]:
    """The round at 02:07 for people in walking order, each with the minutes of the order and since last seen."""
    found = rounds.route([_person(door, one) for door, one in enumerate(people.split(", "))], AT)
    rest = [one.stay for one in (*found.later, *found.asleep)]
    parts = ([one.stay for one in found.to_come], [one.stay for one in found.done], rest)
    return (found.next.stay if found.next else "nobody", *(", ".join(part) or "nobody" for part in parts))  # type: ignore[return-value]


CHAPTER = Chapter(
    "rounds",
    "The round",
    "A round begins on the quarter hour. In it stand all whose check falls due before it ends, in walking order, and those already "
    "seen in it. Whoever is late comes before whoever is on time. People who are out, asleep by agreement or have someone beside "
    "them need no look-in.",
    (
        Table(
            "At 02:07, in the round that began at 02:00",
            "Each person by name, minutes of the order, and minutes since last seen or why not. They live along the way in this "
            "order.",
            ("people", "next", "to come", "done", "later"), 4,
            (
                ("Carl 15 12, Maya 15 10", "Carl", "Carl, Maya", "nobody", "nobody"),
                ("Carl 15 12, Maya 15 20", "Maya", "Carl, Maya", "nobody", "nobody"),
                ("Carl 15 12, Maya 15 40, Joel 15 20", "Maya", "Carl, Maya, Joel", "nobody", "nobody"),
                ("Carl 15 2, Maya 15 10", "Maya", "Maya", "Carl", "nobody"),
                ("Carl 15 2, Maya 15 3", "nobody", "nobody", "Carl, Maya", "nobody"),
                ("Carl 60 12, Maya 60 55", "Maya", "Maya", "nobody", "Carl"),
                ("Carl 15 out, Maya 15 one to one, Joel 15 agreed sleep", "nobody", "nobody", "nobody", "Carl, Maya, Joel"),
                ("Carl 5 5, Maya 5 1", "Carl", "Carl", "Maya", "nobody"),
            ),
            route,
        ),
    ),
)  # fmt: skip
