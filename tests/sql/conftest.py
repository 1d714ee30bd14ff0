"""The labelled articles as a published warehouse, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from flows.load import query
from flows.settings import Home
from tests import gold
from tests.sql import house


@pytest.fixture(scope="session")
def gold_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    root: Path = tmp_path_factory.mktemp("gold")
    house.published(root, gold.lines())
    return Home(root)


@pytest.fixture
def warehouse(gold_home: Home) -> Iterator[DuckDBPyConnection]:
    with query.connect(gold_home.database) as con:
        yield con
