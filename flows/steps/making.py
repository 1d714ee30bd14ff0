"""From staging to the published file: build, gates, audits, swap."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flows import stage
from flows.errors import RefusedError
from flows.fetch.archive import Archive
from flows.record import canonical_json
from flows.settings import EXPECTATIONS, REFERENCE, SQL, Home
from flows.steps import keeping as kept
from flows.steps.watch import Watch, quiet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from flows.check import GateReport
    from flows.load.publish import Published

__all__ = ["Built", "build", "is_current", "publish", "warm"]


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


def build(home: Home, *, watch: Watch = quiet) -> Built:
    """Build a new warehouse file beside the published one from everything staged, through the gates.

    Raises RefusedError, with every reason, where the gates refuse the whole.
    """
    from flows.load import build as loading
    from flows.load import kept as keeping

    path = home.root / ".building" / home.database.name
    left = path.with_name("kept")
    shutil.rmtree(left, ignore_errors=True)
    staging, recipe = stage.Staging(home.staging), _recipe()
    keys, receipts = staging.keys(), Archive(home.archive).receipts()
    watch("build", 0, 4)
    with contextlib.ExitStack() as over:
        before = kept.of(home, _release(home), recipe, keys)
        con = before and _copy(home, path, before, staging.lines(keys - before.keys), over)
        if before and con:
            keeping.stage_new(con, [_new(path)], receipts)
        else:
            before = None
            con = over.enter_context(contextlib.closing(loading.create(path)))
            loading.stage_tables(con, staging.parts(), receipts)
        watch("build", 1, 4)
        gates = _gate(con, loading.folder(con, loading.CHECKS, "gate_"))
        loading.forget(con, "gate_")
        if before:
            gates = _with(con, before, gates)
            keeping.join_new(con, before.folder)
        keeping.snapshot(con, left)
        kept.leave(left, recipe, keys, before.whole if before else len(keys), gates)
        watch("build", 2, 4)
        loading.candidates(con)
        loading.folder(con, f"{loading.CHECKS}/cross")
        gates += _gate(con, ["gate_check"])
        loading.forget(con, "gate_", "chk_", "v")
        _tell(con, gates)
        watch("build", 3, 4)
        if before:
            keeping.facts(con, left)
        loading.model(con)
        if before:
            keeping.finish(con)
        else:
            keeping.withhold(con, left)
    watch("build", 4, 4)
    most = float(os.environ.get("CUSTOMHOUSE_MAX_QUARANTINE") or 0.10)
    if reasons := gates.refusals(most):
        raise RefusedError(
            "\n  ".join(["the gates refuse this warehouse:", *reasons]),
            where=str(path),
            hint="the published file stays as it was; the refused one can be queried there",
        )
    return Built(path, gates)


def _copy(
    home: Home, path: Path, before: kept.Kept, lines: Iterable[str], over: contextlib.ExitStack
) -> DuckDBPyConnection | None:
    """Open a copy of the published file for the new lines; None where one of them stands in it already."""
    from flows.load import kept as keeping

    path.parent.mkdir(parents=True, exist_ok=True)
    _new(path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    con = keeping.start(path, home.database)
    if keeping.holds(con, _new(path)):
        con.close()
        return None
    return over.enter_context(contextlib.closing(con))


def _new(path: Path) -> Path:
    return path.with_name("new.jsonl")


def _with(con: DuckDBPyConnection, before: kept.Kept, new: GateReport) -> GateReport:
    """Return what the row gates say of old and new articles together: each looks at one article."""
    from flows import check
    from flows.load import kept as keeping

    outcomes = tuple(check.Outcome(**{**o, "ids": tuple(o["ids"])}) for o in before.outcomes)
    held = tuple(
        check.Quarantined(str(q.figure_id), q.rule, q.severity, q.detail)
        for q in keeping.quarantined(con, before.folder)
    )
    return check.together([check.GateReport(outcomes, held, before.figures), new])


def _gate(con: DuckDBPyConnection, tables: Sequence[str]) -> GateReport:
    """Hold tables against the suites of their names, and quarantine what fails."""
    from flows import check
    from flows.load import build as loading
    from flows.load import query

    report = check.run({name: partial(query.frames, con, f"from {name}") for name in tables})
    held = list({q.figure_id for q in report.quarantine})
    of = dict(
        con.execute(
            "select figure_id, article_id from stg_figure where figure_id in (select unnest(?))", [held]
        ).fetchall()
    )
    rows = [
        loading.Quarantined(q.figure_id, of.get(q.figure_id), q.rule, q.severity, q.detail)
        for q in report.quarantine
    ]
    loading.quarantine(con, rows)
    return report


def _tell(con: DuckDBPyConnection, gates: GateReport) -> None:
    """Write ``fct_gate``: what every gate found."""
    from flows.load import build as loading

    rows = [{k: v for k, v in asdict(o).items() if k not in ("ids", "error")} for o in gates.outcomes]
    con.execute(
        "create table fct_gate as select unnest(?::struct(suite varchar, expectation varchar, rule varchar, "
        'title varchar, severity varchar, "rows" bigint, failing bigint, verdict varchar)[], '
        "recursive := true)",
        [rows],
    )
    loading.describe(con, "table", "fct_gate", "One gate of one suite and what it found in this build.", {
        "suite": "The suite, which is named as the relation it holds.",
        "expectation": "The Great Expectations class with its arguments.",
        "rule": "Its number in the catalogue of rules.",
        "title": "What must hold, in words.",
        "severity": "refuse, R, Q, W or info: what a failure means.",
        "rows": "Rows that it looked at.",
        "failing": "Rows that fail it.",
        "verdict": "pass, fail, nothing to check or error.",
    })  # fmt: skip


def publish(home: Home, built: Built, *, now: dt.datetime, watch: Watch = quiet) -> Published:
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
    kept.sign(home, built.path.with_name("kept"), done.release_id if done.changed else None)
    _mark(home).write_text(json.dumps([done.release_id, _sources(home)]), encoding="utf-8")
    watch("publish", 1, 1)
    return done


def warm() -> None:
    """Import what a build needs: seconds that can pass while something else is waited for."""
    from flows import check

    check.run({})


def _release(home: Home) -> str | None:
    from flows.load import publish as publishing

    now_published = publishing.published(home)
    return now_published[0] if now_published else None


def _sources(home: Home) -> str:
    """Return a hash of all that a warehouse is made from: articles, names, SQL, gates and code."""
    digest = hashlib.sha256(_recipe().encode())
    for receipt in Archive(home.archive).receipts():
        digest.update(canonical_json(asdict(receipt)).encode())
    return digest.hexdigest()


def _recipe() -> str:
    """Return a hash of what a warehouse is made with: the reader, names, SQL, gates and code."""
    digest = hashlib.sha256(stage.fingerprint().encode())
    code = Path(__file__).parents[1]
    made_by = [*code.joinpath("load").glob("*.py"), code / "check.py", code / "reference.py", Path(__file__),
               Path(kept.__file__)]  # fmt: skip
    made_of = [
        *SQL.rglob("*.sql"),
        *EXPECTATIONS.glob("*.toml"),
        *EXPECTATIONS.glob("*.html"),
        *REFERENCE.glob("*.csv"),
    ]
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
