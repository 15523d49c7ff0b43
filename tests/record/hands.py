"""Other processes that write into one house: `python -m tests.record.hands VERB …`, what they did on standard output.

`write` acknowledges each act with a line as soon as it is recorded, so whoever kills it knows what must be there.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from datetime import timedelta
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milieu.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402

from milieu.actions import checks, writes  # noqa: E402
from milieu.record import verify  # noqa: E402
from milieu.rules.ids import new_id  # noqa: E402
from milieu.rules.permissions import May, Viewer  # noqa: E402
from tests import house  # noqa: E402

_out = threading.Lock()


def tell(**said: object) -> None:
    """One line of JSON, at once."""
    with _out:
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def build(*slugs: str) -> None:
    """Make the tables of an own database and Willow House once for each short name."""
    call_command("migrate", verbosity=0)
    for slug in slugs:
        made = house.willow(slug)
        tell(slug=slug, id=made.id, staff=made.nadia.staff, stays=made.everybody, entries=made.here.n)


def write(told: dict[str, object]) -> None:
    """Record acts of three checks, each in one write, in as many threads as asked for."""
    viewer = Viewer("account", "Nadia R.", str(told["staff"]), "charge_nurse", str(told["id"]))
    stays = [str(stay) for stay in told["stays"]]  # type: ignore[attr-defined]

    def one(thread: int) -> None:
        random = Random(f"{told['seed']}-{thread}")
        for n in range(int(str(told["acts"]))):
            at = house.NOW + timedelta(seconds=n)
            try:
                with writes.writing(viewer, May.RECORD_CHECK, at) as opened:
                    made = [
                        checks.put(opened, random.choice(stays), "settled", entry_id=new_id(n, random))
                        for _ in range(3)
                    ]
            except DatabaseError as failed:
                tell(failed=type(failed).__name__, why=str(failed))
                break
            tell(ids=[entry.id for entry in made if entry])
        connection.close()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(int(str(told.get("threads", 1))))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def send(told: dict[str, object]) -> None:
    """Send one and the same check, many times over."""
    viewer = Viewer("account", "Nadia R.", str(told["staff"]), "charge_nurse", str(told["id"]))
    stays = [str(stay) for stay in told["stays"]]  # type: ignore[attr-defined]
    for n in range(int(str(told["acts"]))):
        at = house.NOW + timedelta(seconds=n)
        made = checks.record(viewer, at, stays[0], "settled", entry_id=str(told["entry"]), happened_at=house.NOW)
        tell(recorded=made is not None)


def fill(told: dict[str, object]) -> None:
    """Write until the disk is full: no file may grow beyond the bytes given."""
    limit = int(str(told["bytes"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    write(told)


def look(community: str) -> None:
    """Verify one chain, and tell the ids of its checks act by act."""
    verdict = verify.community(community)
    by_act: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT act, id FROM entry WHERE community = %s AND kind = 'check' ORDER BY n", [community])
        for act, entry in cursor.fetchall():
            by_act.setdefault(act, []).append(entry)
    tell(entries=verdict.entries, findings=[finding.what for finding in verdict.findings], acts=list(by_act.values()))


if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    if verb == "build":
        build(*rest)
    elif verb == "look":
        look(*rest)
    else:
        {"write": write, "send": send, "fill": fill}[verb](json.loads(rest[0]))
