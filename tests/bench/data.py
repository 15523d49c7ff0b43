"""Where the measured houses come from: built once for a version of the code that makes them, then copied for every run.

On PostgreSQL they are built into the database that MILIEU_DATABASE_URL names, which must be an empty one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / "var" / "bench"
FULL_DAYS = 365
YOUNG_DAYS = 3.65  # one hundredth of the year
SEED = 2026
# A change here builds the kept houses anew. Folds are not among them: the run verifies the year and so would tell.
MAKERS = ("tests/bench/year.py", "milieu/record/past.py", "milieu/record/migrations", "programmes/tc-residential.yaml")


@dataclass(frozen=True, slots=True)
class Data:
    """The houses of this run: forty people for the whole time, forty for a hundredth of it, and ten."""

    days: float
    year: str
    young: str
    small: str
    began_ms: int
    ended_ms: int


def prepare(days: float, folder: Path) -> Data:
    """Put the houses into `folder` (the MILIEU_DATA of this run), from the cache where they are kept."""
    if os.environ.get("MILIEU_DATABASE_URL"):
        return _built(days)
    kept = KEPT / f"{days:g}-days-{_version()}"
    if not (kept / "houses.json").exists():
        for old in KEPT.glob(f"{days:g}-days-*"):
            shutil.rmtree(old)
        _build_apart(days, kept)
    shutil.copyfile(kept / "milieu.sqlite3", folder / "milieu.sqlite3")
    return Data(**json.loads((kept / "houses.json").read_text()))


def _version() -> str:
    digest = hashlib.sha256(str(SEED).encode())
    for maker in MAKERS:
        path = ROOT / maker
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _build_apart(days: float, kept: Path) -> None:
    """In a process of its own, so that the one that measures has this run's database open and no other."""
    import subprocess

    making = kept.with_name(f"making-{os.getpid()}")
    making.mkdir(parents=True)
    try:
        subprocess.run(
            [sys.executable, "-m", "tests.bench.data", str(days)], check=True, cwd=ROOT,
            env={**os.environ, "MILIEU_DATA": str(making), "DJANGO_SETTINGS_MODULE": "tests.bench.settings"},
        )  # fmt: skip
        making.rename(kept)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _built(days: float) -> Data:
    """Build all three houses into the database of the settings."""
    from django.core.management import call_command
    from django.db import connection
    from rich.console import Console
    from rich.progress import track

    from tests.bench import year

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM community")
        if cursor.fetchone()[0]:
            sys.exit("There are houses in this database already. Measure on an empty one: nothing was touched.")
    now = datetime.now(UTC).replace(microsecond=0)
    console = Console(stderr=True)
    made = []
    wanted = (("Bench Year", 40, days), ("Bench Young", 40, YOUNG_DAYS), ("Bench Small", 10, YOUNG_DAYS))
    for nth, (name, residents, length) in enumerate(wanted):
        steps = iter(track(range(int(length) + 1), f"{name}: {residents} people, {length:g} days", console=console))
        made.append(
            year.live(name, residents, now - timedelta(days=length), now, SEED + nth, lambda _, s=steps: next(s, None))
        )
        list(steps)
    began, ended = (int(at.timestamp() * 1000) for at in (now - timedelta(days=days), now))
    return Data(days, made[0], made[1], made[2], began, ended)


def main() -> None:
    """Build into MILIEU_DATA, and write down what was built."""
    import django

    django.setup()
    built = _built(float(sys.argv[1]))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    (Path(os.environ["MILIEU_DATA"]) / "houses.json").write_text(json.dumps(asdict(built)))


if __name__ == "__main__":
    main()
