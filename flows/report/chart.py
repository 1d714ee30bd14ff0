"""What a chart is on this site: marks, and under them their table, their CSV and a stable address."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from flows.report.facts import Fact, Warehouse
from flows.report.words import Both, t, unit_words

__all__ = ["Chart", "Point", "point", "scaled"]


class Point(NamedTuple):
    """One mark: what it is of, its number with interval, how it is known, and its sentence."""

    x: Both
    series: Both
    text: Both
    span: Both
    value: Decimal
    lo: Decimal
    hi: Decimal
    unit: str
    bound: str
    how: str
    figure_id: str
    href: str | None

    @property
    def derived(self) -> bool:
        """True for computed numbers, which look different everywhere."""
        return self.how != "reported"

    @property
    def tip(self) -> Both:
        """Everything about the mark in one line."""
        parts = [self.x, self.series] if self.series.en else [self.x]
        words = Both(" · ".join(p.en for p in parts), " · ".join(p.zh for p in parts))
        said = words + Both(f": {self.text.en}", f"：{self.text.zh}")
        if self.span.en:
            said += (
                " " + self.span.en
                if self.span.en == self.span.zh
                else Both(f" {self.span.en}", f" {self.span.zh}")
            )
        return (
            said + Both(f" ({self.how})", f"（{HOW.get(self.how, t(self.how)).zh}）")
            if self.derived
            else said
        )


HOW = {
    "reported": t("reported", "报道"),
    "prior_level": t("computed: level and growth of the year after", "推算：由次年数值与增速"),
    "missing_flow": t("computed: the other two flows", "推算：由另外两项"),
    "month_from_ytd": t("computed: difference of two year-to-dates", "推算：两个累计数之差"),
    "difference": t("computed: difference of two year-to-dates", "推算：两个累计数之差"),
    "half_from_ytd": t("computed: difference of two year-to-dates", "推算：两个累计数之差"),
    "quarter_from_ytd": t("computed: difference of two year-to-dates", "推算：两个累计数之差"),
    "share_of_levels": t("computed: part divided by whole", "推算：部分除以总体"),
    "part_from_share": t("computed: share of a whole", "推算：占比乘以总体"),
    "share_of_prior_levels": t("computed: levels that this year’s growth implies", "推算：由本年增速倒推"),
    "contribution_of_levels": t("computed: levels and growth", "推算：由数值与增速"),
    "gap_of_growths": t("computed: difference of two growths", "推算：两个增速之差"),
    "rest": t("computed: what is left of the whole", "推算：总体的其余部分"),
}


def how_words(how: str) -> Both:
    """Return how a number is known, in words."""
    return HOW.get(how, t(how.replace("_", " ")))


def point(house: Warehouse, fact: Fact, x: Both, series: Both = Both("", "")) -> Point:  # noqa: B008
    """Return the mark of a known or computed number."""
    return Point(
        x,
        series,
        fact.amount(),
        fact.interval(),
        fact.value,
        fact.lo,
        fact.hi,
        fact.unit,
        fact.bound,
        fact.rule or "reported",
        fact.figure_id,
        house.source(fact.figure_id),
    )


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure of a page. ``body`` is HTML or SVG; ``alt`` says what is to be seen in it."""

    id: str
    title: Both
    alt: Both
    body: str
    points: Sequence[Point]
    note: Both | None = None
    csv_path: str = ""
    choices: Sequence[tuple[str, Both, Chart]] = field(default=())
    wide: bool = False

    def csv(self) -> str:
        """Return the numbers behind the marks, in base units, one row a mark."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(
            [
                "label",
                "label_zh",
                "series",
                "series_zh",
                "value",
                "lo",
                "hi",
                "unit",
                "bound",
                "how",
                "figure_id",
            ]
        )
        for p in self.points:
            numbers = (f"{n.normalize():f}" for n in (p.value, p.lo, p.hi))
            writer.writerow(
                [p.x.en, p.x.zh, p.series.en, p.series.zh, *numbers, p.unit, p.bound, p.how, p.figure_id]
            )
        return out.getvalue()

    @property
    def any_derived(self) -> bool:
        """True where the chart must explain its hatching."""
        return any(p.derived for p in self.points)


def scaled(points: Iterable[Point]) -> tuple[Both, Callable[[Decimal], Both]]:
    """Return the unit that all labels of one chart share, and how to write a number in it."""
    every = list(points)
    unit = every[0].unit if every else "percent"
    if unit in ("percent", "pp"):
        return t("%", "%") if unit == "percent" else t("pp", "个百分点"), _percent
    top = max((abs(p.value) for p in every), default=Decimal(1))
    least = min((abs(p.value) for p in every if p.value), default=Decimal(1))
    words = unit_words(unit)
    en = 9 if top >= 10**9 else 6 if top >= 10**6 else 0
    zh = 8 if top >= 10**8 else 4 if top >= 10**4 else 0
    if least >= 10**12:
        en = zh = 12
    name = Both(
        {12: "trillion ", 9: "billion ", 6: "million ", 0: ""}[en] + words.en,
        {12: "万亿", 8: "亿", 4: "万", 0: ""}[zh] + words.zh,
    )

    def write(value: Decimal) -> Both:
        fine = 2 if en == 12 else 1
        return Both(_short(value.scaleb(-en), ",", fine), _short(value.scaleb(-zh), "", fine))

    return name, write


def _short(value: Decimal, comma: str, fine: int) -> str:
    size = abs(value)
    digits = 0 if size >= 100 else fine if size >= 10 else 2
    return f"{value:{comma}.{digits}f}".replace("-", "−")


def _percent(value: Decimal) -> Both:
    text = f"{value:.1f}".replace("-", "−")
    return Both(text, text)
