"""A building site: staged lines in a new DuckDB file, the relations of the gates, one run of the suites."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import pytest

from flows import check
from flows.load import build, dictionary
from flows.settings import SQL
from tests import gold

ROW_FRAMES = ("gate_article", "gate_figure", "gate_numeral")


class Site:
    """One warehouse under construction."""

    def __init__(self, folder: Path, lines: Iterable[str]) -> None:
        self.con: duckdb.DuckDBPyConnection = build.create(folder / "site.duckdb", threads=2)
        build.stage_tables(self.con, [gold.write(folder, lines)])

    def make(self, *names: str) -> None:
        found = dictionary.scripts(SQL / build.CHECKS)
        build.make(self.con, dictionary.needed(found, names), done=build._present(self.con))

    def run(self, *frames: str) -> check.GateReport:
        self.make(*frames)
        return check.run({f: lambda f=f: self.con.sql(f"from {f}").df() for f in frames})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Iterable[str]], Site]:
    return lambda lines: Site(tmp_path_factory.mktemp("site"), lines)
