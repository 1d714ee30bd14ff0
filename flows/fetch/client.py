"""One polite request: paced, bounded, each redirect checked, tried again only where that may help."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import http.client
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from flows.fetch import guard
from flows.fetch.faults import Fault
from flows.fetch.manners import Manners
from flows.fetch.unpack import CutOffError, TooLargeError, unpack
from flows.fetch.wire import Deadline, session

__all__ = ["Answer", "Client"]

_REDIRECTS = {301, 302, 303, 307, 308}
_PAUSE = {408, 425, 429, 500, 502, 503, 504}
_UNDERSTOOD = {"", "identity", "gzip", "x-gzip", "deflate"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: ``status`` is 200, or 304 with no data where the page is as it was."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    data: bytes


class Client:
    """Fetches for one run; several threads may share it, and each host is asked one thing at a time."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self._local = threading.local()
        self._mutex = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}

    def get(
        self,
        url: str,
        *,
        hosts: Collection[str] = (),
        etag: str | None = None,
        modified: str | None = None,
        delay: float | None = None,
    ) -> Answer:
        """Return the server's answer; raise Fault with the reason where there is none.

        ``etag`` and ``modified`` make the request conditional. ``delay`` is the pause between two
        requests to the host where it is longer than the usual one.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        for attempt in range(1, self.manners.tries + 1):
            try:
                return self._follow(url, hosts, headers, max(delay or 0.0, self.manners.delay))
            except Fault as fault:
                wait = fault.wait if fault.wait is not None else self.manners.backoff * 2 ** (attempt - 1)
                if not fault.transient or attempt == self.manners.tries or wait > self.manners.longest_wait:
                    raise
                time.sleep(wait)
        raise AssertionError("unreachable")

    def _follow(self, url: str, hosts: Collection[str], headers: Mapping[str, str], delay: float) -> Answer:
        here, seen = url, {url}
        for _ in range(self.manners.redirects + 1):
            guard.allowed(here, self.manners, hosts)
            with self._turn(urlsplit(here).netloc, delay):
                answer, target = self._once(here, headers)
            if target is None:
                return Answer(url, here, answer.status, answer.headers, answer.data)
            try:
                here = urljoin(here, target).partition("#")[0]
            except ValueError as error:
                raise Fault("bad-address", f"sent to no address: {error}", where=url) from None
            if here in seen:
                raise Fault("redirect-loop", f"sent back to {here[:200]}", where=url)
            seen.add(here)
        raise Fault("too-many-redirects", f"more than {self.manners.redirects} redirects", where=url)

    def _once(self, url: str, headers: Mapping[str, str]) -> tuple[Answer, str | None]:
        """Make one request; return the answer, and the target where it is a redirect."""
        with Deadline.of(self.manners.total) as deadline:
            try:
                with self._session().get(
                    url,
                    headers=dict(headers),
                    timeout=(self.manners.connect, self.manners.total),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    got = {name.lower(): value for name, value in response.headers.items()}
                    if response.status_code in _REDIRECTS and got.get("location"):
                        return Answer(url, url, response.status_code, got, b""), _location(response)
                    _judge(response.status_code, got, url)
                    data = b"" if response.status_code == 304 else self._body(response, got, url)
                    answer = Answer(url, url, response.status_code, got, data)
            except Fault as fault:
                raise (_late(url, self.manners) if deadline.passed else fault) from None
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                raise (_late(url, self.manners) if deadline.passed else _fault(error, url)) from None
            if deadline.passed:
                raise _late(url, self.manners)
        return answer, None

    def _body(self, response: requests.Response, headers: Mapping[str, str], url: str) -> bytes:
        packing = headers.get("content-encoding", "").strip().lower()
        if packing not in _UNDERSTOOD:
            raise Fault("encoding", f"packed as {packing}", where=url)
        length = headers.get("content-length", "")
        largest = self.manners.largest
        if length.isdigit() and int(length) > largest:
            raise Fault("too-large", f"{length} bytes announced", where=url)
        chunks = iter(lambda: response.raw.read1(65_536, decode_content=False), b"")
        try:
            return unpack(chunks, packing, largest)
        except TooLargeError as error:
            raise Fault("too-large", str(error), where=url) from None
        except CutOffError as error:
            raise Fault("truncated", str(error), where=url, transient=True) from None

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = session(self.manners)
        made: requests.Session = self._local.session
        return made

    @contextlib.contextmanager
    def _turn(self, host: str, delay: float) -> Iterator[None]:
        """Wait for the host's turn: one request at a time, and a pause between the end and the next start."""
        with self._mutex:
            turn = self._turns.setdefault(host, threading.Lock())
        with turn:
            pause = self._last.get(host, -delay) + delay - time.monotonic()
            if host in self._last and pause > 0:
                time.sleep(pause)
            try:
                yield
            finally:
                self._last[host] = time.monotonic()


def _location(response: requests.Response) -> str:
    """Return a redirect's target; servers send it as bytes of UTF-8 or of the page's charset."""
    raw = response.headers["location"]
    try:
        return raw.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return raw.strip()


def _judge(status: int, headers: Mapping[str, str], url: str) -> None:
    """Raise the Fault that a status stands for."""
    if status in (200, 203, 304):
        return
    if status in _PAUSE:
        reason = "rate-limited" if status in (408, 425, 429) else "server-error"
        wait = _pause(headers.get("retry-after", ""))
        raise Fault(reason, f"the server says {status}", where=url, transient=True, status=status, wait=wait)
    reason = {404: "not-found", 410: "gone", 401: "refused", 403: "refused", 407: "refused", 412: "refused",
              451: "refused", 521: "refused"}.get(status, "unexpected")  # fmt: skip
    raise Fault(reason, f"the server says {status}", where=url, status=status)


def _pause(text: str) -> float | None:
    """Return the seconds of a Retry-After field, given as a number or as a date."""
    text = text.strip()
    if text.isdigit():
        return float(text)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())


def _late(url: str, manners: Manners) -> Fault:
    return Fault("timeout", f"not done after {manners.total:g} seconds", where=url, transient=True)


def _fault(error: Exception, url: str) -> Fault:
    """Return what a network library's exception means."""
    causes = _causes(error)
    for found in causes:
        if isinstance(found, Fault):
            return found
    kinds = tuple(type(found) for found in causes)
    said = str(causes[-1]) or kinds[-1].__name__

    def any_of(*classes: type[BaseException]) -> bool:
        return any(issubclass(kind, classes) for kind in kinds)

    if any_of(requests.exceptions.SSLError, urllib3.exceptions.SSLError):
        return Fault("tls", f"TLS failed: {said}", where=url)
    if any_of(
        http.client.IncompleteRead, urllib3.exceptions.IncompleteRead, urllib3.exceptions.InvalidChunkLength
    ):
        return Fault("truncated", "the answer ends too soon", where=url, transient=True)
    if any_of(requests.exceptions.ReadTimeout, urllib3.exceptions.ReadTimeoutError, TimeoutError):
        return Fault("timeout", "no answer in time", where=url, transient=True)
    if isinstance(error, ValueError):
        return Fault("bad-address", said, where=url)
    return Fault("connection", f"the connection failed: {said}", where=url, transient=True)


def _causes(error: BaseException) -> list[BaseException]:
    """Return an exception and what is inside it: urllib3 wraps as argument, as ``reason`` and as cause."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(found) < 12:
        cause = waiting.pop(0)
        if isinstance(cause, BaseException) and cause not in found:
            found.append(cause)
            waiting += [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
    return found
