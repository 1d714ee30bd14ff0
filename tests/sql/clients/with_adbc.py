"""The warehouse through ADBC, as Arrow tables."""

import json
import sys
from pathlib import Path

import _duckdb  # the driver is the module's own library
import adbc_driver_manager.dbapi as adbc

options = {"path": sys.argv[1], "access_mode": "READ_ONLY"}
with adbc.connect(driver=_duckdb.__file__, entrypoint="duckdb_adbc_init", db_kwargs=options) as con:
    cursor = con.cursor()
    cursor.execute("select table_name, comment from duckdb_tables()")
    tables = dict(cursor.fetchall())
    answers = []
    for question in sys.argv[2:]:
        cursor.execute(Path(question).read_text())
        columns = cursor.fetch_arrow_table().to_pydict().values()
        answers.append([list(row) for row in zip(*columns, strict=True)])
print(json.dumps({"tables": tables, "answers": answers}, default=str))
