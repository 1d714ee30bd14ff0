"""Homes that several tests read: built once, with the plain steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import Home
from tests.homes import run


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The bundled sample articles, published; tests only read it."""
    home = Home(Path(tmp_path_factory.mktemp("samples")))
    assert run(home, [])
    return home
