"""Which keys have the parts that safety and the law hang on? Checks, pad, shifts, staffing, calming, clocks.

Every part here that carries a number of the law or of the house policy needs its source.
"""

from __future__ import annotations

from typing import Any

from milieu.rules.programme import care, vocabulary
from milieu.rules.programme.amounts import Amount, SourceOf
from milieu.rules.programme.fields import Field, Part
from milieu.rules.programme.kinds import Code, ListOf, OneOf, TimeOfDay, WholeNumber, Words, YesNo
from milieu.rules.programme.quantity import Quantity, Source

_CODE = Field(Code(), "a short name other places refer to")
_TITLE = Field(Words(), "what people see")
_SOURCE = Field(SourceOf(), "where the number comes from")
_HOUSE = Source("this programme", "", "")

OBSERVATION_LEVEL = Part("a level of checks", care.ObservationLevel, {
    "code": Field(OneOf(vocabulary.OBSERVATION_LEVELS, "this level of checks is not known"), "which of the known"),
    "title": _TITLE,
    "every": Field(Amount(("minute", "hour")), "longest time between two checks; left out: none or continuous", None),
    "continuous_gap": Field(Amount(("minute",)), "for continuous ones: the longest gap in the record", None),
    "needs_order": Field(YesNo(), "must a clinician order it", False),
    "described": Field(Words(), "how it is done, for staff and for the person"),
    "source": _SOURCE,
})  # fmt: skip

PAD_BUTTON = Part("a button of the pad", care.PadButton, {
    "code": _CODE,
    "title": Field(Words(), "on the button"),
    "hint": Field(Words(), "the small line under it"),
    "icon": Field(OneOf(vocabulary.ICONS, "there is no such icon"), "its picture"),
    "means": Field(
        OneOf(tuple(vocabulary.PAD_MEANS), "this is not known", vocabulary.PAD_MEANS), "what it records", "seen"),
    "asleep": Field(YesNo(), "was the person asleep", False),
})  # fmt: skip

CHIP = Part("a chip", care.Chip, {"code": _CODE, "title": _TITLE})


def _night(starts: int, ends: int) -> tuple[int, int]:
    return (starts, ends)


NIGHT = Part("the night", _night, {
    "starts": Field(TimeOfDay(), "HH:MM"),
    "ends": Field(TimeOfDay(), "HH:MM"),
})  # fmt: skip


def _observation(**values: Any) -> care.Observation:
    values.pop("source")
    return care.Observation(**values)


def _share(value: float) -> Quantity:
    return Quantity(value, "share", _HOUSE)


OBSERVATION = Part("observation", _observation, {
    "source": Field(SourceOf(), "where the late rules come from", None),
    "levels": Field(ListOf(OBSERVATION_LEVEL, 1), "from lightest to closest"),
    "default_level": Field(Code(), "the level on arrival"),
    "approaching_share": Field(Amount(("share",)), "due soon, from this share of the interval on", _share(0.8)),
    "late_after": Field(Amount(("share",)), "late, from this share on", _share(1.0)),
    "missed_after": Field(Amount(("share",)), "missed, from this share on", _share(1.5)),
    "late_alert": Field(Code(), "role told when late", ""),
    "missed_alert": Field(Code(), "role told when missed", ""),
    "back_entry_needs_reason": Field(YesNo(), "does a later entry need a reason", True),
    "night": Field(NIGHT, "when the night pad is shown", (0, 0)),
    "night_pad": Field(ListOf(PAD_BUTTON), "the big pad by night", ()),
    "day_pad": Field(ListOf(PAD_BUTTON), "the big pad by day", ()),
    "chips": Field(ListOf(CHIP), "what can be added before a tap", ()),
    "agreed_sleep_allowed": Field(YesNo(), "may clinician and person agree on sleep without checks", False),
    "prompt_jitter": Field(
        Amount(("share",), may_be_zero=True), "how much earlier a prompt may come, by chance", _share(0.2)),
})  # fmt: skip

SHIFT = Part("a shift", care.Shift, {
    "code": _CODE,
    "title": _TITLE,
    "starts": Field(TimeOfDay(), "HH:MM"),
    "ends": Field(TimeOfDay(), "HH:MM; before the start: the next day"),
    "asleep": Field(YesNo(), "are residents asleep in it", False),
})  # fmt: skip

STAFFING = Part("a staffing rule", care.StaffingRule, {
    "code": _CODE,
    "role": Field(Code(), "a code under roles, or any", "any"),
    "residents_per_staff": Field(Amount(("person",)), "residents for one member of staff, at most"),
    "when": Field(OneOf(vocabulary.STAFFING_TIMES, "this is not known"), "awake, asleep or always", "always"),
    "at_least": Field(WholeNumber(1), "never fewer than", 1),
    "source": _SOURCE,
})  # fmt: skip

CALMING_STEP = Part("a calming step", care.CalmingStep, {
    "code": _CODE,
    "title": _TITLE,
    "described": Field(Words(), "how it is done"),
    "restrictive": Field(YesNo(), "does it limit the person", False),
    "needs_reason_to_skip": Field(YesNo(), "must someone say why it was not tried", True),
})  # fmt: skip

AGE_LIMIT = Part("a limit by age", care.AgeLimit, {
    "from_age": Field(WholeNumber(), "from this age", 0),
    "under_age": Field(WholeNumber(1), "up to, not including, this age", None),
    "limit": Field(Amount(("minute", "hour", "day")), "how long"),
})  # fmt: skip

CLOCK = Part("a clock", care.Clock, {
    "code": _CODE,
    "title": _TITLE,
    "starts_from": Field(
        OneOf(tuple(vocabulary.CLOCK_STARTS), "a clock cannot start from this", vocabulary.CLOCK_STARTS), "from when"),
    "limit": Field(Amount(("minute", "hour", "day")), "how long"),
    "by_age": Field(ListOf(AGE_LIMIT), "other limits by age", ()),
    "counted": Field(
        OneOf(tuple(vocabulary.CLOCK_COUNTS), "this is not known", vocabulary.CLOCK_COUNTS), "how", "elapsed"),
    "who": Field(Code(), "who must act: a code under roles"),
    "requires": Field(Words(), "what must be done to meet it"),
    "source": _SOURCE,
})  # fmt: skip
