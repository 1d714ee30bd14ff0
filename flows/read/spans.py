"""Which period a clause speaks of, and which figures a period behind them dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.read import periods
from flows.read.frame import replace
from flows.read.tokens import When
from flows.record import Period, Reason

if TYPE_CHECKING:
    from flows.read.clause import Machine

_ASIDE = re.compile(
    r"\b(?:from|after|against|versus|vs|compared (?:with|to)|compared the \w+ of|following|up on|reversing|revised|than|(?:cent|percent|%) over|whereas|it (?:was|had been)|previous|record of)\b[^,;]*$"
)


_SINCE = re.compile(r"(?:^|[.\n]\s?)since\s[^,.;\d]*\sin\s$")
# "passed 2 billion yuan in a single month for the first time in November": only that
_ONCE = re.compile(r"\bfor the (?:first|second|third) time\b|\bin a single (?:month|quarter|year)\b")
_CAUSE = re.compile(r"\b(?:due to|because of|caused by|thanks to|on the back of|owing to|as a result of)\b")
_AND = re.compile(r"\s*(?:、|和|与|及|,|and|, and)\s*(?:the\s|in\s)?")


_SAME_ZH = re.compile(r"年?同期|年?同月")
_SAME_EN = re.compile(r"\bsame (?:\w+ )?(?:period|months?|time|half|quarter|span) (?:of|in) (?:the )?$")


# 由上半年的下降2.1%转为…, 高于4月的1.5%: the rate is the base's own
_OWN_RATE = re.compile(r"(?:录得)?的?(?:增长|下降|增|降)?[约近超]?[\d.]+%")


def base_at(m: Machine, index: int) -> Period | None:
    """Return the period that the base at ``index`` means."""
    period = m.resolve(index)
    return None if period is None else same_months(m, index, period)


def same_months(m: Machine, index: int, base: Period) -> Period:
    """Return the months in force, in the year of the base: 2019年同期, "the same period of 2019"."""
    line, token, now = m.line, m.line.tokens[index], m.frame.period
    same = (
        _SAME_ZH.match(line.folded, token.end)
        if line.lang == "zh"
        else _SAME_EN.search(line.folded[max(0, token.start - 30) : token.start].lower())
    )
    if not same or now is None or not now.whole_months or not base.whole_months:
        return base
    if (base.last - base.first).days < 360 or (base.last - base.first).days > 366:
        return base
    for years in range(30):
        # a base year may be a fiscal one: the months in force, so many years before, that lie in it
        back = Period.months(now.first.year - years, now.first.month, now.last.year - years, now.last.month)
        if base.first <= back.first and back.last <= base.last:
            return back
    return base


def is_base(m: Machine, index: int) -> bool:
    """Return whether the period at ``index`` is only compared with."""
    return periods.is_base(m.line.folded, m.line.tokens[index].start, m.line.tokens[index].end, m.line.lang)


def period(m: Machine, index: int) -> None:
    """Put a period into force, or keep it as the base of a comparison."""
    line, token = m.line, m.line.tokens[index]
    when = token.kinds["PERIOD"]
    assert isinstance(when, When)
    if when.kind == "date" or (when.kind == "same" and line.lang == "en" and len(m.drafts) > m.opened):
        return
    period = periods.resolve(
        when, m.published, m.year, m.frame.period or m.topic.frame.period, m.topic.fiscal
    )
    if when.kind == "same" and index == 0 and m.began_paragraph and m.memory.frame.period is not None:
        period = m.memory.frame.period
    if period is None:
        return
    if (
        when.kind == "ytd"
        and line.lang == "zh"
        and m.dated
        and m.frame.period
        and m.frame.period.first.month == 1
    ):
        # 截至8月15日，今年以来: said twice
        return
    if token.reason is Reason.ORDINAL and not (line.lang == "zh" and is_base(m, index)):
        m.plan = period
    if when.kind == "year" and line.lang == "zh":
        period = same_months(m, index, period)
    if (
        when.kind == "year"
        and when.rel == 0
        and m.published
        and period.last > m.published
        and m.frame.period
        and m.frame.period.last.year == period.last.year
        and m.stance == "reported"
        and not (line.lang == "zh" and any(t.has("STANCE") for t in line.tokens[index + 1 : index + 3]))
    ):
        return
    if is_base(m, index):
        period = same_months(m, index, period)
        token.kinds["BASEPERIOD"] = period
        if line.lang == "en" or not _OWN_RATE.match(line.folded, token.end):
            m.base = period
        return
    if line.lang == "zh" and re.match(r"(?:的)?(?:第|届)", line.folded[token.end : token.end + 2]):
        return
    if when.year is not None or when.rel is not None:
        m.year = period.last.year
    if when.kind == "year" and index + 1 < len(line.tokens):
        # "2025年...前三季度": the longer word decides
        nxt = line.tokens[index + 1].kinds.get("PERIOD")
        if (
            isinstance(nxt, When)
            and nxt.kind == "span"
            and nxt.year is None
            and line.gap(index).strip() in ("", ",", "的")
        ):
            return
    if (
        when.kind == "since"
        and line.lang == "en"
        and len(m.drafts) > m.opened
        and m.drafts[-1].measure == "streak"
    ):
        return
    told = m.frame.period or m.topic.frame.period
    if (
        line.lang == "en"
        and told is not None
        and period.last < told.last
        and _SINCE.search(line.head(index, 60))
    ):
        # "Since the first train ran in September 2017, ..." runs on until where the article stands
        period = Period(period.first, told.last)
    if trails(m, index, period):
        return
    m.dated = True
    if (period.last - period.first).days > 700:
        m.years = period
    if line.lang == "zh" or period != m.frame.period:
        m.basis = ""
    if when.kind == "quarters":
        m.pending = [
            replace(m.frame, period=Period.months(period.first.year, q, period.first.year, q + 2))
            for q in (1, 4, 7, 10)
        ]
        m.frame, m.spread = m.pending[0], 0
        return
    joined = index > 0 and line.tokens[index - 1].has("PERIOD") and _AND.fullmatch(line.gap(index - 1))
    if joined and m.frame.period is not None and m.frame.period != period:
        # "一季度、二季度分别…", "in May and June": a list over periods
        before = m.pending if len(m.pending) > 1 else [m.frame]
        m.pending = [*before, replace(m.frame, period=period)]
        m.frame, m.spread = replace(m.frame, period=period), 0
        return
    m.frame, m.period_at = replace(m.frame, period=period), index
    m.pending = [replace(f, period=period) for f in m.pending]


def trails(m: Machine, index: int, period: Period) -> bool:
    """English puts a period behind the figures it is about: give it to those just read."""
    line = m.line
    if line.lang != "en":
        return False
    mine = m.drafts[m.opened :]
    before = max(
        (line.tokens[j].end for j in range(index) if line.tokens[j].has("PERIOD")),
        default=line.tokens[0].start,
    )
    starts = index == 0 or line.chunk[index - 1] != line.chunk[index]
    more = any(
        line.quantity(k) is not None and not line.tokens[k].reason for k in range(index + 1, len(line.tokens))
    )
    if not mine or (
        starts
        and more
        and not re.match(
            r"\s*(?:[,;(]\s*$|,\s*(?:up|down|an?|or|rising|falling|represent|which|with|while|year)\b)",
            line.gap(index),
        )
    ):
        return False
    if _CAUSE.search(line.folded[mine[-1].token.end : line.tokens[index].start].lower()):
        # "... to $70.8bn due to strikes in the second half": the strikes are dated, not the figures
        return True
    clause_start = max(
        (line.tokens[j].start for j in range(index) if line.clause[j] != line.clause[index]), default=-1
    )
    first = True
    last = mine[-1]
    lead = line.folded[max(0, last.token.start - 60) : last.token.start].lower()
    once = _ONCE.search(line.folded[last.token.end : line.tokens[index].start].lower())
    if once or (
        line.chunk[index] == next((line.chunk[j] for j, t in enumerate(line.tokens) if t is last.token), -1)
        and _ASIDE.search(lead)
    ):
        last.frame, last.dated = replace(last.frame, period=period), True
        return True
    for draft in reversed(mine):
        place = draft.token.start
        if place < before and (draft.dated or not first):
            break
        if place <= clause_start:
            break
        if draft.dated and place < before:
            break
        here = next((line.chunk[j] for j, t in enumerate(line.tokens) if t is draft.token), -1)
        if here == line.chunk[index] or (not draft.dated and draft.measure not in ("rank", "streak")):
            draft.frame = replace(draft.frame, period=period)
            draft.dated = True
        first = False
    m.levels = [replace(f, period=period) if n == len(m.levels) - 1 else f for n, f in enumerate(m.levels)]
    return False
