"""Is there a house to work on, and which community is meant? Every command but `init` and `demo` begins here."""

from __future__ import annotations

from dataclasses import dataclass

from milieu.cli import terminal
from milieu.cli.failures import Cannot
from milieu.record import database, verify
from milieu.record.database import Standing

BEGIN = "Begin one with: milieu init, or look at a ready one with: milieu demo"


@dataclass(frozen=True, slots=True)
class Community:
    """A community as commands name it."""

    id: str
    name: str
    slug: str


def open_() -> None:
    """See that the database is there and its tables are those of this program; bring them on when they are older."""
    if database.standing() is Standing.ABSENT:
        raise Cannot(f"There is no house in {database.name()} yet. {BEGIN}")
    bring_on()


def bring_on() -> None:
    """Make the changes to the tables that this version needs."""
    missing = database.missing_steps()
    if missing:
        terminal.note(f"Bringing the tables on: {', '.join(missing)}")
        database.migrate()


def communities() -> tuple[Community, ...]:
    """Every community here."""
    return tuple(Community(which, name, slug) for which, name, slug in verify.communities())


def community(slug: str) -> Community:
    """The community with this short name; without one, the only one there is."""
    known = communities()
    if not known:
        raise Cannot(f"There is no community in {database.name()} yet. {BEGIN}")
    if not slug and len(known) == 1:
        return known[0]
    names = ", ".join(one.slug or one.id for one in known)
    if not slug:
        raise Cannot(f"Say which community is meant with --community. There are: {names}.")
    found = next((one for one in known if slug in (one.slug, one.id)), None)
    if found is None:
        raise Cannot(f"There is no community '{slug}'. There are: {names}.")
    return found
