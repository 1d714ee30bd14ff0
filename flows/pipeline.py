"""The steps as Prefect flows: the same functions with retries, run names, logs and artifacts.

Prefect is imported here and nowhere else.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flows import api, steps
from flows import summary as ending
from flows.errors import CustomhouseError, UsageError
from flows.load.publish import Published
from flows.record import Receipt
from flows.settings import Home, home

api.tune()

from prefect import flow, get_client, task  # noqa: E402  (its settings are read while it is imported)
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: E402

PER_TASK = 256
"""Articles that one task reads on a cluster: handing a task over costs up to half a second."""

LONGEST = 6 * 3600
"""Seconds after which a step that hangs is ended: thousands of pages at two seconds each take hours."""

# who is told of progress; Prefect pickles this module with a flow, which a context variable would not bear
_watching: list[steps.Watch] = []


def _watch(step: str, done: int, of: int) -> None:
    for told in _watching:
        told(step, done, of)


def _passing(task: Any, run: Any, state: Any) -> bool:
    """Retry what may pass by itself; what a person must mend is not tried again."""
    try:
        state.result()
    except (CustomhouseError, TimeoutError):  # what hung for hours would hang again
        return False
    except OSError:
        return True
    except Exception:
        return False
    return False


@task(retries=2, retry_delay_seconds=[5, 60], retry_condition_fn=_passing, timeout_seconds=LONGEST)
def ingest(
    at: Home, inputs: Sequence[str], sources: Sequence[str], since: dt.date | None, now: dt.datetime
) -> steps.Ingested:
    """Bring the inputs into the archive."""
    return steps.ingest(at, inputs, only=sources, since=since, now=now, watch=_watch)


@task(retries=1, retry_delay_seconds=5, retry_condition_fn=_passing, timeout_seconds=LONGEST)
def read(at: Home) -> tuple[steps.Outcome, ...]:
    """Read what is not staged yet."""
    return steps.read(at, watch=_watch)


@task(retries=3, retry_delay_seconds=2, retry_condition_fn=_passing)
def read_part(at: Home, receipts: Sequence[Receipt]) -> tuple[steps.Outcome, ...]:
    """Read one batch wherever the task runner puts it; archive and staging are shared."""
    return steps.read_batch(at, receipts)


def _over_tasks(at: Home, batches: list[list[Receipt]]) -> Iterator[tuple[steps.Outcome, ...]]:
    for future in [read_part.submit(at, batch) for batch in batches]:
        yield future.result()


@task(retries=1, retry_delay_seconds=5, retry_condition_fn=_passing, timeout_seconds=LONGEST)
def build(at: Home) -> steps.Built:
    """Build the next warehouse beside the published one."""
    return steps.build(at, watch=_watch)


@task
def publish(at: Home, built: steps.Built, now: dt.datetime) -> Published:
    """Audit the file and swap it in."""
    return steps.publish(at, built, now=now, watch=_watch)


@task
def show(at: Home, done: Published) -> None:
    """Make the release's site, beside its manifest."""
    from flows import report

    _watch("site", 0, 1)
    report.build(at.database, at.releases / done.release_id / "site")
    _watch("site", 1, 1)


@task
def tell(at: Home, done: ending.Summary) -> None:
    """Leave what the run came to as artifacts, and name the run by it."""
    from prefect.runtime import flow_run

    there = done.counts
    loaded = {
        "articles": there.articles,
        "new": done.new,
        "unreadable": there.unreadable,
        "figures": there.figures,
        "unresolved": there.unresolved,
        "quarantined": there.quarantined,
    }
    create_table_artifact([loaded], key="customhouse-loaded", description="What the warehouse holds")
    create_table_artifact(ending.gates(at), key="customhouse-gates", description="What the gates found")
    folder = at.releases / there.release_id
    look = "".join(f"- {line}\n" for line in done.look) or "nothing\n"
    create_markdown_artifact(
        f"## Release {there.release_id}\n\n- warehouse: `{done.database}`\n- release: `{folder}`\n"
        f"- site: `{done.site}`\n- gates: `{folder / 'gates.html'}`\n\n### Needs a look\n\n{look}",
        key="customhouse-release",
    )
    what = f"{done.new} new, {there.figures} figures" if done.changed else "nothing new"
    with get_client(sync_client=True) as client:
        client.update_flow_run(flow_run.id, name=f"{flow_run.name}: {what}")


