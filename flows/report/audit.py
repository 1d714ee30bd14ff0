"""What does not fit: contradictions, conflicts, revised bases, suspected slips, quarantine and gates."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flows.report import findings
from flows.report.bars import ranked
from flows.report.chart import Chart, Point
from flows.report.facts import Warehouse
from flows.report.findings import Finding, Statement
from flows.report.words import Both, amount, interval, t

__all__ = ["Audit", "audit"]

_MOST, _BARS = 60, 25
_SLIPS = ("V20", "V21", "V22", "V43", "V61")
# these ask about names and sources, not whether numbers agree
_NO_SUMS = ("V03", "V04", "V06", "V07", "V38", "V57", "V59", "V63", "V64", "V65", "V66", "V68")


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything on the audit page; ``more`` counts what is left out of each list."""

    contradictions: Sequence[Finding]
    conflicts: Sequence[Finding]
    revisions: Sequence[Finding]
    slips: Sequence[Finding]
    between: Sequence[Finding]
    others: Sequence[tuple[str, Both, Sequence[str], int]]
    corrections: Sequence[Mapping[str, Any]]
    quarantine: Sequence[tuple[str, str, str, Statement | None]]
    gates: Sequence[Mapping[str, Any]]
    titles: Mapping[str, Both]
    charts: Sequence[Chart]
    more: Mapping[str, int]

    @property
    def checks(self) -> frozenset[str]:
        """The checks that have a place on the page."""
        found = (*self.contradictions, *self.between, *self.slips)
        return frozenset(f.id.removeprefix("c-") for f in found)


def audit(house: Warehouse) -> Audit:
    """Return what does not fit in one release."""
    failed = house.dicts("site_failed_checks")
    conflicts, revisions = house.dicts("site_conflicts"), house.dicts("site_revisions")
    quarantine = house.dicts("site_quarantine")
    titles = _titles(house)
    inside, between, slips = [], [], []
    others: dict[str, list[str]] = {}
    for check in failed:
        if check["rule"] in _NO_SUMS:
            others.setdefault(check["rule"], []).append(check["subject"] or "")
        elif check["rule"] in _SLIPS:
            slips.append(check)
        elif len({house.home_of.get(f) for f in check["figure_ids"]}) == 1 and len(check["figure_ids"]) > 1:
            inside.append(check)
        elif len(check["figure_ids"]) > 1:
            between.append(check)
    revised = [r for r in revisions if r["verdict"] == "revised"] + [
        r for r in revisions if r["verdict"] != "revised"
    ]
    lists: dict[str, list[dict[str, Any]]] = {
        "contradictions": inside,
        "between": between,
        "slips": slips,
        "conflicts": conflicts,
        "revisions": revised,
        "quarantine": quarantine,
    }
    more = {name: max(0, len(rows) - _MOST) for name, rows in lists.items()}
    shown = {
        name: _spread(rows) if name in ("contradictions", "between") else rows[:_MOST]
        for name, rows in lists.items()
    }
    said = findings.statements(house, shown)
    return Audit(
        contradictions=[findings.of_check(c, said, titles) for c in shown["contradictions"]],
        between=[findings.of_check(c, said, titles) for c in shown["between"]],
        slips=[findings.of_check(c, said, titles) for c in shown["slips"]],
        conflicts=[findings.of_conflict(house, c, said) for c in shown["conflicts"]],
        revisions=[findings.of_revision(house, r, said) for r in shown["revisions"]],
        others=[(r, titles.get(r, t(r)), rows[:_MOST], len(rows)) for r, rows in sorted(others.items())],
        corrections=house.dicts("site_corrections"),
        quarantine=[
            (q["rule"], q["severity"], q["detail"], said.get(q["figure_id"])) for q in shown["quarantine"]
        ],
        gates=house.gates,
        titles=titles,
        charts=[c for c in [_revised(house, revised)] if c],
        more=more,
    )


def _titles(house: Warehouse) -> dict[str, Both]:
    """Return what each rule asks: the loosest gate's own words, and their Chinese."""
    zh = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
    return {g["rule"]: Both(g["title"], zh.get(g["rule"], g["title"])) for g in reversed(house.gates)}


def _spread(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of every rule in turn, so that one busy rule does not hide the others."""
    seen: Counter[str] = Counter()
    keyed = []
    for row in rows:
        keyed.append((seen[row["rule"]], row["rule"], row))
        seen[row["rule"]] += 1
    kept = sorted(keyed, key=lambda k: k[:2])[:_MOST]
    return [k[2] for k in sorted(kept, key=lambda k: (k[1], k[0]))]


def _revised(house: Warehouse, rows: Sequence[Mapping[str, Any]]) -> Chart | None:
    """Return by how much next year's growth moves the level first published, in percent."""
    points = []
    for r in [r for r in rows if r["verdict"] == "revised"][:_BARS]:
        cell = house.names.cell(SimpleNamespace(**r), period_label=house.period(r["period"]))
        first = Decimal(r["published"])
        lo, hi = (100 * (Decimal(r[end]) / first - 1) for end in ("implied_lo", "implied_hi"))
        value = Decimal(r["revision_pct"])
        text, span = amount(value, "percent", "value_yoy", lo=lo, hi=hi), interval(lo, hi, "percent")
        figure = r["published_figure_id"]
        source = house.source(figure)
        points.append(
            Point(cell, t(""), text, span, value, lo, hi, "percent", "=", "prior_level", figure, source)
        )
    if not points:
        return None
    alt = t(
        "Base implied by the next year’s level and growth, against the level first published, percent.",
        "次年数值与增速推算的基数相对首次公布数的差异，%。",
    )
    body = ranked(points, t("what", "内容"))
    return Chart("revision-plot", t("How far bases were revised", "基数修订幅度"), alt, body, points)
