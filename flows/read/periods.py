"""Dates and periods as the text words them, and what they are once the year is known."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from flows.read.tokens import Token, When
from flows.read.when_en import english
from flows.read.when_zh import CROSS_YEAR, DAY, ISO, YEAR_SPAN, chinese
from flows.record import Period, Reason


def find(folded: str, lang: str, taken: bytearray) -> list[Token]:
    """Return the dates and periods of a text as tokens of kind PERIOD; ``taken`` spans are left alone."""
    found: list[tuple[int, int, When]] = []
    mine = bytearray(taken)
    if lang == "zh":
        for match in ISO.finditer(folded):
            found.append((*match.span(), When("date")))
        for match in YEAR_SPAN.finditer(folded):
            a, b = int(match.group(1)), int(match.group(2))
            if a < b:
                found.append((*match.span(), When("span", a, None, 1, 12, last_year=b)))
        for match in CROSS_YEAR.finditer(folded):
            a, b = int(match["a"] or 1), int(match["b"])
            if 1 <= a <= 12 and 1 <= b <= 12 and not any(mine[match.start() : match.end()]):
                last = int(match["y2"]) if match["y2"] else None
                rel = {"今": 0, "去": -1, "上": -1}.get(match["rel"] or "")
                found.append((*match.span(), When("cross", int(match["y"]), rel, a, b, last_year=last)))
        for start, end, _ in found:
            mine[start:end] = b"\1" * (end - start)
        found += [f for f in chinese(folded) if not any(mine[f[0] : f[1]])]
        for start, end, _ in found:
            mine[start:end] = b"\1" * (end - start)
        found += [
            (*m.span(), When("date")) for m in DAY.finditer(folded) if not any(mine[m.start() : m.end()])
        ]
    else:
        found = english(folded, mine)
    return [Token(s, e, {"PERIOD": w}, Reason.DATE) for s, e, w in sorted(found, key=lambda f: f[0])]


def resolve(
    when: When, published: dt.date | None, year: int | None, current: Period | None, fiscal: int | None = None
) -> Period | None:
    """Return the period meant, given the date of publication, a year in force and the period in force.

    A month or span without a year is the latest one that ended by the day of publication. ``fiscal`` is
    the month in which the reporter's fiscal year begins.
    """
    if when.kind == "same":
        return current
    if when.kind == "date":
        return None
    if when.kind == "month_rel" and published is not None:
        y, m = divmod(published.year * 12 + published.month - 1 + (when.rel or 0), 12)
        return Period.months(y, m + 1, y, m + 1)
    if when.kind == "days_rel" and published is not None and when.d2 is not None:
        y, m = divmod(published.year * 12 + published.month - 1 + (when.rel or 0), 12)
        day = min(when.d2, calendar.monthrange(y, m + 1)[1])
        return Period(dt.date(y, m + 1, 1), dt.date(y, m + 1, day))
    if when.kind == "fytd" and published is not None and when.m2 is not None:
        start = fiscal or 1
        ahead = (start - 1 + when.m2 - 1) // 12
        last = (start - 1 + when.m2 - 1) % 12 + 1
        y = _latest(published, last) - ahead
        since, first = divmod(start - 1 + (when.m1 or 1) - 1, 12)
        return Period.months(y + since, first + 1, y + ahead, last)
    if when.kind == "fyear" and when.year is not None and when.m1 is not None and when.m2 is not None:
        start = fiscal or 4
        if when.d1 is None:
            return Period.months(when.year, start, when.year + (start > 1), (start - 2) % 12 + 1)
        years = [when.year + (month < start) for month in (when.m1, when.m2)]
        return Period.months(years[0], when.m1, years[1], when.m2) if years[0] <= years[1] else None
    if when.kind == "month_of":
        return (
            Period.months(current.last.year, current.last.month, current.last.year, current.last.month)
            if current
            else None
        )
    target = when.year
    if target is None and when.rel is not None and published is not None:
        target = published.year + when.rel
    if when.kind == "ytd":
        if current is not None and target == current.last.year:
            return Period.months(target, 1, target, current.last.month)
        if published is None:
            return None
        y, m = divmod(published.year * 12 + published.month - 2, 12)
        return Period.months(y, 1, y, m + 1)
    if when.kind == "since" and target is not None and when.m1 is not None:
        until = current.last if current else published
        return Period(dt.date(target, when.m1, 1), until) if until else None
    if when.kind == "quarters":
        of = target or year or (current.last.year if current else None)
        return Period.months(of, 1, of, 12) if of else None
    if when.kind in ("full", "same_year"):
        target = (
            year
            or (current.last.year if current else None)
            or (_latest(published, 12) if published else None)
        )
        return Period.months(target, 1, target, 12) if target else None
    if when.kind == "year":
        return Period.months(target, 1, target, 12) if target else None
    if when.kind == "cross" and when.year is not None and when.m1 is not None and when.m2 is not None:
        end = when.last_year or (published.year + (when.rel or 0) if published else 0)
        ordered = (when.year, when.m1) <= (end, when.m2)
        return Period.months(when.year, when.m1, end, when.m2) if ordered else None
    if when.m1 is None or when.m2 is None:
        return None
    if (
        target is None
        and when.d1 is None
        and current is not None
        and current.whole_months
        and (
            (current.first.month, current.last.month) == (when.m1, when.m2)
            and current.first.year == current.last.year
        )
    ):
        # the months spoken of are those in force, whenever the article was published
        return current
    if (
        (when.m1, when.m2, when.d1, target) == (1, 6, None, None)
        and current is not None
        and fiscal is not None
        and (current.first.month, current.last.month) == (fiscal, (fiscal + 4) % 12 + 1)
    ):
        # "a record for the first half": the half of the fiscal year spoken of
        return current
    if target is None:
        target = year if year is not None else _latest(published, when.m2, when.d2) if published else None
    if target is None:
        return None
    last_year = when.last_year or target
    try:
        if when.d1 is not None and when.d2 is not None:
            last_day = min(when.d2, calendar.monthrange(last_year, when.m2)[1])
            return Period(dt.date(target, when.m1, when.d1), dt.date(last_year, when.m2, last_day))
        return Period.months(target, when.m1, last_year, when.m2)
    except ValueError:
        return None


def _latest(published: dt.date, month: int, day: int | None = None) -> int:
    """The year of the latest such month (or day of it) that was over by the day of publication."""
    over = month < published.month or (month == published.month and published.day >= (day or 25))
    return published.year if over else published.year - 1


# the words a base's period may stand behind; looked at first because few periods do
_BASE_LEADS = {
    "since", "early", "mid-", "late", "the", "of", "in", "a", "for", "surpassed", "than", "against", "with", "to",
    "versus", "vs", "vs.", "from", "on", "over", "above", "below", "during", "before",
}  # fmt: skip


def is_base(folded: str, start: int, end: int, lang: str) -> bool:
    """True where a period is only what something is compared with ("than in 2024", 比2024年)."""
    head = folded[max(0, start - 34) : start].lower()
    tail = folded[end : end + 8]
    if lang == "en" and head.endswith("over ") and YEAR_SPAN.match(folded, start):
        # "10.7 percent over 2021-2025": the years it ran over
        return False
    if lang == "en" and head[head.rstrip().rfind(" ") + 1 :].rstrip() not in _BASE_LEADS:
        return False
    if lang == "en" and re.search(
        r"\bsince\s(?:early\s|mid-|late\s|the\s)?$|same\s(?:\w+\s)?(?:period|months?|quarter|time|half|month)\s(?:of\s|in\s|a\s)?(?:the\s)?$|corresponding\s\w+\s(?:of|in)\s$",
        head,
    ):
        return True
    if lang == "zh":
        if re.search(
            r"(?:比|较|与|同|跟|相比于|相较|相对于|对比|高于|低于|快于|慢于|好于|优于|超过|超越|超|继)[\s\"]{0,2}$",
            head,
        ):
            return True
        if re.search(r"[从由自][\s\"]{0,2}$", head) and re.match(
            r"的(?:增长|下降|增|降)?[约近超]?\d", "的" * (folded[end - 1] == "的") + tail
        ):
            # 从2020年的32.2万亿元起步
            return True
        return bool(re.match(r"(?:的)?[\d.]+倍|以来|起|相比|同期相比|的基础上", tail))
    if head.endswith("with ") and "compar" in head:
        return True
    if re.search(
        r"(?:that for all of|that for|surpassed|than|than in|than that of|than (?:that|those) (?:in|for|of)|compared (?:with|to) the (?:decrease|increase|growth|decline|drop|rise|fall) (?:for|in|of|during|over)|than for|against|compared with|compared to|versus|vs|vs\.|relative to|below the level of|(?:their|its|the) level in|above the level of|level of|compared with that of|from that of|over that of|as against|comparison with|times the|compared with the|compared to the|than the|that of|than during|on the same months of|of a year before|higher than|lower than|relative to the|against the)\s+(?:the\s)?$",
        head,
    ):
        return True
    if re.search(
        r"(?:\d|percent|pct|%|cent|points?|times|fold|one-third|half|on[- ](?:month|quarter|year)|m/m|y/y|yoy|mom)\s?(?:\)|,)?\s*(?:from|on|over|above|below|since)\s+(?:the\s|that\sof\s|those\sof\s)?$",
        head,
    ):
        return True
    return bool(
        re.search(
            r"(?:billion|million|trillion|yuan|dollars?|euros?|won|yen|usd|rmb)\)?\s(?:from|versus)\s(?:the\s)?$|(?:rise|rose|up|down|growth|increase|increased|decrease|grew|fell|decline|growing|above|below|higher|lower|more|less|larger|better|jump|gain|drop|improvement|doubl(?:ed|ing|e)|tripl(?:ed|ing|e)|quadrupl(?:ed|ing)|larger|smaller|even)\s(?:from|on|over|than in|versus)\s+(?:the\s)?$",
            head,
        )
    )
