"""Which words may a programme use where a rule must understand them? The closed sets, each in one place.

Titles and sentences are free; codes that code acts on are not. What each means stands beside it and is
shown in error messages, in the JSON Schema and in docs/programmes.md.
"""

from __future__ import annotations

from collections.abc import Mapping

SETTINGS: Mapping[str, str] = {
    "psychiatric_inpatient": "psychiatric inpatient ward",
    "residential_tc": "residential therapeutic community for substance use",
    "modified_tc": "modified therapeutic community, co-occurring conditions",
    "correctional_tc": "therapeutic community in prison",
    "day_programme": "day programme or partial hospital",
    "outpatient_group": "outpatient group, self-help style",
    "recovery_house": "sober or recovery house",
    "youth_residential": "youth behavioural residential",
    "home": "milieu at home, with the family",
    "private_group": "private practice group",
}

# The words a programme may rename; what stands here is used where it does not.
WORDS: Mapping[str, str] = {
    "resident": "resident",
    "residents": "residents",
    "staff": "staff",
    "community": "community",
    "level": "level",
    "levels": "levels",
    "stay": "stay",
    "noticed": "Noticed",
    "correction": "Correction",
    "redirection": "Redirection",
    "calming_steps": "Calming steps",
    "reminder": "A reminder",
    "house_meeting": "House meeting",
    "morning_meeting": "Morning meeting",
    "group": "group",
    "check": "check",
    "round": "round",
    "buddy": "buddy",
    "leader": "community leader",
    "key_worker": "key worker",
    "job": "job",
    "agreement": "agreement",
    "quiet_time": "Quiet time",
    "graduate": "graduate",
}

UNITS = ("minute", "hour", "day", "month", "person", "share", "count")

# What people write for a unit; the value is how it is kept.
UNIT_WORDS: Mapping[str, str] = {
    **{unit: unit for unit in UNITS},
    **{f"{unit}s": unit for unit in ("minute", "hour", "day", "month", "person", "count")},
    "people": "person",
    "%": "share",
}

SLOT_KINDS = (
    "meal", "group", "meeting", "work", "individual", "education", "skills", "occupational",
    "recreation", "art", "chore", "free", "quiet", "visits", "selfhelp", "wake", "lights_out",
    "medication",
)  # fmt: skip

# Kinds that may run beside something else the same person is expected at.
OPEN_KINDS = frozenset({"free", "visits", "medication"})

# Kinds that are therapy groups: the size limit of the programme's own policy holds for them, not for classes.
GROUP_KINDS = frozenset({"group", "skills"})

DAY_WORDS: Mapping[str, tuple[int, ...]] = {
    "mon": (0,),
    "tue": (1,),
    "wed": (2,),
    "thu": (3,),
    "fri": (4,),
    "sat": (5,),
    "sun": (6,),
    "daily": (0, 1, 2, 3, 4, 5, 6),
    "weekdays": (0, 1, 2, 3, 4),
    "weekends": (5, 6),
}

SPACE_KINDS = ("room", "bedroom", "outdoor", "away")
PRIVACY: Mapping[str, str] = {
    "own": "a person's own: knock and wait",
    "shared": "shared by those in it: knock",
    "open": "open to everyone",
    "staff": "staff only",
}

# Codes the permission table knows. A programme names those it has.
ROLES: Mapping[str, bool] = {  # True: staff
    "technician": True,
    "nurse": True,
    "charge_nurse": True,
    "therapist": True,
    "facilitator": True,
    "doctor": True,
    "social_worker": True,
    "manager": True,
    "admin": True,
    "resident": False,
    "leader": False,
    "graduate": False,
    "family": False,
    "advocate": False,
    "surveyor": False,
}

BINDS = ("everyone", "residents", "staff")
OBSERVATION_LEVELS = ("none", "routine", "q60", "q30", "q15", "sight", "arm")
PAD_MEANS: Mapping[str, str] = {
    "seen": "the person was seen and is safe",
    "struggling": "the person was seen and needs someone: opens the calming steps",
    "away": "the person was not there: starts a search",
}
ICONS = (
    "moon", "bed", "chair", "calm", "bath", "search", "people", "leaf", "person", "talk", "walk", "phone",
)  # fmt: skip
STAFFING_TIMES = ("awake", "asleep", "always")
CLOCK_STARTS: Mapping[str, str] = {
    "start": "the start of the intervention",
    "order": "the order",
    "first_order": "the first order of an unbroken series",
    "end": "the end of the intervention",
    "known": "the moment staff learnt of it",
    "filed": "the day it was handed in",
    "decided": "the decision",
    "admission": "the arrival",
    "discharge": "the leaving",
    "last": "the last time it was done",
}
CLOCK_COUNTS: Mapping[str, str] = {
    "elapsed": "hours and days run through",
    "business_day_close": "until the close of that many business days later",
}
DECIDERS = ("resident", "house", "shared", "staff", "law")
GRADES: Mapping[str, str] = {
    "S": "the source was seen",
    "R": "computed from real data",
    "K": "known, not re-read: check the named section before relying on it",
}

