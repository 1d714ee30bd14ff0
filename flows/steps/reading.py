"""From archive to staging: every article read once under the present reader, over several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from flows import stage
from flows.fetch.archive import Archive
from flows.record import Receipt
from flows.settings import Home
from flows.steps.watch import Watch, quiet

__all__ = ["Outcome", "Spread", "read", "read_batch"]

BATCH = 64
"""Articles read by one process at a time; fewer than two batches are read in this process."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article that was read now; see ``stage.Line`` for the fields."""

    article_id: str
    name: str
    status: str
    reason: str | None
    figures: int
    unresolved: int


Spread = Callable[[Home, list[list[Receipt]]], Iterable[tuple[Outcome, ...]]]
"""Reads batches somewhere, and yields what became of each."""


def read(
    home: Home,
    *,
    watch: Watch = quiet,
    processes: int | None = None,
    spread: Spread | None = None,
    batch: int = BATCH,
) -> tuple[Outcome, ...]:
    """Read every archived article that is not staged under the present reader; return those read now.

    Many articles are read in batches over the processes of this machine, or wherever ``spread`` takes
    them; each batch becomes one staging part, and many small parts become a few.
    """
    wanted = {stage.key(r): r for r in stage.in_force(Archive(home.archive).receipts())}
    staging = stage.Staging(home.staging)
    staging.keep(wanted.keys())
    staged = staging.keys()
    missing = [receipt for key, receipt in wanted.items() if key not in staged]
    del wanted
    batches = [missing[i : i + batch] for i in range(0, len(missing), batch)]
    outcomes: list[Outcome] = []
    watch("read", 0, len(missing))
    for done in (spread or partial(_over_processes, processes or os.cpu_count() or 1))(home, batches):
        outcomes += done
        watch("read", len(outcomes), len(missing))
    staging.compact()
    return tuple(sorted(outcomes, key=lambda o: (o.name, o.article_id)))


def _over_processes(
    processes: int, home: Home, batches: list[list[Receipt]]
) -> Iterator[tuple[Outcome, ...]]:
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
