"""What a run came to: counts of the published warehouse, and every input that needs a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.settings import Home

if TYPE_CHECKING:
    from flows.fetch.sources import Source
    from flows.load.publish import Published
    from flows.steps import Ingested, Outcome

__all__ = ["Counts", "Summary", "alerts", "counts", "gates", "status", "summary"]

REASONS = {
    "empty": "the file is empty",
    "binary": "not a text: binary data",
    "too-large": "larger than 10 MB",
    "unknown-charset": "no charset decodes it",
    "no-text": "no text in it",
    "bot-wall": "a bot wall instead of the article",
    "login": "a login page instead of the article",
    "error-page": "an error page instead of the article",
    "no-date": "no date of publication: give one in FILE.meta.json",
    "no-figures": "no figures in it",
}
QUERIES = (
    "select reporter, flow, period, value, unit from trade order by value desc limit 10",
    "select reporter, partner, product, printed, quote from fct_figure where measure = 'value_yoy' limit 10",
    "select figure_id, printed, quote from fct_figure limit 5",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the published warehouse holds; of ``gates`` gates so many ``failed`` and so many only warn."""

    release_id: str
    articles: int
    unreadable: int
    figures: int
    unresolved: int
    quarantined: int
    gates: int
    failed: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Summary:
    """One run: what came in, what there is now, and what needs a look."""

    database: Path
    new: int
    read: int
    changed: bool
    counts: Counts
    look: tuple[str, ...]
    site: Path | None = None

    @property
    def worked(self) -> bool:
        """True where the warehouse holds any figure at all."""
        return self.counts.figures > 0

    def lines(self) -> Iterator[str]:
        """Yield the report that a run ends with."""
        c = self.counts
        if not self.changed:
            yield (
                "Nothing new: the warehouse stays as it is."
                if not self.read
                else ("What was read changes nothing: the warehouse stays as it is.")
            )
            yield ""
        now = f"{self.new:,} new, {self.read:,} read now"
        unreadable = f", {c.unreadable:,} of all unreadable" if c.unreadable else ""
        yield f"  articles             {c.articles:>8,}   {now}{unreadable}"
        yield f"  figures              {c.figures:>8,}"
        yield f"  unresolved numerals  {c.unresolved:>8,}"
        yield f"  quarantined rows     {c.quarantined:>8,}"
        yield f"  checks failed        {c.failed:>8,}   of {c.gates:,}, {c.warnings:,} warnings"
        yield ""
        yield f"  warehouse  {self.database}"
        yield f"  release    {c.release_id}"
        if self.site:
            yield f"  site       {self.site}"
        if self.look:
            yield ""
            yield "Needs a look:"
            yield from (f"  {line}" for line in self.look)
        if self.worked:
            yield ""
            yield "Try:"
            yield from (f'  customhouse query "{query}"' for query in QUERIES)


def summary(
    home: Home,
    came: Ingested,
    outcomes: tuple[Outcome, ...],
    published: Published | None,
    alerts: tuple[str, ...] = (),
) -> Summary:
    """Return what a run came to; ``published`` is None where nothing had to be built."""
    look = [*alerts]
    look += [" ".join(refused.split()) for refused in came.refused]
    for o in outcomes:
        if o.reason:
            reasons = (REASONS.get(r, r) for r in o.reason.split(", "))
            look.append(f"{o.name}: {'unreadable: ' if o.status == 'unreadable' else ''}{'; '.join(reasons)}")
    changed = published is not None and published.changed
    there = counts(home)
    site = home.releases / there.release_id / "site" / "index.html"
    return Summary(home.database, came.new, len(outcomes), changed, there, tuple(look),
                   site if site.exists() else None)  # fmt: skip


