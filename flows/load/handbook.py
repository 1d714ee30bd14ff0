"""The data dictionary as Markdown: what ``sql/README.md`` says of every column comes from the file itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settings import SQL

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

START, END = "<!-- tables: made by python -m flows.load.handbook WAREHOUSE -->", "<!-- end of tables -->"
_ORDER = ("stg", "dim", "bridge", "fct", "mart", "obs", "trade", "sdmx", "meta")


def markdown(con: DuckDBPyConnection) -> str:
    """Return a section for every table and view of a published file, staging first."""
    comments = dict(con.execute(
        "select table_name, comment from duckdb_tables() where not temporary "
        "union all select view_name, comment from duckdb_views() where not internal"
    ).fetchall())  # fmt: skip
    columns: dict[str, list[tuple[str, str, str]]] = {}
    for table, *column in con.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() where not internal "
        "order by table_name, column_index"
    ).fetchall():
        columns.setdefault(table, []).append((column[0], column[1], column[2]))
    out = []
    for name in sorted(comments, key=lambda n: (_ORDER.index(n.partition("_")[0]), n)):
        out.append(f"### {name}\n\n{comments[name]}\n\n| column | type | meaning |\n| --- | --- | --- |")
        out += [f"| `{c}` | {t.lower()} | {_cell(text)} |" for c, t, text in columns[name]]
        out.append("")
    return "\n".join(out)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def written(page: str, tables: str) -> str:
    """Return a page with the part between the two marks replaced."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{tables}\n{END}{after}"


def main() -> None:
    """Rewrite ``sql/README.md`` from the warehouse file named on the command line."""
    from flows.load.query import connect

    page = SQL / "README.md"
    with connect(Path(sys.argv[1])) as con:
        page.write_text(written(page.read_text(encoding="utf-8"), markdown(con)), encoding="utf-8")


if __name__ == "__main__":
    main()
