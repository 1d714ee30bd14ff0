"""What comes in: files, folders, addresses and configured sources, into the archive."""

from __future__ import annotations

import datetime as dt
import queue
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows import fetch
from flows.errors import CustomhouseError, UsageError
from flows.fetch import manners, sources
from flows.fetch.archive import Archive
from flows.record import Receipt
from flows.settings import REFERENCE, SAMPLES, Home
from flows.steps.watch import Watch, quiet

if TYPE_CHECKING:
    from flows.fetch.harvest import Fetched

__all__ = ["Ingested", "configured", "ingest"]

AT_ONCE, HEAVY = 256, 32_000_000  # articles and bytes that are put into the archive at once


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came in: objects the archive did not have, objects it had, and inputs refused with the reason."""

    new: int
    known: int
    refused: tuple[str, ...]


def configured(home: Home, only: Sequence[str] = ("all",)) -> list[sources.Source]:
    """Return the sources of ``sources.toml`` in the home, else of the bundled table; ``all`` is every one.

    Raises UsageError on an id that the table does not hold.
    """
    own = home.root / "sources.toml"
    table = own if own.exists() else REFERENCE / "sources.toml"
    every = {source.id: source for source in sources.load(table)}
    if "all" in only:
        return list(every.values())
    if strangers := [name for name in only if name not in every]:
        raise UsageError("no such source", where=strangers[0], hint=f"{table} has {', '.join(every)}")
    return [every[name] for name in dict.fromkeys(only)]


def ingest(
    home: Home,
    inputs: Sequence[str],
    *,
    now: dt.datetime,
    only: Sequence[str] = (),
    since: dt.date | None = None,
    watch: Watch = quiet,
) -> Ingested:
    """Bring files, folders, addresses and the sources named into the archive.

    Where nothing is given: the sources of ``sources.toml`` in the home, else the bundled samples.
    ``since`` asks sources for articles from that day on, also where they were asked before. Raises
    UsageError, before anything is put, where a path or a source does not exist, and CustomhouseError with
    every reason where nothing came in and nothing was there.
    """
    archive = Archive(home.archive)
    given = [i for i in inputs if "://" in i]
    paths = [Path(i) for i in inputs if "://" not in i]
    wanted = configured(home, only) if only else []
    if given:
        wanted.append(sources.of_urls(given))
    if not inputs and not only:
        wanted = configured(home) if (home.root / "sources.toml").exists() else []
        paths = [] if wanted else [SAMPLES]
    before = {r.sha256 for r in archive.receipts()}
    met = set[str]()
    refused: list[CustomhouseError] = []
    for sha in _brought(archive, paths, wanted, refused, since, now):
        met.add(sha)
        watch("ingest", len(met), 0)
    watch("ingest", len(met), len(met))
    if not before and not met:
        reasons = [" ".join(str(e).split()) for e in refused] or ["there is no article among the inputs"]
        raise CustomhouseError("\n  ".join(["nothing could be brought in", *reasons]), where=str(home.root))
    return Ingested(len(met - before), len(met & before), tuple(str(e) for e in refused))


def _brought(
    archive: Archive,
    paths: list[Path],
    wanted: list[sources.Source],
    refused: list[CustomhouseError],
    since: dt.date | None,
    now: dt.datetime,
) -> Iterator[str]:
    """Yield the SHA-256 of everything that is in the archive after it was asked for."""
    from flows.fetch.local import collect

    for some in _batches(collect(paths, refused, now=now)):
        archive.put_all(some)
        yield from (receipt.sha256 for _, receipt in some)
    if not wanted:
        return
    web = fetch.web(manners.from_environment())

    arrived: queue.SimpleQueue[Fetched | None] = queue.SimpleQueue()  # None: one source is done

    def harvest(source: sources.Source) -> None:
        try:
            for fetched in fetch.collect(source, archive, web, since=since, now=now):
                arrived.put(fetched)
        finally:
            arrived.put(None)

    # hosts answer in their own time; the client holds each host to its pace
    with ThreadPoolExecutor(min(8, len(wanted))) as pool:
        harvests = [pool.submit(harvest, source) for source in wanted]
        for _ in harvests:
            for fetched in iter(arrived.get, None):
                if fetched.error:
                    refused.append(fetched.error)
                elif fetched.receipt:
                    yield fetched.receipt.sha256
        for done in harvests:
            done.result()


def _batches(articles: Iterator[tuple[bytes, Receipt]]) -> Iterator[list[tuple[bytes, Receipt]]]:
    """Yield articles together, as many as are put at once: neither many nor heavy."""
    some: list[tuple[bytes, Receipt]] = []
    weight = 0
    for article in articles:
        some.append(article)
        weight += len(article[0])
        if len(some) == AT_ONCE or weight > HEAVY:
            yield some
            some, weight = [], 0
    if some:
        yield some
