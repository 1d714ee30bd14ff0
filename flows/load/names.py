"""The reference tables as tables: read as text, and refused where they break their own rules."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from flows import reference
from flows.errors import ReferenceTableError
from flows.settings import REFERENCE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GROUPS = {"partner_groups": "partners", "reporter_groups": "reporters", "product_groups": "products"}
_LEDGER = "corrections"


def load(con: DuckDBPyConnection, folder: Path = REFERENCE) -> None:
    """Make a temporary table ``ref_<file>`` of every reference table; all columns are text.

    Raises ReferenceTableError, naming file and line, on a code or alias in two rows, a parent or
    group member that no row holds, and parents that run in a circle.
    """
    for table in (*reference.TABLES, *_GROUPS, _LEDGER):
        path = folder / f"{table}.csv"
        if table in reference.TABLES:
            _guard(table, folder)
        elif table in _GROUPS:
            _guard_group(table, _GROUPS[table], folder)
        # an empty field is null; NA is Namibia
        con.execute(
            f"create or replace temp table ref_{table} as "
            "select * from read_csv(?, all_varchar = true, header = true, nullstr = '', delim = ',')",
            [str(path)],
        )


def _rows(table: str, folder: Path) -> list[tuple[int, dict[str, str]]]:
    path = folder / f"{table}.csv"
    if not path.exists():
        raise ReferenceTableError("no such reference table", where=str(path), hint="restore it")
    with path.open(encoding="utf-8", newline="") as handle:
        return list(enumerate(csv.DictReader(handle), start=2))


def _guard(table: str, folder: Path) -> None:
    reference.names(table, folder)
    rows = _rows(table, folder)
    parents = {row["code"]: row.get("parent") or "" for _, row in rows}
    names: dict[str, str] = {}
    for line, row in rows:
        where, code = f"{table}.csv line {line}", row["code"]
        if names.setdefault(row["name_en"], code) != code:
            raise ReferenceTableError(
                f"{row['name_en']!r} names two rows", where=where, hint="give each row a name of its own"
            )
        if parents[code] and parents[code] not in parents:
            raise ReferenceTableError(
                f"parent {parents[code]!r} is no row", where=where, hint="add it, or leave the parent empty"
            )
        seen, at = {code}, parents[code]
        while at:
            if at in seen:
                raise ReferenceTableError(
                    f"the parents of {code!r} run in a circle through {at!r}",
                    where=where, hint="one of them must have no parent",
                )  # fmt: skip
            seen.add(at)
            at = parents.get(at, "")


def _guard_group(table: str, of: str, folder: Path) -> None:
    known = {row["code"] for _, row in _rows(of, folder)}
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in _rows(table, folder):
        where = f"{table}.csv line {line}"
        for column in ("group", "member"):
            if row[column] not in known:
                raise ReferenceTableError(
                    f"{column} {row[column]!r} is no row of {of}.csv", where=where, hint="add it there first"
                )
        key = (row["group"], row["member"], row.get("from") or "")
        if seen.setdefault(key, line) != line:
            raise ReferenceTableError(
                f"{key[1]!r} is in {key[0]!r} twice", where=where, hint=f"see line {seen[key]}"
            )


def corrections(con: DuckDBPyConnection) -> None:
    """Hold the ledger of misprints against the newest version of each page it names.

    Raises ReferenceTableError where that version no longer prints the number: the source is mended, and
    the row must go. A page that is not in the archive says nothing.
    """
    mended = con.execute("""
        with newest as (
            select url, arg_max(article_id, (fetched_at, article_id)) as article_id
            from stg_article where status = 'read' group by url
        )
        select c.url, c.expect, c.what
        from ref_corrections as c join newest as n on n.url = c.url
        anti join stg_figure as f on f.article_id = n.article_id and f.reporter = c.reporter
            and f.flow = c.flow and f.period = c.period and f.measure = c.measure and f.unit = c.unit
            and f.partner = coalesce(c.partner, 'World') and f.product = coalesce(c.product, 'all')
            and f.value = try_cast(c.expect as decimal(24, 6))
        order by all
    """).fetchall()
    if mended:
        url, expect, what = mended[0]
        raise ReferenceTableError(
            f"the newest version of this page does not print {expect} ({what}): it is mended, or is read "
            "otherwise now", where=f"{_LEDGER}.csv, {url}", hint="remove the row, or write down what is read",
        )  # fmt: skip
