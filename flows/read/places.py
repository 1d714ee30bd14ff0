"""What a list of places in a sentence does: names partners, says who reports, or is only compared with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read import topic as topics
from flows.read.frame import replace
from flows.read.line import place_of
from flows.read.nouns import followed, put
from flows.read.subjects import is_partner, within

if TYPE_CHECKING:
    from flows.read.clause import Machine


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
        and within(m.frame.reporter, place.reporter)
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
        and within(inner.reporter, place.reporter)
    ):
        return last + 1
    head = line.folded[max(0, token.start - 24) : token.start].lower()
    ranked = line.quantity(index - 1) if index else None
    if (
        line.lang == "en"
        and ranked is not None
        and ranked.cls == "rank"
        and m.frame.reporter
        and within(m.frame.reporter, place.reporter)
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
        and within(m.frame.reporter, place.reporter)
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
