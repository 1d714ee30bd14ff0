"""How well a reading agrees with labelled articles: precision, recall and F1 over distinct figures.

``cell`` asks that every field of the cell, the measure, the unit and the value agree; ``number`` only
the last three. Names are compared by the canonical name that the reference tables give their aliases.
Figures labelled ``hard`` and measures that the labels do not cover are left out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flows import reference
from flows.record import CELL_FIELDS

__all__ = ["Score", "score"]

_SCORED = frozenset(
    ["value", "value_yoy", "value_pop", "value_cagr", "value_vs", "value_change", "quantity", "quantity_yoy",
     "price", "count", "count_yoy", "share", "share_change", "growth_gap", "contribution", "rank", "streak"]
)  # fmt: skip
_UNITS = {"vehicles": "units", "sets": "units", "pieces": "units", "head": "units", "tonnes": "t",
          "tons": "t", "metric tons": "t", "m³": "m3", "teus": "teu", "barrel": "barrels", "month": "months",
          "quarter": "quarters", "year": "years"}  # fmt: skip
_TABLES = {"reporter": ("reporters", "partners"), "partner": ("partners", "reporters"),
           "product": ("products",), "enterprise": ("enterprises",), "regime": ("regimes",),
           "channel": ("channels",), "counted": ("counted",)}  # fmt: skip
_SAME = {
    "regime": {"small scale border trade": "border trade"},
    "counted": {"private enterprises": "enterprises"},
}
_WITHOUT = {"partner": "world", "product": "all", "enterprise": "all", "regime": "all", "channel": "all"}
_NUMERAL = re.compile(r"\d+(?:[,.]\d+)*")
_AGREE = ("bound", "of", "stance")


@dataclass(frozen=True, slots=True)
class Told:
    """One figure, folded for comparison."""

    cell: tuple[str, ...]
    counted: str
    what: tuple[str | None, str, str]
    of: tuple[tuple[str, str], ...]
    bound: str
    stance: str
    hard: bool
    text: str

    @property
    def full(self) -> tuple[object, ...]:
        """What must agree for a cell to be right."""
        return self.cell, self.counted, self.what

    @property
    def rest(self) -> tuple[object, ...]:
        """What a right cell may still have wrong."""
        return self.bound, self.of, self.stance


@dataclass(slots=True)
class Score:
    """The tally over articles, and one line for each fault."""

    tally: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def measure(self, level: str) -> tuple[float, float, float]:
        """Return (precision, recall, F1) of ``cell`` or ``number``."""
        right = self.tally[level]
        precision = right / self.tally["pred"] if self.tally["pred"] else 0.0
        recall = right / self.tally["gold"] if self.tally["gold"] else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0

    def lines(self) -> Iterator[str]:
        """Yield the report."""
        tally = self.tally
        for level in ("cell", "number"):
            yield "{:8s} precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(level, *self.measure(level))
        for name in _AGREE:
            if asked := tally[f"n_{name}"]:
                yield f"{name:8s} right {tally[f'ok_{name}'] / asked:.3f} of {asked}"
        wrong = {k[6:]: n for k, n in tally.items() if k.startswith("wrong_")}
        ordered = sorted(wrong.items(), key=lambda item: -item[1])
        yield "wrong fields: " + (", ".join(f"{k} {n}" for k, n in ordered) or "none")
        for name in sorted(k[5:] for k in tally if k.startswith("gold_")):
            yield f"  {name:14s} {tally[f'right_{name}']:5d} of {tally[f'gold_{name}']}"
        if tally["numerals"]:
            share = tally["accounted"] / tally["numerals"]
            yield f"numerals accounted for: {tally['accounted']} of {tally['numerals']} ({share:.3f})"
        yield f"articles {tally['articles']}  figures {tally['gold']}  cell F1 {self.measure('cell')[2]:.3f}"


def score(gold: Path, readings: Mapping[str, Mapping[str, Any]]) -> Score:
    """Score readings (FIGURES.md's article objects, by id) against a folder of labels.

    A labelled article without a reading counts as read with no figures.
    """
    out = Score()
    for path in sorted(gold.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(label, dict) or "figures" not in label:
            continue
        out.tally["articles"] += 1
        answer = readings.get(label["id"], {})
        said = answer.get("figures", [])
        _article(_distinct(map(_told, label["figures"])), _distinct(map(_told, said)), out, label["id"])
        text = gold / f"{label['id']}.txt"
        if text.exists():
            spans = [(p["start"], p["end"]) for f in said for p in (f, *f.get("also", []))]
            spans += [(s[0], s[1]) for s in answer.get("non_figures", [])]
            _account(text.read_text(encoding="utf-8"), spans, out.tally)
    return out


def _fold(text: object) -> str:
    folded = re.sub(r"[\s\-_‐-–]+", " ", str(text)).strip().casefold()
    return re.sub(r"^the ", "", folded)


@cache
def _aliases(name: str) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for table in _TABLES.get(name, ()):
        for row in reference.names(table):
            for surface in (row.name, *row.aliases_en):
                known.setdefault(_fold(surface), _fold(row.name))
    return known | _SAME.get(name, {})


def _canonical(name: str, value: object) -> str:
    folded = _fold(_WITHOUT.get(name, "") if value in (None, "") else value)
    return _aliases(name).get(folded, folded)


def _told(figure: Mapping[str, Any]) -> Told:
    unit = str(figure.get("unit") or "").casefold()
    try:
        value = f"{float(figure['value']) + 0.0:.9g}"
    except (KeyError, TypeError, ValueError):
        value = f"not a number: {figure.get('value')!r}"
    return Told(
        cell=tuple(_canonical(name, figure.get(name)) for name in CELL_FIELDS),
        counted=_canonical("counted", figure.get("counted")),
        what=(figure.get("measure"), _UNITS.get(unit, unit), value),
        of=tuple(sorted((k, _canonical(k, v)) for k, v in (figure.get("of") or {}).items())),
        bound=figure.get("bound") or "=",
        stance=figure.get("stance") or "reported",
        hard=bool(figure.get("hard")),
        text=str(figure.get("text")),
    )


def _distinct(figures: Iterable[Told]) -> list[Told]:
    """Drop exact repeats and measures that the labels do not cover."""
    seen: dict[object, Told] = {}
    for f in figures:
        if f.what[0] in _SCORED:
            seen.setdefault((f.full, f.rest), f)
    return list(seen.values())


def _take(figures: list[Told], test: Callable[[Told], bool]) -> Told | None:
    """Remove and return the first figure that passes the test."""
    for i, f in enumerate(figures):
        if test(f):
            return figures.pop(i)
    return None


def _article(gold: list[Told], said: list[Told], out: Score, name: str) -> None:
    """Match the figures of one article one to one: cells first, then bare numbers."""
    tally = out.tally
    missing, extra = [g for g in gold if not g.hard], said
    hard = [g for g in gold if g.hard]
    tally["gold"] += len(missing)
    for g in missing:
        tally[f"gold_{g.what[0]}"] += 1
    pairs = _pair(missing, extra)
    _excuse(hard, missing, extra)
    tally["cell"] += len(pairs)
    tally["number"] += len(pairs)
    tally["pred"] += len(pairs) + len(extra)
    for g, p in pairs:
        tally[f"right_{g.what[0]}"] += 1
        for part in _AGREE:
            if part != "of" or g.of or p.of:
                tally[f"n_{part}"] += 1
                tally[f"ok_{part}"] += getattr(g, part) == getattr(p, part)
    for g in missing:
        same = [p for p in extra if p.what == g.what]
        if not same:
            out.faults.append(f"{name:32s} MISSED  {g.text!r} {g.what} {_brief(g)}")
            continue
        best = max(same, key=lambda p: sum(a == b for a, b in zip(p.cell, g.cell, strict=True)))
        extra.remove(best)
        tally["number"] += 1
        both = zip((*CELL_FIELDS, "counted"), (*g.cell, g.counted), (*best.cell, best.counted), strict=True)
        wrong = {part: (said, right) for part, right, said in both if right != said}
        for part in wrong:
            tally[f"wrong_{part}"] += 1
        told = "; ".join(f"{part}: said {a!r}, is {b!r}" for part, (a, b) in wrong.items())
        out.faults.append(f"{name:32s} WRONG   {g.text!r} {g.what} {told}")
    out.faults += [f"{name:32s} EXTRA   {p.text!r} {p.what} {_brief(p)}" for p in extra]


def _pair(missing: list[Told], extra: list[Told]) -> list[tuple[Told, Told]]:
    """Pair figures whose cells agree, those that agree in everything first; both lists lose them."""
    pairs = []
    for exact in (True, False):
        for g in list(missing):

            def alike(p: Told, g: Told = g, exact: bool = exact) -> bool:
                return p.full == g.full and not (exact and p.rest != g.rest)

            if p := _take(extra, alike):
                missing.remove(g)
                pairs.append((g, p))
    return pairs


def _excuse(hard: list[Told], missing: list[Told], extra: list[Told]) -> None:
    """Let each hard figure excuse one saying of its number: the same cell first, then any cell."""
    for exact in (True, False):
        for h in list(hard):

            def same(p: Told, h: Told = h, exact: bool = exact) -> bool:
                return p.full == h.full if exact else p.what == h.what

            wanted = sum(g.what == h.what for g in missing)
            found = sum(p.what == h.what for p in extra)
            if (found > wanted or any(p.full == h.full for p in extra)) and _take(extra, same):
                hard.remove(h)


def _brief(told: Told) -> str:
    return " ".join(x for x in told.cell if x and x not in ("all", "world"))


def _account(text: str, spans: list[tuple[int, int]], tally: Counter[str]) -> None:
    """Count the numerals of a text, and those that lie whole inside the spans."""
    marks = bytearray(len(text))
    for start, end in spans:
        marks[start:end] = b"\1" * (min(end, len(text)) - start)
    for numeral in _NUMERAL.finditer(text):
        tally["numerals"] += 1
        tally["accounted"] += all(marks[numeral.start() : numeral.end()])
