"""The schema is a contract: names and types change only on purpose, and the page tells every column."""

from __future__ import annotations

import re
from pathlib import Path

from duckdb import DuckDBPyConnection

from flows.load import handbook
from flows.settings import SQL

CONTRACT = Path(__file__).with_name("schema.txt")


def test_schema(gated: DuckDBPyConnection) -> None:
    rows = gated.execute(
        "select table_name, column_name, data_type from duckdb_columns() where not internal "
        "order by table_name, column_index"
    ).fetchall()
    now = "".join(f"{t}.{c} {kind.lower()}\n" for t, c, kind in rows)
    if now != CONTRACT.read_text():
        CONTRACT.with_suffix(".new").write_text(now)
    assert now == CONTRACT.read_text(), (
        "if this is meant, move schema.new over schema.txt and tell who reads it"
    )


def test_the_page_tells_every_column_and_no_other(gated: DuckDBPyConnection) -> None:
    page = (SQL / "README.md").read_text(encoding="utf-8")
    assert handbook.written(page, handbook.markdown(gated)) == page, (
        "run python -m flows.load.handbook WAREHOUSE"
    )
    told = set(re.findall(r"^### (\w+)$", page, re.MULTILINE))
    made = {
        t
        for (t,) in gated.execute(
            "select distinct table_name from duckdb_columns() where not internal"
        ).fetchall()
    }
    assert made == told


def test_every_comment_is_a_sentence(gated: DuckDBPyConnection) -> None:
    rows = gated.execute(
        "select table_name || '.' || column_name, comment from duckdb_columns() where not internal "
        "union all select table_name, comment from duckdb_tables() union all "
        "select view_name, comment from duckdb_views() where not internal"
    ).fetchall()
    assert len(rows) > 500
    assert [name for name, comment in rows if not comment or not comment.endswith(".")] == []


def test_macros_answer(warehouse: DuckDBPyConnection) -> None:
    ((now,), (then,)) = (
        warehouse.execute(f"select count(*) from obs_as_of(date '{day}')").fetchall()[0]
        for day in ("2026-12-31", "2025-01-01")
    )
    assert now == warehouse.execute("select count(*) from obs where known_to is null").fetchall()[0][0]
    assert 0 < then < now


def test_no_two_members_share_an_sdmx_code(warehouse: DuckDBPyConnection) -> None:
    for table in ("dim_area", "dim_product", "dim_enterprise", "dim_regime", "dim_channel", "dim_flow"):
        twice = f"select sdmx_code, count(*) from {table} group by 1 having count(*) > 1 or sdmx_code is null"
        assert warehouse.execute(twice).fetchall() == [], table
