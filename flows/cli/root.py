"""The command that all others hang from."""

from __future__ import annotations

import click

__all__ = ["at_home", "customhouse"]

at_home = click.option(
    "--home",
    "at",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Folder of the warehouse; default $CUSTOMHOUSE_HOME, else ./warehouse.",
)


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
    customhouse report --open                   the same as a site: charts, and figures in their sentences
    customhouse status                          what is published, and how the sources do

    A file may have a FILE.meta.json beside it: any of url, published, lang, publisher, title.
    """
