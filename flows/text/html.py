"""A page's markup to an article: title, date, language, publisher, address and text without furniture."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from flows.errors import UnreadableError
from flows.text import dates, walls
from flows.text.fields import Fields, fields
from flows.text.render import body, flat, prune

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

__all__ = ["Page", "page"]

_SUFFIX = re.compile(r"\s*(?:[|_»]|\s[-–—]\s|--)\s*")
_SOURCE = re.compile(
    r"(?:信息|文章)?(?:来源|來源|稿源)\s*[:：]\s*([^\s|｜]{2,30}?)(?=\s|[|｜]|字号|字體|作者|编辑|责任|发布|浏览|时间|$)|"
    r"\bsource\s*:\s*([^|\n]{2,60}?)(?=\s*(?:\||$|updated))",
    re.IGNORECASE | re.MULTILINE,
)
_URL_DATE = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[-/]?(?P<m>0[1-9]|1[0-2])[-/]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)|[/_]t(?P<y2>20\d\d)(?P<m2>\d\d)(?P<d2>\d\d)_"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says; ``text`` is the headline, an empty line, and one line a paragraph or table row."""

    text: str
    title: str | None
    published: dt.date | None
    publisher: str | None
    lang: str | None
    canonical: str | None


def page(markup: str, *, url: str) -> Page:
    """Return the article of a page.

    Raises UnreadableError: ``bot-wall``, ``login`` or ``error-page`` where the page is one of these
    instead of an article, ``no-text`` where nothing is left without the furniture.
    """
    from trafilatura import load_html

    tree = load_html(markup)
    if tree is None:
        raise UnreadableError("no-text", "the page has no elements", where=url)
    said = fields(tree)
    scripts = " ".join(s.text or "" for s in tree.iter("script"))[:20_000]
    asks_password = bool(tree.xpath("//input[translate(@type, 'PASWORD', 'paswrd')='password']"))
    title = _title(tree, said)
    prune(tree)
    visible = flat(tree.find("body") if tree.find("body") is not None else tree)
    lines = body(tree)
    if lines and title and lines[0].strip() == title:
        lines = lines[1:]
    wall = walls.wall(title or "", "\n".join(visible), "\n".join(lines), scripts, asks_password)
    if wall:
        raise UnreadableError(wall, walls.MEANING[wall], where=url, hint=walls.HINT[wall])
    if not any(c.isalpha() for line in lines for c in line):
        raise UnreadableError(
            "no-text", "no article is left without the page's furniture", where=url,
            hint="open the page in a browser: the text may be a picture or made by a script",
        )  # fmt: skip
    above = _above(visible, lines)
    return Page(
        text="\n".join([title, "", *lines] if title else lines),
        title=title,
        published=said.published
        or dates.labelled("\n".join(above))
        or dates.published("\n".join(["", *above, *lines[:3]][-12:]))
        or dates.published("\n".join([title or "-", *lines[:5]]))
        or _from_url(said.canonical or url),
        publisher=said.publisher or said.source or _source(above),
        lang=said.lang,
        canonical=_canonical(said.canonical, url),
    )


def _title(tree: HtmlElement, said: Fields) -> str | None:
    """Return the headline: the field or the one heading that the window's title begins with or repeats."""
    window = _tidy(next((t.text or "" for t in tree.iter("title")), ""))
    heads = [h for h in (_tidy("".join(e.itertext())) for e in tree.iter("h1")) if len(h) >= 4]
    fitting = [h for h in heads if h in window]
    if fitting:
        return max(fitting, key=len)
    if said.title:
        name = _tidy(said.title)
        return next((h for h in heads if h in name or name in h), None) or _without_site(name, said.publisher)
    if len(heads) == 1:
        return heads[0]
    return _without_site(window, said.publisher) or None


def _without_site(title: str, site: str | None) -> str:
    """Cut the site's name off a window's title; a hyphen inside the headline itself stays."""
    parts = _SUFFIX.split(title)
    if len(parts) > 1 and ((site and site in parts[-1]) or len(parts[0]) >= 8):
        cut = _SUFFIX.search(title)
        return title[: cut.start()].strip() if cut else title
    return title


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _above(visible: list[str], lines: list[str]) -> list[str]:
    """Return the visible lines over the article's first one: byline, date, source."""
    if not lines:
        return visible[:20]
    first = next(
        (n for n, line in enumerate(visible) if line == lines[0] or lines[0].startswith(line[:30])), None
    )
    return visible[max(0, first - 12) : first] if first else visible[:12]


def _source(above: list[str]) -> str | None:
    match = _SOURCE.search("\n".join(above))
    return (match[1] or match[2]).strip() if match else None


def _from_url(url: str) -> dt.date | None:
    match = _URL_DATE.search(urlsplit(url).path)
    if not match:
        return None
    year, month, day = (g for g in match.groups() if g)
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _canonical(link: str | None, url: str) -> str | None:
    """Return the page's own address where it can be one: the same host, and not the host's front page."""
    if not link:
        return None
    whole = urlsplit(urljoin(url, link))
    if whole.scheme not in ("http", "https") or whole.path in ("", "/"):
        return None
    here = urlsplit(url)
    if here.scheme in ("http", "https") and _site(here.hostname) != _site(whole.hostname):
        return None
    return whole._replace(fragment="").geturl()


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.").removeprefix("m.")
