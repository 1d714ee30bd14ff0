"""What a site asks of robots: read once a day, obeyed always.

As RFC 9309 says: a missing file allows everything, a failing server means wait.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.fetch.client import Client
from flows.fetch.faults import Fault

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["Robots"]

_LARGEST = 500_000
_LONGEST_DELAY = 60.0


class Robots:
    """The rules of every site asked in one run."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._mutex = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._rules: dict[str, Protego | Fault] = {}

    def delay(self, url: str) -> float:
        """Return the pause between requests that the site asks for, at most a minute.

        Raises Fault: ``robots`` where the site asks not to be read there, ``robots-wait`` where its
        rules cannot be had now.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._mutex:
            turn = self._turns.setdefault(origin, threading.Lock())
        with turn:
            if origin not in self._rules:
                self._rules[origin] = self._fetch(origin)
            rules = self._rules[origin]
        if isinstance(rules, Fault):
            raise rules
        if not rules.can_fetch(url, "customhouse"):
            raise Fault("robots", "robots.txt asks not to read this page", where=url)
        return min(float(rules.crawl_delay("customhouse") or 0.0), _LONGEST_DELAY)

    def _fetch(self, origin: str) -> Protego | Fault:
        from protego import Protego

        url = f"{origin}/robots.txt"
        try:
            answer = self._client.get(url)
        except Fault as fault:
            if fault.status is not None and 400 <= fault.status < 500 and not fault.transient:
                return Protego.parse("")
            if fault.reason in ("too-many-redirects", "redirect-loop"):
                return Protego.parse("")
            if fault.transient:
                return Fault("robots-wait", f"robots.txt: {fault.message}", where=url, transient=True)
            return fault
        return Protego.parse(answer.data[:_LARGEST].decode("utf-8", errors="replace").lstrip("\ufeff"))
