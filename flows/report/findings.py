"""What is shown of one finding: the sentences on both sides, and the arithmetic written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from flows.load.query import sentence_span
from flows.report.facts import Warehouse, chunks
from flows.report.terms import measure, of_cell
from flows.report.words import Both, amount, interval, t

__all__ = ["Finding", "Statement", "of_check", "of_conflict", "of_revision", "statements"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure as stated, with its sentence."""

    figure_id: str
    href: str | None
    cell: Both
    measure: Both
    of: Both | None
    value: Both
    interval: Both
    quote: str
    printed: str
    voice: str
    published: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Two sides that do not meet: what was compared, the arithmetic, and the sentences."""

    id: str
    rule: str
    title: Both
    subject: str | Both
    arithmetic: Both
    statements: Sequence[Statement]
    verdict: str = ""


def statements(house: Warehouse, lists: Mapping[str, list[dict[str, Any]]]) -> dict[str, Statement]:
    """Return every figure that the rows speak of, as stated."""
    ids: set[str] = set()
    for some in lists.values():
        for row in some:
            ids.update(row.get("figure_ids") or row.get("implied_by") or ())
            ids.update(
                str(row[k])
                for k in ("low_figure_id", "high_figure_id", "published_figure_id", "figure_id")
                if row.get(k)
            )
    out = {}
    rows = house.dicts("site_statements", [sorted(ids)])
    # what is held back is no fact and has no sentence there
    held = sorted({f["article_id"] for f in rows if not f["quote"]})
    texts = {k: v for part in chunks(held, 500) for k, v in house.rows("site_texts", [list(part)])}
    for f in rows:
        number = f["value"] is not None
        text = (
            amount(
                f["value"], f["unit"], f["measure"], bound=f["bound"], step=f["step"], lo=f["lo"], hi=f["hi"]
            )
            if number
            else Both(f["printed"], f["printed"])
        )
        counted = house.names("counted", f["counted"]) if f["counted"] else None
        out[f["figure_id"]] = Statement(
            f["figure_id"],
            house.source(f["figure_id"]),
            house.names.cell(SimpleNamespace(**f), period_label=house.period(f["period"])),
            measure(f["measure"], counted),
            of_cell(f["of_cell"], house.names, house.spans),
            text,
            interval(f["lo"], f["hi"], f["unit"]) if number else Both("", ""),
            f["quote"] or _sentence(texts[f["article_id"]], f["start"], f["end"]),
            f["printed"],
            f["publisher"] or f["name"] or f["article_id"],
            f["published"].isoformat() if f["published"] else "",
        )
    return out


def _sentence(text: str, start: int, end: int) -> str:
    first, last = sentence_span(text, start, end)
    return text[first:last].strip()


# How a side comes out of its figures, which the checks name in this order; "+" adds all of them.
_RIGHT = {
    "V23": "{1} + {2}",
    "V24": "{1} − {2}",
    "V29": "{1} − {1} ÷ (1 + {2})",
    "V32": "{1} ÷ {2}",
    "V41": "{1} − {2}",
}
_LEFT = {"V27": "{0} ÷ (1 + {1})", "V35": "+", "V37": "+", "V39": "{0} − {1}"}


def _written(forms: Mapping[str, str], rule: str, found: Sequence[Statement]) -> Both:
    """Return the sum that a side is, in figures and with an equals sign; nothing where it is as stated."""
    form = forms.get(rule)
    if not form or (form != "+" and len(found) != 3):
        return t("")
    parts = [s.value for s in found]
    if form == "+":
        form = " + ".join(f"{{{n}}}" for n in range(len(parts)))
    en, zh = (
        form.format(*(word.lstrip("+") for word in words))
        for words in zip(*((p.en, p.zh) for p in parts), strict=True)
    )
    return Both(f"{en} = ", f"{zh} = ")


def of_check(check: Mapping[str, Any], said: Mapping[str, Statement], titles: Mapping[str, Both]) -> Finding:
    """Return a check whose two sides differ."""
    left, right = _side(check["lhs_lo"], check["lhs_hi"]), _side(check["rhs_lo"], check["rhs_hi"])
    miss = _miss(check["lhs_lo"], check["lhs_hi"], check["rhs_lo"], check["rhs_hi"], check["relation"])
    gap = _side(miss, miss)
    found = [said[f] for f in check["figure_ids"] if f in said]
    if len(found) == len(check["figure_ids"]):
        left = _written(_LEFT, check["rule"], found) + left
        if check["relation"] == "=":
            right = _written(_RIGHT, check["rule"], found) + right
    if check["relation"] == "=":
        words = Both(
            f"stated {left.en}, should be {right.en}: they miss by {gap.en}",
            f"原文 {left.zh}，应为 {right.zh}：相差 {gap.zh}",
        )
    else:
        right = _side(check["rhs_hi"], check["rhs_hi"])
        words = Both(
            f"stated {left.en}, should be at most {right.en}: it is {gap.en} above",
            f"原文 {left.zh}，应不高于 {right.zh}：超出 {gap.zh}",
        )
    subject: str | Both = check["subject"] or ""
    if found:
        what = found[0].measure
        subject = Both(f"{found[0].cell.en}: {what.en}", f"{found[0].cell.zh}：{what.zh}")
    title = titles.get(check["rule"], t(""))
    return Finding(f"c-{check['check_id']}", check["rule"], title, subject, words, found[:6])


def _miss(a: Decimal, b: Decimal, c: Decimal, d: Decimal, relation: str) -> Decimal:
    return max(a - d, c - b, Decimal(0)) if relation == "=" else max(a - d, Decimal(0))


def _side(lo: Decimal, hi: Decimal) -> Both:
    """Return one side of a comparison: a number, or an interval, in a readable scale."""
    size = max(abs(lo), abs(hi))
    out = []
    for scales in (
        ((10**12, 12, " trillion"), (10**9, 9, " billion"), (10**6, 6, " million")),
        ((10**12, 12, "万亿"), (10**8, 8, "亿"), (10**4, 4, "万")),
    ):
        exponent, word = next(((e, w) for at, e, w in scales if size >= at and size >= 10**6), (0, ""))
        comma = "," if " " in word else ""
        # as many digits as tell the ends apart
        for digits in (3, 4, 5, 6):
            ends = [f"{v.scaleb(-exponent):{comma}.{digits}f}".replace("-", "−") for v in (lo, hi)]
            if lo == hi or ends[0] != ends[1]:
                break
        ends = [end.rstrip("0").rstrip(".") for end in ends]
        out.append((ends[0] if ends[0] == ends[1] else f"[{ends[0]}, {ends[1]}]") + word)
    return Both(*out)


def of_conflict(house: Warehouse, c: Mapping[str, Any], said: Mapping[str, Statement]) -> Finding:
    """Return one number on which statements disagree."""
    low, high = said.get(c["low_figure_id"]), said.get(c["high_figure_id"])
    unit = {"percent": "pp", "rank": "places"}.get(c["unit"], c["unit"])
    near = Decimal("0.005") * c["gap"]
    whole = unit in ("places", "months", "quarters", "years", "count")
    # whole numbers that are neighbours leave no gap between their intervals, and are 1 apart
    apart, step = (c["gap"] + 1, Decimal(1)) if whole else (c["gap"], None)
    gap = amount(apart, unit, step=step, lo=apart - near, hi=apart + near)
    words = t("")
    if low and high:
        a, b = (s.interval if s.interval.en else s.value for s in (low, high))
        words = Both(
            f"{a.en} and {b.en} have no number in common: {gap.en} apart",
            f"{a.zh} 与 {b.zh} 无交集：相差 {gap.zh}",
        )
    shown = [s for s in (low, high) if s]
    what = measure(c["measure"])
    cell = house.names.cell(SimpleNamespace(**c), period_label=house.period(c["period"]))
    subject = Both(f"{cell.en}: {what.en}", f"{cell.zh}：{what.zh}")
    inside = bool(low and high and house.home_of.get(low.figure_id) == house.home_of.get(high.figure_id))
    return Finding(
        f"k-{c['low_figure_id']}",
        "",
        t("within one article", "同一篇文章内") if inside else t(""),
        subject,
        words,
        shown,
    )


def of_revision(house: Warehouse, r: Mapping[str, Any], said: Mapping[str, Statement]) -> Finding:
    """Return one level, as published and as implied a year later."""
    published = interval(r["published_lo"], r["published_hi"], r["unit"])
    implied = interval(r["implied_lo"], r["implied_hi"], r["unit"])
    percent = f"{r['revision_pct']:+.2f}%".replace("-", "−")
    parts = [said[i] for i in r["implied_by"] if i in said]
    sums = Both("", "")
    if len(parts) == 2:
        sums = Both(
            f" = {parts[0].value.en} ÷ (1 {parts[1].value.en})",
            f" = {parts[0].value.zh} ÷ (1 {parts[1].value.zh})",
        )
    words = Both(
        f"published {published.en}; implied a year later {implied.en}{sums.en}: {percent}",
        f"当年公布 {published.zh}；次年推算 {implied.zh}{sums.zh}：{percent}",
    )
    subject = house.names.cell(SimpleNamespace(**r), period_label=house.period(r["period"]))
    first = said.get(r["published_figure_id"])
    return Finding(
        f"r-{r['published_figure_id']}",
        "",
        t(""),
        subject,
        words,
        [s for s in (first, *parts) if s],
        r["verdict"],
    )
