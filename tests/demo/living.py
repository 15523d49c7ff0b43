"""Demonstration houses, each built once for the tests that look at it and undone after them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.test.utils import override_settings

from milieu import demo
from milieu.demo import Built
from milieu.queries.viewers import Here
from milieu.record import programmes, reading
from milieu.rules.permissions import Viewer
from milieu.rules.programme.shape import Programme


@dataclass(frozen=True, slots=True, repr=False)
class Lived:
    """A demonstration that was built, and the moment at which it is looked at."""

    built: Built
    until: datetime
    programme: Programme

    @property
    def here(self) -> Here:
        """The community as pages want it."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, slug, name, zone, language, programme FROM community WHERE id = %s", [self.built.community]
            )
            return Here(*cursor.fetchone(), reading.head(self.built.community)[0])

    @property
    def viewer(self) -> Viewer:
        """Somebody of the team who sees everything on the floor."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, name, role FROM staff WHERE community = %s AND role IN ('charge_nurse', 'facilitator') ORDER BY name",
                [self.built.community],
            )
            staff, name, role = cursor.fetchone()
        return Viewer("", name, staff, role, self.built.community)

    def told(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of a statement about this community, which is its first parameter."""
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.built.community, *values])
            return cursor.fetchall()


@contextmanager
def lived(programme: str, until: str, **asked: Any) -> Iterator[Lived]:
    """Build a demonstration and undo it at the end. Passwords are hashed in a hurry: none is tried here."""
    at = datetime.fromisoformat(until)
    with transaction.atomic():
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
            built = demo.build(programme, until=at, **asked)
        yield Lived(built, at, programmes.from_folder(programme)[0])
        transaction.set_rollback(True)
