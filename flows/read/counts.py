"""Counts and what they count, streaks, durations, limits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.read.emit import add, default_flow
from flows.read.frame import replace
from flows.read.levels import level
from flows.read.line import Line, place_of
from flows.read.measure import Form, ahead, back, bound_of, near
from flows.read.tokens import Quantity, Token
from flows.record import Reason

if TYPE_CHECKING:
    from flows.read.clause import Machine

_REGISTERED = ("registered declarants", "newly registered enterprises")
_OWNERS = {
    "民营": "private",
    "外商投资": "foreign-invested",
    "外资": "foreign-invested",
    "国有": "state-owned",
}
TIME_UNITS = {"year": "years", "month": "months", "quarter": "quarters"}


def duration(m: Machine, index: int, q: Quantity) -> bool:
    """Streaks ("for nine consecutive months", 连续7年) and plain durations; True where it was time."""
    line, token = m.line, m.line.tokens[index]
    unit = q.unit if q.cls == "count" and q.unit in ("year", "month", "quarter", "day", "hour") else None
    tail = line.folded[token.end : token.end + 34].lower()
    head = line.folded[max(0, token.start - 8) : token.start].lower()
    if line.lang == "en" and q.cls in ("plain", "count"):
        match = re.match(
            r"[\s-](?:(consecutive|straight|successive|running)[\s-])?(months?|years?|quarters?|monthly|days?|weeks?|hours?|minutes?|decades?)(?![a-z])(?:\s(in a row|running|straight|on end|in succession|consecutively))?",
            tail,
        )
        if match is None:
            return False
        unit = match.group(2).rstrip("s").replace("monthly", "month")
        if (match.group(1) or match.group(3)) and f"{unit}" in TIME_UNITS:
            token.end += match.end()
            streak(m, token, q, TIME_UNITS[unit])
            return True
        token.reason = Reason.DURATION
        return True
    if unit is None and not (line.lang == "zh" and head.endswith("连") and tail.startswith("红")):
        return False
    if unit is None and line.lang == "zh" and head.endswith("连") and tail.startswith("红"):
        unit = "month"
    if unit in TIME_UNITS and re.search(r"连续|连[涨增跌降续]|已连|连$", head):
        match = re.match(r"个?月|年|个?季度|季", tail)
        if match:
            token.end += match.end()
        streak(m, token, q, TIME_UNITS[unit])
        return True
    token.reason = Reason.DURATION
    if (
        m.years is not None
        and unit == "year"
        and tail.startswith("年来")
        and abs(m.years.last.year - m.years.first.year - q.number) <= 1
    ):
        # 5年来: the years spoken of before
        m.frame = replace(m.frame, period=m.years)
    return True


def streak(m: Machine, token: Token, q: Quantity, unit: str) -> None:
    """Put a streak on record: how long the thing in force has lasted."""
    frame = m.frame
    flow = frame.flow or default_flow(m, frame)
    began = m.began.period
    if (
        m.line.lang == "en"
        and began
        and frame.period
        and frame.period.first < began.first <= frame.period.last
    ):
        # "since March 2020 trade has grown for 26 months": the run stands where the article stands
        frame = replace(frame, period=began)
    if m.line.lang == "en":
        at = next(k for k, t in enumerate(m.line.tokens) if t is token)
        behind = next((k for k in ahead(m.line, at)[:3] if m.line.tokens[k].has("FLOW")), None)
        if behind is not None:
            said = str(m.line.tokens[behind].kinds["FLOW"])
            flow = "balance" if said in ("surplus", "deficit") else said
    add(
        m,
        token,
        replace(frame, flow=flow),
        "streak",
        unit,
        q.number,
        Decimal(1),
        "=",
        {},
        Form("streak", rule="streak"),
    )


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


def counted_en(line: Line, index: int) -> str | None:
    """Return what an English number counts, by the noun behind it."""
    tail = line.folded[line.tokens[index].end : line.tokens[index].end + 48].lower()
    body = re.sub(r"^(?:-plus|\+)?\s*(?:other\s)?", "", tail)
    return next((name for pattern, name in _COUNTED_TAIL if re.match(pattern, body)), None)


def _members(m: Machine, index: int, q: Quantity) -> bool:
    """Chinese: True where a number only says how many a group has: RCEP其他14个国家, 中东欧17国, 等7个成员国."""
    line = m.line
    head = line.folded[max(0, line.tokens[index].start - 2) : line.tokens[index].start]
    if q.number > 70:
        return False
    before = place_of(line.tokens[index - 1]) if index else None
    if (
        before is not None
        and before.partner not in (None, "World")
        and line.gap(index - 1) in ("", "其他", "其它", "其余")
    ):
        return True
    return head.endswith("等") and q.number <= 40


def count(m: Machine, index: int, q: Quantity, items: list[int]) -> bool:
    """Read a number of somethings; return False where it counts nothing of trade."""
    line, token = m.line, m.line.tokens[index]
    tail = line.folded[token.end : token.end + 48].lower()
    counted: str | None = None
    if line.lang == "en":
        if q.word and q.number < 20:
            return False
        counted = counted_en(line, index)
        if counted is None:
            before = near(line, back(line, index), "COUNTED")
            if (
                before is not None
                and near(line, back(line, index), "TO", "RISE", "FALL", "HEDGE") is not None
                and re.match(r"\s*(?:[.,;)]|$)", tail)
            ):
                counted = str(line.tokens[before].kinds["COUNTED"])
            elif (
                before is not None
                and str(line.tokens[before].kinds["COUNTED"]) == "enterprises"
                and re.search(r"number", line.folded[line.tokens[0].start : token.start].lower())
            ):
                counted = "enterprises"
        if (
            counted is None
            and q.cls == "plain"
            and (m.last == "count" or m.memory.form == "count")
            and re.match(r"\s*(?:are|were|of them (?:are|were))\s(?:private|foreign|state)", tail)
        ):
            counted = "enterprises"
        if counted is None:
            if (
                m.last == "count"
                and m.counted
                and index
                and line.tokens[index - 1].has("TO")
                and re.match(r"\s*(?:[.,;)]|$)", tail)
            ):
                add(
                    m,
                    token,
                    replace(m.frame, flow=m.frame.flow or default_flow(m, m.frame)),
                    "count",
                    "count",
                    q.value,
                    q.step,
                    bound_of(line, index, q),
                    {},
                    Form("count", rule="count-moved"),
                    m.counted,
                )
                m.fresh = False
                return True
            if (
                re.match(r"\s(?:of\s(?:them|these|which)|million of them)", tail)
                and m.frame.product != "all"
                and q.value >= 1000
            ):
                q.cls, q.unit = (
                    "qty",
                    "vehicles"
                    if m.frame.product in ("automobiles", "electric vehicles", "new energy vehicles")
                    else "units",
                )
                level(m, index, m.frame, q, Form("level", rule="level-of-them"))
                m.fresh = False
                return True
            goods = line.tokens[index + 1].kinds.get("PRODUCT") if index + 1 < len(line.tokens) else None
            if (
                goods is not None
                and not line.gap(index).strip()
                and line.tokens[index + 1].end - line.tokens[index + 1].start > 3
                and not line.tokens[index + 1].has("COUNTED", "CHANNEL")
                and m.frame.flow in ("exports", "imports")
                and "flow" in m.explicit_here
                and (q.value >= 1000 or line.tokens[index - 1].has("FLOW"))
            ):
                # "46 aircraft", "45.1 million mobile phones": goods in pieces
                m.frame = m.frame.put("product", str(goods))
                m.attached.add(index + 1)
                m.done.add(index + 1)
                q.cls, q.unit = "qty", "units"
                level(m, index, m.frame, q, Form("level", rule="level-in-pieces"))
                m.fresh = False
                return True
            return False
    else:
        unit = q.unit or ""
        nxt = index + 1 if index + 1 < len(line.tokens) else None
        follow = (
            line.tokens[nxt].kinds.get("COUNTED") if nxt is not None and len(line.gap(index)) <= 2 else None
        )
        if isinstance(follow, str) and follow not in ("months", "containers"):
            counted = follow
        elif unit == "enterprises":
            said = near(line, list(range(index - 1, -1, -1)), "COUNTED", "ENTERPRISE")
            if (
                said is not None
                and line.tokens[said].kinds.get("COUNTED") in _REGISTERED
                and line.chunk[said] == line.chunk[index]
            ):
                counted = str(line.tokens[said].kinds["COUNTED"])
            if re.search(
                r"(?:拥有|聚集|集聚|入驻|吸引|培育)了?[近约超]?$",
                line.folded[max(0, token.start - 6) : token.start],
            ):
                return False
            near_text = line.folded[max(0, token.start - 24) : token.end + 18]
            known = said is not None and (
                "enterprises" in str(line.tokens[said].kinds.get("COUNTED", ""))
                or line.tokens[said].has("ENTERPRISE")
            )
            if (
                counted is None
                and re.search(r"企业|主体|民企|外贸", near_text)
                and (known or re.search(r"实绩|进出口|外贸", near_text))
            ):
                counted = "enterprises"
        elif unit:
            counted = unit
        if counted is None and q.word:
            return False
        before = near(line, back(line, index), "COUNTED")
        if (
            counted is None
            and unit == ""
            and before is not None
            and before >= index - 2
            and re.fullmatch(
                r"[已有达为共约近超过至]{0,3}", line.folded[line.tokens[before].end : token.start]
            )
        ):
            counted = str(line.tokens[before].kinds["COUNTED"])
        if (
            counted
            and near(line, back(line, index)[:2], "RISE", "FALL") is not None
            and not near(line, back(line, index)[:2], "TO")
            and re.search(
                r"(?:增加|增|减少|多了?|少了?|新增|净增)[近约超]?$",
                line.folded[max(0, token.start - 5) : token.start],
            )
        ):
            token.reason = Reason.UNMODELLED
            return False
        if counted == "trading partners" and (q.number < 10 or _members(m, index, q)):
            return False
        if (
            counted == "kinds of products"
            and "品" not in line.folded[max(0, token.start - 14) : token.end + 8]
        ):
            return False
        if counted == "kinds of products" and re.match(
            r"[大类种]*[^,。;\d]{0,8}[商产]品[^,。;\d]{0,4}(?:进口|出口|合计)", tail
        ):
            return False
        if counted in (None, ""):
            return False
        if counted == "trading partners" and (
            near(line, ahead(line, index), "RISE") is not None
            or re.search(r"对其中", line.folded[max(0, token.start - 6) : token.start])
        ):
            counted = "trading partners with growth"
        if counted in (
            "policy measures",
            "zones",
            "agreements",
            "contracts",
            "record highs",
            "cities",
            "districts and counties",
            "passengers",
            "parcels",
            "provinces",
        ) or (q.value <= 9 and counted in ("enterprises", "ports", "routes", "kinds of products")):
            return False
    if line.lang == "en" and re.search(
        r"\btop\s$", line.folded[max(0, token.start - 5) : token.start].lower()
    ):
        return False
    if line.lang == "en" and re.search(
        r"\btop\s$|(?:increase|addition|rise|decrease|decline|drop)\sof\s(?:about\s|over\s|more than\s)?$",
        line.folded[max(0, token.start - 24) : token.start].lower(),
    ):
        token.reason = Reason.UNMODELLED
        return False
    if (
        line.lang == "en"
        and counted == "trading partners"
        and near(line, back(line, index), "RISE") is not None
    ):
        counted = "trading partners with growth"
    if q.word and q.number < 20 and counted in ("enterprises", "ports"):
        return False
    if counted in ("trains", "vessel calls") and "-" in tail[:1]:
        return False
    if re.search(
        r"公司|exhibitor|展|pavilion|participants|buyers|采购", line.folded[line.tokens[0].start : line.end]
    ) and counted in ("enterprises", "trading partners"):
        return False
    frame = m.frame
    if counted == "enterprises" or counted in _REGISTERED:
        here = [j for j in range(index - 1, -1, -1) if line.chunk[j] == line.chunk[index]]
        if near(line, here, "ENTERPRISE") is None and (line.lang == "zh" or m.fresh is False):
            frame = replace(frame, enterprise=m.topic.frame.enterprise)
        behind = next(
            (k for k in range(index + 1, len(line.tokens)) if line.text(k).lower() not in ("are", "were")),
            index,
        )
        said = line.folded[token.end : line.tokens[behind].start].strip().lower() in ("", "are", "were")
        if line.lang == "en" and line.tokens[behind].has("ENTERPRISE") and said:
            # "4,310 private companies traded"
            frame = m.frame = m.frame.put("enterprise", str(line.tokens[behind].kinds["ENTERPRISE"]))
            m.done.add(behind)
        if line.lang == "zh" and (noun := near(line, here, "COUNTED")) is not None:
            owner = next((o for word, o in _OWNERS.items() if word in line.text(noun)), "")
            frame = replace(frame, enterprise=owner or frame.enterprise)
        if line.lang == "zh" and not m.explicit:
            frame = frame.reset(m.topic.frame, keep=("enterprise",))
        if near(line, here, "FLOW") is None or line.lang == "zh":
            frame = replace(frame, flow="trade")
    frame = replace(frame, flow=frame.flow or default_flow(m, frame))
    for item in items:
        each = line.quantity(item)
        if each is None:
            continue
        line.tokens[item].kinds["COUNT"] = counted
        add(
            m,
            line.tokens[item],
            frame,
            "count",
            "count",
            each.value,
            each.step,
            bound_of(line, item, each),
            {},
            Form("count", rule="count"),
            counted,
        )
    m.last, m.last_cls = "count", "count"
    m.counted = counted
    if line.lang == "zh" and len(items) == 1:
        m.levels.append(frame)
        m.level_subjects.append("count")
    m.fresh = False
    return True


# 连续3个月站上600亿元, 有4个月的规模超过650亿元, 对其中56个的增幅超过50%
_KEPT_UP = re.compile(
    r"(?:连续?第?[\d一二三四五六七八九十]+个?(?:月|季度?)|有[\d一二三四五六七八九十]+个月|其中[\d一二三四五六七八九十]+个(?:国家|市场|伙伴)?)"
    r"[^,。;\d]{0,10}(?:超过?|站上|站稳|突破|保持在?|破|增?逾|高于|稳定在)$"
)


# "four provinces saw trade exceed $100 billion": a limit that says which are counted
_EACH_OF = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s(?:\w+\s){0,2}(?:provinces|municipalities|cities|countries|partners|markets|products|items|categories|groups|commodities|regions|enterprises|companies|firms)(?:\sand\s\w+)?(?:\s(?:in|of|from)\s[\w' -]{2,20}?)?"
    r"\s(?:each\s)?(?:traded|exported|imported|saw|had|recorded|posted|registered|reported|earned|grew|exceed\w+|surpass\w+|reach\w*)\b[^,;]{0,40}(?:exceed\w*|over|above|more than|surpass\w*|top\w*)\s(?:by\s)?$"
)


_PASSED = re.compile(r"(?:exceed\w*|over|above|more than|surpass\w*|top\w*|at least)\s(?:by\s)?$")
# "126 partners with trade of over 100 million yuan"
_COUNTED_WITH = re.compile(
    r"\d\s(?:\w+\s){0,3}(?:partners|countries|cities|markets|enterprises|companies|firms|products|items|categories|regions)"
    r"\s(?:each\s)?(?:with|whose|that\s(?:had|traded|exported)|having)\s[^,;.]{0,60}(?:over|above|exceeding|exceeded|more than|at least)\s$"
)


def threshold(m: Machine, index: int) -> bool:
    """A limit that defines what is counted or passed over: 超过1亿元的企业, "the one trillion yuan line"."""
    line = m.line
    tail = line.folded[line.tokens[index].end : line.tokens[index].end + 14].lower()
    head = line.folded[max(0, line.tokens[index].start - 24) : line.tokens[index].start].lower()
    if line.lang == "zh":
        if _KEPT_UP.search(head):
            return True
        if m.line.held[index].cls != "money":  # type: ignore[union-attr]
            return False
        return bool(
            re.match(r"(?:以上|以下)?的?(?:企业|贸易伙伴|国家|市场|商品|产品)|级|以上的", tail)
        ) or bool(
            (tail.startswith(("以上",)) and "的" in tail[:6])
            or re.match(r"(?:以上|以下)?的(?:[^,。;\d]{0,5})?(?:有|共|达|已有|共有)\d", tail)
        )
    if _PASSED.search(head):
        sentence = line.folded[line.tokens[0].start : line.tokens[index].start].lower()
        if _COUNTED_WITH.search(sentence) or _EACH_OF.search(sentence):
            return True
    return bool(re.match(r"\seach\b", tail)) or bool(
        re.match(r"(?:-|\s)(?:line|mark|threshold|club|or more each|each)\b", tail)
        and not re.search(
            r"(?:exceeded|surpassed|topped|passed|crossed|over|above|beyond|hit|reached|broke|breached|past|exceeding|surpassing)\s(?:the\s)?$",
            head,
        )
    )
