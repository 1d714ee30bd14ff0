"""The command line: what a person types, and what the answer looks like."""

from __future__ import annotations

import datetime as dt
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from flows.errors import CustomhouseError, UsageError
from flows.settings import home as home_of

_home = click.option(
    "--home",
    "at",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Folder of the warehouse; default $CUSTOMHOUSE_HOME, else ./warehouse.",
)


def main() -> None:
    """Run the command line; a fault that a person can mend is one message, not a traceback."""
    try:
        customhouse(prog_name="customhouse")
    except CustomhouseError as error:
        print(f"customhouse: {error}", file=sys.stderr)
        # Prefect keeps the error to the end, and the error's frames would keep DuckDB's objects
        traceback.clear_frames(error.__traceback__)
        sys.exit(2 if isinstance(error, UsageError) else 1)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="customhouse", message="%(prog)s %(version)s")
def customhouse() -> None:
    """Turn trade-statistics articles into a warehouse one can trust.

    \b
    customhouse run                             read the bundled sample articles and publish
    customhouse run articles/ notes.txt         the same with files and folders of your own
    customhouse read page.html --format table   only read: no warehouse, nothing kept
    customhouse query "select * from trade"     ask the published warehouse
    customhouse explain FIGURE_ID               where a number comes from, to the character
    customhouse status                          what is published, and how the sources do

    A file may have a FILE.meta.json beside it: any of url, published, lang, publisher, title.
    """


@customhouse.command()
@click.argument("inputs", metavar="[PATH|URL]...", nargs=-1)
@click.option("--source", "sources", multiple=True, metavar="ID", help="Ask a configured source, or all.")
@_home
def run(inputs: tuple[str, ...], sources: tuple[str, ...], at: str | None) -> None:
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
    _run(at, inputs=list(inputs), sources=list(sources))


@customhouse.command()
@click.option("--since", required=True, metavar="YYYY-MM-DD", help="The first day to ask for.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@_home
def backfill(since: str, sources: tuple[str, ...], at: str | None) -> None:
    """Ask the configured sources for older articles, and publish what they say.

    \b
    customhouse backfill --since 2025-01-01 --source gacc-en
    """
    _run(at, sources=list(sources) or ["all"], since=str(_day(since)))


@customhouse.command()
@_home
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
@_home
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
@_home
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
    from flows.fetch import manners, probe, web

    client, failed = web(manners.from_environment()), 0
    for source in every:
        tried = probe.check(source, client)
        failed += not tried.works
        newest = f", newest {tried.newest}" if tried.newest else ""
        print(f"{source.id}: {tried.message}, {tried.announced} announced{newest}", flush=True)
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


@customhouse.command()
@click.argument("sql")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@_home
def query(sql: str, form: str, at: str | None) -> None:
    """Ask the published warehouse one SELECT; - is standard input.

    \b
    customhouse query "show tables"
    customhouse query "select reporter, period, value from trade" --format csv > trade.csv
    customhouse query - < question.sql
    """
    from flows import show
    from flows.load import query as asking

    with asking.connect(home_of(at).database) as con:
        found = asking.select(con, sys.stdin.read() if sql == "-" else sql)
    render: Callable[..., str] = {"table": show.table, "csv": show.as_csv, "json": show.as_json}[form]
    print(render(found.columns, found.rows))


@customhouse.command()
@click.argument("figure_id")
@_home
def explain(figure_id: str, at: str | None) -> None:
    """Show where a figure comes from: its sentence, article, address, rule and checks.

    FIGURE_ID may be a unique beginning of an id.

    \b
    customhouse query "select figure_id, quote from fct_figure limit 5"
    customhouse explain 1f0c5a
    """
    from flows import show
    from flows.load import query as asking

    with asking.connect(home_of(at).database) as con:
        print(show.explanation(asking.explain(con, figure_id)))


@customhouse.command()
@_home
def status(at: str | None) -> None:
    """Show what is published, and how each source does.

    \b
    customhouse status --home data
    """
    from flows import show, summary

    words, columns, rows = summary.status(home_of(at))
    print("\n".join(words))
    print()
    print(show.table(columns, rows))


@customhouse.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["jsonl", "table"]), default="jsonl", show_default=True)
@click.option("--published", metavar="YYYY-MM-DD", help="Day of publication, where the files do not say.")
@click.option("--explain", "explained", is_flag=True, help="Show each figure's rule and its sentence.")
def read(files: tuple[str, ...], form: str, published: str | None, explained: bool) -> None:
    """Read articles and print their figures; nothing is kept. - is standard input.

    \b
    customhouse read article.txt --format table
    curl -s https://example.org/page | customhouse read - --published 2026-01-26
    customhouse read *.txt > figures.jsonl
    """
    import json

    from flows import show
    from flows.files import read_files

    worked = False
    for told in read_files(files, published=published):
        if told.reading is None:
            print(f"customhouse: {told.fault}", file=sys.stderr)
            continue
        worked = True
        if explained:
            print(show.explained(told.reading, told.text))
        elif form == "table":
            print(show.figures(told.reading))
        else:
            print(json.dumps(told.reading.to_json(), ensure_ascii=False))
    if not worked:
        sys.exit(1)


@customhouse.command()
@click.argument("gold", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.option("--errors", default=0, metavar="N", help="How many faults to list.")
@click.option("--at-least", default=0.0, metavar="F1", help="Exit with 1 where cell F1 is below this.")
def score(gold: Path, errors: int, at_least: float) -> None:
    """Score the reader against labelled articles, a folder of ID.txt and ID.json.

    \b
    customhouse score tests/articles/en --errors 20
    """
    from flows import score as scoring
    from flows.files import read_files

    texts = sorted(str(path) for path in gold.glob("*.txt"))
    if not texts:
        raise UsageError("no labelled articles", where=str(gold), hint="give a folder of ID.txt and ID.json")
    readings = {t.reading.id: t.reading.to_json() for t in read_files(texts) if t.reading}
    result = scoring.score(gold, readings)
    print("\n".join([*result.faults[:errors], *result.lines()]))
    if result.measure("cell")[2] < at_least:
        sys.exit(1)
