"""Pages of one place, one partner or one product: its charts and every figure known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flows.report import bars, levels, shares
from flows.report.chart import Chart, point
from flows.report.facts import Fact, Warehouse, slug
from flows.report.parts import Parts
from flows.report.terms import measure, of_cell
from flows.report.words import Both, t

__all__ = ["KINDS", "Line", "Profile", "lines", "profiles"]

KINDS = {
    "place": t("Places", "地区"),
    "partner": t("Partners", "贸易伙伴"),
    "product": t("Goods", "商品"),
}
# rows of a table: what partners and products have stands on the pages of the places as well
_MOST = {"place": 160, "partner": 80, "product": 80}
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of figures."""

    when: Both
    cell: Both
    flow: str
    measure: str
    measure_words: Both
    of: Both | None
    value: Both
    interval: Both
    derived: bool
    how: str
    agreement: str
    stance: str
    source: str | None
    voice: str
    published: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One page: who, what is drawn, and every figure, the newest first."""

    kind: str
    key: str
    name: Both
    about: Both
    parent: tuple[Both, str | None] | None
    charts: Sequence[Chart]
    lines: Sequence[Line]
    total: int
    facts: Sequence[Fact]

    @property
    def path(self) -> str:
        """Where the page stands, from the site's root."""
        return f"{self.kind}/{slug(self.key)}.html"


def profiles(house: Warehouse) -> dict[str, list[Profile]]:
    """Return every page of places, partners and products, those with most figures first."""
    parts = Parts(house)
    pages = {kind: _pages(house, kind) for kind in KINDS}
    out: dict[str, list[Profile]] = {}
    for kind, names in pages.items():
        axis = "area" if kind != "product" else "product"
        made = []
        for name, facts in names.items():
            words = house.names(axis, name)
            charts = _place(house, parts, name) if kind == "place" else _ranking(house, kind, name, facts)
            area = house.areas.get(name, ("", None, False, False)) if kind == "place" else None
            above = area[1] if area else None
            parent = None
            if above:
                page = f"place/{slug(above)}.html" if above in pages["place"] else None
                parent = (house.names("area", above), page)
            newest = sorted(facts, key=lambda f: _order(house, f))
            made.append(
                Profile(
                    kind,
                    name,
                    words,
                    _about(area[0] if area else kind),
                    parent,
                    charts,
                    lines(house, newest[: _MOST[kind]], reporter=kind != "place"),
                    len(facts),
                    newest,
                )
            )
        out[kind] = sorted(made, key=lambda p: (-p.total, p.key))
    return out


def _pages(house: Warehouse, kind: str) -> dict[str, list[Fact]]:
    if kind == "place":
        return house.by_reporter
    out: dict[str, list[Fact]] = {}
    for f in house.known:
        name, whole = (f.partner, "World") if kind == "partner" else (f.product, "all")
        if name != whole:
            out.setdefault(name, []).append(f)
    return out


def lines(house: Warehouse, facts: Sequence[Fact], *, reporter: bool = True) -> list[Line]:
    """Return facts as rows of a table."""
    return [_line(house, f, reporter) for f in facts]


def _line(house: Warehouse, f: Fact, reporter: bool) -> Line:
    article = house.articles.get(f.article_id or house.home_of.get(f.figure_id, ""))
    counted = house.names("counted", f.counted) if f.counted else None
    return Line(
        house.period(f.period),
        house.names.cell(f, reporter=reporter),
        f.flow or "",
        f.measure,
        measure(f.measure, counted),
        of_cell(f.of_cell, house.names, house.spans),
        f.amount(),
        f.interval(),
        f.rule is not None,
        f.rule or "reported",
        f.agreement,
        f.stance,
        house.source(f.figure_id),
        (article.publisher or article.name) if article else "",
        article.published.isoformat() if article and article.published else "",
    )


def _place(house: Warehouse, parts: Parts, name: str) -> list[Chart]:
    facts = levels.facts_of(house, name)
    found = [
        levels.annual(house, name, facts),
        levels.to_date(house, name, facts),
        levels.months(house, name, facts),
    ]
    found += [*shares.charts(house, parts, name, facts), _ranks(house, name, facts)]
    return [c for c in found if c]


def _ranks(house: Warehouse, name: str, facts: Sequence[Fact]) -> Chart | None:
    """Return the newest places in an order that articles give this place or its parts."""
    rows = [f for f in facts if f.measure == "rank" and f.rule is None and f.stance == "reported"]
    rows = sorted(rows, key=lambda f: _order(house, f))[:12]
    if not rows:
        return None
    points, items = [], []
    for f in rows:
        label = house.names.cell(f, reporter=False, period_label=house.period(f.period))
        among = of_cell(f.of_cell, house.names, house.spans)
        if among:
            label += Both(f" (of {among.en})", f"（{among.zh}）")
        p = point(house, f, label)
        points.append(p)
        items.append(f'<li><a href="@root@{p.href}">{p.text.__html__()}</a> {label.__html__()}</li>')
    who = house.names("area", name)
    alt = Both(f"Places in an order that articles give {who.en}.", f"文章报道的{who.zh}位次。")
    return Chart("ranks", t("Ranks", "位次"), alt, f'<ul class="ranks">{"".join(items)}</ul>', points)