# What a criterion may count, and in which unit. Each is computed from recorded entries (rules/levels.py).
MEASURES: Mapping[str, tuple[str, str]] = {
    "days_in_stay": ("day", "days since arrival"),
    "days_at_level": ("day", "days at the present level"),
    "harm_events": ("count", "recorded harm to self, others or surroundings"),
    "calm_returns": ("share", "hard moments that settled without hands-on help"),
    "oriented_days": ("share", "days on which the person knew place, day and people"),
    "personal_care_days": ("share", "days on which the person washed and dressed, alone or with help offered"),
    "sessions_per_day": ("count", "sessions attended a day, on average"),
    "groups_attended": ("count", "groups and meetings attended"),
    "attendance_share": ("share", "attended of those the person was expected at"),
    "checkins_done": ("count", "check-ins the person filled in or spoke"),
    "own_goals": ("count", "goals in the person's own words that are open or reached"),
    "goal_steps": ("count", "steps on own goals recorded as done"),
    "plan_reviews": ("count", "plan reviews with the person's own view in"),
    "skills_practised": ("count", "practised coping or social skills"),
    "family_contacts": ("count", "visits, calls and sessions with people the person named"),
    "jobs_share": ("share", "job turns done of those taken on"),
    "help_given": ("count", "recorded help given to others"),
    "noticed_given": ("count", "strengths noticed in others"),
    "noticed_received": ("count", "strengths others noticed in the person"),
    "reminders_kept": ("share", "reminders after which things settled"),
    "groups_led": ("count", "groups, meetings or crews led or co-led"),
    "buddy_days": ("day", "days as someone's buddy"),
    "leave_returns": ("share", "times out that ended as agreed"),
    "selfhelp_meetings": ("count", "self-help meetings, told by the person"),
    "agreement_read": ("count", "agreement in force read and acknowledged"),
}  # fmt: skip

# Numbers of the house or the law that rules take by this code, with the unit they understand.
POLICIES: Mapping[str, tuple[str, str]] = {
    "group_size": ("person", "people in one therapy group"),
    "meeting_size": ("person", "people in one large meeting"),
    "caseload": ("person", "residents of one therapist or key worker"),
    "buddy_time": ("day", "how long a newcomer has a buddy"),
    "step_back": ("hour", "how long a step back for safety may last"),
    "step_back_review": ("hour", "how often a step back is looked at"),
    "level_review": ("day", "time until the next look at the level"),
    "plan_review": ("day", "time between plan reviews"),
    "leader_term": ("month", "time in one elected post"),
    "quorum": ("share", "share of those entitled who must be there for a vote"),
    "corrections_a_day": ("count", "reminders one person may give another in a day"),
    "one_to_one_gap": ("day", "days without a one-to-one conversation"),
    "work_a_day": ("minute", "unpaid house work a day"),
    "work_a_week": ("minute", "unpaid house work a week"),
    "service_a_week": ("hour", "planned treatment hours a week"),
    "visit_length": ("minute", "length of a visit"),
    "first_contact": ("hour", "time until the first conversation with senior staff"),
    "missed_meetings": ("count", "missed meetings in a row before someone calls"),
}

# Nothing of this may ever depend on a level (field.md 10.6).
RIGHTS: Mapping[str, str] = {
    "food": "Everyone eats and drinks, at every meal and between them.",
    "bed": "Everyone has a bed and sleep.",
    "medical_care": "Everyone sees a nurse or doctor when they need one.",
    "mail": "Everyone sends and receives letters, unopened.",
    "visits": "Everyone may see and speak with people they name.",
    "advocate": "Everyone can reach an advocate, any day.",
    "complaint": "Everyone can complain and gets a written answer.",
    "worship": "Everyone may pray and worship, or not.",
    "outdoors": "Everyone goes outdoors every day.",
    "leaving": "Everyone here by choice may leave, without being pressed to stay.",
}

# Words by which a freedom gives away that it hangs on a right.
RIGHT_WORDS: Mapping[str, tuple[str, ...]] = {
    "food": ("food", "meal", "meals", "eat", "eats", "snack", "snacks"),
    "bed": ("bed", "mattress", "sleep"),
    "medical_care": ("doctor", "medical", "nurse", "medicine"),
    "mail": ("mail", "letter", "letters"),
    "visits": ("visit", "visits", "visitor", "visitors"),
    "advocate": ("advocate", "lawyer"),
    "complaint": ("complain", "complaint", "grievance"),
    "worship": ("worship", "pray", "prayer", "church", "mosque"),
    "outdoors": ("outdoors", "fresh air"),
    "leaving": ("leave the programme", "discharge"),
}

# Words that say what someone is instead of what was seen (design language 8), with what to write.
HARD_WORDS: Mapping[str, str] = {
    "non-compliant": "what the person did or chose",
    "noncompliant": "what the person did or chose",
    "refused": "'chose not to'",
    "refuses": "'chooses not to'",
    "manipulative": "what was said or asked",
    "attention-seeking": "what the person asked for",
    "acting out": "what was seen",
    "privileges": "'freedoms'",
    "failed": "'not yet', and what is left",
    "violation": "the expectation, and what was seen",
    "offender": "the person's name, or 'resident'",
    "addict": "'person who uses' and the substance",
    "addicts": "'people who use' and the substance",
    "abuser": "'person who uses' and the substance",
    "inmate": "'resident'",
    "schizophrenic": "'person with' and the condition, if it must be said",
}

# ISO 639-1.
LANGUAGES = frozenset({
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh", "bi", "bm",
    "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee",
    "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu",
    "gv", "ha", "he", "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is",
    "it", "iu", "ja", "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw",
    "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms",
    "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os",
    "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "si", "sk",
    "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl",
    "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi",
    "yo", "za", "zh", "zu",
})  # fmt: skip
