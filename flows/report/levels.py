"""Levels through time of one place: years, year-to-dates, months, with growth above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.report import svg
from flows.report.chart import Chart, Point, point, scaled
from flows.report.facts import Fact, Month, Warehouse
from flows.report.terms import MONTHS
from flows.report.words import Both, amount, interval, t

__all__ = ["FLOWS", "annual", "by_flow", "choose", "facts_of", "months", "to_date"]

FLOWS = ("trade", "exports", "imports", "balance")
_YEARS, _MONTHS = 10, 18
_FIRST = ("prior_level", "missing_flow", "part_from_share")


def choose(id: str, title: Both, found: Iterable[tuple[str, Both, Chart | None]]) -> Chart | None:
    """Return one chart with a choice of several, the first one shown; None where there is none."""
    choices = [(key, words, chart) for key, words, chart in found if chart]
    if not choices:
        return None
    return replace(choices[0][2], id=id, title=title, choices=choices)


def by_flow(house: Warehouse, id: str, title: Both, make: Callable[[str, str], Chart | None]) -> Chart | None:
    """Return one chart with a choice of flows."""
    return choose(id, title, ((f, house.names("flow", f), make(f, f"{id}-{f}")) for f in FLOWS))


@dataclass(frozen=True, slots=True)
class _Slot:
    """One place on the axis of time: its label, and the span it stands for where anybody spoke of it."""

    label: Both
    period: str


def annual(house: Warehouse, place: str, facts: Sequence[Fact], who: Both | None = None) -> Chart | None:
    """Return calendar years: level columns under the printed growth; a year nobody spoke of stays empty.

    ``who`` says whose trade it is where that is more than the place.
    """
    name = who or house.names("area", place)

    def make(flow: str, id: str) -> Chart | None:
        levels, growth = _levels(facts, flow), _growth(facts, flow)
        said = [house.spans[p].year for p in {*levels, *growth} if _kind(house, p) == "year"]
        if len(said) < 2:
            return None
        years = range(max(min(said), max(said) - _YEARS + 1), max(said) + 1)
        slots = [_Slot(t(str(y), f"{y}年"), f"{y}-01/{y}-12") for y in years]
        about = (
            "level as columns, the line above is the printed growth on a year before.",
            "柱为金额，上方折线为报道的同比增速。",
        )
        return _chart(house, id, name, flow, about, slots, [_marks(house, slots, levels)], growth)

    return by_flow(house, "annual", t("Year by year", "历年"), make)


def to_date(house: Warehouse, place: str, facts: Sequence[Fact], who: Both | None = None) -> Chart | None:
    """Return the year-to-dates of the latest year that has any, beside those of the year before."""
    name = who or house.names("area", place)

    def make(flow: str, id: str) -> Chart | None:
        levels, growth = _levels(facts, flow), _growth(facts, flow)
        told = [house.spans[p] for p in {*levels, *growth} if p in house.spans and house.spans[p].to_date]
        year = max((s.year for s in told), default=0)
        ends = {s.month_to for s in told if s.year == year}
        if len(ends) < 2:
            return None
        span = range(min(ends), max(ends) + 1)
        now = [_Slot(_to(m), f"{year}-01/{year}-{m:02d}") for m in span]
        before = [_Slot(_to(m), f"{year - 1}-01/{year - 1}-{m:02d}") for m in span]
        old, new = _marks(house, before, levels), _marks(house, now, levels)
        about = (
            f"January to each month of {year}; light columns are {year - 1}, the line is the printed growth.",
            f"{year}年1月至各月累计；浅色柱为{year - 1}年，折线为报道的同比增速。",
        )
        return _chart(house, id, name, flow, about, now, [old, new] if any(old) else [new], growth)

    return by_flow(house, "to-date", t("Year to date", "年内累计"), make)


def months(house: Warehouse, place: str, facts: Sequence[Fact]) -> Chart | None:
    """Return the latest months, reported or differences of two year-to-dates."""
    name = house.names("area", place)

    def make(flow: str, id: str) -> Chart | None:
        rows = [m for m in house.months.get(place, ()) if m.flow == flow and m.period in house.spans]
        money = Counter(m.currency for m in rows).most_common(1)
        said = {_end(house, m.period): m for m in rows if m.currency == money[0][0]}
        last = max(said, default=0)
        said = {at: m for at, m in said.items() if at > last - _MONTHS}
        if len(said) < 2:
            return None
        slots, marks = [], []
        for at in range(min(said), last + 1):
            m = said.get(at)
            after = said.get(at + 1)
            if not m and after and house.spans[after.period].months == 2:
                continue  # January, which is told together with February
            slots.append(_month(house, at, m))
            marks.append(_month_point(house, m) if m else None)
        about = (
            "month by month; January and February stay together where nobody parts them.",
            "逐月；1—2月未分开公布的合并显示。",
        )
        return _chart(house, id, name, flow, about, slots, [marks], _growth(facts, flow))

    return by_flow(house, "months", t("Month by month", "逐月"), make)


def facts_of(house: Warehouse, place: str) -> list[Fact]:
    """Return everything known or computed of one place, the known first."""
    return [*house.by_reporter.get(place, ()), *house.derived_by_reporter.get(place, ())]


def _levels(facts: Sequence[Fact], flow: str) -> dict[str, Fact]:
    """Return the whole's level by period in the currency most used; the printed before the computed."""
    rows = [f for f in facts if f.flow == flow and f.measure == "value" and f.total]
    money = Counter(f.unit for f in rows if f.rule is None) or Counter(f.unit for f in rows)
    out: dict[str, Fact] = {}
    for f in sorted(rows, key=lambda f: (f.rule is not None, f.bound != "=", f.hi - f.lo, f.cell_id)):
        if f.unit == money.most_common(1)[0][0] and (f.rule is None or f.rule in _FIRST):
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
    who: Both,
    flow: str,
    about: tuple[str, str],
    slots: Sequence[_Slot],
    series: Sequence[Sequence[Point | None]],
    growth: Mapping[str, Fact],
) -> Chart | None:
    rates = _marks(house, slots, growth, t("growth", "同比"))
    levels = [p for one in series for p in one if p]
    points = [*levels, *(p for p in rates if p)]
    if not levels or len(points) < 2:
        return None
    what = house.names("flow", flow)
    alt = Both(f"{who.en}, {what.en}: {about[0]}", f"{who.zh}{what.zh}：{about[1]}")
    unit, _ = scaled(levels)
    note = Both(f"Columns in {unit.en}, growth in percent.", f"柱：{unit.zh}；增速：%。")
    return Chart(id, alt, alt, svg.columns([s.label for s in slots], series, rates), points, note)


