"""A person's page and timeline, the list of residents, the log sheet and the palette."""

from __future__ import annotations

from datetime import timedelta

import pytest

from milieu.actions import attendance, checks, interactions, needs, places, staff, stays, undo
from milieu.queries import find, log, resident, residents, undone
from milieu.queries.resident import ResidentPage
from milieu.queries.timeline import Timeline
from tests.house import MINUTE, NOW, OPENED, TODAY, House

AT = NOW + 60 * MINUTE


def page(house: House, stay: str = "", **more: str) -> ResidentPage:
    """Carl's page, or another's."""
    shown = resident.page(house.here, house.nadia, AT, stay or house.carl, **more)  # type: ignore[arg-type]
    assert shown is not None
    return shown


def timeline(house: House, show: str = "") -> Timeline:
    """Carl's timeline."""
    shown = page(house, show=show).timeline
    assert shown is not None
    return shown


def test_every_kind_of_entry_is_told_in_a_sentence(willow: House) -> None:
    nadia, carl = willow.nadia, willow.carl
    deeds = [
        lambda at: interactions.notice(nadia, at, [carl], "spoke-up", "in the round"),
        lambda at: interactions.remind(nadia, at, "correction", [carl], "phones", "agreed", went="settled"),
        lambda at: interactions.remind(nadia, at, "redirection", [carl], "quiet-voices", "differently", went="not_yet"),
        lambda at: interactions.went(nadia, at, willow.newest().id, "settled"),
        lambda at: attendance.record(nadia, at, TODAY, "seminar", {carl: "declined"}),
        lambda at: places.move(nadia, at, [carl], "garden", doing="weeding"),
        lambda at: stays.set_level(nadia, at, carl, 2, "came to every group"),
        lambda at: checks.order(nadia, at, carl, "q30", "unwell"),
        lambda at: checks.begin_one_to_one(nadia, at, carl),
        lambda at: checks.end_one_to_one(nadia, at, carl),
        lambda at: stays.describe(nadia, at, carl, likes=["tea"]),
        lambda at: needs.raise_(nadia, at, "help", "a word", stay=carl),
        lambda at: needs.raise_(nadia, at, "talk", "", stay=carl),
        lambda at: needs.take(nadia, at, willow.newest().id),
        lambda at: needs.settle(nadia, at, willow.newest().body["need"]),
        lambda at: stays.end(nadia, at, carl, "moved out"),
    ]
    for minute, deed in enumerate(deeds):
        deed(NOW + minute * MINUTE)
    lines = [(str(line.sentence), str(line.detail or "")) for line in reversed(timeline(willow).entries)]
    assert lines == [
        ("Arrived", ""),
        ("How often someone looks in: Every hour", "first order on arrival"),
        ("Went to: Lounge", ""),
        ("Carl said what was on their mind, calmly.", "in the round"),
        ("A reminder: Phones", "Said the agreed way. Settled."),
        ("Steered to something else: Quiet voices", "Said differently. Not yet."),
        ("How the reminder went: settled", ""),
        ("Chose not to come: Seminar", ""),
        ("Went to: Garden", "weeding"),
        ("Level 2", "came to every group"),
        ("How often someone looks in: Every 30 minutes", "unwell"),
        ("One to one began", ""),
        ("One to one ended", ""),
        ("How to meet this person was written anew", ""),
        ("Needed someone: a word", ""),
        ("Needed someone", ""),
        ("Someone took it", ""),
        ("Settled", ""),
        ("Left the house", ""),
    ]


def test_a_strength_is_told_with_the_name_also_after_leaving(willow: House) -> None:
    interactions.notice(willow.nadia, NOW, [willow.carl], "spoke-up")
    stays.end(willow.nadia, NOW, willow.carl, "moved out")
    (line,) = timeline(willow, "noticed").entries
    assert str(line.sentence) == "Carl said what was on their mind, calmly."


