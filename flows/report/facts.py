"""What one release knows, as the pages need it: read once from the DuckDB file."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from flows.load import query
from flows.report.terms import Span, period
from flows.report.words import Both, Names, amount, interval
from flows.settings import SQL

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["ArticleRow", "Fact", "Month", "Release", "Warehouse", "chunks", "grouped", "open_release", "slug"]

T = TypeVar("T")


class Fact(NamedTuple):
    """One number known now: reported (``rule`` is None) or computed by a rule from ``inputs``."""

    reporter: str
    partner: str
    flow: str
    product: str
    enterprise: str
    regime: str
    channel: str
    period: str
    measure: str
    unit: str
    growth_currency: str | None
    of_cell: str | None
    counted: str | None
    rank_by: str | None
    value: Decimal
    lo: Decimal
    hi: Decimal
    bound: str
    step: Decimal | None
    agreement: str
    n_releases: int
    figure_id: str
    article_id: str | None
    cell_id: str
    stance: str
    rule: str | None
    inputs: list[str]

    @property
    def whole(self) -> bool:
        """True for the trade of the reporter as a whole: no partner, product, class, regime or route."""
        return (self.partner, self.product, self.enterprise, self.regime, self.channel) == _ALL

    @property
    def total(self) -> bool:
        """True for what an article reports of the whole itself, not of it as part of something else."""
        return self.whole and not self.of_cell and not self.counted and self.stance == "reported"

    def differs_only_in(self, name: str) -> bool:
        """Tell whether ``name`` is the one field that parts this cell from the reporter's whole."""
        return all((getattr(self, f) == d) != (f == name) for f, d in zip(_AXES, _ALL, strict=True))

    def amount(self) -> Both:
        """Return the number in words, with its bound."""
        return amount(
            self.value, self.unit, self.measure, bound=self.bound, step=self.step, lo=self.lo, hi=self.hi
        )

    def interval(self) -> Both:
        """Return what the print allows, or the inputs of a computed number."""
        return interval(self.lo, self.hi, self.unit)


_AXES = ("partner", "product", "enterprise", "regime", "channel")
_ALL = ("World", "all", "all", "all", "all")


class Month(NamedTuple):
    """One month of whole trade: reported, or the difference of two year-to-dates."""

    reporter: str
    flow: str
    period: str
    currency: str
    value: Decimal
    lo: Decimal
    hi: Decimal
    how: str
    yoy_cny: Decimal | None
    yoy_usd: Decimal | None
    figure_ids: list[str]


class ArticleRow(NamedTuple):
    """One article version, with counts of what became of its numerals."""

    article_id: str
    name: str
    url: str | None
    title: str | None
    publisher: str | None
    source: str | None
    source_class: str
    lang: str | None
    published: dt.date | None
    status: str
    reason: str | None
    release_id: str
    n_chars: int
    n_figures: int
    n_numerals: int
    unresolved: int
    quarantined: int
    sha256: str

    @property
    def heading(self) -> str:
        """The title, else the name of its file or address."""
        return self.title or self.name or self.article_id

    @property
    def link(self) -> str | None:
        """The address where a browser may follow it: web addresses only."""
        return self.url if self.url and self.url.startswith(("https://", "http://")) else None


@dataclass(frozen=True, slots=True)
class Release:
    """What the release says of itself, and what it says of the one before."""

    release_id: str
    fingerprint: str
    built_at: dt.datetime
    before: Path | None


@dataclass
class Warehouse:
    """One open release: what many pages share is read once, what one article needs is asked for."""

    con: DuckDBPyConnection
    release: Release

    def rows(self, name: str, values: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of one question of ``sql/report``."""
        sql = (SQL / "report" / f"{name}.sql").read_text(encoding="utf-8")
        return query.select(self.con, sql, list(values or [])).rows

    def dicts(self, name: str, values: Sequence[Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of one question by column name."""
        sql = (SQL / "report" / f"{name}.sql").read_text(encoding="utf-8")
        found = query.select(self.con, sql, list(values or []))
        return [dict(zip(found.columns, row, strict=True)) for row in found.rows]

    @cached_property
    def gates(self) -> list[dict[str, Any]]:
        """Every gate of this release with its verdict, what was found first."""
        return self.dicts("site_gates")

    @cached_property
    def names(self) -> Names:
        """Names in both languages."""
        return Names([(r[0], r[1], r[2]) for r in self.rows("site_names")])

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Every period by its key."""
        return {r[0]: Span(*r) for r in self.rows("site_periods")}

    def period(self, key: str) -> Both:
        """Return a period in words."""
        return period(self.spans[key]) if key in self.spans else Both(key, key)

    @cached_property
    def known(self) -> list[Fact]:
        """Every number known now."""
        return [Fact(*r) for r in self.rows("site_known")]

    @cached_property
    def derived(self) -> list[Fact]:
        """Computed numbers that charts show."""
        return [Fact(*r) for name in ("site_derived", "site_prior_shares") for r in self.rows(name)]

    @cached_property
    def months(self) -> dict[str, list[Month]]:
        """Months of whole trade by reporter."""
        return grouped((Month(*r) for r in self.rows("site_months")), "reporter")

    @cached_property
    def articles(self) -> dict[str, ArticleRow]:
        """Every article version by id, newest first."""
        return {r[0]: ArticleRow(*r) for r in self.rows("site_articles")}

    @cached_property
    def by_reporter(self) -> dict[str, list[Fact]]:
        """Known numbers by whose trade they are of."""
        return grouped(self.known, "reporter")

    @cached_property
    def derived_by_reporter(self) -> dict[str, list[Fact]]:
        """Computed numbers by whose trade they are of."""
        return grouped(self.derived, "reporter")

    @cached_property
    def areas(self) -> dict[str, tuple[str, str | None, bool, bool]]:
        """(kind, parent, is a group, is in the reference tables) by area."""
        return {r[0]: (r[1], r[2], bool(r[3]), bool(r[4])) for r in self.rows("site_areas")}

    @cached_property
    def home_of(self) -> dict[str, str]:
        """The article of every figure."""
        return dict(query.select(self.con, "select figure_id, article_id from stg_figure").rows)

    def source(self, figure_id: str) -> str | None:
        """Return the address, from the site's root, of the sentence behind a figure."""
        article = self.home_of.get(figure_id)
        return f"article/{article}.html#{figure_id}" if article else None


def open_release(con: DuckDBPyConnection, database: Path) -> Release:
    """Return what the open file says of itself, with its release folder where that stands beside it."""
    ((release_id, mark, built_at),) = query.select(
        con, "select release_id, fingerprint, built_at from meta_release"
    ).rows
    releases = database.parent / "releases"
    older = sorted(p for p in releases.glob("2*") if p.is_dir() and p.name < release_id)
    return Release(release_id, mark, built_at, older[-1] if older else None)


def grouped(rows: Iterable[T], name: str) -> dict[str, list[T]]:
    """Return rows by one of their fields, in their order."""
    out: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        out[getattr(row, name)].append(row)
    return dict(out)


def slug(name: str) -> str:
    """Return the stable file name of a name; where letters are lost, a short hash tells it apart."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    if re.fullmatch(r"[a-zA-Z0-9-]+( [a-zA-Z0-9-]+)*", name) and len(name) <= 60:
        return plain
    return f"{plain}-{sha256(name.encode()).hexdigest()[:8]}".strip("-")


def chunks(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the rows some at a time."""
    return (rows[i : i + size] for i in range(0, len(rows), size))
