"""Refresh the files made by others that stand in this repository, from the manifests beside them.

For developers, with npm and a registry at hand; users and CI never run it, they only compare checksums.
Each manifest names the package, the version and the file to take; sums and THIRD_PARTY.md are written here.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFESTS = (ROOT / "milieu/web/static/vendor/MANIFEST.toml", ROOT / "tests/vendor/MANIFEST.toml")
NOTICES = ROOT / "THIRD_PARTY.md"
PREFACE = """\
# Files made by others

Written by `make vendor` from the manifests; `make check` compares every checksum.
The Python packages that Milieu needs are not part of this repository: they are named, each with its reason,
in requirements/run.in and are installed under their own licences (none under the GPL is imported).

| file | package | licence | SHA-256 |
| --- | --- | --- | --- |
"""


def files_of(manifest: Path) -> list[dict[str, str]]:
    """The entries of `manifest`, in its order."""
    entries: list[dict[str, str]] = tomllib.loads(manifest.read_text())["file"]
    return entries


def sum_of(path: Path) -> str:
    """The SHA-256 of the file at `path`, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def packed(package: str, version: str, folder: Path) -> Path:
    """The archive of one package version, fetched once into `folder`."""
    archive = folder / f"{package.lstrip('@').replace('/', '-')}-{version}.tgz"
    if not archive.exists():
        subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True)
    return archive


def refresh(manifest: Path, folder: Path) -> None:
    """Copy every file of `manifest` out of its package and write its sum into the manifest."""
    text = manifest.read_text()
    for entry in files_of(manifest):
        target = manifest.parent / entry["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(packed(entry["package"], entry["version"], folder)) as archive:
            member = archive.extractfile(f"package/{entry['source']}")
            if member is None:
                sys.exit(f"{entry['package']} {entry['version']} holds no {entry['source']}")
            target.write_bytes(member.read())
        line = rf'(path = "{re.escape(entry["path"])}"\n(?:.+\n)*?sha256 = )"[0-9a-f]*"'
        text = re.sub(line, rf'\g<1>"{sum_of(target)}"', text)
    manifest.write_text(text)


def notices() -> str:
    """The text of THIRD_PARTY.md."""
    rows = [
        f"| {manifest.parent.relative_to(ROOT) / entry['path']} | {entry['package']} {entry['version']} "
        f"| {entry['licence']} | `{entry['sha256']}` |\n"
        for manifest in MANIFESTS
        for entry in files_of(manifest)
    ]
    return PREFACE + "".join(rows)


def main() -> None:
    """Refresh every manifest, then the notices."""
    with tempfile.TemporaryDirectory() as folder:
        for manifest in MANIFESTS:
            refresh(manifest, Path(folder))
    NOTICES.write_text(notices())


if __name__ == "__main__":
    main()
