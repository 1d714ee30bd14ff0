"""Levels through time of one place: years, year-to-dates, months, with growth above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flows.report import svg
from flows.report.chart import Chart, Point, point
from flows.report.facts import Fact, Warehouse
from flows.report.words import Both, Span, amount, interval, t

__all__ = ["FLOWS", "annual", "choose", "months", "to_date"]

FLOWS = ("trade", "exports", "imports", "balance")
_YEARS, _MONTHS = 10, 18
_FIRST = ("prior_level", "missing_flow", "part_from_share")


def choose(id: str, title: Both, found: Iterable[tuple[str, Both, Chart | None]]) -> Chart | None:
    """Return one chart with a choice of several, the first one shown; None where there is none."""
    choices = [(key, words, chart) for key, words, chart in found if chart]
    if not choices:
        return None
    return replace(choices[0][2], id=id, title=title, choices=choices)


def by_flow(house: Warehouse, id: str, title: Both, make: object) -> Chart | None:
    """Return one chart with a choice of flows."""
    assert callable(make)
    return choose(id, title, ((f, house.names("flow", f), make(f, f"{id}-{f}")) for f in FLOWS))


def annual(house: Warehouse, place: str, facts: Sequence[Fact]) -> Chart | None:
    """Return calendar years: level columns under the printed growth."""

    def make(flow: str, id: str) -> Chart | None:
        levels, growth = _levels(facts, flow), _growth(facts, flow)
        years = {house.spans[p].year: p for p in [*levels, *growth] if _kind(house, p) == "year"}
        keys = [years[y] for y in sorted(years)][-_YEARS:]
        if sum(k in levels for k in keys) < 1 or len(keys) < 2:
            return None
        return _chart(house, id, t("Year by year", "历年"), place, flow, keys, levels, growth)

    return by_flow(house, "annual", t("Year by year", "历年"), make)


def to_date(house: Warehouse, place: str, facts: Sequence[Fact]) -> Chart | None:
    """Return the year-to-dates of the latest year that has any, beside those of the year before."""

    def make(flow: str, id: str) -> Chart | None:
        levels, growth = _levels(facts, flow), _growth(facts, flow)
        spans = [house.spans[p] for p in [*levels, *growth] if p in house.spans]
        told = [s for s in spans if _from_january(s)]
        if not told:
            return None
        year = max(s.year for s in told if s.period in levels or s.period in growth)
        now = {s.month_to: s.period for s in told if s.year == year}
        before = {s.month_to: s.year_before for s in told if s.year == year}
        ends = sorted(now)
        if len(ends) < 2:
            return None
        names = [house.period(now[m]) for m in ends]
        old = _marks(house, [before[m] for m in ends], levels, names, t(str(year - 1), f"{year - 1}年"))
        new = _marks(house, [now[m] for m in ends], levels, names, t(str(year), f"{year}年"))
        rates = _marks(house, [now[m] for m in ends], growth, names, t("growth", "同比"))
        body = svg.columns(names, [old, new] if any(old) else [new], rates)
        points = [p for p in [*old, *new, *rates] if p]
        if not any(new) and not any(old):
            return None
        who, what = house.names("area", place), house.names("flow", flow)
        alt = Both(
            f"{who.en}, {what.en}: January to each month of {year}, "
            f"light columns are {year - 1}, the line is the printed growth.",
            f"{who.zh}{what.zh}：{year}年1月至各月累计，浅色柱为{year - 1}年，折线为报道的同比增速。",
        )
        return Chart(id, t("Year to date", "年内累计"), alt, body, points, _unit(points))

    return by_flow(house, "to-date", t("Year to date", "年内累计"), make)


def months(house: Warehouse, place: str) -> Chart | None:
    """Return the latest months, reported or differences of two year-to-dates."""

    def make(flow: str, id: str) -> Chart | None:
        rows = [m for m in house.months.get(place, ()) if m.flow == flow]
        money = Counter(m.currency for m in rows).most_common(1)
        rows = (
            sorted((m for m in rows if m.currency == money[0][0]), key=lambda m: m.period)[-_MONTHS:]
            if money
            else []
        )
        if len(rows) < 2:
            return None
        xs = [house.period(m.period) for m in rows]
        marks: list[Point | None] = [
            Point(
                x,
                t(""),
                amount(m.value, m.currency, lo=m.lo, hi=m.hi),
                interval(m.lo, m.hi, m.currency),
                m.value,
                m.lo,
                m.hi,
                m.currency,
                "=",
                m.how,
                m.figure_ids[0],
                house.source(m.figure_ids[0]),
            )
            for x, m in zip(xs, rows, strict=True)
        ]
        growth = _growth(facts_of(house, place), flow)
        rates = _marks(house, [m.period for m in rows], growth, xs, t("growth", "同比"))
        points = [p for p in [*marks, *rates] if p]
        who, what = house.names("area", place), house.names("flow", flow)
        alt = Both(
            f"{who.en}, {what.en} by month; January and February stay together where nobody parts them.",
            f"{who.zh}{what.zh}逐月；1—2月未分开公布的合并显示。",
        )
        return Chart(
            id, t("Month by month", "逐月"), alt, svg.columns(xs, [marks], rates), points, _unit(points)
        )

    return by_flow(house, "months", t("Month by month", "逐月"), make)


def facts_of(house: Warehouse, place: str) -> list[Fact]:
    """Return everything known or computed of one place, the known first."""
    return [*house.by_reporter.get(place, ()), *house.derived_by_reporter.get(place, ())]


def _levels(facts: Sequence[Fact], flow: str) -> dict[str, Fact]:
    """Return the whole's level by period in the currency most used; the printed before the computed."""
    rows = [
        f
        for f in facts
        if f.flow == flow and f.measure == "value" and f.whole and not f.counted and f.stance == "reported"
    ]
    printed = Counter(f.unit for f in rows if f.rule is None) or Counter(f.unit for f in rows)
    out: dict[str, Fact] = {}
    for f in sorted(rows, key=lambda f: (f.rule is not None, f.bound != "=", f.hi - f.lo, f.cell_id)):
        if f.unit == printed.most_common(1)[0][0] and (f.rule is None or f.rule in _FIRST):
            out.setdefault(f.period, f)
    return out


