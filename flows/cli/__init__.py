"""The command line: what a person types, and what the answer looks like."""

from __future__ import annotations

import sys
import traceback

from flows.cli import asking, making
from flows.cli.root import customhouse
from flows.errors import CustomhouseError, UsageError

__all__ = ["asking", "customhouse", "main", "making"]


def main() -> None:
    """Run the command line; a fault that a person can mend is one message, not a traceback."""
    try:
        customhouse(prog_name="customhouse")
    except CustomhouseError as error:
        print(f"customhouse: {error}", file=sys.stderr)
        # Prefect keeps the error to the end, and the error's frames would keep DuckDB's objects
        traceback.clear_frames(error.__traceback__)
        sys.exit(2 if isinstance(error, UsageError) else 1)
