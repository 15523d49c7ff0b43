"""The ledger's own tables: entries, the head of each chain, and snapshots that make the past quick to see.

Written by `milieu.record.ledger` alone. The database refuses every change to an entry (migration 0002).
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from milieu.record.models.fields import IdField, JsonTextField, MomentField, WordField


class AppendOnly(Exception):
    """Somebody tried to change or remove what has been recorded; correct it with a further entry."""


class FrozenRows(models.QuerySet["Entry"]):
    """Rows that can be read and nothing else."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnly("The ledger only grows. Record a correction instead of changing an entry.")

    update = delete = create = bulk_create = bulk_update = get_or_create = update_or_create = _refuse


class Entry(models.Model):
    """One thing that happened, as it was recorded. Never changed, never removed."""

    id = IdField(primary_key=True)
    community = IdField()
    n = models.BigIntegerField(help_text="gapless number within the community, from 1")
    kind = WordField(max_length=40)
    about = IdField(help_text="the stay it is about; empty when about the community")
    others = JsonTextField(help_text="further people by role: [[role, id], …]")
    happened_at = MomentField()
    entered_at = MomentField()
    by = IdField(help_text="the staff assignment or stay that recorded it; empty for the system")
    role = WordField(max_length=40)
    device = IdField()
    programme = WordField(max_length=80, help_text="code@version it was judged under")
    act = IdField(help_text="one id for all entries of one action")
    corrects = IdField()
    body = JsonTextField(default="{}")
    prev = WordField(max_length=64)
    hash = WordField(max_length=64)

    objects = FrozenRows.as_manager()

    class Meta:
        db_table = "entry"
        constraints = [models.UniqueConstraint(fields=["community", "n"], name="entry_n")]
        indexes = [
            models.Index(fields=["about", "happened_at"], name="entry_about", condition=~models.Q(kind="check")),
            models.Index(fields=["about", "kind", "happened_at"], name="entry_about_kind"),
            models.Index(
                fields=["community", "kind", "happened_at"], name="entry_kind", condition=~models.Q(kind="check")
            ),
            models.Index(fields=["corrects"], name="entry_corrects", condition=~models.Q(corrects="")),
        ]

    def save(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: entries are written by the ledger."""
        raise AppendOnly("The ledger only grows. Record a correction instead of changing an entry.")

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: nothing recorded is removed."""
        raise AppendOnly("The ledger only grows. Nothing recorded is removed.")


class Head(models.Model):
    """Where each chain stands. Locked by every write of its community, so writes within one are serial."""

    community = IdField(primary_key=True)
    n = models.BigIntegerField(default=0)
    hash = WordField(max_length=64)

    class Meta:
        db_table = "head"


class Snapshot(models.Model):
    """State of a community after entry `n`: a cache made from the ledger, which may be thrown away at any time."""

    id = models.BigAutoField(primary_key=True)
    community = IdField()
    n = models.BigIntegerField()
    entered_at = MomentField()
    state = models.BinaryField()

    class Meta:
        db_table = "snapshot"
        constraints = [models.UniqueConstraint(fields=["community", "n"], name="snapshot_n")]
        indexes = [models.Index(fields=["community", "entered_at"], name="snapshot_at")]
