"""What is handed on is whole and names no machine: checksums, notices, locks without addresses, no paths of ours."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.shape import tree
from tools import vendor

# Put together here, so that this file does not name one.
MACHINE_PATH = re.compile("/(?:" + "|".join(["work", "root"]) + r")/|/home/(?!milieu\b)[a-z]")
LOCKS = sorted((tree.ROOT / "requirements").glob("*.lock"))
VENDORED = [(manifest, entry) for manifest in vendor.MANIFESTS for entry in vendor.files_of(manifest)]


def test_no_file_names_a_machine() -> None:
    named = []
    for path in tree.tracked():
        if "vendor" in path.parts or path.suffix in {".woff2", ".png", ".jpg", ".mo"}:
            continue
        if MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="replace")):
            named.append(tree.name_of(path))
    assert named == []


def test_no_commit_names_a_machine() -> None:
    log = subprocess.run(["git", "log", "--format=%B"], cwd=tree.ROOT, capture_output=True, check=True, text=True)
    assert MACHINE_PATH.findall(log.stdout) == []


@pytest.mark.parametrize("path", LOCKS, ids=tree.name_of)
def test_a_lock_pins_every_file_by_its_hash_and_names_no_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"://|--(?:index|extra-index|find-links|trusted-host)", text)
    pins = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(pins) > 10
    assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_requirement_says_what_for(name: str) -> None:
    lines = (tree.ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if re.match("[a-z]", line)]
    assert len(named) > 5
    assert [line for line in named if "# " not in line] == []


@pytest.mark.parametrize(("manifest", "entry"), VENDORED, ids=lambda value: str(value)[-60:])
def test_a_vendored_file_is_the_one_it_claims_to_be(manifest: Path, entry: dict[str, str]) -> None:
    assert vendor.sum_of(manifest.parent / entry["path"]) == entry["sha256"]


def test_every_vendored_file_is_in_its_manifest() -> None:
    for manifest in vendor.MANIFESTS:
        listed = {manifest, *(manifest.parent / entry["path"] for entry in vendor.files_of(manifest))}
        assert {path for path in manifest.parent.rglob("*") if path.is_file()} == listed


def test_the_notices_are_up_to_date() -> None:
    assert vendor.NOTICES.read_text(encoding="utf-8") == vendor.notices()


def test_a_machine_path_is_recognised() -> None:
    for path in ("work", "root"):
        assert MACHINE_PATH.search(f"see /{path}/notes")
    assert not MACHINE_PATH.search("the network/address, a root / branch, framework/parts")
