"""What a build leaves for the next one: its recipe, the lines it was made of, what the row gates said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.settings import Home

if TYPE_CHECKING:
    from flows.check import GateReport

__all__ = ["Kept", "leave", "of", "sign"]

NEW_AT_MOST = 0.1
"""Share of articles that came since all was made at once, above which all is made at once again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands beside the published file; ``whole`` is how many lines the last whole build had."""

    folder: Path
    keys: frozenset[str]
    whole: int
    figures: int
    outcomes: tuple[dict[str, Any], ...]


def of(home: Home, release_id: str | None, recipe: str, staged: set[str]) -> Kept | None:
    """Return what can be kept for a build from these lines; None where all must be made again.

    That is so where the code, the names or the gates differ, where a line is gone, where nothing is
    published or much is new.
    """
    folder = _place(home)
    try:
        said = json.loads((folder / "kept.json").read_text(encoding="utf-8"))
        keys = frozenset((folder / "keys").read_text(encoding="utf-8").split())
    except (OSError, ValueError):
        return None
    fits = said["release_id"] == release_id and said["recipe"] == recipe and keys < staged
    if not fits or len(staged) - said["whole"] > NEW_AT_MOST * said["whole"]:
        return None
    return Kept(folder, keys, said["whole"], said["figures"], tuple(said["outcomes"]))


def leave(folder: Path, recipe: str, keys: Iterable[str], whole: int, rows: GateReport) -> None:
    """Write what the next build may keep into the folder of this one."""
    ordered = sorted(keys)
    (folder / "keys").write_text("\n".join(ordered), encoding="utf-8")
    said = {
        "recipe": recipe,
        "whole": whole,
        "figures": rows.figures,
        "outcomes": [asdict(o) for o in rows.outcomes],
    }
    (folder / "kept.json").write_text(json.dumps(said, ensure_ascii=False, default=str), encoding="utf-8")


def sign(home: Home, folder: Path, release_id: str | None) -> None:
    """Put what a build left beside the file that was published from it; without one, keep nothing."""
    shutil.rmtree(_place(home), ignore_errors=True)
    said = folder / "kept.json"
    if release_id is None or not said.exists():
        return
    told = json.loads(said.read_text(encoding="utf-8"))
    said.write_text(json.dumps({**told, "release_id": release_id}, ensure_ascii=False), encoding="utf-8")
    folder.rename(_place(home))


def _place(home: Home) -> Path:
    return home.root / ".kept"