def test_both_times_of_a_late_entry_are_shown(willow: House) -> None:
    checks.record(willow.tomasz, NOW, willow.carl, "alone", happened_at=NOW - 9 * MINUTE, late_because="fire alarm")
    (line,) = timeline(willow, "checks").entries
    assert (line.entered_late, line.at, line.entered_at) == (True, NOW - 9 * MINUTE, NOW)
    assert (str(line.sentence), str(line.detail), line.by) == ("Seen: Alone", "Entered late: fire alarm", "Tomasz L.")


def test_what_was_taken_back_stands_beside_who_took_it(willow: House) -> None:
    (entry,) = interactions.notice(willow.tomasz, NOW, [willow.carl], "spoke-up")
    undo.take_back(willow.nadia, NOW, entry.id)
    (line,) = timeline(willow, "noticed").entries
    assert str(line.took_back) == "Taken back by Nadia R.."


def test_what_somebody_wrote_keeps_their_name_when_they_leave(willow: House) -> None:
    interactions.notice(willow.tomasz, NOW, [willow.carl], "spoke-up")
    staff.end(willow.staff["peter"], NOW, willow.tomasz.staff)
    (line,) = timeline(willow, "noticed").entries
    assert line.by == "Tomasz L."


def test_an_empty_part_says_so(willow: House) -> None:
    shown = timeline(willow, "groups")
    assert (shown.entries, str(shown.empty), shown.show) == ((), "Nothing of this kind is written yet.", "groups")
    assert timeline(willow, "no such part").show == ""


def test_the_head_of_the_page_says_who_and_where(willow: House) -> None:
    stays.describe(
        willow.nadia, NOW, willow.carl, buddy=willow.ruth, key_worker=willow.staff["ines"].staff, post="Cook"
    )
    head = page(willow).header
    assert (head.name, head.level, str(head.level_name), head.levels) == ("Carl D.", 1, "Settling in", 4)
    assert (str(head.room), head.bed, str(head.place), head.buddy, head.key_worker) == (
        "Room 1", "A", "Lounge", "Ruth O.", "Ines D.",
    )  # fmt: skip
    assert (head.day_of_stay, head.level_days, head.has_left) == (3, 2, False)


def test_a_newcomer_is_welcomed_with_what_is_still_to_do(willow: House) -> None:
    assert [str(task) for task in page(willow).welcome] == [
        "Show Carl round the house.", "Find a buddy with Carl.", "Read our agreement together.",
        "Ask what helps Carl, and write it in their words.", "Ask how Carl wants to be checked at night.",
    ]  # fmt: skip
    stays.describe(willow.nadia, NOW, willow.carl, buddy=willow.ruth, helps=["a walk"], night_plan=["knock"])
    assert len(page(willow).welcome) == 2
    assert page(willow, willow.ruth).welcome == ()


def test_the_strip_never_draws_nothing_as_nought(willow: House) -> None:
    interactions.notice(willow.nadia, NOW, [willow.carl], "spoke-up")
    (entry,) = interactions.notice(willow.nadia, NOW - timedelta(days=1), [willow.carl], "spoke-up")
    undo.take_back(willow.nadia, NOW, entry.id)
    attendance.record(willow.nadia, NOW, TODAY, "lunch", {willow.carl: "declined"})
    checks.record(willow.nadia, NOW, willow.carl, "asleep")
    strip = page(willow).strip
    assert len(strip) == 14
    today, yesterday = strip[-1], strip[-2]
    assert (today.noticed, today.expected, today.asleep) == (1, 1, 1)
    assert (yesterday.noticed, yesterday.took_part, yesterday.expected, yesterday.asleep) == (None, None, None, None)


def test_the_strengths_of_a_week_are_the_three_noticed_most(willow: House) -> None:
    for strength, times in (("spoke-up", 2), ("listened", 3), ("mended", 1), ("led-well", 1)):
        for _ in range(times):
            interactions.notice(willow.nadia, NOW, [willow.ruth], strength)
    for _ in range(5):
        interactions.notice(willow.nadia, NOW - timedelta(days=8), [willow.ruth], "made-laugh")
    shown = page(willow, willow.ruth).strengths
    assert [(str(one.title), one.n) for one in shown[:2]] == [("listened", 3), ("spoke up", 2)]
    assert len(shown) == 3


