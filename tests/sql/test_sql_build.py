"""From staged lines to tables: nothing lost, nothing changed, everything documented."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from flows.errors import BuildError
from flows.load import build, dictionary
from flows.settings import SQL
from tests import gold
from tests.sql import house


def test_every_label_arrives(warehouse: DuckDBPyConnection) -> None:
    labels = [json.loads(p.read_text(encoding="utf-8")) for p in gold.PATHS]
    figures = sum(len(label["figures"]) for label in labels)
    articles, facts, held = warehouse.execute(
        "select (select count(*) from stg_article), (select count(*) from fct_figure), "
        "(select count(*) from stg_quarantine)"
    ).fetchall()[0]
    assert articles == len(labels) == 91
    assert figures - 5 <= facts <= figures  # a figure labelled in two entries is one with two places
    assert held == 0
    loose = "select count(*) from stg_numeral where fate = 'figure' and len(figure_ids) = 0"
    assert warehouse.execute(loose).fetchall() == [(0,)]


def test_quote_holds_the_numeral(warehouse: DuckDBPyConnection) -> None:
    query = "select count(*) from fct_figure where not contains(quote, printed) or contains(quote, e'\\n')"
    assert warehouse.execute(query).fetchall() == [(0,)]


def test_tight_interval_is_that_of_the_finest_sibling(tmp_path: Path) -> None:
    claims = [
        house.claim(56_700_000_000, "56.7 billion yuan", product="mobile phones"),
        house.claim(53_030_000_000, "53.03 billion yuan", product="automobiles"),
        house.claim(8_200_000_000_000, "8.2 trillion yuan"),
        house.growth(12, "12%"),
        house.growth(10.2, "10.2%", flow="exports"),
    ]
    con = house.built(tmp_path, [house.article(claims, url="https://a.example/1")])
    rows = con.execute("select printed, lo, lo_tight, hi_tight from fct_figure").fetchall()
    found = {printed: (lo, tight, hi) for printed, lo, tight, hi in rows}
    assert found["56.7 billion yuan"] == (
        Decimal(56_650_000_000),
        Decimal(56_695_000_000),
        Decimal(56_705_000_000),
    )
    assert found["8.2 trillion yuan"][1] == Decimal(8_150_000_000_000)  # another scale is no sibling
    assert found["12%"] == (Decimal("11.5"), Decimal("11.95"), Decimal("12.05"))


HOSTILE = ["'; drop table fct_figure; --", '"quoted"', "=cmd|' /C calc'!A0", "NA", "", "null", "a\tb",
           "渝\U0001f6a2", "{{x}}", "%s", "\\", "a|b", "-- x"]  # fmt: skip


def test_hostile_strings_come_back_unchanged(tmp_path: Path) -> None:
    claims = [
        house.claim(i + 1, f"{i + 1} yuan", reporter=s, partner=s, product=s, channel=s, counted=s)
        for i, s in enumerate(HOSTILE)
    ]
    con = house.built(tmp_path, [house.article(claims, url="https://a.example/'; drop")])
    rows = con.execute(
        "select reporter, partner, product, channel, counted from fct_figure order by value"
    ).fetchall()
    assert rows == [(s,) * 5 for s in HOSTILE]
    assert con.execute("select count(*) from obs").fetchall() == [(len(HOSTILE),)]
    unmapped = con.execute("select area from dim_area where not is_reference and is_reporter").fetchall()
    assert {a for (a,) in unmapped} == set(HOSTILE)


def test_unmapped_names_stay_as_printed(tmp_path: Path) -> None:
    claims = [house.claim(5, "5 yuan", reporter="Atlantis", product="orichalcum", partner="Namibia")]
    con = house.built(tmp_path, [house.article(claims, url="https://a.example/1")])
    assert con.execute("select kind, is_reference from dim_area where area = 'Atlantis'").fetchall() == [
        ("unmapped", False)
    ]
    assert con.execute("select is_reference from dim_product where product = 'orichalcum'").fetchall() == [
        (False,)
    ]
    assert con.execute(
        "select code, iso3166_1, is_reference from dim_area where area = 'Namibia'"
    ).fetchall() == [("NA", "NA", True)]


@pytest.mark.parametrize("value", ["1e30", "0.00000001", "1234567890123456789"])
def test_a_number_that_does_not_fit_waits_in_quarantine(tmp_path: Path, value: str) -> None:
    line = json.loads(
        house.article([house.claim(5, "5 yuan"), house.claim(6, "6 yuan", flow="exports")], url="u")
    )
    line["figures"][0]["value"] = value
    con = house.built(tmp_path, [json.dumps(line)])
    assert con.execute("select value_text, value from stg_figure where value is null").fetchall() == [
        (value, None)
    ]
    assert con.execute("select rule, severity from stg_quarantine").fetchall() == [("fits", "R")]
    assert con.execute("select value from fct_figure").fetchall() == [(Decimal(6),)]
    assert con.execute("from stg_place anti join fct_place using (figure_id)").fetchall()


def test_quarantined_figures_and_articles_stay_out_of_the_facts(tmp_path: Path) -> None:
    lines = [house.article([house.claim(n, f"{n} yuan")], url=f"https://a.example/{n}") for n in (5, 6, 7)]
    ids = [json.loads(line)["article_id"] for line in lines]
    figure = json.loads(lines[0])["figures"][0]["figure_id"]
    held = [
        build.Quarantined(figure, ids[0], "V15", "Q", "why"),
        build.Quarantined(None, ids[1], "V08", "R", "why"),
        build.Quarantined(None, ids[2], "V07", "W", "only a warning"),
    ]
    con = house.built(tmp_path, lines, held=held)
    assert con.execute("select value from fct_figure").fetchall() == [(Decimal(7),)]
    assert con.execute("select count(*) from stg_figure").fetchall() == [(3,)]
    build.quarantine(con, held)
    assert con.execute("select count(*) from stg_quarantine").fetchall() == [(3,)]


def test_nothing_staged_is_an_empty_warehouse(tmp_path: Path) -> None:
    con = house.built(tmp_path, [])
    assert con.execute("select count(*) from fct_figure").fetchall() == [(0,)]
    assert con.execute("select count(*) from dim_area where is_reference").fetchall()[0][0] > 600


def test_one_article_in_two_parts_is_one(tmp_path: Path) -> None:
    line = house.article([house.claim(5, "5 yuan")], url="https://a.example/1")
    parts = [gold.write(tmp_path, [line], name) for name in ("one", "two")]
    con = build.create(tmp_path / "x.duckdb")
    build.stage_tables(con, parts)
    assert con.execute("select count(*) from stg_figure").fetchall() == [(1,)]


@pytest.mark.parametrize("line", ['{"article_id": "1", "figures": [', "[1, 2]", "\x00\x01"])
def test_a_broken_staging_part_says_what_to_do(tmp_path: Path, line: str) -> None:
    good = house.article([house.claim(5, "5 yuan")], url="https://a.example/1")
    with pytest.raises(BuildError) as caught:
        house.built(tmp_path, [good, line])
    assert "delete the staging folder" in caught.value.hint
    assert str(tmp_path) in caught.value.message


def test_an_undocumented_column_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "sql" / "9_x"
    folder.mkdir(parents=True)
    (folder / "fct_x.sql").write_text("-- One x.\nselect\n    1 as a,  -- Said.\n    2 as b\n")
    monkeypatch.setattr(build, "SQL", tmp_path / "sql")
    with pytest.raises(BuildError, match="columns without a comment: b") as caught:
        build.folder(build.create(tmp_path / "x.duckdb"), "9_x")
    assert caught.value.where.endswith("fct_x.sql")


def test_a_circle_of_selects_is_named(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{name}.sql").write_text(f"-- X.\nselect 1 as x from {other}\n")
    with pytest.raises(BuildError, match="circle: a, b"):
        dictionary.in_order(dictionary.scripts(tmp_path))


def test_every_script_is_one_select_with_a_head() -> None:
    folders = [p for p in SQL.iterdir() if p.is_dir()]
    every = [s for f in folders for s in dictionary.scripts(f).values()]
    assert len(every) > 50
    for script in every:
        assert script.head.endswith((".", "?")), script.path
        assert ";" not in dictionary._NOISE.sub("", script.text), script.path
