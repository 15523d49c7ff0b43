"""Each role sees what the table of visibility says, and nothing else: searched for in everything a page holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from milieu.actions import attendance, checks, interactions, needs, places, staff, stays, undo
from milieu.queries import find, log, resident, residents, rounds, timeline, today, undone
from milieu.record.kinds import KINDS
from milieu.rules.permissions import PERMISSIONS, May, Viewer
from milieu.rules.visibility import KIND_MATTER, SEEN_BY, Matter, kinds_seen, may_see, not_shown
from milieu.rules.words import Sentence
from tests.house import MINUTE, NOW, TODAY, House

# A word that stands for each kind of information, and for nothing else.
MARKS: dict[Matter, tuple[str, ...]] = {
    Matter.NAME_AND_PLACE: ("Carl", "Maya", "Joel", "Anna", "Sam", "Ruth", "Novák", "dentistry"),
    Matter.LEVEL: ("reason-of-level",),
    Matter.CHECKS: ("Seen: Needs a word", "14:01, needs a word"),
    Matter.STRENGTHS: ("words-of-praise",),
    Matter.REMINDERS: ("Phones", "said-of-phones"),
    Matter.TENSIONS: ("tension-since-breakfast", "quarrel-of-two", "Keep apart"),
    Matter.SAFETY: ("glasses-locked", "reason-of-watch"),
    Matter.PLAN_LINES: ("likes-tea", "helps-walk", "avoids-noise", "needs-glasses", "knock-twice", "adapted-words"),
    Matter.ATTENDANCE: ("Chose not to come",),
}


@pytest.fixture
def lived(willow: House) -> House:
    """Willow House with every mark in it, all about Carl and Maya."""
    carl, maya, nadia = willow.carl, willow.maya, willow.nadia
    stays.describe(
        nadia, NOW, carl, likes=["likes-tea"], helps=["helps-walk"], avoids=["avoids-noise"], needs=["needs-glasses"],
        safety=[{"line": "glasses-locked"}], night_plan=["knock-twice"], adapted={"phones": "adapted-words"},
        keep_apart=[{"stay": maya, "why": "quarrel-of-two"}], goals=["spoke-up"],
    )  # fmt: skip
    stays.set_level(nadia, NOW, carl, 2, "reason-of-level")
    checks.order(nadia, NOW, carl, "q30", "reason-of-watch")
    checks.record(nadia, NOW + MINUTE, carl, "needs-a-word")
    interactions.notice(nadia, NOW + MINUTE, [carl], "spoke-up", "words-of-praise")
    interactions.remind(nadia, NOW + MINUTE, "correction", [carl], "phones", "differently", words="said-of-phones")
    needs.raise_(nadia, NOW + MINUTE, "tension", "tension-since-breakfast", stay=carl, other=maya)
    attendance.record(nadia, NOW + MINUTE, TODAY, "workshop", {carl: "declined"})
    places.move(nadia, NOW + MINUTE, [carl], "out", doing="dentistry", back_at=NOW + 90 * MINUTE)
    staff.go_on_duty(nadia, NOW, willow.tomasz.staff, "floor", place="lounge")
    return willow


def words_in(data: Any) -> Iterator[str]:
    """Every text anywhere in page data, sentences as they are read."""
    if isinstance(data, Sentence):
        yield str(data)
        yield from words_in(tuple(value for _, value in data.params))
    elif isinstance(data, str):
        yield data
    elif is_dataclass(data):
        for field in fields(data):
            yield from words_in(getattr(data, field.name))
    elif isinstance(data, list | tuple | set | frozenset):
        for one in data:
            yield from words_in(one)
    elif isinstance(data, dict):
        yield from words_in(tuple(data.items()))


def marks_in(data: Any, but: str = "") -> set[Matter]:
    """The kinds of information somebody looking at this page learns about residents."""
    text = "\n".join(words_in(data))
    return {matter for matter, marks in MARKS.items() for mark in marks if mark in text and mark not in but}


LATER = NOW + 45 * MINUTE
PAGES: dict[str, tuple[May | None, Callable[[House, Viewer], Any]]] = {
    "board": (May.SEE_BOARD, lambda house, by: today.board(house.here, by, LATER)),
    "board by name": (May.SEE_BOARD, lambda house, by: today.board(house.here, by, LATER, view="names")),
    "board of the past": (May.SEE_BOARD, lambda house, by: today.board(house.here, by, LATER, known_at=NOW + 2 * MINUTE)),
    "peek": (May.SEE_BOARD, lambda house, by: today.peek(house.here, by, LATER, house.carl)),
    "rounds": (May.RECORD_CHECK, lambda house, by: rounds.page(house.here, by, LATER, house.carl)),
    "residents": (May.OPEN_RESIDENT, lambda house, by: residents.page(house.here, by, LATER)),
    "resident": (May.OPEN_RESIDENT, lambda house, by: resident.page(house.here, by, LATER, house.carl)),
    "resident's checks": (May.OPEN_RESIDENT, lambda house, by: resident.page(house.here, by, LATER, house.carl, show="checks")),
    "resident's reminders": (
        May.OPEN_RESIDENT, lambda house, by: resident.page(house.here, by, LATER, house.carl, show="reminders"),
    ),
    "resident of the past": (
        May.OPEN_RESIDENT, lambda house, by: resident.page(house.here, by, LATER, house.carl, known_at=NOW + 2 * MINUTE),
    ),
    "find": (None, lambda house, by: find.index(house.here, by, LATER)),
}  # fmt: skip
ROLES = sorted(set(PERMISSIONS) - {"system"})


def seen_by(viewer: Viewer) -> set[Matter]:
    """What the table says."""
    return {matter for matter in Matter if may_see(viewer, matter)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_tells_a_role_nothing_beyond_the_table(lived: House, name: str) -> None:
    for viewer in map(lived.as_, ROLES):
        told = marks_in(PAGES[name][1](lived, viewer), but="Phones" if name == "find" else "")
        assert told <= seen_by(viewer), viewer.role


def test_the_log_tells_a_role_nothing_beyond_the_table(lived: House) -> None:
    for viewer in map(lived.as_, ROLES):
        shown = log.page(lived.here, viewer, LATER, who=(lived.carl,), kind="correction", expectation="phones")
        # the agreed answers are the programme's, and no secret
        assert marks_in(shown, but="Phones") <= seen_by(viewer), viewer.role


def test_who_works_with_a_person_sees_all_that_the_table_says(lived: House) -> None:
    for viewer in (lived.as_(role) for role in ROLES if May.OPEN_RESIDENT in PERMISSIONS[role]):
        shown = [page(lived, viewer) for _, page in PAGES.values()] + [
            log.page(lived.here, viewer, LATER, who=(lived.carl,), kind="correction", expectation="phones")
        ]
        assert marks_in(shown) >= seen_by(viewer) & set(MARKS), viewer.role


def test_nobody_of_the_house_is_named_to_who_may_not_see_the_house(lived: House) -> None:
    for role in ("surveyor", "admin", "family", "graduate", "advocate", "resident", "leader", "nobody", ""):
        for _, page in PAGES.values():
            assert marks_in(page(lived, lived.as_(role)), but="Phones") == set()


def test_a_manager_reads_why_a_part_is_not_shown(lived: House) -> None:
    shown = resident.page(lived.here, lived.as_("manager"), LATER, lived.carl)
    assert shown is not None
    assert [str(sentence) for sentence in shown.before.hidden] == [
        "Your role does not show you this part (what helps, likes, night plan). "
        "If you need it for your work here, ask the nurse in charge.",
        "Your role does not show you this part (safety lines and orders). "
        "If you need it for your work here, ask the nurse in charge.",
        "Your role does not show you this part (keep apart and tensions). "
        "If you need it for your work here, ask the nurse in charge.",
    ]


def test_a_timeline_shows_only_the_kinds_of_the_table(lived: House) -> None:
    for viewer in map(lived.as_, ROLES):
        shown = resident.page(lived.here, viewer, LATER, lived.carl)
        kinds = {line.kind for line in shown.timeline.entries} if shown and shown.timeline else set()
        assert kinds <= kinds_seen(viewer), viewer.role
        assert "check" not in kinds


def test_a_timeline_full_of_what_is_not_shown_still_shows_the_rest(lived: House) -> None:
    for minute in range(60):
        interactions.remind(lived.nadia, NOW + (2 + minute) * MINUTE, "correction", [lived.carl], "phones", "agreed")
    shown = resident.page(lived.here, lived.as_("manager"), NOW + 90 * MINUTE, lived.carl)
    assert shown is not None
    assert shown.timeline is not None
    assert {"moved", "attended", "noticed", "level_set"} <= {line.kind for line in shown.timeline.entries}


def test_every_filter_keeps_to_the_table(lived: House) -> None:
    viewer = lived.as_("manager")
    for code, _, _ in timeline.FILTERS:
        shown = resident.page(lived.here, viewer, LATER, lived.carl, show=code)
        assert shown is not None
        assert shown.timeline is not None
        assert {line.kind for line in shown.timeline.entries} <= kinds_seen(viewer), code


def test_a_stay_of_another_community_is_as_unknown_as_none(lived: House, birch: House) -> None:
    assert resident.page(lived.here, lived.nadia, LATER, birch.everybody[0]) is None
    assert resident.page(lived.here, lived.nadia, LATER, birch.everybody[0], known_at=NOW) is None
    assert today.peek(lived.here, lived.nadia, LATER, birch.everybody[0]) is None
    assert "Liam" not in "\n".join(words_in([page(lived, lived.nadia) for _, page in PAGES.values()]))


def test_only_what_one_recorded_oneself_is_offered_for_taking_back(lived: House) -> None:
    mine = checks.record(lived.nadia, LATER, lived.carl, "settled")
    assert mine is not None
    assert str(undone.offer(lived.here, lived.nadia, mine.id)) == "Carl D. seen at 14:45, settled."
    assert undone.offer(lived.here, lived.tomasz, mine.id) is None
    back = undo.take_back(lived.nadia, LATER, mine.id)
    assert undone.offer(lived.here, lived.nadia, mine.id) is None
    assert str(undone.offer(lived.here, lived.nadia, back[0].id)) == "Taken back. Carl D. is as before."
    assert undone.offer(lived.here, lived.nadia, "") is None


def test_every_kind_of_entry_about_a_person_has_its_matter() -> None:
    of_house = {
        "community_opened",
        "person_registered",
        "staff_began",
        "staff_ended",
        "duty",
        "duty_ended",
        "taken_back",
    }
    assert KIND_MATTER.keys() | of_house == KINDS.keys()
    assert set(SEEN_BY) == set(Matter)


@pytest.mark.parametrize("matter", Matter)
def test_what_is_not_shown_says_so(matter: Matter) -> None:
    assert matter.value in str(not_shown(matter))