def test_the_next_level_is_told_by_what_it_takes(willow: House) -> None:
    level = willow.programme.level(2)
    assert [line.criterion for line in page(willow, tab="level").level_lines] == list(level.criteria)
    assert page(willow, willow.ruth, tab="level").level_lines == ()
    assert page(willow, tab="level").timeline is None
    assert page(willow, tab="nonsense").tab == "timeline"


def names(house: House, **more: object) -> list[str]:
    """The names in the list of residents."""
    return [one.name for one in residents.page(house.here, house.nadia, AT, **more).people]  # type: ignore[arg-type]


def test_residents_are_found_by_name_and_room(willow: House) -> None:
    assert names(willow) == ["Anna K.", "Carl D.", "Joel A.", "Maya C.", "Ruth O.", "Sam N."]
    assert names(willow, search=" maya ") == ["Maya C."]
    assert names(willow, search="novák") == ["Sam N."]
    assert names(willow, search="room 2") == ["Anna K.", "Joel A."]
    empty = residents.page(willow.here, willow.nadia, AT, search="zz").empty
    assert str(empty) == "Nobody is called “zz” here. Try part of the name, or the room."


def test_who_has_left_is_in_the_other_list(willow: House) -> None:
    assert str(residents.page(willow.here, willow.nadia, AT, left=True).empty) == "Nobody has left yet."
    stays.end(willow.nadia, NOW, willow.carl, "moved out")
    (line,) = residents.page(willow.here, willow.nadia, AT, left=True).people
    assert (line.name, line.day_of_stay, line.status) == ("Carl D.", 3, None)
    assert "Carl D." not in names(willow)
    before, after = NOW - MINUTE, NOW + MINUTE
    for moment, gone in ((before, []), (after, ["Carl D."])):
        shown = residents.page(willow.here, willow.nadia, AT, left=True, known_at=moment).people
        assert [one.name for one in shown] == gone


def test_an_empty_house_says_what_to_do(birch: House) -> None:
    stays.end(birch.nadia, NOW, birch.everybody[0], "moved out")
    told = residents.page(birch.here, birch.nadia, AT).empty
    assert str(told) == "Nobody has arrived yet. Add a resident, or load the demonstration house."


def sheet(house: House, **more: object) -> log.LogPage:
    """The log sheet as Nadia sees it."""
    return log.page(house.here, house.nadia, AT, **more)  # type: ignore[arg-type]


def test_who_is_near_comes_first(willow: House) -> None:
    assert (str(sheet(willow).near_title), sheet(willow).near) == ("Who", ())
    places.move(willow.nadia, NOW, [willow.carl, willow.maya], "garden")
    staff.go_on_duty(willow.nadia, NOW, willow.nadia.staff, "floor", place="garden")
    shown = sheet(willow, search="ma")
    assert str(shown.near_title) == "Near you, Garden"
    assert ([one.name for one in shown.near], [one.name for one in shown.others]) == (["Maya C."], [])
    assert [one.name for one in sheet(willow, search="1").near] == ["Carl D.", "Maya C."]


def test_own_goals_come_first_and_the_answer_is_adapted_to_the_person(willow: House) -> None:
    stays.describe(
        willow.nadia, NOW, willow.carl, goals=["made-laugh"], helps=["a walk"], adapted={"phones": "Write it down"}
    )
    shown = sheet(willow, who=(willow.carl,), kind="correction", expectation="phones")
    assert (shown.strengths[0].code, shown.strengths[0].own_goal) == ("made-laugh", True)
    assert shown.say is not None
    assert (shown.say.adapted_for, shown.say.adapted) == ("Carl", "Write it down")
    assert shown.calming_plan == ("a walk",)
    of_two = sheet(willow, who=(willow.carl, willow.maya), kind="correction", expectation="phones")
    assert of_two.say is not None
    assert (of_two.say.adapted_for, of_two.calming_plan) == ("", ())
    assert "staff-keep-promises" not in [one.code for one in shown.expectations]


