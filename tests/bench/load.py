"""A small HTTP client for measuring: keep-alive connections over raw sockets, so that it costs little beside the server."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Latencies in milliseconds and answers a second; where it was counted, what each cost the server."""

    p50: float
    p95: float
    per_second: float
    cpu_ms: float | None = None  # of the server, for each answer


class Connection:
    """One keep-alive connection to the server under test on loopback."""

    def __init__(self, port: int, cookie: str = "", patience: float = 30) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=patience)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._cookie = f"Cookie: {cookie}\r\n" if cookie else ""

    def get(self, path: str, headers: str = "") -> tuple[int, bytes]:
        """GET `path`; status and body."""
        return self._ask(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self._cookie}{headers}\r\n".encode())

    def post(
        self, path: str, body: bytes, headers: str, kind: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, bytes]:
        """POST `body` to `path`; status and body."""
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self._cookie}{headers}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return self._ask(head.encode() + body)

    def close(self) -> None:
        """Give the connection up."""
        self._socket.close()

    def _ask(self, raw: bytes) -> tuple[int, bytes]:
        self._socket.sendall(raw)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._receive()
        head, _, body = data.partition(b"\r\n\r\n")
        lower = head.lower()
        if b"content-length:" in lower:
            length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
            while len(body) < length:
                body += self._receive()
        elif int(head[9:12]) not in (204, 304):
            raise ValueError("an answer without its length: this client reads whole answers only")
        return int(head[9:12]), body

    def _receive(self) -> bytes:
        got = self._socket.recv(262144)
        if not got:
            raise ConnectionError("the server closed the connection")
        return got


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the sorted values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def measured(seconds: list[float], elapsed: float) -> Measured:
    """Figures of a list of latencies."""
    return Measured(percentile(seconds, 0.5) * 1000, percentile(seconds, 0.95) * 1000, len(seconds) / elapsed)


def gets(port: int, cookie: str, path: str, *, clients: int, count: int, expect: int = 200) -> Measured:
    """`count` GETs in all by `clients` connections at once."""
    each = count // clients
    taken: list[float] = []
    lock = threading.Lock()

    def run() -> None:
        connection = Connection(port, cookie)
        mine = []
        for _ in range(each):
            began = time.perf_counter()
            status, _ = connection.get(path)
            mine.append(time.perf_counter() - began)
            if status != expect:
                raise AssertionError(f"{path} answered {status}")
        connection.close()
        with lock:
            taken.extend(mine)

    threads = [threading.Thread(target=run) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured(taken, time.perf_counter() - began)
