"""What a page can do without until its script runs: tables and tips, put aside and packed at its end.

The tables under charts repeat the charts, and a page of hundreds of them is slow on a telephone: they wait,
packed, until the page is there. Without a script, the CSV beside each of them holds the same numbers.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from html import unescape

__all__ = ["Aside"]

_TIP = re.compile(r' data-e="([^"]*)" data-z="([^"]*)"')


class Aside:
    """The parts of one page, in the order of the places that they were taken from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._tips: list[tuple[str, str]] = []

    def part(self, html: str) -> int:
        """Put HTML aside and return its number, which its place bears as ``data-part``."""
        self._parts.append(str(html))
        return len(self._parts) - 1

    def tips(self, body: str) -> str:
        """Put the tips of a chart's marks aside; the marks bear ``data-t`` instead."""
        self._tips += [(unescape(en), unescape(zh)) for en, zh in _TIP.findall(body)]
        return _TIP.sub(" data-t", body)

    def packed(self) -> str:
        """Return everything put aside so far: JSON, gzip, base64."""
        said = json.dumps([self._parts, self._tips], ensure_ascii=False, separators=(",", ":"))
        return base64.b64encode(gzip.compress(said.encode(), 9, mtime=0)).decode()
