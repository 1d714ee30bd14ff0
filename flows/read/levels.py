"""Amounts: money, quantities, and the unit of a price."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read.emit import add, default_flow, earlier
from flows.read.frame import Frame, replace
from flows.read.measure import Form, ahead, back, bound_of, near
from flows.read.tokens import Quantity
from flows.record import Reason

if TYPE_CHECKING:
    from flows.read.clause import Machine


def price_unit(m: Machine) -> str | None:
    """Return what the price in a sentence is the price of one of."""
    line_text = m.line.folded[m.line.tokens[0].start : m.line.end]
    for pattern, unit in ((r"每吨|per tonne|per ton|a tonne|a ton|tonne|tonnes", "t"), (r"barrel|每桶", "barrel"), (r"每公斤|per kg|kilogram", "kg"), (r"每台", "unit"), (r"每辆|per vehicle", "vehicle")):  # fmt: skip
        if re.search(pattern, line_text):
            return unit
    return None


_REVISED = re.compile(
    r"\brevised (?:(?:slightly|sharply)\s)?(?:up|down|upwards?|downwards?)?(?:\s?(?:slightly|sharply))? from (?:an? )?$"
    r"|\b(?:first|originally|initially|previously|earlier) (?:reported|published|estimated|put|given)(?: as| at)? $"
)
_OR = re.compile(r"[^,;.]{0,40},\sor\s(?:by\s|about\s|some\s|nearly\s|almost\s)?")
_BLACK = re.compile(r"\sin the (black|red)\b")
_MADE_OF = re.compile(
    r"\sof\s(?!goods|products|cargo|commodit|freight|merchandise|them|which|these|those|the\b|its\b|all\b|trade|import|export|shipments|various|such|other)"
    r"((?:[a-z-]{3,} ?){1,3}?)(?=[,.;]|\s?(?:via|from|to|in|through|were|was|and|worth|this|last|during|with)\b)"
)
_WHICH = re.compile(
    r", (?:which|when (?:it|the figure)) (?:was|amounted to|reached|stood at|totall?ed|came to) (?:\w+ )?$"
)
_THEN = re.compile(
    r"\s(?:in |during |at )?(?:the )?(?:(?:same|corresponding|year-ago) (?:time|period|months?|quarter)(?: of| in)? (?:last year|a year (?:ago|earlier|before)|the (?:previous|preceding) year)|(?:of )?a year (?:ago|earlier|before))\b"
)
_REPORTED = re.compile(
    r" (?:as )?(?:originally|first|initially|previously|earlier) (?:reported|published|estimated)"
)


def level(m: Machine, index: int, frame: Frame, q: Quantity, form: Form) -> None:
    """Put an amount of money or goods on record and remember it for the rates that follow."""
    line, token = m.line, m.line.tokens[index]
    if (
        line.lang == "en"
        and q.cls == "qty"
        and m.drafts
        and _OR.fullmatch(line.folded[m.drafts[-1].token.end : token.start].lower())
        and m.drafts[-1].unit == "percent"
    ):
        # "down 5 percent, or 436,100 tons": how much less, which the measures do not know of quantities
        token.reason = Reason.UNMODELLED
        return
    if line.lang == "en" and (
        _REVISED.search(line.folded[max(0, token.start - 44) : token.start].lower())
        or _REPORTED.match(line.folded[token.end : token.end + 40].lower())
    ):
        # what another release had said: that release proves it, not this one
        token.reason = Reason.UNMODELLED
        return
    flow = frame.flow or default_flow(m, frame)
    behind = (
        line.tokens[index + 1].kinds.get("FLOW")
        if index + 1 < len(line.tokens) and line.gap(index).strip() in ("", "的")
        else None
    )
    if behind in ("surplus", "deficit") and (flow != "balance" or line.lang == "zh"):
        frame = replace(
            frame.reset(m.topic.frame, keep=("partner",) if m.fresh or line.lang == "en" else ()),
            sign=-1 if behind == "deficit" else 1,
        )
        flow = "balance"
    if line.lang == "en" and (side := _BLACK.match(line.folded, token.end)):
        frame = replace(
            frame.reset(m.topic.frame, keep=("partner",)), sign=-1 if side.group(1) == "red" else 1
        )
        flow = "balance"
    frame = replace(frame, flow=flow)
    if q.cls == "money":
        if q.unit is None:
            token.reason = Reason.UNRESOLVED
            return
        value, spoken = q.value, frame.period
        bound = bound_of(line, index, q)
        head = line.folded[max(0, token.start - 14) : token.start].rstrip()
        conversion = head.endswith("(") or bool(
            re.search(
                r"\((?:about|around|approximately|some|roughly|nearly|约|约合|折合|合)\s?$|折合(?:约)?$|约合$",
                head,
                re.I,
            )
        )
        before = next((k for k in range(index - 1, -1, -1) if line.quantity(k) is not None), -1)
        if conversion and (before < 0 or any(line.axis(k) is not None for k in range(before + 1, index))):
            # 香港(18.2亿元)及美国(1904万元): an amount of its own, not one said again in another currency
            conversion = False
        if flow == "balance":
            value = value * frame.sign * (q.sign or 1) if q.sign >= 0 else -abs(value)
            if q.sign < 0:
                value = -abs(q.value)
        compared = re.search(
            r"\b(?:compared (?:with|to)|against|than|versus|vs\.?|down from|up from)\s(?:an?\s|the\s)?(?:\w+\s)?(?:of\s)?$",
            line.folded[max(0, token.start - 40) : token.start].lower(),
        )
        if line.lang == "en" and (
            re.search(r"\bas against\s(?:a\s|the\s)?$", head + " ")
            or re.search(
                r"\bfrom\s(?:about\s|some\s|a\s|the\s|over\s|around\s|nearly\s|almost\s)?$", head + " "
            )
            or (compared and near(line, ahead(line, index), "YOY") is not None)
        ):
            frame = replace(
                frame,
                period=earlier(
                    m, frame.period or m.topic.frame.period, near(line, ahead(line, index), "POP") is not None
                ),
            )
        if (
            line.lang == "zh"
            and (former := near(line, back(line, index), "FORMEROBJ")) is not None
            and line.folded[line.tokens[former].start - 1] not in "比与同"
        ) and (line.folded[line.tokens[former].start - 1] != "较" or former == index - 1):
            frame = replace(frame, period=earlier(m, frame.period or m.topic.frame.period))
        if (
            line.lang == "zh"
            and index
            and line.tokens[index - 1].has("YOY")
            and line.gap(index - 1) in ("的", "(", "的约")
            and re.search(r"同期|同月|去年|上年", line.text(index - 1))
        ):
            frame = replace(frame, period=earlier(m, frame.period or m.topic.frame.period))
        if (
            frame.period == spoken
            and line.lang == "en"
            and _THEN.match(line.folded[token.end : token.end + 40].lower())
        ):
            # "a deficit of 2.61 billion dollars the same time last year"
            frame = replace(frame, period=earlier(m, frame.period or m.topic.frame.period))
            form = Form(form.measure, rule="level-before")
        if (
            line.lang == "en"
            and m.base is not None
            and _WHICH.search(line.folded[max(0, token.start - 30) : token.start].lower())
        ):
            # "compared to January-September 2022, which amounted to 39.85 billion dollars"
            frame = replace(frame, period=m.base)
        m.currency = q.unit
        add(m, token, frame, "value", q.unit, value, q.step, bound, {}, form)
        if not conversion or m.last_cls != "money":
            m.last = "value"
        m.last_cls = "money"
    else:
        made_of = _MADE_OF.match(line.folded, token.end) if line.lang == "en" else None
        if (
            made_of is not None
            and frame.product == "all"
            and not any(t.has("PRODUCT") for t in line.tokens if token.end < t.start < made_of.end(1))
        ):
            # goods that no table holds keep the name the text gives them
            frame = frame.put("product", made_of.group(1).strip())
        if q.unit == "vehicles" and frame.product == "all" and flow in ("exports", "imports"):
            frame = frame.put("product", "automobiles")
        add(
            m,
            token,
            frame,
            "quantity",
            q.unit or "units",
            q.value,
            q.step,
            bound_of(line, index, q),
            {},
            form,
        )
        m.last, m.last_cls = "quantity", "qty"
        conversion = False
    if not conversion and (not m.levels or (m.levels[-1], m.level_subjects[-1]) != (frame, m.last)):
        m.levels.append(frame)
        m.level_subjects.append(m.last)
