"""The command line: what a person types, and what the answer looks like."""

from __future__ import annotations

import sys
import traceback
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any

import typer

from flows.errors import CustomhouseError, UsageError

app = typer.Typer(
    name="customhouse",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich would cost a third of the start
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


class ReadFormat(StrEnum):
    """How `read` prints."""

    JSONL = "jsonl"
    TABLE = "table"


class QueryFormat(StrEnum):
    """How `query` prints."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


HomeOption = Annotated[
    Path | None,
    typer.Option(help="Folder of the warehouse; default $CUSTOMHOUSE_HOME, else ./warehouse.", metavar="DIR"),
]


def main() -> None:
    """Run the command line; a fault that a person can mend is one message, not a traceback."""
    try:
        app()
    except CustomhouseError as error:
        print(f"customhouse: {error}", file=sys.stderr)
        # Prefect keeps the error to the end, and the error's frames would keep DuckDB's objects
        traceback.clear_frames(error.__traceback__)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing to say, nobody to say it to
        sys.exit(1)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"customhouse {version('customhouse')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn trade-statistics articles into a warehouse one can trust.

    \b
    customhouse run                             read the bundled sample articles and publish
    customhouse run articles/ notes.txt         the same with files and folders of your own
    customhouse read page.html --format table   only read: no warehouse, nothing kept
    customhouse query "select * from trade"     ask the published warehouse
    customhouse explain FIGURE_ID               where a number comes from, to the character
    customhouse status                          what is published, and how the sources do

    A file may have a FILE.meta.json beside it: {"url": ..., "published": "2026-01-26", "publisher": ...}.
    """


@app.command()
def run(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH|URL]...", help="Files, folders, addresses; default: the samples."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Bring articles in and publish what they say: archive, read, check, build, swap.

    \b
    customhouse run                          the bundled sample articles into ./warehouse
    customhouse run articles/ --home data    a folder of .txt, .html and .pdf files

    \b
    Exit code 0: published, or nothing new; 1: nothing could be published; 2: wrong usage.
    """
    paths = inputs or []
    for path in paths:
        if "://" not in path and not Path(path).exists():
            raise UsageError("no such file or folder", where=path, hint="check the spelling of the path")
    from flows import settings

    with _Progress() as progress:
        from flows import pipeline

        result = pipeline.run(settings.home(home), paths, watch=progress)
    print("\n".join(result.lines()))
    if not result.worked:
        raise typer.Exit(1)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT; - is standard input.")],
    form: Annotated[QueryFormat, typer.Option("--format", help="How to print the rows.")] = QueryFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Ask the published warehouse.

    \b
    customhouse query "show tables"
    customhouse query "select reporter, period, value from trade" --format csv > trade.csv
    customhouse query - < question.sql
    """
    from flows import settings, show
    from flows.load import query as asking

    with asking.connect(settings.home(home).database) as con:
        found = asking.select(con, sys.stdin.read() if sql == "-" else sql)
    print({"table": show.table, "csv": show.as_csv, "json": show.as_json}[form](found.columns, found.rows))


@app.command()
def explain(
    figure_id: Annotated[str, typer.Argument(metavar="FIGURE_ID", help="Its id, or a unique start of it.")],
    home: HomeOption = None,
) -> None:
    """Show where a figure comes from: its sentence, article, address, rule and checks.

    \b
    customhouse query "select figure_id, quote from fct_figure limit 5"
    customhouse explain 1f0c5a
    """
    from flows import settings, show
    from flows.load import query as asking

    with asking.connect(settings.home(home).database) as con:
        told = asking.explain(con, figure_id)
    print(show.explanation(told))


@app.command()
def status(home: HomeOption = None) -> None:
    """Show what is published, and how each source does."""
    from flows import settings, show
    from flows.summary import status as standing

    counts, columns, rows = standing(settings.home(home))
    print("\n".join(counts))
    print()
    print(show.table(columns, rows))


@app.command()
def read(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Articles; - is standard input.")],
    form: Annotated[ReadFormat, typer.Option("--format", help="JSON Lines, or a table.")] = ReadFormat.JSONL,
    published: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Day of publication, where the files do not say.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show each figure's rule and its sentence.")
    ] = False,
) -> None:
    """Read articles and print their figures; nothing is kept.

    \b
    customhouse read article.txt --format table
    curl -s https://example.org/page | customhouse read - --published 2026-01-26
    customhouse read *.txt --format jsonl > figures.jsonl
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
        if explain:
            print(show.explained(told.reading, told.text))
        elif form is ReadFormat.TABLE:
            print(show.figures(told.reading))
        else:
            print(json.dumps(told.reading.to_json(), ensure_ascii=False))
    if not worked:
        raise typer.Exit(1)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder of ID.txt and ID.json labels.")],
    errors: Annotated[int, typer.Option(help="How many faults to list.")] = 0,
    at_least: Annotated[float, typer.Option(help="Exit with 1 where cell F1 is below this.")] = 0.0,
) -> None:
    """Score the reader against labelled articles: precision, recall and F1.

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
        raise typer.Exit(1)


class _Progress:
    """Progress on standard error: a bar on a terminal, else one line for each step that ends."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._step = ""

    def __enter__(self) -> _Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                SpinnerColumn,
                TextColumn,
                TimeElapsedColumn,
            )
            from rich.progress import Progress as Bar

            columns = (
                SpinnerColumn(),
                TextColumn("{task.description:<18}"),
                BarColumn(),
                MofNCompleteColumn(),
            )
            self._bar = Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("starting Prefect", total=None)
        return self

    def __call__(self, step: str, done: int, of: int) -> None:
        if self._bar:
            self._bar.update(self._task, description=step, completed=done, total=of or None)
        elif of and done == of and self._step != step:
            self._step = step
            print(f"{step}: {done} of {of}", file=sys.stderr)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
