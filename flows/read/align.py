"""Aligns lists of names and quantities by position; what does not fit stays unresolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read.frame import DETAILS, Frame, replace
from flows.read.line import NAME_KINDS, place_of
from flows.read.measure import Form, back, near
from flows.read.subjects import is_partner
from flows.read.tokens import Quantity

if TYPE_CHECKING:
    from flows.read.clause import Machine


def align(m: Machine, index: int, items: list[int], q: Quantity, form: Form) -> list[list[Frame]] | None:
    """Return for each quantity of the list the frames it is of; None where the lists do not fit."""
    count, pending = len(items), m.pending
    m.subjects = []
    resp = m.line.respective
    if len(pending) > 1:
        if count == len(pending):
            return [[f] for f in pending]
        if count == 1:
            return one_of(m, index, q, pending, resp, form)
        if len(m.levels) >= count and not resp:
            return by_levels(m, count, form)
        return None
    if count == 1:
        return [[m.frame]]
    if resp and (behind := told_behind(m, items)) is not None:
        return behind
    if count == 2 and m.pair and resp:
        return [[replace(m.frame, flow=f"{flow}s")] for flow in m.pair]
    if len(m.levels) >= count:
        return by_levels(m, count, form)
    for former in (m.former, m.memory.levels):
        if len(former) == count:
            return [[with_flow(m, f)] for f in former]
    if m.line.lang == "en" and _SAME_ONES.search(
        m.line.folded[m.line.tokens[0].start : m.line.tokens[index].start].lower()
    ):
        axis = next(
            (a for a in ("partner", "product") if len({getattr(f, a) for f in m.memory.spoken}) == count),
            None,
        )
        if axis is not None:
            values = list(dict.fromkeys(str(getattr(f, axis)) for f in m.memory.spoken))
            flow = m.frame.flow if m.flow_named else m.memory.spoken[0].flow
            base = replace(m.frame, flow=flow)
            return [[base.put(axis, value)] for value in values]
    if count == 2 and m.frame.flow in (None, "trade") and len(m.levels) < 2 and form.measure == "level":
        return None
    if m.levels and len(set(m.levels)) == 1 and count == 2 and form.measure == "growth":
        return None
    return None


def told_behind(m: Machine, items: list[int]) -> list[list[Frame]] | None:
    """English: "increases of 10.8 and 29.4 percent, respectively, in trade with South Korea and the EU"."""
    line = m.line
    if line.lang != "en":
        return None
    stop = next((k for k in range(items[-1] + 1, len(line.tokens)) if line.quantity(k) is not None), None)
    ahead = range(items[-1] + 1, len(line.tokens) if stop is None else stop)
    flow: str | None = None
    for k in ahead:
        axis = line.axis(k)
        if axis == "flow":
            flow = str(line.tokens[k].kinds["FLOW"])
        members = line.names(k) if axis not in (None, "flow") else []
        if members and len(members) == len(items) and _LED.search(line.head(k)):
            if axis == "place":
                found = [p.partner for j in members if (p := place_of(line.tokens[j])) and is_partner(m, j)]
                axis = "partner"
            else:
                kind = next(kind for kind, name in NAME_KINDS.items() if name == axis)
                found = [str(line.tokens[j].kinds[kind]) for j in members]
            if len(found) == len(items):
                base = replace(m.frame.reset(m.topic.frame), flow=flow or m.frame.flow)
                return [[base.put(str(axis), str(name))] for name in found]
        if members:
            return None
    return None


_LED = re.compile(r"\b(?:in|with|to|from|for|of|by)\s(?:the\s)?$")


# "The three grew 14.8, 5.3 and 7.6 percent", "purchases from the same three"
_SAME_ONES = re.compile(
    r"\b(?:the|these|those|all)\s(?:same\s)?(?:two|three|four|five|six|figures|amounts|volumes|values|numbers)\b|\bthey\b"
)


def by_levels(m: Machine, count: int, form: Form) -> list[list[Frame]]:
    """Rates go by position to the levels just read: "A 3 tonnes, worth 2 bn, up 5% and 4% respectively"."""
    if form.measure == "growth":
        m.subjects = m.level_subjects[-count:]
    return [[f] for f in m.levels[-count:]]


def with_flow(m: Machine, frame: Frame) -> Frame:
    """Return a frame of an earlier list with the flow that this sentence names."""
    return replace(frame, flow=m.frame.flow) if m.flow_named and m.frame.flow else frame


def one_of(
    m: Machine, index: int, q: Quantity, pending: list[Frame], resp: bool, form: Form
) -> list[list[Frame]] | None:
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
    axis = next(
        (a for a in (*DETAILS, "reporter", "flow") if len({getattr(f, a) for f in pending}) > 1), None
    )
    if axis == "flow" and {f.flow for f in pending} == {"exports", "imports"} and len(pending) == 2:
        # "imports and exports rose 5%" is the sum of both
        m.frame, m.pending = replace(pending[0], flow="trade"), []
        return [[m.frame]]
    if axis == "flow" or (axis == "reporter" and form.measure == "growth" and not m.levels):
        return [list(pending)]
    if axis is None:
        return [[pending[0]]]
    joint = ", ".join(str(getattr(f, axis)) for f in pending)
    return [[replace(pending[0], **{axis: joint})]]
