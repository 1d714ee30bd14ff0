"""Commands that make a warehouse: run, backfill, reread, serve, and the sources they ask."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from flows.cli.root import at_home, customhouse
from flows.errors import UsageError
from flows.settings import home as home_of


@customhouse.command()
@click.argument("inputs", metavar="[PATH|URL]...", nargs=-1)
@click.option("--source", "sources", multiple=True, metavar="ID", help="Ask a configured source, or all.")
@click.option(
    "--runner", type=click.Choice(["local", "dask"]), default="local", help="Where articles are read."
)
@click.option(
    "--scheduler", metavar="tcp://HOST:PORT", help="The Dask scheduler; its workers share the home."
)
@at_home
def run(
    inputs: tuple[str, ...], sources: tuple[str, ...], runner: str, scheduler: str | None, at: str | None
) -> None:
    """Bring articles in and publish what they say: archive, read, check, build, swap.

    \b
    customhouse run                          the bundled sample articles into ./warehouse
    customhouse run articles/ --home data    a folder of .txt, .html and .pdf files
    customhouse run https://example.org/page one page, fetched politely
    customhouse run --source all             every configured source (see `customhouse sources list`)

    \b
    Exit code 0: published, or nothing new; 1: nothing could be published; 2: wrong usage.
    """
    for path in inputs:
        if "://" not in path and not Path(path).exists():
            raise UsageError("no such file or folder", where=path, hint="check the spelling of the path")
    if (runner == "dask") != bool(scheduler):
        raise UsageError("--runner dask and --scheduler go together", hint="give both, or neither")
    _run(at, scheduler=scheduler, inputs=list(inputs), sources=list(sources))


@customhouse.command()
@click.option("--since", required=True, metavar="YYYY-MM-DD", help="The first day to ask for.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@at_home
def backfill(since: str, sources: tuple[str, ...], at: str | None) -> None:
    """Ask the configured sources for older articles, and publish what they say.

    \b
    customhouse backfill --since 2025-01-01 --source gacc-en
    """
    _run(at, sources=list(sources) or ["all"], since=str(_day(since)))


@customhouse.command()
@at_home
def reread(at: str | None) -> None:
    """Read the archive again where the reader has changed, and publish; nothing is asked for.

    A change of the reader, its words or the names is seen by itself: `customhouse run` rereads as well.

    \b
    customhouse reread --home data
    """
    _run(at, bring=False)


@customhouse.command()
@click.option("--cron", default="30 9 * * *", show_default=True, help="When to run, in UTC.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@at_home
def serve(cron: str, sources: tuple[str, ...], at: str | None) -> None:
    """Ask the configured sources on a schedule, and publish what is new, until stopped.

    \b
    customhouse serve --cron "30 9 * * *"
    """
    from flows import api

    place = home_of(at)
    api.own(place.logs / "prefect-api.log", scheduling=True)
    from flows import pipeline

    pipeline.serve(place, cron, list(sources) or ["all"])


@customhouse.command()
@click.argument("what", type=click.Choice(["list", "check"]))
@click.argument("ids", metavar="[ID]...", nargs=-1)
@at_home
def sources(what: str, ids: tuple[str, ...], at: str | None) -> None:
    """List the configured sources, or try each and say what it announces.

    The table is sources.toml in the home, else the bundled one.

    \b
    customhouse sources list
    customhouse sources check gacc-en
    """
    from flows import show, steps

    every = steps.configured(home_of(at), ids or ["all"])
    if what == "list":
        columns = ("id", "kind", "class", "lang", "verified", "publisher", "address")
        rows = [
            (s.id, s.kind, s.source_class, s.lang, "yes" if s.verified else "no", s.publisher, s.address[0])
            for s in every
        ]
        print(show.table(columns, rows))
        return
    from concurrent.futures import ThreadPoolExecutor

    from flows.fetch import manners, probe, web

    client, failed = web(manners.from_environment()), 0
    # hosts answer in their own time; the client holds each host to its pace
    with ThreadPoolExecutor(min(8, len(every))) as pool:
        for tried in pool.map(lambda source: probe.check(source, client), every):
            failed += not tried.works
            newest = f", newest {tried.newest}" if tried.newest else ""
            print(f"{tried.source_id}: {tried.message}, {tried.announced} announced{newest}", flush=True)
    if failed == len(every):
        sys.exit(1)


def _run(at: str | None, **given: Any) -> None:
    """Run the flow and print what it came to."""
    from flows import api
    from flows.progress import Progress

    place = home_of(at)
    with Progress("starting Prefect") as progress:
        api.own(place.logs / "prefect-api.log")
        from flows import pipeline

        result = pipeline.run(place, watch=progress, **given)
    print("\n".join(result.lines()))
    if not result.worked:
        sys.exit(1)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError("not a date", where=text, hint="write it as 2026-01-26") from None
