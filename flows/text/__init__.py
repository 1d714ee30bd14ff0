"""Bytes to article: what kind of file it is, then its text, title, date, language and publisher."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from flows.errors import UnreadableError
from flows.record import Article, Receipt
from flows.text import dates
from flows.text.decode import decode
from flows.text.lang import language
from flows.text.plain import headline

__all__ = ["extract"]

_LARGEST = 10_000_000
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|div|script)\b", re.I)
_FEED = re.compile(r"<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.I)
_HINTS = {"empty": "the file may still be on its way: fetch or copy it again", "too-large": "split the file"}


def extract(data: bytes, receipt: Receipt) -> Article:
    """Return the article in some bytes; pure.

    Plain text is decoded and otherwise left exactly as it is. What the receipt says of the article
    (``published``, ``lang``, ``publisher``, ``title``) goes before what the text itself says; its
    header ``announced``, the day a feed or listing gave, only counts where the text gives none.
    Raises UnreadableError with one of the reasons ``empty``, ``binary``, ``too-large``,
    ``unknown-charset``, ``no-text``, ``bot-wall``, ``login``, ``error-page``.
    """
    where = receipt.url
    headers = {name.lower(): value for name, value in receipt.headers.items()}
    if "refused" in headers or len(data) > _LARGEST:
        reason = headers.get("refused", "too-large")
        raise UnreadableError(reason, f"refused: {reason}", where=where, hint=_HINTS.get(reason, ""))
    if not data.strip(b" \t\r\n\xef\xbb\xbf\0"):
        raise UnreadableError("empty", "there is nothing in it", where=where, hint=_HINTS["empty"])
    kind = headers.get("content-type", "").lower()
    title: str | None = None
    published: dt.date | None = None
    publisher = lang = canonical = None
    if data[:1024].lstrip().startswith(b"%PDF-"):
        from flows.text.pdf import pdf

        text, title = pdf(data, where=where)
        title = title if title and title in text else headline(text)
        published = dates.published(text)
    else:
        label = _CHARSET.search(kind)
        text, _ = decode(data, label=label[1] if label else None, where=where)
        if _FEED.match(_opening(text)):
            raise UnreadableError(
                "no-text", "a feed or a sitemap is no article", where=where, hint="name it as a source"
            )
        if _is_page(text, kind, where):
            from flows.text.html import page

            found = page(text, url=receipt.final_url or where)
            text, title, published = found.text, found.title, found.published
            publisher, lang, canonical = found.publisher, found.lang, found.canonical
        else:
            title, published = headline(text), dates.published(text)
        if not any(c.isalnum() for c in text):
            raise UnreadableError("no-text", "there is not one letter in it", where=where)
    return Article(
        id=receipt.sha256[:16],
        text=text,
        lang=_lang(receipt.lang) or _agreed(language(text), _lang(lang)),
        published=_day(receipt.published) or published or _day(headers.get("announced")),
        title=receipt.title or title,
        url=canonical if canonical and _may_rename(receipt) else receipt.url,
        publisher=receipt.publisher or publisher,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _is_page(text: str, kind: str, url: str) -> bool:
    if _MARKUP.match(_opening(text)):
        return True
    named = urlsplit(url).path.lower().endswith((".html", ".htm", ".shtml", ".xhtml"))
    return ("html" in kind or named) and bool(re.search(r"<(?:p|div|br|td|body|span)\b", text[:20_000], re.I))


def _opening(text: str) -> str:
    """Return how the text begins once spaces, an XML declaration and comments are skipped."""
    text = text[:20_000].lstrip()
    for opener, closer in (("<?", "?>"), ("<!--", "-->")) * 20:
        if text.startswith(opener):
            text = text.partition(closer)[2].lstrip()
    return text[:40]


def _may_rename(receipt: Receipt) -> bool:
    """Tell whether the page may give its own address: not where a person gave one for a local file."""
    return receipt.source != "local" or receipt.url.startswith("file:")


def _lang(name: str | None) -> str | None:
    short = re.split(r"[-_]", (name or "").strip().lower())[0]
    return (
        {"cn": "zh", "chi": "zh", "eng": "en"}.get(short, short)
        if re.fullmatch(r"[a-z]{2,3}", short)
        else None
    )


def _agreed(seen: str | None, said: str | None) -> str | None:
    """Return what the script shows; templates often say ``en`` on Chinese pages."""
    latin = {"en", "de", "fr", "es", "pt", "vi", "tr", "id"}
    if seen is None or (
        seen in latin and said is not None and said not in latin | {"zh", "ja", "ko", "ru", "ar", "th"}
    ):
        return said
    return seen
