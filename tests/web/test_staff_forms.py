"""The forms with which staff run a day: each does it, keeps what was typed when it is refused, and asks for the role."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from milieu.actions import needs, stays
from milieu.queries.viewers import Signed
from milieu.record import reading, verify
from milieu.record.entries import Entry
from milieu.rules import moments
from tests.house import NOW, House
from tests.record import states
from tests.web import doors


def nurse(house: House) -> Client:
    """A browser in which the nurse in charge is signed in."""
    doors.person(house)
    return doors.signed_in()


def row(house: House, table: str, key: str) -> dict[str, Any]:
    """A row of state as it stands."""
    return states.stored(house.id)[table][key]


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def errors_in(page: str) -> list[tuple[str, str]]:
    """What is to be mended, from the list at the top: the field it leads to and the sentence."""
    listed = re.search(r'<section class="errors".*?</section>', page, re.DOTALL)
    found = re.findall(r'<a href="#([\w-]+)">(.*?)</a>', listed.group()) if listed else []
    for field, _ in found:
        assert f'id="{field}"' in page, f"the list leads to #{field}, which is not on the page"
        assert f'id="{field}-error"' in page, f"no sentence beside #{field}"
    return [(field, sentence.replace("&#39;", "'").replace("&lt;", "<")) for field, sentence in found]


def refused(house: House, browser: Client, path: str, form: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """The page a form comes back with, and what it asks to mend; nothing is recorded."""
    before = reading.head(house.id)
    answer = browser.post(path, form)
    assert answer.status_code == 409
    assert reading.head(house.id) == before
    page = page_of(answer)
    return page, errors_in(page)


def recorded(house: House, browser: Client, path: str, form: dict[str, Any]) -> tuple[str, list[Entry]]:
    """Where a form leads and what it recorded, in one act."""
    before = reading.head(house.id)[0]
    answer = browser.post(path, form)
    assert answer.status_code == 302, page_of(answer)
    made = list(house.entries(after=before))
    assert made
    assert len({entry.act for entry in made}) == 1
    assert f"done={made[0].id}" in answer.headers["Location"]
    assert verify.community(house.id).is_true
    return answer.headers["Location"], made


def said(made: list[Entry]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(entry.kind, entry.about, dict(entry.body)) for entry in made]


# Where


def test_one_person_is_somewhere_else_with_a_time_of_return(willow: House) -> None:
    browser = nurse(willow)
    page = page_of(browser.get(f"/residents/{willow.carl}/move"))
    assert "Where is Carl D.?" in page
    assert "Recorded until now: Lounge." in page
    form = {"place": "garden", "doing": "a walk", "back": "23:59", "with_staff": willow.tomasz.staff}
    path, made = recorded(willow, browser, f"/residents/{willow.carl}/move", form)
    ((kind, about, body),) = said(made)
    assert (kind, about, body["place"], body["doing"]) == ("moved", willow.carl, "garden", "a walk")
    assert body["back_at"] > made[0].happened_at
    assert row(willow, "whereabouts", willow.carl)["with_staff"] == willow.tomasz.staff
    after = page_of(browser.get(path))
    assert "Carl D. is in: Garden." in after
    assert 'data-key="U"' in after


def test_several_people_go_somewhere_together_and_come_back_together(willow: House) -> None:
    browser = nurse(willow)
    assert "Choose the people" in page_of(browser.get("/where"))
    path, made = recorded(willow, browser, "/where", {"who": [willow.carl, willow.maya], "place": "garden"})
    assert path.startswith("/today")
    assert said(made) == [("moved", one, {"place": "garden"}) for one in (willow.carl, willow.maya)]
    browser.post(f"/undo/{made[0].id}")
    assert [row(willow, "whereabouts", one)["place"] for one in (willow.carl, willow.maya)] == ["lounge", "lounge"]


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({}, "place", "Say where: choose a place."),
        ({"place": "moon"}, "place", "There is no place 'moon' in this programme. Choose one of its spaces."),
        ({"place": "garden", "back": "25:00"}, "back", "Write the time as 15:30, or leave it empty."),
    ],
)
def test_a_wrong_place_or_time_comes_back_with_what_was_typed(
    willow: House, form: dict[str, Any], field: str, sentence: str
) -> None:
    browser = nurse(willow)
    for path, who in ((f"/residents/{willow.carl}/move", {}), ("/where", {"who": [willow.carl, willow.maya]})):
        page, errors = refused(willow, browser, path, {"doing": "picking <apples>", **who, **form})
        assert errors == [(field, sentence)]
        assert "picking &lt;apples&gt;" in page
        assert page.count(" checked") == len(who.get("who", [])) + (form.get("place") == "garden")


def test_nobody_chosen_is_nobody_moved(willow: House) -> None:
    _, errors = refused(willow, nurse(willow), "/where", {"place": "garden"})
    assert errors == [("who", "Choose who it is about. It can be one person.")]


def test_people_of_another_house_cannot_be_moved_with_ours(willow: House, birch: House) -> None:
    form = {"who": [willow.carl, birch.liam], "place": "garden"}
    page, errors = refused(willow, nurse(willow), "/where", form)
    assert errors == [("who", "There is no such resident here. Choose somebody from the list.")]
    assert "Liam" not in page


# Attendance, at 14:00 on a Tuesday, when the seminar begins

SEMINAR = "/today/groups/seminar"


def at_two(house: House, path: str, form: dict[str, Any] | None = None, at: datetime = NOW) -> Any:
    """The answer of a screen at this moment: asked past the sign-in, which knows only the machine's clock."""
    factory = RequestFactory()
    request: Any = factory.get(path) if form is None else factory.post(path, form)
    request.signed = Signed("", house.nadia, house.here, at, False, "")
    request.now = at
    view, args, kwargs = resolve(path.partition("?")[0])
    return view(request, *args, **kwargs)


