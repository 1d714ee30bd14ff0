"""The whole program as plain functions: ingest, read, build and publish, in this order.

Nothing here knows Prefect; ``pipeline`` wraps the same functions. Every step may be killed at any
moment and run again: what was done stays done, and the published file is the old one or the new one.
"""

from flows.steps.intake import Ingested, configured, ingest
from flows.steps.lock import locked
from flows.steps.making import Built, build, is_current, publish, warm
from flows.steps.reading import Outcome, read, read_batch
from flows.steps.watch import Watch

__all__ = [
    "Built",
    "Ingested",
    "Outcome",
    "Watch",
    "build",
    "configured",
    "ingest",
    "is_current",
    "locked",
    "publish",
    "read",
    "read_batch",
    "warm",
]
