"""Run one command with a PostgreSQL of its own: `python -m tools.postgres [--durable] -- COMMAND …`.

A private cluster in a temporary folder on a free loopback port, started and stopped here by its id; the command
finds it in MILIEU_DATABASE_URL. Where PostgreSQL is not installed it says so, runs nothing and succeeds.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

MISSING = "\n!!! NOT RUN: PostgreSQL is not installed, so nothing was tried on it. Install postgresql and repeat. !!!\n"
ROLE = "milieu"
# A test cluster is thrown away, so it need not wait for the disk; a bench must (--durable).
HASTY = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


def find_programs() -> Path | None:
    """The folder with initdb and postgres; Debian keeps one a version outside the path, the newest wins."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    return kept[-1].parent if kept else None


def find_account() -> str | None:
    """Whom the cluster runs as: PostgreSQL refuses root, so then the account its package made."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(port: int, password: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Make the role and its database as soon as the server answers; give up after 30 seconds."""
    import psycopg

    limit = time.monotonic() + 30
    while time.monotonic() < limit and server.poll() is None:
        try:
            with psycopg.connect(
                host="127.0.0.1", port=port, user="postgres", password=password, dbname="postgres", autocommit=True
            ) as db:
                db.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'".encode())
                db.execute(f"CREATE DATABASE {ROLE} OWNER {ROLE}".encode())
                return
        except psycopg.OperationalError:
            time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")


@contextmanager
def cluster(programs: Path, *, durable: bool) -> Iterator[str]:
    """A running cluster; gives its URL and leaves nothing behind."""
    account = find_account()
    folder = Path(tempfile.mkdtemp(prefix="milieu-pg-"))
    password, port, log = secrets.token_hex(16), free_port(), folder / "log"
    try:
        (folder / "password").write_text(password)
        log.touch()
        if account:
            for path in (folder, folder / "password", log):
                shutil.chown(path, account)
        subprocess.run(
            [programs / "initdb", "--pgdata", folder / "data", "--username", "postgres", "--encoding", "UTF8",
             "--locale", "C.UTF-8", "--auth", "scram-sha-256", "--pwfile", folder / "password", "--no-sync"],
            user=account, cwd=folder, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        with log.open("ab") as output:
            server = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder,
                 "-c", "listen_addresses=127.0.0.1", *(() if durable else HASTY)],
                user=account, cwd=folder, stdout=output, stderr=output,
            )  # fmt: skip
        try:
            wait_until_ready(port, password, server, log)
            yield f"postgresql://{ROLE}:{password}@127.0.0.1:{port}/{ROLE}"
        finally:
            server.send_signal(signal.SIGINT)  # "fast": ends open connections instead of waiting for them
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stop(number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an ordinary exit, so that the cluster is stopped too."""
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    """Run the command after `--` beside a cluster; its exit code is ours."""
    options, command = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
    programs = find_programs()
    if programs is None or (os.geteuid() == 0 and find_account() is None):
        print(MISSING, flush=True)
        return 0
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    with cluster(programs, durable="--durable" in options) as url:
        return subprocess.run(command, env={**os.environ, "MILIEU_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
