"""Runs that are killed with -9 at random moments; a process of its own, so that it can fork safely.

Everything heavy is imported once and never used here: each run is a forked child, and so is each look at
the published file. Prints one JSON line: the fingerprints found after each kill and after each recovery.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import great_expectations.expectations  # noqa: F401
import pandas as pd  # noqa: F401
import pyarrow as pa  # noqa: F401

import flows.load.build
import flows.load.publish
from flows.settings import SAMPLES, Home
from tests.homes import run

OLD = [str(SAMPLES / "china-2024.txt")]
NEW = [str(SAMPLES / f"{name}.txt") for name in ("china-2025", "chongqing-2025", "sichuan-2024-02")]
RECOVER_EVERY = 6


def child(work: Callable[[], object], kill_after: float | None = None) -> str | None:
    """Fork, do the work there and return what it printed; None where it was killed first."""
    out, into = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(out)
        try:
            os.write(into, json.dumps(work()).encode())
        except BaseException as error:
            os.write(into, json.dumps(f"{type(error).__name__}: {error}").encode())
        os._exit(0)
    os.close(into)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    with os.fdopen(out) as said:
        text = said.read()
    os.waitpid(pid, 0)
    return json.loads(text) if text else None


def look(home: Home) -> object:
    found = flows.load.publish.published(home)
    with duckdb.connect(str(home.database), read_only=True) as con:
        con.execute("select count(*) from fct_figure").fetchall()
    return found[1] if found else None


def main(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    home, kept = Home(folder / "home"), folder / "kept"

    def reset() -> None:
        shutil.rmtree(home.root, ignore_errors=True)
        shutil.copytree(kept, home.root)

    child(lambda: run(home, OLD))
    old = child(lambda: look(home))
    home.root.rename(kept)
    reset()
    start = time.monotonic()
    child(lambda: run(home, NEW))
    whole = time.monotonic() - start
    new = child(lambda: look(home))
    reset()
    after_kill: list[str | None] = []
    after_recovery: list[object] = []
    for attempt in range(2 * kills):
        if len(after_kill) == kills:
            break
        late = attempt % 2  # half of the kills fall on the end, where the file is swapped
        moment = chance.uniform(0.8 if late else 0.0, 1.0) * whole
        if child(lambda: run(home, NEW), kill_after=moment) is not None:
            whole = min(whole, moment)  # it was done by then: such a kill is none
            reset()
            continue
        after_kill.append(child(lambda: look(home)))
        if len(after_kill) % RECOVER_EVERY == 0:
            child(lambda: run(home, NEW))
            after_recovery.append(child(lambda: look(home)))
            after_recovery.append(sorted(p.name for p in home.releases.iterdir() if p.name.startswith(".")))
        if after_kill[-1] == new or len(after_kill) % RECOVER_EVERY == 0:
            reset()
    print(json.dumps({"old": old, "new": new, "after_kill": after_kill, "after_recovery": after_recovery}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
