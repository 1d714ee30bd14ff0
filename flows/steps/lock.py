"""One run at a time in one home."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator

from flows.errors import LockedError
from flows.settings import Home

__all__ = ["locked"]


@contextlib.contextmanager
def locked(home: Home) -> Iterator[None]:
    """Hold the home for one run; raise LockedError where another run holds it."""
    home.root.mkdir(parents=True, exist_ok=True)
    with home.lock.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise LockedError(
                f"another run holds this home (process {holder})",
                where=str(home.root),
                hint="wait for it to end, or give another --home",
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
