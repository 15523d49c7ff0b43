"""The Today board: the day, the house at a glance, who needs someone, who is on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from milieu.actions import attendance, checks, interactions, needs, places, staff, stays, undo
from milieu.queries import today
from milieu.queries.today import TodayPage
from tests.house import MINUTE, NOW, TODAY, House

AT = NOW + 5 * MINUTE


def board(house: House, minutes: int = 5, **more: str) -> TodayPage:
    """The board some minutes after 14:00."""
    return today.board(house.here, house.nadia, NOW + minutes * MINUTE, **more)  # type: ignore[arg-type]


def seen(house: House, *names: str, minutes: int = 0) -> None:
    """Somebody looked in on these; on all without names."""
    for stay in [house.stays[name] for name in names] or house.everybody:
        checks.record(house.tomasz, NOW + minutes * MINUTE, stay, "settled")


def line(house: House, name: str, minutes: int = 5) -> str:
    """What stands under a name."""
    rows = {row.stay: row for row in board(house, minutes, view="names").names}
    return str(rows[house.stays[name]].line or "")


def test_the_house_at_a_glance(willow: House) -> None:
    seen(willow)
    vitals = board(willow).vitals
    assert (vitals.residents, vitals.capacity, vitals.late, vitals.aim) == (6, 40, 0, 4)
    assert [(level.level, level.count) for level in vitals.levels] == [(1, 1), (2, 2), (3, 2), (4, 1)]
    assert (vitals.took_part, vitals.usual) == (None, None)
    yesterday = TODAY - timedelta(days=1)
    attendance.record(willow.nadia, NOW, yesterday, "lunch", {willow.carl: "here", willow.maya: "declined"})
    attendance.record(
        willow.nadia, NOW, TODAY, "lunch", {willow.carl: "here", willow.maya: "late", willow.joel: "declined"}
    )
    interactions.notice(willow.nadia, NOW, [willow.carl, willow.maya], "spoke-up")
    interactions.remind(willow.nadia, NOW, "correction", [willow.carl], "phones", "agreed")
    vitals = board(willow).vitals
    assert (vitals.took_part, vitals.usual, vitals.noticed, vitals.corrected) == (67, 50, 2, 1)


def test_attendance_taken_back_was_never_there(willow: House) -> None:
    before = board(willow)
    ticked = attendance.record(willow.nadia, NOW, TODAY, "lunch", {willow.carl: "here"})
    assert next(stop for stop in board(willow).stops if stop.code == "lunch").expected == 1
    undo.take_back(willow.nadia, NOW, ticked[0].id)
    after = board(willow)
    assert (after.stops, after.vitals, after.places) == (before.stops, before.vitals, before.places)


def test_the_day_line_counts_who_came(willow: House) -> None:
    attendance.record(willow.nadia, NOW, TODAY, "seminar", {willow.carl: "here", willow.maya: "declined"})
    staff.go_on_duty(willow.nadia, NOW, willow.staff["ines"].staff, "group", place="lounge")
    stop = next(stop for stop in board(willow).stops if stop.place == "now")
    assert (stop.code, stop.here, stop.expected, stop.leader, str(stop.room)) == ("seminar", 1, 2, "Ines", "Lounge")
    assert [stop.code for stop in board(willow).stops if stop.place == "next"] == ["workshop"]


def test_the_fullest_place_comes_first_and_out_last(willow: House) -> None:
    places.move(willow.nadia, NOW, [willow.carl, willow.maya], "out")
    places.move(willow.nadia, NOW, [willow.joel], "room-2")
    places.move(willow.nadia, NOW, [willow.anna], "room-3")
    staff.go_on_duty(willow.nadia, NOW, willow.tomasz.staff, "floor", place="lounge")
    stays.begin(willow.nadia, NOW, {"given_name": "Zoe"})
    cards = [(card.code, card.count, card.note) for card in board(willow).places]
    assert sorted(cards[:2]) == [("bedrooms", 2, ""), ("lounge", 2, "Tomasz")]
    assert cards[2:] == [("unknown", 1, ""), ("out", 2, "")]


def test_nobody_waiting_is_a_good_time(willow: House) -> None:
    seen(willow)
    places.move(willow.nadia, NOW, [willow.stays[name] for name in ("carl", "maya", "joel", "anna", "sam")], "garden")
    page = board(willow)
    assert page.needs == ()
    assert str(page.quiet) == (
        "Nobody is waiting. A good time to sit with someone: Ruth has been in one place the longest."
    )
    for stay in willow.everybody:
        checks.begin_one_to_one(willow.nadia, NOW, stay)
    assert str(board(willow).quiet) == "Nobody is waiting."


def test_who_needs_someone_stands_in_the_order_of_urgency(willow: House) -> None:
    seen(willow)
    relief = needs.raise_(
        willow.nadia, NOW, "relief", "since 13:00", staff=willow.tomasz.staff, due_at=NOW + 30 * MINUTE
    )
    needs.raise_(willow.nadia, NOW + MINUTE, "tension", "since breakfast", stay=willow.joel, other=willow.anna)
    for minute, kind in enumerate(("own_view", "help", "talk", "question"), 2):
        needs.raise_(willow.nadia, NOW + minute * MINUTE, kind, "", stay=willow.sam)
    rows = [(str(row.title), row.action, row.tone, str(row.button)) for row in board(willow, 61).needs]
    names = ("Anna K.", "Carl D.", "Joel A.", "Maya C.", "Ruth O.", "Sam N.")
    assert rows[:6] == [(f"See {name}", "seen", "late", "Seen") for name in names]
    assert rows[6] == ("Relief for Tomasz", "take", "plain", "Take")
    assert rows[7:] == [
        ("Joel and Anna", "take", "plain", "Take"), ("Sam’s own view", "take", "plain", "Take"),
        ("Sam asked for help", "take", "plain", "Take"), ("Sam would like to talk", "take", "plain", "Take"),
        ("A question for the team", "take", "plain", "Take"),
    ]  # fmt: skip
    needs.take(willow.tomasz, NOW, relief.id)
    row = next(row for row in board(willow).needs if row.need == relief.id)
    assert (str(row.detail), row.action, str(row.button), str(row.why)) == (
        "Tomasz has it.", "done", "Done", "since 13:00",
    )  # fmt: skip


@pytest.mark.parametrize(("minutes", "tone"), [(54, None), (56, "due"), (61, "late")])
def test_a_check_needs_someone_five_minutes_before_it_is_due(willow: House, minutes: int, tone: str | None) -> None:
    seen(willow)
    tones = {row.tone for row in board(willow, minutes).needs}
    assert tones == ({tone} if tone else set())
    # the badge and the colour of a row say the same as the list
    page = board(willow, minutes)
    assert page.rounds_due == (6 if tone else 0)
    codes = {row.status.code for card in page.places for row in card.people}
    assert codes == {tone or "on_time"}


def test_seventeen_awake_with_one_on_the_unit_are_one_short(willow: House) -> None:
    for n in range(11):
        stays.begin(willow.nadia, NOW, {"given_name": f"Person{n}"})
    staff.go_on_duty(willow.nadia, NOW, willow.tomasz.staff, "floor")
    team = board(willow).team
    assert (team.on_unit, team.needed, str(team.sentence)) == (1, 2, "1 on the unit, plan is 2")
    staff.go_on_duty(willow.nadia, NOW, willow.nadia.staff, "floor")
    assert str(board(willow).team.sentence) == "2 on the unit, plan is 2"


def test_who_is_out_with_a_resident_is_not_on_the_unit(willow: House) -> None:
    back = NOW + 60 * MINUTE
    for viewer in (willow.nadia, willow.tomasz):
        staff.go_on_duty(willow.nadia, NOW, viewer.staff, "floor")
    staff.go_on_duty(willow.nadia, NOW, willow.tomasz.staff, "out with Carl", with_stay=willow.carl)
    places.move(willow.nadia, NOW, [willow.carl], "out", doing="dentist", with_staff=willow.tomasz.staff, back_at=back)
    team = board(willow).team
    assert str(team.sentence) == "1 on the unit, plan is 2 until 15:00"
    assert [(member.name, member.is_out) for member in team.members] == [("Nadia", False), ("Tomasz", True)]


def test_what_was_noticed_is_told_in_the_words_said_or_those_of_the_strength(willow: House) -> None:
    interactions.notice(willow.nadia, NOW, [willow.carl], "spoke-up")
    interactions.notice(willow.tomasz, NOW + MINUTE, [willow.maya], "listened", "heard Joel out")
    rows = [(str(row.sentence), row.by) for row in board(willow).noticed]
    assert rows == [("Maya: heard Joel out", "Tomasz"), ("Carl said what was on their mind, calmly.", "Nadia")]


def test_the_line_under_a_name_says_what_matters_now(willow: House) -> None:
    """One thing after the other, the more pressing first."""
    seen(willow)
    willow_now = NOW + 5 * MINUTE
    assert line(willow, "anna") == ""
    attendance.record(willow.nadia, NOW, TODAY, "lunch", {willow.anna: "here"})
    attendance.record(willow.nadia, NOW, TODAY, "crews", {willow.anna: "declined"})
    assert line(willow, "anna") == "1 of 2 today"
    stays.describe(willow.nadia, NOW, willow.anna, post="Kitchen lead")
    assert line(willow, "anna") == "Kitchen lead"
    stays.describe(willow.nadia, NOW, willow.carl, buddy=willow.anna)
    assert line(willow, "anna") == "Carl’s buddy"
    assert line(willow, "carl") == "Day 3, with Anna"
    stays.describe(willow.nadia, NOW, willow.carl, buddy="")
    assert line(willow, "carl") == "Day 3"
    places.move(willow.nadia, NOW, [willow.anna], "lounge", doing="reading")
    assert line(willow, "anna") == "reading"
    checks.begin_one_to_one(willow.tomasz, NOW, willow.anna)
    assert line(willow, "anna") == "With Tomasz"
    keep = [{"stay": willow.ruth, "why": "", "until": int(willow_now.timestamp() * 1000) + 1}]
    stays.describe(willow.nadia, NOW, willow.anna, keep_apart=keep)
    assert line(willow, "anna") == "Keep apart from Ruth"
    assert line(willow, "anna", 6) == "With Tomasz"
    places.move(willow.nadia, NOW, [willow.anna], "out", doing="dentist", back_at=NOW + 60 * MINUTE)
    assert line(willow, "anna") == "dentist"


def test_a_tick_in_a_group_shows_as_seen(willow: House) -> None:
    attendance.record(willow.nadia, NOW, TODAY, "seminar", {willow.carl: "here"})
    rows = {row.stay: row.status.code for row in board(willow, view="names").names}
    assert rows[willow.carl] == "seen"
    assert set(rows.values()) == {"seen", "missed"}


def test_a_peek_tells_where_somebody_is_and_since_when(willow: House) -> None:
    stays.describe(willow.nadia, NOW, willow.carl, likes=["tea", "chess"], helps=["a walk"], avoids=["noise"])
    peek = today.peek(willow.here, willow.nadia, AT, willow.carl)
    assert peek is not None
    assert (str(peek.place), [str(one) for one in peek.lines]) == (
        "Lounge", ["Likes: tea", "Helps: a walk", "Better not: noise"],
    )  # fmt: skip
    assert today.peek(willow.here, willow.nadia, AT, "0" * 32) is None
    plain = today.peek(willow.here, willow.as_("manager"), AT, willow.carl)
    assert plain is not None
    assert plain.lines == ()


def test_who_has_left_is_not_on_the_board_any_more(willow: House) -> None:
    interactions.notice(willow.nadia, NOW, [willow.carl, willow.maya], "spoke-up")
    needs.raise_(willow.nadia, NOW, "tension", "", stay=willow.carl, other=willow.maya)
    stays.end(willow.nadia, NOW, willow.carl, "moved out")
    page = board(willow)
    assert [row.name for row in page.noticed] == ["Maya"]
    assert page.vitals.residents == 5
    assert "Carl" not in "".join(str(row) for row in page.places)
