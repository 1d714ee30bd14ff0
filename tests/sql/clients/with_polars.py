"""The warehouse as polars frames; decimals stay decimals."""

import json
import sys
from pathlib import Path

import duckdb
import polars as pl

with duckdb.connect(sys.argv[1], read_only=True) as con:
    tables = pl.read_database("select table_name, comment from duckdb_tables()", con)
    frames = [con.sql(Path(q).read_text()).pl() for q in sys.argv[2:]]
answers = [[list(row) for row in frame.rows()] for frame in frames]
print(json.dumps({"tables": dict(tables.rows()), "answers": answers}, default=str))
