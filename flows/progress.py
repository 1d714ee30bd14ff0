"""Progress while a run works: what a person sees on standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

__all__ = ["Progress"]


class Progress:
    """A bar on a terminal, else one line for each step that ends; call it as a ``steps.Watch``."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._bar: Any = None
        self._task: Any = None

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
        if self._bar:
            self._bar.update(self._task, description=step, completed=done, total=of or None)
        elif of and done == of and self._words != step:
            self._words = step
            print(f"{step}: {done} of {of}", file=sys.stderr)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
