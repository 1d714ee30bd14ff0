"""The charts of the start page: the nation through time, who leads, who grows, and how each month went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.report import bars, levels
from flows.report.chart import Chart, point
from flows.report.facts import Fact, Warehouse, slug
from flows.report.news import Health, Latest, News, health, latest, news
from flows.report.terms import MONTHS, Span
from flows.report.words import Both, t

__all__ = ["Overview", "overview"]

_PERIODS, _ROWS, _COLUMNS = 4, 31, 14
_RANKED = ("province", "municipality", "autonomous region", "special administrative region")


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the start page."""

    charts: Sequence[Chart]
    latest: Sequence[Latest]
    news: News
    health: Sequence[Health]


def overview(house: Warehouse) -> Overview:
    """Return the start page of a release."""
    found = [_lead(house), _levels(house), _growths(house), _heat(house)]
    return Overview([c for c in found if c], latest(house), news(house), health(house))


def _totals(house: Warehouse, measure: str) -> list[Fact]:
    return [
        f
        for f in house.known
        if f.measure == measure and f.flow == "trade" and f.total and f.period in house.spans
    ]


def _lead(house: Warehouse) -> Chart | None:
    """Return years and year-to-dates of China, else of the place with most totals."""
    counts = Counter(f.reporter for f in _totals(house, "value"))
    for place in ["China", *(name for name, _ in counts.most_common(6))]:
        facts, made = levels.facts_of(house, place), []
        for how, words, chart in (
            ("annual", t("yearly", "年度"), levels.annual(house, place, facts)),
            ("to-date", t("year to date", "累计"), levels.to_date(house, place, facts)),
        ):
            for flow, name, one in chart.choices if chart else ():
                made.append((f"{how}-{flow}", Both(f"{name.en}, {words.en}", f"{name.zh}{words.zh}"), one))
        if made:
            name = house.names("area", place)
            return levels.choose("lead", Both(f"{name.en} through time", f"{name.zh}：历年与累计"), made)
    return None


Group = tuple[str, Both, list[Fact]]


def _groups(house: Warehouse, facts: Sequence[Fact]) -> Iterator[Group]:
    """Yield (anchor, words, facts) of provinces and of other places, for the periods most speak of."""
    found: dict[tuple[str, bool], dict[str, Fact]] = {}
    for f in sorted(facts, key=lambda f: (f.bound == "=", f.cell_id)):
        kind = house.areas.get(f.reporter, ("", None, False, False))[0]
        if house.spans[f.period].kind != "days" and kind not in ("world", "group", "country"):
            found.setdefault((f.period, kind in _RANKED), {})[f.reporter] = f
    full = [key for key in found if len(found[key]) >= 3]
    full.sort(key=lambda key: (key[1], house.spans[key[0]].order), reverse=True)
    for ranked in (True, False):
        some = [key for key in full if key[1] is ranked][: _PERIODS if ranked else 2]
        for key in sorted(some, key=lambda key: -len(found[key])):
            when = house.period(key[0])
            words = when if ranked else Both(f"{when.en}, cities and zones", f"{when.zh}，市与园区")
            order = sorted(found[key].values(), key=lambda f: -f.value)[:_ROWS]
            yield slug(key[0]) + ("" if ranked else "-cities"), words, order


def _levels(house: Warehouse) -> Chart | None:
    """Return places by total trade in yuan; the nation would dwarf them."""
    made = []
    facts = [f for f in _totals(house, "value") if f.unit == "CNY"]
    for key, words, order in _groups(house, facts):
        points = [point(house, f, house.names("area", f.reporter)) for f in order]
        alt = Both(f"Total trade, {words.en}, in yuan.", f"{words.zh}进出口总值。")
        body = bars.ranked(points, t("place", "地区"), links=_pages(order, house))
        made.append((key, words, Chart(f"ranking-{key}", alt, alt, body, points)))
    return levels.choose("ranking", t("Who trades most", "进出口排名"), made)


def _growths(house: Warehouse) -> Chart | None:
    """Return places by growth in yuan, with the nation as a line across."""
    made = []
    facts = [f for f in _totals(house, "value_yoy") if f.growth_currency != "USD"]
    nation = {f.period: f for f in facts if f.reporter == "China"}
    for key, words, order in _groups(house, facts):
        points = [point(house, f, house.names("area", f.reporter)) for f in order]
        line = nation.get(order[0].period)
        mark = point(house, line, house.names("area", "China")) if line else None
        alt = Both(
            f"Growth of total trade, {words.en}" + ("; the line is China." if line else "."),
            f"{words.zh}进出口同比增速" + ("；虚线为全国。" if line else "。"),
        )
        body = bars.ranked(points, t("place", "地区"), line=mark, links=_pages(order, house))
        every = [*points, mark] if mark else points
        made.append((key, words, Chart(f"growth-{key}", alt, alt, body, every)))
    return levels.choose("growth", t("Who grows fastest, against the nation", "增速排名与全国对比"), made)


def _pages(facts: Sequence[Fact], house: Warehouse) -> dict[str, str]:
    return {house.names("area", f.reporter).en: f"place/{slug(f.reporter)}.html" for f in facts}


def _heat(house: Warehouse) -> Chart | None:
    """Return growth by place and month: of the year to that month, or of the month itself."""
    growth = [f for f in _totals(house, "value_yoy") if f.growth_currency != "USD"]
    to_date = [f for f in growth if house.spans[f.period].to_date]
    single = [f for f in growth if house.spans[f.period].months == 1]
    made = [
        ("to-date", t("year to date", "年内累计"), _months(house, to_date, "heat-to-date")),
        ("month", t("single month", "当月"), _months(house, single, "heat-month")),
    ]
    chart = levels.choose("heat", t("Growth by place and month", "各地各月增速"), made)
    return replace(chart, wide=True) if chart else None


def _months(house: Warehouse, facts: Sequence[Fact], id: str) -> Chart | None:
    cells = {(f.reporter, f.period): f for f in sorted(facts, key=lambda f: (f.bound == "=", f.cell_id))}
    ends = sorted({p for _, p in cells}, key=lambda p: house.spans[p].order)[-_COLUMNS:]
    counts = Counter(r for r, p in cells if p in ends)

    def rank(place: str) -> tuple[bool, bool, int, str]:
        ranked = house.areas.get(place, ("", None, False, False))[0] in _RANKED
        return (place != "China", not ranked, -counts[place], place)

    order = sorted(counts, key=rank)[:_ROWS]
    if len(order) < 2 or len(ends) < 2:
        return None
    marks = {
        (y, x): point(house, cells[r, p], house.names("area", r), house.period(p))
        for y, r in enumerate(order)
        for x, p in enumerate(ends)
        if (r, p) in cells
    }
    rows = [(house.names("area", r), f"place/{slug(r)}.html") for r in order]
    alt = Both(
        "Growth of total trade on a year before, percent, by place and last month. Empty: nobody said.",
        "各地进出口同比增速（%），按截止月份。空白：无报道。",
    )
    heads = [_short(house.spans[p]) for p in ends]
    body = bars.heat(rows, heads, marks, t("place", "地区"))
    return Chart(id, alt, alt, body, list(marks.values()))


def _short(span: Span) -> Both:
    year = f"{span.year % 100:02d}"
    return Both(f"{MONTHS[span.month_to - 1]} {year}", f"{year}.{span.month_to}")
