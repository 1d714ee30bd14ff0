"""What of the published file still holds: a copy of it, less what a few new articles change.

Three kinds of rows depend on less than the whole archive. Staged rows and the gates on single rows depend on
one article; facts on one article and on what the cross-row checks withhold; ``fct_best`` on the facts of one
cell and on the articles that state them. Those rows are kept where nothing that they depend on has changed
and made by the same SELECTs, over less, where it has. Everything else is made again from all of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flows.load import build
from flows.load.dictionary import Script, scripts
from flows.record import Receipt
from flows.settings import SQL

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STAGED = ("stg_article", "stg_figure", "stg_numeral", "stg_place")
KEPT = (*STAGED, "stg_receipt", "stg_quarantine", "fct_figure", "fct_place", "fct_numeral", "fct_best")
ROW_QUARANTINE, WITHHELD = "quarantine.parquet", "withheld.parquet"
# a schema of this name holds the little that a SELECT runs over; its tables hide those of the whole
_PART = "part"


def start(path: Path, published: Path, *, memory: str = build.MEMORY) -> DuckDBPyConnection:
    """Open a copy of the published file for building; what is made of the whole is dropped from it."""
    build.clear(path)
    shutil.copyfile(published, path)
    con = build.connect(path, memory=memory)
    con.execute("create temp table was_article as from dim_article")
    con.execute("create temp table was_corrected as select figure_id from fct_correction")
    con.begin()
    for kind, column, names in (
        ("view", "view_name", "duckdb_views() where not internal"),
        ("macro table", "function_name", "duckdb_functions() where not internal"),
        ("table", "table_name", "duckdb_tables() where not temporary"),
    ):
        for (name,) in con.execute(f"select distinct {column} from {names}").fetchall():
            if name not in KEPT:
                con.execute(f'drop {kind} "{name}"')
    con.commit()
    return con


def snapshot(con: DuckDBPyConnection, folder: Path) -> None:
    """Keep what the gates on single rows said: call it before the cross-row checks."""
    folder.mkdir(parents=True, exist_ok=True)
    con.execute(f"copy stg_quarantine to {_quoted(folder / ROW_QUARANTINE)}")


def withhold(con: DuckDBPyConnection, folder: Path) -> None:
    """Keep the figures that only the cross-row checks hold back, as they would stand among the facts."""
    con.execute(
        "copy (from fct_candidate anti join fct_figure using (figure_id)) "
        f"to {_quoted(folder / WITHHELD)} (format parquet)"
    )


def holds(con: DuckDBPyConnection, lines: Path) -> bool:
    """Tell whether an article among these lines stands in the copied file already."""
    return bool(
        con.execute(
            "select 1 from read_json(?, format = 'newline_delimited', columns = {article_id: 'varchar'}) "
            "semi join stg_article using (article_id) limit 1",
            [str(lines)],
        ).fetchall()
    )


def stage_new(con: DuckDBPyConnection, parts: Iterable[Path], receipts: Iterable[Receipt]) -> None:
    """Stage the new articles apart, where the row gates find them under the names they know."""
    con.execute(f"create schema {_PART}")
    _look(con, f"{_PART},main")
    build.stage_tables(con, parts, receipts)


def join_new(con: DuckDBPyConnection, folder: Path) -> None:
    """Put the new articles, gated, among the old, and make ``fct_candidate`` of both.

    ``folder`` holds what ``snapshot`` and ``withhold`` kept.
    """
    _look(con, "main")
    con.execute(f"create temp table stale as select article_id from {_PART}.stg_article")
    for table in (*STAGED, "stg_receipt", "stg_quarantine"):
        if table in ("stg_receipt", "stg_quarantine"):
            con.execute(f"delete from main.{table}")
        con.execute(f"insert into main.{table} by name from {_PART}.{table}")
    con.execute(f"insert into stg_quarantine by name from {_quoted(folder / ROW_QUARANTINE)}")
    # a new version of a page gives the others of that page new numbers
    con.execute("""
        create temp table renumbered as
        select article_id, new from (
            select article_id, version, row_number() over (
                partition by coalesce(url, article_id) order by fetched_at, article_id)::integer as new
            from stg_article
        ) where version <> new
    """)
    con.execute("update stg_article as a set version = r.new from renumbered as r "
                "where r.article_id = a.article_id")  # fmt: skip
    con.execute("insert into stale select article_id from renumbered")
    con.execute(f"drop schema {_PART} cascade; create schema {_PART}")
    for table in ("stg_article", "stg_figure"):
        con.execute(f"create table {_PART}.{table} as from main.{table} semi join stale using (article_id)")
    _look(con, f"{_PART},main")
    (candidate,) = (s for s in scripts(SQL / build.FACTS).values() if s.name == "fct_candidate")
    con.execute(f"create temp table stale_candidate as {candidate.select}")
    _look(con, "main")
    con.execute(
        "create temp view fct_candidate as from main.fct_figure anti join stale using (article_id) "
        f"union all by name from {_quoted(folder / WITHHELD)} anti join stale using (article_id) "
        "union all by name from stale_candidate"
    )


def facts(con: DuckDBPyConnection, folder: Path) -> None:
    """Bring the facts up to what is withheld now, then ``fct_best`` where a cell has other statements.

    What is withheld goes into ``folder`` for the next build.
    """
    con.execute("""
        create temp table held as
        select figure_id from stg_quarantine where severity in ('R', 'Q') and figure_id is not null
        union
        select f.figure_id
        from stg_figure as f
        join stg_quarantine as q on q.article_id = f.article_id
        where q.severity in ('R', 'Q') and q.figure_id is null
    """)
    con.execute("copy (from fct_candidate semi join held using (figure_id)) "
                f"to {_quoted(folder / WITHHELD)} (format parquet)")  # fmt: skip
    con.execute("""
        create temp table gone as
        select figure_id, article_id, cell_id
        from fct_figure
        where article_id in (select article_id from stale) or figure_id in (select figure_id from held)
    """)
    con.execute("""
        create temp table come as
        select c.*
        from fct_candidate as c
        anti join held as h using (figure_id)
        where c.figure_id not in (select figure_id from fct_figure)
            or c.figure_id in (select figure_id from gone)
    """)
    for table in ("fct_figure", "fct_place"):
        con.execute(f"delete from {table} where figure_id in (select figure_id from gone)")
    con.execute("insert into fct_figure by name from come")
    con.execute("insert into fct_place by name from stg_place semi join come using (figure_id)")
    con.execute("create temp table touched as select article_id from stale union select article_id from gone "
                "union select article_id from come")  # fmt: skip
    every = build.model_scripts()
    _again(con, every["fct_numeral"], "touched", "article_id", {"stg_numeral"})
    corrected = {"fct_correction": every["fct_correction"]}
    build.make(con, corrected, done=())
    con.execute("""
        create temp table dirty as
        select cell_id from gone
        union
        select cell_id from come
        union
        select cell_id from fct_figure where article_id in (
            select article_id from (from dim_article except from was_article)
        )
        union
        select cell_id from fct_figure where figure_id in (
            select figure_id from was_corrected union select figure_id from fct_correction
        )
    """)
    _again(con, every["fct_best"], "dirty", "cell_id", {"fct_figure"})


def _again(con: DuckDBPyConnection, script: Script, some: str, key: str, over: set[str]) -> None:
    """Make those rows of a table again whose key is among some, by its own SELECT over their part."""
    con.execute(f"delete from {script.name} where {key} in (select {key} from {some})")
    for table in over:
        some_of = f"from main.{table} semi join {some} using ({key})"
        con.execute(f"create or replace table {_PART}.{table} as {some_of}")
    _look(con, f"{_PART},main")
    con.execute(f"insert into main.{script.name} by name {script.select}")
    _look(con, "main")


def finish(con: DuckDBPyConnection) -> None:
    """Drop what was only needed on the way."""
    con.execute(f"drop schema {_PART} cascade")


def quarantined(con: DuckDBPyConnection, folder: Path) -> list[build.Quarantined]:
    """Return what the gates on single rows withheld, as ``snapshot`` kept it."""
    rows = con.execute(f"from {_quoted(folder / ROW_QUARANTINE)} where rule <> {build.MISFIT!r}").fetchall()
    return [build.Quarantined(*row) for row in rows]


def _look(con: DuckDBPyConnection, schemas: str) -> None:
    con.execute(f"set search_path = '{schemas}'")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
