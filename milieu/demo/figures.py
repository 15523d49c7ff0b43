"""How much, how often, how likely: every figure the demonstration lives by, with where it comes from.

Published figures are named with their study (grades as in the field notes: S seen, K known); what nobody has published
stands as the demonstration's own assumption. Nothing here is read by a rule of the real house.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random


@dataclass(frozen=True, slots=True)
class StayCurve:
    """How long people stay: share still here by day; those who see it through stay `planned` days, at random between."""

    here: tuple[tuple[float, float], ...]
    completes: float
    planned: tuple[float, float]
    typical: float  # the length levels are paced by
    history: int  # days lived before the first day in detail, so that stays of every length are there


# Darke 2012 [S], Sydney, n = 191: 17 % gone in week 1, median 39 days, 34 % completed. De Leon & Schwartz 1984 [S]: most
# leave in the first 14 days, nearly all drop-outs by three months, 4 to 21 % still there after a year; stays of 6 to 12
# months (founding text).
_COMMUNITY = StayCurve(
    ((0, 1.0), (7, 0.83), (14, 0.72), (39, 0.5), (90, 0.37), (180, 0.34)), 0.34, (180, 400), 270, 270
)
# Assumption: an acute ward keeps people for days to weeks (programme summary), and few leave against advice.
_WARD = StayCurve(((0, 1.0), (2, 0.95), (6, 0.87), (9, 0.86)), 0.86, (5, 26), 15, 45)
# Assumption: the community's curve, for no figure of a self-help group was found; no end is planned.
_GROUP = StayCurve(((0, 1.0), (7, 0.83), (28, 0.66), (90, 0.5), (180, 0.45)), 0.45, (200, 540), 300, 300)

CURVES: Mapping[str, StayCurve] = {
    "psychiatric_inpatient": _WARD,
    "youth_residential": _COMMUNITY,
    "outpatient_group": _GROUP,
    "private_group": _GROUP,
    "day_programme": _WARD,
}


def curve_of(setting: str) -> StayCurve:
    """The curve of a setting; a residential community's where none is kept."""
    return CURVES.get(setting, _COMMUNITY)


def length_of_stay(curve: StayCurve, random: Random) -> tuple[float, bool]:
    """Days this stay lasts, and whether it ends as planned."""
    draw = random.random()
    if draw < curve.completes:
        return random.uniform(*curve.planned), True
    for (day, share), (after, share_after) in pairwise(curve.here):
        if share >= draw > share_after:
            return day + (after - day) * (share - draw) / (share - share_after), False
    return curve.here[-1][0], False


# Warren, Doogan, Campbell, women's community, 611 days [S]: reciprocity of affirmations B 0.14; having received raises
# later affirming 0.10; people of one admission cohort 0.23. Used as weights in a log-linear choice of whom one helps.
RECIPROCITY = 0.14
RECEIVING = 0.10
COHORT = 0.23
COHORT_DAYS = 14
# How strongly a unit counts: the published B are per standard unit of a latent scale, a single act is less than that.
PER_ACT = 2.0

# Doogan & Warren 2017 [S]: corrections peak in the middle months. Shape by share of the usual length of stay.
CORRECTED: tuple[tuple[float, float], ...] = (
    (0.0, 0.7),
    (0.25, 0.9),
    (0.45, 1.5),
    (0.65, 1.4),
    (0.85, 0.7),
    (1.5, 0.5),
)

# Safewards and the programmes' own aim: about four to five noticed for one correction.
NOTICED_A_DAY = 1.35
CORRECTED_A_DAY = 0.31
REDIRECTED_A_DAY = 0.14
SAID_AS_AGREED = 0.88
WENT: tuple[tuple[str, float], ...] = (("settled", 0.62), ("needs_time", 0.22), ("not_yet", 0.07), ("", 0.09))
WITH_WORDS = 0.55

# Assumption, so that about 85 % of those expected take part (the usual day of the mock-ups is 81 to 86 %).
ATTENDS_AT_LEAST = 0.53
ATTENDS_MORE = 0.36
ATTENDS_MEALS = 0.08
COMES_LATE = 0.06
LEAVES_EARLY = 0.025
STAYS_AWAY: tuple[tuple[str, float], ...] = (("declined", 0.66), ("excused", 0.26), ("elsewhere", 0.08))
SIGNS_UP = 0.62

# Field notes 3: surveyors punish gaps; a good house has one to two in a hundred late, hardly any missed (assumption).
LATE_CHECKS = 0.011
MISSED_CHECKS = 0.0003
ENTERED_LATE = 0.004
WALK_AGAIN_AFTER = (0.845, 0.925)  # share of the interval: unpredictable, inside it
WALK_AGAIN_DENSE = (0.93, 0.97)
MISTAPPED = 0.0015  # assumption: taken back within seconds
WITH_CHIP = 0.07
CLOSER_A_DAY = 0.012  # a hard time with closer checks begins
AGREED_SLEEP = 0.55  # of those on ordinary checks who have been here a while

# Early weeks are bad nights [K]: awakenings a night fall from about three to about one.
AWAKE_FIRST = 3.0
AWAKE_LATER = 0.9
AWAKE_SETTLES = 30.0  # days

TAKES_ONE_TO_ONE_A_DAY = 1.4
OUTINGS_A_DAY = 1.3
NEEDS_A_DAY = 2.2
TENSIONS_A_DAY = 0.22
STEPS_BACK = 0.05


def along(shape: Sequence[tuple[float, float]], x: float) -> float:
    """The value of a broken line at `x`."""
    for (from_x, from_y), (to_x, to_y) in pairwise(shape):
        if x <= to_x:
            return from_y + (to_y - from_y) * max(0.0, x - from_x) / (to_x - from_x)
    return shape[-1][1]


def pick(weighted: Sequence[tuple[str, float]], random: Random) -> str:
    """One of the words, by its weight."""
    draw = random.random() * sum(weight for _, weight in weighted)
    for word, weight in weighted:
        draw -= weight
        if draw <= 0:
            return word
    return weighted[-1][0]


def how_many(mean: float, random: Random) -> int:
    """A count of happenings with this mean: independent ones when few (Poisson), a steadier day when many."""
    if mean > 5:
        return int(mean * random.uniform(0.75, 1.25) + random.random())
    n, left = 0, random.expovariate(1.0)
    while left < mean:
        n += 1
        left += random.expovariate(1.0)
    return n
