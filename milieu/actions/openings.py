"""Writing down who looked: one row for every opening of a page about a person.

Not part of the ledger: looking is not something that happened in the community. Read by `queries.openings`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from milieu.rules import moments
from milieu.rules.permissions import Viewer

_INSERT = "INSERT INTO opening (community, stay, account, staff, role, page, at, device) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"


def record(viewer: Viewer, stay: str, page: str, at: datetime) -> None:
    """`viewer` opened `page` about the person of `stay`."""
    row = (
        viewer.community, stay, viewer.account, viewer.staff, viewer.role, page[:60], moments.to_ms(at), viewer.device,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
