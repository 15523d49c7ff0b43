"""`milieu init`: the tables, an organisation, its first community and the account that can make the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import typer
from django.db import transaction

from milieu.actions import accounts, houses, staff
from milieu.actions.refused import Refused
from milieu.cli import terminal
from milieu.cli.failures import Cannot
from milieu.cli.house import bring_on
from milieu.queries import accounts as queries
from milieu.record import database, ledger, programmes
from milieu.record.database import Standing
from milieu.record.ledger import Author

app = typer.Typer(**terminal.LOOK)
USUAL = "tc-residential"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made."""

    organisation: str
    community: str
    slug: str
    programme: str
    zone: str
    language: str
    name: str
    login: str
    role: str
    password: str


@app.command()
def run(
    organisation: str = typer.Option("", metavar="NAME", help="Who runs it."),
    community: str = typer.Option("", metavar="NAME", help="What people there call it."),
    slug: str = typer.Option("", metavar="SHORT-NAME", help="Its name in addresses; made from the name when left out."),
    programme: str = typer.Option("", metavar="CODE", help="A ready programme: see milieu programme list."),
    zone: str = typer.Option("", metavar="Area/City", help="Its time zone; the programme's own when left out."),
    language: str = typer.Option("en", metavar="CODE", help="The language spoken there."),
    name: str = typer.Option("", metavar="NAME", help="The first person who signs in."),
    login: str = typer.Option("", metavar="SIGN-IN-NAME", help="How that person signs in."),
    role: str = typer.Option("manager", metavar="ROLE", help="What that person is there."),
    password: str = typer.Option(
        "", envvar="MILIEU_PASSWORD", help="Better left out, or given in MILIEU_PASSWORD: it is asked for."
    ),
    tables_only: bool = typer.Option(
        False, "--tables-only", help="Make or bring on the tables and stop: after an update, or before a restore."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print what was made as JSON."),
) -> None:
    """Make the tables, the first community and the first account.

    Whatever is left out is asked for. Nothing is made when anything is wrong. Run it again for a further
    community: with the sign-in name of an account that is there, no password is asked and its organisation is used.

    **Example:** `milieu init --organisation "Open Door" --community "Willow House" --programme tc-residential
    --name "Nadia Rahman" --login nadia`
    """
    database.migrate() if database.standing() is Standing.ABSENT else bring_on()
    if tables_only:
        terminal.say(f"The tables in {database.name()} are those of this version.")
        return
    wish = _complete(Wish(organisation, community, slug, programme, zone, language, name, login, role, password))
    made = make(wish)
    if as_json:
        terminal.give(made)
        return
    terminal.say(
        f"{wish.community} is open under {made['programme']}, in {database.name()}.",
        f"{wish.name} can sign in as {wish.login}, as {role}. Next: milieu serve",
    )


def _complete(wish: Wish) -> Wish:
    """The wish with everything that is needed, asked for where it was left out."""
    community = _asked("--community", wish.community, "What is the community called")
    ready = ", ".join(path.stem for path in programmes.ready())
    programme = _asked("--programme", wish.programme, f"Programme ({ready})", USUAL)
    programmes.from_folder(programme)
    name = _asked("--name", wish.name, "Who signs in first (full name)")
    login = _asked("--login", wish.login, "Sign-in name", name.partition(" ")[0].lower())
    wish = replace(wish, community=community, programme=programme, name=name, login=login)
    if queries.one(login) is not None:
        return wish
    organisation = _asked("--organisation", wish.organisation, "Who runs it")
    return replace(wish, organisation=organisation, password=wish.password or _password(login, name))


def make(wish: Wish) -> dict[str, Any]:
    """All of it, or nothing. Somebody who has an account opens a further community in their own organisation."""
    at = datetime.now(UTC)
    programme = programmes.from_folder(wish.programme)[0]
    zone = wish.zone or programme.time_zone_default
    known = queries.one(wish.login)
    with transaction.atomic():
        runs = known.organisation if known else houses.organisation(wish.organisation, at)
        opened = houses.open_(runs, wish.community, programme.code, zone, at, slug=wish.slug, language=wish.language)
        account = known.id if known else accounts.make(runs, wish.login, wish.name, wish.password, at)
        with ledger.writing(opened, Author(), at) as write:
            assigned = staff.put(write, account, wish.name, wish.role)
    return {"organisation": runs, "community": opened, "account": account, "staff": assigned, "programme": programme.id}


def _asked(option: str, given: str, question: str, usual: str | None = None) -> str:
    if given:
        return given
    if not terminal.can_ask():
        raise Cannot(f"Give {option}: nobody is here to be asked.")
    return str(typer.prompt(question, default=usual, err=True))


def _password(login: str, name: str) -> str:
    if not terminal.can_ask():
        raise Cannot("Give the first password in the environment as MILIEU_PASSWORD: nobody is here to be asked.")
    while True:
        typed = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
        try:
            accounts.refuse_weak(typed, login, name)
        except Refused as weak:
            terminal.complain(str(weak))
        else:
            return typed
