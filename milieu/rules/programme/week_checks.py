"""Can this week be lived? Places and leaders that exist, no one expected in two places, groups that are small.

Two slots clash when the same people are expected at both, or when both need the same room.
"""

from __future__ import annotations

from milieu.rules.programme.checks import known
from milieu.rules.programme.notes import Notes, Path
from milieu.rules.programme.shape import Policy, Programme, Slot
from milieu.rules.programme.vocabulary import GROUP_KINDS, OPEN_KINDS

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What may share a room with something else.
_LOOSE_KINDS = OPEN_KINDS | {"quiet", "wake", "lights_out", "recreation"}


def check(programme: Programme, notes: Notes) -> None:
    for index in notes.sound("week", len(programme.week)):
        slot = programme.week[index]
        _times_run_forward(slot, index, notes)
        _place_and_leader_exist(programme, slot, index, notes)
        _people_exist(programme, slot, index, notes)
        _group_is_small(programme, slot, index, notes)
    _nobody_is_in_two_places(programme, notes)
    _work_stays_small(programme, notes)


def clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}" if minutes != 1440 else "24:00"


def _times_run_forward(slot: Slot, index: int, notes: Notes) -> None:
    if slot.ends <= slot.starts:
        what = f"it starts at {clock(slot.starts)} and ends before"
        instead = f"a time after {clock(slot.starts)} (only lights_out may end the next day)"
        notes.wrong_at(("week", index, "ends"), what, instead, clock(slot.ends))


def _place_and_leader_exist(programme: Programme, slot: Slot, index: int, notes: Notes) -> None:
    spaces = [space.code for space in programme.spaces]
    known(slot.space, spaces, ("week", index, "space"), "there is no space of this code", notes)
    roles = [role.code for role in programme.roles]
    known(slot.led_by, roles, ("week", index, "led_by"), "there is no role of this code here", notes)


def _people_exist(programme: Programme, slot: Slot, index: int, notes: Notes) -> None:
    path: Path = ("week", index, "expected")
    if slot.expected.startswith("level:"):
        number, top = int(slot.expected[6:-1]), len(programme.levels)
        if not 1 <= number <= top:
            notes.wrong_at(path, f"there are levels 1 to {top}", f"a level from 1 to {top}", slot.expected)


def _group_is_small(programme: Programme, slot: Slot, index: int, notes: Notes) -> None:
    path: Path = ("week", index, "capacity")
    room = next((space for space in programme.spaces if space.code == slot.space), None)
    if slot.capacity and room and room.capacity and slot.capacity.value > room.capacity:
        what = f"the room '{room.title}' holds {room.capacity}"
        notes.wrong_at(path, what, f"at most {room.capacity} people", str(slot.capacity))
    limit = _group_limit(programme, notes)
    if limit is None or limit.at_most is None or slot.kind not in GROUP_KINDS:
        return
    most = limit.at_most.value
    if slot.capacity and slot.capacity.value > most:
        what = f"a group is at most {limit.at_most} by this programme's own policy ({limit.source.ref})"
        notes.wrong_at(path, what, f"{most:g} people or fewer, or a second group,", str(slot.capacity))
    elif slot.capacity is None and slot.expected == "all" and programme.capacity.value > most:
        what = f"all are expected at a group, and a group is at most {limit.at_most}"
        instead = "'expected: signed_up' with a capacity, or several groups,"
        notes.wrong_at(("week", index), what, instead, f"all of {programme.capacity}")


def _group_limit(programme: Programme, notes: Notes) -> Policy | None:
    sound = (programme.policies[index] for index in notes.sound("policies", len(programme.policies)))
    return next((policy for policy in sound if policy.code == "group_size"), None)


def _nobody_is_in_two_places(programme: Programme, notes: Notes) -> None:
    sound = [index for index in notes.sound("week", len(programme.week)) if programme.week[index].days]
    told: set[tuple[int, int]] = set()
    top = len(programme.levels)
    for day in range(7):
        today = sorted(
            (index for index in sound if day in programme.week[index].days),
            key=lambda index: programme.week[index].starts,
        )
        for place, later in enumerate(today):
            for earlier in today[:place]:
                first, second = programme.week[earlier], programme.week[later]
                if second.starts >= first.ends or (earlier, later) in told:
                    continue
                told.add((earlier, later))
                _tell_clash(first, second, later, day, top, notes)


def _tell_clash(first: Slot, second: Slot, later: int, day: int, top: int, notes: Notes) -> None:
    span = f"{_DAY_NAMES[day]} {clock(first.starts)} to {clock(first.ends)}"
    found = f"{clock(second.starts)} to {clock(second.ends)}"
    instead = f"a start from {clock(first.ends)} on, or other people,"
    if _closed(first) and _closed(second) and _same_people(first, second, top):
        what = f"the same people are expected at '{first.code}' ({span})"
        notes.wrong_at(("week", later, "starts"), what, instead, found)
    elif first.space and first.space == second.space and not {first.kind, second.kind} & _LOOSE_KINDS:
        what = f"'{first.code}' has the same room ({span})"
        notes.wrong_at(("week", later, "space"), what, "another room or time", second.space)


def _closed(slot: Slot) -> bool:
    return slot.kind not in OPEN_KINDS


def _same_people(first: Slot, second: Slot, top: int) -> bool:
    return any(first.expects(level) and second.expects(level) for level in range(1, top + 1))


def _work_stays_small(programme: Programme, notes: Notes) -> None:
    """Work for the house that everyone is expected at, against the programme's own limits on unpaid work."""
    sound = [index for index in notes.sound("week", len(programme.week)) if programme.week[index].kind == "work"]
    expected = [index for index in sound if programme.week[index].expected == "all"]
    policies = {policy.code: policy for policy in programme.policies}
    for code, days in (("work_a_day", [(day,) for day in range(7)]), ("work_a_week", [tuple(range(7))])):
        limit = policies[code].at_most if code in policies else None
        for span in days if limit is not None and notes.is_sound("policies") else []:
            minutes = sum(
                programme.week[index].length * len(set(programme.week[index].days) & set(span)) for index in expected
            )
            if limit is not None and minutes > limit.minutes:
                what = f"work for the house is at most {limit} by this programme's own policy ({code})"
                notes.wrong_at(("week", expected[-1], "ends"), what, "a shorter time", f"{minutes} minutes")
                break
