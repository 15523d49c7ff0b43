"""The event stream as a server gives it: who may listen, what is said when something is recorded, and how soon."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from milieu.record.kinds import KINDS
from milieu.web.shared import live
from tests.journeys import living
from tests.journeys.living import LiveHouse
from tests.journeys.people import PASSWORD

TEMPLATES = Path(live.__file__).parents[1]
SOON = 5.0  # a busy machine; the aim, 1 s for 200 screens, is measured by the bench


@pytest.fixture(scope="module")
def house() -> Iterator[LiveHouse]:
    """A served house of its own."""
    with living.live_house() as served:
        yield served


class Visitor:
    """A browser without a window: cookies, forms, and the stream read line by line."""

    def __init__(self, house: LiveHouse) -> None:
        self.port, self.cookies = house.port, dict[str, str]()

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("GET", path).read().decode())
        assert found
        return found[1]

    def sign_in(self, login: str) -> Visitor:
        form = {"csrfmiddlewaretoken": self.token("/sign-in"), "login": login, "password": PASSWORD}
        assert self.ask("POST", "/sign-in", form).status == 302
        return self

    def look_in(self, stay: str) -> None:
        """Record that this person was seen."""
        form = {"csrfmiddlewaretoken": self.token("/today"), "stay": stay}
        assert self.ask("POST", "/today/seen", form).status == 302


@pytest.fixture(scope="module")
def nadia(house: LiveHouse) -> Visitor:
    """Nadia, signed in."""
    return Visitor(house).sign_in("nadia")


def messages(stream: http.client.HTTPResponse) -> Iterator[dict[str, object]]:
    """What the stream says, beats left out."""
    block: list[str] = []
    for raw in stream:
        line = raw.decode().rstrip("\n")
        if line:
            block.append(line)
            continue
        if not any(one.startswith("event: ") for one in block):
            yield from (json.loads(one.removeprefix("data: ")) for one in block if one.startswith("data: "))
        block = []


def test_nobody_listens_who_is_not_signed_in(house: LiveHouse) -> None:
    answer = Visitor(house).ask("GET", "/live")
    assert answer.status == 401
    assert answer.read() == b"Sign in first."


def test_the_stream_is_only_read(nadia: Visitor) -> None:
    assert nadia.ask("POST", "/live", {}).status == 401


def test_a_stream_is_never_kept_by_anything_between(nadia: Visitor) -> None:
    stream = nadia.ask("GET", "/live")
    assert stream.status == 200
    assert stream.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    assert stream.getheader("Cache-Control") == "no-store"
    stream.close()


def test_the_first_word_says_how_far_the_record_is(nadia: Visitor) -> None:
    stream = nadia.ask("GET", "/live")
    first = next(messages(stream))
    assert first["regions"] == []
    assert int(str(first["n"])) > 18
    stream.close()


def test_a_recorded_check_is_heard_with_the_regions_it_touches(house: LiveHouse, nadia: Visitor) -> None:
    colleague = Visitor(house).sign_in("bea")
    stream = colleague.ask("GET", "/live")
    heard = messages(stream)
    before = next(heard)
    began = time.monotonic()
    nadia.look_in(house.stay("Ben Fox"))
    said = next(heard)
    assert time.monotonic() - began < SOON
    assert int(str(said["n"])) == int(str(before["n"])) + 1
    assert {"needs", "places", "vitals", "route"} <= set(said["regions"])  # type: ignore[call-overload]
    stream.close()


def test_a_region_can_be_asked_for_alone(nadia: Visitor) -> None:
    line = http.client.HTTPConnection("127.0.0.1", nadia.port, timeout=15)
    cookie = "; ".join(f"{name}={value}" for name, value in nadia.cookies.items())
    line.request("GET", "/today?view=places", headers={"Cookie": cookie, "X-Region": "needs"})
    page = line.getresponse().read().decode()
    assert 'data-region="needs"' in page
    assert "<html" not in page


def test_each_region_of_a_message_stands_on_some_screen() -> None:
    screens = "".join(path.read_text() for path in TEMPLATES.glob("*/templates/**/*.html"))
    named = {region for regions in live.REGIONS.values() for region in regions} | set(live.ON_THE_MINUTE)
    assert {region for region in named if f'data-region="{region}"' not in screens} == set()


def test_only_kinds_that_exist_are_listened_for() -> None:
    assert set(live.REGIONS) <= set(KINDS)


def test_a_message_can_be_read_as_an_event() -> None:
    assert live.message(7, ["needs"]) == 'id: 7\ndata: {"n": 7, "regions": ["needs"]}\n\n'
