"""Turns the quantities of a clause into figures: one number, a list to align, a share and its whole."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.read import topic as topics
from flows.read.draft import Draft
from flows.read.frame import DEFAULT, DETAILS, Frame, replace
from flows.read.line import NAME_KINDS, Line, fill_units, place_of
from flows.read.measure import Form, ahead, back, bound_of, form_en, form_zh, growth_measure, near
from flows.read.numerals import NOT_TRADE_UNITS, han_number
from flows.read.tokens import Quantity, Token, When
from flows.record import Period, Reason

if TYPE_CHECKING:
    from flows.read.clause import Machine

_TIME = {"year": "years", "month": "months", "quarter": "quarters"}


def quantity(m: Machine, index: int) -> int:
    """Read the quantity at ``index`` (or the list that begins there); return where to go on."""
    line, token = m.line, m.line.tokens[index]
    q = line.quantity(index)
    assert q is not None
    if token.reason is not None:
        return index + 1
    if index + 1 < len(line.tokens) and line.tokens[index + 1].has("CORRECTED") and len(line.gap(index)) <= 4:
        token.reason = Reason.REFERENCE
        return index + 1
    if re.match(r"\s*=", line.folded[token.end : token.end + 3]) or re.search(r"=\s*$", line.folded[max(0, token.start - 3) : token.start]):
        token.reason = Reason.NOT_TRADE
        return index + 1
    _elided_money(m, index, q)
    if q.cls == "rank":
        return _rank_or_streak(m, index, q)
    if q.cls == "streak":
        _streak(m, token, q, q.unit or "years")
        return index + 1
    if _time(m, index, q):
        return index + 1
    items = line.quantities(index)
    fill_units(line, items)
    q = line.quantity(index)
    assert q is not None
    if q.cls in ("count", "plain"):
        if _count(m, index, q, items):
            return items[-1] + 1
        token.reason = token.reason or (Reason.ENUMERATION if not q.word or q.cls == "count" else Reason.IDIOM)
        return index + 1
    if q.unit in NOT_TRADE_UNITS and q.cls == "qty":
        token.reason = Reason.NOT_TRADE
        return index + 1
    if q.cls == "qty" and q.exponent is None and q.number <= 10 and re.search(r"(?:每|就有|有|中,有)$", line.folded[max(0, token.start - 3) : token.start]):
        token.reason = Reason.IDIOM
        return index + 1
    if q.cls == "money" and line.lang == "zh" and near(line, [j for j in range(index - 1, -1, -1) if line.clause[j] == line.clause[index]], "CONSEC") is not None and line.folded[token.end : token.end + 2] == "以上":
        token.reason = Reason.THRESHOLD
        return index + 1
    if q.cls == "money" and _threshold(m, index):
        token.reason = Reason.THRESHOLD
        return index + 1
    if near(line, back(line, index), "AVERAGE") is not None or (line.lang == "en" and near(line, ahead(line, index)[:1], "AVERAGE") is not None):
        for item in items:
            line.tokens[item].reason = Reason.UNMODELLED
        return items[-1] + 1
    if m.company and q.cls != "pp":
        for item in items:
            line.tokens[item].reason = Reason.NOT_TRADE
        return items[-1] + 1
    form = (form_zh if line.lang == "zh" else form_en)(line, index, q)
    if form.measure in ("growth_gap", "pp-open") and m.last == "share" and not _compares(m, index):
        form = Form("share_change", form.sign, form.cue, rule="share-change-after")
    form = _inherit(m, index, q, form)
    if form.reason is not None:
        for item in items if form.reason == Reason.NOT_TRADE else items[:1]:
            line.tokens[item].reason = form.reason
        return (items[-1] if form.reason == Reason.NOT_TRADE else index) + 1
    frames = _align(m, index, items, q, form)
    if frames is None:
        for item in items:
            line.tokens[item].reason = Reason.UNRESOLVED
        m.fresh = False
        return items[-1] + 1
    for number, (item, targets) in enumerate(zip(items, frames, strict=True)):
        if m.subjects:
            m.last = m.subjects[number]
        for frame in targets:
            _emit(m, item, frame, form, len(items) > 1)
    m.fresh = False
    return items[-1] + 1


def _compares(m: Machine, index: int) -> bool:
    """True where the points are a distance to another rate: faster than, 高于全国, 比整体."""
    line = m.line
    around = [j for j in range(len(line.tokens)) if line.chunk[j] == line.chunk[index] and j != index]
    if any(line.tokens[j].has("GAP", "WHOLE", "PLACE") for j in around):
        return True
    return any(line.text(j) in ("增速", "增幅", "growth rate", "growth", "降幅") for j in around)


def _elided_money(m: Machine, index: int, q: Quantity) -> None:
    """ "3 billion 558 million" or 8759.3亿 without its currency is money like that before it."""
    token = m.line.tokens[index]
    if q.cls == "money" and m.topic.currency and q.unit == "USD" and re.match(r"\+?-?\$", m.line.text(index)) and not re.search(r"(?:us|usd)\s?$", m.line.folded[max(0, token.start - 4) : token.start].lower()):
        q.unit = m.topic.currency
    if m.line.lang == "zh" and q.cls == "money" and q.unit == "CNY" and m.line.text(index).endswith("元") and "人民币" not in m.line.folded[max(0, token.start - 4) : token.end]:
        said = [(m.line.folded.rfind(w, 0, token.start), w) for w in ("以美元计", "按美元计", "美元计价", "以人民币计", "按人民币计", "人民币计价")]
        last = max(said)
        if m.topic.currency:
            q.unit = m.topic.currency
        elif last[0] >= 0 and "美元" in last[1]:
            q.unit = "USD"
    if q.cls == "money" and q.unit == "CNY" and m.topic.nation == "Japan" and m.line.text(index).startswith("¥"):
        q.unit = "JPY"
    if q.cls != "plain" or q.word or not q.exponent or q.exponent < (6 if m.line.lang == "en" else 8) or m.currency is None:
        return
    tail = m.line.folded[token.end : token.end + 14].lower()
    if m.line.lang == "zh" or re.match(r"\s*(?:[,.;:)\n-]|and\s|from\s|in\s|to\s|while\s|up\s|down\s|or\s|for\s|last\s|a\syear|$)", tail):
        q.cls, q.unit = "money", m.currency


def _inherit(m: Machine, index: int, q: Quantity, form: Form) -> Form:
    """A quantity without a cue means what its like before meant ("exports rose 5% and imports 3%")."""
    bracketed = _bracketed(m, index)
    key = f"{q.cls if q.cls not in ('times', 'fraction') else 'percent'}{bracketed}"
    if form.measure == "inherit" and m.last == "share_change" and q.cls in ("percent", "fraction"):
        return Form("share", rule="share-after-change")
    if form.measure == "inherit" and bracketed == "1" and m.line.lang == "zh" and _share_follows(m, index):
        form = Form("share", rule="share-of-list")
        m.inherited[key] = form
        return form
    if form.measure == "inherit":
        kept = m.inherited.get(key) or m.inherited.get(key[:-1] + ("0" if bracketed == "1" else "1"))
        if kept is None and m.memory.form == "share" and q.cls == "percent" and not any(t.has("RISE", "FALL") for t in m.line.tokens):
            kept = Form("share", rule="share-run")
        if kept is None:
            if q.cls == "pp":
                return Form("", reason=Reason.UNRESOLVED)
            for j in range(index - 1, -1, -1):
                other = m.line.quantity(j)
                if other is not None and other.cls in ("percent", "money", "qty"):
                    break
                if m.line.tokens[j].has("RISE", "FALL"):
                    return Form("growth", -1 if m.line.tokens[j].has("FALL") else 1, j, rule="growth-before")
            kept = Form("growth", 1, rule="growth-bare")
        return replace_form(kept, q)
    m.inherited[key] = form
    return form


def _share_follows(m: Machine, index: int) -> bool:
    """True where bracketed rates stand at names and the noun comes after them all: A(7%)、B(4%)等出口比重."""
    tail = m.line.folded[m.line.tokens[index].end : m.line.end]
    outside = re.sub(r"\([^()]*\)", "", tail.partition(")")[2])
    return bool(re.match(r"[^\d,。;]{0,60}?(?:比重|占比|份额)", outside))


def replace_form(form: Form, q: Quantity) -> Form:
    """Return the same form without a cue of its own."""
    carried = 1 if form.rule.startswith("growth-signed") else form.sign
    return Form(form.measure, q.sign or carried, None, form.reason, form.rule + "-carried")


def _bracketed(m: Machine, index: int) -> str:
    head = m.line.folded[m.line.tokens[0].start : m.line.tokens[index].start]
    return "1" if head.count("(") > head.count(")") else "0"


# --- which frames -----------------------------------------------------------------------------------


def _align(m: Machine, index: int, items: list[int], q: Quantity, form: Form) -> list[list[Frame]] | None:
    """Return for each quantity of the list the frames it is of; None where the lists do not fit."""
    count, pending = len(items), m.pending
    m.subjects = []
    resp = any(t.has("RESP") for t in m.line.tokens)
    if len(pending) > 1:
        if count == len(pending):
            return [[f] for f in pending]
        if count == 1:
            return _one_of(m, index, q, pending, resp, form)
        if len(m.levels) >= count and not resp:
            return _by_levels(m, count, form)
        return None
    if count == 1:
        return [[m.frame]]
    if count == 2 and m.pair and resp:
        return [[replace(m.frame, flow=f"{flow}s")] for flow in m.pair]
    if len(m.levels) >= count:
        return _by_levels(m, count, form)
    for former in (m.former, m.memory.levels):
        if len(former) == count:
            return [[_with_flow(m, f)] for f in former]
    if count == 2 and m.frame.flow in (None, "trade") and len(m.levels) < 2 and form.measure == "level":
        return None
    if m.levels and len(set(m.levels)) == 1 and count == 2 and form.measure == "growth":
        return None
    return None


def _by_levels(m: Machine, count: int, form: Form) -> list[list[Frame]]:
    """Rates go by position to the levels just read: "A 3 tonnes, worth 2 bn, up 5% and 4% respectively"."""
    if form.measure == "growth":
        m.subjects = m.level_subjects[-count:]
    return [[f] for f in m.levels[-count:]]


def _with_flow(m: Machine, frame: Frame) -> Frame:
    return replace(frame, flow=m.frame.flow) if m.flow_named and m.frame.flow else frame


def _one_of(m: Machine, index: int, q: Quantity, pending: list[Frame], resp: bool, form: Form) -> list[list[Frame]] | None:
    """One number and several names: interleaved with its like, one for each, or one for all together."""
    line = m.line
    each = near(line, back(line, index), "EACH") is not None
    if each and not (line.lang == "en" and near(line, back(line, index), "EACH") is None):
        return [list(pending)]
    later = [
        k
        for k in range(index + 1, len(line.tokens))
        if (other := line.quantity(k)) is not None and other.cls == q.cls and not line.tokens[k].reason
    ]
    stop = next((k for k in range(index + 1, len(line.tokens)) if line.axis(k) is not None), len(line.tokens))
    alike = 1 + sum(k < stop for k in later)
    if m.spread_cls == q.cls and m.spread < len(pending):
        frame = pending[m.spread]
        m.spread += 1
        return [[frame]]
    if alike == len(pending) and m.spread == 0:
        m.spread, m.spread_cls = 1, q.cls
        return [[pending[0]]]
    if m.spread and form.measure != "level":
        return [[pending[m.spread - 1]]]
    if resp:
        return None
    axis = next((a for a in (*DETAILS, "reporter", "flow") if len({getattr(f, a) for f in pending}) > 1), None)
    if axis == "flow" and {f.flow for f in pending} == {"exports", "imports"} and len(pending) == 2:
        # "imports and exports rose 5%" is the sum of both
        m.frame, m.pending = replace(pending[0], flow="trade"), []
        return [[m.frame]]
    if axis == "flow":
        return [list(pending)]
    if axis is None:
        return [[pending[0]]]
    joint = ", ".join(str(getattr(f, axis)) for f in pending)
    return [[replace(pending[0], **{axis: joint})]]  # type: ignore[arg-type]


# --- emit -------------------------------------------------------------------------------------------


def _emit(m: Machine, index: int, frame: Frame, form: Form, listed: bool) -> None:
    line, token = m.line, m.line.tokens[index]
    q = line.quantity(index)
    assert q is not None
    if line.lang == "zh" and index and line.gap(index - 1) in ("的", "") and isinstance(base := line.tokens[index - 1].kinds.get("BASEPERIOD"), Period):
        frame = replace(frame, period=base)
    if form.measure == "level" and q.cls == "money" and line.lang == "en" and m.drafts and m.drafts[-1].measure.endswith("_yoy") and re.search(r"[(,]\s?or\s(?:about\s|around\s)?$", line.folded[max(0, token.start - 12) : token.start].lower()):
        form = Form("change", -1 if m.drafts[-1].value < 0 else 1, rule="change-or")
    if form.measure == "level" and q.cls == "money" and m.last == "price" and index and line.tokens[index - 1].has("TO") and line.lang == "en":
        form = Form("price", rule="price-moved")
    if form.measure == "level":
        _level(m, index, frame, q, form)
        return
    flow = frame.flow or _default_flow(m, frame)
    value, step = _ratio(q, form)
    sign = _item_sign(m, index, q, form, listed)
    of: dict[str, str] = {}
    if form.measure == "growth":
        drafted = _growth(m, index, q, replace(frame, flow=flow), form)
        if drafted is None:
            m.last = "price"
            token.reason = Reason.UNMODELLED
            return
        name, of = drafted
        if name.endswith("_cagr"):
            frame = replace(frame, period=_average_span(m, frame.period))
        if flow == "balance" and (narrow := near(line, back(line, index), "NARROW")) is not None:
            sign = -1
            del narrow
        if q.growth is not None:
            value = abs(q.growth)
            sign = -1 if q.growth < 0 else 1
        counted = m.counted if name.startswith("count") else None
        _add(m, token, replace(frame, flow=flow), name, "percent", sign * value, step, bound_of(line, index, q), of, form, counted)
    elif form.measure == "share":
        if line.lang == "zh" and re.search(r"[由从]$", line.folded[max(0, token.start - 1) : token.start]):
            frame = replace(frame, period=_earlier(m, frame.period or m.topic.frame.period))
        frame, of = _whole(m, index, frame)
        flow = frame.flow or _default_flow(m, frame)
        if not listed and (frame.flow, frame.product, frame.partner) != (m.frame.flow, m.frame.product, m.frame.partner) and len(m.pending) < 2:
            m.frame = replace(m.frame, flow=flow, product=frame.product, partner=frame.partner, named=frame.named)
        _add(m, token, replace(frame, flow=flow), "share", "percent", value, step, bound_of(line, index, q), of, form)
        m.last = "share"
    elif form.measure == "share_change":
        frame, of = _whole(m, index, frame)
        flow = frame.flow or _default_flow(m, frame)
        _add(m, token, replace(frame, flow=flow), "share_change", "pp", sign * value, step, bound_of(line, index, q), of, form)
        m.last = "share_change"
    elif form.measure == "contribution":
        frame, of = _whole(m, index, frame)
        flow = frame.flow or _default_flow(m, frame)
        _add(m, token, replace(frame, flow=flow), "contribution", "pp" if q.cls == "pp" else "percent", sign * value, step, bound_of(line, index, q), of, form)
    elif form.measure in ("growth_gap", "pp-open"):
        of = _gap(m, index, replace(frame, flow=flow))
        _add(m, token, replace(frame, flow=flow), "growth_gap", "pp", sign * value, step, bound_of(line, index, q), of, form)
    elif form.measure == "change":
        amount = q.value * form.sign
        if flow == "balance":
            amount = amount * frame.sign
        if q.cls != "money" or q.unit is None:
            token.reason = Reason.UNMODELLED
            return
        _add(m, token, replace(frame, flow=flow), "value_change", q.unit, amount, q.step, bound_of(line, index, q), {}, form)
    elif form.measure == "price":
        unit = q.per or _price_unit(m, frame)
        if unit is None or q.unit is None:
            token.reason = Reason.UNRESOLVED
            return
        _add(m, token, replace(frame, flow=flow), "price", f"{q.unit}/{unit}", q.value, q.step, bound_of(line, index, q), {}, form)
        m.last = "price"


def _price_unit(m: Machine, frame: Frame) -> str | None:
    line_text = m.line.folded[m.line.tokens[0].start : m.line.end]
    for pattern, unit in ((r"每吨|per tonne|per ton|a tonne|a ton|tonne|tonnes", "t"), (r"barrel|每桶", "barrel"), (r"每公斤|per kg|kilogram", "kg"), (r"每台", "unit"), (r"每辆|per vehicle", "vehicle")):  # fmt: skip
        if re.search(pattern, line_text):
            return unit
    del frame
    return None


def _ratio(q: Quantity, form: Form) -> tuple[Decimal, Decimal]:
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


def _item_sign(m: Machine, index: int, q: Quantity, form: Form, listed: bool) -> int:
    if q.sign:
        if form.sign < 0 and q.sign < 0 and form.measure == "growth":
            return -1
        return q.sign
    if listed and index > 0:
        own = near(m.line, back(m.line, index), "RISE", "FALL")
        if own is not None:
            return -1 if m.line.tokens[own].has("FALL") else 1
    return form.sign


def _default_flow(m: Machine, frame: Frame) -> str:
    if frame.flow:
        return frame.flow
    if frame.product != "all":
        flow = m.memory.main.flow if m.memory.main else None
        return flow if flow in ("exports", "imports") else m.topic.frame.flow or "trade"
    return m.topic.frame.flow or "trade"


def _level(m: Machine, index: int, frame: Frame, q: Quantity, form: Form) -> None:
    line, token = m.line, m.line.tokens[index]
    flow = frame.flow or _default_flow(m, frame)
    behind = line.tokens[index + 1].kinds.get("FLOW") if index + 1 < len(line.tokens) and line.gap(index).strip() in ("", "的") else None
    if behind in ("surplus", "deficit") and flow != "balance":
        frame = replace(frame.reset(m.topic.frame, keep=("partner",) if m.fresh else ()), sign=-1 if behind == "deficit" else 1)
        flow = "balance"
    frame = replace(frame, flow=flow)
    if q.cls == "money":
        if q.unit is None:
            token.reason = Reason.UNRESOLVED
            return
        value = q.value
        bound = bound_of(line, index, q)
        head = line.folded[max(0, token.start - 14) : token.start].rstrip()
        conversion = head.endswith("(") or bool(re.search(r"\((?:about|around|approximately|some|roughly|nearly|约|约合|折合|合)\s?$|折合(?:约)?$|约合$", head, re.I))
        if flow == "balance":
            value = value * frame.sign * (q.sign or 1) if q.sign >= 0 else -abs(value)
            if q.sign < 0:
                value = -abs(q.value)
        compared = re.search(r"\b(?:compared (?:with|to)|against|versus|vs\.?|down from|up from)\s(?:an?\s|the\s)?(?:\w+\s)?(?:of\s)?$", line.folded[max(0, token.start - 40) : token.start].lower())
        if line.lang == "en" and (
            re.search(r"\bfrom\s(?:about\s|some\s|a\s|over\s|around\s|nearly\s|almost\s)?$", head + " ")
            or (compared and near(line, ahead(line, index), "YOY") is not None)
        ):
            frame = replace(frame, period=_earlier(m, frame.period or m.topic.frame.period, near(line, ahead(line, index), "POP") is not None))
        if line.lang == "zh" and (former := near(line, back(line, index), "FORMEROBJ")) is not None and line.folded[line.tokens[former].start - 1] not in "比与同":
            if line.folded[line.tokens[former].start - 1] != "较" or former == index - 1:
                frame = replace(frame, period=_earlier(m, frame.period or m.topic.frame.period))
        if line.lang == "zh" and index and line.tokens[index - 1].has("YOY") and line.gap(index - 1) in ("的", "(", "的约") and re.search(r"同期|同月|去年|上年", line.text(index - 1)):
            frame = replace(frame, period=_earlier(m, frame.period or m.topic.frame.period))
        m.currency = q.unit
        _add(m, token, frame, "value", q.unit, value, q.step, bound, {}, form)
        if not conversion or m.last_cls != "money":
            m.last = "value"
        m.last_cls = "money"
    else:
        _add(m, token, frame, "quantity", q.unit or "units", q.value, q.step, bound_of(line, index, q), {}, form)
        m.last, m.last_cls = "quantity", "qty"
        conversion = False
    if not conversion and (not m.levels or (m.levels[-1], m.level_subjects[-1]) != (frame, m.last)):
        m.levels.append(frame)
        m.level_subjects.append(m.last)


def _average_span(m: Machine, period: Period | None) -> Period | None:
    """The years an average growth runs over: the plan spoken of, or from the base year to the period."""
    if period is None or (period.last - period.first).days > 400:
        return period
    if m.plan is not None and m.plan.last.year <= period.last.year:
        return m.plan
    if m.base is not None and m.base.first.year < period.last.year:
        return Period(m.base.first, period.last)
    years = [
        t.kinds["PERIOD"].year for t in m.line.tokens if isinstance(t.kinds.get("PERIOD"), When) and t.kinds["PERIOD"].kind == "year"  # type: ignore[attr-defined]
    ]
    known = [y for y in years if y is not None and y < period.last.year]
    return Period.months(min(known), 1, period.last.year, 12) if known else period


def _earlier(m: Machine, period: Period | None, before: bool = False) -> Period | None:
    """The period that a rise "from" some level starts at: a month before where the text compares months."""
    if period is None:
        return None
    length = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if (before or (m.drafts and m.drafts[-1].measure.endswith("_pop"))) and period.whole_months and length < 12:
        first, last = (divmod(d.year * 12 + d.month - 1 - length, 12) for d in (period.first, period.last))
        return Period.months(first[0], first[1] + 1, last[0], last[1] + 1)
    try:
        return Period(period.first.replace(year=period.first.year - 1), period.last.replace(year=period.last.year - 1))
    except ValueError:
        return Period.months(period.first.year - 1, period.first.month, period.last.year - 1, period.last.month)


def _growth(m: Machine, index: int, q: Quantity, frame: Frame, form: Form) -> tuple[str, dict[str, str]] | None:
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
            said = near(line, [j for j in range(index - 1, -1, -1) if line.clause[j] == line.clause[index]], "COUNTED")
            if said is not None and m.frame.product == "all":
                m.last, m.counted = "count", str(line.tokens[said].kinds["COUNTED"])
        subject = "quantity" if "VOLUME" in kinds else "price" if "PRICE" in kinds else "value"
        if subject == "quantity" and frame.product == "all" and m.last not in ("quantity", "count") and line.lang == "en":
            subject = "value"
        if subject == "quantity" and m.last == "count":
            subject = "count"
    elif line.lang == "en":
        nxt = next((k for k in range(index + 1, len(line.tokens)) if (f := line.quantity(k)) is not None and not f.word), None)
        follow = line.quantity(nxt) if nxt is not None and line.chunk[nxt] == line.chunk[index] else None
        if follow is not None and nxt is not None and any(line.tokens[k].has("TO") for k in range(index + 1, nxt)):
            if follow.cls in ("qty", "money"):
                subject = "quantity" if follow.cls == "qty" else "value"
            elif follow.cls == "plain" and (name := _counted_en(line, nxt)):
                subject, m.counted = "count", name
    if any(w.endswith("量") and w != "总量" for w in words):
        subject = "quantity"
    if subject == "price":
        return None
    name = growth_measure(line, index, subject)
    if name is not None and name.endswith("_cagr"):
        return name, {}
    if line.lang == "zh" and frame.period is not None and (span := _SPAN_GROWTH.search(line.folded[max(0, line.tokens[index].start - 9) : line.tokens[index].start])):
        years = int(han_number(span.group(1))) if not span.group(1).isdigit() else int(span.group(1))
        if 2 <= years <= 30:
            first = Period.months(frame.period.first.year - years, frame.period.first.month, frame.period.last.year - years, frame.period.last.month)
            return f"{subject}_vs", {"period": str(first)}
    base = _base(m, index)
    if base is not None and frame.period is not None:
        kind = _relation(frame.period, base)
        if kind == "vs":
            return f"{subject}_vs", {"period": str(base)}
        return f"{subject}_{kind}", {}
    if name is not None:
        return name, {}
    if m.pop or m.topic.pop:
        return f"{subject}_pop", {}
    del q, form
    return f"{subject}_yoy", {}


_SPAN_GROWTH = re.compile(r"([一二三四五六七八九十\d]+)年(?:间|来)?(?:累计)?(?:增长|提高)$")


def _base(m: Machine, index: int) -> Period | None:
    """The period compared with, where the chunk or the one before names it."""
    line = m.line
    for j in [*ahead(line, index), *back(line, index)]:
        base = line.tokens[j].kinds.get("BASEPERIOD")
        if isinstance(base, Period):
            return base
    if line.lang == "en":
        for j in ahead(line, index):
            if line.tokens[j].has("PERIOD") and m._is_base(j):  # noqa: SLF001 - the machine knows bases
                return m.resolve(j)
        return None
    return m.base


def _relation(period: Period, base: Period) -> str:
    """Return yoy, pop or vs for a growth of one period on another."""
    months = (period.last.year - base.last.year) * 12 + period.last.month - base.last.month
    length = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if months == 12 or (months == 12 and length == 12):
        return "yoy"
    if base.last.year == period.last.year - 1 and (base.last.month - base.first.month) == 11:
        return "yoy"
    if months == length and length in (1, 3, 6):
        return "pop"
    return "vs"


def _add(m: Machine, token: Token, frame: Frame, name: str, unit: str, value: Decimal, step: Decimal, bound: str, of: dict[str, str], form: Form, counted: str | None = None) -> None:  # fmt: skip
    period = frame.period or m.topic.frame.period
    reporter = frame.reporter or m.topic.frame.reporter
    if period is None or reporter is None:
        token.reason = Reason.UNRESOLVED
        return
    frame = replace(frame, period=period, reporter=reporter)
    if m.first_frame is None:
        m.first_frame = frame
    m.drafts.append(Draft(token, frame, name, unit, value, step, bound, of, counted, m.stance, form.rule, m.dated))


# --- wholes -----------------------------------------------------------------------------------------


def _whole_words(m: Machine, index: int) -> list[int]:
    """The tokens that name the whole of a share: 占全市出口的84.7%, "84.7% of the city's exports"."""
    line = m.line
    if line.lang == "zh":
        share = next((j for j in range(index - 1, -1, -1) if line.tokens[j].has("SHARE", "CONTRIB") and line.clause[j] == line.clause[index]), None)
        if share is None:
            return []
        if line.tokens[share].has("CONTRIB") or line.text(share) in ("比重", "份额", "占比", "比例", "的比重"):
            opener = next((j for j in range(share - 1, -1, -1) if line.text(j) in ("占", "占到", "在", "对") and line.chunk[j] == line.chunk[share]), None)
            if opener is not None:
                return list(range(opener + 1, share))
            lead = line.folded[max(0, line.tokens[share].start - 14) : line.tokens[share].start]
            if (at := max(lead.rfind("占"), lead.rfind("对"), lead.rfind("在"))) >= 0:
                begin = max(0, line.tokens[share].start - 14) + at
                return [j for j in range(share) if line.tokens[j].start >= begin]
            if line.tokens[share].has("CONTRIB"):
                return list(range(share + 1, index))
            return []
        return list(range(share + 1, index))
    out = []
    tail = line.gap(index).lower()
    if not re.match(r"\s*(?:share\s)?(?:of|in|to)\b", tail) and not (index + 1 < len(line.tokens) and line.text(index + 1).lower().startswith(("of ", "share of"))):
        share = next((j for j in back(line, index) if line.tokens[j].has("SHARE")), None)
        if share is not None and re.search(r"share", line.text(share).lower()) and re.match(r"\s*(?:of|in)\b", line.gap(share).lower()):
            return list(range(share + 1, index))
        return []
    for j in range(index + 1, len(line.tokens)):
        if line.chunk[j] != line.chunk[index] or line.quantity(j) is not None:
            break
        if line.tokens[j].has("RISE", "FALL", "TO") and not line.tokens[j].has("SHARE"):
            break
        if re.search(r"\b(?:and|while|as|came|comes|was|were|in)\b", line.gap(j - 1).lower()) and j > index + 1:
            break
        out.append(j)
    return out


def _whole(m: Machine, index: int, frame: Frame) -> tuple[Frame, dict[str, str]]:
    """Return the frame of the part and the fields in which the whole differs from it."""
    line = m.line
    words = _whole_words(m, index)
    of: dict[str, str] = {}
    part = frame
    own = set(frame.details())
    same_kind = False
    for j in words:
        token = line.tokens[j]
        m.done.add(j)
        place = place_of(token)
        if "WHOLE" in token.kinds and not token.has("PLACE"):
            value = token.kinds["WHOLE"]
            if value == "nation" and part.reporter != m.topic.nation:
                of["reporter"] = m.topic.nation
            elif value == "self" or value == "province":
                if part.reporter != m.topic.frame.reporter and m.topic.frame.reporter:
                    of["reporter"] = m.topic.frame.reporter
                elif line.text(j) in ("全省", "the province", "provincial") and part.reporter and topics.kinds().get(part.reporter) not in ("province", "autonomous region"):
                    parent = _province(part.reporter)
                    if parent and parent != part.reporter:
                        of["reporter"] = parent
            elif line.text(j) in ("同类产品", "同类商品", "同类"):
                same_kind = True
        elif place is not None:
            if place.reporter and not (place.partner and (m._is_partner(j))):  # noqa: SLF001 - the machine decides roles
                if place.reporter != part.reporter:
                    of["reporter"] = place.reporter
            elif place.partner and part.partner == DEFAULT["partner"]:
                part = part.put("partner", place.partner)
            elif place.partner and place.partner != part.partner:
                of["partner"] = place.partner
        elif token.has("FLOW"):
            value = str(token.kinds["FLOW"])
            if value in ("surplus", "deficit", "balance"):
                continue
            if part.flow is None or (part.flow != value and not m.flow_named):
                part = replace(part, flow=value)
            elif part.flow != value:
                of["flow"] = value
        else:
            for kind, axis in NAME_KINDS.items():
                if kind in token.kinds:
                    value = str(token.kinds[kind])
                    if getattr(part, axis) == DEFAULT[axis]:
                        part = part.put(axis, value)
                    elif getattr(part, axis) != value:
                        of[axis] = value
    del same_kind
    if "reporter" in of:
        of = {k: v for k, v in of.items() if k in ("reporter",)} if "flow" not in of else of
        return part, of
    if of and "flow" in of and own:
        of = {_last_detail(frame): DEFAULT[_last_detail(frame)], **of}
    if not of:
        axis = _last_detail(frame)
        if axis and own:
            of = {axis: DEFAULT[axis]}
        elif part.reporter and part.reporter != m.topic.frame.reporter and m.topic.frame.reporter:
            of = {"reporter": m.topic.frame.reporter}
        elif part.flow in ("exports", "imports"):
            of = {"flow": "trade"}
        elif part.reporter:
            of = {"reporter": topics.parents().get(part.reporter, m.topic.nation)}
    return part, of


def _province(reporter: str) -> str | None:
    kinds, parents = topics.kinds(), topics.parents()
    at: str | None = reporter
    for _ in range(4):
        at = parents.get(at or "")
        if at is None or kinds.get(at) in ("province", "autonomous region", "municipality"):
            return at
    return None


def _last_detail(frame: Frame) -> str:
    """The field named last: the one whose whole an elliptical share means."""
    named = [a for a in frame.named if a in DETAILS and getattr(frame, a) != DEFAULT[a]]
    return named[-1] if named else (frame.details() or ("",))[-1]


def _gap(m: Machine, index: int, frame: Frame) -> dict[str, str]:
    """What a growth gap is a gap to: a period, another place, or the whole."""
    line = m.line
    indices = [j for j in range(index - 1, -1, -1) if line.chunk[j] == line.chunk[index]] + ahead(line, index)
    for j in indices:
        token = line.tokens[j]
        base = token.kinds.get("BASEPERIOD")
        if isinstance(base, Period):
            if _relation(frame.period, base) == "yoy" and frame.period and base != frame.period:
                return {"period": str(base)}
            return {"period": str(base)}
        place = place_of(token)
        if "WHOLE" in token.kinds and token.kinds["WHOLE"] == "nation" and frame.reporter != m.topic.nation:
            return {"reporter": m.topic.nation}
        if place is not None and place.reporter and place.reporter != frame.reporter and not m._is_partner(j):  # noqa: SLF001
            return {"reporter": place.reporter}
        if token.has("WHOLE") and line.text(j) in ("全省", "the province") and frame.reporter and not frame.details():
            parent = _province(frame.reporter)
            if parent and parent != frame.reporter:
                return {"reporter": parent}
    detail = _last_detail(frame)
    if detail:
        return {detail: DEFAULT[detail]}
    if frame.reporter and frame.reporter != m.topic.frame.reporter and m.topic.frame.reporter:
        return {"reporter": m.topic.frame.reporter}
    if frame.flow in ("exports", "imports") and near(line, indices, "WHOLE") is not None:
        return {"flow": "trade"}
    return {"reporter": topics.parents().get(frame.reporter or "", m.topic.nation)}


# --- counts, ranks, streaks ---------------------------------------------------------------------------


def _time(m: Machine, index: int, q: Quantity) -> bool:
    """Streaks ("for nine consecutive months", 连续7年) and plain durations; True where it was time."""
    line, token = m.line, m.line.tokens[index]
    unit = q.unit if q.cls == "count" and q.unit in ("year", "month", "quarter", "day", "hour") else None
    tail = line.folded[token.end : token.end + 34].lower()
    head = line.folded[max(0, token.start - 8) : token.start].lower()
    if line.lang == "en" and q.cls in ("plain", "count"):
        match = re.match(r"[\s-](?:(consecutive|straight|successive|running)[\s-])?(months?|years?|quarters?|monthly|days?|weeks?|hours?|minutes?|decades?)(?![a-z])(?:\s(in a row|running|straight|on end|in succession|consecutively))?", tail)
        if match is None:
            return False
        unit = match.group(2).rstrip("s").replace("monthly", "month")
        if (match.group(1) or match.group(3)) and f"{unit}" in _TIME:
            token.end += match.end()
            _streak(m, token, q, _TIME[unit])
            return True
        token.reason = Reason.DURATION
        return True
    if unit is None and not (line.lang == "zh" and head.endswith("连") and tail.startswith("红")):
        return False
    if unit is None and line.lang == "zh" and head.endswith("连") and tail.startswith("红"):
        unit = "month"
    if unit in _TIME and re.search(r"连续|连[涨增跌降续]|已连|连$", head):
        match = re.match(r"个?月|年|个?季度|季", tail)
        if match:
            token.end += match.end()
        _streak(m, token, q, _TIME[unit])
        return True
    token.reason = Reason.DURATION
    return True


def _streak(m: Machine, token: Token, q: Quantity, unit: str) -> None:
    frame = m.frame
    flow = frame.flow or _default_flow(m, frame)
    if m.line.lang == "en":
        at = next(k for k, t in enumerate(m.line.tokens) if t is token)
        behind = next((k for k in ahead(m.line, at)[:3] if m.line.tokens[k].has("FLOW")), None)
        if behind is not None:
            said = str(m.line.tokens[behind].kinds["FLOW"])
            flow = "balance" if said in ("surplus", "deficit") else said
    _add(m, token, replace(frame, flow=flow), "streak", unit, q.number, Decimal(1), "=", {}, Form("streak", rule="streak"))


def _rank_or_streak(m: Machine, index: int, q: Quantity) -> int:
    line, token = m.line, m.line.tokens[index]
    tail = line.folded[token.end : token.end + 30].lower()
    if line.lang == "en":
        match = re.match(r"[\s-](?:(consecutive|straight|successive)[\s-])(months?|years?|quarters?|monthly|annual|month-on-month)(?![a-z])|[\s-](month|year|quarter)s?\s(in a row|running|straight|in succession)", tail)
        if match:
            unit = (match.group(2) or match.group(3)).rstrip("s")
            unit = {"monthly": "month", "annual": "year"}.get(unit, unit)
            token.end += match.end()
            _streak(m, token, q, _TIME.get(unit, "months"))
            return index + 1
    else:
        match = re.match(r"(个?月|年|个?季度)", tail)
        head = line.folded[max(0, token.start - 3) : token.start]
        if match and re.search(r"连续|已连|连$", head):
            token.end += match.end()
            unit = "months" if "月" in match.group() else "quarters" if "季" in match.group() else "years"
            _streak(m, token, q, unit)
            return index + 1
    m.ranks.append((index, q))
    return index + 1


def rank(m: Machine, index: int, q: Quantity) -> None:
    """Read an ordinal at the end of its sentence, when the names around it are known."""
    line, token = m.line, m.line.tokens[index]
    head = line.folded[max(0, token.start - 40) : token.start].lower()
    tail = line.folded[token.end : token.end + 40].lower()
    if line.lang == "zh":
        ok = re.match(r"(?:位|大|名|次|[,。;!、]|$|\s|和|的)", tail) and not re.match(r"[,、]?(?:第|项|批|次|届|届|条|步|方面|季度|产业|部分)", tail)
        ok = ok and not re.match(r"(?:是|,要|,将|,加)", tail)
        cue = re.search(r"(?:位|居|排|列|列|名|升至|跃|跻|稳|全国|全省|西部|中西部|东北|中部|保持|为|是|成为|的|我国|省|市|对|、|和|世界|全球)[^,。;]{0,8}$", head) or re.match(r"大|位", tail)
        if not ok or not cue or re.search(r"(?:第一时间|首次)", tail[:4]):
            token.reason = Reason.ORDINAL
            return
    elif re.match(r"\s*,", tail) and index == 0:
        token.reason = Reason.ENUMERATION
        return
    else:
        ok = q.unit == "no" or re.match(r"[\s-](?:largest|biggest|highest|place|among|in|most|top|trading|source|export|import|with|after|,|by|on|for|position|nationwide|of the|overall|\()|\s?[.,;)]|$", tail)
        cue = re.search(r"rank\w*|place|remain\w*|became|was|is|as|the|came|position|number|no\.|up|to|its|country's|province's|nation's|'s", head[-30:])
        if not ok or not cue or re.match(r"\s(?:time|quarter|half|plan|item|step|month|phase|batch)", tail) or re.search(r"for the\s$", head) and not tail.startswith((" largest", "-largest")):
            token.reason = Reason.ORDINAL
            return
        if re.match(r"[\s-](?:highest|most|largest|biggest)\s(?:total|level|figure|value|on record|ever|in history)", tail):
            token.reason = Reason.UNMODELLED
            return
    frame = m.frame_at(index)
    flow = frame.flow or _default_flow(m, frame)
    of: dict[str, str] | None = None
    near_text = head[-24:] + "|" + tail[:30]
    place = _rank_region(m, index)
    if re.search(r"贸易伙伴|贸易对象|trading partner|partner|出口市场|进口来源|来源地|来源国|市场|目的地|market|source of|supplier|destination|buyer|customer", near_text):
        if re.search(r"出口市场|出口目的|export market|destination|buyer|customer", near_text):
            flow = "exports"
        elif re.search(r"进口来源|来源地|来源国|source of imports|import source|supplier", near_text):
            flow = "imports"
        named = _partner_near(m, index)
        if named and not re.search(r"全球第|世界第", near_text):
            frame = replace(frame, partner=named, product="all" if frame.product == "all" else frame.product)
            of = {"partner": "World"}
    if of is None and place is not None:
        of = {"reporter": place}
        if place == frame.reporter:
            of = None
    if of is None:
        detail = _last_detail(frame)
        if detail == "partner":
            of = {"partner": "World"}
        elif detail:
            of = {detail: DEFAULT[detail]}
        elif frame.reporter:
            of = {"reporter": topics.parents().get(frame.reporter, "World")}
    bound = "<" if re.search(r"前$|top\s$", head) else "="
    _add(m, token, replace(frame, flow=flow), "rank", "rank", q.number, Decimal(1), bound, of or {}, Form("rank", rule="rank"))


def _rank_region(m: Machine, index: int) -> str | None:
    line = m.line
    close = sorted((j for j in range(len(line.tokens)) if line.chunk[j] == line.chunk[index] and j != index), key=lambda j: abs(j - index))
    for j in close[:5]:
        token = line.tokens[j]
        if token.kinds.get("WHOLE") == "nation":
            return m.topic.nation
        place = place_of(token)
        if place is not None and place.kind in ("region", "country", "province", "region of the world") and place.reporter and place.reporter != m.topic.frame.reporter and not m._is_partner(j):  # noqa: SLF001
            return place.reporter
        if line.text(j).lower() in ("全球", "世界", "the world", "world"):
            return "World"
    return None


def _partner_near(m: Machine, index: int) -> str | None:
    line = m.line
    after = [j for j in range(index + 1, min(index + 5, len(line.tokens)))]
    before = [j for j in range(index - 1, -1, -1)]
    order = after + before if line.lang == "zh" else [*[j for j in before if line.clause[j] == line.clause[index]][:8], *after]
    tail = line.folded[line.tokens[index].end : line.tokens[index].end + 12]
    if line.lang == "zh" and re.match(r"大[^,。;]{2,7}[,。;]|大[^,。;]{2,6}$", tail):
        order = before + after
    for j in order:
        place = place_of(line.tokens[j])
        if place is not None and place.partner and m._is_partner(j):  # noqa: SLF001
            return place.partner
    return None


_COUNTED_TAIL = [
    (r"(?:trading\s)?(?:countries and regions|countries|trading partners|partners|economies|markets|nations)\b", "trading partners"),
    (r"(?:[\w-]+\s){0,4}(?:enterprises|companies|firms|businesses|traders|business entities|entities|exporters|importers)\b", "enterprises"),
    (r"(?:[\w-]+\s){0,2}(?:trains|train trips|trips|freight trains)\b", "trains"),
    (r"(?:[\w-]+\s){0,3}routes\b", "routes"),
    (r"ports\b", "ports"),
    (r"(?:[\w-]+\s){0,2}(?:trucks|vehicle crossings)\b", "vehicle crossings"),
    (r"(?:customs\s)?declarations\b", "declarations"),
    (r"(?:cargo\s)?flights\b", "flights"),
]  # fmt: skip


def _counted_en(line: Line, index: int) -> str | None:
    """Return what an English number counts, by the noun behind it."""
    tail = line.folded[line.tokens[index].end : line.tokens[index].end + 48].lower()
    body = re.sub(r"^(?:-plus|\+)?\s*(?:other\s)?", "", tail)
    return next((name for pattern, name in _COUNTED_TAIL if re.match(pattern, body)), None)


def _count(m: Machine, index: int, q: Quantity, items: list[int]) -> bool:
    line, token = m.line, m.line.tokens[index]
    tail = line.folded[token.end : token.end + 48].lower()
    counted: str | None = None
    if line.lang == "en":
        if q.word and q.number < 20:
            return False
        counted = _counted_en(line, index)
        if counted is None:
            before = near(line, back(line, index), "COUNTED")
            if before is not None and near(line, back(line, index), "TO", "RISE", "FALL", "HEDGE") is not None and re.match(r"\s*(?:[.,;)]|$)", tail):
                counted = str(line.tokens[before].kinds["COUNTED"])
            elif before is not None and str(line.tokens[before].kinds["COUNTED"]) == "enterprises" and re.search(r"number", line.folded[line.tokens[0].start : token.start].lower()):
                counted = "enterprises"
        if counted is None and m.last == "count" and re.match(r"\s*(?:are|were|is)\s(?:private)", tail):
            counted = "enterprises"
        if counted is None:
            if m.last == "count" and m.counted and index and line.tokens[index - 1].has("TO") and re.match(r"\s*(?:[.,;)]|$)", tail):
                _add(m, token, replace(m.frame, flow=m.frame.flow or _default_flow(m, m.frame)), "count", "count", q.value, q.step, bound_of(line, index, q), {}, Form("count", rule="count-moved"), m.counted)
                m.fresh = False
                return True
            if re.match(r"\s(?:of\s(?:them|these|which)|million of them)", tail) and m.frame.product != "all" and q.value >= 1000:
                q.cls, q.unit = "qty", "vehicles" if m.frame.product in ("automobiles", "electric vehicles", "new energy vehicles") else "units"
                _level(m, index, m.frame, q, Form("level", rule="level-of-them"))
                m.fresh = False
                return True
            return False
    else:
        unit = q.unit or ""
        nxt = index + 1 if index + 1 < len(line.tokens) else None
        follow = line.tokens[nxt].kinds.get("COUNTED") if nxt is not None and len(line.gap(index)) <= 2 else None
        if isinstance(follow, str) and follow not in ("months", "containers"):
            counted = follow
        elif unit == "enterprises":
            said = near(line, [j for j in range(index - 1, -1, -1)], "COUNTED", "ENTERPRISE")
            near_text = line.folded[max(0, token.start - 24) : token.end + 18]
            known = said is not None and ("enterprises" in str(line.tokens[said].kinds.get("COUNTED", "")) or line.tokens[said].has("ENTERPRISE"))
            if re.search(r"企业|主体|民企|外贸", near_text) and (known or re.search(r"实绩|进出口|外贸", near_text)):
                counted = "enterprises"
        elif unit:
            counted = unit
        if counted is None and q.word:
            return False
        before = near(line, back(line, index), "COUNTED")
        if counted is None and unit == "" and before is not None and before >= index - 2 and re.fullmatch(r"[已有达为共约近超过至]{0,3}", line.folded[line.tokens[before].end : token.start]):
            counted = str(line.tokens[before].kinds["COUNTED"])
        if counted and near(line, back(line, index)[:2], "RISE", "FALL") is not None and not near(line, back(line, index)[:2], "TO") and re.search(r"(?:增加|增|减少|多了?|少了?|新增|净增)[近约超]?$", line.folded[max(0, token.start - 5) : token.start]):
            token.reason = Reason.UNMODELLED
            return False
        if counted == "trading partners" and q.number < 10:
            return False
        if counted == "kinds of products" and "品" not in line.folded[max(0, token.start - 14) : token.end + 8]:
            return False
        if counted in (None, ""):
            return False
        if counted == "trading partners" and (near(line, ahead(line, index), "RISE") is not None or re.search(r"对其中", line.folded[max(0, token.start - 6) : token.start])):
            counted = "trading partners with growth"
        if counted in ("policy measures", "zones", "agreements", "contracts", "record highs", "cities", "districts and counties", "passengers", "parcels", "provinces") or q.value <= 9 and counted in ("enterprises", "ports", "routes", "kinds of products"):
            return False
    if line.lang == "en" and re.search(r"(?:increase|addition|rise|decrease|decline|drop)\sof\s(?:about\s|over\s|more than\s)?$", line.folded[max(0, token.start - 24) : token.start].lower()):
        token.reason = Reason.UNMODELLED
        return False
    if line.lang == "en" and counted == "trading partners" and near(line, back(line, index), "RISE") is not None:
        counted = "trading partners with growth"
    if q.word and q.number < 20 and counted in ("enterprises", "ports"):
        return False
    if counted in ("trains", "vessel calls") and "-" in tail[:1]:
        return False
    if re.search(r"公司|exhibitor|展|pavilion|participants|buyers|采购", line.folded[line.tokens[0].start : line.end]) and counted in ("enterprises", "trading partners"):
        return False
    frame = m.frame
    if counted == "enterprises":
        here = [j for j in range(index - 1, -1, -1) if line.chunk[j] == line.chunk[index]]
        if near(line, here, "ENTERPRISE") is None and (line.lang == "zh" or m.fresh is False):
            frame = replace(frame, enterprise=m.topic.frame.enterprise)
        said = near(line, here, "FLOW")
        if said is None or line.lang == "zh":
            frame = replace(frame, flow="trade")
    frame = replace(frame, flow=frame.flow or _default_flow(m, frame))
    for item in items:
        each = line.quantity(item)
        if each is None:
            continue
        line.tokens[item].kinds["COUNT"] = counted
        _add(m, line.tokens[item], frame, "count", "count", each.value, each.step, bound_of(line, item, each), {}, Form("count", rule="count"), counted)
    m.last, m.last_cls = "count", "count"
    m.counted = counted
    m.fresh = False
    return True


def _threshold(m: Machine, index: int) -> bool:
    """A limit that defines what is counted or passed over: 超过1亿元的企业, "the one trillion yuan line"."""
    line = m.line
    tail = line.folded[line.tokens[index].end : line.tokens[index].end + 14].lower()
    head = line.folded[max(0, line.tokens[index].start - 10) : line.tokens[index].start].lower()
    if line.lang == "zh":
        return bool(re.match(r"(?:以上|以下)?的?(?:企业|贸易伙伴|国家|市场|商品|产品)|级|以上的", tail)) or tail.startswith(("以上",)) and "的" in tail[:6]
    return bool(re.match(r"(?:-|\s)(?:line|mark|threshold|club|or more each|each)\b", tail) and not re.search(r"(?:exceeded|surpassed|topped|passed|crossed|over|above|beyond|hit|reached|broke|breached|past|exceeding|surpassing)\s(?:the\s)?$", head))
