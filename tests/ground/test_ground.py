"""The ground the other tests stand on: the engine is the one asked for, the browser runs, the checker finds faults."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.db import connection

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WHOLE = '<!doctype html><html lang="en"><title>Today</title><main><h1>Today</h1><button>Seen</button></main></html>'
NAMELESS = WHOLE.replace("Seen", "")


def ask(question: str) -> object:
    """The first column of the first row that the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
        return row[0] if row else None


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_is_a_file_with_a_log_that_reaches_the_disk() -> None:
    assert ask("PRAGMA journal_mode") == "wal"
    assert ask("PRAGMA synchronous") == 2
    assert str(connection.settings_dict["NAME"]).startswith(os.environ["MILIEU_DATA"])


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_is_met_as_an_ordinary_role() -> None:
    assert connection.vendor == "postgresql"
    assert ask("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") is False


@pytest.mark.browser
@pytest.mark.parametrize(("page_source", "faults"), [(WHOLE, []), (NAMELESS, ["button-name"])])
def test_the_accessibility_checker_finds_a_nameless_button(
    chromium: Browser, axe_source: str, page_source: str, faults: list[str]
) -> None:
    page = chromium.new_page()
    page.set_content(page_source)
    page.evaluate(axe_source)
    assert [violation["id"] for violation in page.evaluate("axe.run()")["violations"]] == faults
    page.close()
