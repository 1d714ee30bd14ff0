"""What can go wrong, each with the place and the next step (standard library only)."""

from __future__ import annotations


class CustomhouseError(Exception):
    """Base of every error that a person is meant to read.

    ``where`` names the file, row, address or article; ``hint`` says what to do next.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message, self.where, self.hint = message, where, hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        step = f"\n  next: {self.hint}" if self.hint else ""
        return f"{place}{self.message}{step}"


class UsageError(CustomhouseError):
    """The call itself is wrong (exit code 2)."""


class ReferenceTableError(CustomhouseError):
    """A reference table breaks its own rules: names the file and the row."""


class FetchError(CustomhouseError):
    """An address could not be fetched, or must not be."""


class UnreadableError(CustomhouseError):
    """Bytes from which no article text can be had; ``reason`` is a short fixed word."""

    def __init__(self, reason: str, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.reason = reason


class BuildError(CustomhouseError):
    """The warehouse could not be built."""


class RefusedError(CustomhouseError):
    """A gate or an audit refuses publication; the published file stays as it was."""


class LockedError(CustomhouseError):
    """Another run holds the lock of this home."""