def _ranking(house: Warehouse, kind: str, name: str, facts: Sequence[Fact]) -> list[Chart]:
    """Return bars of the places that trade with a partner or in a product, in the fullest period."""
    axis = "partner" if kind == "partner" else "product"
    title = t("Who trades most", "各地比较") if kind == "partner" else t("Who trades it", "各地比较")
    found = []
    for measure_name, words in (
        ("value", t("level", "金额")),
        ("value_yoy", t("growth", "同比")),
        ("share", t("share", "占比")),
    ):
        for flow in levels.FLOWS:
            rows = [
                f
                for f in facts
                if f.measure == measure_name
                and f.flow == flow
                and f.differs_only_in(axis)
                and f.stance == "reported"
                and (measure_name != "share" or f.of_cell in _WHOLES)
            ]
            periods = Counter((f.period, f.unit) for f in rows)
            if not periods:
                continue
            (period, unit), count = max(periods.items(), key=lambda kv: (kv[1], kv[0]))
            if count < 2:
                continue
            best = {f.reporter: f for f in rows if (f.period, f.unit) == (period, unit)}
            order = sorted(best.values(), key=lambda f: -f.value)[:20]
            points = [point(house, f, house.names("area", f.reporter)) for f in order]
            who = house.names("area" if kind == "partner" else "product", name)
            what, when = house.names("flow", flow), house.period(period)
            alt = Both(
                f"{who.en}: {flow}, {words.en}, {when.en}, by place.",
                f"{who.zh}：{what.zh}{words.zh}，{when.zh}，按地区。",
            )
            pages = {house.names("area", f.reporter).en: f"place/{slug(f.reporter)}.html" for f in order}
            body = bars.ranked(points, t("place", "地区"), links=pages)
            label = Both(f"{flow}, {words.en}", f"{what.zh}{words.zh}")
            key = f"ranking-{flow}-{measure_name}".replace("_", "-")
            found.append((f"{flow}-{measure_name}", label, Chart(key, title, alt, body, points, when)))
    chart = levels.choose("ranking", title, found)
    through = _through_time(house, axis, name, facts)
    return [c for c in (chart, through) if c]


def _through_time(house: Warehouse, axis: str, name: str, facts: Sequence[Fact]) -> Chart | None:
    """Return years and year-to-dates of the places that tell most of one partner or product."""
    told = Counter(f.reporter for f in facts if f.measure == "value" and f.differs_only_in(axis))
    what, made = house.names("area" if axis == "partner" else "product", name), []
    for place, _ in sorted(told.items(), key=lambda kv: (-kv[1], kv[0]))[:_PLACES]:
        # the part stands for the whole: what is drawn of a place's trade is drawn of this part of it
        mine = [f for f in levels.facts_of(house, place) if getattr(f, axis) == name]
        part = [f._replace(partner="World") if axis == "partner" else f._replace(product="all") for f in mine]
        reporter = house.names("area", place)
        who = Both(f"{reporter.en}, {what.en}", f"{reporter.zh}{what.zh}")
        for how, words, chart in (
            ("annual", t("yearly", "年度"), levels.annual(house, place, part, who)),
            ("to-date", t("year to date", "累计"), levels.to_date(house, place, part, who)),
        ):
            for flow, flow_words, one in chart.choices if chart else ():
                label = Both(
                    f"{reporter.en}, {flow_words.en}, {words.en}", f"{reporter.zh}{flow_words.zh}{words.zh}"
                )
                key = f"through-time-{slug(place)}-{how}-{flow}"
                made.append((key, label, replace(one, id=key)))
    return levels.choose("through-time", t("Through time", "历年与累计"), made)


_WHOLES = ('{"partner":"World"}', '{"product":"all"}')


def _order(house: Warehouse, f: Fact) -> tuple[object, ...]:
    """Sort key: the newest first, the whole before its parts, a number before its growth."""
    end = f.period.partition("/")[2][:7].replace("-", "")
    months = house.spans[f.period].months if f.period in house.spans else 0
    part = (f.channel, f.regime, f.enterprise, f.product, f.partner)
    return (-int(end or 0), -(months or 0), not f.whole, f.flow or "", part, f.measure, f.cell_id)


_ABOUT: Mapping[str, Both] = {
    "country": t("country", "国家"),
    "province": t("province", "省"),
    "municipality": t("municipality", "直辖市"),
    "autonomous region": t("autonomous region", "自治区"),
    "city": t("city", "市"),
    "district": t("district", "区"),
    "zone": t("zone", "园区"),
    "county-level city": t("county-level city", "县级市"),
    "world": t("world", "全球"),
    "special administrative region": t("special administrative region", "特别行政区"),
    "group": t("group", "集团"),
    "unmapped": t("not in the reference tables", "参考表中没有"),
    "partner": t("partner", "贸易伙伴"),
    "product": t("goods", "商品"),
    "region": t("region", "区域"),
    "county": t("county", "县"),
}


def _about(kind: str) -> Both:
    return _ABOUT.get(kind, t(kind))
