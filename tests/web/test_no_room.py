"""A disk that is full: a clear refusal, nothing lost, nothing half-written, and the board can still be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.sqlite
def test_a_full_disk_refuses_with_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    own = {**os.environ, "MILIEU_DATA": str(tmp_path), "MILIEU_DATABASE_URL": ""}
    made = subprocess.run(
        [sys.executable, "-m", "tests.web.no_room"], env=own, capture_output=True, text=True, check=True
    )
    said = json.loads(made.stdout)
    assert said["recorded"] > 0
    assert (said["entries"], said["is_true"], said["board"]) == (said["recorded"], True, 200)
    assert said["status"] == 507
    assert "Nothing was recorded now; all that was recorded before is safe." in said["sentence"]
    assert "Make room on it" in made.stderr
