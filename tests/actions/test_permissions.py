"""Every action asks the table of permissions, for every role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction

from milieu.actions import attendance, checks, interactions, needs, places, staff, stays, undo
from milieu.actions.refused import Refused
from milieu.record import reading
from milieu.rules.permissions import PERMISSIONS, May, Viewer, refusal
from tests.house import NOW, TODAY, House

Act = Callable[[House, Viewer], object]


def _a_need(house: House) -> str:
    return needs.raise_(house.nadia, NOW, "help", "").id


def _reminded(house: House) -> str:
    return interactions.remind(house.nadia, NOW, "correction", [house.carl], "phones", "agreed")[0].id


def _one_to_one(house: House, by: Viewer) -> object:
    checks.begin_one_to_one(house.nadia, NOW, house.carl)
    return checks.end_one_to_one(by, NOW, house.carl)


def _on_duty(house: House) -> str:
    staff.go_on_duty(house.nadia, NOW, house.tomasz.staff, "floor")
    return house.tomasz.staff


ACTIONS: dict[str, tuple[May, Act]] = {
    "record a check": (May.RECORD_CHECK, lambda h, by: checks.record(by, NOW, h.carl, "settled")),
    "order a watch": (May.ORDER_WATCH, lambda h, by: checks.order(by, NOW, h.carl, "q15", "unwell")),
    "begin one to one": (May.RECORD_CHECK, lambda h, by: checks.begin_one_to_one(by, NOW, h.carl)),
    "end one to one": (May.RECORD_CHECK, _one_to_one),
    "notice": (May.RECORD_INTERACTION, lambda h, by: interactions.notice(by, NOW, [h.carl], "spoke-up")),
    "remind": (
        May.RECORD_INTERACTION, lambda h, by: interactions.remind(by, NOW, "correction", [h.carl], "phones", "agreed"),
    ),
    "say how it went": (May.RECORD_INTERACTION, lambda h, by: interactions.went(by, NOW, _reminded(h), "settled")),
    "ask the team": (May.RECORD_INTERACTION, lambda h, by: interactions.ask_team(by, NOW, h.carl, "what now")),
    "attendance": (May.RECORD_ATTENDANCE, lambda h, by: attendance.record(by, NOW, TODAY, "lunch", {h.carl: "here"})),
    "move": (May.MOVE_PEOPLE, lambda h, by: places.move(by, NOW, [h.carl], "garden")),
    "raise a need": (May.TAKE_NEED, lambda h, by: needs.raise_(by, NOW, "help", "")),
    "take a need": (May.TAKE_NEED, lambda h, by: needs.take(replace(by, staff=h.tomasz.staff), NOW, _a_need(h))),
    "settle a need": (May.TAKE_NEED, lambda h, by: needs.settle(by, NOW, _a_need(h))),
    "begin a stay": (May.BEGIN_STAY, lambda h, by: stays.begin(by, NOW, {"given_name": "Zoe"})),
    "end a stay": (May.BEGIN_STAY, lambda h, by: stays.end(by, NOW, h.carl, "moved out")),
    "describe a stay": (May.DESCRIBE_STAY, lambda h, by: stays.describe(by, NOW, h.carl, likes=["tea"])),
    "set a level": (May.SET_LEVEL, lambda h, by: stays.set_level(by, NOW, h.carl, 2, "ready")),
    "assign": (May.RUN_ACCOUNTS, lambda h, by: staff.assign(by, NOW, "", "Ana Ruiz", "nurse")),
    "end an assignment": (May.RUN_ACCOUNTS, lambda h, by: staff.end(by, NOW, h.tomasz.staff)),
    "duty": (May.RUN_DUTY, lambda h, by: staff.go_on_duty(by, NOW, h.tomasz.staff, "floor")),
    "off duty": (May.RUN_DUTY, lambda h, by: staff.go_off_duty(by, NOW, _on_duty(h))),
    "take back": (May.TAKE_BACK, lambda h, by: undo.take_back(by, NOW, _reminded(h))),
}  # fmt: skip
ROLES = (*PERMISSIONS, "nobody", "")


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_for_the_roles_of_the_table_and_no_other(willow: House, name: str) -> None:
    may, act = ACTIONS[name]
    for role in ROLES:
        viewer = willow.as_(role)
        with transaction.atomic():
            before = reading.head(willow.id)
            if viewer.may(may):
                act(willow, viewer)
                assert reading.head(willow.id) != before, role
                assert willow.newest().role == role
            else:
                with pytest.raises(Refused) as told, transaction.atomic():
                    act(willow, viewer)
                assert str(told.value) == (
                    f"In your role here you cannot {may.value}. Ask the person in charge of this shift."
                ), role
            transaction.set_rollback(True)


def test_every_permission_to_record_is_asked_by_an_action() -> None:
    only_to_see = {
        May.SEE_BOARD, May.OPEN_RESIDENT, May.SEE_RECORD, May.SEE_PROGRAMME, May.SEE_OWN_DAY, May.SEE_OWN_LOG,
    }  # fmt: skip
    elsewhere = {May.TAKE_BACK_OTHERS, May.REGISTER_DEVICE, May.OWN_SETTINGS}  # tests of undo, devices and accounts
    assert {may for may, _ in ACTIONS.values()} | only_to_see | elsewhere == set(May)


def test_somebody_without_a_community_is_asked_to_choose_one(willow: House) -> None:
    with pytest.raises(Refused, match="Choose the community you work in first"):
        checks.record(replace(willow.nadia, community=""), NOW, willow.carl, "settled")


@pytest.mark.parametrize("may", May)
def test_a_button_says_the_same_as_the_write(willow: House, may: May) -> None:
    assert refusal(willow.as_("system"), may) is None
    told = refusal(willow.as_("nobody"), may)
    assert told is not None
    assert told.code == "may.not"
    assert may.value in str(told)
