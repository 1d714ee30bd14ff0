"""The twelve questions, each one short SELECT with rows; queries and explanations as they are asked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from flows.errors import UsageError
from flows.load import query
from flows.load.dictionary import Script, scripts
from flows.settings import SQL, Home

QUESTIONS = scripts(SQL / "queries")


@pytest.mark.parametrize("script", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_a_question_is_one_short_select_with_an_answer(warehouse: DuckDBPyConnection, script: Script) -> None:
    assert script.head.endswith("?")
    code = [x for x in script.select.splitlines() if x.strip() and not x.startswith("--")]
    assert len(code) <= 10
    assert query.select(warehouse, script.select).rows


def test_twelve_questions_and_one() -> None:
    assert [name[:2] for name in QUESTIONS] == [f"{n:02d}" for n in range(1, 14)]


def test_known_answers(warehouse: DuckDBPyConnection) -> None:
    totals = query.select(warehouse, QUESTIONS["01_annual_totals"].select)
    assert totals.columns[:3] == ("year", "flow", "billion_yuan")
    assert {(r[0], r[1], r[2]) for r in totals.rows} >= {(2025, "exports", 558.73), (2025, "trade", 800.68)}
    shares = query.select(warehouse, QUESTIONS["04_partner_shares"].select).rows
    assert shares[0] == ("ASEAN", Decimal("16.57"), Decimal("16.566"), Decimal("16.568"))


def test_a_frame_keeps_decimals_exact(warehouse: DuckDBPyConnection) -> None:
    (frame,) = query.frames(
        warehouse, "select value from fct_figure where printed = '800.68 billion yuan' limit 1"
    )
    assert frame["value"][0] == Decimal("800680000000.000000")
    assert isinstance(frame["value"][0], Decimal)


def test_explain_marks_the_numeral(warehouse: DuckDBPyConnection) -> None:
    ids = [
        f
        for (f,) in warehouse.execute(
            "select figure_id from stg_figure using sample 40 (reservoir, 7)"
        ).fetchall()
    ]
    for figure_id in ids:
        told = query.explain(warehouse, figure_id)
        first, last = told.mark
        assert told.sentence[first:last] == told.figure["printed"] == told.places[0][2]
        assert "\n" not in told.sentence
        assert told.best is not None
        assert told.article["url"].startswith("https://gold.example/")
    short = query.explain(warehouse, ids[0][:12])
    assert short.figure["figure_id"] == ids[0]


@pytest.mark.parametrize("figure_id", ["", "a", "zzzz", "'; drop table fct_figure; --"])
def test_explain_refuses_what_names_no_figure(warehouse: DuckDBPyConnection, figure_id: str) -> None:
    with pytest.raises(UsageError):
        query.explain(warehouse, figure_id)


@pytest.mark.parametrize(
    "sql",
    ["selekt 1", "select * from nowhere", "create table x as select 1", "delete from fct_figure",
     "select * from read_csv('/etc/passwd')", "copy fct_figure to '/tmp/x.csv'", "attach '/tmp/y.duckdb'",
     "set enable_external_access = true", "install httpfs"],
)  # fmt: skip
def test_a_query_can_only_read_the_warehouse(warehouse: DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(UsageError) as caught:
        query.select(warehouse, sql)
    assert caught.value.hint


def test_no_warehouse_yet(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no warehouse yet"):
        query.connect(Home(tmp_path).database)


@pytest.mark.parametrize(
    ("text", "start", "end", "sentence"),
    [
        ("So. It rose 12%. Then fell.", 12, 15, "It rose 12%."),
        ("Goods of U.S. dollars 5.2 billion. More", 22, 25, "Goods of U.S. dollars 5.2 billion."),
        ("一、出口5亿元。进口3亿元！", 4, 7, "一、出口5亿元。"),
        ("Title 5%\nBody", 6, 8, "Title 5%"),
        ("5", 0, 1, "5"),
    ],
)
def test_sentence(text: str, start: int, end: int, sentence: str) -> None:
    first, last = query.sentence_span(text, start, end)
    assert text[first:last] == sentence
