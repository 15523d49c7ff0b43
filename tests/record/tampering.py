"""What somebody with the keys to the database could do behind the guards: for showing that `verify` finds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection


def lift_guards() -> None:
    """Take the triggers off the ledger; the end of the test puts them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE entry DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entry'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def run(sql: str, parameters: Sequence[Any] = ()) -> int:
    """Run a statement without guards; how many rows it touched."""
    lift_guards()
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        touched: int = cursor.rowcount
        return touched
