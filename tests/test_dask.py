"""Reading on a real Dask cluster: two worker processes, one killed in the middle, the same warehouse."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import steps
from flows.load.publish import published
from flows.settings import Home
from tests.homes import NOW, run

ROOT = Path(__file__).parents[1]
ARTICLES, PER_TASK, KILL_AFTER = 320, 8, 6
FLOW = f"""
import sys
from pathlib import Path
from flows import api
from flows.settings import Home
home = Home(Path(sys.argv[1]))
api.own(home.logs / "api.log")
from flows import pipeline
pipeline.run(home, watch=lambda *a: None, scheduler=sys.argv[2], bring=False, batch={PER_TASK})
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers in processes of their own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = [sys.executable, "-m", "distributed.cli"]
    start = {
        "dask_scheduler": ["--host", address, "--no-dashboard", "--no-jupyter"],
        "dask_worker": [
            address,
            "--no-nanny",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(tmp_path),
        ],
    }
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    processes = []
    for name in ("dask_scheduler", "dask_worker", "dask_worker"):
        command = [*dask[:2], f"distributed.cli.{name}", *start[name]]
        processes.append(
            subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
    yield address, processes[1:]
    for process in processes:
        process.kill()
        process.wait()


def test_a_worker_that_dies_loses_and_doubles_nothing(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(ARTICLES):
        said = f"Chongqing's exports to {('ASEAN', 'Japan')[n % 2]} rose {n / 10} percent in 2024."
        (folder / f"{n}.txt").write_text(f"March 3, 2025\n\n{said}\n")
    here, there = Home(tmp_path / "here"), Home(tmp_path / "there")
    run(here, [str(folder)])
    steps.ingest(there, [str(folder)], now=NOW)
    shutil.rmtree(folder)

    flow = subprocess.Popen([sys.executable, "-c", FLOW, str(there.root), address], cwd=ROOT,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # fmt: skip

    def parts() -> list[Path]:
        return list(there.staging.glob("*/*.jsonl"))

    deadline = time.monotonic() + 180
    while len(parts()) < KILL_AFTER and flow.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    workers[0].send_signal(signal.SIGKILL)
    before = len(parts())
    said, _ = flow.communicate(timeout=240)
    assert flow.returncode == 0, said
    assert before < ARTICLES / PER_TASK, "the worker must die in the middle"
    lines = [line for part in parts() for line in part.read_text().splitlines()]
    assert len(lines) == len(set(lines)) == ARTICLES
    assert published(there)[1] == published(here)[1]
