"""Spec rows: a short text, and exactly the figures it states, written compactly.

A row is one ``[[row]]`` of a TOML file: ``zh`` or ``en`` (the text), ``published``, ``cell`` (what its
figures share), ``figures`` and, where it matters, ``none`` (``numeral=reason``, alternatives by ``|``).
A figure is ``measure value [unit] key=value ...``; a leading ``?`` allows it without asking for it. Periods
may be short: ``2025``, ``2025-09``, ``2025-01/07``. ``todo = true`` marks what the reader cannot do yet.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows.read import read
from flows.record import Article, Reading
from flows.score import _SCORED, Told, _told

HERE = Path(__file__).parent
_KEY = re.compile(r"\s+(?=[a-z]+(?:\.[a-z]+)?=)")
_SAID = ("basis", "by")


@dataclass(frozen=True)
class Want:
    """One expected figure: ``told`` for comparison, the keys that the row gave, whether it must be there."""

    told: Told
    keys: Mapping[str, str]
    required: bool
    text: str

    def fits(self, said: Mapping[str, Any]) -> bool:
        told = _told(said)
        return (
            (told.full, told.bound, told.stance) == (self.told.full, self.told.bound, self.told.stance)
            and (not self.told.of or told.of == self.told.of)
            and all(said.get(k) == self.keys[k] for k in _SAID if k in self.keys)
        )


@dataclass(frozen=True)
class Row:
    """One text and what it says."""

    name: str
    lang: str
    text: str
    published: dt.date
    wants: tuple[Want, ...]
    none: tuple[tuple[str, tuple[str, ...]], ...]
    todo: bool

    def read(self) -> Reading:
        return read(Article(self.name, self.text, lang=self.lang, published=self.published))

    def faults(self) -> list[str]:
        """Return what the reading lacks, adds or gives another reason for."""
        reading = self.read()
        left = [f for f in reading.to_json()["figures"] if f["measure"] in _SCORED]
        out = []
        for want in sorted(self.wants, key=lambda w: not w.required):
            found = next((f for f in left if want.fits(f)), None)
            if found is None and not want.required:
                found = next((f for f in left if _told(f).what == want.told.what), None)
            if found is not None:
                left.remove(found)
            elif want.required:
                out.append(f"missing  {want.text}")
        out += [f"extra    {compact(f)}" for f in left]
        for printed, reasons in self.none:
            said = [n for n in reading.numerals if printed in n.text]
            if not any(n.reason is not None and str(n.reason) in reasons for n in said):
                told = ", ".join(f"{n.text} {n.reason or 'figure'}" for n in said) or "no such numeral"
                out.append(f"reason   {printed} is {'|'.join(reasons)}, said {told}")
        return out


def compact(figure: Mapping[str, Any]) -> str:
    """Return a figure of a reading as a row writes it."""
    rest = {k: v for k, v in figure.items() if k not in ("measure", "value", "unit", "start", "end", "also")}
    of = rest.pop("of", {})
    pairs = {**rest, **{f"of.{k}": v for k, v in of.items()}}
    words = [figure["measure"], str(figure["value"]), figure["unit"]]
    return " ".join(words + [f"{k}={v}" for k, v in pairs.items()])


def _pairs(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in _KEY.split(" " + text) if part.strip())


def _span(text: str) -> str:
    first, _, last = text.partition("/")
    if len(first) == 4:
        return f"{first}-01/{last or first}-12"
    if not last:
        return f"{first}/{first}"
    return f"{first}/{first[:5]}{last}" if len(last) == 2 else text


def _unit(measure: str) -> str:
    if measure in ("share_change", "growth_gap"):
        return "pp"
    return {"count": "count", "rank": "rank", "streak": "months"}.get(measure, "percent")


def _want(text: str, cell: Mapping[str, str]) -> Want:
    head, *rest = _KEY.split(text.lstrip("? "))
    measure, value, *unit = head.split()
    keys = {**cell, **dict(part.split("=", 1) for part in rest)}
    figure: dict[str, Any] = {"measure": measure, "value": Decimal(value), "unit": (*unit, _unit(measure))[0]}
    for key, one in keys.items():
        one = _span(one) if key.endswith("period") else one
        if key.startswith("of."):
            figure.setdefault("of", {})[key[3:]] = one
        else:
            figure[key] = one
    return Want(_told(figure), keys, not text.startswith("?"), text)


def _reason(text: str) -> tuple[str, tuple[str, ...]]:
    printed, _, reasons = text.rpartition("=")
    return printed, tuple(reasons.split("|"))


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of one file; a row is named by file, language and its place there."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    base = _pairs(data.get("cell", ""))
    numbers = {"en": 0, "zh": 0}
    for row in data["row"]:
        lang = "zh" if "zh" in row else "en"
        numbers[lang] += 1
        cell = base | _pairs(row.get("cell", ""))
        yield Row(
            name=f"{path.stem}-{lang}-{numbers[lang]:02d}",
            lang=lang,
            text=row[lang],
            published=dt.date.fromisoformat(row.get("published", data["published"])),
            wants=tuple(_want(f, cell) for f in row.get("figures", ())),
            none=tuple(map(_reason, row.get("none", ()))),
            todo=row.get("todo", False),
        )


def all_rows() -> Iterator[Row]:
    """Yield the rows of every file."""
    for path in sorted(HERE.glob("*.toml")):
        yield from rows(path)
