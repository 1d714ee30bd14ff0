"""Puts a quantity on record: what it measures, of what, in which unit, with which sign."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.read.emit import add, average_span, default_flow, earlier
from flows.read.frame import Frame, replace
from flows.read.growth import growth
from flows.read.levels import level, price_unit
from flows.read.measure import Form, ahead, back, bound_of, near
from flows.read.tokens import Quantity
from flows.read.wholes import gap, part_behind, whole
from flows.record import Period, Reason

if TYPE_CHECKING:
    from flows.read.clause import Machine


def of_counted(m: Machine, index: int) -> bool:
    """Chinese: True where a share is of the firms just counted: 企业8519家,占企业总数的89.8%, 八成以上是民企."""
    if len(m.drafts) == m.opened or m.drafts[-1].counted != "enterprises":
        return False
    between = m.line.folded[m.drafts[-1].token.end : m.line.tokens[index].start]
    return not re.search(r"进出口|出口|进口|外贸|总值|价值|[。;]", between)


def of_the_base(m: Machine, index: int) -> object:
    """Return the base period whose own rate this is: 由上半年的下降2.1%转为增长, 高于4月的1.5%."""
    line = m.line
    for steps in (1, 2):
        at = index - steps
        if at < 0 or (steps == 2 and (line.gap(at + 1) or not line.tokens[at + 1].has("RISE", "FALL"))):
            return None
        if "BASEPERIOD" in line.tokens[at].kinds:
            own = (
                line.gap(at) in ("的", "录得", "的录得")
                or line.text(at).endswith("的")
                or (steps == 1 and not line.gap(at))
            )
            return line.tokens[at].kinds["BASEPERIOD"] if own else None
    return None


# 远高于2.5%的出口增速
_OTHER_FLOW = re.compile(r"的(?:同期|整体)?(进出口|出口|进口|外贸)(?:总值|总额)?(?:增速|增幅|降幅)")
_THAN_NATION = re.compile(
    r"(?:[高低快慢好优大小多少]于|高出|超过?)(?:同期)?(?:全国|我国)(?:平均|整体|总体|外贸)?(?:水平)?(?:增长|下降|增速|增幅)?$"
)
_RATE = re.compile(r"的[^,。;\d]{0,8}(?:增速|增幅|降幅|幅度|水平|涨幅)|(?:的)?(?:平均)?水平")


def last_month(m: Machine, frame: Frame) -> Period | None:
    """English: the month that a growth on the month is of, where the months so far are in force."""
    period = frame.period
    if period is None or not period.whole_months or (period.last - period.first).days < 100:
        return None
    said = (m.line.text(k).lower() for k in range(len(m.line.tokens)) if m.line.tokens[k].has("POP"))
    if not any("month on month" in w or "month-on-month" in w or "month over month" in w for w in said):
        return None
    return Period.months(period.last.year, period.last.month, period.last.year, period.last.month)


_WHEN_THEY = re.compile(
    r"\bwhen (?:they|it|the \w+|exports|imports|trade) (?:had )?(?:\w+ed|grew|rose|fell|was|were|shrank|sank) (?:up |down )?(?:by |to |at )?$"
)


def of_the_nation(m: Machine, index: int) -> bool:
    """True where a rate is the nation's, named only to compare: 高于全国7.3%的增速, "the national rate of 7.3%"."""
    line = m.line
    if line.lang == "zh":
        head = line.folded[max(0, line.tokens[index].start - 16) : line.tokens[index].start]
        return bool(_THAN_NATION.search(head) and _RATE.match(line.folded, line.tokens[index].end))
    before, after = line.tokens[index - 1] if index else None, ahead(line, index)
    if before is not None and before.kinds.get("WHOLE") == "nation":
        gap = line.gap(index - 1).lower()
        return bool(
            re.fullmatch(r"\s(?:average |growth |overall )?(?:rate|growth|average|increase|gain) of ", gap)
        )
    return (
        line.lang == "en"
        and any(line.tokens[j].has("BASE") for j in back(line, index))
        and any(line.text(j).lower() == "nationwide" for j in after)
    )


