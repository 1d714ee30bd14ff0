"""The machinery of the gates: verdicts, refusal, errors, the page."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from flows import check
from flows.errors import CustomhouseError
from flows.settings import EXPECTATIONS

GATE = """
id = "id"
blame = "id"

[[gate]]
rule = "T1"
title = "shares < 100 & more"
severity = "R"
expect = "ExpectColumnValuesToBeBetween"
column = "share"
max_value = 100
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shares.toml").write_text(GATE)
    return tmp_path


def frame(*shares: float) -> pd.DataFrame:
    return pd.DataFrame({"id": [f"f{n}" for n in range(len(shares))], "share": list(shares)})


def test_a_failing_row_is_withheld_and_named(folder: Path) -> None:
    report = check.run({"shares": frame(3, 104.3, 5)}, folder)
    (outcome,) = report.outcomes
    assert (outcome.verdict, outcome.rows, outcome.failing, outcome.ids) == ("fail", 3, 1, ("f1",))
    (held,) = report.quarantine
    assert (held.figure_id, held.rule, held.severity) == ("f1", "T1", "R")
    assert "104.3" in held.detail


@pytest.mark.parametrize("empty", [frame(), frame(float("nan"))])
def test_nothing_to_check_is_no_pass(folder: Path, empty: pd.DataFrame) -> None:
    assert check.run({"shares": empty}, folder).outcomes[0].verdict == "nothing to check"


def test_an_expectation_that_cannot_run_is_an_error_and_refuses(folder: Path) -> None:
    report = check.run({"shares": frame(3).rename(columns={"share": "portion"})}, folder)
    (outcome,) = report.outcomes
    assert (outcome.verdict, outcome.failing) == ("error", 0)
    assert not report.quarantine
    assert "could not run" in report.refusals()[0]


@pytest.mark.parametrize(("broken", "refused"), [(0, False), (2, False), (3, True)])
def test_more_than_a_tenth_in_quarantine_refuses(folder: Path, broken: int, refused: bool) -> None:
    report = check.run({"shares": frame(*[200] * broken, *[1] * (20 - broken))}, folder)
    assert bool(report.refusals()) is refused
    assert not report.refusals(most=0.5)


def test_a_failing_table_refuses(folder: Path) -> None:
    (folder / "shares.toml").write_text(GATE.replace('"R"', '"refuse"'))
    report = check.run({"shares": frame(3, 104)}, folder)
    assert not report.quarantine
    assert "T1" in report.refusals()[0]


def test_an_empty_table_refuses_where_a_row_count_is_asked(folder: Path) -> None:
    count = 'expect = "ExpectTableRowCountToBeBetween"\nmin_value = 1\n'
    (folder / "shares.toml").write_text(GATE.split("expect")[0].replace('"R"', '"refuse"') + count)
    assert check.run({"shares": frame()}, folder).refusals()
    assert not check.run({"shares": frame(1)}, folder).refusals()


def test_a_warning_neither_withholds_nor_refuses(folder: Path) -> None:
    (folder / "shares.toml").write_text(GATE.replace('"R"', '"W"'))
    report = check.run({"shares": frame(104)}, folder)
    assert [o.verdict for o in report.failed] == ["fail"]
    assert not report.quarantine
    assert not report.refusals()


def test_reports_of_two_phases_add_up(folder: Path) -> None:
    first, second = check.run({"shares": frame(104, 1)}, folder), check.run({"shares": frame(104)}, folder)
    both = first + second
    assert len(both.outcomes) == 2
    assert (both.figures, both.withheld) == (2, {"f0"})


def test_pieces_of_a_frame_add_up(folder: Path) -> None:
    pieces = [frame(1, 104), frame(), frame(103).assign(id=["f9"])]
    report = check.run({"shares": lambda: iter(pieces)}, folder)
    (outcome,) = report.outcomes
    assert (outcome.verdict, outcome.rows, outcome.failing, outcome.ids) == ("fail", 3, 2, ("f1", "f9"))
    assert (report.figures, report.withheld) == (3, {"f1", "f9"})


def test_a_split_suite_shows_each_rule_its_own_rows(folder: Path) -> None:
    (folder / "shares.toml").write_text(GATE.replace('blame = "id"', 'blame = "id"\nsplit = "rule"'))
    rows = frame(104, 104, 1).assign(rule=["T1", "T2", "T1"])
    (outcome,) = check.run({"shares": rows}, folder).outcomes
    assert (outcome.rows, outcome.failing, outcome.ids) == (2, 1, ("f0",))


def test_a_condition_narrows_the_rows(folder: Path) -> None:
    (folder / "shares.toml").write_text(GATE + 'when = { kind = ["a"] }\n')
    (outcome,) = check.run({"shares": frame(104, 104, 1).assign(kind=["a", "b", "a"])}, folder).outcomes
    assert (outcome.rows, outcome.failing, outcome.ids) == (2, 1, ("f0",))


def test_a_frame_without_suite_and_a_faulty_suite_name_the_file(folder: Path) -> None:
    with pytest.raises(CustomhouseError, match="no suite for other"):
        check.run({"other": frame(1)}, folder)
    (folder / "shares.toml").write_text(GATE.replace('"R"', '"severe"'))
    with pytest.raises(CustomhouseError, match=r"shares\.toml: gate 1 \(T1\) has severity 'severe'"):
        check.suites(folder)


def test_it_leaves_no_folder_behind(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    check.run({"shares": frame(1)}, folder)
    assert set(tmp_path.iterdir()) == before
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def test_every_suite_of_the_house_is_well_formed_and_known_to_great_expectations() -> None:
    from great_expectations import expectations as kinds

    gates = [gate for suite in check.suites(EXPECTATIONS) for gate in suite.gates]
    assert gates
    assert [g.expect for g in gates if not hasattr(kinds, g.expect)] == []
    assert [g.rule for g in gates if not re.fullmatch(r"V\d\d|KEY", g.rule)] == []


def test_the_page_stands_alone_and_escapes(folder: Path) -> None:
    page = check.render(check.run({"shares": frame(104, 1).assign(id=["<b>", "f1"])}, folder))
    HTMLParser().feed(page)
    assert "&lt;b&gt;" in page
    assert "shares &lt; 100 &amp; more" in page
    assert not re.search(r"https?://|<script|<link|src=", page)


def test_every_rule_of_the_catalogue_has_a_gate() -> None:
    rules = {gate.rule for suite in check.suites(EXPECTATIONS) for gate in suite.gates}
    assert rules == {"KEY", *(f"V{number:02d}" for number in range(1, 69))}
