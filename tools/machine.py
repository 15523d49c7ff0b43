"""See that this machine has what the tests need beyond Python: a browser and PostgreSQL.

As root on Debian or its kin they are installed from the system's packages; elsewhere one line says what is
missing, and the suites that need it are skipped. In CI nothing may be missing.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

from tools import postgres

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """Chromium, if it is here and can be driven."""
    return next(filter(None, map(shutil.which, BROWSERS)), None) if has_atomics() else None


def has_atomics() -> bool:
    """Whether the library is here that Playwright's driver, a Node program, is linked with on Linux."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return not sys.platform.startswith("linux")
    return True


def missing_packages() -> list[str]:
    """Debian's names of what is not here."""
    absent = []
    if not any(map(shutil.which, BROWSERS)):
        absent += ["chromium", "fonts-dejavu-core"]
    if not has_atomics():
        absent.append("libatomic1")
    if postgres.find_programs() is None:
        absent.append("postgresql")
    return absent


def install(packages: list[str]) -> None:
    """Fetch `packages` with apt-get; a failure is told by what is still missing afterwards."""
    print(f"Installing {', '.join(packages)} from the system's packages …", flush=True)
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-qq", *words],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            check=False,
        )


def main() -> int:
    """Install or complain; 1 only where CI would otherwise pass by skipping."""
    packages = missing_packages()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        install(packages)
        packages = missing_packages()
    if packages:
        print(f"!!! Missing on this machine: {', '.join(packages)}. The tests that need them will be skipped. !!!")
    return 1 if packages and "CI" in os.environ else 0


if __name__ == "__main__":
    sys.exit(main())
