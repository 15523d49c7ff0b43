"""What a role is called, and that no role slips past the table."""

from __future__ import annotations

import pytest

from milieu.rules.permissions import PERMISSIONS, ROLES, May, Viewer, called
from milieu.rules.programme import vocabulary
from milieu.rules.visibility import SEEN_BY, Matter
from milieu.rules.words import Text


def test_a_role_is_called_as_the_house_calls_it() -> None:
    assert called("nurse", {"nurse": Text("Schwester", {"en": "Sister"})}) == "Schwester"
    assert str(called("charge_nurse", {})) == str(ROLES["charge_nurse"])
    assert called("night_porter", {}) == "Night porter"


def test_every_role_a_programme_may_name_has_its_permissions() -> None:
    assert set(vocabulary.ROLES) | {"system"} == set(PERMISSIONS)
    assert {role for role, is_staff in vocabulary.ROLES.items() if is_staff} - SEEN_BY[Matter.LEVEL] == {"admin"}


def test_every_role_has_a_name_and_every_audience_is_a_role() -> None:
    assert set(ROLES) == set(PERMISSIONS)
    assert {role for roles in SEEN_BY.values() for role in roles} <= set(PERMISSIONS)


@pytest.mark.parametrize("role", ["", "nobody", "CHARGE_NURSE", "charge nurse", "nurse "])
def test_an_unknown_role_may_nothing(role: str) -> None:
    assert not any(Viewer("a", "N", "s", role, "c").may(what) for what in May)


def test_words_in_the_middle_of_a_sentence_are_small_only_in_english() -> None:
    lowered = Text("Asleep", {"de": "Schläft"}).lowered()
    assert (str(lowered), lowered.in_("de")) == ("asleep", "Schläft")
