"""Assigning people to work in a community, and who is on duty doing what."""

from __future__ import annotations

from datetime import datetime

from milieu.actions import writes
from milieu.actions.refused import refuse
from milieu.record.entries import Entry
from milieu.record.ledger import Writing
from milieu.rules import moments
from milieu.rules.permissions import PERMISSIONS, May, Viewer


def assign(viewer: Viewer, at: datetime, account: str, full_name: str, role: str) -> str:
    """Begin an assignment; the id of the assignment."""
    with writes.writing(viewer, May.RUN_ACCOUNTS, at) as write:
        return put(write, account, full_name, role)


def put(write: Writing, account: str, full_name: str, role: str) -> str:
    """The same inside an open write."""
    if role not in PERMISSIONS or role == "system":
        roles = ", ".join(sorted(set(PERMISSIONS) - {"system"}))
        raise refuse("staff.role", "There is no role '{role}'. Use one of: {roles}.", role=role, roles=roles)
    parts = full_name.split()
    if not parts:
        raise refuse("staff.name", "Give the name of the person.")
    name = f"{parts[0]} {parts[-1][0].upper()}." if len(parts) > 1 else parts[0]
    staff = write.new_id()
    write.append(
        "staff_began", {"staff": staff, "account": account, "name": name, "full_name": full_name.strip(), "role": role}
    )
    return staff


def end(viewer: Viewer, at: datetime, staff: str, words: str = "") -> Entry:
    """End an assignment."""
    with writes.writing(viewer, May.RUN_ACCOUNTS, at) as write:
        writes.staff_of(write, staff)
        return write.append("staff_ended", {"staff": staff, **writes.filled({"words": words})})


def go_on_duty(
    viewer: Viewer,
    at: datetime,
    staff: str,
    doing: str,
    *,
    place: str = "",
    with_stay: str = "",
    on_until: datetime | None = None,
) -> Entry:
    """Say what somebody on duty is doing; the first word on a shift begins it."""
    with writes.writing(viewer, May.RUN_DUTY, at) as write:
        return put_duty(write, staff, doing, place=place, with_stay=with_stay, on_until=on_until)


def put_duty(
    write: Writing, staff: str, doing: str, *, place: str = "", with_stay: str = "", on_until: datetime | None = None
) -> Entry:
    """The same inside an open write."""
    writes.staff_of(write, staff)
    if place:
        writes.space_of(write, place)
    if with_stay:
        writes.still_here(write, with_stay)
    body = {"staff": staff, "doing": doing.strip()[:60], **writes.filled({"place": place, "with_stay": with_stay})}
    if on_until is not None:
        body["on_until"] = moments.to_ms(on_until)
    return write.append("duty", body)


def go_off_duty(viewer: Viewer, at: datetime, staff: str) -> Entry:
    """The shift of this person ends."""
    with writes.writing(viewer, May.RUN_DUTY, at) as write:
        if writes.staff_of(write, staff)["on_from"] is None:
            raise refuse("duty.off", "This person is not on duty. Load the page again.")
        return put_off_duty(write, staff)


def put_off_duty(write: Writing, staff: str) -> Entry:
    """The shift of this person ends, inside an open write."""
    writes.staff_of(write, staff)
    return write.append("duty_ended", {"staff": staff})
