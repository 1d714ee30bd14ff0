"""The steps as Prefect flows: the same functions with retries, run names, logs and artifacts.

Prefect is imported here and nowhere else.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from flows import api, steps
from flows import summary as ending
from flows.errors import CustomhouseError
from flows.load.publish import Published
from flows.settings import Home, home

api.tune()

from prefect import flow, task  # noqa: E402  (its settings are read while it is imported)
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: E402

_watching: ContextVar[steps.Watch] = ContextVar("watching", default=lambda step, done, of: None)


def _passing(task: Any, run: Any, state: Any) -> bool:
    """Retry what may pass by itself; what a person must mend is not tried again."""
    try:
        state.result()
    except CustomhouseError:
        return False
    except OSError:
        return True
    except Exception:
        return False
    return False


@task(retries=2, retry_delay_seconds=5, retry_condition_fn=_passing)
def ingest(at: Home, inputs: Sequence[str], now: dt.datetime) -> steps.Ingested:
    """Put the inputs into the archive."""
    return steps.ingest(at, inputs, now=now, watch=_watching.get())


@task(retries=1, retry_delay_seconds=5, retry_condition_fn=_passing)
def read(at: Home) -> tuple[steps.Outcome, ...]:
    """Read what is not staged yet."""
    return steps.read(at, watch=_watching.get())


@task
def build(at: Home) -> steps.Built:
    """Build the next warehouse beside the published one."""
    return steps.build(at, watch=_watching.get())


@task
def publish(at: Home, built: steps.Built, now: dt.datetime) -> Published:
    """Audit the file and swap it in."""
    return steps.publish(at, built, now=now, watch=_watching.get())


def _run_name() -> str:
    from prefect.runtime import flow_run

    inputs = flow_run.parameters.get("inputs") or ["samples"]
    more = f" and {len(inputs) - 1} more" if len(inputs) > 1 else ""
    return f"{Path(inputs[0]).name or inputs[0]}{more}"


@flow(name="customhouse", flow_run_name=_run_name, validate_parameters=False)
def customhouse(root: str, inputs: Sequence[str] = ()) -> ending.Summary:
    """Bring articles in and publish what they say; a run with nothing new publishes nothing."""
    at, now = home(root), dt.datetime.now(dt.UTC)
    with steps.locked(at):
        came = ingest(at, inputs, now)
        outcomes = read(at)
        published = None if steps.is_current(at) else publish(at, build(at), now)
    return ending.summary(at, came, outcomes, published)


def run(at: Home, inputs: Sequence[str], *, watch: steps.Watch) -> ending.Summary:
    """Run the flow here and now, its log in ``logs/`` of the home; faults come out as they were raised."""
    _log(at)
    _watching.set(watch)
    steps.warm()  # the slowest import of a run, while the API starts in a process of its own
    api.ready()
    # each flow would lose a second joining the thread of its heartbeat
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return customhouse(str(at.root), list(inputs))


def _log(at: Home) -> None:
    """From now on, send what this process logs to one file a day and nothing to the terminal."""
    at.logs.mkdir(parents=True, exist_ok=True)
    file = logging.FileHandler(at.logs / f"{dt.datetime.now(dt.UTC):%Y-%m-%d}.log", encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().handlers[:] = [file]
