"""The whole of a share, and what a gap is a gap to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read import topic as topics
from flows.read.frame import DEFAULT, DETAILS, Frame, replace
from flows.read.line import NAME_KINDS, place_of
from flows.read.measure import ahead, back, near
from flows.read.spans import base_at, is_base
from flows.read.subjects import is_partner
from flows.record import Period

if TYPE_CHECKING:
    from flows.read.clause import Machine


def whole_words(m: Machine, index: int) -> list[int]:
    """The tokens that name the whole of a share: 占全市出口的84.7%, "84.7% of the city's exports"."""
    line = m.line
    if line.lang == "zh":
        share = next(
            (
                j
                for j in range(index - 1, -1, -1)
                if line.tokens[j].has("SHARE", "CONTRIB") and line.clause[j] == line.clause[index]
            ),
            None,
        )
        if share is None:
            return []
        if line.tokens[share].has("CONTRIB") or line.text(share) in (
            "比重",
            "份额",
            "占比",
            "比例",
            "的比重",
        ):
            opener = next(
                (
                    j
                    for j in range(share - 1, -1, -1)
                    if line.text(j) in ("占", "占到", "在", "对") and line.chunk[j] == line.chunk[share]
                ),
                None,
            )
            if opener is not None:
                return list(range(opener + 1, share))
            lead = line.folded[max(0, line.tokens[share].start - 14) : line.tokens[share].start]
            if (at := max(lead.rfind("占"), lead.rfind("对"), lead.rfind("在"))) >= 0:
                begin = max(0, line.tokens[share].start - 14) + at
                return [j for j in range(share) if line.tokens[j].start >= begin]
            if line.tokens[share].has("CONTRIB"):
                return list(range(share + 1, index))
            return []
        return list(range(share + 1, index))
    out = []
    tail = line.gap(index).lower()
    if " and " in tail or (
        not re.match(r"\s*(?:share\s)?(?:of|in|to)\b", tail)
        and not (
            index + 1 < len(line.tokens) and line.text(index + 1).lower().startswith(("of ", "share of"))
        )
    ):
        share = next((j for j in back(line, index) if line.tokens[j].has("SHARE")), None)
        if (
            share is not None
            and re.search(r"share", line.text(share).lower())
            and re.match(r"\s*(?:of|in)\b", line.gap(share).lower())
        ):
            return list(range(share + 1, index))
        return []
    for j in range(index + 1, len(line.tokens)):
        if line.chunk[j] != line.chunk[index] or line.quantity(j) is not None:
            break
        if line.tokens[j].has("RISE", "FALL", "TO") and not line.tokens[j].has("SHARE"):
            break
        if (
            re.search(r"\b(?:and|while|as|came|comes|was|were|in)\b", line.gap(j - 1).lower())
            and j > index + 1
        ):
            break
        out.append(j)
    return out


def whole(m: Machine, index: int, frame: Frame) -> tuple[Frame, dict[str, str]]:
    """Return the frame of the part and the fields in which the whole differs from it."""
    line = m.line
    words = whole_words(m, index)
    if m.of_several:
        # 在全市和全省占比分别为72.3%和63.5%: a share of each in turn
        words = [
            *m.of_several.get(index, []),
            *(j for j in words if not line.tokens[j].has("WHOLE", "PLACE")),
        ]
    of: dict[str, str] = {}
    part = frame
    own = set(frame.details())
    for j in words:
        token = line.tokens[j]
        m.done.add(j)
        place = place_of(token)
        if "WHOLE" in token.kinds and not token.has("PLACE"):
            value = token.kinds["WHOLE"]
            if value == "nation" and part.reporter != m.topic.nation:
                of["reporter"] = m.topic.nation
            elif value == "self" or value == "province":
                country = line.text(j).lower() in ("the country", "country")
                if country and part.reporter and part.reporter != m.topic.nation:
                    of["reporter"] = m.topic.nation
                elif part.reporter != m.topic.frame.reporter and m.topic.frame.reporter:
                    of["reporter"] = m.topic.frame.reporter
                elif (
                    line.text(j) in ("全省", "the province", "provincial")
                    and part.reporter
                    and topics.kinds().get(part.reporter) not in ("province", "autonomous region")
                ):
                    parent = province(part.reporter)
                    if parent and parent != part.reporter:
                        of["reporter"] = parent
        elif place is not None:
            if place.reporter and not (place.partner and (is_partner(m, j))):
                if place.reporter != part.reporter:
                    of["reporter"] = place.reporter
            elif place.partner and part.partner == DEFAULT["partner"]:
                part = part.put("partner", place.partner)
            elif place.partner and place.partner != part.partner:
                of["partner"] = place.partner
        elif token.has("FLOW"):
            value = str(token.kinds["FLOW"])
            if value in ("surplus", "deficit", "balance"):
                continue
            if part.flow is None or (part.flow != value and not m.flow_named):
                part = replace(part, flow=value)
                if not m.flow_named:
                    flow_told(m, value)
            elif part.flow != value:
                of["flow"] = value
        else:
            for kind, axis in NAME_KINDS.items():
                if kind in token.kinds:
                    value = str(token.kinds[kind])
                    if getattr(part, axis) == DEFAULT[axis]:
                        part = part.put(axis, value)
                    elif getattr(part, axis) != value:
                        of[axis] = value
    if "reporter" in of:
        of = {k: v for k, v in of.items() if k in ("reporter",)} if "flow" not in of else of
        return part, of
    if of and "flow" in of and own:
        of = {last_detail(frame): DEFAULT[last_detail(frame)], **of}
    if not of:
        axis = last_detail(frame)
        if axis and own:
            of = {axis: DEFAULT[axis]}
        elif part.reporter and part.reporter != m.topic.frame.reporter and m.topic.frame.reporter:
            of = {"reporter": m.topic.frame.reporter}
        elif part.flow in ("exports", "imports"):
            of = {"flow": "trade"}
        elif part.reporter:
            of = {"reporter": topics.parents().get(part.reporter, m.topic.nation)}
    return part, of


_PART = re.compile(r"是|为|由|来自|属")


def part_behind(m: Machine, index: int, frame: Frame) -> Frame:
    """Chinese: the part named behind its share: 近七成是机电产品, 73.4%的进口商品来自亚洲, 约64%的外贸由综保区完成."""
    line = m.line
    told = False
    at = index
    for j in ahead(line, index):
        told = told or bool(_PART.search(line.gap(j - 1)) or _PART.match(line.text(j)))
        token, place = line.tokens[j], place_of(line.tokens[j])
        if token.has("FLOW") and not told:
            if token.kinds["FLOW"] in ("exports", "imports", "trade"):
                frame = replace(frame, flow=str(token.kinds["FLOW"]))
        elif place is not None and told:
            if place.reporter and not is_partner(m, j):
                return replace(frame.reset(m.topic.frame), reporter=place.reporter)
            return frame.put("partner", place.partner or "") if place.partner else frame
        else:
            for kind, axis in NAME_KINDS.items():
                if kind in token.kinds and (told or (at == index and axis == "product")):
                    return frame.put(axis, str(token.kinds[kind]))
        at = j
    return frame


def flow_told(m: Machine, flow: str) -> None:
    """Give the figures of a sentence without a flow word the flow that a share in it is a share of.

    "Furniture, at 7.1 billion yuan, was 4.3% of exports": the amount is of exports, too.
    """
    for number in range(m.opened, len(m.drafts)):
        draft = m.drafts[number]
        if draft.frame.details() == m.frame.details() and draft.frame.flow != "balance":
            draft.frame = replace(draft.frame, flow=flow)
    m.frame = replace(m.frame, flow=flow)
    m.levels = [replace(f, flow=flow) if f.details() == m.frame.details() else f for f in m.levels]


def province(reporter: str) -> str | None:
    """Return the province or municipality that a place lies in."""
    kinds, parents = topics.kinds(), topics.parents()
    at: str | None = reporter
    for _ in range(4):
        at = parents.get(at or "")
        if at is None or kinds.get(at) in ("province", "autonomous region", "municipality"):
            return at
    return None


def last_detail(frame: Frame) -> str:
    """The field named last: the one whose whole an elliptical share means."""
    named = [a for a in frame.named if a in DETAILS and getattr(frame, a) != DEFAULT[a]]
    return named[-1] if named else (frame.details() or ("",))[-1]


def gap(m: Machine, index: int, frame: Frame) -> dict[str, str]:
    """What a growth gap is a gap to: a period, another place, or the whole."""
    line = m.line
    indices = [j for j in range(index - 1, -1, -1) if line.chunk[j] == line.chunk[index]] + ahead(line, index)
    for j in indices:
        token = line.tokens[j]
        base = token.kinds.get("BASEPERIOD")
        if base is None and token.has("PERIOD") and j > index and is_base(m, j):
            base = base_at(m, j)
        if isinstance(base, Period):
            return {"period": str(base)}
        other = token.kinds.get("FLOW")
        if (
            other in ("exports", "imports", "trade")
            and other != frame.flow
            and any(line.tokens[k].has("GAP") for k in range(max(0, j - 2), j))
        ):
            # "exports grew faster than imports by 9.6 points"
            return {"flow": str(other)}
        place = place_of(token)
        if "WHOLE" in token.kinds and token.kinds["WHOLE"] == "nation" and frame.reporter != m.topic.nation:
            return {"reporter": m.topic.nation}
        if place is not None and place.reporter and place.reporter != frame.reporter and not is_partner(m, j):
            return {"reporter": place.reporter}
        if (
            token.has("WHOLE")
            and line.text(j).lower() in ("全省", "the province", "provincial")
            and frame.reporter
            and not frame.details()
        ):
            parent = province(frame.reporter)
            if parent and parent != frame.reporter:
                return {"reporter": parent}
    detail = last_detail(frame)
    if detail:
        return {detail: DEFAULT[detail]}
    if frame.reporter and frame.reporter != m.topic.frame.reporter and m.topic.frame.reporter:
        return {"reporter": m.topic.frame.reporter}
    if frame.flow in ("exports", "imports") and near(line, indices, "WHOLE") is not None:
        return {"flow": "trade"}
    return {"reporter": topics.parents().get(frame.reporter or "", m.topic.nation)}
