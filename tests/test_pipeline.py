"""The whole way through Prefect as a person starts it: a run, one with nothing new, one killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.load.publish import published
from flows.settings import Home

COMMAND = [sys.executable, "-c", "from flows.cli import main; main()", "run"]


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which nothing of this user's Prefect is seen or changed."""
    folder = tmp_path_factory.mktemp("user")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return kept | {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("run") / "home")


def run(home: Home, env: dict[str, str], *inputs: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, inputs), "--home", str(home.root)]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=300)


def children(parent: int) -> list[int]:
    """Return the processes that were started by one, as Linux tells."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(path.parent.name))
    return found


def test_a_run_publishes_and_says_what_and_where(home: Home, env: dict[str, str]) -> None:
    done = run(home, env)
    assert done.returncode == 0, done.stderr
    for line in ("articles", "figures", "unresolved numerals", "quarantined rows", "checks failed"):
        assert line in done.stdout
    assert str(home.database) in done.stdout
    assert done.stdout.count("customhouse query ") == 3
    assert "read: 16 of 16" in done.stderr
    assert "prefect" not in done.stderr.lower()
    (log,) = home.logs.glob("20*.log")
    assert "Beginning flow run 'standing inputs' for flow 'customhouse'" in log.read_text()


def test_the_three_queries_it_offers_have_rows(home: Home, env: dict[str, str]) -> None:
    from flows.load import query
    from flows.summary import QUERIES

    with query.connect(home.database) as con:
        for sql in QUERIES:
            assert query.select(con, sql).rows, sql


def test_a_run_with_nothing_new_says_so_and_changes_nothing(home: Home, env: dict[str, str]) -> None:
    before = home.database.stat()
    done = run(home, env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Nothing new")
    after = home.database.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(list(home.releases.iterdir())) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_run_leaves_no_process_and_the_published_file(
    home: Home, env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "new.txt").write_text("January 20, 2025\n\nChongqing's exports rose 5.5 percent in 2024.\n")
    before = published(home)
    process = subprocess.Popen([*COMMAND, str(tmp_path), "--home", str(home.root)], env=env,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    while not (started := children(process.pid)):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in started):
        assert time.monotonic() < deadline, "the API outlives its run"
        time.sleep(0.1)
    assert published(home) == before
