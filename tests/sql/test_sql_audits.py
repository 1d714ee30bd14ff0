"""Every audit finds what it is there for, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import RefusedError
from flows.load import build, publish
from flows.load.dictionary import scripts
from flows.settings import SQL
from tests.sql import house

CLAIMS = [
    house.claim(100, "100 yuan"),
    house.claim(60, "60 yuan", flow="exports"),
    house.claim(33, "33 yuan", period="2025-03/2025-03"),
]

# what each audit must catch: the break, in SQL
BREAKS = {
    "proof_of_place": (
        "update stg_place set start = start + 1",
        "update stg_numeral set printed = 'x'",
        "update stg_article set text = ''",
    ),
    "nothing_lost": (
        "delete from fct_figure where value = 100",
        "insert into stg_quarantine select figure_id, article_id, 'V1', 'R', '' from fct_figure",
    ),
    "keys_unique": (
        "insert into dim_area from dim_area limit 1",
        "insert into dim_period from dim_period limit 1",
        "insert into dim_article from dim_article",
        "insert into fct_figure from fct_figure limit 1",
    ),
    "relations": (
        "delete from dim_area where area = 'Chongqing'",
        "delete from dim_flow where flow = 'trade'",
        "delete from dim_period",
        "delete from fct_place",
    ),
    "intervals": ("update fct_figure set lo = value + 1", "update fct_figure set hi_tight = hi + 1"),
    "documented": ("comment on table fct_figure is null", "create table extra as select 1 as a"),
    "one_truth_at_a_time": (
        "insert into fct_best from fct_best limit 1",
        "update fct_best set known_to = known_from",
    ),
    "marts_count_once": (
        "insert into mart_annual from mart_annual limit 1",
        "insert into mart_ytd from mart_ytd limit 1",
        "insert into mart_month select * replace (2 as month_from) from mart_month",
    ),
}
CASES = [(name, sql) for name, breaks in BREAKS.items() for sql in breaks]


def test_every_audit_is_broken_here() -> None:
    assert set(scripts(SQL / publish.AUDITS)) == set(BREAKS)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audits")
    con = house.built(folder, [house.article(CLAIMS, url="https://a.example/1")])
    con.execute("checkpoint")
    con.close()
    return folder / ".building" / "customhouse.duckdb"


@pytest.mark.parametrize(("name", "sql"), CASES)
def test_an_audit_refuses(template: Path, tmp_path: Path, name: str, sql: str) -> None:
    import duckdb

    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(template.read_bytes())
    with duckdb.connect(str(copy), config={"storage_compatibility_version": build.STORAGE}) as con:
        publish.audit(con)
        con.execute(sql)
        with pytest.raises(RefusedError) as caught:
            publish.audit(con)
        found = scripts(SQL / publish.AUDITS)[name]
        assert con.execute(f"select * from ({found.select})").fetchall()
    assert "stays as it was" in caught.value.hint
