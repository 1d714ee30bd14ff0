"""Files that are only read: no archive, no warehouse, nothing kept."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.errors import CustomhouseError, UsageError
from flows.record import Reading, Receipt

__all__ = ["Told", "read_files"]


@dataclass(frozen=True, slots=True)
class Told:
    """One file that was only read: its reading and text, or the fault that kept it from being read."""

    reading: Reading | None
    text: str = ""
    fault: CustomhouseError | None = None


def read_files(names: Sequence[str], *, published: str | None = None) -> Iterator[Told]:
    """Read files (``-`` is standard input) without keeping anything; an article's id is its file's stem.

    ``published`` holds where neither ``FILE.meta.json`` nor the page says it. Raises UsageError where a
    file does not exist or the date is none.
    """
    from flows import read as reader
    from flows import text

    try:
        day = dt.date.fromisoformat(published) if published else None
    except ValueError:
        raise UsageError("not a date", where=str(published), hint="write it as 2026-01-26") from None
    for name in names:
        try:
            data, receipt = _given(name)
            article = text.extract(data, receipt)
        except UsageError:
            raise
        except CustomhouseError as error:
            yield Told(None, fault=error)
            continue
        stem = Path(name).stem if name != "-" else "stdin"
        article = replace(article, id=stem, published=article.published or day)
        yield Told(reader.read(article), article.text)


def _given(name: str) -> tuple[bytes, Receipt]:
    from flows.fetch.archive import sha256
    from flows.fetch.local import collect

    if name == "-":
        data = sys.stdin.buffer.read()
        return data, Receipt(sha256(data), "stdin:", "")
    refused: list[CustomhouseError] = []
    for found in collect([Path(name)], refused):
        return found
    raise refused[0] if refused else UsageError("no article", where=name, hint="give a text or HTML file")
