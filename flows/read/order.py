"""Places in an order, read when the names of the sentence are known."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.read import topic as topics
from flows.read.counts import TIME_UNITS, streak
from flows.read.emit import add, default_flow
from flows.read.frame import DEFAULT, Frame, replace
from flows.read.line import place_of
from flows.read.measure import Form
from flows.read.places import surpassed
from flows.read.subjects import is_partner
from flows.read.tokens import Quantity
from flows.read.wholes import last_detail
from flows.record import Reason

if TYPE_CHECKING:
    from flows.read.clause import Machine


def rank_or_streak(m: Machine, index: int, q: Quantity) -> int:
    """Read an ordinal: a streak at once, a place in an order at the end of the sentence."""
    line, token = m.line, m.line.tokens[index]
    tail = line.folded[token.end : token.end + 30].lower()
    if line.lang == "en":
        match = re.match(
            r"[\s-](?:(consecutive|straight|successive)[\s-])(months?|years?|quarters?|monthly|annual|month-on-month)(?![a-z])|[\s-](month|year|quarter)(?=\sof\s(?:\w+\s)?(?:expansion|growth|decline|increase|gains?|contraction|falls?)\b)()|[\s-](month|year|quarter)s?\s(in the (?:black|red)|in a row|running|straight|in succession)",
            tail,
        )
        if match:
            unit = next(u for u in match.group(2, 3, 5) if u).rstrip("s")
            unit = {"monthly": "month", "annual": "year"}.get(unit, unit)
            token.end += match.end()
            streak(m, token, q, TIME_UNITS.get(unit, "months"))
            return index + 1
    else:
        match = re.match(r"(个?月|年|个?季度)", tail)
        head = line.folded[max(0, token.start - 3) : token.start]
        if match and re.search(r"连续|已连|连$", head):
            token.end += match.end()
            unit = "months" if "月" in match.group() else "quarters" if "季" in match.group() else "years"
            streak(m, token, q, unit)
            return index + 1
    # "coal, barley and beer ranked first": each of them
    each = line.lang == "en" and len(m.pending) > 1 and _RANKED.search(line.head(index))
    if line.lang == "zh" or line.respective:
        return _listed(m, index)
    m.ranks.append((index, q, list(m.pending) if each else [m.frame]))
    return index + 1


def _listed(m: Machine, index: int) -> int:
    """Chinese: align 欧盟、美国分别为第二、第三 and 在中部、全国分别排名第2、第13; return where to go on."""
    items = m.line.quantities(index)
    aligned = len(items) > 1 and len(m.pending) == len(items)
    for number, item in enumerate(items):
        other = m.line.quantity(item)
        assert other is not None
        m.ranks.append((item, other, [m.pending[number] if aligned else m.frame]))
    if aligned:
        m.placed.update(items)
    if len(items) > 1:
        among = [
            name
            for j in range(index)
            if m.line.chunk[j] + 2 >= m.line.chunk[index] and (name := region(m, j))
        ]
        if len(among) == len(items):
            m.among.update(zip(items, among, strict=True))
    return items[-1] + 1


_RANKED_IN = re.compile(
    r"(?:\splace)?(?:\s(?:nationwide|nationally|in the (?:country|nation|province|region)|in [\w' ]{3,18}?))?,? in (?!the (?:country|nation|province|region))(?:terms of )?"
)
_RANKED = re.compile(r"\b(?:ranked|ranking|were|placed|all|each|both)\s(?:the\s)?$")


def rank(m: Machine, index: int, q: Quantity, frame: Frame) -> None:
    """Read an ordinal at the end of its sentence, when the names around it are known."""
    line, token = m.line, m.line.tokens[index]
    head = line.folded[max(0, token.start - 40) : token.start].lower()
    tail = line.folded[token.end : token.end + 40].lower()
    if line.lang == "zh":
        ok = index in m.placed or index in m.among
        ok = ok or bool(
            re.match(r"(?:位|大|名|次|[,。;!、]|$|\s|和|的)", tail)
            and not re.match(
                r"(?:是|,要|,将|,加)|[,、]?(?:第|项|批|次|届|届|条|步|方面|季度|产业|部分)", tail
            )
        )
        cue = re.search(
            r"(?:位|居|占|排|列|名|升至|跃|跻|稳|全国|全省|西部|中西部|东北|中部|保持|为|是|成为|的|我国|省|市|对|、|和|世界|全球)[^,。;]{0,8}$",
            head,
        ) or re.match(r"大|位", tail)
        if not ok or not cue or re.search(r"(?:第一时间|首次)", tail[:4]):
            token.reason = Reason.ORDINAL
            return
    elif re.match(r"\s*,", tail) and index == 0:
        token.reason = Reason.ENUMERATION
        return
    else:
        ok = bool(
            q.unit == "no"
            or re.match(
                r"[\s-](?:largest|biggest|highest|place|among|in|most|top|trading|source|export|import|with|after|,|by|on|for|position|nationwide|of the|overall|respectively|and (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|\()|\s?[.,;)]|$",
                tail,
            )
        )
        cue = re.search(
            r"rank\w*|place|remain\w*|became|was|is|as|the|came|position|number|no\.|up|to|its|country's|province's|nation's|'s",
            head[-30:],
        )
        if m.ranks and index and place_of(line.tokens[index - 1]) and not line.gap(index - 1).strip():
            # "China came first with 4 bn, Russia second with 3 bn, Germany third"
            ok, cue = True, cue or re.match("", head)
        if (
            not ok
            or not cue
            or re.match(r"\s(?:time|quarter|half|plan|item|step|month|phase|batch)", tail)
            or (re.search(r"for the\s$", head) and not tail.startswith((" largest", "-largest")))
        ):
            token.reason = Reason.ORDINAL
            return
        if re.match(r"\s(?:in a row|in succession|running)\b", tail):
            # a run counted in what it does not name: "the nation's fourth in a row"
            token.reason = Reason.UNMODELLED
            return
        if re.match(
            r"[\s-](?:highest|most|largest|biggest)\s(?:monthly\s|annual\s|quarterly\s)?(?:total|level|figure|value|on record|ever|in history)",
            tail,
        ):
            token.reason = Reason.UNMODELLED
            return
    flow = frame.flow or default_flow(m, frame)
    if line.lang == "en" and (after := re.match(r" in (exports|imports)\b", tail)):
        flow = after.group(1)
    elif line.lang == "en" and _RANKED_IN.match(tail) and m.frame.named != frame.named:
        # "ranked first nationwide in mobile phone exports": what it is first in comes behind
        frame, flow = m.frame, m.frame.flow or flow
    of: dict[str, str] | None = None
    behind = re.split(r"[,。;\s]", tail)[0] if line.lang == "zh" else tail[:30]
    near_text = head[-24:] + "|" + behind
    place = rank_region(m, index)
    if re.search(
        r"贸易伙伴|贸易对象|trading partner|partner|出口市场|进口来源|来源地|来源国|市场|目的地|market|source of|supplier|destination|buyer|customer",
        near_text,
    ):
        if re.search(r"出口市场|出口目的|export market|destination|buyer|customer", near_text):
            flow = "exports"
        elif re.search(r"进口来源|来源地|来源国|source of imports|import source|supplier", near_text):
            flow = "imports"
        named = frame.partner if index in m.placed else partner_near(m, index)
        if named and not re.search(r"全球第|世界第", near_text):
            frame = replace(frame, partner=named, product="all" if frame.product == "all" else frame.product)
            of = {"partner": "World"}
    if of is None and place is not None:
        of = {"reporter": place}
        if place == frame.reporter:
            of = None
    if of is None:
        detail = last_detail(frame)
        if detail == "partner":
            of = {"partner": "World"}
        elif detail:
            of = {detail: DEFAULT[detail]}
        elif frame.reporter:
            of = {"reporter": topics.parents().get(frame.reporter, "World")}
    bound = "<" if re.search(r"前$|top\s$", head) else "="
    add(
        m,
        token,
        replace(frame, flow=flow),
        "rank",
        "rank",
        q.number,
        Decimal(1),
        bound,
        of or {},
        Form("rank", rule="rank"),
    )


def rank_region(m: Machine, index: int) -> str | None:
    """Return the region or nation among which a place is counted."""
    line = m.line
    if index in m.among:
        return m.among[index]
    tail = line.folded[line.tokens[index].end : line.tokens[index].end + 24].lower()
    if line.lang == "en" and re.match(
        r"(?:\splace)?\s(?:in the (?:whole )?(?:country|nation)|nationwide|nationally)\b", tail
    ):
        return m.topic.nation
    close = sorted(
        (j for j in range(len(line.tokens)) if line.chunk[j] == line.chunk[index] and j != index),
        key=lambda j: abs(j - index),
    )
    return next((name for j in close[:5] if (name := region(m, j))), m.within)


def region(m: Machine, index: int) -> str | None:
    """Return the region, nation or world that a token names."""
    token = m.line.tokens[index]
    if token.kinds.get("WHOLE") == "nation":
        return m.topic.nation
    place = place_of(token)
    if (
        place is not None
        and place.kind in ("region", "country", "province", "region of the world")
        and place.reporter
        and place.reporter != m.topic.frame.reporter
        and not is_partner(m, index)
    ):
        return place.reporter
    return "World" if m.line.text(index).lower() in ("全球", "世界", "the world", "world") else None


def partner_near(m: Machine, index: int) -> str | None:
    """Return the partner that an ordinal speaks of."""
    line = m.line
    after = list(range(index + 1, min(index + 5, len(line.tokens))))
    before = list(range(index - 1, -1, -1))
    order = (
        after + before
        if line.lang == "zh"
        else [*[j for j in before if line.clause[j] == line.clause[index]][:8], *after]
    )
    tail = line.folded[line.tokens[index].end : line.tokens[index].end + 12]
    if line.lang == "zh" and re.match(r"大[^,。;]{2,7}[,。;]|大[^,。;]{2,6}$", tail):
        order = before + after
    for j in order:
        place = place_of(line.tokens[j])
        if place is not None and place.partner and is_partner(m, j):
            if line.lang == "zh" and (
                surpassed(m, j, j)
                or line.folded[max(0, line.tokens[j].start - 1) : line.tokens[j].start] == "在"
            ):
                continue
            return place.partner
    return None
