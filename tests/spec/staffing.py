"""How many staff the programme asks for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from milieu.rules import staffing
from tests import programme
from tests.spec.chapters import Chapter, Table

LONDON = ZoneInfo("Europe/London")


def needed(house: str, residents: str, clock: str) -> tuple[str, str]:
    """How many are needed at a time of a Tuesday, and why."""
    hour, minute = map(int, clock.split(":"))
    at = datetime(2026, 10, 6, hour, minute, tzinfo=LONDON)
    found = staffing.needed(programme.named(house), int(residents), at, "Europe/London")
    return str(found.staff), "; ".join(str(why) for why in found.because)


TC = "tc-residential"
TEXAS = "(Texas 25 TAC 564.902, intensive residential)"

CHAPTER = Chapter(
    "staffing",
    "Staff on the floor",
    "The largest number that any staffing rule of the programme asks for at this hour. The rules say who is awake or asleep, how "
    "many residents one member of staff may have, and how many there are at least. A rule for one role, such as counsellors, is "
    "shown but not counted towards the floor.",
    (
        Table(
            "A residential house",
            "One to 16 while people are awake, one to 32 while they sleep, never fewer than two; one counsellor to ten.",
            ("programme", "residents", "time", "needed", "because"), 2,
            (
                (TC, "0", "14:00", "2", f"2 for 0 residents at 1 to 16 {TEXAS}; 1 for 0 residents at 1 to 10 {TEXAS}"),
                (TC, "16", "14:00", "2", f"2 for 16 residents at 1 to 16 {TEXAS}; 2 for 16 residents at 1 to 10 {TEXAS}"),
                (TC, "17", "14:00", "2", f"2 for 17 residents at 1 to 16 {TEXAS}; 2 for 17 residents at 1 to 10 {TEXAS}"),
                (TC, "32", "14:00", "2", f"2 for 32 residents at 1 to 16 {TEXAS}; 4 for 32 residents at 1 to 10 {TEXAS}"),
                (TC, "33", "14:00", "3", f"3 for 33 residents at 1 to 16 {TEXAS}; 4 for 33 residents at 1 to 10 {TEXAS}"),
                (TC, "33", "22:59", "3", f"3 for 33 residents at 1 to 16 {TEXAS}; 4 for 33 residents at 1 to 10 {TEXAS}"),
                (TC, "33", "23:00", "2", f"2 for 33 residents at 1 to 32 {TEXAS}; 4 for 33 residents at 1 to 10 {TEXAS}"),
                (TC, "33", "06:29", "2", f"2 for 33 residents at 1 to 32 {TEXAS}; 4 for 33 residents at 1 to 10 {TEXAS}"),
                (TC, "33", "06:30", "3", f"3 for 33 residents at 1 to 16 {TEXAS}; 4 for 33 residents at 1 to 10 {TEXAS}"),
            ),
            needed,
        ),
    ),
)  # fmt: skip
