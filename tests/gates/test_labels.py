"""The labelled articles as if read without fault: their contradictions are found, nothing else is held."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from flows import check
from flows.load import build
from flows.settings import EXPECTATIONS
from tests import gold
from tests.gates.conftest import ROW_FRAMES

# adversarial article: every rule that must speak up
ADVERSARIAL = {
    "adversarial-correction": {"V68"},
    "adversarial-list": {"V66"},
    "adversarial-shares": {"V14", "V35", "V37", "V39"},
    "adversarial-totals": {"V21", "V23", "V24", "V25", "V32", "V37", "V50", "V60"},
    "chengdu-2025-zone": {"V14", "V15"},
    "hunan-2025-lists": {"V13", "V66"},
    "jiangsu-2025-totals": {"V21", "V23", "V24", "V32", "V33", "V47", "V60"},
    "ningxia-2025-aug-repost": {"V58", "V59"},
    "shanxi-2025-shares": {"V35", "V37"},
    "tianjin-2025-correction": {"V68"},
}
NOT_ABOUT_ARTICLES = {"V04", "V59", "V64"}  # names without a row, copies, the address of the test


@pytest.fixture(scope="module")
def built(site: Any) -> Any:
    return site(gold.lines(p for p in gold.PATHS if p.parent.name != "seed"))


@pytest.fixture(scope="module")
def report(built: Any) -> check.GateReport:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "_ID_LIMIT", 100_000)  # name every failing row
        rows = built.run(*ROW_FRAMES)
        build.quarantine(
            built.con,
            [build.Quarantined(q.figure_id, None, q.rule, q.severity, q.detail) for q in rows.quarantine],
        )
        build.candidates(built.con)
        build.folder(built.con, "5_checks/cross")
        return rows + check.run({"gate_check": lambda: built.con.sql("from gate_check").df()})


@pytest.fixture(scope="module")
def alarms(built: Any, report: check.GateReport) -> set[tuple[str, str]]:
    """Every (article, rule) that failed, whatever its severity."""
    names = dict(
        built.con.sql(
            "select article_id, name from stg_article union all "
            "select figure_id, name from stg_figure join stg_article using (article_id) union all "
            "select check_id, name from fct_check join stg_article using (article_id)"
        ).fetchall()
    )
    failing = [o for o in report.outcomes if o.verdict == "fail"]
    return {(names[one], o.rule) for o in failing for one in o.ids if one in names}


def test_the_table_names_every_adversarial_article() -> None:
    marked = {p.stem for p in gold.PATHS if "expect" in json.loads(p.read_text(encoding="utf-8"))}
    assert marked == set(ADVERSARIAL)


@pytest.mark.parametrize("name", sorted(ADVERSARIAL))
def test_every_contradiction_is_found(name: str, alarms: set[tuple[str, str]]) -> None:
    assert {rule for article, rule in alarms if article == name} >= ADVERSARIAL[name]


def test_nothing_is_withheld_from_a_consistent_article(built: Any, report: check.GateReport) -> None:
    names = dict(
        built.con.sql("select figure_id, name from stg_figure join stg_article using (article_id)").fetchall()
    )
    assert {
        (names[q.figure_id], q.rule) for q in report.quarantine if names[q.figure_id] not in ADVERSARIAL
    } == set()
    assert not report.refusals()


def test_the_false_alarms_are_those_the_page_explains(alarms: set[tuple[str, str]]) -> None:
    page = (EXPECTATIONS / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([\w-]+)` \| (V\d\d) \|", page, re.MULTILINE))
    assert {a for a in alarms if a[0] not in ADVERSARIAL and a[1] not in NOT_ABOUT_ARTICLES} == told


def test_no_gate_errs(report: check.GateReport) -> None:
    assert [(o.rule, o.error) for o in report.outcomes if o.verdict == "error"] == []


def test_a_check_has_an_id_of_its_own(built: Any, report: check.GateReport) -> None:
    assert built.con.sql("select check_id from fct_check group by all having count(*) > 1").fetchall() == []


def test_the_order_of_arrival_changes_no_check(site: Any, built: Any, report: check.GateReport) -> None:
    other = site(reversed(list(gold.lines(p for p in gold.PATHS if p.parent.name != "seed"))))
    held = built.con.sql("select * from stg_quarantine").fetchall()
    build.quarantine(other.con, [build.Quarantined(*row) for row in held])
    build.candidates(other.con)
    build.folder(other.con, "5_checks/cross")
    for table in ("fct_check", "gate_check"):
        one, two = (set(map(str, c.sql(f"from {table}").fetchall())) for c in (built.con, other.con))
        assert one == two
