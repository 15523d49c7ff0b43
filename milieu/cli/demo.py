"""`milieu demo`: a house that lives already, built from a seed where there is none, and served.

The community is simulated in `milieu.demo`. Here: that it is built once, whole or not at all, and who can sign in.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.db import transaction

from milieu import demo
from milieu.cli import house, serve, terminal
from milieu.cli.failures import Cannot
from milieu.demo import Built
from milieu.queries import accounts
from milieu.record import database, programmes
from milieu.record.database import Standing

app = typer.Typer(**terminal.LOOK)
USUAL: dict[str, Any] = {"programme": "tc-residential", "days": 30, "residents": 28, "seed": 1}
KEPT = "demo.json"
STALE = timedelta(hours=12)


@app.command()
def run(
    programme: str = typer.Option(
        None, "--programme", metavar="CODE", help="A ready programme. [default: tc-residential]"
    ),
    days: int = typer.Option(
        None, "--days", min=1, max=3660, help="How many days it has lived in detail. [default: 30]"
    ),
    residents: int = typer.Option(None, "--residents", min=1, max=400, help="How many live there. [default: 28]"),
    seed: int = typer.Option(None, "--seed", help="The same seed gives the same ledger. [default: 1]"),
    until: Annotated[
        datetime | None, typer.Option("--until", help="When its record ends (UTC). [default: now]")
    ] = None,
    build_only: bool = typer.Option(
        False, "--build-only", help="Do not serve. Ends at the full hour unless --until says."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print who can sign in as JSON."),
    port: int = serve.PORT,
    host: str = serve.HOST,
) -> None:
    """Build a living house where there is none, say who can sign in, and serve it.

    Nobody in it is real. It is built once: a second start serves the house as it stands. Several live side by side,
    each with a MILIEU_DATA and a port of its own. An interrupted build leaves nothing behind.

    **Example:** `MILIEU_DATA=/tmp/ward milieu demo --programme psych-inpatient --port 8123`
    """
    asked = {"programme": programme, "days": days, "residents": residents, "seed": seed}
    with _alone():
        if database.standing() is Standing.LIVED_IN:
            house.bring_on()
            _refuse_other(asked)
        else:
            wanted = {name: USUAL[name] if value is None else value for name, value in asked.items()}
            build(wanted, _end(until, build_only))
    tell(f"http://{host}:{port}/", as_json, build_only)
    if not build_only:
        serve.listen(host, port)


def build(wanted: dict[str, Any], until: datetime) -> Built:
    """Build the community, whole or not at all, and keep beside it who can sign in."""
    programmes.from_folder(wanted["programme"])
    title = f"{wanted['residents']} people live {wanted['days']} days"
    with terminal.bar(title) as done, _whole():
        built = demo.build(**wanted, until=until, told=lambda n, of: done(n, "", of))
        _keep(wanted, until, built)
    return built


def tell(address: str, as_json: bool, build_only: bool) -> None:
    """Who can sign in, and where."""
    kept = _kept()
    if as_json:
        terminal.give({**kept, "address": address, "database": database.name()})
        return
    if not kept:
        terminal.show(("name", "sign-in name", "works as"), [
            (one.name, one.login, ", ".join(f"{work.role} in {work.community_name}" for work in one.works))
            for one in accounts.listed() if one.is_active
        ])  # fmt: skip
        terminal.say("This house was not built by milieu demo, so its passwords are known only to its people.")
    else:
        people = sorted(kept["staff"], key=lambda one: (not one["on_duty"], one["role"], one["name"]))
        rows = [
            (one["name"], one["title"], one["login"], kept["password"], one["pin"], "on duty" if one["on_duty"] else "")
            for one in people
        ]
        terminal.show(
            ("name", "works as", "sign-in name", "password", "PIN", "now"),
            rows,
            title=f"Who can sign in to {kept['name']}",
        )
        terminal.say(f"Nobody here is real. {kept['entries']:,} entries in {database.name()}.")
        ended = datetime.fromisoformat(kept["built"]["until"])
        if datetime.now(UTC) - ended > STALE:
            terminal.note(
                f"Its record ends on {ended:%A %d %B, %H:%M} UTC, so checks are long late. "
                "For a house of today choose another MILIEU_DATA."
            )
    if not build_only:
        terminal.say(f"Open {address} in a browser.", style="bold")


def _end(until: datetime | None, build_only: bool) -> datetime:
    if until is not None:
        return until if until.tzinfo else until.replace(tzinfo=UTC)
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    # Built twice within the hour it is the same house, hash for hash; one that is looked at at once goes up to now.
    return now.replace(minute=0) if build_only else now


@contextmanager
def _whole() -> Iterator[None]:
    """What is built inside stands whole afterwards, or leaves nothing."""
    if database.is_embedded():
        with database.aside():
            database.migrate()
            yield
        return
    database.migrate()
    with transaction.atomic():
        yield


@contextmanager
def _alone() -> Iterator[None]:
    """A second start on the same folder waits until the first has built."""
    place = Path(settings.DATA_DIR)
    place.mkdir(parents=True, exist_ok=True)
    with open(place / "demo.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            terminal.note("Another start is building this house. Waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _refuse_other(asked: dict[str, Any]) -> None:
    """A house that stands is not rebuilt: say so when another one was asked for."""
    was = _kept().get("built", {})
    other = [
        f"{name} {was.get(name, 'unknown')}" for name, value in asked.items() if value not in (None, was.get(name))
    ]
    if other:
        raise Cannot(
            f"There is a house in {database.name()} already, built with {', '.join(other)}. It is not rebuilt. "
            "Leave these options out to see it, or choose another folder with MILIEU_DATA."
        )


def _kept() -> dict[str, Any]:
    """What was kept of the build, if this house is the one it tells of."""
    try:
        kept: dict[str, Any] = json.loads((Path(settings.DATA_DIR) / KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if any(one.id == kept.get("community") for one in house.communities()) else {}


def _keep(wanted: dict[str, Any], until: datetime, built: Built) -> None:
    place = Path(settings.DATA_DIR) / KEPT
    part = place.with_name(f"{KEPT}.{os.getpid()}.part")
    part.write_text(
        json.dumps({**asdict(built), "built": {**wanted, "until": until.isoformat()}}, indent=1), encoding="utf-8"
    )
    part.chmod(0o600)
    part.replace(place)
