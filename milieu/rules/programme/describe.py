"""How does this programme read on paper? Headings with lines, for `milieu programme show` and the manual.

Words only, in the programme's own language; how they are set is left to those who show them.
"""

from __future__ import annotations

from milieu.rules.programme.shape import Clock, Criterion, Level, ObservationLevel, Programme, Quantity, Slot
from milieu.rules.programme.vocabulary import CLOCK_STARTS, MEASURES, SETTINGS

Section = tuple[str, tuple[str, ...]]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def describe(programme: Programme) -> tuple[Section, ...]:
    """The whole programme as headings and lines, in the order of a manual."""
    sections = [
        (str(programme.title), _overview(programme)),
        ("Words we use", tuple(f"{name.replace('_', ' ')}: {word}" for name, word in programme.words.items())),
        ("Rights of everyone", tuple(str(right.text) for right in programme.rights)),
        *(_level(level) for level in programme.levels),
        *(_day(programme, day) for day in range(7)),
        ("Roles", tuple(f"{role.title}: {role.description}" for role in programme.roles)),
        ("Places", _places(programme)),
        ("Strengths we notice", tuple(str(strength.title) for strength in programme.strengths)),
        ("What we expect, and what we say", _expectations(programme)),
        ("Checks", _checks(programme)),
        ("Staff", _staff(programme)),
        ("Calming steps", tuple(f"{step.title}: {step.described}" for step in programme.calming)),
        ("Clocks", tuple(_clock(programme, clock) for clock in programme.clocks)),
        ("Numbers we keep to", _policies(programme)),
        ("Who decides", tuple(f"{right.what}: {right.who}" for right in programme.decision_rights)),
        ("Agreement to start from", tuple(f"{norm.text} {norm.because}" for norm in programme.agreement)),
        ("Jobs", tuple(f"{job.title}: {job.described}" for job in programme.jobs)),
        ("After leaving", tuple(f"{later.title}, {later.after}: {later.asks}" for later in programme.aftercare)),
        ("Sources", _sources(programme)),
    ]
    return tuple((heading, lines) for heading, lines in sections if lines)


def clock_time(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _overview(programme: Programme) -> tuple[str, ...]:
    beds = sum(space.capacity or 0 for space in programme.spaces if space.kind == "bedroom")
    return (
        str(programme.summary),
        f"Setting: {SETTINGS[programme.setting]}",
        f"Version: {programme.id}",
        f"For up to {programme.capacity}" + (f", {beds} beds" if beds else ""),
        f"Noticed for each correction: {programme.noticed_aim}",
    )


def _level(level: Level) -> Section:
    lines = [f"Needs: {level.needs}", f"Support: {level.support}"]
    lines += [f"Shown by: {criterion.text} ({_mark(criterion)})" for criterion in level.criteria]
    lines += [f"Freedom: {freedom}" for freedom in level.freedoms]
    lines += [f"Duty: {duty}" for duty in level.duties]
    return f"Level {level.number}, {level.name}", tuple(lines)


def _mark(criterion: Criterion) -> str:
    marks = [
        f"{word} {mark}"
        for word, mark in (("at least", criterion.at_least), ("at most", criterion.at_most))
        if mark is not None
    ]
    over = f" in {criterion.window}" if criterion.window else ""
    return f"{MEASURES[criterion.measure][1]}: {' and '.join(marks)}{over}"


def _day(programme: Programme, day: int) -> Section:
    return _DAYS[day], tuple(_slot(programme, slot) for slot in programme.day(day))


def _slot(programme: Programme, slot: Slot) -> str:
    place = f", {programme.space(slot.space).title}" if slot.space else ""
    leader = f", {programme.role(slot.led_by).title}" if slot.led_by else ""
    size = f", up to {slot.capacity}" if slot.capacity else ""
    return f"{clock_time(slot.starts)} to {clock_time(slot.ends)} {slot.title}{place}{leader}{size}"


def _places(programme: Programme) -> tuple[str, ...]:
    return tuple(
        f"{space.title}" + (f", {space.capacity}" if space.capacity else "")
        for space in sorted(programme.spaces, key=lambda space: space.walk)
    )


def _expectations(programme: Programme) -> tuple[str, ...]:
    return tuple(
        f"{expectation.title}: {expectation.norm} We say: {expectation.guidance}"
        for expectation in programme.expectations
    )


def _checks(programme: Programme) -> tuple[str, ...]:
    observation = programme.observation
    lines = [_checked(level) for level in observation.levels]
    if any(level.has_checks for level in observation.levels):
        lines.append(f"Due soon from {observation.approaching_share}, late from {observation.late_after}, "
                     f"missed from {observation.missed_after} of the interval")  # fmt: skip
        lines += [f"Pad by night: {button.title} ({button.hint})" for button in observation.night_pad]
        lines += [f"Pad by day: {button.title} ({button.hint})" for button in observation.day_pad]
    return tuple(lines)


def _checked(level: ObservationLevel) -> str:
    often = f"longest gap {level.continuous_gap}" if level.is_continuous else f"every {level.every}"
    return f"{level.title}" + (f", {often}" if level.has_checks else "") + f": {level.described}"


def _staff(programme: Programme) -> tuple[str, ...]:
    shifts = [f"{shift.title}, {clock_time(shift.starts)} to {clock_time(shift.ends)}" for shift in programme.shifts]
    rules = [
        f"{rule.residents_per_staff} for one {'member of staff' if rule.role == 'any' else rule.role}, {rule.when}, "
        f"at least {rule.at_least}"
        for rule in programme.staffing
    ]
    return tuple(shifts + rules)


def _clock(programme: Programme, clock: Clock) -> str:
    bands = [f"{_band(band.from_age, band.under_age)} {band.limit}" for band in clock.by_age]
    limit = ", ".join(bands) if bands else _counted(clock.limit, clock.counted)
    who = programme.role(clock.who).title
    return f"{clock.title}: {limit} from {CLOCK_STARTS[clock.starts_from]}, {who}. {clock.requires}"


def _counted(limit: Quantity, counted: str) -> str:
    return f"by the close of business, {limit} later" if counted == "business_day_close" else str(limit)


def _band(from_age: int, under_age: int | None) -> str:
    return f"from {from_age} years" if under_age is None else f"{from_age} to {under_age - 1} years"


def _policies(programme: Programme) -> tuple[str, ...]:
    return tuple(
        f"{policy.title}: "
        + " and ".join(
            f"{word} {limit}"
            for word, limit in (("at least", policy.at_least), ("at most", policy.at_most))
            if limit is not None
        )
        + f" ({policy.source.ref})"
        for policy in programme.policies
    )


def _sources(programme: Programme) -> tuple[str, ...]:
    return tuple(
        f"{source.ref}, {source.date}" + (f", grade {source.grade}" if source.grade else "")
        for source in programme.sources
    )
