"""Plain text is kept exactly as decoded; its headline is the first line that is not blank."""

from __future__ import annotations

__all__ = ["headline"]


def headline(text: str) -> str | None:
    """Return the first line that is not blank, without Markdown's marks; None in an empty text."""
    line = next((line for line in (raw.strip() for raw in text.splitlines()) if line), "")
    return line.lstrip("#").strip() or None
