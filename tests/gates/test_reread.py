"""The second reading of a printed numeral, by SQL: what agrees, what differs, what it cannot tell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests import gold

# printed, measure, unit, value, does it re-read
NUMERALS = [
    ("800.68 billion yuan", "value", "CNY", "800680000000", True),
    ("800.68 billion yuan", "value", "CNY", "80068000000", False),
    ("8006.8亿元", "value", "CNY", "800680000000", True),
    ("８００６．８亿元", "value", "CNY", "800680000000", True),
    ("1.2万亿元", "value", "CNY", "1200000000000", True),
    ("6千億美元", "value", "USD", "600000000000", True),
    ("US$1,234.5 million", "value", "USD", "1234500000", True),
    ("57.1\u00a0billion\u00a0euros", "value", "EUR", "57100000000", True),
    ("3.5 lakh crore", "value", "INR", "3500000000000", True),
    ("$4.2bn", "value", "USD", "4200000000", True),
    ("$4.2bn", "value", "USD", "4200000", False),
    ("1 234 567 yuan", "value", "CNY", "1234567", True),
    ("10.2", "value", "CNY", "10200000000", None),
    ("10.2", "value", "CNY", "10300000000", False),
    ("180", "count", "count", "180", True),
    ("63.9万", "count", "count", "639000", True),
    ("12%", "value_yoy", "percent", "-12", True),
    ("-12%", "value_yoy", "percent", "-12", True),
    ("１２％", "share", "percent", "12", True),
    ("12%", "share", "percent", "1.2", False),
    ("1.2倍", "value_yoy", "percent", "120", True),
    ("2倍", "value_yoy", "percent", "100", True),
    ("3 times", "value_yoy", "percent", "200", True),
    ("3 times", "value_yoy", "percent", "250", False),
    ("7成", "share", "percent", "70", True),
    ("0.3 percentage points", "share_change", "pp", "-0.3", True),
    ("七成", "share", "percent", "70", None),
    ("doubled", "value_yoy", "percent", "100", None),
    ("1/3", "share", "percent", "33.333333", None),
    ("5 to 6 percent", "value_yoy", "percent", "5", None),
    ("No. 1", "rank", "rank", "1", None),
]


@pytest.fixture(scope="module")
def verdicts(site: Any) -> dict[str, bool | None]:
    record = json.loads(gold.line(gold.ARTICLES / "en" / "chongqing-2025.json"))
    model = record["figures"][0]
    record["figures"] = [
        {**model, "figure_id": f"{n:016x}", "measure": measure, "unit": unit, "value": value,
         "places": [{"start": 0, "end": 1, "printed": printed}]}
        for n, (printed, measure, unit, value, _) in enumerate(NUMERALS)
    ]  # fmt: skip
    built = site([json.dumps(record)])
    built.make("gate_figure")
    rows = built.con.sql(
        "select figure_id, coalesce(reread_ok, times_ok)::boolean from gate_figure"
    ).fetchall()
    return dict(rows)


@pytest.mark.parametrize("number", range(len(NUMERALS)), ids=[f"{n[0]} {n[3]}" for n in NUMERALS])
def test_rereads(number: int, verdicts: dict[str, bool | None]) -> None:
    assert verdicts[f"{number:016x}"] is NUMERALS[number][4]
