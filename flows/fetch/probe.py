"""What a source looks like now: tried once, or told from what is remembered of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.fetch.archive import Archive
from flows.fetch.faults import Fault
from flows.fetch.harvest import Harvest, Web
from flows.fetch.memory import recall
from flows.fetch.sources import Source

__all__ = ["Health", "Tried", "check", "health"]


@dataclass(frozen=True, slots=True)
class Tried:
    """What one try of a source found: whether it works, how many articles it announces, and a few of them."""

    source_id: str
    works: bool
    announced: int
    newest: dt.date | None
    sample: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Health:
    """What is remembered of a source; ``alert`` says what a person should look at, if anything."""

    source_id: str
    last_run: str | None
    last_new: str | None
    had: int
    waiting: int
    lost: int
    alert: str | None


def check(source: Source, web: Web, *, now: dt.datetime | None = None) -> Tried:
    """Ask a source's own pages, fetch no article, keep nothing, and say what was found."""
    with TemporaryDirectory() as folder:
        harvest = Harvest(source, Archive(Path(folder)), web, None, now or dt.datetime.now(dt.UTC))
        faults, announced = harvest.look()
    days = [link.published for link in announced if link.published]
    message = (
        "; ".join(
            f"{error.reason if isinstance(error, Fault) else 'error'}: {error.message} ({error.where})"
            for error in faults
        )
        or "works"
    )
    return Tried(
        source.id,
        not faults and bool(announced),
        len(announced),
        max(days, default=None),
        tuple(link.title or link.url for link in announced[:3]),
        message,
    )


def health(source: Source, archive_root: Path, now: dt.datetime) -> Health:
    """Return how a source fares; silent and failing sources carry an alert."""
    memory = recall(archive_root, source.id)
    states = [known.state for known in memory.items.values()]
    alert: str | None = None
    failing = {url: k for url, k in memory.pages.items() if k.strikes}
    silent = memory.silent_for(now)
    if failing:
        url, known = next(iter(failing.items()))
        alert = f"{known.reason}: failed {known.strikes} times in a row ({url})"
    elif silent is not None and silent > source.silence:
        alert = f"silent: nothing new for {silent} days, {source.silence} are usual"
    return Health(
        source.id,
        memory.last_run,
        memory.last_new,
        states.count("had"),
        states.count("waiting") + states.count("missing"),
        states.count("gone"),
        alert,
    )
