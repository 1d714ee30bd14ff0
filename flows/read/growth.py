"""Says what a growth rate grows from: a year, a month, a named base, many years on average."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read.counts import counted_en
from flows.read.emit import relation
from flows.read.frame import Frame
from flows.read.measure import ahead, back, growth_measure, near
from flows.read.number_words import han_number
from flows.read.spans import base_at, is_base
from flows.record import Period

if TYPE_CHECKING:
    from flows.read.clause import Machine


def growth(m: Machine, index: int, frame: Frame) -> tuple[str, dict[str, str]] | None:
    """Return the growth measure of a percentage and the base it names."""
    line = m.line
    around = back(line, index)
    words = [line.text(j).lower() for j in around]
    subject = {"quantity": "quantity", "count": "count", "price": "price"}.get(m.last, "value")
    nearest = near(line, around, "VOLUME", "WORTH", "PRICE")
    ahead_cues = ahead(line, index) if line.lang == "en" else []
    if nearest is None:
        nearest = near(line, ahead_cues, "VOLUME", "WORTH", "PRICE")
    if nearest is not None:
        kinds = line.tokens[nearest].kinds
        if "VOLUME" in kinds and "number" in line.text(nearest).lower():
            said = near(
                line, [j for j in range(index - 1, -1, -1) if line.clause[j] == line.clause[index]], "COUNTED"
            )
            if said is not None and m.frame.product == "all":
                m.last, m.counted = "count", str(line.tokens[said].kinds["COUNTED"])
        subject = "quantity" if "VOLUME" in kinds else "price" if "PRICE" in kinds else "value"
        if (
            subject == "quantity"
            and frame.product == "all"
            and m.last not in ("quantity", "count")
            and line.lang == "en"
        ):
            subject = "value"
        if subject == "quantity" and m.last == "count":
            subject = "count"
    elif line.lang == "en":
        nxt = next(
            (
                k
                for k in range(index + 1, len(line.tokens))
                if (f := line.quantity(k)) is not None and not f.word
            ),
            None,
        )
        follow = line.quantity(nxt) if nxt is not None and line.chunk[nxt] == line.chunk[index] else None
        if (
            follow is not None
            and nxt is not None
            and any(line.tokens[k].has("TO") for k in range(index + 1, nxt))
        ):
            if follow.cls in ("qty", "money"):
                subject = "quantity" if follow.cls == "qty" else "value"
            elif follow.cls in ("plain", "count") and (name := counted_en(line, nxt)):
                subject, m.counted = "count", name
    told = _IN_TERMS.match(line.folded[line.tokens[index].end : line.tokens[index].end + 40].lower())
    if told is not None and line.lang == "en":
        value = told.group(1) in ("value", "money terms")
        subject = "value" if value else "count" if m.last == "count" else "quantity"
    if any(w.endswith("量") and w != "总量" for w in words):
        subject = "quantity"
    if subject == "price":
        return None
    if m.told:
        return f"{subject}_{m.told}", {}
    if m.basis == "cagr":
        return f"{subject}_cagr", {}
    name = growth_measure(line, index, subject)
    if name is not None and name.endswith("_cagr"):
        return name, {}
    if (
        line.lang == "zh"
        and frame.period is not None
        and (
            span := _SPAN_GROWTH.search(
                line.folded[max(0, line.tokens[index].start - 12) : line.tokens[index].start]
            )
        )
    ):
        years = int(han_number(span.group(1))) if not span.group(1).isdigit() else int(span.group(1))
        if 2 <= years <= 30:
            first = Period.months(
                frame.period.first.year - years,
                frame.period.first.month,
                frame.period.last.year - years,
                frame.period.last.month,
            )
            return f"{subject}_vs", {"period": str(first)}
    said = any(line.tokens[j].has("BASEPERIOD") for j in [*ahead(line, index), *back(line, index)]) or (
        any(
            line.tokens[j].has("PERIOD") and line.chunk[j] == line.chunk[index] and is_base(m, j)
            for j in ahead(line, index)[:4]
        )
    )
    base = base_period(m, index) if name is None or said else None
    if base is not None and frame.period is not None:
        kind = relation(frame.period, base)
        if kind == "vs":
            return f"{subject}_vs", {"period": str(base)}
        if line.lang == "en":
            m.basis = kind
        return f"{subject}_{kind}", {}
    if name is not None:
        return name, {}
    return f"{subject}_{m.basis or ('pop' if m.topic.pop else 'yoy')}", {}


_IN_TERMS = re.compile(
    r"\s(?:higher |lower |more |less |larger |smaller )?(?:in|by) (?:terms of )?(value|money terms|volume|quantity|tonnage|weight)\b"
)
_SPAN_GROWTH = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})年(?:(?:间|来)?(?:累计)?(?:增长|提高)|前(?:的[约近超]?|相比,?)?(?:累计)?(?:增长|扩大|提高|提升|增加|下降|减少)?了?[近约超]?)$"
)


def base_period(m: Machine, index: int) -> Period | None:
    """The period compared with, where the chunk or the one before names it."""
    line = m.line
    for j in [*ahead(line, index), *back(line, index)]:
        base = line.tokens[j].kinds.get("BASEPERIOD")
        if isinstance(base, Period):
            return base
        if line.lang == "en" and j > index and line.tokens[j].has("PERIOD") and is_base(m, j):
            return base_at(m, j)
    if line.lang == "en":
        for j in range(index + 1, len(line.tokens)):
            # "exports rose 7% and imports 4% on February 2022": the base is said once, at the end
            if line.chunk[j] != line.chunk[index]:
                break
            if line.tokens[j].has("PERIOD") and is_base(m, j):
                return base_at(m, j)
        opening = line.folded[max(0, line.tokens[0].start - 20) : line.tokens[0].start + 16].lower()
        return m.base if _OPENING.search(opening) else None
    return m.base


# "Compared with the same period in 2019, exports grew 37.7 percent": the base is said before all
_OPENING = re.compile(r"(?:^|[.\n]\s*)(?:compared (?:with|to)|against|relative to)\s")