def roll(house: House, saids: dict[str, str] | None = None, **statuses: str) -> dict[str, str]:
    """A roll as sent."""
    form = {f"status-{house.stays[name]}": status for name, status in statuses.items()}
    return form | {f"said-{house.stays[name]}": words for name, words in (saids or {}).items()}


def test_who_takes_part_is_saved_together_and_a_tick_is_a_check(willow: House) -> None:
    page = page_of(at_two(willow, SEMINAR))
    assert "0 of 6 recorded" in page
    assert "each of these ticks counts as a check" in page
    before = reading.head(willow.id)[0]
    form = roll(willow, {"maya": "too <tired>", "carl": "not kept"}, carl="here", maya="declined", ruth="excused")
    answer = at_two(willow, SEMINAR, form)
    made = willow.entries(after=before)
    assert answer.headers["Location"] == f"{SEMINAR}?done={made[0].id}"
    assert len({entry.act for entry in made}) == 1
    seminar = {"day": "2026-10-06", "slot": "seminar"}
    assert [one for one in said(made) if one[0] == "attended"] == [
        ("attended", willow.carl, {**seminar, "status": "here"}),
        ("attended", willow.maya, {**seminar, "status": "declined", "said": "too <tired>"}),
        ("attended", willow.ruth, {**seminar, "status": "excused"}),
    ]
    assert row(willow, "watch", willow.carl)["seen_at"] == moments.to_ms(NOW)
    page = page_of(at_two(willow, SEMINAR))
    assert "3 of 6 recorded" in page
    assert page.count(" checked") == 3
    assert "too &lt;tired&gt;" in page


def test_all_filled_in_at_once_is_no_check(willow: House) -> None:
    page = page_of(at_two(willow, f"{SEMINAR}?all=here"))
    assert page.count(" checked") == 6
    assert "nobody has been looked at" in page
    before = reading.head(willow.id)[0]
    at_two(willow, SEMINAR, {"filled": "1", **roll(willow, carl="here", maya="late")})
    assert [entry.kind for entry in willow.entries(after=before)] == ["attended", "attended"]
    assert row(willow, "watch", willow.carl)["seen_at"] is None


