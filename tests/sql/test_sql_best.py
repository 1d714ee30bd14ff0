"""Best knowledge of a number: agreement, priorities, knowledge intervals, copies, and no matter the order."""

from __future__ import annotations

import datetime as dt
import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from flows.errors import ReferenceTableError
from flows.record import CELL_FIELDS, canonical_json
from flows.settings import REFERENCE
from tests import gold
from tests.sql import house

SELECT = (
    "select value, bound, lo, hi, agreement, n_statements, n_releases, known_from, known_to, vintage "
    "from fct_best where measure = 'value' and flow = 'trade' and product = 'all' and unit = 'CNY' "
    "order by known_from"
)
DAY = dt.date(2026, 1, 20)


def best(con: DuckDBPyConnection) -> list[dict[str, object]]:
    names = SELECT.removeprefix("select ").split(" from ")[0].split(", ")
    return [dict(zip(names, row, strict=True)) for row in con.execute(SELECT).fetchall()]


def say(number: int, value: object, text: str, **said: str) -> str:
    return house.article([house.claim(value, text)], url=f"https://site{number}.example/a", **said)


def test_one_statement_is_single(tmp_path: Path) -> None:
    (row,) = best(house.built(tmp_path, [say(1, 800_680_000_000, "800.68 billion yuan")]))
    assert row["agreement"] == "single"
    assert (row["lo"], row["hi"]) == (Decimal(800_675_000_000), Decimal(800_685_000_000))
    assert (row["known_from"], row["known_to"]) == (DAY, None)


def test_independent_releases_agree_and_narrow_one_another(tmp_path: Path) -> None:
    lines = [say(1, 800_700_000_000, "800.7 billion yuan"), say(2, 800_680_000_000, "800.68 billion yuan")]
    (row,) = best(house.built(tmp_path, lines))
    assert (row["agreement"], row["n_statements"], row["n_releases"]) == ("agree", 2, 2)
    assert row["value"] == Decimal(800_680_000_000)  # the narrower one wins
    assert (row["lo"], row["hi"]) == (Decimal(800_675_000_000), Decimal(800_685_000_000))


def test_disjoint_prints_are_a_conflict_and_the_better_source_is_shown(tmp_path: Path) -> None:
    lines = [
        house.article([house.claim(900_000_000_000, "900.00 billion yuan")], url="https://blog.example/1"),
        house.article(
            [house.claim(800_700_000_000, "800.7 billion yuan")], url="https://www.customs.gov.cn/1"
        ),
    ]
    con = house.built(tmp_path, lines)
    (row,) = best(con)
    assert (row["agreement"], row["value"]) == ("conflict", Decimal(800_700_000_000))
    conflict = con.execute(
        "select low_value, low_url, high_value, high_url, gap from fct_conflict"
    ).fetchall()
    assert conflict == [(Decimal(800_700_000_000), "https://www.customs.gov.cn/1", Decimal(900_000_000_000),
                         "https://blog.example/1", Decimal("99245000000"))]  # fmt: skip


def test_a_true_bound_is_no_conflict_and_a_false_one_is(tmp_path: Path) -> None:
    exact = say(1, 800_680_000_000, "800.68 billion yuan")
    over = {"bound": ">"}
    loose = house.article(
        [house.claim(200_000_000_000, "200 billion yuan", **over)], url="https://b.example/1"
    )
    false = house.article(
        [house.claim(900_000_000_000, "900 billion yuan", **over)], url="https://b.example/2"
    )
    (row,) = best(house.built(tmp_path / "true", [exact, loose]))
    assert (row["agreement"], row["value"]) == ("agree", Decimal(800_680_000_000))
    (row,) = best(house.built(tmp_path / "false", [exact, false]))
    assert (row["agreement"], row["value"]) == ("conflict", Decimal(800_680_000_000))


