"""One source, one run: find what it announces, fetch what is new, archive it, remember it.

The order makes it safe to kill at any moment: bytes and receipt go into the archive first, and only
then is the address remembered as had. Source pages themselves are archived apart, under
``.fetch/pages``, for they announce articles and are none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from flows.errors import CustomhouseError, FetchError, UnreadableError
from flows.fetch.archive import Archive, sha256
from flows.fetch.client import Answer, Client
from flows.fetch.faults import Fault
from flows.fetch.local import collect as collect_local
from flows.fetch.memory import Known, Memory, recall
from flows.fetch.robots import Robots
from flows.fetch.sources import Source
from flows.record import Receipt
from flows.text.links import Link, NotXMLError, feed, links, sitemap

__all__ = ["Fetched", "Harvest", "Web"]

_KEPT = ("content-type", "content-language", "etag", "last-modified")
_LATEST_SITEMAPS = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address.

    ``outcome``: ``new`` (first bytes from this address), ``changed`` (other bytes than last time),
    ``same`` (the same bytes again), ``unchanged`` (the server says 304), ``error``. ``page`` marks the
    source's own pages, which are no articles and have no receipt here.
    """

    source_id: str
    url: str
    outcome: str
    receipt: Receipt | None = None
    error: CustomhouseError | None = None
    page: bool = False


