"""What a SQL file says of itself: its name, its SELECT, what it reads, and its comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flows.errors import BuildError

KINDS = {"": "table", ".view": "view", ".temp": "temp table", ".macro": "macro"}

_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_NOISE = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
_COLUMN = re.compile(r'"?([A-Za-z_][A-Za-z0-9_]*)"?\s*,?\s*$')


@dataclass(frozen=True)
class Script:
    """One SQL file: one SELECT that makes one table, view or macro."""

    path: Path
    name: str
    kind: str
    text: str

    @cached_property
    def head(self) -> str:
        """The comment above the SELECT, as one paragraph."""
        lines = []
        for line in self.text.splitlines():
            if not line.startswith("--"):
                break
            lines.append(line.removeprefix("--").strip())
        return " ".join(line for line in lines if line and not line.startswith("parameters:"))

    @cached_property
    def parameters(self) -> str:
        """The parameter list of a macro, from the head line ``-- parameters: a, b``."""
        found = re.search(r"^-- parameters:(.*)$", self.text, re.MULTILINE)
        return found.group(1).strip() if found else ""

    @cached_property
    def select(self) -> str:
        """The SELECT without a closing semicolon."""
        return self.text.rstrip().removesuffix(";")

    @cached_property
    def words(self) -> frozenset[str]:
        """Every bare word of the SELECT: what it reads is among them."""
        return frozenset(_WORD.findall(_NOISE.sub(" ", self.text.lower())))

    def reads_at(self, table: str) -> int:
        """Return where the SELECT first reads a table, behind FROM or JOIN."""
        found = re.search(rf"\b(?:from|join)\s+{table}\b", _NOISE.sub(" ", self.text.lower()))
        return found.start() if found else len(self.text)

    @cached_property
    def column_comments(self) -> Mapping[str, str]:
        """Trailing comments by the column that the line ends with; the last one of a name counts."""
        found: dict[str, str] = {}
        column = ""
        for line in self.text.splitlines():
            code, dashes, comment = line.partition("--")
            comment = comment.strip()
            if not dashes or not line.startswith(" "):
                column = ""
            elif code.strip():
                match = _COLUMN.search(code)
                column = match.group(1) if match else ""
                if column:
                    found[column] = comment
            elif column:
                found[column] += f" {comment}"
        return found


def scripts(folder: Path) -> dict[str, Script]:
    """Return the scripts of one folder by name; raise BuildError where two make one thing."""
    found: dict[str, Script] = {}
    for path in sorted(folder.glob("*.sql")):
        stem = path.name.removesuffix(".sql")
        name, dot, suffix = stem.partition(".")
        kind = KINDS.get(dot + suffix)
        if kind is None:
            raise BuildError(f"unknown kind {suffix!r}", where=str(path), hint="one of .view, .temp, .macro")
        if name in found:
            raise BuildError(f"{name} is made twice", where=str(path), hint=f"see {found[name].path}")
        found[name] = Script(path, name, kind, path.read_text(encoding="utf-8"))
    return found


def in_order(found: Mapping[str, Script], done: Iterable[str] = ()) -> list[Script]:
    """Return the scripts so that each follows what it reads; raise BuildError on a circle."""
    ready = set(done)
    left = {n: s for n, s in found.items() if n not in ready}
    order: list[Script] = []
    while left:
        free = [n for n, s in sorted(left.items()) if not (s.words & left.keys()) - {n}]
        if not free:
            raise BuildError(
                "these read one another in a circle: " + ", ".join(sorted(left)),
                where="sql/", hint="break the circle",
            )  # fmt: skip
        order += [left.pop(n) for n in free]
    return order


def needed(found: Mapping[str, Script], targets: Iterable[str]) -> dict[str, Script]:
    """Return the targets and everything they read, directly or not."""
    out: dict[str, Script] = {}
    queue = [n for n in targets if n in found]
    while queue:
        name = queue.pop()
        if name not in out:
            out[name] = found[name]
            queue += sorted((found[name].words & found.keys()) - {name})
    return out