def test_later_news_closes_the_row_before(tmp_path: Path) -> None:
    lines = [
        say(1, 800_700_000_000, "800.7 billion yuan"),
        say(2, 800_680_000_000, "800.68 billion yuan", published="2026-02-03"),
    ]
    con = house.built(tmp_path, lines)
    first, second = best(con)
    assert (first["value"], first["known_to"]) == (Decimal(800_700_000_000), dt.date(2026, 2, 3))
    assert (second["known_from"], second["known_to"], second["n_statements"]) == (
        dt.date(2026, 2, 3),
        None,
        2,
    )
    for day, value in (("2026-01-19", None), ("2026-01-20", 800_700_000_000), ("2026-02-02", 800_700_000_000),
                       ("2026-02-03", 800_680_000_000)):  # fmt: skip
        rows = con.execute(f"select value from obs_as_of(date '{day}')").fetchall()
        assert rows == ([(Decimal(value),)] if value else [])


def test_a_publisher_may_revise_its_own_number(tmp_path: Path) -> None:
    lines = [
        say(1, 631_700_000_000, "631.7 billion yuan", publisher="Daily"),
        say(2, 613_700_000_000, "613.7 billion yuan", publisher="Daily", published="2026-01-22"),
    ]
    first, second = best(house.built(tmp_path, lines))
    assert (first["value"], first["agreement"]) == (Decimal(631_700_000_000), "single")
    assert (second["value"], second["agreement"], second["vintage"]) == (
        Decimal(613_700_000_000),
        "single",
        1,
    )


def test_a_changed_page_revises_itself(tmp_path: Path) -> None:
    """A page that changed keeps its date: what it says now was known when it was fetched."""
    first, second = (
        {
            **json.loads(say(1, n, f"{n // 10**8 / 10} billion yuan")),
            "fetched_at": f"2026-0{month}-21T09:00:00+00:00",
        }
        for n, month in ((631_700_000_000, 1), (613_700_000_000, 3))
    )
    con = house.built(tmp_path, [json.dumps(second), json.dumps(first)])
    old, new = best(con)
    assert (old["value"], old["known_from"], old["known_to"]) == (
        Decimal(631_700_000_000),
        DAY,
        dt.date(2026, 3, 21),
    )
    assert (new["value"], new["agreement"], new["vintage"]) == (Decimal(613_700_000_000), "single", 1)
    assert con.execute("select version from dim_article order by fetched_at").fetchall() == [(1,), (2,)]
    assert con.execute("select count(*) from fct_conflict").fetchall() == [(0,)]


def _copies() -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    claims = [house.claim(10**9 * n, f"{n} billion yuan", product=f"thing {n}") for n in range(11, 31)]
    claims.append(house.claim(800_680_000_000, "800.68 billion yuan"))
    return claims, claims[1:]


def test_copies_and_translations_are_one_release(tmp_path: Path) -> None:
    claims, nearly = _copies()
    lines = [
        house.article(claims, url="https://a.example/1", published="2026-01-20"),
        house.article(claims, url="https://b.example/1", published="2026-01-21", lang="zh"),
        house.article(nearly, url="https://c.example/1", published="2026-01-22"),
        house.article(claims[:5] + claims[-1:], url="https://d.example/1", published="2026-01-22"),
        house.article(claims[5:], url="https://e.example/1", published="2026-01-23"),
    ]
    con = house.built(tmp_path, lines)
    releases = dict(con.execute("select url, release_id from dim_article").fetchall())
    copies = {releases[f"https://{s}.example/1"] for s in "abce"}
    assert len(copies) == 1
    assert copies != {releases["https://d.example/1"]}
    first = con.execute("select article_id from dim_article where url = 'https://a.example/1'").fetchall()[0][
        0
    ]
    assert copies == {first}
    row = best(con)[-1]
    assert (row["agreement"], row["n_statements"], row["n_releases"]) == ("agree", 5, 2)


def test_forecasts_are_rows_of_their_own(tmp_path: Path) -> None:
    lines = [
        say(1, 800_680_000_000, "800.68 billion yuan"),
        house.article(
            [house.claim(850_000_000_000, "850 billion yuan", stance="forecast")], url="https://b.example/1"
        ),
    ]
    con = house.built(tmp_path, lines)
    assert [r["agreement"] for r in best(con)] == ["single", "single"]
    assert con.execute("select value from trade").fetchall() == [(Decimal(800_680_000_000),)]


