"""A database of its own for tests in which several processes write, or die."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from tests.shape.tree import ROOT


@dataclass(frozen=True, slots=True)
class Hands:
    """Starts processes that write into a database of their own, in which Willow House stands once for each test."""

    environment: dict[str, str]
    folder: Path
    houses: dict[str, dict[str, Any]]

    def start(self, verb: str, *told: Any) -> subprocess.Popen[str]:
        """A process at work; its lines are what it acknowledges."""
        words = [one if isinstance(one, str) else json.dumps(one) for one in told]
        return subprocess.Popen(
            [sys.executable, "-m", "tests.record.hands", verb, *words],
            env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, verb: str, *told: Any) -> list[dict[str, Any]]:
        """What a process told, when it has ended well."""
        return finish(self.start(verb, *told))


def finish(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """What a process told until its end."""
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return [json.loads(line) for line in out.splitlines()]


def settled(hands: Hands) -> Hands:
    """With a house for each test."""
    built = hands.run("build", "many-hands", "next-door", "one-entry", "killed", "full-disk")
    hands.houses.update({house["slug"]: house for house in built})
    return hands


@pytest.fixture(scope="session")
def hands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    """Other processes, and a database for them that no test's transaction knows."""
    folder = tmp_path_factory.mktemp("own")
    environment = {**os.environ, "MILIEU_DATA": str(folder)}
    url = environment.get("MILIEU_DATABASE_URL", "")
    if not url:
        yield settled(Hands(environment, folder, {}))
        return
    import psycopg

    name = f"own_{token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            own = {**environment, "MILIEU_DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
            yield settled(Hands(own, folder, {}))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
