"""How article bytes come into the archive: local files and, politely, the web.

    manners = fetch.manners.from_environment()
    web = fetch.web(manners)                             # shared by all sources of one run, and by threads
    for source in fetch.sources.load(path):
        for fetched in fetch.collect(source, archive, web, since=None):
            ...                                          # Fetched: source_id, url, outcome, receipt | error

``collect`` archives as it goes: a run that stops in the middle has lost nothing, and the next one goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flows.fetch.archive import Archive
from flows.fetch.manners import Manners
from flows.fetch.sources import Source

if TYPE_CHECKING:
    from flows.fetch.harvest import Fetched, Web

__all__ = ["collect", "web"]


def web(manners: Manners) -> Web:
    """Return what all sources of one run share: the client with its pace, and the robots' rules."""
    from flows.fetch.client import Client
    from flows.fetch.harvest import Web

    return Web(Client(manners))


def collect(
    source: Source,
    archive: Archive,
    web: Web,
    *,
    since: dt.date | None = None,
    now: dt.datetime | None = None,
) -> Iterator[Fetched]:
    """Fetch and archive what a source has that is new; yield what became of every address.

    ``since`` goes back to that date: pages already seen are read again and older articles are left
    out. A fault of one address is an outcome, never an exception.
    """
    from flows.fetch.harvest import Harvest

    yield from Harvest(source, archive, web, since, now or dt.datetime.now(dt.UTC)).run()
