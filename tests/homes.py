"""The steps of a run at a fixed time, without Prefect."""

from __future__ import annotations

import datetime as dt

from flows import steps
from flows.settings import Home

NOW = dt.datetime(2026, 2, 1, 9, 30, tzinfo=dt.UTC)


def run(home: Home, inputs: list[str], now: dt.datetime = NOW) -> bool:
    """Take the steps that a run takes; return whether anything was built."""
    with steps.locked(home):
        steps.ingest(home, inputs, now=now)
        steps.read(home, processes=1)
        if steps.is_current(home):
            return False
        steps.publish(home, steps.build(home), now=now)
        return True
