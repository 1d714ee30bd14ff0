"""The warehouse: from staging parts to a published DuckDB file (the only duckdb)."""
