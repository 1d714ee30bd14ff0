"""A small warehouse from a few made-up statements: what the tests of the SQL build on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from flows.load import build, publish
from flows.settings import Home
from tests import gold

TRADE = {
    "reporter": "Chongqing",
    "flow": "trade",
    "period": "2025-01/2025-12",
    "measure": "value",
    "unit": "CNY",
}


def claim(value: Any, text: str, **fields: Any) -> dict[str, Any]:
    """Return one labelled figure of Chongqing's trade in 2025, changed by ``fields``."""
    return {**TRADE, "value": value, "text": text, **fields}


def growth(value: Any, text: str, **fields: Any) -> dict[str, Any]:
    """Return the growth that goes with ``claim``."""
    return claim(value, text, measure="value_yoy", unit="percent", **fields)


def article(
    claims: Sequence[dict[str, Any]], *, url: str, published: str | None = "2026-01-20", lang: str = "en",
    **said: str,
) -> str:  # fmt: skip
    """Return the staged line of an article that states each claim in a sentence of its own."""
    text, figures = "Headline\n", []
    for one in claims:
        text += "It was "
        figures.append({**one, "start": len(text), "end": len(text) + len(one["text"])})
        text += one["text"] + f", says {url}.\n"
    label = {"id": url, "lang": lang, "published": published, "figures": figures}
    return gold.staged(label, text, url=url, **said)


def built(
    folder: Path, lines: Iterable[str], *, held: Sequence[build.Quarantined] = (), **options: Any
) -> DuckDBPyConnection:
    """Return the building connection of a whole warehouse that no gate has seen."""
    con = build.create(folder / ".building" / "customhouse.duckdb", threads=2)
    build.stage_tables(con, [gold.write(folder / "staging", lines)], **options)
    build.quarantine(con, held)
    build.candidates(con)
    build.model(con)
    return con


def published(root: Path, lines: Iterable[str], now: dt.datetime | None = None) -> publish.Published:
    """Build and publish to the home at ``root``."""
    home = Home(root)
    built(root, lines).close()
    new = root / ".building" / "customhouse.duckdb"
    return publish.publish(home, new, {}, now=now or dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
