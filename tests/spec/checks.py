"""Looking in on people: when a check is due, late or missed, and which checks may be recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from milieu.rules import checks
from milieu.rules.checks import CheckFacts, Watched
from tests import programme
from tests.spec.chapters import Chapter, Table

POLICY = programme.tc().observation
DAY = date(2026, 10, 6)
MINUTE = timedelta(minutes=1)


def clock(text: str, day: date = DAY) -> datetime:
    """A time on the day of the examples; at or after 18:00 it was the evening before."""
    hour, minute = map(int, text.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(days=hour >= 18)


def stands(order: str, seen: str, now: str) -> tuple[str, str]:
    """How a check stands under an order of so many minutes."""
    seen_at = None if seen == "never" else clock(seen)
    watched = Watched("q", int(order) * MINUTE, since=clock("18:00"), seen_at=seen_at)
    found = checks.due(watched, POLICY, clock(now))
    return found.standing.value.replace("_", " "), str(found.reason)


def in_a_case(case: str, now: str) -> tuple[str, str]:
    """How a check stands for somebody last seen at 22:50, every 15 minutes, in some case."""
    cases = {
        "somebody stays with them": {"one_to_one": True},
        "out until 04:00": {"is_out": True, "out_until": clock("04:00")},
        "sleep agreed 23:00 to 06:00": {"sleep_from": clock("23:00"), "sleep_until": clock("06:00")},
        "no order": {"every": None},
        "ordered at 02:00, before that every hour": {"since": clock("02:00")},
    }
    known = {"every": 15 * MINUTE, "since": clock("18:00"), "seen_at": clock("22:50"), **cases[case]}
    found = checks.due(Watched("q", **known), POLICY, clock(now))  # type: ignore[arg-type]
    return found.standing.value.replace("_", " "), str(found.reason)


def gap(every: str, seen: str) -> str:
    """The gaps in a sheet of times, each flagged once."""
    times = [clock(one) for one in seen.split(", ")]
    found = checks.gaps(times, int(every) * MINUTE, POLICY, times[0], times[-1])
    told = [f"{one.began:%H:%M} to {one.ended:%H:%M} {one.standing.value}" for one in found]
    return ", ".join(told) or "none"


def on_a_changing_night(night: str, seen: str, now: str) -> tuple[str, str]:
    """How a check every 30 minutes stands on a night when the clock changes; `summer` and `winter` name the hour meant."""
    where, day = night.split(", ")
    zone = {"London": ZoneInfo("Europe/London"), "New York": ZoneInfo("America/New_York")}[where]

    def wall(text: str) -> datetime:
        time, _, which = text.partition(" ")
        hour, minute = map(int, time.split(":"))
        return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=zone, fold=which == "winter")

    began, at = wall(seen), wall(now)
    found = checks.due(Watched("q30", 30 * MINUTE, began, began), POLICY, at)
    gone = (at.astimezone(UTC) - began.astimezone(UTC)) // MINUTE
    return f"{gone} minutes", found.standing.value.replace("_", " ")


def recording(what: str) -> str:
    """What is said when Carl, who arrived on Monday at 10:00, is said to have been seen; it is Tuesday, 14:00."""
    now = clock("14:00")
    said: dict[str, dict[str, object]] = {
        "settled, just now": {},
        "settled, two minutes ahead of this clock": {"at": now + 2 * MINUTE},
        "settled, five minutes ahead of this clock": {"at": now + 5 * MINUTE},
        "settled, two minutes ago": {"at": now - 2 * MINUTE},
        "settled, twenty minutes ago": {"at": now - 20 * MINUTE},
        "settled, twenty minutes ago, because of a fire alarm": {"at": now - 20 * MINUTE, "why": "fire alarm"},
        "settled, on Monday at 13:00": {"at": now - timedelta(hours=25), "why": "forgotten"},
        "settled, on Monday at 14:30, arrived at 15:00": {
            "at": now - timedelta(hours=23.5), "why": "forgotten", "arrived": now - timedelta(hours=23),
        },
        "settled, just now, left at 13:00": {"left": now - timedelta(hours=1)},
        "a button that is not there": {"pad": "dancing"},
        "an addition that is not there": {"chips": ("cake",)},
    }  # fmt: skip
    told = said[what]
    pads, chips = frozenset({"settled"}), frozenset({"drink"})
    arrived = told.get("arrived", now - timedelta(hours=28))
    facts = CheckFacts("Carl D.", arrived, told.get("left"), pads, chips, reason_for_late=True)  # type: ignore[arg-type]
    found = checks.problem_with(
        facts, str(told.get("pad", "settled")), told.get("chips", ()), told.get("at", now), now, str(told.get("why", ""))  # type: ignore[arg-type]
    )  # fmt: skip
    return str(found) if found else "recorded"


CHAPTER = Chapter(
    "checks",
    "Looking in",
    "A person is looked in on as often as their order says. Due is the last time seen plus the interval. A check is coming up "
    "at 80 % of the interval, late beyond the whole of it, missed beyond one and a half. These shares, and the intervals, stand "
    "in the programme; the examples use the residential programme.",
    (
        Table(
            "An order of so many minutes", "From the last time somebody looked in.",
            ("every", "last seen", "now", "stands", "says"), 2,
            (
                ("15", "02:42", "02:42", "on time", "15 minutes to the next check."),
                ("15", "02:42", "02:53", "on time", "4 minutes to the next check."),
                ("15", "02:42", "02:54", "due", "3 minutes left."),
                ("15", "02:42", "02:56", "due", "1 minute left."),
                ("15", "02:42", "02:57", "due", "0 minutes left."),
                ("15", "02:42", "02:58", "late", "The check is 1 minute late."),
                ("15", "02:42", "03:04", "late", "The check is 7 minutes late."),
                ("15", "02:42", "03:05", "missed", "No check for 8 minutes beyond its time."),
                ("15", "02:42", "03:14", "missed", "No check for 17 minutes beyond its time."),
                ("30", "02:00", "02:23", "on time", "7 minutes to the next check."),
                ("30", "02:00", "02:24", "due", "6 minutes left."),
                ("30", "02:00", "02:31", "late", "The check is 1 minute late."),
                ("30", "02:00", "02:45", "late", "The check is 15 minutes late."),
                ("30", "02:00", "02:46", "missed", "No check for 16 minutes beyond its time."),
                ("60", "23:40", "00:28", "due", "12 minutes left."),
                ("60", "23:40", "00:41", "late", "The check is 1 minute late."),
                ("60", "23:40", "01:11", "missed", "No check for 31 minutes beyond its time."),
                ("15", "never", "18:15", "due", "0 minutes left."),
                ("15", "never", "18:16", "late", "The check is 1 minute late."),
            ),
            stands,
        ),
        Table(
            "What comes before the interval",
            "For somebody seen at 22:50 under an order of 15 minutes. Somebody beside them comes first, then being out, then "
            "agreed sleep. When agreed sleep ends it is time to look in, and when somebody is not back by the time agreed, to "
            "look for them. A new order is due when it is given, and late from then.",
            ("case", "now", "stands", "says"), 2,
            (
                ("somebody stays with them", "03:00", "one to one", "Someone is with them all the time."),
                ("out until 04:00", "03:00", "out", "Out of the house."),
                ("out until 04:00", "04:00", "due", "0 minutes left."),
                ("out until 04:00", "04:23", "missed", "No check for 23 minutes beyond its time."),
                ("sleep agreed 23:00 to 06:00", "22:58", "on time", "7 minutes to the next check."),
                ("sleep agreed 23:00 to 06:00", "23:00", "agreed sleep", "Sleep without checks was agreed."),
                ("sleep agreed 23:00 to 06:00", "05:59", "agreed sleep", "Sleep without checks was agreed."),
                ("sleep agreed 23:00 to 06:00", "06:00", "due", "3 minutes left."),
                ("sleep agreed 23:00 to 06:00", "06:05", "late", "The check is 2 minutes late."),
                ("sleep agreed 23:00 to 06:00", "06:11", "missed", "No check for 8 minutes beyond its time."),
                ("ordered at 02:00, before that every hour", "02:00", "due", "0 minutes left."),
                ("ordered at 02:00, before that every hour", "02:04", "late", "The check is 4 minutes late."),
                ("no order", "03:00", "none", "No checks are ordered."),
            ),
            in_a_case,
        ),
        Table(
            "Gaps in a sheet of checks",
            "What a surveyor looks for. The third and fourth rows were cited in inspections (32 and 31 minutes under an order "
            "of 15).",
            ("every", "seen at", "gaps"), 1,
            (
                ("15", "02:42, 02:57", "none"),
                ("15", "02:42, 02:58", "02:42 to 02:58 late"),
                ("15", "02:42, 03:14", "02:42 to 03:14 missed"),
                ("15", "18:37, 19:08", "18:37 to 19:08 missed"),
                ("15", "02:00, 02:15, 02:30, 02:50, 03:05", "02:30 to 02:50 late"),
                ("30", "01:00, 01:46, 02:16, 02:50", "01:00 to 01:46 missed, 02:16 to 02:50 late"),
                ("60", "01:00, 02:00, 03:00", "none"),
            ),
            gap,
        ),
        Table(
            "Nights when the clock changes",
            "Minutes are counted as they pass, whatever the clock on the wall shows. Every 30 minutes.",
            ("night", "last seen", "now", "since then", "stands"), 2,
            (
                ("London, 2026-10-25", "01:45 summer", "01:00 winter", "15 minutes", "on time"),
                ("London, 2026-10-25", "01:45 summer", "01:15 winter", "30 minutes", "due"),
                ("London, 2026-10-25", "01:30 summer", "01:30 winter", "60 minutes", "missed"),
                ("London, 2026-10-25", "00:50 summer", "01:15 summer", "25 minutes", "due"),
                ("London, 2026-03-29", "00:50", "02:10", "20 minutes", "on time"),
                ("London, 2026-03-29", "00:50", "02:25", "35 minutes", "late"),
                ("New York, 2026-11-01", "01:45 summer", "01:05 winter", "20 minutes", "on time"),
                ("New York, 2026-11-01", "01:40 summer", "01:25 winter", "45 minutes", "late"),
                ("New York, 2026-03-08", "01:50", "03:10", "20 minutes", "on time"),
                ("New York, 2026-03-08", "01:50", "03:40", "50 minutes", "missed"),
            ),
            on_a_changing_night,
        ),
        Table(
            "Recording a check",
            "Carl arrived on Monday at 10:00; it is Tuesday, 14:00. A time more than two minutes back is an entry after the fact: "
            "it needs a reason, and shows both times for ever.",
            ("said", "answer"), 1,
            (
                ("settled, just now", "recorded"),
                ("settled, two minutes ahead of this clock", "recorded"),
                (
                    "settled, five minutes ahead of this clock",
                    "This check is said to happen in the future. Set the clock of this device, or give the time you saw Carl D..",
                ),
                ("settled, two minutes ago", "recorded"),
                ("settled, twenty minutes ago", "Say in a few words why this is entered late. It stays visible."),
                ("settled, twenty minutes ago, because of a fire alarm", "recorded"),
                ("settled, on Monday at 13:00", "This is more than a day ago. Write it as a note about Carl D. instead."),
                (
                    "settled, on Monday at 14:30, arrived at 15:00", "Carl D. had not arrived by then. Look at the time.",
                ),
                ("settled, just now, left at 13:00", "Carl D. had left by then. Look at the time."),
                (
                    "a button that is not there",
                    "There is no button 'dancing' in this programme. Choose one of those shown.",
                ),
                ("an addition that is not there", "There is no addition 'cake' in this programme. Leave it out."),
            ),
            recording,
        ),
    ),
)  # fmt: skip
