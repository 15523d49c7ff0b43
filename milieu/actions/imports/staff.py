"""Beginning an assignment, and where needed making an account, for each line of a sheet of staff."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from milieu.actions import accounts, staff
from milieu.actions.imports import desk
from milieu.actions.imports.desk import Desk
from milieu.record.folds.shape import need_row
from milieu.record.models import Account
from milieu.record.state import select
from milieu.rules import sheets, sign_in
from milieu.rules.permissions import PERMISSIONS
from milieu.rules.programme.shape import Programme
from milieu.rules.sheets import Columns, Row
from milieu.rules.words import say

COLUMNS = Columns(
    needed=("given_name", "family_name", "role"),
    further=("login",),
    other_names={
        "first_name": "given_name", "given": "given_name", "forename": "given_name", "last_name": "family_name",
        "surname": "family_name", "family": "family_name", "username": "login", "user": "login", "sign_in_name": "login",
        "email": "login", "works_as": "role", "function": "role", "position": "role",
    },
    longest={"given_name": 59, "family_name": 59, "login": 120},
)  # fmt: skip
# Easy to read out and to type, and 52 bits: letters and digits that look alike are left out.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Brought:
    """One member of staff as brought, or as would be; `password` is told once, to be changed at first sign-in."""

    line: int
    name: str
    role: str
    login: str
    password: str


def bring(community: str, content: bytes, at: datetime, *, sure: bool) -> tuple[Brought, ...]:
    """Assign everybody on the sheet: all of them, or none and WrongSheet. Only looks unless `sure`."""
    rows = sheets.read(content, COLUMNS)
    with desk.opened(community, at, sure=sure) as opened:
        here = select("staff", "community = %s AND until IS NULL", [community])
        seen = {(row["full_name"].casefold(), row["role"]): "here" for row in here}
        house = need_row(opened.write.state, "community", community)
        organisation = house["organisation"]
        roles = roles_of(opened.programme)
        return tuple(_one(opened, row, roles, organisation, seen, sure) for row in rows)


def first_password() -> str:
    """A password nobody has had before, to be read out once."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def roles_of(programme: Programme) -> dict[str, str]:
    """The roles of this programme that staff can be assigned to, with their titles."""
    return {role.code: str(role.title) for role in programme.roles if role.is_staff and role.code in PERMISSIONS}


def _one(
    at: Desk, row: Row, roles: dict[str, str], organisation: str, seen: dict[tuple[str, str], str], sure: bool
) -> Brought:
    name = f"{row['given_name']} {row['family_name']}".strip()
    role = at.one_of(row, "role", roles)
    if not row["role"]:
        at.fault(row, "role", say("sheet.role", "Say what this person works as: {roles}.", roles=", ".join(roles)))
    elif role:
        where = seen.setdefault((name.casefold(), role), f"on line {row.line}")
        if where != f"on line {row.line}":
            at.fault(
                row,
                "given_name",
                say(
                    "sheet.staff_twice",
                    "{name} is {where} already in this role. Remove the line.",
                    name=name,
                    where=where,
                ),
            )
    login = sign_in.plain_login(row["login"])
    found = at.tried(row, lambda: _account(at, row, name, login, organisation, sure)) if login else None
    account, password = found or ("", "")
    if role:
        at.tried(row, lambda: staff.put(at.write, account, name, role))
    return Brought(row.line, name, role, login, password)


def _account(at: Desk, row: Row, name: str, login: str, organisation: str, sure: bool) -> tuple[str, str]:
    known = Account.objects.filter(login=login).first()
    if known is not None:
        _check_known(at, row, known, name, organisation)
        return known.id, ""
    password = first_password()
    # A look need not wait for the slow hash of a password that nobody will get.
    made = accounts.make(organisation, login, name, password, at.write.at, password_hash="" if sure else "!")
    return made, password if sure else ""


def _check_known(at: Desk, row: Row, known: Account, name: str, organisation: str) -> None:
    if known.organisation != organisation or not known.active:
        at.fault(
            row,
            "login",
            say("sheet.login_taken", "The sign-in name '{login}' is taken. Choose another.", login=known.login),
        )
    elif known.name.casefold() != name.casefold():
        text = "The sign-in name '{login}' belongs to {other}. Choose another, or correct the name."
        at.fault(row, "login", say("sheet.login_other", text, login=known.login, other=known.name))
