"""Names and flows as they come: lists, flows before and behind their numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read.frame import Frame, replace
from flows.read.line import NAME_KINDS, place_of
from flows.read.measure import near
from flows.read.nouns import explains, followed, put
from flows.read.places import places

if TYPE_CHECKING:
    from flows.read.clause import Machine

# what a balance may be of, besides goods
_WIDER = ("services", "goods and services")
# regimes that know no imports
_OUTWARD = ("entrepot trade", "re-exports")
_BRACKETS_END = re.compile(r"\)(?:的|之)?$")
_DEALS = {
    "bought": "imports", "buys": "imports", "purchased": "imports", "sold": "exports", "sells": "exports",
    "shipped": "exports", "ships": "exports",
}  # fmt: skip
_ORDERED = re.compile(r"(?:total |goods )?(import|export)s? and (import|export)s?$")


def names(m: Machine, index: int) -> int:
    """Read the list of names that begins at ``index``; return where to go on."""
    line = m.line
    axis = line.axis(index)
    members = line.names(index)
    last = members[-1]
    if axis == "place":
        return places(m, index, members)
    if axis == "flow":
        return flows(m, index, members)
    assert axis is not None
    if explains(m, index, last):
        return last + 1
    if (
        line.lang == "en"
        and m.fresh
        and axis in m.frame.named
        and re.search(
            r"(?:including|such as|namely|like)\s(?:the\s)?$",
            line.folded[max(0, line.tokens[index].start - 14) : line.tokens[index].start].lower(),
        )
    ):
        return last + 1
    if line.lang == "en" and line.head(index).endswith("(including "):
        return last + 1
    kind = next(k for k, a in NAME_KINDS.items() if a == axis)
    values = [str(line.tokens[k].kinds.get(kind)) for k in members]
    if line.lang == "zh" and line.text(last).endswith(("出口", "进口")):
        said = (
            "trade"
            if line.text(last).endswith("进出口")
            else "exports"
            if line.text(last).endswith("出口")
            else "imports"
        )
        m.frame, m.flow_named = replace(m.frame, flow=said), True
    if line.lang == "en" and followed(m, index, last, axis, values):
        return last + 1
    if (
        line.lang == "zh"
        and len(values) > 1
        and last + 1 < len(line.tokens)
        and line.axis(last + 1) == axis
        and re.match(r"(?:等|这|等主要|等传统|这类|等新|等\w{1,4})?\"?$", line.gap(last))
    ):
        if resolved_later(m, last, len(values)):
            # ...等"新三样"产品分别出口602.4亿、190.8亿、30.9亿元: the list is what the numbers are of
            put(m, axis, values)
            return last + 2
        # 手机、电脑等机电产品: the list only explains the group behind it
        return last + 1
    put(m, axis, values)
    return last + 1


def resolved_later(m: Machine, last: int, count: int) -> bool:
    """Chinese: True where 分别 and as many numbers as names follow in the clause."""
    line = m.line
    resp = next((k for k in range(last + 1, len(line.tokens)) if line.tokens[k].has("RESP")), None)
    if resp is None or line.clause[resp] != line.clause[last]:
        return False
    first = next((k for k in range(resp + 1, len(line.tokens)) if line.quantity(k) is not None), None)
    between = range(last + 1, first or last + 1)
    return (
        first is not None
        and len(line.quantities(first)) == count
        and not any(line.quantity(k) is not None for k in between)
    )


_PASSIVE = re.compile(r"\)?\s(?:(?:worth\s)?of\s(?:[a-z-]+\s){1,3})?(?:were\s|was\s)?$")
_MADE_FOR = re.compile(
    r"\b(?:production|manufactur\w+|processing|made|produced|materials|inputs)\s(?:\w+\s)?for\s$"
)


def flows(m: Machine, index: int, members: list[int]) -> int:
    """Read flow words: exports, imports, both in turn, or the balance."""
    line = m.line
    values = []
    single = any(line.tokens[k].kinds["FLOW"] in ("exports", "imports") for k in members)
    for k in members:
        # "trade, imports and exports" are three, "imports and exports, exports and imports" are three, too
        pair = _ORDERED.match(line.text(k).lower()) if len(members) > 1 and not single else None
        values += [f"{flow}s" for flow in pair.groups()] if pair else [str(line.tokens[k].kinds["FLOW"])]
    text = line.text(index).lower()
    if line.lang == "en":
        if (
            text
            in (
                "sales",
                "sold",
                "business",
                "dealings",
                "purchases",
                "purchase",
                "turnover",
                "sells",
                "buys",
                "shipped",
                "ships",
                "trading volume",
                "bought",
                "purchased",
            )
            and near(line, list(range(index)), "NOTTRADE", "COMPANY") is not None
        ):
            return index + 1
        if (
            values[0] == "trade"
            and m.frame.flow == "balance"
            and m.fresh
            and re.search(
                r"\b(?:on|in|of|for)\s(?:the\s|total\s)?$",
                line.folded[max(0, line.tokens[index].start - 12) : line.tokens[index].start].lower(),
            )
        ):
            return members[-1] + 1
        if (
            text in ("export", "import", "trade", "foreign trade")
            and re.match(
                r"\s(?:orders|growth target|zone|zones|fair|expo|war|union|representative|deal|agreement|talks|ties|tensions|routes?|partners?|policy|destination|market|conditions|control|controls|licen[cs]e|barriers|hub|center|centre|park|base|declaration|companies|enterprises|firms|entities|performance|records?|facilitation|corridor)\b",
                line.gap(index),
            )
            and (
                text.endswith("trade")
                or not re.match(r"\s(?:growth target|market|destination)", line.gap(index))
            )
        ):
            return index + 1
    if line.lang == "en" and _MADE_FOR.search(
        line.folded[max(0, line.tokens[index].start - 32) : line.tokens[index].start].lower()
    ):
        # "commodities serving production for exports": what they are for, not the flow spoken of
        return index + 1
    if (
        line.lang == "en"
        and text == "shipments"
        and "flow" in m.explicit
        and line.head(index).endswith(" with ")
    ):
        return index + 1
    if line.lang == "en" and text in _DEALS and m.frame.partner != "World" and index:
        # "China bought 14.2 billion of goods": what a partner buys, the reporter sells
        place = place_of(line.tokens[index - 1])
        told = (place is not None and not line.gap(index - 1).strip()) or "and" in line.gap(index - 1).lower()
        if told and (place is None or place.partner == m.frame.partner):
            values = ["exports" if _DEALS[text] == "imports" else "imports"]
    if (
        line.lang == "en"
        and text == "purchases"
        and len(m.drafts) > m.opened
        and m.drafts[-1].frame.partner != "World"
        and line.head(index).endswith(" in ")
    ):
        # "the US was second with 6.6 billion in purchases": what a partner buys is exported to it
        values = ["exports"]
    if line.lang == "en" and flow_behind(m, index, values):
        return members[-1] + 1
    kept = (
        line.lang == "zh"
        and len(values) == 1
        and len(m.pending) > 1
        and resolved_later(m, index, len(m.pending))
    )
    if not m.fresh and not kept:
        m.pending = []
    mine = m.drafts[m.opened :]
    if (
        line.lang == "zh"
        and not m.flow_named
        and len(values) == 1
        and _BRACKETS_END.search(line.folded, max(0, line.tokens[index].start - 3), line.tokens[index].start)
    ):
        # 产自中国内地(79.8亿元)及欧盟(69.1亿元)的进口货值…: the flow is said behind the amounts
        for draft in mine:
            draft.frame = replace(draft.frame, flow=values[0])
        m.levels = [replace(f, flow=values[0]) for f in m.levels]
    if line.lang == "zh" and len(mine) == 1 and mine[0].rule == "growth-own" and not m.flow_named:
        # 继8月份录得6.3%的按年跌幅后,9月份出口…: what the rate is of comes behind it
        mine[0].frame = replace(mine[0].frame, flow=values[0])
    frame = m.frame
    if len(values) > 1 and len(set(values)) > 1:
        base = frame
        m.pending = [flow(m, base, v) for v in values]
        m.spread = 0
        m.frame = m.pending[0]
    else:
        m.frame = flow(m, frame, values[0])
        if len(m.pending) > 1:
            m.pending = [flow(m, f, values[0]) for f in m.pending]
    aside = line.lang == "en" and re.search(
        r"\b(?:with|in|of|have|had|having)\s(?:the\s|\w+\s)?$",
        line.folded[max(0, line.tokens[index].start - 20) : line.tokens[index].start].lower(),
    )
    traded = line.lang == "en" and text in ("traded", "trading", "exported", "imported", "trade")
    if line.lang == "zh" and line.tokens[members[-1]].has("VOLUME"):
        # 出口量位居第一,增长30.8%: the rate is of the quantity
        m.last = "quantity"
    elif not (m.last == "count" and (aside or traded)):
        m.last = ""
    ordered = _ORDERED.match(line.text(index).lower())
    m.pair = ordered.groups() if ordered else ()
    m.flow_named = m.flow_since = True
    m.explicit.add("flow")
    m.explicit_here.add("flow")
    return members[-1] + 1


def flow_behind(m: Machine, index: int, values: list[str]) -> bool:
    """English: "307.26 billion yuan in exports", "a 3-billion-dollar surplus"."""
    line = m.line
    mine = m.drafts[m.opened :]
    balance = values[0] in ("surplus", "deficit")
    if not mine or len(values) > 1 or ("flow" in m.explicit_here and not balance):
        return False
    draft = mine[-1]
    at = next((k for k in range(index - 1, -1, -1) if line.tokens[k] is draft.token), None)
    if (
        at is None
        or (line.chunk[at] != line.chunk[index] and not line.folded.startswith(") ", draft.token.end))
        or draft.measure not in ("value", "quantity", "value_yoy")
    ):
        return False
    between = line.folded[draft.token.end : line.tokens[index].start].lower()
    verb = line.text(index).lower() in ("exported", "imported") and _PASSIVE.match(between)
    if any(
        (axis := line.axis(k)) is not None and not (verb and axis == "product") for k in range(at + 1, index)
    ):
        return False
    growth = draft.measure.endswith("_yoy")
    pattern = (
        r"[\s-](?:trade\s|in\s)?$"
        if balance
        else r"\s[^,;()]{0,30}\b(?:in|of|from)\s(?:the\s|its\s|total\s|goods\s|merchandise\s)?$"
        if growth
        else r"\s(?:worth\s|came\s)?(?:in|of|for|from)\s(?:the\s|its\s|total\s|goods\s)?$"
    )
    if not verb and not re.match(pattern, between):
        return False
    if (
        growth
        and not verb
        and not re.search(
            r"growth|increase|rise|decline|drop|fall|surge|jump|decrease|contraction|expansion|gain", between
        )
    ):
        return False
    if balance:
        draft.frame = flow(m, draft.frame, values[0])
        draft.value = abs(draft.value) * draft.frame.sign
    else:
        if growth and verb and len(mine) > 1 and mine[-2].frame == draft.frame:
            # "37.8 billion euros (+16.9%) of goods were exported"
            mine[-2].frame = replace(draft.frame, flow=values[0])
        draft.frame = replace(draft.frame, flow=values[0])
    m.frame = replace(m.frame, flow=draft.frame.flow, sign=draft.frame.sign)
    m.flow_named = True
    amounts = [d for d in mine if d.measure in ("value", "quantity")]
    if m.levels and not growth and len(amounts) == len(m.levels) + 1:
        # "5 billion in exports and 3 billion in imports": two levels, once each is known for what it is
        m.levels.append(draft.frame)
        m.level_subjects.append(m.last)
    elif m.levels:
        m.levels[-1] = draft.frame
    if m.first_frame is not None and len(m.drafts) - m.opened == 1:
        m.first_frame = draft.frame
    return True


def flow(m: Machine, frame: Frame, value: str) -> Frame:
    """Return the frame with another flow; a balance drops the goods in force."""
    if value in ("surplus", "deficit", "balance"):
        keep = ("partner",) if m.fresh or (frame.flow == "balance" and m.line.lang == "en") else ()
        if m.line.lang == "en" and m.fresh:
            # "foreign-invested firms posted a surplus": who has it is named right before
            keep = (*keep, *(a for a in ("enterprise", "product") if a in m.explicit))
        frame = frame.reset(m.topic.frame, keep=(*keep, "product") if frame.product in _WIDER else keep)
        return replace(frame, flow="balance", sign=-1 if value == "deficit" else 1)
    if frame.regime in _OUTWARD and value == "imports":
        frame = replace(frame, regime=m.topic.frame.regime)
    return replace(frame, flow=value, sign=1)
