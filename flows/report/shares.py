"""Parts of one place's trade: shares stacked and compared over two years, and what each part brought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal

from flows.report import bars, svg
from flows.report.chart import Chart, point
from flows.report.facts import Fact, Warehouse
from flows.report.levels import by_flow
from flows.report.parts import KIND, Parts
from flows.report.words import Both, t

__all__ = ["AXES", "charts"]

AXES = {
    "partner": t("partner", "贸易伙伴"),
    "product": t("goods", "商品"),
    "enterprise": t("kind of firm", "企业性质"),
    "regime": t("customs regime", "贸易方式"),
}
_WHOLE = {a: f'{{"{a}":"{"World" if a == "partner" else "all"}"}}' for a in AXES}
_ROWS = 5


def charts(house: Warehouse, parts: Parts, place: str, facts: Sequence[Fact]) -> list[Chart]:
    """Return what can be drawn of the parts of one place's trade."""
    out: list[Chart | None] = []
    for axis, words in AXES.items():
        mine = [
            f
            for f in facts
            if f.differs_only_in(axis) and f.of_cell == _WHOLE[axis] and f.stance == "reported"
        ]
        shares = _by_period(f for f in mine if f.measure == "share")
        grown = _by_period(f for f in facts if _grows(f, axis))
        brought = _by_period(f for f in mine if f.measure == "contribution" and f.unit == "pp")
        makers: list[tuple[str, Both, Callable[[str, str], Chart | None]]] = [
            (
                "share",
                Both(f"Shares by {words.en}", f"构成：按{words.zh}"),
                _stacker(house, parts, place, axis, shares),
            ),
            (
                "ranked",
                Both(f"Every share by {words.en}", f"占比一览：按{words.zh}"),
                _lister(house, parts, place, axis, shares),
            ),
            (
                "slope",
                Both(f"Shares a year apart, by {words.en}", f"占比变化：按{words.zh}"),
                _sloper(house, parts, place, axis, shares),
            ),
            (
                "bubbles",
                Both(f"Share and growth, by {words.en}", f"占比与增速：按{words.zh}"),
                _bubbler(house, place, axis, shares, grown),
            ),
            (
                "growth",
                Both(f"Who brought the growth, by {words.en}", f"增长贡献：按{words.zh}"),
                _faller(house, parts, place, axis, brought, facts),
            ),
        ]
        out += [by_flow(house, f"{kind}-{axis}", title, make) for kind, title, make in makers]
    return [c for c in out if c]


Table = dict[tuple[str, str], dict[str, Fact]]


def _by_period(facts: object) -> Table:
    """Return parts by (flow, period) and part; printed before computed, then the narrower."""
    out: Table = defaultdict(dict)
    for f in sorted(facts, key=lambda f: (f.rule is not None, f.bound != "=", f.hi - f.lo, f.cell_id)):  # type: ignore[call-overload]
        part = (f.partner, f.product, f.enterprise, f.regime)
        out[f.flow, f.period].setdefault(str(part), f)
    return dict(out)


def _periods(house: Warehouse, table: Table, flow: str) -> list[str]:
    """Return the periods of a flow, latest last; longer ones of one end after shorter ones."""
    return sorted(
        (p for f, p in table if f == flow and p in house.spans),
        key=lambda p: (house.spans[p].year, house.spans[p].month_to, house.spans[p].months),
    )


def _apart(parts: Parts, axis: str, shares: dict[str, Fact]) -> list[Fact]:
    return parts.disjoint(axis, [f for f in shares.values() if 0 < f.value <= 100])


def _stacker(
    house: Warehouse, parts: Parts, place: str, axis: str, shares: Table
) -> Callable[[str, str], Chart | None]:
    def make(flow: str, id: str) -> Chart | None:
        rows = []
        for period in _periods(house, shares, flow):
            kept = _apart(parts, axis, shares[flow, period])
            if len(kept) > 1:
                x = house.period(period)
                rows.append((x, parts.points(axis, kept, x)))
        rows = rows[-_ROWS:]
        if not rows:
            return None
        who, what, words = house.names("area", place), house.names("flow", flow), AXES[axis]
        alt = Both(
            f"{who.en}, {what.en}: shares by {words.en}; only parts that do not overlap stand in one bar.",
            f"{who.zh}{what.zh}：按{words.zh}的占比；同一条中只放互不重叠的部分。",
        )
        return Chart(
            id,
            alt,
            alt,
            svg.stacked(rows),
            [p for _, ps in rows for p in ps],
            t("Percent of the whole.", "占总体%。"),
        )

    return make


def _lister(
    house: Warehouse, parts: Parts, place: str, axis: str, shares: Table
) -> Callable[[str, str], Chart | None]:
    def make(flow: str, id: str) -> Chart | None:
        every = _periods(house, shares, flow)
        fit = [p for p in every if len(shares[flow, p]) > len(_apart(parts, axis, shares[flow, p]))]
        if not fit:
            return None
        period = fit[-1]
        facts = sorted(shares[flow, period].values(), key=lambda f: -f.value)[:15]
        points = [point(house, f, house.names(KIND[axis], getattr(f, axis))) for f in facts]
        who, when = house.names("area", place), house.period(period)
        alt = Both(
            f"{who.en}, {flow}, {when.en}: every share known. Groups overlap: do not add them.",
            f"{who.zh}{house.names('flow', flow).zh}，{when.zh}：全部已知占比。各组相互重叠，不可相加。",
        )
        return Chart(id, alt, alt, bars.ranked(points, AXES[axis]), points, when)

    return make


