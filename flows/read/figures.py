"""Turns the quantities of a clause into figures: what each measures and of which frame."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read.align import align
from flows.read.counts import count, duration, streak, threshold
from flows.read.forms_en import form_en
from flows.read.forms_zh import form_zh
from flows.read.frame import replace
from flows.read.line import fill_units, place_of
from flows.read.measure import Form, ahead, back, near
from flows.read.numerals import NOT_TRADE_UNITS
from flows.read.order import rank_or_streak
from flows.read.statement import emit_one
from flows.read.subjects import after_share, is_partner
from flows.read.tables import Column
from flows.read.tokens import Quantity
from flows.record import Reason

if TYPE_CHECKING:
    from flows.read.clause import Machine


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
    if re.match(r"\s*=", line.folded[token.end : token.end + 3]) or re.search(
        r"=\s*$", line.folded[max(0, token.start - 3) : token.start]
    ):
        token.reason = Reason.NOT_TRADE
        return index + 1
    elided_money(m, index, q)
    if line.lang == "en":
        in_brackets(m, index, q)
    if q.cls == "money" and is_rate(m, index, q):
        token.reason = Reason.NOT_TRADE
        return index + 1
    if q.cls == "rank":
        return rank_or_streak(m, index, q)
    if q.cls == "streak":
        streak(m, token, q, q.unit or "years")
        return index + 1
    if duration(m, index, q):
        return index + 1
    items = line.quantities(index)
    fill_units(line, items)
    q = line.quantity(index)
    assert q is not None
    if q.cls in ("count", "plain"):
        if count(m, index, q, items):
            return items[-1] + 1
        token.reason = token.reason or (
            Reason.ENUMERATION if not q.word or q.cls == "count" else Reason.IDIOM
        )
        return index + 1
    if q.unit in NOT_TRADE_UNITS and q.cls == "qty":
        token.reason, m.outside = Reason.NOT_TRADE, True
        return index + 1
    if (
        q.cls == "qty"
        and q.exponent is None
        and q.number <= 10
        and re.search(r"(?:每|就有|有|中,有)$", line.folded[max(0, token.start - 3) : token.start])
    ):
        token.reason = Reason.IDIOM
        return index + 1
    if (
        q.cls == "money"
        and line.lang == "zh"
        and near(
            line, [j for j in range(index - 1, -1, -1) if line.clause[j] == line.clause[index]], "CONSEC"
        )
        is not None
        and line.folded[token.end : token.end + 2] == "以上"
    ):
        token.reason = Reason.THRESHOLD
        return index + 1
    if (q.cls == "money" or (line.lang == "zh" and q.cls in ("percent", "times"))) and threshold(m, index):
        token.reason = Reason.THRESHOLD
        return index + 1
    if (
        near(line, back(line, index), "AVERAGE") is not None
        or opens_average(m, index)
        or (line.lang == "en" and near(line, ahead(line, index)[:1], "AVERAGE") is not None)
    ):
        for item in items:
            line.tokens[item].reason = Reason.UNMODELLED
        if line.lang == "zh":
            # the rate behind a daily average is the average's
            m.last = "price"
        return items[-1] + 1
    if m.company and q.cls != "pp":
        for item in items:
            line.tokens[item].reason = Reason.NOT_TRADE
        return items[-1] + 1
    form = (form_zh if line.lang == "zh" else form_en)(line, index, q)
    column = token.kinds.get("COLUMN")
    if isinstance(column, Column):
        form = Form(column.kind, q.sign or 1, rule=f"table-{column.kind}")
        if column.flow:
            m.frame = replace(m.frame, flow=column.flow)
    if form.measure in ("growth_gap", "pp-open") and m.last == "share" and not compares(m, index):
        form = Form("share_change", form.sign, form.cue, rule="share-change-after")
    if (
        m.awaited
        and form.measure in ("growth", "inherit")
        and q.cls == "percent"
        and (form.measure == "inherit" or near(line, back(line, index), "TO") is not None)
    ):
        # 占比大幅提升，自24%上升至75.8%: a share that moved, said behind the comma
        form = Form("share", rule="share-awaited")
    if (
        line.lang == "zh"
        and form.measure == "growth"
        and q.cls == "percent"
        and line.axis(index - 1) is not None
        and line.gap(index - 1).startswith("的")
        and form.cue is not None
        and line.tokens[form.cue].has("GAP")
        and after_share(m)
    ):
        # 占44.1%,低于外商投资企业的47.5%: the other's share
        form = Form("share", rule="share-other")
    form = moved(m, index, q, form)
    if line.lang == "en":
        form = share_again(m, index, q, form)
    if form.reason is Reason.NOT_TRADE:
        m.outside = True
    elif m.outside and q.cls in ("percent", "pp", "times", "fraction"):
        # "GDP reached 16 trillion yuan, up 5%": the rate speaks of what the amount spoke of
        form = Form("", reason=Reason.NOT_TRADE, rule="not-trade-carried")
    form = inherit(m, index, q, form)
    if form.reason is not None:
        for item in items if form.reason == Reason.NOT_TRADE else items[:1]:
            line.tokens[item].reason = form.reason
        return (items[-1] if form.reason == Reason.NOT_TRADE else index) + 1
    several = wholes_in_turn(m, index, items) if line.lang == "zh" and form.measure == "share" else []
    if several:
        m.of_several = {item: [whole] for item, whole in zip(items, several, strict=True)}
    both = bases(m, index) if len(items) == 2 and form.measure == "growth" else None
    frames = (
        [[m.frame]] * len(items)
        if several or (both and len(m.pending) < 2)
        else align(m, index, items, q, form)
    )
    if frames is None:
        for item in items:
            line.tokens[item].reason = Reason.UNRESOLVED
        m.fresh = False
        return items[-1] + 1
    for number, (item, targets) in enumerate(zip(items, frames, strict=True)):
        averaged = number > 0 and bool(m.drafts) and m.drafts[-1].measure.endswith("_cagr")
        m.told = both[number] if both else "cagr" if averaged else ""
        if m.subjects:
            m.last = m.subjects[number]
        for frame in targets:
            if (
                number
                and line.lang == "zh"
                and not m.subjects
                and m.drafts[-1:]
                and m.drafts[-1].measure == "quantity_yoy"
            ):
                m.last = "quantity"
            emit_one(m, item, frame, form, len(items) > 1)
            if number and line.lang == "zh" and form.measure == "growth_gap" and len(m.drafts) > 1:
                # 分别高出全国5.3、5.1个百分点: each from the same place
                m.drafts[-1].of = dict(m.drafts[-2].of) if "reporter" in m.drafts[-2].of else m.drafts[-1].of
    m.fresh = False
    return items[-1] + 1


def wholes_in_turn(m: Machine, index: int, items: list[int]) -> list[int]:
    """Chinese: the wholes that as many shares are of in turn: 分别占全市、全省的72.3%和63.5%."""
    line = m.line
    if len(items) < 2 or len(m.pending) > 1:
        return []
    start = next((k for k in range(index - 1, -1, -1) if line.quantity(k) is not None), -1)
    found = [
        k
        for k in range(start + 1, index)
        if line.clause[k] == line.clause[index]
        and (
            line.tokens[k].kinds.get("WHOLE") in ("nation", "self", "province")
            or ((place := place_of(line.tokens[k])) is not None and place.reporter and not is_partner(m, k)
                and place.reporter != m.frame.reporter)
        )
    ]  # fmt: skip
    return found if len(found) == len(items) else []


def is_rate(m: Machine, index: int, q: Quantity) -> bool:
    """True for the two sides of an exchange rate: 1欧元约合8.3元, "$1 = 7.14 yuan", "$1.163 to the euro"."""
    line, token = m.line, m.line.tokens[index]
    tail = line.folded[token.end : token.end + 14].lower()
    if q.value == 1 and re.match(r"\s?(?:约?合|兑|折合?|=|等于|约等于|equals|buys|is worth)", tail):
        return True
    return bool(
        re.match(r"\s(?:to|per|against) (?:the|a|one) (?:euro|dollar|yuan|pound)\b", tail)
        or (
            index
            and (one := line.quantity(index - 1)) is not None
            and one.cls == "money"
            and one.value == 1
            and line.tokens[index - 1].reason is Reason.NOT_TRADE
            and len(line.gap(index - 1)) <= 10
        )
    )


def in_brackets(m: Machine, index: int, q: Quantity) -> None:
    """A list with its figures in brackets: "cattle (-73.2%), strawberries (-16.8) and fibre (33)"."""
    line = m.line
    last = m.drafts[-1] if len(m.drafts) > m.opened else None
    if last is None or line.head(index, 1) != "(":
        return
    gap = line.folded[last.token.end : line.tokens[index].start]
    between = [
        t for t in line.tokens if last.token.end <= t.start < line.tokens[index].start and not t.has("HEDGE")
    ]
    if ")" not in gap or any(
        line.quantity(k) is not None
        for k in range(len(line.tokens))
        if last.token.end <= line.tokens[k].start < line.tokens[index].start
    ):
        return
    if q.cls == "plain" and last.unit == "percent" and line.folded[line.tokens[index].end] == ")":
        q.cls, q.unit = "percent", None
    name = _UNKNOWN.fullmatch(gap) if gap.startswith(")") else None
    if name is not None and not between and last.frame.product != "all":
        # goods that no table holds keep the name the text gives them
        m.frame = m.frame.put("product", name.group(1))
        m.pending = []


_UNKNOWN = re.compile(r"\)[,;]?\s(?:and\s|as well as\s)?([a-z][a-z-]{2,}(?:\s[a-z-]{3,}){0,2})\s\(")


def opens_average(m: Machine, index: int) -> bool:
    """English: "In terms of daily average, exports dropped 2 percent" speaks of averages up to its first figure."""
    line = m.line
    first = next((k for k in range(len(line.tokens)) if line.quantity(k) is not None), index)
    return line.lang == "en" and first == index and line.tokens[0].has("AVERAGE")


def bases(m: Machine, index: int) -> tuple[str, str] | None:
    """Return what two rates grow from, in order: "环比、同比分别增长", "up 8% and 3% on the month and the year"."""
    line = m.line
    named = [
        "pop" if line.tokens[j].has("POP") else "yoy"
        for j in range(len(line.tokens))
        if line.clause[j] == line.clause[index] and line.tokens[j].has("POP", "YOY")
    ]
    return (named[0], named[1]) if len(named) == 2 and named[0] != named[1] else None


def moved(m: Machine, index: int, q: Quantity, form: Form) -> Form:
    """A rate beside the change it measures: "rose 22.4 billion dollars, or 5.9 percent", "fell $299m (1%)"."""
    last = m.drafts[-1] if m.drafts else None
    if (
        last is None
        or last.measure != "value_change"
        or q.cls != "percent"
        or m.line.lang != "en"
        or not re.fullmatch(
            r",?\s?(?:\(|or\s)(?:by\s|about\s|around\s)?",
            m.line.folded[last.token.end : m.line.tokens[index].start],
        )
    ):
        return form
    grown = last.value * (last.frame.sign if last.frame.flow == "balance" else 1)
    return Form("growth", -1 if grown < 0 else 1, rule="growth-or")


def share_again(m: Machine, index: int, q: Quantity, form: Form) -> Form:
    """The next share that moved: "..., and that of foreign-funded firms slipped 0.7 points to 14.8 percent"."""
    last = m.drafts[-1].measure if len(m.drafts) > m.opened else ""
    if last not in ("share", "share_change"):
        return form
    head = m.line.folded[m.line.tokens[0].start : m.line.tokens[index].start].lower()
    if (
        q.cls == "pp"
        and last == "share"
        and form.measure in ("growth_gap", "pp-open")
        and _THAT_OF.search(head)
    ):
        return Form("share_change", form.sign, form.cue, rule="share-change-again")
    if (
        q.cls == "percent"
        and last == "share_change"
        and form.measure == "growth"
        and re.search(r"\bto\s(?:\w+\s)?$", head)
    ):
        return Form("share", rule="share-after-change")
    return form


_THAT_OF = re.compile(r"\bth(?:at|ose) (?:of|from|to)\b[^,;]*$")


def compares(m: Machine, index: int) -> bool:
    """True where the points are a distance to another rate: faster than, 高于全国, 比整体."""
    line = m.line
    around = [j for j in range(len(line.tokens)) if line.chunk[j] == line.chunk[index] and j != index]
    than = near(line, ahead(line, index), "YOY", "PERIOD") if line.lang == "en" else None
    if than is not None and than - index <= 2:
        # "60%, 1.5 points higher than a year earlier": the same share, earlier
        return False
    if any(line.tokens[j].has("GAP", "WHOLE", "PLACE") for j in around):
        return True
    return any(line.text(j) in ("增速", "增幅", "growth rate", "growth", "降幅") for j in around)


def elided_money(m: Machine, index: int, q: Quantity) -> None:
    """An amount without its currency (8759.3亿, "558 million") is money like that before it."""
    token = m.line.tokens[index]
    if (
        q.cls == "money"
        and m.topic.currency
        and q.unit == "USD"
        and re.match(r"\+?-?\$", m.line.text(index))
        and not re.search(r"(?:us|usd)\s?$", m.line.folded[max(0, token.start - 4) : token.start].lower())
    ):
        q.unit = m.topic.currency
    if (
        m.line.lang == "zh"
        and q.cls == "money"
        and q.unit == "CNY"
        and m.line.text(index).endswith("元")
        and "人民币" not in m.line.folded[max(0, token.start - 4) : token.end]
    ):
        said = [
            (m.line.folded.rfind(w, 0, token.start), w)
            for w in ("以美元计", "按美元计", "美元计价", "以人民币计", "按人民币计", "人民币计价")
        ]
        last = max(said)
        if m.topic.currency:
            q.unit = m.topic.currency
        elif last[0] >= 0 and "美元" in last[1]:
            q.unit = "USD"
    if q.cls == "money" and q.unit == "INR" and m.topic.nation == "Pakistan":
        q.unit = "PKR"
    if (
        q.cls == "money"
        and q.unit == "CNY"
        and m.topic.nation == "Japan"
        and m.line.text(index).startswith("¥")
    ):
        q.unit = "JPY"
    if (
        q.cls != "plain"
        or q.word
        or not q.exponent
        or q.exponent < (6 if m.line.lang == "en" else 8)
        or m.currency is None
    ):
        return
    tail = m.line.folded[token.end : token.end + 14].lower()
    if m.line.lang == "zh" or re.match(
        r"\s*(?:[,.;:)\n-]|and\s|from\s|in\s|to\s|while\s|up\s|down\s|or\s|for\s|last\s|a\syear|$)", tail
    ):
        q.cls, q.unit = "money", m.currency


def inherit(m: Machine, index: int, q: Quantity, form: Form) -> Form:
    """A quantity without a cue means what its like before meant ("exports rose 5% and imports 3%")."""
    inside = bracketed(m, index)
    key = f"{q.cls if q.cls not in ('times', 'fraction') else 'percent'}{inside}"
    if form.measure == "inherit" and m.last == "share_change" and q.cls in ("percent", "fraction"):
        return Form("share", rule="share-after-change")
    if (
        form.measure == "inherit"
        and inside == "1"
        and m.last == "share"
        and m.line.gap(index - 1) in ("(", "强(", "弱(")
    ):
        # 占四分之一强(25.8%): the same share again
        return Form("share", rule="share-again")
    if form.measure == "inherit" and inside == "1" and m.line.lang == "zh" and share_follows(m, index):
        form = Form("share", rule="share-of-list")
        m.inherited[key] = form
        return form
    if form.measure == "inherit":
        kept = m.inherited.get(key) or m.inherited.get(key[:-1] + ("0" if inside == "1" else "1"))
        if (
            kept is None
            and m.memory.form == "share"
            and q.cls == "percent"
            and not any(t.has("RISE", "FALL") for t in m.line.tokens)
        ):
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
        return carried(kept, q)
    m.inherited[key] = form
    return form


def share_follows(m: Machine, index: int) -> bool:
    """True where bracketed rates stand at names and the noun comes after them all: A(7%)、B(4%)等出口比重."""
    tail = m.line.folded[m.line.tokens[index].end : m.line.end]
    outside = re.sub(r"\([^()]*\)", "", tail.partition(")")[2])
    return bool(re.match(r"[^\d,。;]{0,60}?(?:比重|占比|份额)", outside))


def carried(form: Form, q: Quantity) -> Form:
    """Return the same form without a cue of its own."""
    carried = 1 if form.rule.startswith("growth-signed") else form.sign
    return Form(form.measure, q.sign or carried, None, form.reason, form.rule + "-carried")


def bracketed(m: Machine, index: int) -> str:
    """Return "1" inside brackets, else "0"."""
    head = m.line.folded[m.line.tokens[0].start : m.line.tokens[index].start]
    return "1" if head.count("(") > head.count(")") else "0"
