"""A run killed with -9 at any moment leaves the old file or the new one, and the next run ends the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

KILLS = 30


def test_thirty_kills_leave_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kill.py")), str(tmp_path), str(KILLS), "20260126"],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    told = json.loads(done.stdout)
    old, new = told["old"], told["new"]
    assert old != new
    assert len(told["after_kill"]) == KILLS, "each fell inside a run"
    assert set(told["after_kill"]) <= {old, new}
    fingerprints, left = told["after_recovery"][::2], told["after_recovery"][1::2]
    assert fingerprints == [new] * len(fingerprints)
    assert left == [[]] * len(left), "nothing half made is left among the releases"