def _grows(f: Fact, axis: str) -> bool:
    """Tell whether a fact is the printed growth of one part."""
    plain = f.measure == "value_yoy" and f.rule is None and not f.of_cell and f.stance == "reported"
    return plain and f.differs_only_in(axis)


def _bubbler(
    house: Warehouse, place: str, axis: str, shares: Table, grown: Table
) -> Callable[[str, str], Chart | None]:
    def make(flow: str, id: str) -> Chart | None:
        for period in reversed(_periods(house, shares, flow)):
            rates = grown.get((flow, period), {})
            both = [f for key, f in shares[flow, period].items() if key in rates and 0 < f.value <= 100]
            both = sorted(both, key=lambda f: -f.value)[:12]
            if len(both) < 3:
                continue
            when, pairs = house.period(period), []
            for f in both:
                name = house.names(KIND[axis], getattr(f, axis))
                share = point(house, f, name, t("share", "占比"))
                pairs.append((name, share, point(house, rates[_key(f)], name, t("growth", "同比"))))
            who, what = house.names("area", place), house.names("flow", flow)
            alt = Both(
                f"{who.en}, {what.en}, {when.en}: share across, printed growth upward. Groups may overlap.",
                f"{who.zh}{what.zh}，{when.zh}：横轴为占比，纵轴为报道的同比增速。各组可能重叠。",
            )
            body = svg.scatter(pairs, t("share, %", "占比，%"), t("growth, %", "同比，%"))
            return Chart(id, alt, alt, body, [p for _, a, b in pairs for p in (a, b)], when)
        return None

    return make


def _sloper(
    house: Warehouse, parts: Parts, place: str, axis: str, shares: Table
) -> Callable[[str, str], Chart | None]:
    def make(flow: str, id: str) -> Chart | None:
        for period in reversed(_periods(house, shares, flow)):
            before = house.spans[period].year_before or ""
            old, new = shares.get((flow, before), {}), shares[flow, period]
            kept = [f for f in new.values() if f"{_key(f)}" in old]
            kept = sorted(kept, key=lambda f: -f.value)[:8]
            if len(kept) < 2:
                continue
            heads = (house.period(before), house.period(period))
            pairs = []
            for f in kept:
                name = house.names(KIND[axis], getattr(f, axis))
                pairs.append(
                    (name, point(house, old[_key(f)], heads[0], name), point(house, f, heads[1], name))
                )
            who, what = house.names("area", place), house.names("flow", flow)
            alt = Both(
                f"{who.en}, {what.en}: shares in {heads[0].en} and {heads[1].en}. Groups may overlap.",
                f"{who.zh}{what.zh}：{heads[0].zh}与{heads[1].zh}的占比。各组可能重叠。",
            )
            return Chart(id, alt, alt, svg.slope(pairs, heads), [p for _, a, b in pairs for p in (a, b)])
        return None

    return make


def _key(f: Fact) -> str:
    return str((f.partner, f.product, f.enterprise, f.regime))


def _faller(
    house: Warehouse, parts: Parts, place: str, axis: str, brought: Table, facts: Sequence[Fact]
) -> Callable[[str, str], Chart | None]:
    totals = {
        (f.flow, f.period): f
        for f in facts
        if f.measure == "value_yoy"
        and f.whole
        and f.rule is None
        and not f.of_cell
        and f.stance == "reported"
    }

    def make(flow: str, id: str) -> Chart | None:
        for period in reversed(_periods(house, brought, flow)):
            total = totals.get((flow, period))
            every = sorted(brought[flow, period].values(), key=lambda f: -abs(f.value))
            kept: list[Fact] = []
            for f in every:
                if not any(parts.overlap(axis, getattr(f, axis), getattr(k, axis)) for k in kept):
                    kept.append(f)
            kept = sorted(kept[:8], key=lambda f: -f.value)
            if not total or len(kept) < 2:
                continue
            when = house.period(period)
            points = [point(house, f, when, house.names(KIND[axis], getattr(f, axis))) for f in kept]
            left = total.value - sum((f.value for f in kept), Decimal(0))
            rest = total._replace(
                value=left,
                lo=total.lo - sum(f.hi for f in kept),
                hi=total.hi - sum(f.lo for f in kept),
                unit="pp",
                step=None,
                rule="rest",
                bound="=",
                measure="contribution",
            )
            points.append(
                point(house, rest, when, t("everything else", "其余"))._replace(href=None, figure_id="")
            )
            whole = point(house, total, when, t("growth", "总体增速"))
            who, what = house.names("area", place), house.names("flow", flow)
            alt = Both(
                f"{who.en}, {what.en}, {when.en}: percentage points of growth by {AXES[axis].en}, "
                f"down to the printed {whole.text.en}.",
                f"{who.zh}{what.zh}，{when.zh}：按{AXES[axis].zh}分解增速（百分点），合计为报道的{whole.text.zh}。",
            )
            return Chart(
                id,
                alt,
                alt,
                svg.waterfall(points, whole),
                [*points, whole],
                Both(f"{when.en}, percentage points.", f"{when.zh}，百分点。"),
            )
        return None

    return make