def test_what_a_colleague_has_recorded_since_stands(willow: House) -> None:
    at_two(willow, SEMINAR, roll(willow, carl="here"))
    before = reading.head(willow.id)[0]
    stale = {f"was-{willow.carl}": "late", **roll(willow, carl="late", maya="late")}
    at_two(willow, SEMINAR, stale)
    assert {entry.about for entry in willow.entries(after=before)} == {willow.maya}
    assert "Nothing has changed yet. Say it for at least one person." in page_of(at_two(willow, SEMINAR, {}))


def test_a_roll_written_down_later_is_no_check_of_now(willow: House) -> None:
    page = page_of(at_two(willow, SEMINAR, at=NOW + timedelta(hours=6)))
    assert "It is over" in page
    at_two(willow, SEMINAR, roll(willow, carl="here"), at=NOW + timedelta(hours=6))
    attended = next(entry for entry in willow.entries() if entry.kind == "attended")
    assert attended.happened_at < attended.entered_at
    seen = row(willow, "watch", willow.carl)["seen_at"]
    assert seen is None or seen == attended.happened_at


def test_nobody_is_there_before_it_begins(willow: House) -> None:
    early = NOW - timedelta(hours=1)
    page = page_of(at_two(willow, SEMINAR, at=early))
    assert 'value="here"' not in page
    assert 'value="excused"' in page
    before = reading.head(willow.id)
    answer = at_two(willow, SEMINAR, roll(willow, carl="here"), at=early)
    assert answer.status_code == 409
    assert [field for field, _ in errors_in(page_of(answer))] == ["roll"]
    assert "It begins at 14:00." in page_of(answer)
    assert reading.head(willow.id) == before
    assert at_two(willow, SEMINAR, roll(willow, carl="excused"), at=early).status_code == 302


def test_a_roll_takes_nobody_of_another_house_and_no_unknown_word(willow: House, birch: House) -> None:
    for form in ({f"status-{birch.liam}": "here"}, roll(willow, carl="here", maya="asleep")):
        before = reading.head(willow.id)
        answer = at_two(willow, SEMINAR, form)
        assert answer.status_code == 409
        assert reading.head(willow.id) == before
    assert at_two(willow, "/today/groups/disco").status_code == 404


def test_the_day_line_leads_to_the_roll(willow: House) -> None:
    assert f'href="{SEMINAR}"' in page_of(at_two(willow, "/today"))


# Order


def test_an_order_shows_the_one_in_force_and_sets_another(willow: House) -> None:
    browser, path = nurse(willow), f"/residents/{willow.carl}/order"
    page = page_of(browser.get(path))
    assert "<b>Every hour</b>" in page
    assert "first order on arrival" in page
    form = {
        "level": "q15",
        "reason": " hard news ",
        "until": "2099-10-07T10:00",
        "sleep_from": "23:30",
        "sleep_until": "05:30",
    }
    leads, made = recorded(willow, browser, path, form)
    ((kind, about, body),) = said(made)
    assert (kind, about, body["level"], body["reason"], body["every"]) == (
        "watch_set",
        willow.carl,
        "q15",
        "hard news",
        15,
    )
    assert body["sleep_until"] - body["sleep_from"] == 6 * 3_600_000
    assert moments.from_ms(body["until"]) == datetime(2099, 10, 7, 9, 0, tzinfo=UTC)
    after = page_of(browser.get(leads))
    assert "Saved for Carl D." in after
    assert 'data-key="U"' not in after
    assert "23:30 to 05:30" in page_of(browser.get(path))


