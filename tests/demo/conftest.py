"""The database, open for a whole module: a demonstration is built once for all tests that look at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def open_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database for a whole module."""
    with django_db_blocker.unblock():
        yield
