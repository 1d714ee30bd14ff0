"""Names and codes: the tables of ``warehouse/reference`` as frozen rows (standard library only)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flows.errors import ReferenceTableError
from flows.settings import REFERENCE

TABLES = ("reporters", "partners", "products", "enterprises", "regimes", "channels", "counted")


@dataclass(frozen=True, slots=True)
class Name:
    """One row of a reference table; ``code`` is its key, ``name`` its canonical English name."""

    table: str
    code: str
    name: str
    name_zh: str
    kind: str
    parent: str
    aliases_en: tuple[str, ...]
    aliases_zh: tuple[str, ...]
    adjectives_en: tuple[str, ...]


def rows(table: str, folder: Path = REFERENCE) -> Iterator[dict[str, str]]:
    """Yield the rows of one table as text; raise ReferenceTableError where the file is missing."""
    path = folder / f"{table}.csv"
    if not path.exists():
        raise ReferenceTableError(
            "no such reference table", where=str(path), hint="restore warehouse/reference"
        )
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


@lru_cache(maxsize=8)
def names(table: str, folder: Path = REFERENCE) -> tuple[Name, ...]:
    """Return every name of one table.

    Raises ReferenceTableError where a code or an alias stands in two rows, naming both.
    """
    out: list[Name] = []
    seen: dict[str, str] = {}
    codes: set[str] = set()
    for number, row in enumerate(rows(table, folder), start=2):
        split = {
            column: tuple(filter(None, (s.strip() for s in (row.get(column) or "").split("|"))))
            for column in ("aliases_en", "aliases_zh", "adjective_en")
        }
        code = row["code"]
        if code in codes:
            raise ReferenceTableError(
                f"code {code!r} stands in two rows", where=f"{table}.csv line {number}",
                hint="give each row a code of its own",
            )  # fmt: skip
        codes.add(code)
        for surface in {*split["aliases_en"], *split["aliases_zh"]}:
            if seen.setdefault(surface, code) != code:
                raise ReferenceTableError(
                    f"{surface!r} stands for {seen[surface]!r} and for {code!r}",
                    where=f"{table}.csv line {number}",
                    hint="keep the alias in one row only",
                )
        out.append(
            Name(table, code, row["name_en"], row.get("name_zh") or "", row.get("kind") or "",
                 row.get("parent") or "", split["aliases_en"], split["aliases_zh"], split["adjective_en"])
        )  # fmt: skip
    return tuple(out)