def counts(home: Home) -> Counts:
    """Return the counts of the published warehouse; raise UsageError where there is none."""
    from flows.load import query

    with query.connect(home.database) as con:
        ((release_id, articles, unreadable, figures, unresolved, quarantined),) = query.select(
            con,
            """
            select
                (select release_id from meta_release),
                (select count(*) from stg_article),
                (select count(*) from stg_article where status = 'unreadable'),
                (select count(*) from fct_figure),
                (select count(*) from stg_numeral where fate = 'unresolved'),
                (select count(*) from stg_quarantine where severity in ('R', 'Q'))
            """,
        ).rows
    found = gates(home)
    broken = [g["severity"] for g in found if g["verdict"] in ("fail", "error") and g["severity"] != "info"]
    warnings = broken.count("W")
    return Counts(release_id, articles, unreadable, figures, unresolved, quarantined, len(found),
                  len(broken) - warnings, warnings)  # fmt: skip


def gates(home: Home) -> list[dict[str, Any]]:
    """Return what every gate found in the published build."""
    from flows.load import query

    with query.connect(home.database) as con:
        found = query.select(con, "from fct_gate order by rule, severity, expectation")
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def alerts(sources: Sequence[Source], home: Home, now: dt.datetime) -> tuple[str, ...]:
    """Return what a person should look at among the sources: those that fail, go silent, turn unreadable."""
    from flows.fetch.probe import health

    found = [health(source, home.archive, now) for source in sources]
    told = [f"source {h.source_id}: {h.alert}" for h in found if h.last_run and h.alert]
    if home.database.exists():
        from flows.load import query

        asked = [h.source_id for h in found if h.last_run]
        with query.connect(home.database) as con:
            rows = query.select(con, _TURNED, [asked]).rows
        told += [
            f"source {source}: unreadable: {unreadable} of the newest {pages} pages, "
            f"mostly {REASONS.get(reason, reason)}"
            for source, pages, unreadable, reason in rows
        ]
    return tuple(told)


_TURNED = """
select
    source,
    count(*) as pages,
    count(*) filter (status = 'unreadable') as unreadable,
    mode(reason) filter (status = 'unreadable') as reason
from (
    from stg_article
    where list_contains(?, source)
    qualify row_number() over (partition by source order by fetched_at desc, article_id) <= 10
)
group by source
having count(*) filter (status = 'unreadable') >= greatest(3, count(*) / 2)
order by source
"""


_STATUS = """
select
    coalesce(a.source, 'unnamed') as source,
    max(a.fetched_at) as last_new,
    max(r.fetched_at) as last_fetched,
    count(distinct a.article_id) as articles,
    sum(coalesce(f.figures, 0)) as figures,
    round(100.0 * sum(u.unresolved) / nullif(sum(a.n_numerals), 0), 1) as unresolved_pct,
    round(100.0 * count(*) filter (a.status = 'unreadable') / count(*), 1) as unreadable_pct
from stg_article as a
left join (select sha256, max(fetched_at) as fetched_at from stg_receipt group by sha256) as r using (sha256)
left join (
    select article_id, count(*) filter (fate = 'unresolved') as unresolved
    from stg_numeral
    group by article_id
) as u using (article_id)
left join (select article_id, count(*) as figures from fct_figure group by article_id) as f using (article_id)
group by all
order by all
"""


def status(home: Home) -> tuple[list[str], tuple[str, ...], list[tuple[Any, ...]]]:
    """Return what is published, in words, and one row for each source under its columns."""
    from flows.fetch.memory import remembered
    from flows.load import query

    there = counts(home)
    with query.connect(home.database) as con:
        sources = query.select(con, _STATUS)
    size = home.database.stat().st_size / 1e6
    words = [f"{home.database}  {size:.1f} MB", f"release {there.release_id}"]
    words += [
        f"{there.articles:,} articles, {there.figures:,} figures, {there.quarantined:,} quarantined rows"
    ]
    # the warehouse knows when something came, what is remembered of a source when it was asked
    asked = {
        name: dt.datetime.fromisoformat(memory.last_run).replace(tzinfo=None)
        for name, memory in remembered(home.archive).items()
        if memory.last_run
    }
    at = sources.columns.index("last_fetched")
    rows = [
        (*row[:at], max(filter(None, (row[at], asked.pop(row[0], None))), default=None), *row[at + 1 :])
        for row in sources.rows
    ]
    rows += [(name, None, when, 0, 0, None, None) for name, when in sorted(asked.items())]
    return words, sources.columns, rows
