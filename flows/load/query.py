"""Reading a warehouse: rows of a SELECT, frames for the gates, and all there is to say of one figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where one figure comes from. ``sentence[mark[0]:mark[1]]`` is the numeral as printed."""

    figure: dict[str, Any]
    article: dict[str, Any]
    sentence: str
    mark: tuple[int, int]
    places: list[tuple[int, int, str]]
    quarantine: list[tuple[str, str, str]]
    checks: list[dict[str, Any]]
    best: dict[str, Any] | None
    others: list[dict[str, Any]]


def connect(database: Path) -> DuckDBPyConnection:
    """Open a published file for reading only, with no way to other files; raise UsageError without one."""
    import duckdb

    if not database.exists():
        raise UsageError("there is no warehouse yet", where=str(database), hint="run `customhouse run` first")
    con = duckdb.connect(str(database), read_only=True, config={"autoinstall_known_extensions": False})
    con.execute("set timezone = 'UTC'")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def select(con: DuckDBPyConnection, sql: str, values: list[Any] | None = None) -> Rows:
    """Return the rows of one SELECT; raise UsageError with DuckDB's own words where it fails."""
    import duckdb

    try:
        found = con.execute(sql, values or [])
        described = found.description or []
        return Rows(tuple(d[0] for d in described), tuple(str(d[1]) for d in described), found.fetchall())
    except duckdb.Error as error:
        raise UsageError(
            str(error), where="query", hint="`customhouse query 'show tables'` lists what there is"
        ) from error


def frames(con: DuckDBPyConnection, sql: str, rows: int = 200_000) -> Iterator[Any]:
    """Yield the pandas frames of a SELECT, ``rows`` rows each, so that no large table is held whole.

    Decimals stay exact ``Decimal`` objects, never floats.
    """
    for batch in con.sql(sql).to_arrow_reader(rows):
        yield batch.to_pandas()


def parquet(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT over one Parquet file, which stands in it as ``?``."""
    import duckdb

    with duckdb.connect(config={"autoinstall_known_extensions": False}) as con:
        return con.execute(sql, [str(path)]).fetchall()


def explain(con: DuckDBPyConnection, figure_id: str) -> Explanation:
    """Return all there is to say of one figure, quarantined or not; raise UsageError on an unknown id.

    A unique beginning of an id of four digits or more will do.
    """
    found = _dicts(con, "select * from stg_figure where starts_with(figure_id, ?) limit 2", [figure_id])
    if len(found) != 1 or len(figure_id) < 4:
        what = "no figure has" if not found else "several figures have"
        raise UsageError(
            f"{what} an id that begins so", where=repr(figure_id),
            hint="`customhouse query \"select figure_id, quote from fct_figure limit 5\"` shows some",
        )  # fmt: skip
    figure = found[0]
    key = [figure["figure_id"]]
    (article,) = _dicts(con, "select * from stg_article where article_id = ?", [figure["article_id"]])
    text = article.pop("text")
    start, end = sentence_span(text, figure["start"], figure["end"])
    places = con.execute(
        'select start, "end", printed from stg_place where figure_id = ? order by place_no', key
    ).fetchall()
    best = _dicts(con, "select b.* from fct_best b join fct_figure f using (cell_id) "
                       "where f.figure_id = ? and b.known_to is null", key)  # fmt: skip
    return Explanation(
        figure=figure,
        article=article,
        sentence=text[start:end],
        mark=(figure["start"] - start, figure["end"] - start),
        places=places,
        quarantine=con.execute(
            "select rule, severity, detail from stg_quarantine where figure_id = ? "
            "or (figure_id is null and article_id = ?) order by all", [*key, figure["article_id"]]
        ).fetchall(),
        checks=_checks(con, figure["figure_id"]),
        best=best[0] if best else None,
        others=_dicts(
            con,
            "select o.figure_id, o.value, o.bound, o.printed, o.published, a.url from fct_figure f "
            "join fct_figure o on o.cell_id = f.cell_id and o.figure_id <> f.figure_id "
            "join dim_article a on a.article_id = o.article_id where f.figure_id = ? "
            "order by o.published, o.figure_id limit 20", key,
        ),
    )  # fmt: skip


_STOPS = "。！？!?\n\r"


def sentence_span(text: str, start: int, end: int, reach: int = 600) -> tuple[int, int]:
    """Return where the sentence around ``text[start:end]`` begins and ends."""
    first = start
    while first > max(0, start - reach) and not _stop(text, first - 1):
        first -= 1
    last = end
    while last < min(len(text), end + reach) and not _stop(text, last):
        last += 1
    if last < len(text) and text[last] not in "\n\r":
        last += 1
    while first < start and text[first].isspace():
        first += 1
    return first, last


def _stop(text: str, at: int) -> bool:
    """Tell whether a sentence ends with the character at ``at``; a point must follow a small letter or so."""
    if text[at] in _STOPS:
        return True
    if text[at] != "." or at == 0:
        return False
    ends_word = text[at - 1].islower() or text[at - 1].isdigit() or text[at - 1] in '%)”"’'
    return ends_word and (at + 1 == len(text) or text[at + 1].isspace())


def _checks(con: DuckDBPyConnection, figure_id: str) -> list[dict[str, Any]]:
    if not con.execute("select 1 from duckdb_columns() where table_name = 'fct_check' "
                       "and column_name = 'figure_ids'").fetchall():  # fmt: skip
        return []
    return _dicts(con, "select * from fct_check where list_contains(figure_ids, ?)", [figure_id])


def _dicts(con: DuckDBPyConnection, sql: str, values: list[Any]) -> list[dict[str, Any]]:
    found = con.execute(sql, values)
    columns = [d[0] for d in found.description or []]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
