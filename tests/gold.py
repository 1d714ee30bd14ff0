"""The labelled articles as staging lines: labels loaded as if a reader with no faults had read them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows import stage
from flows.record import (
    CELL_FIELDS,
    Article,
    Cell,
    Figure,
    Numeral,
    Place,
    Reading,
    Reason,
    Receipt,
    short_hash,
)

ARTICLES = Path(__file__).parent / "articles"
# the seed stands beside the labelled ones and is labelled like them
PATHS = tuple(sorted(p for d in ("en", "zh", "seed") for p in (ARTICLES / d).glob("*.json")))


def step(text: str, value: Decimal) -> Decimal:
    """Return the place value of the last printed digit of ``text``, in the units of ``value``."""
    found = re.search(r"\d[\d,]*(?:\.(\d+))?", unicodedata.normalize("NFKC", text))
    size = abs(value)
    if found and size:
        printed = Decimal(found.group().replace(",", ""))
        for whole in (size, size + 100):  # "3.2 times as much" is growth of 220
            scale = whole / printed if printed else Decimal(0)
            if scale and scale == Decimal(10) ** scale.adjusted():
                return scale / 10 ** len(found.group(1) or "")
    if size > 1000:  # 千亿元
        return Decimal(10) ** (len(f"{size:f}") - len(f"{size:f}".rstrip("0")))
    return Decimal(10) if size >= 10 and not size % 10 else Decimal(1)


def figure(label: dict[str, Any], text: str) -> Figure:
    """Return one labelled figure as the record; figures of articles without text get made-up places."""
    value = Decimal(str(label["value"]))
    places = [label, *label.get("also", ())]
    return Figure(
        cell=Cell(**{"flow": "", **{k: label[k] for k in CELL_FIELDS if k in label}}),
        measure=label["measure"],
        unit=label["unit"],
        value=value,
        step=step(label["text"], value),
        places=tuple(Place(p["start"], p["end"], text[p["start"] : p["end"]]) for p in places),
        bound=label.get("bound", "="),
        stance=label.get("stance", "reported"),
        of=tuple(sorted((label.get("of") or {}).items())),
        basis=label.get("basis"),
        counted=label.get("counted"),
        by=label.get("by"),
        rule="gold",
    )


def reading(label: dict[str, Any], text: str) -> Reading:
    """Return one labelled article as a reading; a figure labelled twice is one figure with two places."""
    merged: dict[object, Figure] = {}
    for one in (figure(f, text) for f in label["figures"]):
        old = merged.get(one.key())
        places = tuple(sorted({*(old.places if old else ()), *one.places}, key=lambda p: p.start))
        merged[one.key()] = Figure(**{**_fields(one), "places": places})
    figures = tuple(merged.values())
    spans: dict[tuple[int, int], list[int]] = {}
    for number, one in enumerate(figures):
        for place in one.places:
            spans.setdefault((place.start, place.end), []).append(number)
    numerals = [Numeral(s, e, text[s:e], tuple(n), None, "gold") for (s, e), n in spans.items()]
    numerals += [
        Numeral(s, e, text[s:e], (), Reason(reason), "gold")
        for s, e, reason in label.get("non_figures", ())
        if (s, e) not in spans
    ]
    published = label.get("published")
    return Reading(
        id=label["id"],
        lang=label["lang"],
        published=dt.date.fromisoformat(published) if published else None,
        figures=figures,
        numerals=tuple(sorted(numerals, key=lambda n: (n.start, n.end))),
    )


def line(path: Path) -> str:
    """Return the staged line of one labelled article."""
    data = path.with_suffix(".txt").read_bytes()
    text, label = data.decode("utf-8"), json.loads(path.read_text(encoding="utf-8"))
    return staged(label, text, url=f"https://gold.example/{path.parent.name}/{path.stem}", data=data)


def staged(label: dict[str, Any], text: str, *, url: str, data: bytes | None = None, **said: str) -> str:
    """Return the staged line of any labelled text, as if fetched from ``url``."""
    sha = hashlib.sha256(text.encode() if data is None else data).hexdigest()
    at = f"{label.get('published') or '2026-03-01'}T12:00:00+00:00"
    receipt = Receipt(sha256=sha, url=url, fetched_at=at, lang=label["lang"], **said)
    one = reading(label, text)
    title = text.split("\n", 1)[0] or None
    article = Article(sha[:16], text, one.lang, one.published, title, url, said.get("publisher"))
    return stage._line(article, one, receipt, Path(url).name, status="read", reason=None).json


def lines(paths: Iterable[Path] = PATHS) -> Iterator[str]:
    """Yield the staged line of every labelled article."""
    return (line(p) for p in paths)


def part(folder: Path, paths: Iterable[Path] = PATHS, name: str = "gold") -> Path:
    """Write the labelled articles as one staging part and return it."""
    return write(folder, lines(paths), name)


def write(folder: Path, staged_lines: Iterable[str], name: str = "part") -> Path:
    """Write staged lines as one staging part, with its keys, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    lines = list(staged_lines)
    path.with_suffix(".keys").write_text("".join(f"{short_hash(one)}\n" for one in lines), encoding="utf-8")
    path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return path


def _fields(one: Figure) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}
