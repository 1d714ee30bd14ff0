"""The labelled articles as a published warehouse, made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from flows import stage, steps
from flows.load import query
from flows.settings import Home
from tests import gold
from tests.sql import house


@pytest.fixture(scope="session")
def gold_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    root: Path = tmp_path_factory.mktemp("gold")
    house.published(root, gold.lines())
    return Home(root)


@pytest.fixture(scope="session")
def gated_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The seed article through the gates, as a run publishes it."""
    home = Home(tmp_path_factory.mktemp("gated"))
    gold.part(stage.Staging(home.staging).folder, [p for p in gold.PATHS if p.parent.name == "seed"])
    steps.publish(home, steps.build(home), now=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    return home


@pytest.fixture
def warehouse(gold_home: Home) -> Iterator[DuckDBPyConnection]:
    with query.connect(gold_home.database) as con:
        yield con


@pytest.fixture
def gated(gated_home: Home) -> Iterator[DuckDBPyConnection]:
    with query.connect(gated_home.database) as con:
        yield con
