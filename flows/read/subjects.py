"""Who reports and who is traded with: places, the nation, the former and the latter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read import topic as topics
from flows.read.frame import Frame, replace
from flows.read.line import place_of
from flows.read.nouns import followed, put

if TYPE_CHECKING:
    from flows.read.clause import Machine


_APART = ("Hong Kong", "Macao", "Taiwan")


def _within(inner: str, outer: str | None) -> bool:
    """True where a place lies in another: "China's Tibet" speaks of Tibet."""
    at: str | None = inner
    for _ in range(5):
        at = topics.parents().get(at or "")
        if at is None:
            return False
        if at == outer:
            return True
    return False


# a comma that does not lead to the place in the order: 在西部…中,居…之后,列第4位
_PAUSE = re.compile(r",(?![居列位排])")


def in_whole(m: Machine, index: int) -> bool:
    """Chinese: True inside the words that name a whole or a standard (占全市出口的…, 比全省高…)."""
    line = m.line
    nxt = index + 1
    q = line.quantity(nxt)
    if (
        q is not None
        and q.cls == "rank"
        and line.axis(index) == "place"
        and not line.gap(index).strip()
        and not is_partner(m, index)
    ):
        return True
    if (
        line.axis(index) == "place"
        and (
            (here := line.folded[line.tokens[index].start - 1]) == "在"
            or (here in "居列" and not is_partner(m, index))
        )
        and any(
            (r := line.quantity(k)) is not None and r.cls == "rank"
            for k in range(index + 1, min(index + 10, len(line.tokens)))
            if not _PAUSE.search(line.folded, line.tokens[index].end, line.tokens[k].start)
        )
    ):
        place = place_of(line.tokens[index])
        if place is not None and line.folded[line.tokens[index].start - 1] == "在":
            m.within = place.reporter
        return True
    for j in range(index - 1, -1, -1):
        if line.chunk[j] != line.chunk[index] or line.quantity(j) is not None:
            return False
        token, text = line.tokens[j], line.text(j)
        if token.has("SHARE"):
            return (
                text not in ("占比", "比重", "份额", "比例", "占比达")
                or line.folded[line.tokens[index].start - 1] == "在"
            )
        if token.has("CONTRIB") and text not in ("带动", "推动"):
            return True
        if token.has("GAP") and amount_behind(m, index):
            return False
        if token.has("GAP") or (text in ("比", "较") and points_ahead(m, index)):
            return True
        if text == "对" or (token.has("TOPWORD") and line.axis(index) == "place"):
            return token.has("TOPWORD")
    head = line.folded[max(0, line.tokens[index].start - 3) : line.tokens[index].start]
    if head.endswith("对") or "对" in head:
        return any(
            line.tokens[k].has("CONTRIB")
            for k in range(index + 1, len(line.tokens))
            if line.chunk[k] == line.chunk[index]
        )
    return False


def amount_behind(m: Machine, index: int) -> bool:
    """True where what is compared with has its own amount or share: 超出外商投资企业进出口额的7097.5亿元."""
    line = m.line
    nxt = next((k for k in range(index + 1, len(line.tokens)) if line.quantity(k) is not None), None)
    q = line.quantity(nxt) if nxt is not None else None
    if (
        q is None
        or nxt is None
        or line.chunk[nxt] != line.chunk[index]
        or not line.gap(nxt - 1).startswith("的")
    ):
        return False
    return q.cls == "money" or (q.cls == "percent" and after_share(m))


def after_share(m: Machine) -> bool:
    """True where the last figure of the sentence was a share."""
    return len(m.drafts) > m.opened and m.drafts[-1].measure == "share"


def points_ahead(m: Machine, index: int) -> bool:
    """Return whether points (a gap between rates) come next in the chunk."""
    line = m.line
    for k in range(index + 1, len(line.tokens)):
        if line.chunk[k] != line.chunk[index]:
            return False
        q = line.quantity(k)
        if q is not None:
            return q.cls == "pp"
    return False


def lead(m: Machine, index: int) -> str:
    """Return the few characters before a token."""
    return m.line.folded[max(0, m.line.tokens[index].start - 6) : m.line.tokens[index].start]


def is_partner(m: Machine, index: int) -> bool:
    """Decide whether a place is traded with (True) or reports (False)."""
    line, token = m.line, m.line.tokens[index]
    place = place_of(token)
    assert place is not None
    if token.has("PARTNER_SHORT") or place.reporter is None:
        return True
    if place.partner is None and m.topic.frame.reporter in _APART and place.code.startswith("CN-"):
        # Macao sells to Shanghai
        return line.lang == "zh"
    if place.partner is None:
        return bool(
            line.lang == "zh"
            and lead(m, index)[-1:] in ("对", "自", "向")
            and place.kind not in ("zone", "new area", "district")
        )
    if place.reporter == m.topic.frame.reporter:
        return False
    if place.partner == "China" and m.topic.nation == "China":
        return False
    return m.topic.frame.reporter is not None


def places(m: Machine, index: int, members: list[int]) -> int:
    """Read a list of places: partners, or who reports."""
    line = m.line
    token = line.tokens[index]
    place = place_of(token)
    assert place is not None
    last = members[-1]
    if (
        line.lang == "en"
        and m.memory.paragraph >= 0
        and place.kind not in ("group", "open group", "world")
        and re.match(
            r"\s(?!Initiative|Province|City|Region|Autonomous|Municipality|Special|Trade|Foreign|Imports|Exports|Total|Customs|District|County)[A-Z][a-z]+",
            line.text_gap(last),
        )
        and not token.has("ADJECTIVE")
    ):
        return last + 1
    if token.has("ADJECTIVE") and not (
        last + 1 < len(line.tokens)
        and line.tokens[last + 1].has("FLOW", "RISE", "FALL", "PRODUCT")
        and not (
            place.reporter
            and re.search(r"\b(?:region|province|city|municipality|port|island)\b", line.gap(last))
        )
    ):
        return index + 1
    if (
        last + 1 < len(line.tokens)
        and line.tokens[last + 1].has("CUSTOMS")
        and len(line.gap(last).strip()) == 0
    ):
        return last + 1
    after = line.folded[line.tokens[last].end : line.tokens[last].end + 4]
    if line.lang == "zh" and after.startswith("海关") and after != "海关关区":
        return last + 1
    if line.lang == "zh" and surpassed(m, index, last):
        return last + 1
    if line.lang == "zh" and place.reporter and after.startswith(("关区", "海关关区")):
        m.frame = replace(m.frame, reporter=f"{place.reporter} customs district")
        return last + 1
    if line.lang == "en" and topics.QUARREL.match(line.folded, token.start):
        # "on the US-China trade war": neither is what the figures are of
        return last + 1
    if line.lang == "en" and _AMOUNT_FOR.search(line.head(index)) and told_for(m, index, place.reporter):
        return last + 1
    if (
        line.lang == "en"
        and index <= 1
        and line.folded[token.start : token.end].isupper()
        and (
            _DATELINE.match(line.folded, line.tokens[last].end)
            or (
                last + 1 < len(line.tokens)
                and line.tokens[last + 1].has("PERIOD")
                and len(line.gap(last)) <= 4
            )
        )
        and place.kind in ("city", "county-level city")
    ):
        # a dateline, not the subject
        return last + 1
    if (
        line.lang == "en"
        and m.fresh
        and index
        and m.frame.reporter
        and _within(m.frame.reporter, place.reporter)
        and line.chunk[index - 1] == line.chunk[index]
        and line.axis(index - 1) == "place"
    ):
        return last + 1
    if (
        line.lang == "en"
        and last + 1 < len(line.tokens)
        and len(line.gap(last)) <= 3
        and (inner := place_of(line.tokens[last + 1])) is not None
        and inner.reporter
        and _within(inner.reporter, place.reporter)
    ):
        return last + 1
    head = line.folded[max(0, token.start - 24) : token.start].lower()
    ranked = line.quantity(index - 1) if index else None
    if (
        line.lang == "en"
        and ranked is not None
        and ranked.cls == "rank"
        and m.frame.reporter
        and _within(m.frame.reporter, place.reporter)
    ):
        # "ranked first in Zhejiang": among whom, not who
        return last + 1
    if line.lang == "en" and re.search(r"\b(?:borders?|bordering|neighbou?ring)\s(?:the\s)?$", head):
        return last + 1
    if (
        place.reporter == m.frame.reporter
        and len(members) == 1
        and line.lang == "en"
        and (
            m.fresh
            or re.search(
                r"\b(?:from|in|of|by|for|at|to|increased|raised|lifted|boosted|driving|drove|pushed)\s(?:the\s)?$",
                head,
            )
        )
    ):
        return last + 1
    if (
        line.lang == "en"
        and m.frame.reporter
        and _within(m.frame.reporter, place.reporter)
        and m.fresh
        and not line.folded.startswith(" as a whole", line.tokens[last].end)
        and re.search(
            r"\b(?:capital|city|seat|hub|port|town|zone|located)\s(?:city\s)?(?:of|in)\s(?:\w+\s(?:china's\s)?)?$",
            head,
        )
    ):
        return last + 1
    shown = (
        last + 1 < len(line.tokens)
        and line.quantity(last + 1) is not None
        and line.gap(last).strip() == "("
        and is_partner(m, index)
    )
    if (
        line.lang == "en"
        and not shown
        and re.search(
            r"\b(?:after|behind|ahead of|besides|unlike|overtaking|replacing|surpassing|(?<!followed )by|among)\s(?:the\s)?$",
            head,
        )
    ):
        return last + 1
    partners = [k for k in members if is_partner(m, k)]
    if partners and len(partners) == len(members):
        named = [p for k in members if (p := place_of(line.tokens[k])) is not None]
        values = [p.partner or p.reporter or "" for p in named]
        if values == [m.topic.frame.reporter]:
            if not (line.lang == "zh" and line.text(index).startswith("中") and m.topic.nation != "China"):
                return last + 1
            values = ["China"]
        if line.lang == "en" and followed(m, index, last, "partner", values):
            return last + 1
        if line.lang == "en" and len(values) == 1 and went(m, index, values[0]):
            return last + 1
        put(m, "partner", values)
        return last + 1
    if partners:
        values = []
        for k in members:
            p = place_of(line.tokens[k])
            if p and k in partners:
                values.append(p.partner or "")
        if not m.fresh or len(values) > 1:
            put(m, "partner", values)
        else:
            m.frame = m.frame.put("partner", values[0])
        reporters = [place_of(line.tokens[k]).reporter for k in members if k not in partners]  # type: ignore[union-attr]
        if reporters and reporters[0]:
            m.frame = replace(m.frame, reporter=reporters[0])
        return last + 1
    values = [place_of(line.tokens[k]).reporter or "" for k in members]  # type: ignore[union-attr]
    if len(values) > 1 and any(topics.parents().get(a) in values for a in values):
        # "Yiwu, Jinhua, Zhejiang" is one place and what contains it
        values = values[:1]
    frame = m.frame
    if (
        line.lang == "en"
        and len(values) == 1
        and values[0] != frame.reporter
        and not is_subject(m, index, last)
    ):
        return last + 1
    if not m.fresh:
        frame = frame.reset(m.topic.frame)
        m.pending = []
    elif values[0] != frame.reporter and not m.explicit:
        frame = frame.reset(m.topic.frame)
    m.frame = replace(frame, reporter=values[0])
    if len(values) > 1:
        m.pending = [replace(frame, reporter=v) for v in values]
        m.spread = 0
    m.fresh, m.last = True, ""
    return last + 1


_SURPASSED = re.compile(r"(?:超越|超过|取代|仅次于|领先|反超|赶超|紧随|逆袭|居于)$")
_BEHIND = re.compile(r"\s?等?(?:\d+[省市国]|[^,。;]{0,2})?之[后前下]")


def surpassed(m: Machine, index: int, last: int) -> bool:
    """Chinese: True where places are only passed or followed: 超过欧盟成为…, 居四川、重庆之后."""
    line = m.line
    head = line.folded[max(0, line.tokens[index].start - 3) : line.tokens[index].start]
    return bool(_SURPASSED.search(head) and is_partner(m, index)) or bool(
        _BEHIND.match(line.folded, line.tokens[last].end)
    )


_DATELINE = re.compile(r"\s(?:--|-|\((?:Xinhua|Reuters|AFP|AP|Bernama|VNA)\))\s")
_AMOUNT_FOR = re.compile(r"\sfor (?:the whole of |all of |the whole )?$")


def told_for(m: Machine, index: int, reporter: str | None) -> bool:
    """English: "214.9 billion yuan for the whole of Henan": the amount is of the place behind it."""
    last = m.drafts[-1] if len(m.drafts) > m.opened else None
    before = m.line.tokens[index - 1] if index else None
    if last is None or last.measure != "value" or before is None or reporter in (None, last.frame.reporter):
        return False
    if last.token is not before and not (before.has("WHOLE") and last.token is m.line.tokens[index - 2]):
        return False
    last.frame = replace(last.frame.reset(m.topic.frame), reporter=reporter)
    return True


_WENT = re.compile(
    r"\b(?:went|go|goes|going|shipped|sent|sold|destined|headed) (?:to|for) (?:the )?$"
    r"|\b(?:came|come|comes|coming|originated|sourced) from (?:the )?$"
)


def went(m: Machine, index: int, partner: str) -> bool:
    """English: the partner told behind a share: "a third of Australia's exports went to China"."""
    line = m.line
    last = m.drafts[-1] if len(m.drafts) > m.opened else None
    if last is None or last.measure != "share" or last.frame.partner != "World":
        return False
    if not _WENT.search(
        line.folded[max(0, line.tokens[index].start - 28) : line.tokens[index].start].lower()
    ):
        return False
    last.frame, last.of = last.frame.put("partner", partner), {"partner": "World"}
    m.frame = m.frame.put("partner", partner)
    return True


def is_subject(m: Machine, index: int, last: int) -> bool:
    """English: True where a place is what the clause is about, not a word beside something else."""
    line = m.line
    if index <= 1 or line.chunk[index - 1] != line.chunk[index]:
        return True
    nxt = last + 1
    if nxt >= len(line.tokens) or len(line.gap(last)) > 24 or line.chunk[nxt] != line.chunk[last]:
        return bool(
            re.search(
                r"\b(?:of|in|for)\s(?:the\s(?:city|province|region)\sof\s)?$",
                line.folded[max(0, line.tokens[index].start - 26) : line.tokens[index].start].lower(),
            )
            and line.tokens[index - 1].has("FLOW")
        )
    return line.tokens[nxt].has(
        "FLOW", "RISE", "FALL", "TO", "SHARE", "PRODUCT", "ENTERPRISE", "REGIME", "CUSTOMS", "PERIOD"
    )


def whole_subject(m: Machine, index: int) -> None:
    """The place itself or the nation as the subject of what follows."""
    line = m.line
    value = line.tokens[index].kinds["WHOLE"]
    if (
        line.lang == "en"
        and line.text(index).lower() in ("as a whole", "overall")
        and index
        and line.tokens[index - 1].has("FLOW")
    ):
        # "Hunan's trade as a whole": not only that with the partner the article is about
        m.frame = m.frame.reset(Frame())
        return
    nxt = index + 1 if index + 1 < len(line.tokens) else None
    subject = nxt is not None and (
        line.tokens[nxt].has("FLOW", "RISE", "FALL")
        or line.axis(nxt) is not None
        or line.tokens[nxt].has("PERIOD")
    )
    if (
        value == "overall"
        and line.lang == "zh"
        and nxt is not None
        and line.tokens[nxt].has("FLOW")
        and not compared(m, index)
    ):
        # 转口与港产品出口合计的整体出口: all goods, by whatever regime
        m.frame = replace(m.frame, regime=m.topic.frame.regime, product=m.topic.frame.product)
    if (
        value == "nation"
        and subject
        and not compared(m, index)
        and not (line.lang == "zh" and in_whole(m, index))
    ):
        frame = m.frame.reset(m.topic.frame) if not m.fresh or not m.explicit else m.frame
        if line.lang == "zh" and index and line.gap(index - 1).endswith("("):
            m.aside = m.frame
        m.frame = replace(frame, reporter=m.topic.nation)
        m.fresh, m.last = True, ""
    elif value == "self" and not compared(m, index) and not (line.lang == "zh" and in_whole(m, index)):
        if not m.fresh and subject:
            m.frame = m.frame.reset(m.topic.frame)
            m.pending = []
            m.fresh = True
        if m.frame.reporter is None or (
            subject and m.line.text(index) not in ("该区", "园区", "区内", "the zone", "the park", "该园区")
        ):
            m.frame = replace(m.frame, reporter=own(m, index))


def own(m: Machine, index: int) -> str | None:
    """Return the reporter that "the city" or 全省 means here."""
    main = m.memory.main
    if m.line.lang == "zh" and m.line.text(index)[-1:] == "省" and m.topic.kind == "province":
        return m.topic.frame.reporter
    return main.reporter if main is not None and main.reporter and m.anaphor else m.topic.frame.reporter


def whose(m: Machine, index: int) -> None:
    """The place or nation before "whose" or "where" reports what follows: "of Zhejiang, where it was 5 bn"."""
    token = m.line.tokens[index]
    place = place_of(token)
    if token.kinds.get("WHOLE") == "nation" or m.line.text(index).lower() in ("as a whole", "the country"):
        m.frame = replace(m.frame, reporter=m.topic.nation)
    elif place is not None and place.reporter and not is_partner(m, index):
        m.frame = replace(m.frame, reporter=place.reporter)


def compared(m: Machine, index: int) -> bool:
    """Return whether the place or nation is only a standard of comparison."""
    head = m.line.folded[max(0, m.line.tokens[index].start - 20) : m.line.tokens[index].start]
    if m.line.lang == "zh":
        return bool(re.search(r"[占比较高低于快慢对跑赢领先居在列把将]\S{0,2}$", head))
    return bool(
        re.search(
            r"\b(?:than|of|above|below|with|in|to|by|for|outpac\w+|driving|drove|pull\w+|lift\w+|push\w+|boost\w+)\s(?:up\s|down\s)?(?:that of\s)?(?:the\s)?(?:average\s)?$",
            head,
        )
    )


def former(m: Machine, index: int) -> bool:
    """Recall the former, the latter or the first two of the list before."""
    which = str(m.line.tokens[index].kinds["FORMER"])
    items = m.pending if len(m.pending) > 1 else m.former or m.levels
    if len(m.levels) > 1 and len(items) < 2:
        items = m.levels
    if len(items) < 2:
        return False
    pick = {
        "former": items[:1], "first": items[:1], "latter": items[-1:], "last": items[-1:], "second": items[1:2], "third": items[2:3],
        "firsttwo": items[:2], "lasttwo": items[-2:],
    }[which]  # fmt: skip
    if not pick:
        return False
    m.former, m.recalled = items, True
    if m.flow_since and m.frame.flow:
        pick = [replace(f, flow=m.frame.flow) for f in pick]
    m.frame = pick[0]
    m.pending = list(pick) if len(pick) > 1 else []
    m.fresh, m.last, m.spread = True, "", 0
    return True
