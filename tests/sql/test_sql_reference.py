"""A reference table that breaks its own rules stops the build and names the row."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import ReferenceTableError
from flows.load import build
from flows.settings import REFERENCE

# file, line added at its end, what the message says
FAULTS = [
    ("reporters", "CN-CQ,Elsewhere,别处,city,CN,,,,,,", "code 'CN-CQ' stands in two rows"),
    ("reporters", "X-1,Chongqing,别处,city,CN,,,,,,", "'Chongqing' names two rows"),
    ("reporters", "X-1,Elsewhere,别处,city,CN,Peking,,,,,", "'Peking' stands for 'CN-BJ' and for 'X-1'"),
    ("reporters", "X-1,Elsewhere,别处,city,NOWHERE,,,,,,", "parent 'NOWHERE' is no row"),
    ("reporters", "X-1,Elsewhere,别处,city,X-1,,,,,,", "run in a circle through 'X-1'"),
    ("partner_groups", "ASEAN,XX,,,", "member 'XX' is no row of partners.csv"),
    ("partner_groups", "NOGROUP,ID,,,", "group 'NOGROUP' is no row of partners.csv"),
    ("partner_groups", "ASEAN,ID,1967-08-08,,", "'ID' is in 'ASEAN' twice"),
]


def folder_with(tmp_path: Path, table: str, row: str) -> tuple[Path, int]:
    for path in REFERENCE.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = tmp_path / f"{table}.csv"
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    path.write_text(text + row + "\n", encoding="utf-8")
    return tmp_path, text.count("\n") + 1


@pytest.mark.parametrize(("table", "row", "says"), FAULTS)
def test_a_faulty_row_stops_the_build(tmp_path: Path, table: str, row: str, says: str) -> None:
    folder, line = folder_with(tmp_path, table, row)
    with pytest.raises(ReferenceTableError) as caught:
        build.stage_tables(build.create(tmp_path / "x.duckdb"), [], reference=folder)
    assert says in str(caught.value)
    assert f"{table}.csv line {line}" in caught.value.where
    assert caught.value.hint


def test_a_circle_of_two_names_its_row(tmp_path: Path) -> None:
    folder, line = folder_with(tmp_path, "products", "x-1,x one,甲,,,,x-2,,\nx-2,x two,乙,,,,x-1,,")
    with pytest.raises(ReferenceTableError, match="circle") as caught:
        build.stage_tables(build.create(tmp_path / "x.duckdb"), [], reference=folder)
    assert caught.value.where == f"products.csv line {line}"


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    folder, _ = folder_with(tmp_path, "regimes", "")
    (folder / "regimes.csv").unlink()
    with pytest.raises(ReferenceTableError, match="no such reference table"):
        build.stage_tables(build.create(tmp_path / "x.duckdb"), [], reference=folder)
