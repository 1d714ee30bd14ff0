"""The whole program as plain functions: ingest, read, build and publish, in this order.

Nothing here knows Prefect; ``pipeline`` wraps the same functions. Every step may be killed at any
moment and run again: what was done stays done, and the published file is the old one or the new one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from flows import stage
from flows.errors import CustomhouseError, LockedError, UsageError
from flows.fetch.archive import Archive
from flows.record import Receipt
from flows.settings import SAMPLES, Home

__all__ = ["Ingested", "Outcome", "Watch", "ingest", "locked", "read"]

Watch = Callable[[str, int, int], None]
"""Told of progress: the step's name, how many are done, of how many."""

BATCH = 64
"""Articles read by one process at a time; fewer than two batches are read in this process."""


def _quiet(step: str, done: int, of: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came in: objects the archive did not have, objects it had, and inputs refused with the reason."""

    new: int
    known: int
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article that was read now; see ``stage.Line`` for the fields."""

    article_id: str
    name: str
    status: str
    reason: str | None
    figures: int
    unresolved: int


@contextlib.contextmanager
def locked(home: Home) -> Iterator[None]:
    """Hold the home for one run; raise LockedError where another run holds it."""
    home.root.mkdir(parents=True, exist_ok=True)
    with home.lock.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise LockedError(
                f"another run holds this home (process {holder})",
                where=str(home.root),
                hint="wait for it to end, or give another --home",
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def ingest(home: Home, inputs: Sequence[str], *, now: dt.datetime, watch: Watch = _quiet) -> Ingested:
    """Put files and folders into the archive, the bundled samples where nothing is given.

    Raises UsageError, before anything is put, where a path does not exist.
    """
    from flows.fetch.local import collect

    urls = [i for i in inputs if "://" in i]
    if urls:
        raise UsageError("addresses cannot be fetched yet", where=urls[0], hint="save the page as a file")
    archive = Archive(home.archive)
    known = {r.sha256 for r in archive.receipts()}
    before, met = len(known), set[str]()
    refused: list[CustomhouseError] = []
    for data, receipt in collect([Path(i) for i in inputs] or [SAMPLES], refused, now=now):
        archive.put(data, receipt)
        met.add(receipt.sha256)
        watch("ingest", len(met), 0)
    known |= met
    return Ingested(len(known) - before, len(met) - (len(known) - before), tuple(str(e) for e in refused))


def read(home: Home, *, watch: Watch = _quiet, processes: int | None = None) -> tuple[Outcome, ...]:
    """Read every archived article that is not staged under the present reader; return those read now.

    Many articles are spread over processes in batches, each batch one staging part.
    """
    receipts = stage.in_force(Archive(home.archive).receipts())
    staging = stage.Staging(home.staging)
    staging.keep({stage.key(r) for r in receipts})
    staged = staging.keys()
    missing = [r for r in receipts if stage.key(r) not in staged]
    batches = [missing[i : i + BATCH] for i in range(0, len(missing), BATCH)]
    outcomes: list[Outcome] = []
    watch("read", 0, len(missing))
    for done in _spread(home, batches, processes or os.cpu_count() or 1):
        outcomes += done
        watch("read", len(outcomes), len(missing))
    return tuple(sorted(outcomes, key=lambda o: (o.name, o.article_id)))


def _spread(home: Home, batches: list[list[Receipt]], processes: int) -> Iterator[tuple[Outcome, ...]]:
    if len(batches) < 2 or processes < 2:
        for batch in batches:
            yield read_batch(home, batch)
        return
    import multiprocessing
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait

    # fork is not safe under the threads that Prefect keeps
    with ProcessPoolExecutor(min(processes, len(batches)), multiprocessing.get_context("spawn")) as pool:
        waiting: set[Future[tuple[Outcome, ...]]] = set()
        todo = iter(batches)
        while True:
            for batch in islice(todo, 2 * processes - len(waiting)):
                waiting.add(pool.submit(read_batch, home, batch))
            if not waiting:
                return
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                yield future.result()


def read_batch(home: Home, receipts: Sequence[Receipt]) -> tuple[Outcome, ...]:
    """Extract, read and stage some archived articles as one part."""
    archive = Archive(home.archive)
    lines = [stage.stage(archive.get(r.sha256), r) for r in receipts]
    stage.Staging(home.staging).write(lines)
    return tuple(Outcome(n.article_id, n.name, n.status, n.reason, n.figures, n.unresolved) for n in lines)
