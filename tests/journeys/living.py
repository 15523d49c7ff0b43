"""A house as it runs for people: its own folder and database, its own server process, stopped and killed by id.

Nothing of it is shared with the test's process; what a test knows of the house it learnt from the seed's answer.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tools.postgres import free_port

MORNING, NIGHT = 10, 3
_SERVE = "import sys; from milieu import serving; serving.run(int(sys.argv[1]))"


@dataclass(slots=True)
class LiveHouse:
    """A seeded house and the server in front of it."""

    env: dict[str, str]
    known: dict[str, dict[str, str]]
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    @classmethod
    def nowhere(cls) -> LiveHouse:
        """A house that is not: for asking which screens there are before any runs."""
        nobody: dict[str, str] = defaultdict(lambda: "0" * 32)
        return cls({}, {"stays": nobody, "staff": nobody}, 0, Path())

    @property
    def url(self) -> str:
        """Where the house answers."""
        return f"http://127.0.0.1:{self.port}"

    def path(self, name: str, query: str = "") -> str:
        """The page of this resident."""
        return f"/residents/{self.stay(name)}{query}"

    def stay(self, name: str) -> str:
        """The stay of this resident, by full name."""
        return self.known["stays"][name]

    def start(self) -> None:
        """Serve, and wait until the first answer."""
        # A group of its own: the server's workers end with it.
        self.process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(self.port)],
            env=self.env, stdout=self.log.open("ab"), stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        limit = time.monotonic() + 30
        while time.monotonic() < limit:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C does."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End it in the middle of whatever it does, as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        for once_more in (how, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, once_more)
                self.process.wait(8)
                break
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self.process = None

    def verify(self) -> dict[str, object]:
        """What `milieu verify --json` says about the record."""
        ran = subprocess.run(
            [str(Path(sys.executable).with_name("milieu")), "verify", "--json"], env=self.env, capture_output=True, text=True, check=False
        )  # fmt: skip
        found: dict[str, object] = json.loads(ran.stdout)
        return {"exit": ran.returncode, **found}

    def complaints(self) -> list[str]:
        """What went wrong in the server, each sort of it once."""
        lines = self.log.read_text().splitlines()
        return sorted({line for line in lines if re.match(r"[\w.]+(Error|Exception|Warning)\b", line)})


@contextmanager
def live_house(hour: int = MORNING) -> Iterator[LiveHouse]:
    """A seeded, served house where it is `hour` o'clock now; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="milieu-live-") as folder, _database() as database:
        env = {
            **os.environ, "MILIEU_DATA": folder, "MILIEU_DATABASE_URL": database, "PYTHONDONTWRITEBYTECODE": "1",
            "DJANGO_SETTINGS_MODULE": "milieu.settings", "MILIEU_WORKERS": "1",
        }  # fmt: skip
        seeded = subprocess.run(
            [sys.executable, "-m", "tests.journeys.seed", str(hour)], env=env, capture_output=True, text=True, check=False
        )  # fmt: skip
        if seeded.returncode:
            raise RuntimeError(f"The house could not be seeded:\n{seeded.stderr}")
        house = LiveHouse(env, json.loads(seeded.stdout), free_port(), Path(folder) / "server.log")
        house.start()
        try:
            yield house
        finally:
            house.stop()


@contextmanager
def _database() -> Iterator[str]:
    """A database of its own beside the one under test; none is needed for the embedded one."""
    url = os.environ.get("MILIEU_DATABASE_URL", "")
    if not url:
        yield ""
        return
    import psycopg

    name = f"journey_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
