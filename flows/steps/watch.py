"""How a step tells of its progress."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Watch", "quiet"]

Watch = Callable[[str, int, int], None]
"""Told the step's name, how many are done, and of how many (0 where nobody knows)."""


def quiet(step: str, done: int, of: int) -> None:
    """Tell nobody."""
