"""Do the parts of a programme fit together? Codes, references, levels, strengths, policies, numbers.

Works on the finished shape and looks only at what was read without a problem, so that one mistake is told
once. The week is `week_checks.py`; checks on people, staffing and clocks are `care_checks.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from milieu.rules.programme.amounts import EXAMPLES
from milieu.rules.programme.notes import Notes, Path
from milieu.rules.programme.problem import choice
from milieu.rules.programme.shape import Criterion, Programme, Quantity
from milieu.rules.programme.vocabulary import MEASURES, POLICIES

_SECTIONS = (
    "roles", "spaces", "week", "strengths", "expectations", "shifts", "staffing", "calming", "clocks",
    "policies", "decision_rights", "agreement", "jobs", "aftercare",
)  # fmt: skip


def check(programme: Programme, notes: Notes) -> None:
    _codes_are_used_once(programme, notes)
    _levels_count_up(programme, notes)
    _criteria_can_be_counted(programme, notes)
    _guidance_can_be_spoken(programme, notes)
    _policies_have_their_unit(programme, notes)
    _people_fit_in(programme, notes)
    _norms_point_somewhere(programme, notes)
    _decisions_name_known_roles(programme, notes)
    _contacts_come_in_order(programme, notes)


def known(value: str, codes: Iterable[str], path: Path, what: str, notes: Notes) -> None:
    """Note a reference to something that is not there."""
    codes = [code for code in codes if code]
    if value and value not in codes:
        notes.wrong_at(path, what, choice(value, codes), value)


def once(codes: Iterable[str], path: Path, key: str, notes: Notes) -> None:
    """Note the second use of a code."""
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code and code in seen:
            notes.wrong_at((*path, index, key), "this code is used twice", "another code", code)
        seen.add(code)


def _codes_are_used_once(programme: Programme, notes: Notes) -> None:
    for section in _SECTIONS:
        once((thing.code for thing in getattr(programme, section)), (section,), "code", notes)
    for index, level in enumerate(programme.levels):
        path = ("levels", index, "criteria")
        once((criterion.code for criterion in level.criteria), path, "code", notes)
    observation = programme.observation
    for part in ("levels", "night_pad", "day_pad", "chips"):
        once((thing.code for thing in getattr(observation, part)), ("observation", part), "code", notes)


def _levels_count_up(programme: Programme, notes: Notes) -> None:
    for index, level in enumerate(programme.levels):
        path: Path = ("levels", index, "number")
        if notes.is_sound(*path) and level.number != index + 1:
            what = "levels count up from 1 without a gap"
            notes.wrong_at(path, what, f"'{index + 1}'", str(level.number))
        if index > 0 and not level.criteria and notes.is_sound("levels", index):
            what = "nothing shows that someone has reached this level"
            notes.wrong_at(("levels", index), what, "at least one criterion", "no criteria")


def _criteria_can_be_counted(programme: Programme, notes: Notes) -> None:
    for index, level in enumerate(programme.levels):
        for place, criterion in enumerate(level.criteria):
            path: Path = ("levels", index, "criteria", place)
            if notes.is_sound(*path):
                _criterion_can_be_counted(criterion, path, notes)


def _criterion_can_be_counted(criterion: Criterion, path: Path, notes: Notes) -> None:
    if criterion.at_least is None and criterion.at_most is None:
        what = "the criterion has no mark to reach"
        notes.wrong_at(path, what, "a line 'at_least: …' or 'at_most: …'", "neither at_least nor at_most")
    unit = MEASURES[criterion.measure][0]
    for key, mark in (("at_least", criterion.at_least), ("at_most", criterion.at_most)):
        if mark is not None and mark.unit != unit:
            what = f"'{criterion.measure}' is counted in another unit"
            notes.wrong_at((*path, key), what, f"'{EXAMPLES[unit]}' or the like", str(mark))
        elif mark is not None and mark.unit == "share" and mark.value > 1:
            notes.wrong_at((*path, key), "this is more than all", "a share up to 1, or 100 %,", str(mark))
    if _is_more(criterion.at_least, criterion.at_most):
        what = "no one can be above at_least and below at_most"
        notes.wrong_at((*path, "at_most"), what, "at_most above at_least", str(criterion.at_most))


def _is_more(least: Quantity | None, most: Quantity | None) -> bool:
    return least is not None and most is not None and least.unit == most.unit and least.value > most.value


def _guidance_can_be_spoken(programme: Programme, notes: Notes) -> None:
    for index in notes.sound("expectations", len(programme.expectations)):
        said = programme.expectations[index].guidance
        sentences = len(re.findall(r"[.!?…](?:\s|$)", said)) or 1
        if sentences > 3 or len(said) > 240:
            what = "this is too long to say"
            found = f"{sentences} sentences, {len(said)} characters"
            notes.wrong_at(("expectations", index, "guidance"), what, "one or two spoken sentences", found)


def _policies_have_their_unit(programme: Programme, notes: Notes) -> None:
    for index in notes.sound("policies", len(programme.policies)):
        policy = programme.policies[index]
        path: Path = ("policies", index)
        unit = POLICIES[policy.code][0]
        if policy.at_least is None and policy.at_most is None:
            notes.wrong_at(path, "the policy sets nothing", "'at_least: …' or 'at_most: …'", "neither of the two")
        for key, limit in (("at_least", policy.at_least), ("at_most", policy.at_most)):
            if limit is not None and limit.unit != unit:
                instead = f"'{EXAMPLES[unit]}' or the like"
                notes.wrong_at((*path, key), "the policy has another unit", instead, str(limit))
        if _is_more(policy.at_least, policy.at_most):
            notes.wrong_at((*path, "at_most"), "the most is below the least", "a larger number", str(policy.at_most))


def _people_fit_in(programme: Programme, notes: Notes) -> None:
    if not (notes.is_sound("capacity") and notes.is_sound("spaces")):
        return
    beds = [space for space in programme.spaces if space.kind == "bedroom"]
    for index, space in enumerate(programme.spaces):
        if space.kind == "bedroom" and space.capacity is None:
            what = "a bedroom says how many beds it has"
            notes.wrong_at(("spaces", index), what, "a line 'capacity: …'", "no capacity")
            return
    room = sum(space.capacity or 0 for space in beds)
    if beds and room < programme.capacity.value:
        what = f"the bedrooms have only {room} beds"
        notes.wrong_at(("capacity",), what, f"at most {room}, or more bedrooms,", str(programme.capacity))


def _norms_point_somewhere(programme: Programme, notes: Notes) -> None:
    codes = [expectation.code for expectation in programme.expectations]
    for index, norm in enumerate(programme.agreement):
        path: Path = ("agreement", index, "expectation")
        known(norm.expectation, codes, path, "there is no expectation of this code", notes)


def _decisions_name_known_roles(programme: Programme, notes: Notes) -> None:
    codes = [role.code for role in programme.roles]
    for index, right in enumerate(programme.decision_rights):
        for key, roles in (("consulted", right.consulted), ("told", right.told)):
            for place, role in enumerate(roles):
                path: Path = ("decision_rights", index, key, place)
                known(role, codes, path, "there is no role of this code here", notes)


def _contacts_come_in_order(programme: Programme, notes: Notes) -> None:
    last = 0.0
    for index in notes.sound("aftercare", len(programme.aftercare)):
        after = programme.aftercare[index].after
        if after.value <= last:
            path: Path = ("aftercare", index, "after")
            notes.wrong_at(path, "contacts stand in the order they come", f"more than {last:g} days", str(after))
        last = after.value
