"""The site, the archive, and a run of one source against them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import loopback
import pytest
from runs import MANNERS, NOW, Run

from flows import fetch
from flows.fetch.archive import Archive
from flows.fetch.harvest import Fetched
from flows.fetch.manners import Manners
from flows.fetch.sources import Source, of_urls


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "case(id): the row of tests/faults/README.md that a test stands for")


@pytest.fixture
def site() -> Iterator[loopback.Site]:
    with loopback.site() as made:
        yield made


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def run(site: loopback.Site, archive: Archive) -> Run:
    """Run one source: paths for a list of addresses, or fields of a Source; later runs are days later."""
    runs = 0

    def once(
        *paths: str, manners: Manners = MANNERS, since: dt.date | None = None, **fields: object
    ) -> list[Fetched]:
        nonlocal runs
        runs += 1
        if paths:
            source = of_urls([p if "://" in p else site.url(p) for p in paths])
        else:
            address = fields.pop("address", "/list.html")
            source = Source(
                id="case", address=(site.url(str(address)),), kind=str(fields.pop("kind", "listing"))
            )
        source = replace(source, **fields)  # type: ignore[arg-type]
        now = NOW + dt.timedelta(days=runs)
        return list(fetch.collect(source, archive, fetch.web(manners), since=since, now=now))

    return once
