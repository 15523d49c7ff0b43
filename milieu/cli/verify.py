"""`milieu verify`: is the record true? Every chain walked, the state rebuilt from it and compared row by row."""

from __future__ import annotations

from typing import Any

import typer

from milieu.cli import house, terminal
from milieu.cli.failures import FOUND
from milieu.record import reading, verify
from milieu.record.verify import Verdict

app = typer.Typer(**terminal.LOOK)


@app.command()
def run(
    community: str = typer.Option("", "--community", "-c", metavar="SLUG", help="Only this community."),
    as_json: bool = typer.Option(False, "--json", help="Print the result as JSON."),
) -> None:
    """Check every chain, rebuild the state and compare it row by row.

    Names each community with its number of entries and the hash its chain ends in. Keep that hash somewhere else:
    whoever has it can tell later whether anything before it was changed. Nothing is written.

    Exit code 0 when everything is as recorded, 1 when anything is not.

    **Example:** `milieu verify --json | jq -r '.communities[].head'`
    """
    house.open_()
    asked = (house.community(community),) if community else house.communities()
    verdicts = tuple(look(one) for one in asked)
    if as_json:
        terminal.give(as_data(verdicts))
    else:
        tell(verdicts)
    if not all(verdict.is_true for verdict in verdicts):
        raise typer.Exit(FOUND)


def look(one: house.Community) -> Verdict:
    """The verdict on one community, with a bar while it is worked out."""
    with terminal.bar(f"Reading {one.name or one.id}", reading.head(one.id)[0]) as done:
        return verify.community(one.id, one.name, one.slug, lambda n: done(n, ""))


def as_data(verdicts: tuple[Verdict, ...]) -> dict[str, Any]:
    """The verdicts for a script."""
    return {
        "communities": [
            {
                "community": one.community, "name": one.name, "slug": one.slug, "entries": one.entries,
                "head": one.head, "ok": one.is_true,
                "findings": [{"where": each.where, "what": each.what} for each in one.findings],
            }
            for one in verdicts
        ],
        "ok": all(one.is_true for one in verdicts),
    }  # fmt: skip


def tell(verdicts: tuple[Verdict, ...]) -> None:
    """The verdicts for a person."""
    if not verdicts:
        terminal.say("There is no community here yet.")
        return
    rows = [
        (one.name or "(no name)", one.entries, one.head, "true" if one.is_true else f"{len(one.findings)} findings")
        for one in verdicts
    ]
    terminal.show(("community", "#entries", "the chain ends in", "record"), rows)
    for one in verdicts:
        for finding in one.findings:
            terminal.complain(f"{one.name or one.community}: {finding.what}")
        if len(one.findings) >= verify.MOST:
            terminal.complain(f"{one.name}: there may be more; these are the first {verify.MOST}.")
