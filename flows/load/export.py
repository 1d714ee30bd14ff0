"""A release as files for others: Parquet, whole or by year, CSV that no spreadsheet runs, SDMX-CSV."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMATS = ("parquet", "lake", "csv", "datapackage", "sdmx")

# a spreadsheet runs a cell that begins so; a quote before it makes it text
_FORMULA = "'^[=+\\-@\\t\\r]'"
_VIEWS = ("obs", "trade")
_YEAR = "period_year"
_FRICTIONLESS = {"INTEGER": "integer", "BIGINT": "integer", "BOOLEAN": "boolean", "DATE": "date",
                 "TIMESTAMP": "datetime"}  # fmt: skip


def export(con: DuckDBPyConnection, folder: Path, formats: tuple[str, ...] = FORMATS) -> list[Path]:
    """Write every table, and the views ``obs`` and ``trade``, into a new folder; return the files.

    ``lake`` is Parquet in folders, for engines that read many files at once: ``lake/TABLE/``, the tables
    with periods by the year in which the period begins (``lake/fct_figure/period_year=2025/``).
    ``csv`` is UTF-8 with a header; a text cell that a spreadsheet would run gets a quote before it.
    ``datapackage`` describes the CSV files (Frictionless) and writes them too; ``sdmx`` is the view
    ``sdmx_obs`` as SDMX-CSV 2.0. ``con`` must be allowed to write files (see ``opened``). Raises
    UsageError on an unknown format and on a folder that holds something already.
    """
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise UsageError(
            f"unknown format {unknown[0]!r}", where="export", hint="one of " + ", ".join(FORMATS)
        )
    if folder.exists() and any(folder.iterdir()):
        raise UsageError("this folder is not empty", where=str(folder), hint="name a new one")
    aside = folder.with_name(f".{folder.name}.aside")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    tables = _tables(con)
    try:
        if "parquet" in formats:
            _parquet(con, aside, tables)
        if "lake" in formats:
            _lake(con, aside, tables)
        if {"csv", "datapackage"} & set(formats):
            _csv(con, aside, tables)
        if "datapackage" in formats:
            _package(con, aside, tables)
        if "sdmx" in formats:
            _sdmx(con, aside)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    if folder.exists():
        folder.rmdir()
    aside.rename(folder)
    return sorted(p for p in folder.rglob("*") if p.is_file())


def opened(database: Path) -> DuckDBPyConnection:
    """Open a published file for reading, with the right to write others; raise UsageError without one."""
    import duckdb

    if not database.exists():
        raise UsageError("there is no warehouse yet", where=str(database), hint="run `customhouse run` first")
    return duckdb.connect(str(database), read_only=True, config={"autoinstall_known_extensions": False})


def _tables(con: DuckDBPyConnection) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for table, *column in con.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() "
        "where not internal and (table_name in (select table_name from duckdb_tables()) "
        "or list_contains(?, table_name)) order by table_name, column_index",
        [list(_VIEWS)],
    ).fetchall():
        found.setdefault(table, []).append((column[0], column[1], column[2] or ""))
    return found


def _parquet(con: DuckDBPyConnection, folder: Path, tables: dict[str, Any]) -> None:
    (folder / "parquet").mkdir()
    for table in tables:
        path = folder / "parquet" / f"{table}.parquet"
        con.execute(f"copy (from {table}) to {_literal(path)} (format parquet, compression zstd)")


def _lake(con: DuckDBPyConnection, folder: Path, tables: dict[str, list[tuple[str, str, str]]]) -> None:
    (folder / "lake").mkdir()
    for table, columns in tables.items():
        target, what, how = folder / "lake" / table, f"from {table}", ""
        if table.startswith("fct_") and any(name == "period" for name, *_ in columns):
            what = f"select *, left(period, 4)::integer as {_YEAR} from {table}"
            how = f", partition_by ({_YEAR})"
        else:
            target.mkdir()
            target /= "data.parquet"
        con.execute(f"copy ({what}) to {_literal(target)} (format parquet, compression zstd{how})")


def _csv(con: DuckDBPyConnection, folder: Path, tables: dict[str, list[tuple[str, str, str]]]) -> None:
    (folder / "csv").mkdir()
    for table, columns in tables.items():
        safe = ", ".join(_safe(c, kind) for c, kind, _ in columns)
        path = folder / "csv" / f"{table}.csv"
        con.execute(f"copy (select {safe} from {table}) to {_literal(path)} (format csv, header true)")


def _safe(column: str, kind: str) -> str:
    if kind.endswith("[]"):
        return f'to_json("{column}")::varchar as "{column}"'
    if kind != "VARCHAR":
        return f'"{column}"'
    name = f'"{column}"'
    return f"case when regexp_matches({name}, {_FORMULA}) then '''' || {name} else {name} end as {name}"


def _package(con: DuckDBPyConnection, folder: Path, tables: dict[str, list[tuple[str, str, str]]]) -> None:
    release, fingerprint, built = con.execute(
        "select release_id, fingerprint, built_at from meta_release"
    ).fetchall()[0]
    about = dict(con.execute(
        "select table_name, comment from duckdb_tables() union all "
        "select view_name, comment from duckdb_views()"
    ).fetchall())  # fmt: skip
    resources = [
        {
            "name": table.replace("_", "-"),
            "path": f"csv/{table}.csv",
            "title": table,
            "description": about.get(table) or "",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {"name": c, "type": _type(kind), "description": text} for c, kind, text in columns
                ],
                "missingValues": [""],
            },
        }
        for table, columns in tables.items()
    ]
    package = {
        "profile": "tabular-data-package",
        "name": "customhouse",
        "id": fingerprint,
        "version": release,
        "created": f"{built:%Y-%m-%dT%H:%M:%SZ}",
        "title": "Figures of trade statistics as articles state them",
        "description": "Text cells that begin with = + - @ or a tab have a quote before them, so that no "
        "spreadsheet runs them.",
        "resources": resources,
    }
    text = json.dumps(package, indent=1, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _type(kind: str) -> str:
    if kind.startswith("DECIMAL"):
        return "number"
    return "array" if kind.endswith("[]") else _FRICTIONLESS.get(kind, "string")


def _sdmx(con: DuckDBPyConnection, folder: Path) -> None:
    columns = con.execute("describe sdmx_obs").fetchall()
    safe = ", ".join(_safe(name, kind) for name, kind, *_ in columns)
    head = "'dataflow' as STRUCTURE, 'CUSTOMHOUSE:OBS(1.0)' as STRUCTURE_ID, 'I' as ACTION"
    path = folder / "sdmx_obs.csv"
    con.execute(f"copy (select {head}, {safe} from sdmx_obs) to {_literal(path)} (format csv, header true)")


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
