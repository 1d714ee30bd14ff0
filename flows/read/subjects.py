"""Who a sentence is about: partner or reporter, the place itself, the nation, the former and the latter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read import topic as topics
from flows.read.frame import Frame, replace
from flows.read.line import place_of

if TYPE_CHECKING:
    from flows.read.clause import Machine


_APART = ("Hong Kong", "Macao", "Taiwan")


def within(inner: str, outer: str | None) -> bool:
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
