"""What every test stands on: settings, the engine under test, the browser and what was left out.

The engine is the one MILIEU_DATABASE_URL names, SQLite in a file of its own when it is empty. Files go to a
folder that is thrown away. What the machine cannot run is skipped and said in the last lines.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest
from hypothesis import settings as hypothesis_settings

from tools import machine

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.house import House

ENGINE = "postgres" if os.environ.get("MILIEU_DATABASE_URL", "").startswith("postgres") else "sqlite"
CHROMIUM = machine.find_browser()
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Before Django reads its settings: otherwise the tests would run on the data of a real house.
if os.environ.get("DJANGO_SETTINGS_MODULE"):
    pytest.exit("Unset DJANGO_SETTINGS_MODULE: the tests choose their own settings.", returncode=4)
SCRATCH = Path(tempfile.mkdtemp(prefix="milieu-tests-"))
os.environ["MILIEU_DATA"] = str(SCRATCH)
os.environ["DJANGO_SETTINGS_MODULE"] = "milieu.settings"

# Invented cases are the same on every run of CI, and a busy machine is no failure.
hypothesis_settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("house")


def pytest_configure() -> None:
    """Wake Django now that its settings have a place to stand; pytest-django then finds it ready."""
    django.setup()


def pytest_report_header() -> str:
    """The first lines name the engine and the browser."""
    return f"engine: {ENGINE}; browser: {CHROMIUM or 'none'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this engine or this machine cannot show."""
    other = {"postgres": "sqlite", "sqlite": "postgres"}[ENGINE]
    for item in items:
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=f"only on {other}"))
        if item.get_closest_marker("browser") and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="NO BROWSER: install chromium to run the journeys"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what did not run for want of a browser."""
    reports = terminalreporter.stats.get("skipped", [])
    missing = [report for report in reports if "NO BROWSER" in str(report.longrepr)]
    if missing:
        terminalreporter.section("NOT RUN", red=True, bold=True)
        terminalreporter.line(f"{len(missing)} browser tests did not run: chromium is not installed.", red=True)


def pytest_unconfigure() -> None:
    """Throw the files of this run away."""
    shutil.rmtree(SCRATCH, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window; a test opens its own context in it."""
    if CHROMIUM is None:
        pytest.skip("NO BROWSER: install chromium to run the journeys")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, and Django would take every query of a test for a blocking one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The accessibility checker, to be added to a page with `page.evaluate`."""
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text()


@pytest.fixture
def willow(db: None) -> House:
    """Willow House with its cast; what a test does to it is undone after the test."""
    from tests import house  # its models need Django awake

    return house.willow()


@pytest.fixture
def birch(db: None) -> House:
    """Birch Court, the community next door."""
    from tests import house

    return house.birch()
