"""What a page says of itself in its head: JSON-LD, meta fields, links; nothing of its body."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.text import dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

__all__ = ["Fields", "fields"]

_TITLE = ("articletitle", "citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_DATE = (
    "article:published_time", "og:article:published_time", "pubdate", "publishdate", "publish_date",
    "publishdate1", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
    "sailthru.date",
    "parsely-pub-date", "citation_publication_date", "og:release_date", "datepublished", "firstpublishedtime",
    "_pubtime", "weibo: article:create_at", "releasedate", "publicationdate",
)  # fmt: skip
_PUBLISHER = (
    "og:site_name",
    "sitename",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
)
_SOURCE = ("contentsource", "source", "article:source")
_LANG = ("content-language", "og:locale")
_ARTICLE = re.compile(r"article|posting|report|webpage", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fields:
    """The page's own word; None or empty where it is silent."""

    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    source: str | None = None
    lang: str | None = None
    canonical: str | None = None


def fields(tree: HtmlElement) -> Fields:
    """Return the fields of a page; JSON-LD first, then meta fields by how exact they are."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    linked = _json_ld(tree)
    canonical = next(
        (link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()),
        None,
    ) or meta.get("og:url")
    return Fields(
        title=meta.get("articletitle") or linked.get("headline") or _first(meta, _TITLE),
        published=_date(linked.get("datePublished")) or next(
            (d for d in (_date(meta.get(name)) for name in _DATE) if d), None
        ),
        publisher=linked.get("publisher") or _first(meta, _PUBLISHER),
        source=_first(meta, _SOURCE),
        lang=linked.get("inLanguage") or tree.get("lang") or _first(meta, _LANG),
        canonical=(canonical or "").strip() or None,
    )  # fmt: skip


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)


def _date(text: str | None) -> dt.date | None:
    if not text:
        return None
    compact = re.match(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?!\d\d\d)", text)
    return dates.find("-".join(compact.groups()) if compact else re.sub(r"(?<=\d)T(?=\d)", " ", text))


def _json_ld(tree: HtmlElement) -> dict[str, str]:
    """Return headline, datePublished, publisher and inLanguage of the first article described."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            described = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except ValueError:
            continue
        for thing in _things(described):
            kind = thing.get("@type", "")
            if not _ARTICLE.search(" ".join(kind) if isinstance(kind, list) else str(kind)):
                continue
            said = {
                n: v.strip()
                for n in ("headline", "datePublished", "inLanguage")
                if isinstance(v := thing.get(n), str)
            }
            publisher = thing.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                said["publisher"] = publisher["name"].strip()
            if "datePublished" in said or "headline" in said:
                return said
    return {}


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, dict):
        yield value
        value = value.get("@graph", [])
    if isinstance(value, list):
        for item in value:
            yield from _things(item, depth + 1)
