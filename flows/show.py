"""Plain text for people: tables that keep their columns, figures in words, a numeral in its sentence."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flows.record import CELL_FIELDS, Figure, Reading

if TYPE_CHECKING:
    from flows.load.query import Explanation

__all__ = ["as_csv", "as_json", "explained", "explanation", "figures", "sentence", "table"]

_WIDEST = 60
_ENDS = "。！？；\n"


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows under their headers, numbers to the right; wide East Asian characters count twice."""
    body = [[_cell(v) for v in row] for row in rows]
    right = [
        bool(body) and all(_is_number(row[i]) or not row[i] for row in body) for i in range(len(headers))
    ]
    widths = [max(_width(line[i]) for line in [list(headers), *body]) for i in range(len(headers))]
    rule = ["─" * width for width in widths]
    lines = [list(headers), rule, *body]
    return "\n".join(
        "  ".join(_pad(text, w, r) for text, w, r in zip(line, widths, right, strict=True)).rstrip()
        for line in lines
    )


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV with a header line; a null is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(["" if v is None else v for v in row] for row in rows)
    return out.getvalue().rstrip("\n")


def as_json(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as a JSON array of objects; decimals and dates stand as text, so nothing is rounded."""
    objects = [dict(zip(headers, row, strict=True)) for row in rows]
    return json.dumps(objects, ensure_ascii=False, indent=1, default=str)


def figures(reading: Reading) -> str:
    """Return the figures of one reading as a table."""
    rows = [
        (f.places[0].text, f.measure, f"{f.bound if f.bound != '=' else ''}{f.value:,f}", f.unit, of_what(f))
        for f in reading.figures
    ]
    return table(("printed", "measure", "value", "unit", "of what"), rows)


def of_what(figure: Figure) -> str:
    """Return the cell in words: only what is not at its default."""
    said = [getattr(figure.cell, name) for name in CELL_FIELDS]
    words = [w for w in said if w not in ("", "all", "World")]
    words += [figure.counted] if figure.counted else []
    words += ["of " + ", ".join(f"{k} {v}" for k, v in figure.of)] if figure.of else []
    words += [figure.stance] if figure.stance != "reported" else []
    return " · ".join(words)


def explained(reading: Reading, text: str) -> str:
    """Return every figure with its rule and its sentence, then every numeral that is unresolved."""
    lines = []
    for figure in reading.figures:
        value = f"{figure.bound if figure.bound != '=' else ''}{figure.value:,f} {figure.unit}"
        lines.append(f"{figure.measure} {value}  {of_what(figure)}")
        lines.append(f"    rule {figure.rule}")
        lines += [f"    {sentence(text, place.start, place.end)}" for place in figure.places]
    for numeral in reading.numerals:
        if numeral.reason == "unresolved":
            lines.append(f"unresolved {numeral.text!r}  rule {numeral.rule}")
            lines.append(f"    {sentence(text, numeral.start, numeral.end)}")
    return "\n".join(lines)


def explanation(told: Explanation) -> str:
    """Return where one figure comes from, its numeral marked in its sentence."""
    f, a = told.figure, told.article
    bound = f["bound"] if f["bound"] != "=" else ""
    cell = [f[name] for name in CELL_FIELDS if f[name] not in (None, "", "all", "World")]
    first, last = told.mark
    lines = [
        f"{f['measure']} {bound}{_exact(f['value'])} {f['unit']}   {' · '.join(cell)}",
        "",
        f"  {told.sentence[:first]}»{told.sentence[first:last]}«{told.sentence[last:]}",
        "",
    ]
    about = {
        "figure": f["figure_id"],
        "of": f["of_cell"],
        "between": f"{_exact(f['lo'])} and {_exact(f['hi'])}",
        "rule": f["rule"],
        "article": a["title"] or a["name"],
        "published": ", ".join(str(x) for x in (a["published"], a["publisher"]) if x),
        "address": a["url"],
        "places": ", ".join(f"{start}-{end}" for start, end, _ in told.places),
    }
    lines += [f"  {name:<10} {value}" for name, value in about.items() if value]
    lines += [f"  {'held back':<10} {rule} ({severity}): {why}" for rule, severity, why in told.quarantine]
    lines += [
        f"  {'check':<10} {c['rule']}: {c['verdict']}"
        for c in sorted(told.checks, key=lambda c: str(c["rule"]))
    ]
    for other in told.others:
        said = f"{other['bound'].replace('=', '')}{_exact(other['value'])} ({other['printed']})"
        lines.append(f"  {'also said':<10} {said}, {other['published']}, {other['url']}")
    return "\n".join(lines)


def _exact(number: Decimal | None) -> str:
    return (
        ""
        if number is None
        else f"{number:,f}".rstrip("0").rstrip(".")
        if "." in f"{number:f}"
        else f"{number:,f}"
    )


def sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a numeral, the numeral marked: ``reached »800.68 billion yuan« in``."""
    first = max((text.rfind(mark, 0, start) + len(mark) for mark in (*_ENDS, ". ") if mark in text[:start]),
                default=0)  # fmt: skip
    lasts = [text.find(mark, end) for mark in (*_ENDS, ". ")]
    last = min((i + 1 for i in lasts if i >= 0), default=len(text))
    return f"{text[first:start]}»{text[start:end]}«{text[end:last]}".strip()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    # a table rounds what a person cannot read: csv and json keep every digit
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    if isinstance(value, Decimal) and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "").lstrip("<>~"))
    except ValueError:
        return False
    return True


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap
