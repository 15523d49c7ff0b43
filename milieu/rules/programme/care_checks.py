"""Is everyone looked after? Checks, the pad, alerts, shifts, the calming ladder, clocks and their bands of age."""

from __future__ import annotations

import itertools

from milieu.rules.programme.checks import known
from milieu.rules.programme.notes import Notes, Path
from milieu.rules.programme.shape import AgeLimit, Clock, Observation, PadButton, Programme
from milieu.rules.programme.week_checks import clock as time_of_day


def check(programme: Programme, notes: Notes) -> None:
    _levels_of_checks_are_sense(programme.observation, notes)
    _late_rules_come_in_order(programme.observation, notes)
    _pads_know_trouble(programme.observation, notes)
    _alerts_reach_someone(programme, notes)
    _someone_is_always_there(programme, notes)
    _ladder_starts_gently(programme, notes)
    _roles_exist(programme, notes)
    for index in notes.sound("clocks", len(programme.clocks)):
        _bands_of_age_join(programme.clocks[index], index, notes)


def _levels_of_checks_are_sense(observation: Observation, notes: Notes) -> None:
    codes = [level.code for level in observation.levels]
    path: Path = ("observation", "default_level")
    known(observation.default_level, codes, path, "there is no level of checks of this code", notes)
    for index, level in enumerate(observation.levels):
        place: Path = ("observation", "levels", index)
        if not notes.is_sound(*place):
            continue
        if level.code == "none" and level.has_checks:
            notes.wrong_at(place, "'none' means no checks", "it without 'every'", str(level.every))
        elif level.code != "none" and not level.has_checks:
            instead = "'every: 15 minutes', or 'continuous_gap: 5 minutes' where someone stays"
            notes.wrong_at(place, "nothing says how often", instead, "neither every nor continuous_gap")


def _late_rules_come_in_order(observation: Observation, notes: Notes) -> None:
    soon, late, missed = (
        observation.approaching_share,
        observation.late_after,
        observation.missed_after,
    )
    if not all(notes.is_sound("observation", key) for key in ("approaching_share", "late_after", "missed_after")):
        return
    if soon.value >= late.value:
        what = f"due soon comes before late ({late})"
        notes.wrong_at(("observation", "approaching_share"), what, "a smaller share", str(soon))
    if missed.value <= late.value:
        what = f"missed comes after late ({late})"
        notes.wrong_at(("observation", "missed_after"), what, "a larger share", str(missed))
    jitter = observation.prompt_jitter
    if jitter.value >= late.value and notes.is_sound("observation", "prompt_jitter"):
        what = "a prompt cannot come a whole interval early"
        notes.wrong_at(("observation", "prompt_jitter"), what, "a small share such as 20 %", str(jitter))


def _pads_know_trouble(observation: Observation, notes: Notes) -> None:
    if not any(level.has_checks for level in observation.levels):
        return
    for key, pad in (("night_pad", observation.night_pad), ("day_pad", observation.day_pad)):
        path: Path = ("observation", key)
        if notes.is_sound(*path):
            _pad_knows_trouble(pad, path, notes)


def _pad_knows_trouble(pad: tuple[PadButton, ...], path: Path, notes: Notes) -> None:
    for means, example in (
        ("seen", "a button for someone who is well"),
        ("struggling", "a button with 'means: struggling', such as 'Up, struggling',"),
        ("away", "a button with 'means: away', such as 'Not here',"),
    ):
        if all(button.means != means for button in pad):
            what = f"the pad has no button that means '{means}'"
            notes.wrong_at(path, what, example, f"{len(pad)} buttons without it")
    if len(pad) > 6:
        notes.wrong_at(path, "the pad has six places", "at most six buttons", f"{len(pad)} buttons")
    for index, button in enumerate(pad):
        if button.asleep and button.means != "seen":
            what = "someone asleep has been seen"
            notes.wrong_at((*path, index, "asleep"), what, "'means: seen' or 'asleep: no'", "asleep: yes")


def _alerts_reach_someone(programme: Programme, notes: Notes) -> None:
    roles = [role.code for role in programme.roles]
    observation = programme.observation
    for key, role in (("late_alert", observation.late_alert), ("missed_alert", observation.missed_alert)):
        path: Path = ("observation", key)
        known(role, roles, path, "there is no role of this code here", notes)
        if not role and notes.is_sound(*path) and any(level.has_checks for level in observation.levels):
            notes.wrong_at(path, "nobody is told", f"a role: a line '{key}: …'", f"no {key}")


def _someone_is_always_there(programme: Programme, notes: Notes) -> None:
    """A house with beds has a shift for every minute of the day."""
    if not programme.is_residential or not notes.is_sound("shifts"):
        return
    for minute in range(0, 1440, 5):
        if programme.shift_at(minute) is None:
            what = f"nobody is on duty at {time_of_day(minute)}"
            notes.wrong_at(("shifts",), what, "shifts that join all round the clock", f"{len(programme.shifts)} shifts")
            return


def _ladder_starts_gently(programme: Programme, notes: Notes) -> None:
    limiting = False
    for index in notes.sound("calming", len(programme.calming)):
        step = programme.calming[index]
        if limiting and not step.restrictive:
            what = "a gentler step stands after one that limits the person"
            notes.wrong_at(("calming", index), what, "it further up", step.code)
        if index == 0 and step.restrictive:
            what = "the ladder starts with a step that limits the person"
            notes.wrong_at(("calming", index, "restrictive"), what, "a step of talking or presence first", step.code)
        limiting = limiting or step.restrictive


def _roles_exist(programme: Programme, notes: Notes) -> None:
    roles = [role.code for role in programme.roles]
    what = "there is no role of this code here"
    for index, rule in enumerate(programme.staffing):
        known(rule.role, [*roles, "any"], ("staffing", index, "role"), what, notes)
    for index, clock in enumerate(programme.clocks):
        known(clock.who, roles, ("clocks", index, "who"), what, notes)


def _bands_of_age_join(clock: Clock, index: int, notes: Notes) -> None:
    bands: list[tuple[int, AgeLimit]] = sorted(enumerate(clock.by_age), key=lambda band: band[1].from_age)
    for (_, younger), (place, older) in itertools.pairwise(bands):
        if younger.under_age != older.from_age:
            what = "the bands of age do not join"
            instead = f"'from_age: {younger.under_age}'" if younger.under_age else "one open end only, at the top,"
            notes.wrong_at(("clocks", index, "by_age", place), what, instead, f"from {older.from_age}")
