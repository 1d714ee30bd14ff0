"""What is remembered of a source between runs, so that only what is new is asked for.

One JSON file a source under the archive's ``.fetch`` folder: validators for conditional requests, and
what became of each address. It is a convenience: without it everything is asked for again, and the
archive ends up the same. It never claims what the archive does not hold.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from flows.fetch.archive import write_whole
from flows.record import canonical_json

__all__ = ["Known", "Memory", "recall", "remembered"]

_STRIKES = 3
_EVERY = 50


@dataclass(frozen=True, slots=True)
class Known:
    """One address: when it was last asked for and what came of it.

    ``state`` is ``waiting`` (announced, not had yet), ``had``, ``missing`` (404, asked for again a few
    times) or ``gone`` (never asked for again). Times are ISO 8601 in UTC.
    """

    state: str = "waiting"
    sha256: str | None = None
    etag: str | None = None
    modified: str | None = None
    asked: str | None = None
    first: str | None = None
    updated: str | None = None
    published: str | None = None
    strikes: int = 0
    reason: str | None = None

    def failed(self, reason: str, now: str) -> Known:
        """Return the same address after a request that brought nothing."""
        strikes = self.strikes + 1
        state = self.state
        if reason == "gone" or (reason == "not-found" and strikes >= _STRIKES):
            state = "gone"
        elif reason == "not-found" and state != "had":
            state = "missing"
        return replace(self, state=state, strikes=strikes, reason=reason, asked=now)


_FIELDS = tuple(f.name for f in fields(Known))


@dataclass(slots=True)
class Memory:
    """What is remembered of one source; ``save`` keeps it."""

    path: Path
    pages: dict[str, Known] = field(default_factory=dict)
    items: dict[str, Known] = field(default_factory=dict)
    last_run: str | None = None
    last_new: str | None = None
    last_fault: str | None = None
    _unsaved: int = 0

    def touch(self) -> None:
        """Note that something changed; every few dozen changes are kept, so that a kill costs little."""
        self._unsaved += 1
        if self._unsaved >= _EVERY:
            self.save()

    def save(self) -> None:
        """Keep everything, whole or not at all."""
        kept = {
            "pages": {url: _short(k) for url, k in self.pages.items()},
            "items": {url: _short(k) for url, k in self.items.items()},
            "last_run": self.last_run,
            "last_new": self.last_new,
            "last_fault": self.last_fault,
        }
        write_whole(self.path, canonical_json(kept).encode())
        self._unsaved = 0

    def silent_for(self, now: dt.datetime) -> int | None:
        """Return the days since the source last brought something new; None where it never was asked."""
        since = self.last_new or min((k.first for k in self.items.values() if k.first), default=None)
        if since is None:
            return None
        return (now - dt.datetime.fromisoformat(since)).days


def recall(archive_root: Path, source_id: str) -> Memory:
    """Return what is remembered of a source; a file that cannot be read is nothing remembered."""
    path = archive_root / ".fetch" / f"{source_id}.json"
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Memory(
            path,
            {url: Known(**k) for url, k in said["pages"].items()},
            {url: Known(**k) for url, k in said["items"].items()},
            said["last_run"],
            said["last_new"],
            said["last_fault"],
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Memory(path)


def remembered(archive_root: Path) -> dict[str, Memory]:
    """Return what is remembered of every source that was ever asked, by id."""
    return {path.stem: recall(archive_root, path.stem) for path in (archive_root / ".fetch").glob("*.json")}


def _short(known: Known) -> dict[str, object]:
    return {name: value for name in _FIELDS if (value := getattr(known, name)) not in (None, 0)}