def test_an_order_in_the_middle_of_the_night_keeps_the_agreed_sleep(willow: House) -> None:
    midnight = datetime(2026, 10, 6, 23, 30, tzinfo=UTC)
    path = f"/residents/{willow.carl}/order"
    form = {"level": "q30", "reason": "woke up", "sleep_from": "23:00", "sleep_until": "06:00"}
    assert at_two(willow, path, form, at=midnight).status_code == 302
    watch = row(willow, "watch", willow.carl)
    assert moments.from_ms(watch["sleep_from"]) == datetime(2026, 10, 6, 22, 0, tzinfo=UTC)
    assert moments.from_ms(watch["sleep_until"]) == datetime(2026, 10, 7, 5, 0, tzinfo=UTC)
    page = page_of(at_two(willow, path, at=midnight))
    assert 'value="23:00"' in page
    assert 'value="06:00"' in page


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"level": ""}, "level", "Choose how often someone looks in."),
        ({"level": "q7"}, "level", "There is no observation level 'q7' in this programme."),
        ({"reason": " "}, "reason", "Say in a few words why. The person may read it."),
        ({"until": "2026-01-01T10:00"}, "until", "The end lies in the past. Choose a later time, or leave it open."),
        ({"until": "soon"}, "until", "Give the day and the time, or leave both empty."),
        ({"sleep_from": "23:00"}, "sleep_from", "Agreed sleep needs both times, or neither."),
        ({"sleep_until": "06:00"}, "sleep_from", "Agreed sleep needs both times, or neither."),
        (
            {"sleep_from": "23:00", "sleep_until": "22:00"},
            "sleep_until",
            "Agreed sleep needs a start before its end, at most 14 hours later.",
        ),
    ],
)
def test_an_order_that_cannot_be_comes_back(willow: House, form: dict[str, str], field: str, sentence: str) -> None:
    given = {"level": "q30", "reason": "a hard <evening>", **form}
    page, errors = refused(willow, nurse(willow), f"/residents/{willow.carl}/order", given)
    assert errors == [(field, sentence)]
    assert ("a hard &lt;evening&gt;" in page) == ("reason" not in form)


# Duty


def test_somebody_goes_on_duty_and_off_again(willow: House) -> None:
    browser, path = nurse(willow), f"/duty/{willow.tomasz.staff}"
    assert "Nobody has signed on for this shift yet." in page_of(browser.get("/duty"))
    assert "Not on duty. Saving begins the shift." in page_of(browser.get(path))
    form = {"doing": "out with Carl", "place": "garden", "with_stay": willow.carl, "on_until": "23:59"}
    leads, made = recorded(willow, browser, path, form)
    ((kind, _, body),) = said(made)
    assert kind == "duty"
    assert {**body, "on_until": 0} == {
        "staff": willow.tomasz.staff, "doing": "out with Carl", "place": "garden", "with_stay": willow.carl, "on_until": 0,
    }  # fmt: skip
    page = page_of(browser.get(leads))
    assert "Saved." in page
    assert "out with Carl · Garden · with Carl D." in page
    assert 'value="23:59"' in page_of(browser.get(path))
    _, made = recorded(willow, browser, path, {"do": "off"})
    assert said(made) == [("duty_ended", "", {"staff": willow.tomasz.staff})]
    answer = browser.post(path, {"do": "off"})
    assert errors_in(page_of(answer)) == [("doing", "This person is not on duty. Load the page again.")]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"doing": ""}, "doing"),
        ({"place": "moon"}, "place"),
        ({"on_until": "late"}, "on_until"),
        ({"with_stay": "0" * 32}, "with_stay"),
        ({"doing": "x" * 70}, "doing"),
    ],
)
def test_a_duty_that_cannot_be_comes_back(willow: House, form: dict[str, str], field: str) -> None:
    given = {"doing": "floor <here>", "place": "garden", **form}
    page, errors = refused(willow, nurse(willow), f"/duty/{willow.tomasz.staff}", given)
    assert [name for name, _ in errors] == [field]
    assert ("floor &lt;here&gt;" in page) == ("doing" not in form)


def test_only_who_runs_the_duty_is_offered_to_change_it(willow: House, birch: House) -> None:
    doors.person(willow, "fay", "technician")
    browser = doors.signed_in("fay")
    assert f"/duty/{willow.tomasz.staff}" not in page_of(browser.get("/duty"))
    doors.person(willow)
    assert doors.signed_in().get(f"/duty/{birch.nadia.staff}").status_code == 404
    assert "Rosa D." not in page_of(doors.signed_in().get("/duty"))  # of a family: she has no shift


# Describe


