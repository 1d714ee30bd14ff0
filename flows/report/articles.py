"""The page of one article: its text with every numeral lit, and each figure's card beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from flows.load.query import sentence_span
from flows.report.facts import ArticleRow, Warehouse, chunks
from flows.report.terms import measure, of_cell
from flows.report.words import Both, amount, interval

__all__ = ["ArticlePage", "Card", "Piece", "pages"]

_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``kind`` is empty between numerals, else figure, other, unresolved, quarantined."""

    text: str
    kind: str = ""
    figures: tuple[str, ...] = ()
    reason: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text with its offsets: the whole text, or one quoted sentence."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One figure as stated here, with what else is known of it."""

    figure_id: str
    mark: str
    printed: str
    value: Both
    interval: Both
    exact: bool
    cell: Both
    name: str
    measure: Both
    of: Both | None
    stance: str
    basis: str | None
    rule: str
    held: str | None
    holds: int
    differs: Sequence[tuple[str, str, int]]
    others: Sequence[Mapping[str, Any]]
    more_others: int
    place: tuple[int, int]
    reporter: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article ready to be shown."""

    row: ArticleRow
    passages: Sequence[Passage]
    cards: Sequence[Card]
    reasons: Mapping[str, int]


def pages(house: Warehouse, *, public: bool) -> Iterator[ArticlePage]:
    """Yield every article's page; ``public`` shows quoted sentences only, never the running text."""
    for some in chunks(list(house.articles), _AT_A_TIME):
        ids = [list(some)]
        texts = dict(house.rows("site_texts", ids))
        places, numerals, figures, others, checks = (
            _by_article(house.dicts(name, ids))
            for name in ("site_places", "site_numerals", "site_figures", "site_others", "site_checks")
        )
        for article_id in some:
            yield _page(
                house,
                house.articles[article_id],
                texts.get(article_id) or "",
                places.get(article_id, []),
                numerals.get(article_id, []),
                figures.get(article_id, []),
                others.get(article_id, []),
                checks.get(article_id, []),
                public=public,
            )


Rows = list[dict[str, Any]]


def _by_article(rows: Rows) -> dict[str, Rows]:
    out: dict[str, Rows] = defaultdict(list)
    for row in rows:
        out[row["article_id"]].append(row)
    return out


def _page(
    house: Warehouse,
    row: ArticleRow,
    text: str,
    places: Rows,
    numerals: Rows,
    figures: Rows,
    others: Rows,
    checks: Rows,
    *,
    public: bool,
) -> ArticlePage:
    held = {f["figure_id"] for f in figures if f["held"]}
    marks = _marks(places, numerals, held)
    spans = _quotes(text, marks) if public else [(0, len(text))]
    passages = [Passage(a, b, tuple(_pieces(text, a, b, marks))) for a, b in spans if b > a]
    at = {figure: m[4] for m in marks for figure in reversed(m[3])}
    told, taken = _by_figure(others), _by_figure(checks)
    first = {p["figure_id"]: (p["start"], p["end"]) for p in reversed(places)}
    cards = [
        _card(
            house,
            f,
            at.get(f["figure_id"], ""),
            told.get(f["figure_id"], []),
            taken.get(f["figure_id"], []),
            first.get(f["figure_id"], (f["start"], f["start"])),
        )
        for f in figures
    ]
    reasons = Counter(str(n["reason"] or n["fate"]) for n in numerals)
    return ArticlePage(row, passages, cards, dict(reasons.most_common()))


def _by_figure(rows: Rows) -> dict[str, Rows]:
    out: dict[str, Rows] = defaultdict(list)
    for row in rows:
        out[row["figure_id"]].append(row)
    return out


Mark = tuple[int, int, str, tuple[str, ...], str, str]
"""Start, end, kind, figures, anchor, reason."""


def _marks(places: Rows, numerals: Rows, held: set[str]) -> list[Mark]:
    """Return what is lit, in order and without overlap; a place inside another lights with it."""
    spans: dict[tuple[int, int], list[str]] = defaultdict(list)
    end = -1
    key = (0, 0)
    for p in sorted(places, key=lambda p: (p["start"], -p["end"])):
        if p["start"] >= end:
            key, end = (p["start"], p["end"]), p["end"]
        spans[key].append(p["figure_id"])
    out: list[Mark] = [
        (a, b, "quarantined" if held.issuperset(ids) else "figure", tuple(dict.fromkeys(ids)), f"m{n}", "")
        for n, ((a, b), ids) in enumerate(spans.items(), 1)
    ]
    taken = sorted((a, b) for a, b, *_ in out)
    for n in numerals:
        a, b = n["start"], n["end"]
        if not any(x < b and a < y for x, y in taken):
            unresolved = "unresolved" in (n["fate"], n["reason"])
            out.append((a, b, "unresolved" if unresolved else "other", (), "", str(n["reason"] or n["fate"])))
            taken.append((a, b))
    return sorted(out)


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    at = start
    for a, b, kind, figures, anchor, reason in marks:
        if a < at or b > end:
            continue
        if a > at:
            yield Piece(text[at:a])
        yield Piece(text[a:b], kind, figures, reason, anchor)
        at = b
    if at < end:
        yield Piece(text[at:end])


def _quotes(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Return the sentences that hold a figure, those that touch joined."""
    out: list[tuple[int, int]] = []
    for a, b, kind, *_ in marks:
        if kind not in ("figure", "quarantined"):
            continue
        start, end = sentence_span(text, a, b)
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _card(
    house: Warehouse, f: dict[str, Any], mark: str, others: Rows, checks: Rows, place: tuple[int, int]
) -> Card:
    row = SimpleNamespace(**f)
    counted = house.names("counted", f["counted"]) if f["counted"] else None
    number = f["value"] is not None
    value = _amount(f) if number else Both(f["printed"], f["printed"])
    span = interval(f["lo"], f["hi"], f["unit"]) if number else Both("", "")
    return Card(
        f["figure_id"],
        mark,
        f["printed"],
        value,
        span,
        f["bound"] == "=",
        house.names.cell(row, period_label=house.period(f["period"])),
        f["measure"],
        measure(f["measure"], counted),
        of_cell(f["of_cell"], house.names, house.spans),
        f["stance"],
        f["basis"],
        f["rule"],
        f["held"],
        sum(c["verdict"] == "holds" for c in checks),
        _differing(checks),
        [{**o, "text": _amount(o), "same": _same(o, f)} for o in others[:4]],
        max(0, len(others) - 4),
        place,
        f["reporter"],
    )


def _differing(checks: Rows) -> list[tuple[str, str, int]]:
    """Return (rule, first check, how many) of the rules by which this figure fits ill."""
    ids: dict[str, list[str]] = defaultdict(list)
    for c in checks:
        if c["verdict"] != "holds":
            ids[c["rule"]].append(c["check_id"])
    return [(rule, some[0], len(some)) for rule, some in ids.items()]


def _amount(f: Mapping[str, Any]) -> Both:
    return amount(
        f["value"], f["unit"], f["measure"], bound=f["bound"], step=f["step"], lo=f["lo"], hi=f["hi"]
    )


def _same(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Tell whether two statements leave room for one number."""
    if a["lo"] is None or b["lo"] is None:
        return True
    return bool(max(Decimal(a["lo"]), b["lo"]) <= min(Decimal(a["hi"]), b["hi"]))