def emit_one(m: Machine, index: int, frame: Frame, form: Form, listed: bool) -> None:
    """Put one quantity on record as what it measures."""
    line, token = m.line, m.line.tokens[index]
    q = line.quantity(index)
    assert q is not None
    if (
        line.lang == "zh"
        and index
        and form.measure != "growth"
        and line.gap(index - 1) in ("的", "")
        and isinstance(base := line.tokens[index - 1].kinds.get("BASEPERIOD"), Period)
    ):
        frame = replace(frame, period=base)
    if (
        line.lang == "zh"
        and form.measure == "growth"
        and q.cls == "percent"
        and isinstance(own := of_the_base(m, index), Period)
    ):
        frame, m.told = replace(frame, period=own), "yoy"
        form = Form("growth", form.sign, form.cue, rule="growth-own")
    if (
        form.measure == "growth"
        and line.lang == "zh"
        and (other := _OTHER_FLOW.match(line.folded, token.end))
    ):
        frame = replace(frame, flow={"出口": "exports", "进口": "imports"}.get(other[1], "trade"))
    if (
        line.lang == "en"
        and m.base is not None
        and form.measure in ("growth", "level")
        and _WHEN_THEY.search(line.head(index, 40))
    ):
        # "the most since September, when they grew 7.4%": of the month that is compared with
        frame = replace(frame, period=m.base)
        m.told = "yoy" if form.measure == "growth" else m.told
    if form.measure == "growth" and q.cls == "percent" and of_the_nation(m, index):
        frame = replace(frame, reporter=m.topic.nation)
        form, m.told = Form("growth", form.sign, rule="growth-nation"), "yoy"
    if (
        form.measure == "level"
        and q.cls == "money"
        and line.lang == "en"
        and m.drafts
        and m.drafts[-1].measure.endswith("_yoy")
        and not re.search(r"\b(?:less|more|fewer),\sor\s(?:about\s|around\s)?$", line.head(index))
        and re.search(
            r"[(,]\s?or\s(?:about\s|around\s)?$", line.folded[max(0, token.start - 12) : token.start].lower()
        )
    ):
        form = Form("change", -1 if m.drafts[-1].value < 0 else 1, rule="change-or")
    if (
        form.measure == "level"
        and q.cls == "money"
        and m.last == "price"
        and index
        and line.tokens[index - 1].has("TO")
        and line.lang == "en"
    ):
        form = Form("price", rule="price-moved")
    if form.measure == "level":
        level(m, index, frame, q, form)
        return
    flow = frame.flow or default_flow(m, frame)
    value, step = ratio(q, form)
    sign = item_sign(m, index, q, form, listed)
    of: dict[str, str] = {}
    name, unit, counted = form.measure, "percent", None
    if form.measure == "growth":
        drafted = growth(m, index, replace(frame, flow=flow))
        if drafted is None:
            m.last = "price"
            token.reason = Reason.UNMODELLED
            return
        name, of = drafted
        if name.endswith("_pop") and line.lang == "en" and (within := last_month(m, frame)) is not None:
            frame = replace(frame, period=within)
        if name.endswith("_cagr"):
            frame = replace(frame, period=average_span(m, frame.period))
        if flow == "balance" and near(line, back(line, index), "NARROW") is not None:
            sign = -1
        if q.growth is not None:
            value = abs(q.growth)
            sign = -1 if q.growth < 0 else 1
        counted = m.counted if name.startswith("count") else None
    elif form.measure == "share" and frame.flow == "balance" and line.lang == "en":
        # a deficit is no part of the imports it is set against
        token.reason = Reason.UNMODELLED
        return
    elif form.measure == "share":
        if line.lang == "zh" and re.search(
            r"[由从](?:(?:去年|上年|一年前|同期|去年同期|上年同期)的?)?$",
            line.folded[max(0, token.start - 7) : token.start],
        ):
            frame = replace(frame, period=earlier(m, frame.period or m.topic.frame.period))
        if line.lang == "en" and re.search(
            r"\bfrom\s(?:about\s|some\s|nearly\s|over\s|around\s|the\s)?$",
            line.folded[max(0, token.start - 14) : token.start].lower(),
        ):
            frame = replace(frame, period=earlier(m, frame.period or m.topic.frame.period))
        if line.lang == "zh" and form.rule in ("share-tenths", "share-of", "share-fraction"):
            frame = part_behind(m, index, frame)
        frame, of = whole(m, index, frame)
        flow = frame.flow or default_flow(m, frame)
        if line.lang == "zh" and of_counted(m, index):
            last = m.drafts[-1]
            counted, flow = last.counted, last.frame.flow or "trade"
            frame = replace(frame, flow=flow, partner=last.frame.partner, product=last.frame.product)
            of = {"enterprise": "all"} if frame.enterprise != "all" else of
        elif (
            not listed
            and (frame.flow, frame.product, frame.partner) != (m.frame.flow, m.frame.product, m.frame.partner)
            and len(m.pending) < 2
        ):
            if (
                line.lang == "zh"
                and form.rule == "share"
                and m.frame.product == "all" != frame.product
                and len(m.drafts) > m.opened
            ):
                # 民营企业出口100亿元,占鞋靴出口总值的80%: the amount, too, is of shoes
                last = m.drafts[-1]
                if last.measure == "value" and last.frame.details() == m.frame.details():
                    last.frame = replace(last.frame, product=frame.product)
            m.frame = replace(
                m.frame, flow=flow, product=frame.product, partner=frame.partner, named=frame.named
            )
        sign, m.last = 1, "share"
    elif form.measure in ("share_change", "contribution"):
        frame, of = whole(m, index, frame)
        flow = frame.flow or default_flow(m, frame)
        if form.measure == "share_change":
            unit, m.last = "pp", "share_change"
        elif q.cls == "pp":
            unit = "pp"
    elif form.measure in ("growth_gap", "pp-open"):
        of = gap(m, index, replace(frame, flow=flow))
        name, unit = "growth_gap", "pp"
    elif form.measure == "change":
        if q.cls != "money" or q.unit is None or m.last == "price":
            token.reason = Reason.UNMODELLED
            return
        name, unit, value, step = "value_change", q.unit, q.value, q.step
        sign = form.sign * (frame.sign if flow == "balance" else 1)
    elif form.measure == "price":
        per = q.per or price_unit(m)
        if per is None or q.unit is None:
            token.reason = Reason.UNRESOLVED
            return
        unit, value, step = f"{q.unit}/{per}", q.value, q.step
        sign, m.last = 1, "price"
        if line.lang == "zh":
            m.levels.append(replace(frame, flow=flow))
            m.level_subjects.append("price")
    else:
        return
    bound = bound_of(line, index, q)
    add(m, token, replace(frame, flow=flow), name, unit, sign * value, step, bound, of, form, counted)


def ratio(q: Quantity, form: Form) -> tuple[Decimal, Decimal]:
    """Return a ratio as a percentage: 1.2倍 growth is 120, "2.1 times that of" is 110, 七成 is 70."""
    if q.cls == "times":
        if q.growth is not None:
            return abs(q.growth), Decimal(10)
        if form.measure == "share":
            return q.number * 100, q.step * 100
        if form.rule.startswith("multiple-of"):
            return (q.number - 1) * 100, q.step * 100
        return q.number * 100, q.step * 100
    if q.cls == "fraction":
        return q.number, Decimal(1)
    return q.value, q.step


def item_sign(m: Machine, index: int, q: Quantity, form: Form, listed: bool) -> int:
    """Return the sign of one member of a list: printed, by its own verb, or by the verb of all."""
    if q.sign:
        if form.sign < 0 and q.sign < 0 and form.measure == "growth":
            return -1
        return q.sign
    if listed and index > 0:
        own = near(m.line, back(m.line, index), "RISE", "FALL")
        if own is not None:
            return -1 if m.line.tokens[own].has("FALL") else 1
    return form.sign
