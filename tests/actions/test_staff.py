"""Who works here, and who is on duty doing what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from milieu.actions import staff
from milieu.rules import moments
from tests.actions.asking import recorded, refused, row
from tests.house import MINUTE, NOBODY, NOW, House


def test_an_assignment_begins_and_ends(willow: House) -> None:
    manager = willow.staff["peter"]
    made = recorded(willow, lambda: staff.assign(manager, NOW, "account", " Ana María Ruiz ", "nurse"))
    ((kind, _, body),) = made
    assert kind == "staff_began"
    assert (body["name"], body["full_name"], body["role"]) == ("Ana R.", "Ana María Ruiz", "nurse")
    made = recorded(willow, lambda: staff.end(manager, NOW, body["staff"], "moved on"))
    assert made == [("staff_ended", "", {"staff": body["staff"], "words": "moved on"})]
    assert row(willow, "staff", body["staff"])["until"] == moments.to_ms(NOW)
    told = refused(willow, lambda: staff.end(manager, NOW, body["staff"]))
    assert told == "There is no such member of staff here. Choose somebody from the list."


def test_one_name_is_kept_as_it_is(willow: House) -> None:
    ((_, _, body),) = recorded(willow, lambda: staff.assign(willow.staff["peter"], NOW, "", "Ana", "nurse"))
    assert body["name"] == "Ana"


def test_a_shift_begins_with_its_first_word_and_ends(willow: House) -> None:
    one, until = willow.tomasz.staff, NOW + timedelta(hours=8)
    made = recorded(
        willow,
        lambda: staff.go_on_duty(
            willow.nadia, NOW, one, " one to one ", place="garden", with_stay=willow.carl, on_until=until
        ),
    )
    said = {"doing": "one to one", "place": "garden", "with_stay": willow.carl, "on_until": moments.to_ms(until)}
    assert made == [("duty", "", {"staff": one, **said})]
    staff.go_on_duty(willow.nadia, NOW + MINUTE, one, "floor")
    on = row(willow, "staff", one)
    assert (on["on_from"], on["on_until"], on["doing"], on["place"]) == (
        moments.to_ms(NOW), moments.to_ms(until), "floor", "",
    )  # fmt: skip

    assert recorded(willow, lambda: staff.go_off_duty(willow.nadia, NOW, one)) == [("duty_ended", "", {"staff": one})]
    assert row(willow, "staff", one)["on_from"] is None
    told = refused(willow, lambda: staff.go_off_duty(willow.nadia, NOW, one))
    assert told == "This person is not on duty. Load the page again."


STRANGER = "There is no such member of staff here. Choose somebody from the list."
REFUSED: dict[str, tuple[Callable[[House], object], str]] = {
    "unknown role": (
        lambda h: staff.assign(h.staff["peter"], NOW, "", "Ana", "wizard"),
        "There is no role 'wizard'. Use one of: admin, advocate, charge_nurse, doctor, facilitator, family, graduate, leader, manager, "
        "nurse, resident, social_worker, surveyor, technician, therapist.",
    ),
    "the system's own role": (
        lambda h: staff.assign(h.staff["peter"], NOW, "", "Ana", "system"),
        "There is no role 'system'. Use one of: admin, advocate, charge_nurse, doctor, facilitator, family, graduate, leader, manager, "
        "nurse, resident, social_worker, surveyor, technician, therapist.",
    ),
    "no name": (lambda h: staff.assign(h.staff["peter"], NOW, "", "  ", "nurse"), "Give the name of the person."),
    "ending nobody": (lambda h: staff.end(h.staff["peter"], NOW, NOBODY), STRANGER),
    "duty of nobody": (lambda h: staff.go_on_duty(h.nadia, NOW, NOBODY, "floor"), STRANGER),
    "duty nowhere": (
        lambda h: staff.go_on_duty(h.nadia, NOW, h.tomasz.staff, "floor", place="moon"),
        "There is no place 'moon' in this programme. Choose one of its spaces.",
    ),
    "duty with nobody": (
        lambda h: staff.go_on_duty(h.nadia, NOW, h.tomasz.staff, "floor", with_stay=NOBODY),
        "There is no such resident here. Choose somebody from the list.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused(willow: House, name: str) -> None:
    act, sentence = REFUSED[name]
    assert refused(willow, lambda: act(willow)) == sentence


def test_staff_of_another_community_are_strangers(willow: House, birch: House) -> None:
    assert refused(birch, lambda: staff.go_on_duty(birch.nadia, NOW, willow.tomasz.staff, "floor")) == STRANGER
