"""One thing that needs a person: what, who raised it, who has it. The list of them stands on the Today board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milieu.queries import houses
from milieu.queries.viewers import Here
from milieu.record.state import select
from milieu.rules import moments
from milieu.rules.permissions import Viewer
from milieu.rules.visibility import Matter, may_see
from milieu.rules.words import Sentence, say

KINDS: dict[str, tuple[Sentence, Sentence]] = {
    "help": (say("needs.help", "Somebody asked for help"), say("needs.help_why", "Now, or as soon as somebody can.")),
    "talk": (say("needs.talk", "Somebody would like to talk"), say("needs.talk_why", "In peace, with time for it.")),
    "tension": (
        say("needs.tension", "Something between two people"),
        say("needs.tension_why", "To plan for: where they sit, who is near, who talks with whom."),
    ),
    "relief": (
        say("needs.relief", "Relief for somebody of the team"),
        say("needs.relief_why", "From a one to one, or for a break."),
    ),
    "own_view": (
        say("needs.own_view", "Somebody’s own view is missing"),
        say("needs.own_view_why", "To be asked before a review, in their words."),
    ),
    "question": (
        say("needs.question", "A question for the team"),
        say("needs.question_why", "What we have no agreed answer for yet."),
    ),
}


@dataclass(frozen=True, slots=True)
class Need:
    """A need as one page shows it."""

    need: str
    kind: str
    title: Sentence
    text: str
    about: str
    about_name: str
    other: str
    other_name: str
    staff_name: str
    raised_at: datetime
    raised_by: str
    due_at: datetime | None
    taken_by: str
    is_mine: bool
    plan: str
    done_at: datetime | None
    sees: Sentence


def need(here: Here, viewer: Viewer, at: datetime, need: str) -> Need | None:
    """The need, settled or not; None when there is none in this house, or the viewer may not see it."""
    found = select("need", "id = %s AND community = %s", [need, here.id])
    if not found or not may_see(viewer, Matter.TENSIONS):
        return None
    row = found[0]
    house = houses.load(here, viewer, at)
    people = {one.stay: one.name for one in house.residents}
    team = {one.staff: one.name for one in house.team}
    title, _ = KINDS.get(row["kind"], KINDS["question"])
    return Need(
        need, row["kind"], title, row["text"], row["about"] if row["about"] in people else "", people.get(row["about"], ""),
        row["other"] if row["other"] in people else "", people.get(row["other"], ""), team.get(row["staff"], ""),
        moments.from_ms(row["raised_at"]), team.get(row["raised_by"], ""), _maybe(row["due_at"]),
        team.get(row["taken_by"], ""), row["taken_by"] == viewer.staff, row["plan"], _maybe(row["done_at"]),
        say("sees.team", "Team only"),
    )  # fmt: skip


def _maybe(ms: int | None) -> datetime | None:
    return None if ms is None else moments.from_ms(ms)
