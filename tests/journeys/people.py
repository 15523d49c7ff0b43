"""Who lives and works in the house of the journeys: the people of the mock-ups, so that shots can be held beside them.

Only names and facts; how they come into the record stands in `seed`.
"""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "a warm lamp in the hall"
PIN = "4719"


@dataclass(frozen=True, slots=True)
class Resident:
    """One resident: level, bed, where they are in the morning, and how long ago they were seen."""

    name: str
    level: int
    room: int
    place: str
    day: int  # of their stay
    watch: str = "routine"
    ago: int = 12  # minutes since last seen
    doing: str = ""


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the team, with an account under `login`."""

    login: str
    name: str
    role: str
    doing: str = ""
    place: str = ""
    pin: bool = False


RESIDENTS = (
    Resident("Alejandro Cruz", 3, 8, "group-room", 74, ago=6),
    Resident("Elena Rossi", 4, 9, "group-room", 143, ago=6),
    Resident("Grace Okafor", 2, 5, "group-room", 38, ago=6),
    Resident("Jonah Berg", 2, 8, "group-room", 41, ago=6),
    Resident("Marcus Tate", 3, 10, "group-room", 83, ago=6),
    Resident("Mina Haddad", 2, 9, "group-room", 29, ago=6),
    Resident("Priyanka Shah", 3, 11, "group-room", 66, ago=6),
    Resident("Sofia Lind", 3, 11, "group-room", 95, ago=6),
    Resident("Carl Dunn", 2, 12, "lounge", 33, "q15", 12),
    Resident("Dee Adams", 1, 1, "lounge", 2, "q30", 19),
    Resident("Ruth Mbeki", 4, 1, "lounge", 160, ago=17),
    Resident("Aisha Noor", 4, 13, "garden", 151, ago=25),
    Resident("Ben Fox", 3, 10, "garden", 70, ago=41),
    Resident("Kofi Poku", 4, 16, "kitchen", 170, ago=10, doing="Lunch crew lead"),
    Resident("Yusuf Kaya", 2, 3, "kitchen", 24, "q30", 16, doing="Lunch crew"),
    Resident("Tom Wells", 1, 6, "room-6", 5, "q15", 2),
    Resident("Hana Vega", 2, 2, "room-2", 19, "q30", 33, doing="resting"),
    Resident("Luca Gatti", 2, 7, "out", 27, ago=30, doing="Dentist"),
)

WORKERS = (
    Worker("nadia", "Nadia Rahman", "charge_nurse", "floor", "lounge", pin=True),
    Worker("amara", "Amara Diallo", "therapist", "group", "group-room"),
    Worker("bea", "Bea Lindqvist", "technician", "kitchen", "kitchen", pin=True),
    Worker("sam", "Sam Whitfield", "technician", "one to one"),
    Worker("joel", "Joel Marsh", "technician", "out with Luca", pin=True),
    Worker("peter", "Peter Holm", "manager"),
)

ABOUT: dict[str, dict[str, object]] = {
    "Tom Wells": {
        "night_plan": [
            "Look through the panel first. No torch on his face.",
            "If he is awake, say who you are, quietly.",
            "A warm drink helps more than talking.",
        ],
        "likes": ["the garden before breakfast"],
        "helps": ["sitting beside him, not opposite"],
        "avoids": ["questions about last week"],
        "safety": [{"line": "Thoughts of hurting himself at night; tells us when asked directly."}],
    },
    "Carl Dunn": {
        "pronouns": "he/him",
        "likes": ["drawing", "strong coffee"],
        "helps": ["a choice first, then time"],
        "avoids": ["being touched on the arm", "standing in front of him"],
        "adapted": {
            "quiet-voices": "Offer the choice first, then wait. Stand beside him, not in front. He asked us not to touch his arm."
        },
        "goals": ["asked-for-break", "listened"],
        "post": "Garden crew",
    },
    "Dee Adams": {"needs": ["reads with a ruler; say it as well"], "likes": ["cats", "puzzles"]},
    "Elena Rossi": {"post": "Community leader"},
    "Hana Vega": {"night_plan": ["Knock twice, then wait."], "helps": ["music with headphones"]},
    "Jonah Berg": {"helps": ["a walk round the house"]},
}
SLEEP_BY_AGREEMENT = (
    "Elena Rossi", "Ruth Mbeki", "Aisha Noor", "Ben Fox", "Sofia Lind", "Marcus Tate", "Priyanka Shah", "Alejandro Cruz",
)  # fmt: skip
NOTICED = (
    (51, "Jonah Berg", "asked-for-break", "nadia"),
    (46, "Grace Okafor", "spoke-up", "amara"),
    (38, "Kofi Poku", "led-well", "bea"),
    (27, "Mina Haddad", "listened", "amara"),
    (20, "Carl Dunn", "came-though-hard", "nadia"),
    (11, "Ruth Mbeki", "welcomed", "sam"),
)