def _run_name() -> str:
    from prefect.runtime import flow_run

    given = flow_run.parameters
    names = [Path(i).name or i for i in given.get("inputs") or given.get("sources") or ["standing inputs"]]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}" if given.get("bring", True) else "reread"


def _alert(flow: Any, flow_run: Any, state: Any) -> None:
    """Post a failure to ``CUSTOMHOUSE_WEBHOOK``, where one is set."""
    _post({"text": f"customhouse: {flow_run.name} ended as {state.name}: {state.message}"})


def _post(message: dict[str, str]) -> None:
    address = os.environ.get("CUSTOMHOUSE_WEBHOOK")
    if not address:
        return
    request = urllib.request.Request(
        address, json.dumps(message).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    try:
        urllib.request.urlopen(request, timeout=10).close()
    except OSError as error:
        logging.getLogger("prefect").warning("CUSTOMHOUSE_WEBHOOK does not answer: %s", error)


@flow(
    name="customhouse",
    flow_run_name=_run_name,
    validate_parameters=False,
    on_failure=[_alert],
    on_crashed=[_alert],
)
def customhouse(
    root: str | None = None,
    inputs: Sequence[str] = (),
    sources: Sequence[str] = (),
    since: str | None = None,
    bring: bool = True,
    batch: int = 0,
) -> ending.Summary:
    """Bring articles in and publish what they say; a run with nothing new publishes nothing.

    ``root`` is the home. ``inputs`` are paths and addresses, ``sources`` ids of configured sources or
    ``all``, ``since`` (2026-01-26) how far back they are asked; without ``bring`` nothing is asked for
    and what is archived is read again where the reader has changed. With ``batch`` the flow's task runner
    reads, so many articles a task; without it the processes of this machine do.
    """
    at, now = home(root), dt.datetime.now(dt.UTC)
    day = dt.date.fromisoformat(since) if since else None
    with steps.locked(at):
        came = ingest(at, inputs, sources, day, now) if bring else steps.Ingested(0, 0, ())
        outcomes = steps.read(at, watch=_watch, spread=_over_tasks, batch=batch) if batch else read(at)
        published = None if steps.is_current(at) else publish(at, build(at), now)
        if published and published.changed:
            show(at, published)
    alerts = ending.alerts(steps.configured(at, sources), at, now) if sources else ()
    done = ending.summary(at, came, outcomes, published, alerts)
    if alerts:
        _post({"text": "customhouse: " + "; ".join(alerts)})
    tell(at, done)
    return done


def run(at: Home, *, watch: steps.Watch, scheduler: str | None = None, **given: Any) -> ending.Summary:
    """Run the flow here and now, its log in the home; faults come out as they were raised.

    ``scheduler`` is the address of a Dask scheduler (``tcp://…``) whose workers see the same home.
    """
    _log(at)
    _watching[:] = [watch]
    if not at.database.exists():
        # the slowest import of a run, while the API starts by itself; a later run may not need it
        steps.warm()
    api.ready()
    # each flow would lose a second joining the thread of its heartbeat
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        flow_here = customhouse
        if scheduler:
            given = {"batch": PER_TASK} | given
            flow_here = customhouse.with_options(task_runner=_dask(scheduler))
        done: ending.Summary = flow_here(str(at.root), **given)
        return done


def _dask(scheduler: str) -> Any:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise UsageError(
            "prefect-dask is not installed", hint="pip install 'customhouse[dask]', on the workers too"
        ) from None
    return DaskTaskRunner(address=scheduler)


def serve(at: Home, cron: str, sources: Sequence[str]) -> None:
    """Run the flow on a schedule until this process is ended; one run at a time."""
    api.ready()
    given = {"root": str(at.root), "sources": list(sources)}
    customhouse.serve(name="schedule", cron=cron, parameters=given, limit=1, pause_on_shutdown=False)


def _log(at: Home) -> None:
    """From now on, send what this process logs to one file a day and nothing to the terminal."""
    at.logs.mkdir(parents=True, exist_ok=True)
    file = logging.FileHandler(at.logs / f"{dt.datetime.now(dt.UTC):%Y-%m-%d}.log", encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().handlers[:] = [file]
