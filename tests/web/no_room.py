"""A house whose disk fills while somebody records: `python -m tests.web.no_room`, what was answered as one line of JSON.

A process of its own, for the database's growth is bounded by its own pragma and a transaction of a test would hide it.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milieu.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from milieu.record import reading, verify  # noqa: E402
from tests import house  # noqa: E402
from tests.web import doors  # noqa: E402

ROOM = 8  # pages the database may still grow by


def main() -> None:
    """Fill the disk through the screens, then look at what is there."""
    call_command("migrate", verbosity=0)
    willow = house.willow()
    doors.person(willow)
    browser = doors.signed_in(raise_request_exception=False)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + ROOM}")
    form = {"kind": "noticed", "who": willow.carl, "strength": "spoke-up"}
    before, recorded = reading.head(willow.id)[0], 0
    while browser.post("/log", {**form, "words": f"{recorded} " + "a kind word " * 40}).status_code == 302:
        recorded += 1
    told = browser.post("/log", {**form, "words": "x" * 500}, headers={"X-Act": "1"})
    said = {
        "recorded": recorded,
        "entries": reading.head(willow.id)[0] - before,
        "status": told.status_code,
        "sentence": told.content.decode(),
        "is_true": verify.community(willow.id).is_true,
        "board": browser.get("/today").status_code,
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
