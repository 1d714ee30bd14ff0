"""A noun phrase in the making: names join the frame, replace each other, or begin a new phrase."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read.frame import DEFAULT, Frame, replace

if TYPE_CHECKING:
    from flows.read.clause import Machine


_AND = re.compile(r",?\sand\s")
_CONVERTED = re.compile(r"\s?\((?:about\s|around\s|approximately\s|some\s|or\s|nearly\s|roughly\s)?")


def explains(m: Machine, index: int, last: int) -> bool:
    """True for the names in brackets that say what a group is: "new three" (A, B and C)."""
    line = m.line
    if index == 0 or line.axis(index) != line.axis(index - 1):
        return False
    gap, tail = line.gap(index - 1), line.folded[line.tokens[last].end : line.tokens[last].end + 3]
    return "(" in gap and ")" in tail


def followed(m: Machine, index: int, last: int, axis: str, values: list[str]) -> bool:
    """English: a name after a figure ("2 tonnes of tea", "3% to Japan,") belongs to that figure."""
    line = m.line
    before = index - 1
    while (
        before >= 0
        and (
            line.tokens[before].has(
                "TO", "BASE", "CONNECT", "OFWHICH", "ANAPHOR", "WORTH", "HEDGE", "WHOLE", "CONSEC"
            )
            or before in m.attached
        )
        and line.quantity(before) is None
        and line.chunk[before] == line.chunk[index]
    ):
        before -= 1
    q = line.quantity(before) if before >= 0 else None
    if q is None or line.tokens[before].reason or not m.drafts:
        return False
    converted = line.folded[line.tokens[before].end : line.tokens[index].start].startswith(") ")
    if line.chunk[before] != line.chunk[index] and not converted:
        return False
    if m.drafts[-1].token is not line.tokens[before] or len(values) > 1:
        return False
    nearest = max((k for k in m.attached if before < k < index), default=before)
    between = line.folded[line.tokens[nearest].end : line.tokens[index].start].lower()
    if not re.search(
        r"\b(?:of|worth of|to|with|from|in|into|for|by|on|through|via)\s+(?:the\s|its\s|other\s|all\s|which\s)?(?:member(?:s|\s(?:countries|states|nations))\sof\s(?:the\s)?)?$",
        between,
    ) or re.search(r",|\band\b|;", between):
        return False
    made_of = re.search(r"\bof\s+(?:the\s)?$", between) and q.cls in ("qty", "money") and axis == "product"
    # a verb or figure right behind the name makes it the subject of what follows
    nxt = last + 1
    if nxt < len(line.tokens) and line.chunk[nxt] == line.chunk[last] and not made_of:
        token = line.tokens[nxt]
        if (token.has("RISE", "FALL", "TO", "SHARE") and not token.has("BASE")) or (
            line.quantity(nxt) is not None and not token.reason and not _AND.fullmatch(line.gap(last))
        ):
            return False
    draft = m.drafts[-1]
    if axis == "product" and draft.measure not in ("quantity", "value", "price", "value_yoy", "quantity_yoy"):
        return False
    if (
        getattr(draft.frame, axis) != DEFAULT[axis]
        and axis in draft.frame.named
        and axis in m.explicit
        and not made_of
        and not m.nested
        and not re.fullmatch(r"\s(?:for|by)\s(?:the\s)?", between)
    ):
        return False
    if len(m.drafts) - m.opened > 1 and _CONVERTED.fullmatch(
        line.folded[m.drafts[-2].token.end : draft.token.start]
    ):
        # "1.23 trillion yuan ($175.71 billion) with ASEAN": one amount in two currencies
        m.drafts[-2].frame = m.drafts[-2].frame.put(axis, values[0])
    draft.frame = draft.frame.put(axis, values[0])
    m.frame = m.frame.put(axis, values[0])
    m.attached.update(range(index, last + 1))
    if m.levels:
        m.levels[-1] = draft.frame
    return True


def put(m: Machine, axis: str, values: list[str]) -> None:
    """Put names into the frame; a new noun phrase drops the details of the one before."""
    frame = m.frame
    if not m.fresh and not m.nested:
        frame = renew(m, frame, axis)
    elif not m.fresh and m.nested:
        frame = replace(frame, named=frame.named)
    if len(values) > 1 or m.fresh is False:
        m.pending = []
    if m.fresh and len(m.pending) > 1 and len(values) == 1:
        # a list is being built: "对东盟、欧盟出口手机"
        m.pending = [f.put(axis, values[0]) for f in m.pending]
        m.frame = frame.put(axis, values[0])
        m.last = ""
        return
    m.frame = frame.put(axis, values[-1] if len(values) == 1 else values[0])
    if len(values) > 1:
        m.pending = [frame.put(axis, v) for v in values]
        m.spread = 0
    else:
        m.pending = []
    m.fresh, m.last = True, ""
    m.explicit.add(axis)


def renew(m: Machine, frame: Frame, axis: str) -> Frame:
    """Begin a new noun phrase: same field replaces, another field starts afresh."""
    if axis in frame.named and axis in frame.details():
        keep = tuple(a for a in frame.named if a != axis and a in frame.details())
        return frame.reset(m.topic.frame, keep=keep)
    fresh = frame.reset(m.topic.frame)
    return (
        replace(fresh, flow=m.topic.frame.flow)
        if axis in ("regime", "enterprise") and m.line.lang == "en"
        else fresh
    )
