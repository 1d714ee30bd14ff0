"""Commands that ask: of a warehouse, of a file, of the reader; none of them changes the warehouse."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import click

from flows.cli.root import at_home, customhouse
from flows.errors import FetchError, UsageError
from flows.settings import home as home_of


@customhouse.command()
@click.argument("sql")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@at_home
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
@at_home
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
@at_home
def status(at: str | None) -> None:
    """Show what is published, and how each source does.

    \b
    customhouse status --home data
    """
    from flows import show, steps, summary

    place = home_of(at)
    words, columns, rows = summary.status(place)
    print("\n".join(words))
    print()
    print(show.table(columns, rows))
    if alerts := summary.alerts(steps.configured(place), place, dt.datetime.now(dt.UTC)):
        print("\n" + "\n".join(alerts))


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


@customhouse.command()
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Default: in the release folder.")
@click.option("--public", is_flag=True, help="Quoted sentences only: the articles belong to others.")
@click.option("--open", "opened", is_flag=True, help="Show it in the browser.")
@at_home
def report(out: Path | None, public: bool, opened: bool, at: str | None) -> None:
    """Make the site of the published release: charts, tables, and every figure in its sentence.

    \b
    customhouse report --open
    customhouse report --out site --public

    \b
    The Ask page runs SQL with DuckDB-Wasm, which npm gets once for this user; without it the page says so.
    """
    from flows import report as site
    from flows.summary import counts

    place = home_of(at)
    try:
        site.fetch()
    except FetchError as error:
        print(f"customhouse: {error}", file=sys.stderr)
    start = site.build(
        place.database, out or place.releases / counts(place).release_id / "site", public=public
    )
    print(start)
    if opened:
        click.launch(start.as_uri())


@customhouse.command("serve-site")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Default: in the release folder.")
@click.option("--port", default=8000, show_default=True, help="On this machine only; 0 takes any free one.")
@click.option("--open", "opened", is_flag=True, help="Show it in the browser.")
@at_home
def serve_site(out: Path | None, port: int, opened: bool, at: str | None) -> None:
    """Serve the site of the published release to this machine, until stopped.

    \b
    customhouse serve-site --open
    """
    from flows import report as site
    from flows.summary import counts

    place = home_of(at)
    with site.server(out or place.releases / counts(place).release_id / "site", port) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        print(address, flush=True)
        if opened:
            click.launch(address)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


@customhouse.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "forms",
    multiple=True,
    metavar="NAME",
    help="parquet, lake, csv, datapackage or sdmx; default all.",
)
@at_home
def export(folder: Path, forms: tuple[str, ...], at: str | None) -> None:
    """Write the published tables as files into a new folder.

    \b
    customhouse export tables --format csv
    """
    from flows.load import export as exporting

    with exporting.opened(home_of(at).database) as con:
        files = exporting.export(con, folder, forms or exporting.FORMATS)
    print(f"{len(files)} files in {folder}")
