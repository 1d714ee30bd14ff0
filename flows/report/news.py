"""What the newest articles say of every place, what this release changed, and how sound it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.load import query
from flows.report.chart import Point, point
from flows.report.facts import Fact, Warehouse, slug
from flows.report.profiles import Line, lines
from flows.report.words import Both, t

__all__ = ["Health", "Latest", "News", "health", "latest", "news"]

_PLACES, _LINES = 40, 20


@dataclass(frozen=True, slots=True)
class News:
    """What this release has that the one before had not; ``before`` is None for the first release."""

    before: str | None
    articles: int
    figures: int
    changed: int
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest year-to-date of one place."""

    name: Both
    page: str
    when: Both
    total: Point
    growth: Point | None
    exports: Point | None
    imports: Point | None


@dataclass(frozen=True, slots=True)
class Health:
    """One count of the release; ``state`` is ok or warn."""

    words: Both
    number: str
    state: str
    page: str


def latest(house: Warehouse) -> list[Latest]:
    """Return the newest year-to-date total of every place, the newest and largest first."""
    found = []
    for place, facts in house.by_reporter.items():
        totals = [f for f in facts if f.measure == "value" and f.flow == "trade" and f.total]
        mine = [f for f in totals if f.period in house.spans and house.spans[f.period].to_date]
        if mine and place != "World":
            best = max(
                mine, key=lambda f: (house.spans[f.period].order, f.unit == "CNY", f.bound == "=", f.cell_id)
            )
            found.append((house.spans[best.period].order, best.value, _latest(house, best, facts)))
    found.sort(key=lambda row: row[:2], reverse=True)
    return [row[2] for row in found[:_PLACES]]


def _latest(house: Warehouse, total: Fact, facts: Sequence[Fact]) -> Latest:
    when = house.period(total.period)

    def beside(flow: str, measure: str) -> Point | None:
        wanted = (flow, measure, total.period)
        fits = [f for f in facts if (f.flow, f.measure, f.period) == wanted and f.total]
        same = [f for f in fits if f.unit in (total.unit, "percent")]
        return point(house, same[0], when) if same else None

    return Latest(
        house.names("area", total.reporter),
        f"place/{slug(total.reporter)}.html",
        when,
        point(house, total, when),
        beside("trade", "value_yoy"),
        beside("exports", "value"),
        beside("imports", "value"),
    )


def news(house: Warehouse) -> News:
    """Compare with the release before, by the ids of figures and the values of cells."""
    before = house.release.before
    files = [before / "parquet" / f"{n}.parquet" for n in ("fct_best", "stg_figure")] if before else []
    if not before or not all(f.exists() for f in files):
        newest = {a.article_id for a in list(house.articles.values())[:3]}
        shown = [f for f in house.known if f.article_id in newest and f.whole][: _LINES // 2]
        return News(None, len(house.articles), len(house.home_of), 0, lines(house, shown))
    had = dict(query.parquet(files[1], "select figure_id, article_id from read_parquet(?)"))
    cells = dict(query.parquet(files[0], "select cell_id, value from read_parquet(?) where known_to is null"))
    new = [f for f in house.known if f.cell_id not in cells]
    changed = [f for f in house.known if f.cell_id in cells and cells[f.cell_id] != f.value]
    shown = sorted(changed, key=lambda f: f.period, reverse=True)[:_LINES]
    shown += sorted(new, key=lambda f: (not f.whole, f.measure != "value"))[:_LINES]
    return News(
        before.name,
        len(set(house.articles) - set(had.values())),
        len(set(house.home_of) - set(had)),
        len(changed),
        lines(house, shown),
    )


def health(house: Warehouse) -> list[Health]:
    """Return what was read, what was not settled, what waits outside, and what the gates found."""
    rows = list(house.articles.values())
    read = sum(a.status == "read" for a in rows)
    numerals = sum(a.n_numerals or 0 for a in rows)
    unresolved, held = sum(a.unresolved for a in rows), sum(a.quarantined for a in rows)
    gates = house.gates
    failed = sum(g["verdict"] in ("fail", "error") and g["severity"] != "info" for g in gates)
    part = 100 * unresolved / numerals if numerals else 0

    def row(en: str, zh: str, number: str, sound: bool, page: str) -> Health:
        return Health(t(en, zh), number, "ok" if sound else "warn", page)

    return [
        row("articles read", "已读文章", f"{read:,} / {len(rows):,}", read == len(rows), "articles.html"),
        row("figures", "数据", f"{len(house.home_of):,}", True, "articles.html"),
        row("places", "地区", f"{len(house.by_reporter):,}", True, "places.html"),
        row("numerals unresolved", "未定数字", f"{unresolved:,} ({part:.1f}%)", part <= 5, "articles.html"),
        row("numerals in quarantine", "隔离数字", f"{held:,}", not held, "audit.html#quarantine"),
        row(
            "gates with findings",
            "有发现的关卡",
            f"{failed:,} / {len(gates):,}",
            not failed,
            "audit.html#gates",
        ),
    ]
