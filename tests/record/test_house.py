"""The cast stands as it says: built through actions, whole and true."""

from __future__ import annotations

from milieu.record import verify
from milieu.record.state import select
from tests.house import RESIDENTS, STAFF, House


def test_willow_house_stands_as_it_says(willow: House, birch: House) -> None:
    levels = {row["id"]: row["level"] for row in select("stay", "community = %s", [willow.id])}
    assert levels == {willow.stays[name]: known[2] for name, known in RESIDENTS.items()}
    roles = {row["name"]: row["role"] for row in select("staff", "community = %s", [willow.id])}
    assert roles == {viewer.name: viewer.role for viewer in willow.staff.values()}
    assert len(roles) == len(STAFF)
    assert verify.community(willow.id).findings == ()
    assert verify.community(birch.id).findings == ()
