"""The links of a page, and the items of a feed or a sitemap: where articles are announced."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from flows.text import dates
from flows.text.decode import decode

__all__ = ["Link", "NotXMLError", "feed", "links", "sitemap"]

_MOST = 5000
_BOXES = {"li", "td", "tr", "dd", "dt", "p", "div", "h2", "h3", "h4"}
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")


class NotXMLError(ValueError):
    """What was to be a feed or a sitemap is none."""


@dataclass(frozen=True, slots=True)
class Link:
    """One announced article: its address, the words of the link, and the dates that stand by it."""

    url: str
    title: str = ""
    published: dt.date | None = None
    updated: str | None = None


def links(data: bytes, base: str, *, items: str = "a", label: str | None = None) -> list[Link]:
    """Return the links of a page in their order, each once.

    ``items`` is a CSS selector of the links themselves or of the boxes that hold one link each. A date
    in the box, or right after the link, counts as the article's.
    """
    from resiliparse.parse.html import HTMLTree

    text, _ = decode(data, label=label, where=base)
    tree = HTMLTree.parse(text)
    found: dict[str, Link] = {}
    head = tree.head
    for element in head.query_selector_all("base[href]") if head is not None else []:
        base = urljoin(base, element.getattr("href", ""))
    body = tree.body
    held, beside = None, ""  # the box of the last link and its text: a box may hold thousands
    # the slice takes all at once: stepping through the collection asks the page again for each
    for box in body.query_selector_all(items)[:] if body is not None else []:
        anchor = box if box.tag == "a" else box.query_selector("a[href]")
        href = (anchor.getattr("href", "") or "").strip() if anchor is not None else ""
        if anchor is None or not href or href.startswith(("#", "javascript:", "mailto:")):
            continue
        url = _joined(base, href)
        if not url:
            continue
        title = re.sub(r"\s+", " ", anchor.getattr("title", "") or anchor.text or "").strip()
        if box.tag == "a" and anchor.parent != held:
            held, beside = anchor.parent, _around(anchor)
        around = beside if box.tag == "a" else box.text
        known = found.get(url)
        if known is None or (not known.title and title):
            found[url] = Link(url, title, dates.find((around or "")[:1000].replace(title, " ")))
        if len(found) >= _MOST:
            break
    return list(found.values())


def feed(data: bytes, base: str) -> list[Link]:
    """Return the items of an RSS or Atom feed; raise NotXMLError for anything else."""
    root = _xml(data, base)
    if _name(root) not in ("rss", "feed", "RDF"):
        raise NotXMLError(f"a <{_name(root)}> is no feed")
    out: list[Link] = []
    for item in (e for e in root.iter() if _name(e) in ("item", "entry")):
        said = {_name(child): (child.text or "").strip() for child in reversed(list(item))}
        hrefs = [
            c.get("href", "") for c in item if _name(c) == "link" and c.get("rel", "alternate") == "alternate"
        ]
        href = next((h for h in hrefs if h), "") or said.get("link", "") or said.get("guid", "")
        url = _joined(base, href)
        when = next(
            (
                said[n]
                for n in ("pubDate", "pubTime", "published", "date", "issued", "updated")
                if said.get(n)
            ),
            None,
        )
        if url:
            title = re.sub(r"<[^>]+>|\s+", " ", said.get("title", "")).strip()
            out.append(Link(url, title, _when(when), said.get("updated") or None))
    return out[:_MOST]


def sitemap(data: bytes, base: str) -> tuple[list[Link], list[str]]:
    """Return the pages of a sitemap and the further sitemaps it names; raise NotXMLError else."""
    root = _xml(data, base)
    pages: list[Link] = []
    more: list[str] = []
    for entry in root:
        said = {_name(child): (child.text or "").strip() for child in entry.iter()}
        url = _joined(base, said.get("loc", ""))
        if not url:
            continue
        if _name(root) == "sitemapindex":
            more.append(url)
        elif _name(root) == "urlset":
            published = _when(said.get("publication_date") or said.get("lastmod"))
            pages.append(Link(url, said.get("title", ""), published, said.get("lastmod")))
    if _name(root) not in ("sitemapindex", "urlset"):
        raise NotXMLError(f"a <{_name(root)}> is no sitemap")
    return pages[: 10 * _MOST], more[:200]


def _xml(data: bytes, base: str) -> ElementTree.Element:
    text, _ = decode(data, where=base)
    text = _XML_HEAD.sub("", text.lstrip("\ufeff \r\n\t"))
    if "<!ENTITY" in text[:10_000]:
        raise NotXMLError("it declares entities, which no feed needs")
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise NotXMLError(f"not well-formed: {error}") from None


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _joined(base: str, href: str) -> str | None:
    try:
        url = urljoin(base, href.strip()).partition("#")[0]
        return url if urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _when(text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError):
        return dates.find(text.replace("T", " "))


def _around(anchor: Any) -> str:
    """Return the text of the box that holds a link, where that is a small one: an item, a row, a cell."""
    box = anchor.parent
    return str(box.text) if box is not None and box.tag in _BOXES else ""
