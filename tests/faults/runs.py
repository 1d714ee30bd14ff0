"""What the fault cases share: the time, the manners, and what became of each address."""

import datetime as dt
from collections.abc import Callable

from flows.fetch.harvest import Fetched
from flows.fetch.manners import Manners

NOW = dt.datetime(2026, 1, 26, 12, 0, tzinfo=dt.UTC)
MANNERS = Manners(loopback=True, delay=0, backoff=0.01, total=1.0, connect=1.0, longest_wait=5.0)

Run = Callable[..., list[Fetched]]


def outcomes(found: list[Fetched]) -> dict[str, str]:
    """Return what became of each path: the outcome, or the fault's reason."""
    return {
        "/" + f.url.split("/", 3)[-1]: getattr(f.error, "reason", "error") if f.error else f.outcome
        for f in found
    }
