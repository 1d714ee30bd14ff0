"""What the seed article does not print, as worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from tests import gold
from tests.sql import house

BN = 10**9
YEAR, BEFORE = "2025-01/2025-12", "2024-01/2024-12"


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> DuckDBPyConnection:
    (path,) = [p for p in gold.PATHS if p.parent.name == "seed"]
    return house.built(tmp_path_factory.mktemp("seed"), gold.lines([path]))


# rule, flow, product, partner, period, measure, scale, lo, hi as worked out by hand
BY_HAND = [
    ("missing_flow", "imports", "all", "World", YEAR, "value", BN, 241.940, 241.960),
    ("missing_flow", "balance", "all", "World", YEAR, "value", BN, 316.765, 316.795),
    ("whole_from_share", "exports", "notebook computers", "World", YEAR, "value", BN, 502.96, 504.66),
    ("share_of_levels", "exports", "notebook computers", "World", YEAR, "share", 1, 27.23, 27.23),
    ("share_of_levels", "exports", "mobile phones", "World", YEAR, "share", 1, 10.14, 10.16),
    ("share_of_levels", "trade", "all", "ASEAN", YEAR, "share", 1, 16.566, 16.568),
    ("share_of_levels", "trade", "all", "EU", YEAR, "share", 1, 13.518, 13.519),
    ("prior_level", "exports", "all", "World", BEFORE, "value", BN, 506.78, 507.25),
]


@pytest.mark.parametrize(
    ("rule", "flow", "product", "partner", "period", "measure", "scale", "lo", "hi"), BY_HAND
)
def test_by_hand(
    seed: DuckDBPyConnection, rule: str, flow: str, product: str, partner: str, period: str, measure: str,
    scale: int, lo: float, hi: float,
) -> None:  # fmt: skip
    rows = seed.execute(
        "select value, lo, hi, inputs from fct_derived where rule = ? and flow = ? and product = ? "
        "and partner = ? and period = ? and measure = ? and enterprise = 'all'",
        [rule, flow, product, partner, period, measure],
    ).fetchall()
    ((value, low, high, inputs),) = rows
    digits = len(str(lo).partition(".")[2])
    assert low <= value <= high
    assert round(float(low) / scale, digits) == lo
    assert round(float(high) / scale, digits) == hi
    known = {f for (f,) in seed.execute("select figure_id from fct_figure").fetchall()}
    assert set(inputs) <= known
    assert len(inputs) == 2


def test_every_derived_value_lies_in_its_interval(warehouse: DuckDBPyConnection) -> None:
    bad = "select count(*) from fct_derived where not (lo <= value and value <= hi)"
    assert warehouse.execute(bad).fetchall() == [(0,)]
    rules = {r for (r,) in warehouse.execute("select distinct rule from fct_derived").fetchall()}
    assert rules == {
        "prior_level", "missing_flow", "month_from_ytd", "quarter_from_ytd", "half_from_ytd",
        "share_of_levels", "contribution_of_levels", "gap_of_growths", "ratio_of_levels",
        "whole_from_share", "part_from_share",
        "rate_of_values",
    }  # fmt: skip


def ytd(value: int, text: str, last: int, **fields: object) -> dict[str, object]:
    return house.claim(value * BN, text, period=f"2025-01/2025-{last:02d}", **fields)


def test_months_quarters_and_the_two_first_months(tmp_path: Path) -> None:
    claims = [ytd(20, "20 billion yuan", 2), ytd(33, "33 billion yuan", 3), ytd(70, "70 billion yuan", 6),
              ytd(81, "81 billion yuan", 7), ytd(150, "150 billion yuan", 12)]  # fmt: skip
    con = house.built(tmp_path, [house.article(claims, url="https://a.example/1")])
    rows = con.execute("select rule, period, value / 1e9, lo / 1e9, hi / 1e9 from fct_derived "
                       "where rule like '%ytd' order by period").fetchall()  # fmt: skip
    assert rows == [
        ("month_from_ytd", "2025-03/2025-03", 13, 12, 14),
        ("quarter_from_ytd", "2025-04/2025-06", 37, 36, 38),
        ("month_from_ytd", "2025-07/2025-07", 11, 10, 12),
        ("half_from_ytd", "2025-07/2025-12", 80, 79, 81),
    ]
    months = con.execute(
        "select period, how, months, value / 1e9, value_per_month / 1e9 from mart_month"
    ).fetchall()
    assert months == [
        ("2025-01/2025-02", "reported", 2, 20, 10),
        ("2025-03/2025-03", "difference", 1, 13, 13),
        ("2025-07/2025-07", "difference", 1, 11, 11),
    ]
    cuts = con.execute("select month_to, value / 1e9 from mart_ytd order by 1").fetchall()
    assert cuts == [(2, 20), (3, 33), (6, 70), (7, 81), (12, 150)]
    assert con.execute("select year, value / 1e9 from mart_annual").fetchall() == [(2025, 150)]


def test_revision_of_a_published_base(tmp_path: Path) -> None:
    before = house.article([house.claim(715_420_000_000, "715.42 billion yuan", period=BEFORE)],
                           url="https://a.example/1", published="2025-01-20")  # fmt: skip
    after = house.article([house.claim(800_680_000_000, "800.68 billion yuan"), house.growth(12.0, "12.0%")],
                          url="https://a.example/2")  # fmt: skip
    con = house.built(tmp_path, [before, after])
    ((lo, hi, pct, verdict),) = con.execute(
        "select implied_lo / 1e9, implied_hi / 1e9, revision_pct, verdict from fct_revision"
    ).fetchall()
    assert (round(lo, 2), round(hi, 2)) == (714.57, 715.22)
    assert -0.12 < pct < -0.03
    assert verdict == "revised"


def test_a_conflict_is_no_input(tmp_path: Path) -> None:
    lines = [
        house.article(
            [house.claim(100, "100 yuan"), house.claim(60, "60 yuan", flow="exports")],
            url="https://a.example/1",
        ),
        house.article([house.claim(200, "200 yuan")], url="https://b.example/1"),
    ]
    con = house.built(tmp_path, lines)
    assert con.execute("select count(*) from fct_derived").fetchall() == [(0,)]


def test_exchange_rate_of_a_bracketed_amount(tmp_path: Path) -> None:
    claims = [house.claim(715_420_000_000, "715.42 billion yuan"),
              house.claim(98_180_000_000, "98.18 billion dollars", unit="USD", bound="~")]  # fmt: skip
    con = house.built(tmp_path, [house.article(claims, url="https://a.example/1")])
    ((value, unit),) = con.execute(
        "select value, unit from fct_derived where rule = 'rate_of_values'"
    ).fetchall()
    assert unit == "CNY/USD"
    assert abs(value - Decimal("7.287")) < Decimal("0.001")
