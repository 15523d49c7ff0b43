"""The demonstration is built once, whole or not at all; several live side by side; who can sign in is said."""

from __future__ import annotations

import re
import signal
import socket
import time
import urllib.request
from collections.abc import Callable

import pytest

from milieu.cli.demo import KEPT
from tests.cli.conftest import Place

SMALL = ("demo", "--days", "2", "--residents", "6", "--until", "2026-11-20T15:20:00")


@pytest.fixture(scope="module")
def built(places: Callable[..., Place]) -> Place:
    """A small house, built once for these tests, which do not write to it."""
    place = places()
    place.did(*SMALL, "--build-only")
    return place


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(address: str, seconds: float = 60) -> tuple[int, str]:
    """What a page answers as soon as somebody listens."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as page:
                return page.status, page.read().decode()
        except OSError:
            assert time.monotonic() < until, "nobody listens"
            time.sleep(0.1)


def test_who_can_sign_in_is_said_and_the_record_is_true(built: Place) -> None:
    told = built.did("demo", "--build-only")
    assert re.search(r"Nadia Rahman +Shift lead +nadia +\S+ +\d{4}", told.out)
    assert "Nobody here is real." in told.out
    assert "Its record ends on Friday 20 November, 15:20 UTC, so checks are long late." in told.err
    ((slug, (n, head)),) = built.verified().items()
    data = built.did("demo", "--build-only", "--json").data
    assert (data["slug"], data["entries"], data["head"]) == (slug, n, head)
    assert n > 300


def test_a_second_start_does_not_rebuild(built: Place) -> None:
    before = built.heads()
    built.did("demo", "--build-only")
    built.did(*SMALL, "--build-only", "--seed", "1")
    assert built.heads() == before


def test_another_house_than_the_one_that_stands_is_refused(built: Place) -> None:
    before = built.heads()
    ended = built.run("demo", "--build-only", "--residents", "9")
    assert (ended.code, built.heads()) == (2, before)
    assert "built with residents 6. It is not rebuilt." in ended.err
    assert "choose another folder with MILIEU_DATA" in ended.err


def test_the_same_seed_gives_the_same_ledger_and_another_another(built: Place, places: Callable[..., Place]) -> None:
    same, other = places(), places()
    same.did(*SMALL, "--build-only")
    other.did(*SMALL, "--build-only", "--seed", "2")
    assert same.heads() == built.heads()
    assert other.heads() != built.heads()


def test_a_programme_nobody_knows_is_told_and_nothing_is_made(empty: Place) -> None:
    ended = empty.run("demo", "--build-only", "--programme", "castle")
    assert ended.code == 2
    assert ended.err.startswith("There is no ready programme 'castle'. There are: outpatient-group,")
    assert empty.run("verify").code == 2


def test_a_build_that_is_killed_leaves_no_house_and_the_next_one_builds(empty: Place, built: Place) -> None:
    process = empty.start(*SMALL, "--build-only")
    began = time.monotonic()
    while not is_building(empty):
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() - began < 60
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert empty.run("verify", "--json").out in ("", '{\n  "communities": [],\n  "ok": true\n}\n')
    empty.did(*SMALL, "--build-only")
    assert empty.heads() == built.heads()
    assert list(empty.folder.glob("*.building*")) == []


def is_building(place: Place) -> bool:
    """Whether a build is under way and has written something."""
    if not place.url:
        return any(path.stat().st_size > 0 for path in place.folder.glob("*.building"))
    return place.sql(
        "SELECT COUNT(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
        "WHERE c.relname = 'entry' AND l.mode = 'RowExclusiveLock'"
    ) != [(0,)]


def test_two_starts_at_once_build_one_house(empty: Place, built: Place) -> None:
    starts = [empty.start(*SMALL, "--build-only") for _ in range(2)]
    ends = [(start.communicate(timeout=120), start.returncode) for start in starts]
    assert [code for _, code in ends] == [0, 0]
    assert sum("Another start is building this house." in err for (_, err), _ in ends) == 1
    assert empty.verified() == built.heads()


def test_it_is_served_where_it_says(built: Place) -> None:
    port = free_port()
    process = built.start("demo", "--port", port)
    try:
        status, page = wait_for(f"http://127.0.0.1:{port}/")
        assert (status, "</html>" in page) == (200, True)
        taken = built.run("serve", "--port", port)
        assert (taken.code, f"Port {port} is in use" in taken.err) == (2, True)
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert f"Open http://127.0.0.1:{port}/ in a browser." in out
    assert "Traceback" not in err


def test_a_house_of_ones_own_is_served_without_passwords(house: Place) -> None:
    told = house.did("demo", "--build-only")
    assert "nadia" in told.out
    assert "This house was not built by milieu demo" in told.out
    assert not (house.folder / KEPT).exists()
