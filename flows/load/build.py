"""A new warehouse file from staging parts: staging tables, quarantine, then every SELECT of ``sql/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import BuildError
from flows.load import names
from flows.load.dictionary import Script, in_order, needed, scripts
from flows.record import Receipt
from flows.settings import REFERENCE, SQL

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STAGING, DIMENSIONS, FACTS, MARTS, CHECKS = (
    "1_staging", "2_dimensions", "3_facts", "4_marts", "5_checks",
)  # fmt: skip
Comments = dict[str, dict[str, str]]
# read from 1.4.4 on: the newest command line, Node and Superset drivers are 1.5
STORAGE = "v1.4.0"
MEMORY = "1500MB"  # what DuckDB holds; the frames of the gates come on top
_LINE = 2**24  # bytes that a line may have; a buffer of twice the longest line is held by every thread
MISFIT = "fits"  # the rule of a number that no column of the warehouse holds


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Why a figure waits outside; ``figure_id`` None means the whole article.

    ``severity``: R rejected, Q quarantined (both stay out of the facts), W only a warning.
    """

    figure_id: str | None
    article_id: str | None
    rule: str
    severity: str
    detail: str


def create(path: Path, *, memory: str = MEMORY, threads: int | None = None) -> DuckDBPyConnection:
    """Open a new file for building; an old one of that name is removed, its ``.wal`` too.

    ``memory`` bounds what DuckDB holds; what does not fit is written beside the file.
    """
    clear(path)
    return connect(path, memory=memory, threads=threads)


def clear(path: Path) -> None:
    """Remove a file that was built, and its log."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in (path, path.with_name(path.name + ".wal")):
        old.unlink(missing_ok=True)


def connect(path: Path, *, memory: str = MEMORY, threads: int | None = None) -> DuckDBPyConnection:
    """Open a file for building."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory,
        "preserve_insertion_order": False,
        "temp_directory": str(path.with_name(path.name + ".spill")),
    }
    if threads:
        config["threads"] = threads
    con = duckdb.connect(str(path), config=config)
    # a time zone of the machine's must not change a row
    con.execute("set timezone = 'UTC'")
    return con


def stage_tables(
    con: DuckDBPyConnection,
    parts: Iterable[Path],
    receipts: Iterable[Receipt] = (),
    *,
    reference: Path = REFERENCE,
) -> None:
    """Load the reference tables, the staged lines and the receipts, and make every ``stg_*`` table.

    An article that stands in several parts is taken once. Raises ReferenceTableError, or BuildError
    where a part cannot be read.
    """
    names.load(con, reference)
    sizes = {str(p): p.stat().st_size for p in parts}
    con.execute("set variable staging_parts = ?", [[p for p, size in sizes.items() if size]])
    con.execute("set variable staging_longest = ?", [max(_LINE, *sizes.values(), 0)])
    _receipts(con, receipts)
    con.execute(
        "create table stg_quarantine (figure_id varchar, article_id varchar, rule varchar not null, "
        "severity varchar not null, detail varchar)"
    )
    describe(con, "table", "stg_quarantine", "One rule that one figure, or one whole article, broke.", {
        "figure_id": "The figure; null where the whole article is meant.",
        "article_id": "Its article.",
        "rule": "Name of the gate or check, as in fct_gate.",
        "severity": "R rejected, Q quarantined (both stay out of the facts), W a warning.",
        "detail": "What was found, in words.",
    })  # fmt: skip
    if not con.execute("select len(getvariable('staging_parts'))").fetchall()[0][0]:
        con.execute("set variable staging_parts = ?", [[_nothing(con)]])
    make(con, scripts(SQL / STAGING), done=())
    forget(con, "stg_line", "stg_again")
    quarantine(con, _misfits(con))


def quarantine(con: DuckDBPyConnection, rows: Iterable[Quarantined]) -> int:
    """Add rows to ``stg_quarantine`` (a row that is there already is not added twice); return how many."""
    data = [astuple(r) for r in rows]
    if not data:
        return 0
    columns = ("figure_id", "article_id", "rule", "severity", "detail")
    relation, values = _unnested(columns, data)
    con.execute(f"insert into stg_quarantine (from {relation} except from stg_quarantine)", values)
    return len(data)


def candidates(con: DuckDBPyConnection) -> None:
    """Make the dimensions and ``fct_candidate``: what the cross-row checks read.

    Raises ReferenceTableError where the ledger of misprints speaks of a number that is mended.
    """
    names.corrections(con)
    every = model_scripts()
    targets = [*scripts(SQL / DIMENSIONS), "fct_candidate"]
    make(con, needed(every, targets), done=_present(con))


def model(con: DuckDBPyConnection, progress: Callable[[str], None] = lambda _: None) -> None:
    """Make everything that is not there yet: facts without the quarantined figures, marts and views."""
    every = model_scripts()
    make(con, every, done=_present(con), progress=progress)


def folder(con: DuckDBPyConnection, name: str, prefix: str = "") -> list[str]:
    """Make the tables of one folder of ``sql/`` whose names begin with ``prefix``; return their names."""
    found = {n: s for n, s in scripts(SQL / name).items() if n.startswith(prefix)}
    make(con, found, done=_present(con))
    return sorted(found)