class Web:
    """The client and the robots' rules that all sources of one run share."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.robots = Robots(client)

    def get(self, url: str, source: Source, known: Known | None = None) -> Answer:
        """Fetch a page of a source if its robots.txt allows; raise Fault otherwise."""
        from flows.fetch import guard

        guard.allowed(url, self.client.manners, source.allowed)
        delay = max(source.delay, self.robots.delay(url))
        etag, modified = (known.etag, known.modified) if known else (None, None)
        return self.client.get(url, hosts=source.allowed, etag=etag, modified=modified, delay=delay)


class Harvest:
    """The work of one source in one run."""

    def __init__(
        self, source: Source, archive: Archive, web: Web, since: dt.date | None, now: dt.datetime
    ) -> None:
        self._source, self._archive, self._web, self._since, self._now = source, archive, web, since, now
        self._stamp = now.astimezone(dt.UTC).isoformat(timespec="seconds")
        self._pages = Archive(archive.root / ".fetch" / "pages")
        self.memory: Memory = recall(archive.root, source.id)

    def run(self) -> Iterator[Fetched]:
        """Yield what became of every address that was asked for; never raises for one of them."""
        if self._source.kind == "folder":
            yield from self._folder()
            return
        try:
            if self._source.kind == "urls":
                for url in self._source.address:
                    self.memory.items.setdefault(url, Known())
                    yield self._item(Link(url))
                return
            found: list[Fetched] = []
            announced = self._announced(found)
            for link in announced:
                self._note(link)
            self.memory.save()
            yield from found
            for link in self._wanted(announced):
                yield self._item(link)
        finally:
            self.memory.last_run = self._stamp
            self.memory.save()

    def look(self) -> tuple[list[CustomhouseError], list[Link]]:
        """Return the faults of the source's pages and the articles they announce; fetch none of these."""
        if self._source.kind == "folder":
            return [], [Link(a) for a in self._source.address if Path(a).is_dir()]
        found: list[Fetched] = []
        if self._source.kind == "urls":
            found = [self._page(url)[0] for url in self._source.address]
            announced = [Link(fetched.url) for fetched in found if fetched.error is None]
        else:
            announced = self._announced(found)
        return [fetched.error for fetched in found if fetched.error is not None], announced

    def _folder(self) -> Iterator[Fetched]:
        refused: list[CustomhouseError] = []
        said = self._source
        for data, receipt in collect_local([Path(a) for a in said.address], refused, now=self._now):
            receipt = replace(
                receipt,
                headers={**receipt.headers, **said.standing},
                source=said.id,
                lang=receipt.lang or said.lang,
                publisher=receipt.publisher or said.publisher,
            )
            new = not self._archive.has(receipt.sha256)
            self._archive.put(data, receipt)
            yield Fetched(said.id, receipt.url, "new" if new else "same", receipt)
        for error in refused:
            yield Fetched(said.id, error.where, "error", error=error)

    def _announced(self, found: list[Fetched]) -> list[Link]:
        """Return the links that the source's pages announce now; ``found`` gets what became of the pages."""
        out: dict[str, Link] = {}
        for start in self._source.address:
            waiting, asked = [start], set[str]()
            while waiting and len(asked) < self._source.most_pages:
                url = waiting.pop(0)
                asked.add(url)
                fetched, data = self._page(url, further=len(asked) > 1)
                found.append(fetched)
                if data is None:
                    break
                try:
                    announced, more = self._parse(data, url, len(asked))
                except (NotXMLError, UnreadableError) as error:
                    fault = Fault("not-a-feed", str(error), where=url)
                    found[-1] = replace(fetched, outcome="error", error=fault)
                    self.memory.last_fault = f"{fault.reason} {self._stamp}"
                    break
                if not announced and len(asked) == 1 and self._source.kind != "sitemap":
                    fault = Fault("nothing-found", "no link fits the source's patterns", where=url)
                    found[-1] = replace(fetched, outcome="error", error=fault)
                announced = [link for link in announced if link.url not in out and self._is_recent(link)]
                # Paging ends at a page without anything new; going back, at one without anything recent.
                goes_on = announced if self._since else [link for link in announced if self._is_fresh(link)]
                out.update((link.url, link) for link in announced)
                if goes_on or self._source.kind == "sitemap":
                    waiting += [link for link in more if link not in asked]
        return list(out.values())

    def _page(self, url: str, *, further: bool = False) -> tuple[Fetched, bytes | None]:
        """Fetch one page of the source; None for the data where it brings nothing new.

        A ``further`` page that is not there is the end of the list, not a fault.
        """
        known = self.memory.pages.get(url, Known())
        if self._since or not (known.sha256 and self._pages.has(known.sha256)):
            known = replace(known, etag=None, modified=None)
        try:
            answer = self._web.get(url, self._source, known)
        except FetchError as error:
            reason = error.reason if isinstance(error, Fault) else "unexpected"
            if further and reason in ("not-found", "gone"):
                return Fetched(self._source.id, url, "unchanged", page=True), None
            self.memory.pages[url] = known.failed(reason, self._stamp)
            self.memory.last_fault = f"{reason} {self._stamp}"
            return Fetched(self._source.id, url, "error", error=error, page=True), None
        if answer.status == 304:
            self.memory.pages[url] = replace(known, asked=self._stamp, strikes=0, reason=None)
            return Fetched(self._source.id, url, "unchanged", page=True), None
        receipt = self._receipt(answer)
        self._pages.put(answer.data, receipt)
        outcome = "same" if known.sha256 == receipt.sha256 else "changed" if known.sha256 else "new"
        self.memory.pages[url] = _had(known, answer, receipt.sha256, self._stamp)
        return Fetched(self._source.id, url, outcome, page=True), answer.data

    def _parse(self, data: bytes, url: str, number: int) -> tuple[list[Link], list[str]]:
        """Return the links of a page that may be articles, and the further pages it leads to."""
        source, more = self._source, list[str]()
        if source.kind == "feed":
            announced = feed(data, url)
        elif source.kind == "sitemap":
            announced, more = sitemap(data, url)
            more = sorted(more)[-_LATEST_SITEMAPS:]
        else:
            announced = links(data, url, items=source.items)
            if source.pages:
                more = [source.pages.replace("{n}", str(source.first + number - 1))]
            elif source.next:
                more = [link.url for link in links(data, url, items=source.next)][:1]
        fits = [
            link
            for link in announced
            if re.search(source.links, link.url) and (not link.title or re.search(source.words, link.title))
        ]
        return fits, more

    def _is_recent(self, link: Link) -> bool:
        return not (self._since and link.published and link.published < self._since)

    def _is_fresh(self, link: Link) -> bool:
        known = self.memory.items.get(link.url)
        return (
            known is None or known.state == "waiting" or bool(link.updated and link.updated != known.updated)
        )

    def _note(self, link: Link) -> None:
        """Remember an announced address before it is fetched, so that a kill does not lose it."""
        published = link.published.isoformat() if link.published else None
        known = self.memory.items.get(link.url)
        if known is None:
            self.memory.items[link.url] = Known(first=self._stamp, published=published, updated=link.updated)

    def _wanted(self, announced: list[Link]) -> list[Link]:
        """Return what to fetch now: fresh, left over from earlier runs, or to be checked again."""
        told = {link.url: link for link in announced}
        wanted: list[Link] = []
        for url, known in self.memory.items.items():
            published = dt.date.fromisoformat(known.published) if known.published else None
            link = told.get(url) or Link(url, "", published)
            if not self._is_recent(link):
                continue
            left_over = known.state in ("waiting", "missing")
            young = self._source.recheck and known.first and (
                self._now - dt.datetime.fromisoformat(known.first)
            ).days < self._source.recheck  # fmt: skip
            changed = url in told and known.state == "had" and self._is_fresh(link)
            if left_over or changed or (young and known.state == "had"):
                wanted.append(link)
        return wanted[: self._source.most_items]

    def _item(self, link: Link) -> Fetched:
        """Fetch one article, archive it, and then remember it."""
        known = self.memory.items.get(link.url, Known())
        if known.state == "gone":
            fault = Fault("gone", "the server said earlier that it is gone", where=link.url)
            return Fetched(self._source.id, link.url, "error", error=fault)
        if not (known.sha256 and self._archive.has(known.sha256)):
            known = replace(known, etag=None, modified=None)
        try:
            answer = self._web.get(link.url, self._source, known)
        except FetchError as error:
            reason = error.reason if isinstance(error, Fault) else "unexpected"
            self.memory.items[link.url] = known.failed(reason, self._stamp)
            self.memory.last_fault = f"{reason} {self._stamp}"
            self.memory.touch()
            return Fetched(self._source.id, link.url, "error", error=error)
        if answer.status == 304:
            self.memory.items[link.url] = replace(known, asked=self._stamp, strikes=0, reason=None)
            self.memory.touch()
            return Fetched(self._source.id, link.url, "unchanged")
        receipt = self._receipt(answer, link)
        same = known.sha256 == receipt.sha256 and self._archive.has(receipt.sha256)
        outcome = "same" if same else "changed" if known.sha256 not in (None, receipt.sha256) else "new"
        if not same:
            self._archive.put(answer.data, receipt)
            self.memory.last_new = self._stamp
        self.memory.items[link.url] = replace(
            _had(known, answer, receipt.sha256, self._stamp), updated=link.updated or known.updated
        )
        self.memory.touch()
        return Fetched(self._source.id, link.url, outcome, receipt)

    def _receipt(self, answer: Answer, link: Link | None = None) -> Receipt:
        source = self._source
        headers = {name: answer.headers[name] for name in _KEPT if name in answer.headers} | source.standing
        if link and link.published:
            # The page's own word goes first: a feed's day is often that of another time zone.
            headers["announced"] = link.published.isoformat()
        return Receipt(
            sha256=sha256(answer.data),
            url=answer.url,
            fetched_at=self._stamp,
            final_url=answer.final_url,
            status=answer.status,
            headers=headers,
            source=source.id,
            publisher=source.publisher or None,
        )


def _had(known: Known, answer: Answer, digest: str, stamp: str) -> Known:
    return replace(
        known,
        state="had",
        sha256=digest,
        etag=answer.headers.get("etag"),
        modified=answer.headers.get("last-modified"),
        asked=stamp,
        first=known.first or stamp,
        strikes=0,
        reason=None,
    )