def _growth(facts: Sequence[Fact], flow: str) -> dict[str, Fact]:
    """Return the whole's printed growth by period, in yuan before dollars."""
    rows = [f for f in facts if f.flow == flow and f.measure == "value_yoy" and f.total and f.rule is None]
    out: dict[str, Fact] = {}
    for f in sorted(rows, key=lambda f: (f.growth_currency == "USD", f.bound != "=", f.cell_id)):
        out.setdefault(f.period, f)
    return out


def _chart(
    house: Warehouse,
    id: str,
    title: Both,
    place: str,
    flow: str,
    keys: Sequence[str],
    levels: dict[str, Fact],
    growth: dict[str, Fact],
) -> Chart:
    xs = [house.period(k) for k in keys]
    columns = _marks(house, keys, levels, xs, t(""))
    rates = _marks(house, keys, growth, xs, t("growth", "同比"))
    points = [p for p in [*columns, *rates] if p]
    who, what = house.names("area", place), house.names("flow", flow)
    alt = Both(
        f"{who.en}, {what.en}: level as columns, the line above is the printed growth on a year before.",
        f"{who.zh}{what.zh}：柱为金额，上方折线为报道的同比增速。",
    )
    return Chart(id, title, alt, svg.columns(xs, [columns], rates), points, _unit(points))


def _marks(
    house: Warehouse, keys: Sequence[str | None], facts: dict[str, Fact], xs: Sequence[Both], series: Both
) -> list[Point | None]:
    return [point(house, facts[k], x, series) if k in facts else None for k, x in zip(keys, xs, strict=True)]


def _unit(points: Sequence[Point]) -> Both:
    from flows.report.chart import scaled

    levels = [p for p in points if p.unit != "percent"]
    if not levels:
        return t("percent", "%")
    unit, _ = scaled(levels)
    return Both(f"Columns in {unit.en}, growth in percent.", f"柱：{unit.zh}；增速：%。")


def _kind(house: Warehouse, period: str) -> str:
    return house.spans[period].kind if period in house.spans else ""


def _from_january(span: Span) -> bool:
    return (
        span.month_from == 1
        and span.kind in ("month", "ytd", "quarter", "half", "year", "span")
        and span.months <= 12
    )