def test_growth_in_two_currencies_is_two_numbers(tmp_path: Path) -> None:
    yuan = house.article([house.claim(5, "5 yuan"), house.growth(5.0, "5.0%")], url="https://a.example/1")
    dollars = house.article(
        [house.claim(1, "1 dollar", unit="USD"), house.growth(3.8, "3.8%")], url="https://b.example/1"
    )
    con = house.built(tmp_path, [yuan, dollars])
    rows = con.execute(
        "select growth_currency, value, agreement from fct_best where measure = 'value_yoy' order by 1"
    ).fetchall()
    assert rows == [("CNY", Decimal(5), "single"), ("USD", Decimal("3.8"), "single")]


def test_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    lines = list(gold.lines())
    query = "select * from fct_best order by cell_id, known_from"
    answers = []
    for seed in range(2):
        random.Random(seed).shuffle(lines)
        con = house.built(tmp_path / str(seed), lines)
        answers.append(con.execute(query).fetchall())
        con.close()
    assert answers[0] == answers[1]
    assert len(answers[0]) > 2000


def ledger(tmp_path: Path, expect: int) -> Path:
    folder = tmp_path / "reference"
    folder.mkdir()
    for path in REFERENCE.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    cell = "Chongqing,,trade,,2025-01/2025-12,value,CNY"
    row = f"https://site1.example/a,{cell},{expect},scale slip,share says so,open\n"
    with (folder / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    return folder


def test_a_known_misprint_never_wins(tmp_path: Path) -> None:
    lines = [
        say(1, 8_006_800_000_000, "8006.8 billion yuan"),
        say(2, 800_680_000_000, "800.68 billion yuan"),
    ]
    con = house.built(tmp_path, lines, reference=ledger(tmp_path, 8_006_800_000_000))
    (row,) = best(con)
    assert (row["value"], row["agreement"]) == (Decimal(800_680_000_000), "single")
    assert con.execute("select what, expect from fct_correction").fetchall() == [
        ("scale slip", "8006800000000")
    ]
    assert con.execute("select count(*) from fct_figure").fetchall() == [(2,)]


def test_a_mended_source_asks_for_its_row_to_go(tmp_path: Path) -> None:
    lines = [say(1, 800_680_000_000, "800.68 billion yuan")]
    with pytest.raises(ReferenceTableError, match="mended") as caught:
        house.built(tmp_path, lines, reference=ledger(tmp_path, 8_006_800_000_000))
    assert caught.value.where == "corrections.csv, https://site1.example/a"
    assert "remove the row" in caught.value.hint


def test_a_republication_with_a_changed_number_is_no_confirmation(warehouse: DuckDBPyConnection) -> None:
    names = "('ningxia-2025-aug', 'ningxia-2025-aug-repost')"
    releases = f"select count(distinct release_id) from dim_article where name in {names}"
    assert warehouse.execute(releases).fetchall() == [(1,)]
    exports = "reporter = 'Ningxia' and flow = 'exports' and unit = 'CNY'"
    conflict = f"select low_value, high_value from fct_conflict where {exports}"
    assert warehouse.execute(conflict).fetchall() == [(Decimal(11_260_000_000), Decimal(11_620_000_000))]


def test_obs_says_what_the_labels_say(warehouse: DuckDBPyConnection) -> None:
    """Every label is a row of obs, field by field, but where another statement of the same number wins."""
    columns = (
        *CELL_FIELDS,
        "measure",
        "unit",
        "value",
        "bound",
        "stance",
        "basis",
        "counted",
        "rank_by",
        "of_cell",
    )
    rows = warehouse.execute(f"select {', '.join(columns)}, n_statements from obs").fetchall()
    told = {row[:-1] for row in rows}
    weighed = {row[:10] for row in rows if row[-1] > 1}
    missing = []
    for path in gold.PATHS:
        label = json.loads(path.read_text(encoding="utf-8"))
        for one in label["figures"]:
            figure = gold.figure(one, path.with_suffix(".txt").read_text(encoding="utf-8"))
            cell = tuple(getattr(figure.cell, name) for name in CELL_FIELDS)
            of = canonical_json(dict(figure.of)) if figure.of else None
            said = (figure.bound, figure.stance, figure.basis, figure.counted, figure.by, of)
            row = (*cell, figure.measure, figure.unit, figure.value, *said)
            if row not in told and row[:10] not in weighed:
                missing.append((path.stem, row))
    assert missing == []
    assert len(told) > 2000
