"""Periods, measures and wholes in words, in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from flows.report.words import Both, Names, joined

__all__ = ["MONTHS", "Span", "measure", "of_cell", "period"]

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Span(NamedTuple):
    """One row of dim_period, as far as the site needs it."""

    period: str
    kind: str
    year: int
    month_from: int
    month_to: int
    months: int
    year_before: str | None
    ytd_before: str | None

    @property
    def to_date(self) -> bool:
        """True for January to some month of one year."""
        return self.month_from == 1 and self.months == self.month_to

    @property
    def order(self) -> tuple[int, int, int]:
        """Sort key: by end, then the longer last."""
        return (self.year, self.month_to or 0, self.months or 0)


def period(span: Span) -> Both:
    """Return a period as people say it: 2025, H1 2025, Jan-Nov 2025, 2025年1—11月."""
    year, a, b = span.year, span.month_from, span.month_to
    if span.kind == "year":
        return Both(str(year), f"{year}年")
    if span.kind == "half":
        return Both(f"H{1 if a == 1 else 2} {year}", f"{year}年{'上' if a == 1 else '下'}半年")
    if span.kind == "quarter":
        q = (a + 2) // 3
        return Both(f"Q{q} {year}", f"{year}年{'一二三四'[q - 1]}季度")
    if span.kind == "month":
        return Both(f"{MONTHS[a - 1]} {year}", f"{year}年{a}月")
    if span.kind == "ytd":
        return Both(f"Jan–{MONTHS[b - 1]} {year}", f"{year}年1—{b}月")
    first, _, last = span.period.partition("/")
    if len(first) == 7 and first[:4] == last[:4]:
        return Both(f"{MONTHS[a - 1]}–{MONTHS[b - 1]} {year}", f"{year}年{a}—{b}月")
    if first.endswith("-01") and last.endswith("-12") and len(first) == 7:
        return Both(f"{first[:4]}–{last[:4]}", f"{first[:4]}—{last[:4]}年")
    return Both(f"{first} – {last}", f"{first}至{last}")


_SUBJECTS = {
    "value": ("value", "金额"),
    "quantity": ("quantity", "数量"),
    "price": ("price", "价格"),
    "count": ("number", "个数"),
}
_FORMS = {
    "yoy": ("{} growth on a year before", "{}同比"),
    "pop": ("{} growth on the period before", "{}环比"),
    "cagr": ("average annual {} growth", "{}年均增长"),
    "vs": ("{} growth against a base", "{}较基期增长"),
    "change": ("{} change on a year before", "{}同比增减"),
}
_ALONE = {
    "share": ("share", "占比"),
    "share_change": ("change of share", "占比变化"),
    "growth_gap": ("growth gap", "增速差"),
    "contribution": ("contribution to growth", "对增长的贡献"),
    "rank": ("rank", "位次"),
    "streak": ("streak", "连续期数"),
}


def measure(name: str, counted: Both | None = None) -> Both:
    """Return a measure in words: value growth on a year before, 金额同比."""
    if name in _ALONE:
        return Both(*_ALONE[name])
    subject, _, form = name.partition("_")
    words = Both(*_SUBJECTS.get(subject, (subject, subject)))
    if counted:
        words = Both(f"number of {counted.en}", f"{counted.zh}数")
    if not form:
        return words
    en, zh = _FORMS.get(form, ("{} " + form, "{}" + form))
    plain = Both("", "") if subject == "value" else words
    return Both(" ".join(en.format(plain.en).split()), zh.format(plain.zh))


def of_cell(text: str | None, names: Names, spans: Mapping[str, Span]) -> Both | None:
    """Return the whole that a share, rank or gap is of, in words; None where there is none."""
    if not text:
        return None
    wholes = {
        "World": ("all partners", "全部伙伴"), "all": ("the whole", "总体"),
    }  # fmt: skip
    parts = []
    for field, name in json.loads(text).items():
        if name in wholes:
            parts.append(Both(*wholes[name]))
        elif field == "period":
            parts.append(period(spans[name]) if name in spans else Both(name, name))
        else:
            parts.append(names("area" if field in ("reporter", "partner") else field, name))
    return joined(parts, " / ", "、")