def test_how_somebody_wants_to_be_met_is_written_anew(willow: House) -> None:
    browser, path = nurse(willow), f"/residents/{willow.carl}/describe"
    assert "One thing a line" in page_of(browser.get(path))
    form = {
        "likes": "tea\r\n\r\n quiet <mornings> ", "helps": "", "post": "Kitchen lead", "buddy": willow.maya, "room": "room-1",
        "key_worker": willow.tomasz.staff, "safety_0": "No blades in the room", "review_0": "2099-10-20",
        "apart_0": willow.joel, "apart_why_0": "words at lunch", "apart_until_0": "",
    }  # fmt: skip
    leads, made = recorded(willow, browser, path, form)
    (kind, about, body), of_joel = said(made)
    assert of_joel == ("stay_described", willow.joel, {"keep_apart": [{"stay": willow.carl, "why": "words at lunch"}]})
    review = moments.to_ms(datetime(2099, 10, 20, 22, 59, tzinfo=UTC))
    assert (kind, about, body) == (
        "stay_described",
        willow.carl,
        {
            "likes": ["tea", "quiet <mornings>"], "post": "Kitchen lead", "buddy": willow.maya, "key_worker": willow.tomasz.staff,
            "safety": [{"line": "No blades in the room", "review_at": review}],
            "keep_apart": [{"stay": willow.joel, "why": "words at lunch"}],
        },
    )  # fmt: skip
    page = page_of(browser.get(leads))
    assert "Keep apart from Joel A." in page
    assert "quiet &lt;mornings&gt;" in page
    page = page_of(browser.get(path))
    assert 'value="2099-10-20"' in page
    _, made = recorded(willow, browser, path, {"safety_0": "", "apart_0": ""})
    assert said(made) == [
        ("stay_described", willow.carl, {"safety": [], "keep_apart": []}),
        ("stay_described", willow.joel, {"keep_apart": []}),
    ]


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(willow: House) -> None:
    stays.describe(willow.nadia, NOW, willow.carl, likes=["tea"])
    form = {"was_likes": "", "likes": "", "helps": "a walk"}
    _, made = recorded(willow, nurse(willow), f"/residents/{willow.carl}/describe", form)
    assert said(made) == [("stay_described", willow.carl, {"helps": ["a walk"]})]


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({}, "likes", "There is nothing to write anew. Change at least one line."),
        ({"room": "moon"}, "room", "There is no place 'moon' in this programme. Choose one of its spaces."),
        ({"buddy": "{carl}"}, "buddy", "Nobody is their own buddy. Choose somebody else."),
        ({"buddy": "{liam}"}, "buddy", "There is no such resident here. Choose somebody from the list."),
        (
            {"key_worker": "{olga}"},
            "key_worker",
            "There is no such member of staff here. Choose somebody from the list.",
        ),
        ({"bed": "the large bed by the window"}, "bed", "This is 27 characters long. Keep it under 10."),
        ({"safety_0": "blades", "review_0": "soon"}, "review_0", "Give the day, or leave it empty."),
        ({"apart_0": "{liam}"}, "buddy", "There is no such resident here. Choose somebody from the list."),
    ],
)
def test_a_description_that_cannot_be_comes_back(
    willow: House, birch: House, form: dict[str, str], field: str, sentence: str
) -> None:
    given = {
        name: value.format(carl=willow.carl, liam=birch.liam, olga=birch.nadia.staff) for name, value in form.items()
    }
    page, errors = refused(willow, nurse(willow), f"/residents/{willow.carl}/describe", {**given, "post": ""})
    assert errors == [(field, sentence)]
    assert "Liam" not in page
    assert "Olga" not in page


# Needs


