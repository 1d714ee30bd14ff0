"""The whole program as plain functions: ingest, read, build and publish, in this order.

Nothing here knows Prefect; ``pipeline`` wraps the same functions. Every step may be killed at any
moment and run again: what was done stays done, and the published file is the old one or the new one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from flows import stage
from flows.errors import CustomhouseError, LockedError, RefusedError, UsageError
from flows.fetch.archive import Archive
from flows.record import Receipt, canonical_json
from flows.settings import EXPECTATIONS, REFERENCE, SAMPLES, SQL, Home

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from flows.check import GateReport
    from flows.load.publish import Published

__all__ = [
    "Built", "Ingested", "Outcome", "Watch", "build", "ingest", "is_current", "locked", "publish", "read",
    "warm",
]  # fmt: skip

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


@dataclass(frozen=True, slots=True)
class Built:
    """A warehouse file that is whole but not published: where it is and what the gates said."""

    path: Path
    gates: GateReport


def is_current(home: Home) -> bool:
    """Tell whether the published warehouse was made from exactly what there is now."""
    from flows.load import publish as publishing

    now_published = publishing.published(home)
    return now_published is not None and _marked(home) == [now_published[0], _sources(home)]


def build(home: Home, *, watch: Watch = _quiet) -> Built:
    """Build a new warehouse file beside the published one from everything staged, through the gates.

    Raises RefusedError, with every reason, where the gates refuse the whole.
    """
    from flows.load import build as loading

    path = home.root / ".building" / home.database.name
    watch("build", 0, 4)
    with contextlib.closing(loading.create(path)) as con:
        loading.stage_tables(con, stage.Staging(home.staging).parts(), Archive(home.archive).receipts())
        watch("build", 1, 4)
        gates = _gate(con, loading.folder(con, loading.CHECKS))
        watch("build", 2, 4)
        loading.candidates(con)
        watch("build", 3, 4)
        loading.model(con)
    watch("build", 4, 4)
    most = float(os.environ.get("CUSTOMHOUSE_MAX_QUARANTINE") or 0.10)
    if reasons := gates.refusals(most):
        raise RefusedError(
            "\n  ".join(["the gates refuse this warehouse:", *reasons]),
            where=str(path),
            hint="the published file stays as it was; the refused one can be queried there",
        )
    return Built(path, gates)


def _gate(con: DuckDBPyConnection, tables: Sequence[str]) -> GateReport:
    """Hold tables against the suites of their names, and quarantine what fails."""
    from flows import check
    from flows.load import build as loading
    from flows.load import query

    report = check.run({name: partial(query.frame, con, f"from {name}") for name in tables})
    of = dict(con.execute("select figure_id, article_id from stg_figure").fetchall())
    rows = [
        loading.Quarantined(q.figure_id, of.get(q.figure_id), q.rule, q.severity, q.detail)
        for q in report.quarantine
    ]
    loading.quarantine(con, rows)
    return report


def publish(home: Home, built: Built, *, now: dt.datetime, watch: Watch = _quiet) -> Published:
    """Audit the built file and swap it in; an equal one changes nothing."""
    from flows import check
    from flows.load import publish as publishing

    watch("publish", 0, 1)
    manifest = {
        "reader": stage.fingerprint(),
        "gates": [asdict(o) for o in built.gates.outcomes],
        "withheld": len(built.gates.withheld),
    }

    def fill(_: DuckDBPyConnection, folder: Path) -> None:
        (folder / "gates.html").write_text(check.render(built.gates), encoding="utf-8")

    done = publishing.publish(home, built.path, manifest, now=now, fill=fill)
    _mark(home).write_text(json.dumps([done.release_id, _sources(home)]), encoding="utf-8")
    watch("publish", 1, 1)
    return done


def warm() -> None:
    """Import what a build needs: seconds that can pass while something else is waited for."""
    from flows import check

    check.run({})


def _sources(home: Home) -> str:
    """Return a hash of all that a warehouse is made from: articles, names, SQL, gates and code."""
    digest = hashlib.sha256(stage.fingerprint().encode())
    for receipt in Archive(home.archive).receipts():
        digest.update(canonical_json(asdict(receipt)).encode())
    code = Path(__file__).parent
    made_by = [*code.joinpath("load").glob("*.py"), code / "check.py", code / "reference.py", Path(__file__)]
    made_of = [*SQL.rglob("*.sql"), *EXPECTATIONS.glob("*.toml"), *REFERENCE.glob("*.csv")]
    for path in sorted(made_by + made_of):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _mark(home: Home) -> Path:
    return home.root / ".built"


def _marked(home: Home) -> object:
    try:
        return json.loads(_mark(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
