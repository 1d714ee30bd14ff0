"""One stage of a run in a process of its own, measured: prints one JSON object.

python -m tests.bench.stages STAGE HOME ARTICLES
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows import stage, steps
from flows.fetch.archive import Archive
from flows.settings import Home

SAMPLE = 1000  # articles that extraction and reading are measured on, in one process
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
GIB = 2**20  # kilobytes


def extract(home: Home, articles: int) -> dict[str, Any]:
    """Bytes to text, one process."""
    from flows import text

    given = [(Archive(home.archive).get(r.sha256), r) for r in _sample(home)]
    text.extract(*given[0])
    return _timed(lambda: [text.extract(*one) for one in given], len(given))


def read(home: Home, articles: int) -> dict[str, Any]:
    """Text to figures, one process."""
    from flows import read as reader
    from flows import text

    archive = Archive(home.archive)
    given = [text.extract(archive.get(r.sha256), r) for r in _sample(home)]
    for one in given[:20]:
        reader.read(one)
    return _timed(lambda: [reader.read(one) for one in given], len(given))


def staged(home: Home, articles: int) -> dict[str, Any]:
    """Archive to staging: bytes, text, figures and parts, over the processes of this machine."""
    said = _timed(lambda: steps.read(home), articles)
    return {**said, "figures": sum(line.count('"figure_id"') for p in stage.Staging(home.staging).parts()
                                   for line in p.open(encoding="utf-8"))}  # fmt: skip


def build(home: Home, articles: int) -> dict[str, Any]:
    """Staging to the published file; gates, build and publication apart."""
    from flows.steps import making

    steps.warm()
    gating, gate = [0.0, 0.0], making._gate

    def watched(*given: Any) -> Any:
        start, cpu = time.perf_counter(), _cpu()
        try:
            return gate(*given)
        finally:
            gating[0] += time.perf_counter() - start
            gating[1] += _cpu() - cpu

    making._gate = watched
    made: list[steps.Built] = []
    building = _timed(lambda: made.append(steps.build(home)), articles)
    building["seconds"] -= gating[0]
    building["cpu"] -= gating[1]
    publishing = _timed(lambda: steps.publish(home, made[0], now=NOW), articles)
    size = home.database.stat().st_size
    return {
        "gates": {**building, "seconds": gating[0], "cpu": gating[1]},
        "build": {**building, "withheld": len(made[0].gates.withheld)},
        "publish": {**publishing, "bytes": size},
    }


STAGES: dict[str, Callable[[Home, int], dict[str, Any]]] = {
    "extract": extract,
    "read": read,
    "stage": staged,
    "build": build,
}


def _sample(home: Home) -> list[Any]:
    receipts = stage.in_force(Archive(home.archive).receipts())
    return receipts[:: max(1, len(receipts) // SAMPLE)][:SAMPLE]


def _cpu() -> float:
    own, others = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _timed(work: Callable[[], object], articles: int) -> dict[str, Any]:
    """Run once; return seconds, processor seconds of all processes, and the peak of each kind of process."""
    load, start, cpu = os.getloadavg()[0], time.perf_counter(), _cpu()
    with _Children() as children:
        work()
    return {
        "articles": articles,
        "seconds": time.perf_counter() - start,
        "cpu": _cpu() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIB,
        "peak_worker": children.peak / GIB,
        "load": load,
    }


class _Children:
    """Watches the largest resident size of any process that this one starts."""

    def __enter__(self) -> _Children:
        self.peak, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
                try:
                    status = Path(f"/proc/{child}/status").read_text()
                except OSError:
                    continue
                high = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
                self.peak = max(self.peak, *(int(n) for n in high), 0)


if __name__ == "__main__":
    os.environ["CUSTOMHOUSE_MAX_QUARANTINE"] = "1"  # perturbed numbers do not add up
    print(json.dumps(STAGES[sys.argv[1]](Home(Path(sys.argv[2])), int(sys.argv[3]))))
