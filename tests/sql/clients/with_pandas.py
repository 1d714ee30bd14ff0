"""The warehouse as pandas frames; DuckDB turns decimals into floats here."""

import json
import sys
from pathlib import Path

import duckdb

with duckdb.connect(sys.argv[1], read_only=True) as con:
    tables = con.sql("select table_name, comment from duckdb_tables()").df()
    frames = [con.sql(Path(q).read_text()).df() for q in sys.argv[2:]]
answers = [f.astype(object).where(f.notna(), None).to_numpy().tolist() for f in frames]
print(json.dumps({"tables": dict(tables.to_numpy().tolist()), "answers": answers}, default=str))