def _marks(
    house: Warehouse,
    slots: Sequence[_Slot],
    facts: Mapping[str, Fact],
    series: Both = Both("", ""),  # noqa: B008
) -> list[Point | None]:
    return [
        point(house, facts[s.period], house.period(s.period), series) if s.period in facts else None
        for s in slots
    ]


def _month_point(house: Warehouse, m: Month) -> Point:
    return Point(
        house.period(m.period),
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


def _month(house: Warehouse, at: int, m: Month | None) -> _Slot:
    year, month = divmod(at - 1, 12)
    first = f"{MONTHS[0]}–" if m and house.spans[m.period].months == 2 else ""
    label = Both(
        f"{first}{MONTHS[month]} {year % 100:02d}", f"{year % 100:02d}.{'1—' if first else ''}{month + 1}"
    )
    return _Slot(label, m.period if m else f"{year}-{month + 1:02d}/{year}-{month + 1:02d}")


def _to(month: int) -> Both:
    if month == 1:
        return t("Jan", "1月")
    return t(f"–{MONTHS[month - 1]}", f"1—{month}月")


def _end(house: Warehouse, period: str) -> int:
    span = house.spans[period]
    return span.year * 12 + span.month_to


def _kind(house: Warehouse, period: str) -> str:
    return house.spans[period].kind if period in house.spans else ""
