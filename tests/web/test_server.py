"""The server itself under rough hands: torn and slow requests, bodies without end, headers that pass for others, a kill in mid-write."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from milieu.rules import ids
from tests.journeys import people
from tests.journeys.living import LiveHouse, live_house

pytestmark = pytest.mark.slow
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def house() -> Iterator[LiveHouse]:
    with live_house() as living:
        yield living


@contextmanager
def line(house: LiveHouse) -> Iterator[socket.socket]:
    """A bare connection to the server."""
    with socket.create_connection(("127.0.0.1", house.port), timeout=15) as found:
        yield found


def answer_on(wire: socket.socket) -> tuple[int, str, str]:
    """Status, headers and text of the next answer; (0, "", "") when the server hung up without one."""
    data = b""
    while b"\r\n\r\n" not in data:
        got = wire.recv(65536)
        if not got:
            return 0, "", ""
        data += got
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    while length and len(body) < int(length[1]):
        body += wire.recv(65536)
    return int(head[9:12]), head.decode("latin-1"), body.decode()


def ask(house: LiveHouse, raw: bytes) -> tuple[int, str, str]:
    """Send these bytes on a connection of their own."""
    with line(house) as wire:
        wire.sendall(raw)
        return answer_on(wire)


class Nurse:
    """A browser, signed in, as bytes."""

    def __init__(self, house: LiveHouse) -> None:
        _, head, page = ask(house, b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        secret, cookie = self._secret(page), self._cookies(head)
        worker = next(one for one in people.WORKERS if one.role == "charge_nurse")
        form = urlencode({"csrfmiddlewaretoken": secret, "login": worker.login, "password": people.PASSWORD}).encode()
        raw = f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n{FORM}Content-Length: {len(form)}\r\n\r\n".encode()
        status, head, page = ask(house, raw + form)
        assert status == 302, page[:500]
        given = self._cookies(head)  # signing in changes the secret of forms too
        self.cookie, self.secret = given, re.search(r"milieu_csrf=(\w+)", given)[1]  # type: ignore[index]
        self.stays = list(house.known["stays"].values())

    @staticmethod
    def _secret(page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found is not None
        return found[1]

    @staticmethod
    def _cookies(head: str) -> str:
        return "; ".join(re.findall(r"(?im)^set-cookie: ([^;]+)", head))

    def form(self, stay: str, entry: str = "", **more: str) -> bytes:
        """A check as the Rounds screen sends it."""
        fields = {"csrfmiddlewaretoken": self.secret, "stay": stay, "seen_as": "settled", "id": entry, **more}
        return urlencode(fields).encode()

    def head(self, length: str, more: str = "", path: str = "/rounds") -> bytes:
        """The head of a request with a form."""
        return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n{FORM}{length}{more}\r\n".encode()

    def whole(self, form: bytes, more: str = "") -> bytes:
        """A request as a browser sends it."""
        return self.head(f"Content-Length: {len(form)}\r\n", more) + form


@pytest.fixture(scope="module")
def nurse(house: LiveHouse) -> Nurse:
    return Nurse(house)


def entries(house: LiveHouse) -> int:
    """How many entries the record has; verifying it on the way."""
    found = house.verify()
    assert found["exit"] == 0, found
    communities = found["communities"]
    assert isinstance(communities, list)
    return sum(int(one["entries"]) for one in communities)


def new_id() -> str:
    return ids.new_id(int(time.time() * 1000))


def test_a_check_is_recorded(house: LiveHouse, nurse: Nurse) -> None:
    before = entries(house)
    assert ask(house, nurse.whole(nurse.form(nurse.stays[0])))[0] == 302
    assert entries(house) == before + 1


@pytest.mark.parametrize("share", [0.0, 0.5, 0.97])
def test_a_request_cut_off_on_the_way_is_no_request(house: LiveHouse, nurse: Nurse, share: float) -> None:
    before, form = entries(house), nurse.form(nurse.stays[0], late_because="seen at the door by two of us")
    raw = nurse.head(f"Content-Length: {len(form)}\r\n") + form[: int(len(form) * share)]
    with line(house) as wire:
        wire.sendall(raw)
        wire.shutdown(socket.SHUT_WR)
        assert answer_on(wire)[0] in (0, 400)
    time.sleep(0.3)
    assert entries(house) == before


def test_a_slow_sender_holds_up_nobody(house: LiveHouse, nurse: Nurse) -> None:
    before, form = entries(house), nurse.form(nurse.stays[1])
    with line(house) as slow:
        slow.sendall(nurse.head(f"Content-Length: {len(form)}\r\n"))
        for piece in (form[nth : nth + 20] for nth in range(0, len(form), 20)):
            slow.sendall(piece)
            began = time.monotonic()
            assert ask(house, b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")[0] == 200
            assert time.monotonic() - began < 5
        assert answer_on(slow)[0] == 302
    assert entries(house) == before + 1


def test_many_slow_senders_hold_up_nobody(house: LiveHouse, nurse: Nurse) -> None:
    lines = [socket.create_connection(("127.0.0.1", house.port), timeout=15) for _ in range(60)]
    try:
        for wire in lines:
            wire.sendall(nurse.head("Content-Length: 500\r\n") + b"stay=")
        assert ask(house, nurse.whole(nurse.form(nurse.stays[2])))[0] == 302
    finally:
        for wire in lines:
            wire.close()


def chunks(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"10000\r\n" + b"x" * 65536 + b"\r\n"


def test_a_body_without_length_and_end_is_refused(house: LiveHouse, nurse: Nurse) -> None:
    before = entries(house)
    with line(house) as wire:
        wire.sendall(nurse.head("Transfer-Encoding: chunked\r\n"))
        try:
            for chunk in chunks(200):
                wire.sendall(chunk)
        except OSError:
            pass  # hung up on us: as well
        try:
            status, _, text = answer_on(wire)
        except OSError:
            status, text = 0, ""
    assert status in (0, 413)
    assert not status or "Send it in smaller parts" in text
    assert entries(house) == before
    assert ask(house, b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")[0] == 200


def test_a_form_in_chunks_is_a_form(house: LiveHouse, nurse: Nurse) -> None:
    before, form = entries(house), nurse.form(nurse.stays[3])
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (form[:30], form[30:])) + b"0\r\n\r\n"
    assert ask(house, nurse.head("Transfer-Encoding: chunked\r\n") + body)[0] == 302
    assert entries(house) == before + 1


def test_a_length_said_larger_than_allowed_is_refused(house: LiveHouse, nurse: Nurse) -> None:
    before = entries(house)
    status, _, text = ask(house, nurse.head("Content-Length: 5000000\r\n") + b"x" * 5_000_000)
    assert status == 413
    assert text == "More was sent than can be taken at once. Nothing was recorded. Send it in smaller parts."
    assert entries(house) == before


NOT_HTTP = {
    "nothing": b"\r\n\r\n", "another protocol": b"\x16\x03\x01\x02\x00\x01\x00", "no version": b"GET /today\r\n\r\n", "two lengths": b"POST /rounds HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
    "length and chunks": b"POST /rounds HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "a length below nothing": b"POST /rounds HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    "a header with NUL": b"GET /today HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\x00b\r\n\r\n", "bytes in the path": b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no UTF-8 in the path": b"GET /residents/%ff%fe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "a NUL in the path": b"GET /today%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a very long path": b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "a very long header": b"GET /today HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    "no host": b"GET /today HTTP/1.1\r\n\r\n", "another host": b"GET /today HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", "a whole address": b"GET http://elsewhere.example/today HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("raw", NOT_HTTP.values(), ids=NOT_HTTP)
def test_what_is_hardly_a_request_is_refused_and_harms_nobody(house: LiveHouse, raw: bytes) -> None:
    with line(house) as wire:
        wire.settimeout(3)
        try:
            wire.sendall(raw)
            wire.shutdown(socket.SHUT_WR)
            status = answer_on(wire)[0]
        except OSError:
            status = 0
    assert status in (0, 302, 400, 403, 404, 413, 414, 431), status
    assert ask(house, b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")[0] == 200


def test_a_header_with_an_underscore_passes_for_no_other(house: LiveHouse, nurse: Nurse) -> None:
    before, form = entries(house), nurse.form(nurse.stays[0]).replace(nurse.secret.encode(), b"")
    raw = nurse.whole(form, more=f"X_CSRFToken: {nurse.secret}\r\nX_CSRFTOKEN: {nurse.secret}\r\n")
    assert ask(house, raw)[0] == 403
    assert entries(house) == before


def test_the_stream_is_for_those_who_are_signed_in(house: LiveHouse) -> None:
    for cookie in ("", "Cookie: milieu_in=nobody\r\n", "Cookie: milieu_in=\xff\r\n", "Cookie: ;;==;\x01\r\n"):
        raw = f"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}\r\n".encode("latin-1")
        status, _, text = ask(house, raw)
        assert status in (400, 401)
        assert status == 400 or "Sign in first." in text


def stream_of_checks(house: LiveHouse, nurse: Nurse, acknowledged: list[str], until: threading.Event) -> None:
    """Record one check after the other; note each that was answered."""
    nth = 0
    try:
        with line(house) as wire:
            while not until.is_set():
                entry = new_id()
                wire.sendall(nurse.whole(nurse.form(nurse.stays[nth % len(nurse.stays)], entry)))
                if answer_on(wire)[0] == 302:
                    acknowledged.append(entry)
                nth += 1
    except OSError:
        return  # killed: what was not answered may or may not be there


def test_killed_in_mid_write_keeps_what_was_acknowledged_and_nothing_by_halves() -> None:
    """Three senders, the server killed under them, three times over."""
    with live_house() as house:
        nurse = Nurse(house)
        acknowledged: list[str] = []
        for _ in range(3):
            until = threading.Event()
            before = len(acknowledged)
            senders = [
                threading.Thread(target=stream_of_checks, args=(house, nurse, acknowledged, until)) for _ in range(3)
            ]
            for sender in senders:
                sender.start()
            limit = time.monotonic() + 20
            while len(acknowledged) < before + 40 and time.monotonic() < limit:
                time.sleep(0.01)
            house.kill()
            until.set()
            for sender in senders:
                sender.join(20)
            assert len(acknowledged) >= before + 40
            house.start()
        already = 0
        for entry in acknowledged:  # sent again by a tablet that never got the answer: known already, each of them
            status, head, text = ask(house, nurse.whole(nurse.form(nurse.stays[0], entry)))
            assert status in (302, 409), text[:300]
            already += status == 409 or "done=" not in head
        assert already == len(acknowledged)
        assert house.verify()["exit"] == 0