@pytest.mark.parametrize(
    ("who", "kind", "sentence"),
    [
        (("carl",), "noticed", "Carl will see this as “Nadia noticed”."),
        (("carl", "maya"), "noticed", "They will see this as “Nadia noticed”."),
        (("carl",), "correction", "Carl will see this as “A reminder from Nadia”."),
        (("carl",), "calming", ""), ((), "noticed", ""), (("carl",), "nonsense", ""),
    ],
)  # fmt: skip
def test_it_is_said_who_will_see_it(willow: House, who: tuple[str, ...], kind: str, sentence: str) -> None:
    shown = sheet(willow, who=tuple(willow.stays[name] for name in who), kind=kind)
    assert str(shown.shared_with or "") == sentence


def test_only_oneself_sees_how_much_one_noticed(willow: House) -> None:
    interactions.notice(willow.nadia, NOW, [willow.carl, willow.maya], "spoke-up")
    interactions.remind(willow.nadia, NOW, "correction", [willow.carl], "phones", "agreed")
    assert str(sheet(willow).own_ratio) == "You today: 2 noticed, 1 corrected. Only you see this."
    theirs = log.page(willow.here, willow.tomasz, AT).own_ratio
    assert str(theirs) == "You today: 0 noticed, 0 corrected. Only you see this."


def found(house: House, role: str) -> dict[str, set[str]]:
    """The titles in the palette, by kind."""
    by_kind: dict[str, set[str]] = {}
    for one in find.index(house.here, house.as_(role), AT):
        by_kind.setdefault(one.kind, set()).add(str(one.title))
    return by_kind


def test_the_palette_offers_what_a_role_may_do(willow: House) -> None:
    nurse = found(willow, "charge_nurse")
    assert {"Log Carl D.", "Seen Carl D."} <= nurse["do"]
    assert "Carl Diaz" in nurse["person"]
    assert "Lounge" in nurse["place"]
    assert {"Today", "Rounds", "Log", "Residents"} <= nurse["page"]
    assert not any(title.startswith("Seen") for title in found(willow, "facilitator")["do"])
    assert "do" not in found(willow, "manager")
    family = found(willow, "family")
    assert "person" not in family
    assert "Today" not in family["page"]


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        (lambda h: interactions.notice(h.nadia, NOW, [h.carl], "spoke-up"), "Noticed: Carl D., spoke up."),
        (
            lambda h: interactions.remind(h.nadia, NOW, "correction", [h.carl], "phones", "agreed"),
            "Recorded for Carl D.: Phones.",
        ),
        (lambda h: places.move(h.nadia, NOW, [h.carl], "garden"), "Carl D. is in: Garden."),
        (lambda h: attendance.record(h.nadia, NOW, TODAY, "lunch", {h.carl: "here"}), "Recorded for Carl D.."),
        (lambda h: checks.begin_one_to_one(h.nadia, NOW, h.carl), "One to one with Carl D. began at 14:00."),
        (lambda h: needs.take(h.nadia, NOW, needs.raise_(h.nadia, NOW, "help", "").id), "You have it now."),
        (lambda h: needs.settle(h.nadia, NOW, needs.raise_(h.nadia, NOW, "help", "").id), "Settled."),
        (lambda h: stays.set_level(h.nadia, NOW, h.carl, 2, "ready"), "Saved for Carl D.."),
    ],
)
def test_what_was_just_done_is_offered_for_taking_back(willow: House, deed: object, sentence: str) -> None:
    deed(willow)  # type: ignore[operator]
    entry = willow.newest()
    assert str(undone.offer(willow.here, willow.nadia, entry.id)) == sentence
    assert undone.can_take_back(willow.here, entry.id) == (entry.kind != "level_set")


def test_before_anybody_opened_the_house_there_is_no_page(willow: House) -> None:
    early = OPENED - timedelta(days=1)
    assert resident.page(willow.here, willow.nadia, AT, willow.carl, known_at=early) is None
    assert residents.page(willow.here, willow.nadia, AT, known_at=early).people == ()