def forget(con: DuckDBPyConnection, *beginnings: str) -> None:
    """Drop the temporary tables whose names begin so: what is not needed any more takes no memory."""
    rows = con.execute("select table_name from duckdb_tables() where temporary").fetchall()
    for (name,) in rows:
        if name.startswith(beginnings):
            con.execute(f'drop table temp."{name}"')


def describe(
    con: DuckDBPyConnection, kind: str, name: str, comment: str, columns: dict[str, str] | None = None
) -> None:
    """Write comments on a table or view and its columns."""
    said = [f'comment on {kind} "{name}" is {_literal(comment)}']
    said += [f'comment on column "{name}"."{c}" is {_literal(t)}' for c, t in (columns or {}).items()]
    con.execute(";".join(said))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def model_scripts() -> dict[str, Script]:
    """Return the scripts of dimensions, facts and marts by name."""
    return {n: s for f in (DIMENSIONS, FACTS, MARTS) for n, s in scripts(SQL / f).items()}


def _present(con: DuckDBPyConnection) -> set[str]:
    rows = con.execute(
        "select table_name from duckdb_tables() union all select view_name from duckdb_views() "
        "where not internal union all select function_name from duckdb_functions() where not internal"
    ).fetchall()
    return {name for (name,) in rows}


def make(
    con: DuckDBPyConnection, found: dict[str, Script], *, done: Iterable[str],
    progress: Callable[[str], None] = lambda _: None,
) -> None:  # fmt: skip
    """Make what the scripts say and is not done yet, in the order in which they read one another."""
    known = _known(con)
    # one transaction: every comment in one of its own would be a write to the log
    con.begin()
    try:
        for script in in_order(found, done):
            progress(script.name)
            known[script.name] = _make(con, script, known)
    except BaseException:
        con.rollback()
        raise
    con.commit()


def _make(con: DuckDBPyConnection, script: Script, known: Comments) -> dict[str, str]:
    """Make one table, view or macro, and return the comments of its columns."""
    import duckdb

    arguments = f"({script.parameters})" if script.kind == "macro" else ""
    table = "table " if script.kind == "macro" else ""
    try:
        con.execute(f"create {script.kind} {script.name}{arguments} as {table}\n{script.select}")
    except duckdb.Error as error:
        staged = script.name.startswith("stg_")
        hint = "delete the staging folder: it is made again" if staged else "mend the SELECT"
        raise BuildError(str(error), where=str(script.path), hint=hint) from error
    if script.kind == "macro":
        return {}
    columns = [r[0] for r in con.execute(f"describe {script.name}").fetchall()]
    own = script.column_comments
    taken = _taken(script, known)
    comments = {c: own.get(c) or taken.get(c) or "" for c in columns}
    bare = [c for c, text in comments.items() if not text]
    temporary = script.kind == "temp table"
    if (bare and not temporary) or not script.head:
        what = "columns without a comment: " + ", ".join(bare) if bare else "no head comment"
        raise BuildError(what, where=str(script.path), hint="write one behind the column's line")
    kind = "view" if script.kind == "view" else "table"
    said = {c: text for c, text in comments.items() if text}
    describe(con, kind, script.name, script.head, said)
    return said


def _known(con: DuckDBPyConnection) -> Comments:
    known: Comments = {}
    for table, column, text in con.execute(
        "select table_name, column_name, comment from duckdb_columns() where comment is not null"
    ).fetchall():
        known.setdefault(table, {})[column] = text
    return known


def _taken(script: Script, known: Comments) -> dict[str, str]:
    """Return the comments of the tables that a script reads: a column taken over keeps its own.

    Where several of them have a column of one name, the table that the script reads first counts.
    """
    read = sorted(script.words & known.keys(), key=script.reads_at, reverse=True)
    return {column: text for table in read for column, text in known[table].items()}


def _receipts(con: DuckDBPyConnection, receipts: Iterable[Receipt]) -> None:
    columns = ("sha256", "url", "fetched_at", "final_url", "status", "source")
    rows = [
        (*(getattr(r, c) for c in columns), r.headers.get("source-class"), r.headers.get("source-rank"))
        for r in receipts
    ]
    relation, values = _unnested((*columns, "source_class", "source_rank"), rows)
    con.execute(f"create or replace temp table raw_receipt as from {relation}", values)


def _unnested(columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> tuple[str, list[list[str | None]]]:
    """Return a FROM clause and its values: rows of text as one list a column, the quick way in."""
    lists = [[None if r[i] is None else str(r[i]) for r in rows] for i in range(len(columns))]
    parts = ", ".join(f"unnest(?::varchar[]) as {c}" for c in columns)
    return f"(select {parts})", lists


def _nothing(con: DuckDBPyConnection) -> str:
    """Return the path of an empty part: reading no file at all is an error to DuckDB."""
    path = Path(con.execute("select current_setting('temp_directory')").fetchall()[0][0])
    path.mkdir(parents=True, exist_ok=True)
    empty = path / "nothing.jsonl"
    empty.write_text("")
    return str(empty)


def _misfits(con: DuckDBPyConnection) -> list[Quarantined]:
    rows = con.execute(
        "select figure_id, article_id, value_text from stg_figure "
        "where value is null or step is null or lo is null or hi is null"
    ).fetchall()
    return [
        Quarantined(f, a, MISFIT, "R", f"{text} does not fit 18 digits and 6 decimals") for f, a, text in rows
    ]
