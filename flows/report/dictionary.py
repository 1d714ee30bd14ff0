"""What every table and column means, in the file's own comments; the star; the questions with answers."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows.errors import UsageError
from flows.load import query
from flows.load.dictionary import scripts
from flows.report.facts import Warehouse
from flows.report.words import Both, t
from flows.settings import SQL

__all__ = ["Question", "Table", "questions", "star", "tables"]

LAYERS = (
    ("fct_", t("Facts", "事实表")),
    ("mart_", t("Marts", "集市")),
    ("", t("Views", "视图")),
    ("dim_", t("Dimensions", "维度表")),
    ("bridge_", t("Bridges", "桥接表")),
    ("stg_", t("Staging", "暂存层")),
    ("meta_", t("The release", "发布信息")),
)
_MOST = 15


@dataclass(frozen=True, slots=True)
class Table:
    """One table or view: its comment, size and columns."""

    name: str
    kind: str
    comment: str
    size: int | None
    columns: Sequence[tuple[str, str, str]]
    layer: Both


@dataclass(frozen=True, slots=True)
class Question:
    """One question, its SELECT, and the first rows of its answer."""

    name: str
    words: Both
    sql: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: int


def tables(house: Warehouse) -> list[Table]:
    """Return every table and view of the file, facts first."""
    columns: dict[str, list[tuple[str, str, str]]] = {}
    for table, column, kind, comment in house.rows("site_columns"):
        columns.setdefault(table, []).append(
            (column, kind.split("(")[0].lower() if "STRUCT" in kind else kind.lower(), comment or "")
        )
    order = {prefix: n for n, (prefix, _) in enumerate(LAYERS)}
    found = []
    for name, kind, comment, size in house.rows("site_tables"):
        prefix = next((p for p, _ in LAYERS if p and name.startswith(p)), "")
        layer = dict(LAYERS)[prefix]
        found.append(
            (order[prefix], name, Table(name, kind, comment or "", size, columns.get(name, []), layer))
        )
    return [table for _, _, table in sorted(found, key=lambda f: f[:2])]


def questions(house: Warehouse) -> list[Question]:
    """Ask every question of ``sql/queries`` of this release."""
    out = []
    zh = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))
    for name, script in scripts(SQL / "queries").items():
        sql = "\n".join(line for line in script.select.splitlines() if not line.startswith("--"))
        try:
            found = query.select(house.con, sql)
            columns, rows = found.columns, found.rows
        except UsageError as error:
            columns, rows = ("error",), [(error.message,)]
        out.append(
            Question(
                name,
                t(script.head, zh.get(name)),
                sql,
                columns,
                [[_cell(v) for v in r] for r in rows[:_MOST]],
                max(0, len(rows) - _MOST),
            )
        )
    return out


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


_LEFT = ("dim_area", "dim_product", "dim_period", "dim_flow", "dim_counted")
_RIGHT = ("dim_article", "dim_measure", "dim_unit", "dim_enterprise", "dim_regime", "dim_channel")
_BELOW = ("fct_place", "fct_best", "fct_derived", "fct_check")


def star() -> str:
    """Return the star as an SVG: the fact in the middle, every table a link to its columns."""
    parts = []
    for names, x, end in ((_LEFT, 10, 270), (_RIGHT, 560, 450)):
        for n, name in enumerate(names):
            y = 14 + n * 48 + (6 - len(names)) * 24
            edge = x + 150 if x < end else x
            parts.append(f'<path class="axis" d="M{edge} {y + 17}L{end} 160"/>')
            parts.append(_box(name, x, y, 150, "dim"))
    for n, name in enumerate(_BELOW):
        x = 30 + n * 170
        parts.append(f'<path class="axis" d="M360 180L{x + 75} 330"/>')
        parts.append(_box(name, x, 330, 150, "more"))
    parts.append(_box("fct_figure", 270, 143, 180, "fact"))
    named = 'role="group" aria-label="fct_figure and its dimensions"'
    return f'<svg viewBox="0 0 720 376" class="plot star" {named}>{"".join(parts)}</svg>'


def _box(name: str, x: int, y: int, wide: int, kind: str) -> str:
    return (
        f'<a href="#{name}" class="box {kind}"><rect x="{x}" y="{y}" width="{wide}" height="34" rx="6"/>'
        f'<text x="{x + wide / 2:.0f}" y="{y + 22}" text-anchor="middle">{name}</text></a>'
    )
