"""Who may take back what was recorded: oneself on the same shift, the nurse in charge at any time."""

from __future__ import annotations

from datetime import datetime, timedelta

from milieu.rules.permissions import May, Viewer
from milieu.rules.words import Refusal, refuse

OWN_WITHIN = timedelta(hours=12)


def problem_with(viewer: Viewer, by: str, entered_at: datetime, at: datetime) -> Refusal | None:
    """Why this viewer cannot take back what `by` entered at `entered_at`, or None. The button and the act both ask."""
    if viewer.may(May.TAKE_BACK_OTHERS):
        return None
    if by != viewer.staff:
        return refuse("undo.others", "Somebody else recorded this. They, or the nurse in charge, can take it back.")
    if at - entered_at > OWN_WITHIN:
        return refuse("undo.old", "This is from an earlier shift. The nurse in charge can take it back.")
    return None
