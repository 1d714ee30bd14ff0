"""Each row gate: one thing broken in one copy of an article, and that gate alone fails there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from flows import check
from tests import gold
from tests.gates.conftest import ROW_FRAMES

Record = dict[str, Any]
SOUND = gold.ARTICLES / "en" / "chongqing-2025.json"


def figure(record: Record, measure: str) -> Record:
    return next(f for f in record["figures"] if f["measure"] == measure)


def on(measure: str, **changes: Any) -> Callable[[Record], None]:
    """Change fields of the first figure of a measure; a changed value is printed nowhere, so re-reads not."""
    return lambda record: figure(record, measure).update(changes)


def said(which: str, printed: str, value: str, **changes: Any) -> Callable[[Record], None]:
    """Let the article print something else for the first figure of a measure, at the end of its text."""

    def edit(record: Record) -> None:
        one = figure(record, which)
        start = len(record["text"])
        record["text"] += printed
        place = {"start": start, "end": start + len(printed), "printed": printed}
        one.update(value=value, lo=value, hi=value, places=[place], **changes)
        for numeral in record["numerals"]:
            numeral["figure_ids"] = [i for i in numeral["figure_ids"] if i != one["figure_id"]]
            if numeral["fate"] == "figure" and not numeral["figure_ids"]:
                numeral.update(fate="non_figure", reason="idiom")
        record["numerals"].append({**place, "fate": "figure", "reason": None, "rule": "",
                                   "figure_ids": [one["figure_id"]]})  # fmt: skip

    return edit


def twice(record: Record) -> None:
    first = record["figures"][0]
    record["figures"].append({**first, "figure_id": first["figure_id"][::-1]})


def dated(published: str, fetched_at: str) -> Callable[[Record], None]:
    return lambda record: record.update(published=published, fetched_at=fetched_at)


def last_century(record: Record) -> None:
    record.update(published="1926-01-26")
    for one in record["figures"]:
        one.update(stance="target")  # else all of it lies in the future, which is another gate


def moved(measure: str, by: int = 0, **changes: Any) -> Callable[[Record], None]:
    def edit(record: Record) -> None:
        place = figure(record, measure)["places"][0]
        place.update({"start": place["start"] + by, **changes})

    return edit


def numeral(fate: str, **changes: Any) -> Callable[[Record], None]:
    return lambda record: next(n for n in record["numerals"] if n["fate"] == fate).update(changes)


def forget(record: Record) -> None:
    record["numerals"] = [n for n in record["numerals"] if n["fate"] != "figure"]


def unsettled(record: Record) -> None:
    for numeral in record["numerals"]:
        if numeral["fate"] == "non_figure":
            numeral.update(fate="unresolved", reason="unresolved")
    start = len(record["text"])
    record["text"] += " 7" * 30
    record["numerals"] += [
        {"start": start + 2 * k + 1, "end": start + 2 * k + 2, "printed": "7", "fate": "unresolved",
         "reason": "unresolved", "rule": "", "figure_ids": []} for k in range(30)
    ]  # fmt: skip


def levels_only(record: Record) -> None:
    record["figures"] = [f for f in record["figures"] if f["measure"] == "value"]
    kept = {f["figure_id"] for f in record["figures"]}
    for numeral in record["numerals"]:
        numeral["figure_ids"] = [i for i in numeral["figure_ids"] if i in kept]
        if numeral["fate"] == "figure" and not numeral["figure_ids"]:
            numeral.update(fate="non_figure", reason="unmodelled")


def many(record: Record) -> None:
    start = len(record["text"])
    model = figure(record, "share")
    for k in range(400):
        at = {"start": start + 3 * k, "end": start + 3 * k + 2, "printed": "3%"}
        record["figures"].append({**model, "figure_id": f"{k:016x}", "partner": f"Place {k}", "places": [at],
                                  "value": "3", "step": "1", "lo": "2.5", "hi": "3.5"})  # fmt: skip
        record["numerals"].append({**at, "fate": "figure", "reason": None, "rule": "",
                                   "figure_ids": [f"{k:016x}"]})  # fmt: skip
    record["text"] += "3% " * 400


POINTS = {"measure": "share_change", "unit": "pp"}

BREAKS: list[tuple[str, str, Callable[[Record], Any]]] = [
    ("V01", "a share in yuan", on("share", unit="CNY")),
    ("V01", "an amount in percent", on("value", unit="percent")),
    ("V01", "an unknown currency", on("value", unit="ZZZ")),
    ("V02", "no reporter", on("value", reporter="")),
    ("V02", "no flow", on("value_yoy", flow="")),
    ("V02", "a value too long for the warehouse", on("value", value="8" * 30)),
    ("V03", "a fifth flow", on("value", flow="transit")),
    ("V03", "a fifth bound", on("value", bound="!")),
    ("V03", "a fourth stance", on("value", stance="hoped")),
    ("V05", "a period without month", on("value", period="2025/2025-12")),
    ("V05", "a month that is none", on("value", period="2025-13/2025-13")),
    ("V05", "a day that is none", on("value", period="2025-02-30/2025-02-30")),
    ("V05", "days mixed with months", on("value", period="2025-01/2025-11-30")),
    ("V05", "a period that runs backwards", on("value", period="2025-12/2025-01")),
    ("V06", "reported before it happened", on("value", period="2026-01/2026-12")),
    ("V07", "an old story under a new date", dated("2026-06-30", "2026-07-01T00:00:00Z")),
    ("V08", "published in the last century", last_century),
    ("V08", "published a week after it was fetched", dated("2026-01-26", "2026-01-10T00:00:00Z")),
    ("V09", "one key, two figures", twice),
    ("V10", "a quote that is not there", moved("share", printed="30.20%")),
    ("V10", "a quote one character off", moved("count", by=1)),
    ("V11", "a slip of ten", on("value", value="80068000000", lo="80067500000", hi="80068500000")),
    ("V11", "a digit changed", on("share", value="30.3")),
    ("V12", "figures that no numeral owns", forget),
    ("V12", "a numeral of no figure", numeral("figure", figure_ids=[])),
    ("V12", "no reason", numeral("non_figure", reason=None)),
    ("V13", "half of it unresolved", unsettled),
    ("V14", "a share above the whole", said("share", "104.3%", "104.3")),
    ("V14", "a negative share", said("share", "-4.3%", "-4.3")),
    ("V15", "a fall of all and more", said("value_yoy", "120%", "-120")),
    ("V15", "growth of twenty times in percent", said("value_yoy", "2000%", "2000")),
    ("V16", "negative exports", said("value", "5 billion yuan", "-5000000000")),
    ("V16", "exports of nothing", said("value", "0 yuan", "0")),
    ("V17", "half a rank", said("rank", "No. 2", "2.5")),
    ("V17", "rank nought", said("rank", "No. 0", "0")),
    ("V17", "the 900th of the partners", said("rank", "No. 900", "900", of='{"partner":"World"}')),
    ("V18", "half a partner", said("count", "230.5", "230.5", counted="ports")),
    ("V18", "more partners than places", said("count", "320", "320", counted="trading partners")),
    ("V19", "a share that changed by more than all", said("share", "120 points", "120", **POINTS)),
    ("V19", "a share that changed by a quarter", said("share", "25 points", "25", **POINTS)),
    ("V11", "a list's numeral with other digits", said("value", "10.2", "10300000000")),
    ("V43", "three times that is no growth of 250 percent", said("value_yoy", "3 times", "250")),
    ("V65", "four hundred figures", many),
    ("V65", "no growth beside the amounts", levels_only),
]  # fmt: skip


def record(number: int, edit: Callable[[Record], Any]) -> str:
    """Return the staged line of one broken copy, with ids of its own."""
    one = json.loads(gold.line(SOUND))
    mark = f"{number:04d}"
    for each in one["figures"]:
        each["figure_id"] = mark + each["figure_id"][4:]
    for numeral in one["numerals"]:
        numeral["figure_ids"] = [mark + i[4:] for i in numeral["figure_ids"]]
    edit(one)
    for each in one["figures"]:
        if not each["figure_id"].startswith(mark):
            each["figure_id"] = mark + each["figure_id"][4:]
    for numeral in one["numerals"]:
        numeral["figure_ids"] = [mark + i[4:] for i in numeral["figure_ids"]]
    one["article_id"] = mark + one["article_id"][4:]
    return json.dumps(one)


@pytest.fixture(scope="module")
def report(site: Any) -> check.GateReport:
    sound = record(len(BREAKS), lambda _: None)
    built = site([*(record(n, edit) for n, (_, _, edit) in enumerate(BREAKS)), sound])
    return built.run(*ROW_FRAMES)


@pytest.fixture(scope="module")
def failing(report: check.GateReport) -> dict[str, set[str]]:
    """The rules that fail, by the first four characters of the failing row's id."""
    found: dict[str, set[str]] = defaultdict(set)
    for outcome in report.outcomes:
        for one in outcome.ids if outcome.verdict == "fail" else ():
            found[one[:4]].add(outcome.rule)
    return found


