"""A smaller copy of a published file for a browser: facts, dimensions, marts, views and macros, no texts.

Of the checks, those that hold are left out: they are most of them, and a browser loads every byte.
"""

from __future__ import annotations

from pathlib import Path

from flows.load.build import STORAGE

__all__ = ["portable"]

# what holds whole texts, or repeats what fct_figure says; none of it is needed to ask questions
LEFT_OUT = ("stg_", "fct_place", "fct_numeral")


def portable(database: Path, target: Path) -> None:
    """Write the copy to ``target``, which must not exist; any DuckDB from 1.4.0 on opens it."""
    import duckdb

    with duckdb.connect(config={"autoinstall_known_extensions": False}) as con:
        con.execute(f"attach {_quoted(database)} as src (read_only)")
        con.execute(f"attach {_quoted(target)} as dst (storage_version '{STORAGE}')")
        for (name,) in con.execute(
            "select table_name from duckdb_tables() where database_name = 'src' and not temporary order by 1"
        ).fetchall():
            if not name.startswith(LEFT_OUT):
                found = " where verdict <> 'holds'" if name == "fct_check" else ""
                con.execute(f'create table dst.main."{name}" as from src.main."{name}"{found}')
        views = con.execute(
            "select view_name, sql from duckdb_views() where database_name = 'src' and not internal"
        ).fetchall()
        macros = con.execute(
            "select function_name, parameters, macro_definition from duckdb_functions() "
            "where database_name = 'src' and function_type = 'table_macro' and not internal"
        ).fetchall()
        con.execute("use dst")
        _in_order(con.execute, dict(views))
        for name, parameters, body in macros:
            con.execute(f'create macro "{name}"({", ".join(parameters)}) as table {body}')
        con.execute("use memory")
        con.execute("checkpoint dst")
        con.execute("detach dst")


def _in_order(run: object, views: dict[str, str]) -> None:
    """Make the views that read other views after them."""
    import duckdb

    assert callable(run)
    left = dict(views)
    while left:
        before = len(left)
        for name, sql in list(left.items()):
            try:
                run(sql)
            except duckdb.CatalogException:
                continue
            del left[name]
        if len(left) == before:
            run(next(iter(left.values())))


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
