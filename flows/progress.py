"""Progress while a run works: what a person sees on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

__all__ = ["Progress", "pace"]

EVERY = 30.0
"""Seconds between two lines of a long step where there is no terminal."""


def pace(done: int, of: int, seconds: float) -> str:
    """Return how fast a step goes and how long it takes yet: ``250 a second, 3:20 left``; "" at its start."""
    if not done or seconds <= 0:
        return ""
    left = round((of - done) * seconds / done)
    clock = (
        f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
        if left >= 3600
        else f"{left // 60}:{left % 60:02}"
    )
    return f"{done / seconds:,.0f} a second" + (f", {clock} left" if of > done else "")


class Progress:
    """A bar on a terminal, else a line now and then and for each step that ends; a ``steps.Watch``."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._bar: Any = None
        self._task: Any = None
        self._step = ""
        self._began = self._told = 0.0

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich import progress
            from rich.console import Console

            self._bar = progress.Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._words, total=None)
        return self

    def __call__(self, step: str, done: int, of: int) -> None:
        """Show how far a step is."""
        now = time.monotonic()
        if step != self._step:
            self._step, self._began, self._told = step, now, now
        speed = pace(done, of, now - self._began) if step in ("ingest", "read") else ""
        if self._bar:
            said = f"{step} ({speed})" if speed else step
            self._bar.update(self._task, description=said, completed=done, total=of or None)
        elif of and done == of and self._words != step:
            self._words = step
            print(f"{step}: {done} of {of}", file=sys.stderr)
        elif speed and now - self._told > EVERY:
            self._told = now
            print(f"{step}: {done} of {of or 'some'}, {speed}", file=sys.stderr)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