@pytest.mark.parametrize("number", range(len(BREAKS)), ids=[f"{r} {what}" for r, what, _ in BREAKS])
def test_exactly_the_broken_gate_fails(number: int, failing: dict[str, set[str]]) -> None:
    assert failing[f"{number:04d}"] == {BREAKS[number][0]}


def test_a_sound_article_passes_every_gate(failing: dict[str, set[str]]) -> None:
    assert f"{len(BREAKS):04d}" not in failing


def test_every_row_gate_is_broken_by_some_case(report: check.GateReport) -> None:
    passing = [o for o in report.outcomes if o.verdict != "fail" and o.severity != "refuse"]
    assert {o.title for o in passing} == set()


def test_rejected_and_quarantined_figures_are_withheld_and_warned_ones_are_not(
    report: check.GateReport,
) -> None:
    severity = {"R": True, "Q": True, "W": False}
    held = {q.figure_id[:4] for q in report.quarantine}
    for number, (rule, _, _) in enumerate(BREAKS):
        kinds = {o.severity for o in report.outcomes if o.rule == rule and f"{number:04d}" in str(o.ids)}
        assert (f"{number:04d}" in held) == any(severity[kind] for kind in kinds if kind in severity)


def test_only_the_broken_figure_is_withheld(report: check.GateReport) -> None:
    number = next(n for n, (rule, _, _) in enumerate(BREAKS) if rule == "V14")
    assert len({q.figure_id for q in report.quarantine if q.figure_id.startswith(f"{number:04d}")}) == 1
