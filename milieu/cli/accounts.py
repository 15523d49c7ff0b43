"""`milieu user`: accounts from the machine itself, for the first ones and for when nobody can sign in any more."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from django.db import transaction

from milieu.actions import accounts, staff
from milieu.actions.imports.staff import first_password, roles_of
from milieu.cli import house, terminal
from milieu.cli.failures import Cannot
from milieu.queries import accounts as queries
from milieu.queries.accounts import AccountLine
from milieu.record import ledger, programmes
from milieu.record.ledger import Author

app = typer.Typer(
    **terminal.LOOK,
    no_args_is_help=True,
    help="Make, list and close accounts; set passwords and PINs. Secrets are asked for.",
)
Login = Annotated[str, typer.Argument(metavar="SIGN-IN-NAME", help="How this person signs in.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Password = Annotated[
    str, typer.Option("--password", envvar="MILIEU_PASSWORD", help="Better in MILIEU_PASSWORD, or asked for.")
]
Generate = Annotated[bool, typer.Option("--generate", help="Make a password and print it once.")]
Slug = Annotated[str, typer.Option("--community", "-c", metavar="SLUG", help="Which one, where there are several.")]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the accounts and where each person works.

    **Example:** `milieu user list`
    """
    house.open_()
    found = queries.listed()
    if as_json:
        terminal.give([asdict(one) for one in found])
        return
    rows = [
        (one.login, one.name, "\n".join(f"{work.role} in {work.community_name}" for work in one.works), _marks(one))
        for one in found
    ]
    terminal.show(("sign-in name", "name", "works as", ""), rows)


@app.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option("--name", help="The full name. Asked for when left out.")] = "",
    role: Annotated[str, typer.Option("--role", help="What this person works as there.")] = "",
    community: Slug = "",
    password: Password = "",
    generate: Generate = False,
    pin: Annotated[str, typer.Option("--pin", envvar="MILIEU_PIN", help="Four digits for shared tablets.")] = "",
    as_json: Json = False,
) -> None:
    """Make an account, and assign the person to a community where a role is given.

    For somebody who has an account already, only the assignment is made.

    **Example:** `milieu user add sam --name "Sam Whitlow" --role nurse --generate`
    """
    house.open_()
    where = house.community(community)
    _check_role(where, role)
    known = queries.one(login)
    name = name or (known.name if known else _asked("--name", "Full name"))
    secret = "" if known else _secret(password, generate)
    if known and not role:
        raise Cannot(f"{known.name} has the account '{known.login}' already. Give a --role to assign them somewhere.")
    at = datetime.now(UTC)
    with transaction.atomic():
        account = (
            known.id if known else accounts.make(queries.organisation_of(where.id), login, name, secret, at, pin=pin)
        )
        if role:
            with ledger.writing(where.id, Author(), at) as write:
                staff.put(write, account, name, role)
    _tell(
        f"{name} can sign in as {login}{f', {role} in {where.name}' if role else ''}.", login, secret, generate, as_json
    )


@app.command()
def password(login: Login, password: Password = "", generate: Generate = False, as_json: Json = False) -> None:
    """Give somebody a new password. Every sign-in of the account ends.

    **Example:** `milieu user password sam --generate`
    """
    house.open_()
    found = _known(login)
    secret = _secret(password, generate)
    accounts.give_password(found.id, secret)
    _tell(f"{found.name} has a new password and must sign in again everywhere.", found.login, secret, generate, as_json)


@app.command()
def pin(
    login: Login,
    pin: Annotated[str, typer.Option("--pin", envvar="MILIEU_PIN", help="Better in MILIEU_PIN, or asked for.")] = "",
) -> None:
    """Give somebody a PIN for shared tablets: four digits.

    **Example:** `milieu user pin sam`
    """
    house.open_()
    found = _known(login)
    accounts.give_pin(found.id, pin or _asked("--pin", "PIN", hidden=True))
    terminal.say(f"{found.name} has a new PIN.")


@app.command("second-step-off")
def second_step_off(login: Login) -> None:
    """Take off somebody's one-time codes and passkeys when the phone is lost. The password stays, every sign-in ends.

    **Example:** `milieu user second-step-off sam`
    """
    house.open_()
    found = _known(login)
    accounts.lose_phone(found.id)
    terminal.say(f"{found.name} signs in with the password alone now, and must do so again everywhere.")


@app.command()
def disable(login: Login) -> None:
    """Close an account: it cannot sign in any more, and its sign-ins end. What the person recorded stays.

    **Example:** `milieu user disable sam`
    """
    house.open_()
    found = _known(login)
    if not found.is_active:
        raise Cannot(f"The account of {found.name} is closed already.")
    accounts.switch_off(found.id)
    terminal.say(f"The account of {found.name} is closed.")


def _known(login: str) -> AccountLine:
    found = queries.one(login)
    if found is None:
        raise Cannot(f"There is no account '{login}'. See them all with: milieu user list")
    return found


def _check_role(where: house.Community, role: str) -> None:
    roles = roles_of(programmes.in_force(queries.programme_of(where.id)))
    if role and role not in roles:
        raise Cannot(f"There is no role '{role}' in {where.name}. Use one of: {', '.join(roles)}.")


def _secret(given: str, generate: bool) -> str:
    if generate:
        return first_password()
    return given or _asked("--generate, or the password in MILIEU_PASSWORD", "Password", hidden=True)


def _asked(option: str, question: str, *, hidden: bool = False) -> str:
    if not terminal.can_ask():
        raise Cannot(f"Give {option}: nobody is here to be asked.")
    return str(typer.prompt(question, hide_input=hidden, confirmation_prompt=hidden, err=True))


def _marks(one: AccountLine) -> str:
    marks = [("closed", not one.is_active), ("PIN", one.has_pin), ("second step", one.has_second_step)]
    return ", ".join(mark for mark, is_so in marks if is_so)


def _tell(sentence: str, login: str, secret: str, generated: bool, as_json: bool) -> None:
    if as_json:
        terminal.give({"login": login, **({"password": secret} if generated and secret else {})})
        return
    terminal.say(sentence)
    if generated and secret:
        terminal.say(f"The password is {secret} and is not shown again.", style="bold")
