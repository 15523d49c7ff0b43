"""The few kinds of column: an id, a moment in milliseconds, canonical JSON text, a short word."""

from __future__ import annotations

from typing import Any

from django.db import models

from milieu.rules import ids


class IdField(models.CharField):  # type: ignore[type-arg]
    """A 32-digit hex id as text, the same on both databases; empty when there is none."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", ids.ID_LENGTH)
        if not options.get("primary_key"):
            options.setdefault("blank", True)
            options.setdefault("default", "")
        super().__init__(**options)


class MomentField(models.BigIntegerField):  # type: ignore[type-arg]
    """Milliseconds since 1970 UTC; null when it has not happened."""


class WordField(models.CharField):  # type: ignore[type-arg]
    """A short code or name; empty when there is none."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 120)
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(**options)


class JsonTextField(models.TextField):  # type: ignore[type-arg]
    """Canonical JSON as text: byte for byte the same on both databases."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("default", "[]")
        super().__init__(**options)