def test_a_tension_is_put_on_the_list_and_settled_with_a_plan(willow: House) -> None:
    browser = nurse(willow)
    assert f'value="{willow.carl}" selected' in page_of(browser.get(f"/needs/new?about={willow.carl}"))
    form = {
        "kind": "tension",
        "about": willow.carl,
        "other": willow.maya,
        "text": "words <at> lunch",
        "staff": willow.tomasz.staff,
    }
    leads, (raised,) = recorded(willow, browser, "/needs/new", form)
    assert said([raised]) == [
        ("need_raised", willow.carl, {"kind": "tension", "text": "words <at> lunch", "other": willow.maya})
    ]
    path = f"/needs/{raised.id}"
    board = page_of(browser.get(leads))
    assert f'href="{path}"' in board
    assert "Saved for Carl D." in board
    page = page_of(browser.get(path))
    assert "words &lt;at&gt; lunch" in page
    assert "Nobody yet" in page
    recorded(willow, browser, path, {"do": "take"})
    assert "Vera L." in page_of(browser.get(path))
    _, errors = refused(willow, browser, path, {"do": "done", "plan": " "})
    assert errors == [("plan", "Write the plan or the answer in a line, so that the next shift has it.")]
    leads, made = recorded(willow, browser, path, {"do": "done", "plan": "Not beside each other at supper"})
    assert said(made)[0][2]["plan"] == "Not beside each other at supper"
    assert 'data-key="U"' in page_of(browser.get(leads))
    assert "It is settled" in page_of(browser.get(path))


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({}, "kind", "Choose what is needed."),
        ({"kind": "party"}, "kind", "What is needed is one of: relief, tension, own view, help, talk, question."),
        ({"kind": "help"}, "about", "Say who it is about."),
        (
            {"kind": "tension", "about": "{carl}"},
            "other",
            "Something between people needs two of them. Choose the other one.",
        ),
        ({"kind": "relief"}, "staff", "Say who of the team needs relief."),
        ({"kind": "question", "text": ""}, "text", "Say in a line what it is about."),
        ({"kind": "talk", "about": "{carl}", "due": "soon"}, "due", "Write the time as 15:30, or leave it empty."),
        (
            {"kind": "talk", "about": "{liam}"},
            "about",
            "There is no such resident here. Choose somebody from the list.",
        ),
    ],
)
def test_a_need_that_is_not_said_comes_back(
    willow: House, birch: House, form: dict[str, str], field: str, sentence: str
) -> None:
    given = {"text": "a <line>"} | {
        name: value.format(carl=willow.carl, liam=birch.liam) for name, value in form.items()
    }
    page, errors = refused(willow, nurse(willow), "/needs/new", given)
    assert errors == [(field, sentence)]
    assert ("a &lt;line&gt;" in page) == ("text" not in form)
    assert "Liam" not in page


def test_a_need_of_another_house_is_as_unknown_as_none(willow: House, birch: House) -> None:
    theirs = needs.raise_(birch.nadia, NOW, "help", "by the door").id
    browser = nurse(willow)
    assert browser.get(f"/needs/{theirs}").status_code == 404
    assert browser.post(f"/needs/{theirs}", {"do": "done", "plan": "x"}).status_code == 404


# Stays


def test_somebody_arrives_gets_another_level_and_leaves(willow: House) -> None:
    browser = nurse(willow)
    assert 'href="/admit"' in page_of(browser.get("/residents"))
    assert "Only the name is needed now" in page_of(browser.get("/admit"))
    form = {
        "given_name": "Zoe", "family_name": "<Park>", "pronouns": "she/her", "born": "1990-02-03", "room": "room-5", "bed": "B",
        "buddy": willow.ruth, "key_worker": willow.tomasz.staff, "level": "1", "watch": "q30", "likes": "tea\r\nmaps", "helps": "",
    }  # fmt: skip
    leads, made = arrived(willow, browser, form)
    assert [entry.kind for entry in made] == ["person_registered", "stay_began", "watch_set"]
    stay = made[1].about
    assert row(willow, "stay", stay)["likes"] == ["tea", "maps"]
    assert row(willow, "watch", stay)["level"] == "q30"
    assert "&lt;Park&gt;" in page_of(browser.get(f"/residents/{stay}/who-looked")) or "Zoe" in page_of(
        browser.get(leads)
    )
    path, reason = f"/residents/{stay}/level", "You asked for it, and we saw you can."
    assert "Now level 1 of 4." in page_of(browser.get(path))
    _, made = recorded(willow, browser, path, {"level": "2", "reason": reason})
    assert said(made) == [("level_set", stay, {"level": 2, "reason": reason})]
    path = f"/residents/{stay}/leave"
    _, errors = refused(willow, browser, path, {"why": "moved on"})
    assert errors == [("sure", "Tick that Zoe <. leaves now. It cannot be taken back.")]
    _, errors = refused(willow, browser, path, {"why": " ", "sure": "1"})
    assert errors == [("why", "Say why the stay ends.")]
    leads, made = recorded(willow, browser, path, {"why": "moved on", "words": "thank you", "sure": "1"})
    assert said(made) == [("stay_ended", stay, {"why": "moved on", "words": "thank you"})]
    assert "Zoe" in page_of(browser.get(leads))
    assert browser.get(path).status_code == 404


