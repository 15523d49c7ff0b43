"""Needs someone: what waits for a person, the most urgent first, and what to say when nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from milieu.queries import parts
from milieu.record.facts.house import House, OpenNeed, Resident
from milieu.rules.checks import Due, Standing
from milieu.rules.permissions import Viewer
from milieu.rules.programme.shape import Programme
from milieu.rules.visibility import Matter, may_see
from milieu.rules.words import Sentence, say


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One thing that needs a person: what as a verb phrase, why in one line, one button.

    `action`: seen (record a check of `stay`), take, done; `detail` before `why` is the strong part of the line.
    """

    code: str
    need: str
    stay: str
    icon: str
    title: Sentence
    detail: Sentence | None
    why: Sentence | None
    button: Sentence
    action: str
    tone: str
    due_at: datetime | None
    url_person: bool


def rows(programme: Programme, house: House, dues: dict[str, Due], viewer: Viewer, at: datetime) -> tuple[NeedRow, ...]:
    """Checks due within minutes or late, then what was raised and is open."""
    rows = []
    by_stay = {one.stay: one for one in house.residents}
    for stay, due in dues.items():
        if parts.needs_someone(due, at):
            rows.append(_check_need(by_stay[stay], due, programme))
    if may_see(viewer, Matter.TENSIONS):
        rows.extend(row for row in (_open_need(need, house) for need in house.needs) if row is not None)
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.icon != "search",
                row.tone not in ("late", "due"),
                row.due_at is None,
                row.due_at or at,
                row.need,
            ),
        )
    )


def _check_need(one: Resident, due: Due, programme: Programme) -> NeedRow:
    late = due.standing is not Standing.DUE
    place = parts.space_title(programme, one.place)
    return NeedRow(
        code=f"check-{one.stay}", need="", stay=one.stay, icon="clock",
        title=say("need.see", "See {name}", name=one.name),
        detail=due.reason, why=say("need.place", "{place}", place=place) if place else None,
        button=say("need.seen", "Seen"), action="seen", tone="late" if late else "due", due_at=due.at, url_person=True,
    )  # fmt: skip


# The button says what it does: the one who presses it has it. Whom to send and what to plan is on the page behind the title.
_TAKE = say("need.button.take", "Take")
_FOUND = say("need.button.found", "Found")
_DONE = say("need.button.done", "Done")
_NEED_WORDS = {
    "search": ("search", ("need.search", "Find {about}")),
    "relief": ("people", ("need.relief", "Relief for {staff}")),
    "tension": ("apart", ("need.tension", "{about} and {other}")),
    "own_view": ("speech", ("need.own_view", "{about}’s own view")),
    "help": ("hand", ("need.help", "{about} asked for help")),
    "talk": ("speech", ("need.talk", "{about} would like to talk")),
    "question": ("speech", ("need.question", "A question for the team")),
}


def _open_need(need: OpenNeed, house: House) -> NeedRow | None:
    words = _NEED_WORDS.get(need.kind)
    if words is None:
        return None
    icon, title = words
    is_search = need.kind == "search"
    about, other, staff = house.resident(need.about), house.resident(need.other), house.member(need.staff)
    named = {
        "about": parts.first_name(about.name) if about else "",
        "other": parts.first_name(other.name) if other else "",
        "staff": parts.first_name(staff.name) if staff else "",
    }
    taken = house.member(need.taken_by)
    return NeedRow(
        code=f"need-{need.need}", need=need.need, stay=need.about, icon=icon,
        title=say(*title, **named),
        detail=say("need.has_it", "{name} has it.", name=parts.first_name(taken.name)) if taken else None,
        why=say("need.not_there", "Was not there when somebody looked in.") if is_search else say("need.text", "{text}", text=need.text),
        button=(_FOUND if is_search else _DONE) if taken else _TAKE,
        action="done" if taken else "take", tone="late" if is_search else "plain", due_at=need.due_at, url_person=about is not None,
    )  # fmt: skip


def quiet(house: House, viewer: Viewer) -> Sentence:
    """What stands there when nobody is waiting: a good moment for somebody. Never "nobody" to whom not all is shown."""
    if not may_see(viewer, Matter.TENSIONS):
        return say("needs.checks_only", "No check is waiting. What else needs someone is shown to the team only.")
    longest = min((one for one in house.residents if not one.one_to_one), key=lambda one: one.place_since, default=None)
    if longest is None:
        return say("needs.nobody", "Nobody is waiting.")
    return say(
        "needs.quiet",
        "Nobody is waiting. A good time to sit with someone: {name} has been in one place the longest.",
        name=parts.first_name(longest.name),
    )
