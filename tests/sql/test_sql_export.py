"""What leaves the house: readable elsewhere, equal to the warehouse, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from flows.errors import UsageError
from flows.load import export
from flows.load.dictionary import scripts
from flows.settings import SQL, Home
from tests.sql import house


@pytest.fixture(scope="module")
def exported(gold_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "release 'one'"
    with export.opened(gold_home.database) as con:
        files = export.export(con, folder)
    assert {f.relative_to(folder).parts[0] for f in files} == {
        "parquet",
        "lake",
        "csv",
        "datapackage.json",
        "sdmx_obs.csv",
    }
    return folder


@pytest.mark.parametrize(
    "table", ["fct_figure", "fct_best", "obs", "trade", "dim_area", "mart_annual", "fct_derived"]
)
def test_parquet_and_csv_hold_the_same_rows(gold_home: Home, exported: Path, table: str) -> None:
    with duckdb.connect(str(gold_home.database), read_only=True) as con:
        path = str(exported / "parquet" / f"{table}.parquet").replace("'", "''")
        lost = con.execute(f"select count(*) from (from {table} except all from '{path}')").fetchall()
        assert lost == [(0,)]
        count = con.execute(f"select count(*) from {table}").fetchall()[0][0]
    with (exported / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        assert sum(1 for _ in csv.reader(handle)) == count + 1


def test_the_data_package_describes_every_file(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["path"] for r in package["resources"]} == {
        f"csv/{p.name}" for p in (exported / "csv").iterdir()
    }
    for resource in package["resources"]:
        with (exported / resource["path"]).open(encoding="utf-8", newline="") as handle:
            header = next(csv.reader(handle))
        assert [f["name"] for f in resource["schema"]["fields"]] == header
        assert resource["description"]
        assert all(f["description"] and f["type"] for f in resource["schema"]["fields"])


def test_sdmx(exported: Path) -> None:
    with (exported / "sdmx_obs.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    attributes = {
        *("OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "DECIMALS", "OBS_LOWER", "OBS_UPPER"),
        *("SOURCE_URL", "SOURCE_QUOTE", "VALID_FROM", "FIGURE_ID"),
    }
    keys = [k for k in rows[0] if k not in attributes]
    twice = [k for k, n in Counter(tuple(r[k] for k in keys) for r in rows).items() if n > 1]
    assert twice == []
    assert len(rows) > 2000
    whole = {
        "REF_AREA": "CN-CQ",
        "COUNTERPART_AREA_1": "W0",
        "TRADE_FLOW": "T",
        "COMMODITY_1": "TOTAL",
        "TIME_PERIOD": "2025",
        "UNIT_MEASURE": "CNY",
        "OBS_STATUS": "A",
        "ACTIVITY": "_T",
        "CUSTOMS_PROC": "_T",
        "TRANSPORT_MODE_BORDER": "_T",
    }
    total = [r for r in rows if whole.items() <= r.items()]
    assert [(r["FREQ"], float(r["OBS_VALUE"])) for r in total] == [("A", 800_680_000_000)]
    assert {r["STRUCTURE_ID"] for r in rows} == {"CUSTOMHOUSE:OBS(1.0)"}


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    bad = ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1"]
    claims = [house.claim(i + 1, f"{i + 1} yuan", product=b, reporter=b) for i, b in enumerate(bad)]
    house.published(tmp_path / "home", [house.article(claims, url="=HYPERLINK(1)")])
    with export.opened(Home(tmp_path / "home").database) as con:
        files = export.export(con, tmp_path / "out", ("csv", "sdmx"))
    cells = []
    for path in files:
        with path.open(encoding="utf-8", newline="") as handle:
            cells += [c for row in csv.reader(handle) for c in row]
    numbers = [c for c in cells if c[:1] == "-" and c[1:].replace(".", "").isdigit()]
    runs = [c for c in cells if c[:1] in "=+-@\t\r" and c and c not in numbers]
    assert runs == []
    assert {f"'{b}" for b in bad} <= set(cells)


def test_a_full_folder_and_an_unknown_format_are_refused(gold_home: Home, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with export.opened(gold_home.database) as con:
        with pytest.raises(UsageError, match="not empty"):
            export.export(con, tmp_path)
        with pytest.raises(UsageError, match="unknown format 'xls'"):
            export.export(con, tmp_path / "new", ("xls",))
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_the_twelve_questions_have_equal_answers_on_partitioned_parquet(
    gold_home: Home, exported: Path
) -> None:
    lake = exported / "lake"
    assert len(list((lake / "fct_figure").glob("period_year=*/*.parquet"))) > 3
    macro = scripts(SQL / "4_marts")["obs_as_of"]
    with duckdb.connect(str(gold_home.database), read_only=True) as whole, duckdb.connect() as parts:
        for table in lake.iterdir():
            files = str(table / "**" / "*.parquet").replace("'", "''")
            parts.execute(
                f"create view {table.name} as from read_parquet('{files}', hive_partitioning = true)"
            )
        parts.execute(f"create macro obs_as_of({macro.parameters}) as table {macro.select}")
        for name, script in scripts(SQL / "queries").items():
            answer = whole.execute(script.select).fetchall()
            assert Counter(answer) == Counter(parts.execute(script.select).fetchall()), name
            assert answer, name