def arrived(house: House, browser: Client, form: dict[str, Any]) -> tuple[str, list[Entry]]:
    """The offer of an admission names the stay that began, not the person registered before it."""
    before = reading.head(house.id)[0]
    answer = browser.post("/admit", form)
    assert answer.status_code == 302, page_of(answer)
    made = house.entries(after=before)
    assert verify.community(house.id).is_true
    assert answer.headers["Location"] == f"/residents/{made[1].about}?done={made[1].id}"
    return answer.headers["Location"], made


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"given_name": " "}, "given_name", "Give at least the name the person uses."),
        ({"level": "9"}, "level", "This programme has levels 1 to 4."),
        ({"level": "one"}, "level", "Choose a level."),
        ({"born": "3.2.1990"}, "born", "Give the day, or leave it empty."),
        ({"born": "2990-02-03"}, "born", "This day is still to come. Look at the year."),
        ({"room": "moon"}, "room", "There is no place 'moon' in this programme. Choose one of its spaces."),
        ({"buddy": "{liam}"}, "buddy", "There is no such resident here. Choose somebody from the list."),
        (
            {"key_worker": "{olga}"},
            "key_worker",
            "There is no such member of staff here. Choose somebody from the list.",
        ),
    ],
)
def test_an_admission_that_cannot_be_comes_back(
    willow: House, birch: House, form: dict[str, str], field: str, sentence: str
) -> None:
    given = {name: value.format(liam=birch.liam, olga=birch.nadia.staff) for name, value in form.items()}
    page, errors = refused(
        willow, nurse(willow), "/admit", {"given_name": "Zoe", "level": "1", "likes": "a <map>", **given}
    )
    assert errors == [(field, sentence)]
    assert "a &lt;map&gt;" in page


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({}, "level", "Choose a level."),
        ({"level": "1", "reason": "x"}, "level", "This is the level they have now. Choose another one."),
        ({"level": "9", "reason": "x"}, "level", "This programme has levels 1 to 4."),
        ({"level": "2", "reason": ""}, "reason", "Write the reason in words the person will read."),
        ({"level": "2", "reason": "x" * 601}, "reason", "This is 601 characters long. Keep it under 600."),
    ],
)
def test_a_level_that_cannot_be_comes_back(willow: House, form: dict[str, str], field: str, sentence: str) -> None:
    _, errors = refused(willow, nurse(willow), f"/residents/{willow.carl}/level", form)
    assert errors == [(field, sentence)]


# What all of them keep to

FORMS = [
    "/where",
    "/residents/{carl}/move",
    "/residents/{carl}/order",
    "/duty",
    "/duty/{tomasz}",
    "/residents/{carl}/describe",
]


@pytest.mark.parametrize("path", FORMS)
def test_a_form_asks_as_much_of_the_database_for_many_as_for_few(willow: House, path: str) -> None:
    browser = nurse(willow)
    address = path.format(carl=willow.carl, tomasz=willow.tomasz.staff)
    browser.get(address)
    taken = []
    for _ in range(2):
        browser.post("/where", {"who": [willow.maya], "place": "garden"})  # so that nothing is kept
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        taken.append(len(asked))
        for n in range(6):
            _more(willow, n)
    assert taken[0] == taken[1]
    assert taken[0] <= 12


def _more(house: House, n: int) -> None:
    stays.begin(house.nadia, NOW, {"given_name": f"Person{n}", "family_name": "Wood"})
