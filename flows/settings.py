"""Where things are and how far they may go; every setting is one environment variable."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def data_path(*parts: str) -> Path:
    """Return a data folder or file of the project, in a checkout or in an installed wheel."""
    root = _PACKAGE / "data"
    return (root if root.is_dir() else _CHECKOUT).joinpath(*parts)


SQL = data_path("sql")
EXPECTATIONS = data_path("expectations")
REFERENCE = data_path("warehouse", "reference")
SAMPLES = data_path("warehouse", "samples")
WORDS = _PACKAGE / "read" / "words"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that a warehouse lives in."""

    root: Path

    @property
    def database(self) -> Path:
        """The published DuckDB file."""
        return self.root / "customhouse.duckdb"

    @property
    def archive(self) -> Path:
        """Content-addressed article bytes with receipts: append-only."""
        return self.root / "archive"

    @property
    def staging(self) -> Path:
        """Readings by reader fingerprint: a cache that can be deleted."""
        return self.root / "staging"

    @property
    def releases(self) -> Path:
        """One folder per published release."""
        return self.root / "releases"

    @property
    def logs(self) -> Path:
        """One log file a day."""
        return self.root / "logs"

    @property
    def lock(self) -> Path:
        """The lock file of a run."""
        return self.root / ".lock"


def home(path: str | os.PathLike[str] | None = None) -> Home:
    """Return the home given, else ``CUSTOMHOUSE_HOME``, else ``warehouse`` here."""
    return Home(Path(path or os.environ.get("CUSTOMHOUSE_HOME") or "warehouse").resolve())
