"""A build that keeps what still holds gives the very rows of one that makes all again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from flows import steps
from flows.fetch.archive import Archive, sha256
from flows.load.publish import published
from flows.record import Receipt
from flows.settings import Home
from tests.bench import corpus
from tests.homes import NOW

BEFORE = 120


def new() -> Iterator[tuple[bytes, Receipt]]:
    """An article never seen, a copy elsewhere, a correction of a page, and a page older than one there."""
    yield from corpus.articles(2, "text", first=BEFORE)
    some = list(corpus.articles(BEFORE, "text"))
    for number, change in ((3, "url"), (40, "same"), (70, "older"), (90, "contradicts")):
        data, receipt = some[number]
        data = data.replace(b"No.", b"Nr.").replace("编号".encode(), "号".encode()) + b"\n"
        if change == "contradicts":
            data = data.replace(b"7", b"8")
        if change in ("url", "contradicts"):
            receipt = replace(receipt, url=receipt.url + change, publisher=change)
        if change == "older":
            receipt = replace(receipt, fetched_at="1999-01-01T00:00:00+00:00")
        yield data, replace(receipt, sha256=sha256(data))


def put(home: Home, articles: Iterator[tuple[bytes, Receipt]]) -> None:
    archive = Archive(home.archive)
    for data, receipt in articles:
        archive.put(data, receipt)


def made(home: Home, after: int = 0) -> None:
    steps.read(home)
    steps.publish(home, steps.build(home), now=NOW + dt.timedelta(days=after))


def rows(home: Home, table: str) -> list[tuple]:
    with duckdb.connect(str(home.database), read_only=True) as con:
        return con.execute(f"from {table} order by all").fetchall()


def told(home: Home) -> dict:
    return json.loads((home.root / ".kept" / "kept.json").read_text())


def test_what_is_kept_and_what_is_made_anew_are_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUSTOMHOUSE_MAX_QUARANTINE", "1")  # perturbed numbers do not add up
    home, other = Home(tmp_path / "home"), Home(tmp_path / "other")
    put(home, corpus.articles(BEFORE, "text"))
    made(home)
    late = list(new())
    for after, some in ((1, late[:1]), (2, late[1:])):
        put(home, iter(some))
        made(home, after)
    assert told(home)["whole"] == BEFORE, "two builds kept what held"
    put(other, corpus.articles(BEFORE, "text"))
    put(other, iter(late))
    made(other)
    assert told(other)["whole"] == BEFORE + len(late)
    for table in ("stg_article", "stg_quarantine", "dim_article", "fct_figure", "fct_numeral",
                  "fct_place", "fct_best", "fct_check", "fct_gate"):  # fmt: skip
        assert rows(home, table) == rows(other, table), table
    assert published(home)[1] == published(other)[1]
    manifests = [
        json.loads(next(h.releases.glob("*")).joinpath("manifest.json").read_text()) for h in (home, other)
    ]
    assert manifests[0]["tables"].keys() == manifests[1]["tables"].keys()
