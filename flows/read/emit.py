"""Puts a figure on record, and the arithmetic of periods that figures need."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from flows.read.draft import Draft
from flows.read.frame import Frame, replace
from flows.read.measure import Form
from flows.read.spans import is_base
from flows.read.tokens import Token, When
from flows.record import Period, Reason

if TYPE_CHECKING:
    from flows.read.clause import Machine


def default_flow(m: Machine, frame: Frame) -> str:
    """Return the flow in force, else what the article speaks of."""
    if frame.flow:
        return frame.flow
    if frame.product != "all":
        flow = m.memory.main.flow if m.memory.main else None
        return flow if flow in ("exports", "imports") else m.topic.frame.flow or "trade"
    return m.topic.frame.flow or "trade"


def average_span(m: Machine, period: Period | None) -> Period | None:
    """The years an average growth runs over: the plan spoken of, or from the base year to the period."""
    if period is None or (period.last - period.first).days > 400:
        return period
    plans = [1976 + 5 * int(str(t.kinds["PLAN"])[1:]) for t in m.line.tokens if t.has("PLAN")]
    if plans and plans[-1] + 4 == period.last.year:
        return Period.months(plans[-1], 1, period.last.year, 12)
    if m.plan is not None and m.plan.last.year <= period.last.year:
        return m.plan
    if m.base is not None and m.base.first.year < period.last.year:
        return Period(m.base.first, period.last)
    spoken = [when for t in m.line.tokens if isinstance(when := t.kinds.get("PERIOD"), When)]
    known = [w.year for w in spoken if w.kind == "year" and w.year is not None and w.year < period.last.year]
    return Period.months(min(known), 1, period.last.year, 12) if known else period


def earlier(m: Machine, period: Period | None, before: bool = False) -> Period | None:
    """The period that a rise "from" some level starts at: a month before where the text compares months."""
    if period is None:
        return None
    length = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if (
        (before or (m.drafts and m.drafts[-1].measure.endswith("_pop")))
        and period.whole_months
        and length < 12
    ):
        first, last = (divmod(d.year * 12 + d.month - 1 - length, 12) for d in (period.first, period.last))
        return Period.months(first[0], first[1] + 1, last[0], last[1] + 1)
    try:
        return Period(
            period.first.replace(year=period.first.year - 1), period.last.replace(year=period.last.year - 1)
        )
    except ValueError:
        return Period.months(
            period.first.year - 1, period.first.month, period.last.year - 1, period.last.month
        )


def relation(period: Period, base: Period) -> str:
    """Return yoy, pop or vs for a growth of one period on another."""
    months = (period.last.year - base.last.year) * 12 + period.last.month - base.last.month
    length = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if months == 12 or (months == 12 and length == 12):
        return "yoy"
    if base.last.year == period.last.year - 1 and (base.last.month - base.first.month) == 11:
        return "yoy"
    if months == length and length in (1, 3, 6):
        return "pop"
    return "vs"


def told_later(m: Machine, token: Token) -> Period | None:
    """Return the period that only comes behind a figure: "aims at one trillion yuan by 2027"."""
    for j, other in enumerate(m.line.tokens):
        if other.start > token.start and other.has("PERIOD") and not is_base(m, j):
            return m.resolve(j)
    return None


def add(
    m: Machine, token: Token, frame: Frame, name: str, unit: str, value: Decimal, step: Decimal, bound: str,
    of: dict[str, str], form: Form, counted: str | None = None,
) -> None:  # fmt: skip
    """Put one figure on record; without a period or a reporter it stays unresolved."""
    period = frame.period or m.topic.frame.period
    reporter = frame.reporter or m.topic.frame.reporter
    if period is None:
        period = told_later(m, token)
    if period is None or reporter is None:
        token.reason = Reason.UNRESOLVED
        return
    frame = replace(frame, period=period, reporter=reporter)
    stance = m.stance
    if stance == "reported" and m.published is not None and period.first > m.published:
        # what has not begun cannot have been counted
        stance = "target"
    if m.first_frame is None:
        m.first_frame = frame
    m.drafts.append(
        Draft(token, frame, name, unit, value, step, bound, of, counted, stance, form.rule, m.dated)
    )
