"""Articles from this machine: files and folders, each with what ``FILE.meta.json`` says of it.

    refused: list[CustomhouseError] = []
    for data, receipt in collect(paths, refused):
        archive.put(data, receipt)

A file over 10 MB is never read: a short note stands for its bytes, and its receipt's header
``refused`` carries the reason, so that the refusal reaches the warehouse like any other article
that cannot be read (``text.extract`` raises UnreadableError with that reason).
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.errors import CustomhouseError, UsageError
from flows.fetch.archive import sha256
from flows.record import Receipt

__all__ = ["LARGEST", "collect", "meta"]

LARGEST = 10_000_000
"""Bytes above which a file or page is refused."""

_SUFFIXES = {".txt", ".html", ".htm", ".xhtml", ".shtml", ".pdf", ".md"}
_META = ".meta.json"


@dataclass(frozen=True, slots=True)
class Meta:
    """What ``FILE.meta.json`` says of the file beside it; None where it says nothing."""

    url: str | None = None
    published: str | None = None
    lang: str | None = None
    publisher: str | None = None
    title: str | None = None


def collect(
    paths: Sequence[Path], refused: list[CustomhouseError], *, now: dt.datetime | None = None
) -> Iterator[tuple[bytes, Receipt]]:
    """Yield the bytes and the receipt of every article among the files and folders.

    Folders are read recursively in the order of their names; only text, HTML, PDF and Markdown
    files and text without a suffix count there, while a file named outright is always taken.
    Labels (``ID.json`` beside ``ID.txt``) and ``*.meta.json`` are no articles. A file that cannot
    be read, or whose meta file is broken, is appended to ``refused`` and the rest goes on.
    Raises UsageError, before anything is read, where a path does not exist.
    """
    for path in paths:
        if not path.exists():
            raise UsageError("no such file or folder", where=str(path), hint="check the spelling of the path")
    fetched_at = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).isoformat(timespec="seconds")
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path):
            absolute = Path(os.path.abspath(file))
            if absolute in seen:
                continue
            seen.add(absolute)
            try:
                yield _article(absolute, fetched_at)
            except OSError as error:
                refused.append(
                    CustomhouseError(
                        f"cannot be read: {error.strerror}",
                        where=str(file),
                        hint="check the file's permissions",
                    )
                )
            except CustomhouseError as error:
                refused.append(error)


def meta(file: Path) -> Meta:
    """Return what ``FILE.meta.json`` beside a file says; raise CustomhouseError where it is broken."""
    path = file.with_name(file.name + _META)
    if not path.is_file():
        return Meta()
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(said, dict):
            raise TypeError("not a JSON object")
        for name in Meta.__slots__:
            if not isinstance(said.get(name), str | None):
                raise TypeError(f"{name!r} is not a text")
        if said.get("published"):
            dt.date.fromisoformat(said["published"][:10])
    except (ValueError, TypeError) as error:
        raise CustomhouseError(
            f"broken meta file: {error}",
            where=str(path),
            hint='give a JSON object such as {"url": "https://…", "published": "2026-01-26", "lang": "en"}',
        ) from None
    return Meta(**{name: said.get(name) or None for name in Meta.__slots__})


def _article(file: Path, fetched_at: str) -> tuple[bytes, Receipt]:
    said = meta(file)
    size = file.stat().st_size
    url = said.url or file.as_uri()
    headers = {}
    if size > LARGEST:
        headers["refused"] = "too-large"
        data = f"{url}\n{size} bytes are more than {LARGEST}\n".encode()
    else:
        data = file.read_bytes()
    receipt = Receipt(
        sha256=sha256(data), url=url, fetched_at=fetched_at, headers=headers, source="local", lang=said.lang,
        published=said.published, publisher=said.publisher, title=said.title,
    )  # fmt: skip
    return data, receipt


def _files(path: Path) -> Iterator[Path]:
    """Yield the article files of a file or folder in a fixed order."""
    if not path.is_dir():
        if not _is_label(path):
            yield path
        return
    for entry in sorted(path.iterdir(), key=lambda p: p.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.suffix.lower() in _SUFFIXES or (not entry.suffix and _is_text(entry)):
            yield entry


def _is_label(path: Path) -> bool:
    """Return True for a meta file, and for ``ID.json`` beside the article ``ID.txt`` that it labels."""
    if path.name.endswith(_META):
        return True
    return path.suffix == ".json" and any(path.with_suffix(suffix).is_file() for suffix in _SUFFIXES)


def _is_text(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"\0" not in file.read(4096)
    except OSError:
        return True  # let the reading of it say what is wrong
