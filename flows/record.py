"""What one figure is: the record every part of the house shares (standard library only)."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

__all__ = [
    "CELL_FIELDS",
    "Article",
    "Cell",
    "Figure",
    "Numeral",
    "Period",
    "Place",
    "Reading",
    "Reason",
    "Receipt",
    "canonical_json",
]


class Reason(StrEnum):
    """Why a numeral is no figure; ``UNRESOLVED`` is a figure the text does not settle."""

    DATE = "date"
    DURATION = "duration"
    ENUMERATION = "enumeration"
    ORDINAL = "ordinal"
    IDENTIFIER = "identifier"
    NAME = "name"
    FURNITURE = "furniture"
    THRESHOLD = "threshold"
    NOT_TRADE = "not-trade"
    UNMODELLED = "unmodelled"
    REFERENCE = "reference"
    IDIOM = "idiom"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """An inclusive span of whole months, or of days where the text gives days."""

    first: dt.date
    last: dt.date

    @classmethod
    def months(cls, year: int, month: int, last_year: int, last_month: int) -> Period:
        """Return the span from the first day of one month to the last day of another."""
        end = calendar.monthrange(last_year, last_month)[1]
        return cls(dt.date(year, month, 1), dt.date(last_year, last_month, end))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``YYYY-MM/YYYY-MM`` or ``YYYY-MM-DD/YYYY-MM-DD``; raise ValueError otherwise."""
        first, sep, last = text.partition("/")
        if not sep or len(first) != len(last) or len(first) not in (7, 10):
            raise ValueError(f"not a period: {text!r}")
        if len(first) == 10:
            span = cls(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        else:
            span = cls.months(int(first[:4]), int(first[5:]), int(last[:4]), int(last[5:]))
        if span.first > span.last:
            raise ValueError(f"period runs backwards: {text!r}")
        return span

    @property
    def whole_months(self) -> bool:
        """True where the span starts and ends with a month."""
        return (
            self.first.day == 1 and self.last.day == calendar.monthrange(self.last.year, self.last.month)[1]
        )

    def __str__(self) -> str:
        if self.whole_months:
            return f"{self.first:%Y-%m}/{self.last:%Y-%m}"
        return f"{self.first:%Y-%m-%d}/{self.last:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a number is a number of; every name is canonical English or as printed."""

    reporter: str
    flow: str
    period: str
    partner: str = "World"
    product: str = "all"
    enterprise: str = "all"
    regime: str = "all"
    channel: str = "all"


CELL_FIELDS = tuple(f.name for f in fields(Cell))
_CELL_DEFAULT = {f.name: f.default for f in fields(Cell) if isinstance(f.default, str)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: code points of the article's text, ``end`` exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that an article reports, its cell, and how the reader came to it.

    ``value`` is in base units (800.68 billion yuan is 800680000000 CNY; a percentage is 12).
    ``step`` is the place value of the last printed digit in the same units: 800.68 billion has
    step 10000000. ``places[0]`` is the first place; the others say the same figure again.
    """

    cell: Cell
    measure: str
    unit: str
    value: Decimal
    step: Decimal
    places: tuple[Place, ...]
    bound: str = "="
    stance: str = "reported"
    of: tuple[tuple[str, str], ...] = ()
    basis: str | None = None
    counted: str | None = None
    by: str | None = None
    rule: str = ""

    def key(self) -> tuple[object, ...]:
        """Return what makes two mentions one figure: everything but place and rule."""
        return (self.cell, self.measure, self.unit, self.value, self.bound, self.stance, self.of,
                self.basis, self.counted, self.by)  # fmt: skip

    def interval(self) -> tuple[Decimal, Decimal]:
        """Return (lo, hi): what the printed numeral and its bound say of the true number.

        ``=`` is half a printed step on each side. ``> < ~`` speak in units of the last significant
        digit: "nearly 180" is [170, 180], "about 230" is [225, 235], "exceeding 63" is [63, 64].
        A bound speaks of the size, so "fell by nearly 5%" is [-5, -4].
        """
        if self.bound == "=":
            return self.value - self.step / 2, self.value + self.step / 2
        size, unit = abs(self.value), self.step
        while size and not size % (unit * 10):
            unit *= 10
        lo, hi = {
            ">": (size, size + unit),
            "<": (size - unit, size),
            "~": (size - unit / 2, size + unit / 2),
        }[self.bound]
        return (lo, hi) if self.value >= 0 else (-hi, -lo)

    def to_json(self) -> dict[str, Any]:
        """Return FIGURES.md's object; fields at their default are left out."""
        cell = {n: getattr(self.cell, n) for n in CELL_FIELDS}
        out: dict[str, Any] = {n: v for n, v in cell.items() if v != _CELL_DEFAULT.get(n)}
        whole = self.value == self.value.to_integral_value()
        out |= {
            "measure": self.measure,
            "unit": self.unit,
            "value": int(self.value) if whole else float(self.value),
        }
        if self.bound != "=":
            out["bound"] = self.bound
        if self.stance != "reported":
            out["stance"] = self.stance
        if self.of:
            out["of"] = dict(self.of)
        for name in ("basis", "counted", "by"):
            if getattr(self, name) is not None:
                out[name] = getattr(self, name)
        first, *more = self.places
        out |= {"text": first.text, "start": first.start, "end": first.end}
        if more:
            out["also"] = [{"text": p.text, "start": p.start, "end": p.end} for p in more]
        out["rule"] = self.rule
        return out


@dataclass(frozen=True, slots=True)
class Numeral:
    """One numeral of the text and its fate: numbers of its figures, or the reason it is none."""

    start: int
    end: int
    text: str
    figures: tuple[int, ...] = ()
    reason: Reason | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article: what the reader reads."""

    id: str
    text: str
    lang: str | None = None
    published: dt.date | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of one article: its figures, and the fate of every numeral."""

    id: str
    lang: str
    published: dt.date | None
    figures: tuple[Figure, ...] = ()
    numerals: tuple[Numeral, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the article object of FIGURES.md."""
        return {
            "id": self.id,
            "lang": self.lang,
            "published": self.published.isoformat() if self.published else None,
            "figures": [f.to_json() for f in self.figures],
            "non_figures": [[n.start, n.end, str(n.reason)] for n in self.numerals if n.reason is not None],
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """How the archive came by some bytes; one object may have many receipts.

    ``lang``, ``published``, ``publisher`` and ``title`` are what the source or a
    ``FILE.meta.json`` says of the article; the text's own word is read later.
    """

    sha256: str
    url: str
    fetched_at: str
    final_url: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    lang: str | None = None
    published: str | None = None
    publisher: str | None = None
    title: str | None = None


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys and no spaces, so that equal values have equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def short_hash(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for the parts in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
