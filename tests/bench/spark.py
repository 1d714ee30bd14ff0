"""The questions of ``sql/queries`` on partitioned Parquet: Apache Spark's answers against DuckDB's.

    customhouse export OUT --format lake --home HOME
    python tests/bench/spark.py HOME/customhouse.duckdb OUT/lake

Spark needs Java 17. It stands in an environment of its own beside DuckDB:

    uv venv spark --python 3.11 && uv pip install --python spark/bin/python pyspark 'duckdb>=2.0'
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[2]


def plain(row: Any) -> tuple[Any, ...]:
    """Return a row without the differences of the two engines' number types."""
    return tuple(round(float(v), 6) if isinstance(v, int | float | Decimal) else str(v) for v in row)


def dialect(sql: str) -> str:
    """Return a question in Spark's words: no macro of a table, no subquery inside a filter, no QUALIFY."""
    sql = re.sub(
        r"obs_as_of\((date '[\d-]+')\)",
        r"(select * from obs where known_from <= \1 and (known_to is null or known_to > \1))",
        sql,
    )
    sql = re.sub(
        r"from bridge_area_group\nwhere",
        "from bridge_area_group "
        "left join (select distinct partner from obs where reporter = 'China') as known "
        "on known.partner = member_area\nwhere",
        sql,
    )
    sql = re.sub(
        r"filter \(where member_area in \(select[^)]*\)\)", "filter (where known.partner is not null)", sql
    )
    found = re.search(r"(^from [\s\S]*)^qualify (row_number\(\).*) = 1$", sql, re.MULTILINE)
    if found:
        body, number = found.groups()
        sql = sql.replace(found.group(), f"from (select *, {number} as nth {body}) where nth = 1")
    return sql


def main(database: Path, lake: Path) -> None:
    """Ask both, print the seconds of Spark, and end with 1 where an answer differs."""
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    for table in sorted(lake.iterdir()):
        spark.read.parquet(str(table)).createOrReplaceTempView(table.name)
    differ = 0
    with duckdb.connect(str(database), read_only=True) as con:
        for path in sorted((ROOT / "sql" / "queries").glob("*.sql")):
            sql = path.read_text(encoding="utf-8")
            wanted = con.execute(sql).fetchall()
            start = time.perf_counter()
            found = spark.sql(dialect(sql)).collect()
            took = time.perf_counter() - start
            same = Counter(map(plain, wanted)) == Counter(map(plain, found))
            differ += not same
            print(
                f"{took:6.2f} s {len(found):5} rows  {'equal' if same else 'DIFFERS'}  {path.stem}",
                flush=True,
            )
    spark.stop()
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
