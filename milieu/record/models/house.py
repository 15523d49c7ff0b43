"""Organisation, community and the text of the programme a community runs under."""

from __future__ import annotations

from django.db import models

from milieu.record.models.fields import IdField, MomentField, WordField


class Organisation(models.Model):
    """Who runs one or more communities. Not rebuilt from a ledger: it stands above them."""

    id = IdField(primary_key=True)
    name = WordField()

    class Meta:
        db_table = "organisation"


class Community(models.Model):
    """A place where people live or meet together. State: moved by folds."""

    id = IdField(primary_key=True)
    organisation = IdField()
    slug = models.SlugField(max_length=60, unique=True)
    name = WordField()
    zone = WordField(default="UTC")
    language = WordField(max_length=12, default="en")
    programme = WordField(max_length=80, help_text="code@version in force")
    opened_at = MomentField()

    class Meta:
        db_table = "community"


class ProgrammeText(models.Model):
    """The text of a programme version, kept as it was when first used. Never changed once stored."""

    id = WordField(primary_key=True, max_length=80, help_text="code@version")
    sha256 = WordField(max_length=64)
    text = models.TextField()

    class Meta:
        db_table = "programme_text"
