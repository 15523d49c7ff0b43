"""Counting failed tries at a door, so that guesses are slowed. The counts stand in a table and survive a restart.

A try is written down before it is judged: tries made at the same moment see each other, and none slips through.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from milieu.actions.refused import Refused
from milieu.record.models import Try
from milieu.rules import moments, sign_in
from milieu.rules.sign_in import Limit
from milieu.rules.words import Refusal

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Door:
    """One thing that can be guessed at: what is counted, and how it is slowed."""

    key: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Tried:
    """A try that has been written down; `failures` is how many went before at the first door."""

    rows: tuple[int, ...]
    doors: tuple[Door, ...]
    failures: int


def door(kind: str, what: str, limit: Limit) -> Door:
    """The door for `what`. Names and addresses are kept as keyed hashes only."""
    text = f"{kind}\x1f{what}".encode()
    return Door(hmac.new(settings.SECRET_KEY.encode(), b"try" + text, hashlib.sha256).hexdigest(), limit)


def begin(doors: Sequence[Door], at: datetime) -> Tried:
    """Write the try down and refuse it where somebody has to wait first."""
    at_ms = moments.to_ms(at)
    rows = tuple(Try.objects.create(key=one.key, at=at_ms).id for one in doors)
    counts = []
    for row, one in zip(rows, doors, strict=True):
        before = _failures(one, row, at)
        counts.append(len(before))
        until = sign_in.wait_until(before, at, one.limit)
        if until is not None:
            # A try that was not judged does not count: knocking on does not lengthen the wait.
            Try.objects.filter(id__in=rows).delete()
            raise Refused(Refusal(sign_in.waiting(until, at)))
    return Tried(rows, tuple(doors), counts[0])


def _failures(one: Door, before: int, at: datetime) -> list[datetime]:
    since = moments.to_ms(at - one.limit.within)
    found = Try.objects.filter(key=one.key, at__gt=since, id__lt=before).values_list("at", flat=True)
    return [moments.from_ms(ms) for ms in found]


def passed(tried: Tried) -> None:
    """It was the right person: their own failures are forgotten, those of the address stay."""
    Try.objects.filter(key=tried.doors[0].key).delete()
    Try.objects.filter(id__in=tried.rows).delete()


def forget_old(at: datetime) -> None:
    """Drop what is too old to count."""
    with connection.cursor() as cursor:
        cursor.execute('DELETE FROM "try" WHERE at < %s', [moments.to_ms(at - KEPT)])
