"""Where articles are announced: the table of sources, one entry a source, no code to add one.

``load(path)`` reads ``warehouse/reference/sources.toml``; ``of_urls(urls)`` makes a source of addresses
from the command line; ``probe.check(source, web)`` tries a source and says what it found.

Kinds: ``feed`` (RSS, Atom), ``sitemap``, ``listing`` (pages of links), ``urls`` (a list of pages),
``folder`` (files on this machine).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.errors import UsageError

__all__ = ["KINDS", "Source", "load", "of_urls"]

KINDS = ("feed", "sitemap", "listing", "urls", "folder")
CLASSES = ("customs", "government", "agency", "reprint", "aggregator", "unknown")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Source:
    """One place that announces articles.

    ``address`` is one or more pages to start from. ``hosts`` are the only ones that are fetched, with
    their subdomains; the addresses' own hosts if none are given. ``links`` is a pattern that an
    article's address must match, ``words`` one that its link text must match where it has any.
    For a listing, ``items`` selects the links or their boxes, and ``pages`` with ``{n}`` (counted from
    ``first``) or ``next`` (a CSS selector) leads to further pages, at most ``most_pages`` of them; paging
    stops at a page without anything new. ``recheck`` is for how many days a fetched article is asked
    for again, ``silence`` after how many days without anything new the source counts as silent.
    """

    id: str
    kind: str
    address: tuple[str, ...]
    publisher: str = ""
    source_class: str = "unknown"
    rank: int = 9
    lang: str | None = None
    hosts: tuple[str, ...] = ()
    items: str = "a"
    links: str = ""
    words: str = ""
    pages: str = ""
    first: int = 2
    next: str = ""
    most_pages: int = 5
    most_items: int = 200
    recheck: int = 0
    silence: int = 45
    delay: float = 0.0
    verified: bool = False
    note: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """Return the hosts that may be fetched for this source."""
        return self.hosts or tuple(dict.fromkeys(urlsplit(a).hostname or "" for a in self.address))

    @property
    def standing(self) -> dict[str, str]:
        """Return what receipts keep of the source's class and rank, where the table gives them."""
        said = {"source-class": self.source_class, "source-rank": str(self.rank)}
        plain = {"source-class": "unknown", "source-rank": "9"}
        return {name: value for name, value in said.items() if value != plain[name]}


_PLAIN: Mapping[str, Any] = {"str": str, "str | None": str, "int": int, "float": int | float, "bool": bool}
_TYPES: Mapping[str, Any] = {f.name: _PLAIN.get(str(f.type), list) for f in fields(Source)}


def load(path: Path) -> tuple[Source, ...]:
    """Return the sources of a table in its order; raise UsageError naming the entry that is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError("no such table of sources", where=str(path), hint="check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"not TOML: {error}", where=str(path), hint="mend the line it names") from None
    found: dict[str, Source] = {}
    for number, entry in enumerate(table.get("source", []), start=1):
        where = f"{path}: source {number} ({entry.get('id', 'without id')})"
        source = _source(entry, where, path.parent)
        if source.id in found:
            raise UsageError("the id is used twice", where=where, hint="give each source its own id")
        found[source.id] = source
    return tuple(found.values())


def of_urls(urls: Sequence[str]) -> Source:
    """Return a source of addresses given by a person; they may redirect within their own hosts."""
    return Source(
        id="addresses", kind="urls", address=tuple(dict.fromkeys(urls)), note="given on the command line"
    )


def _source(entry: Mapping[str, Any], where: str, folder: Path) -> Source:
    def wrong(message: str, hint: str) -> UsageError:
        return UsageError(message, where=where, hint=hint)

    said = {("source_class" if name == "class" else name): value for name, value in entry.items()}
    for name, value in said.items():
        if name not in _TYPES:
            raise wrong(f"unknown field {name!r}", f"the fields are {', '.join(sorted(_TYPES))}")
        if name == "address" and isinstance(value, str):
            value = [value]
        if not isinstance(value, _TYPES[name]) or (isinstance(value, bool) and _TYPES[name] is not bool):
            raise wrong(f"{name} has the wrong type", "give a value like those of the other sources")
        said[name] = _texts(value, where, name) if isinstance(value, list) else value
    for name in ("id", "kind", "address"):
        if not said.get(name):
            raise wrong(f"{name} is missing", "every source has an id, a kind and an address")
    if not _ID.fullmatch(said["id"]):
        raise wrong("the id is no id", "use small letters, digits and hyphens")
    if said["kind"] not in KINDS:
        raise wrong(f"unknown kind {said['kind']!r}", f"the kinds are {', '.join(KINDS)}")
    if said.get("source_class", "unknown") not in CLASSES:
        raise wrong(f"unknown class {said['source_class']!r}", f"the classes are {', '.join(CLASSES)}")
    if said["kind"] == "folder":
        said["address"] = tuple(str((folder / a).resolve()) for a in said["address"])
    elif bad := [a for a in said["address"] if not a.startswith(("http://", "https://"))]:
        raise wrong(f"not an address: {bad[0]}", "begin it with https://")
    for name in ("links", "words"):
        try:
            re.compile(said.get(name, ""))
        except re.error as error:
            raise wrong(f"{name} is no pattern: {error}", "mend the regular expression") from None
    return Source(**said)


def _texts(values: Iterable[Any], where: str, name: str) -> tuple[str, ...]:
    texts = tuple(values)
    if not all(isinstance(text, str) for text in texts):
        raise UsageError(f"{name} holds something that is no text", where=where, hint="quote every value")
    return texts
