"""Gates: which rows may pass, told by Great Expectations suites (its only importer, with pandas)."""

from __future__ import annotations

import html
import os
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, TypeAlias

from flows.errors import CustomhouseError
from flows.settings import EXPECTATIONS

if TYPE_CHECKING:
    import pandas as pd

Source: TypeAlias = "pd.DataFrame | Callable[[], pd.DataFrame | Iterable[pd.DataFrame]]"

__all__ = ["Gate", "GateReport", "Outcome", "Quarantined", "Suite", "render", "run", "suites", "together"]

SEVERITIES = ("refuse", "R", "Q", "W", "info")
"""``refuse`` stops publication, R (reject) and Q (quarantine) withhold rows, the rest only report."""

_HELD = ("R", "Q")
_OWN = ("rule", "title", "severity", "expect", "when")
_ID_LIMIT = 20  # how many failing rows an outcome names; quarantine names every one


class SuiteError(CustomhouseError):
    """A suite file breaks its own rules: names the file and the gate."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One expectation: the rule it holds, what failing it means, and its Great Expectations arguments."""

    rule: str
    title: str
    severity: str
    expect: str
    arguments: Mapping[str, Any]
    when: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The expectation in one line, long lists cut short."""
        parts = [f"{name}={str(value)[:60]}" for name, value in self.arguments.items()]
        where = [f"{name} in {value}" for name, value in self.when.items()]
        return f"{self.expect}({', '.join(parts)})" + (f" where {' and '.join(where)}" if where else "")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        named = [value for name, value in self.arguments.items() if name.startswith("column")]
        flat = [one for value in named for one in (value if isinstance(value, list) else [value])]
        return (*flat, *self.when)


@dataclass(frozen=True, slots=True)
class Suite:
    """The gates of one frame; ``blame`` is the column that names the figures a failing row withholds.

    Where ``split`` names a column, a gate sees only the rows whose value there is the gate's rule.
    """

    name: str
    frame: str
    id: str
    blame: str | None
    split: str | None
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one gate found: ``verdict`` is pass, fail, nothing to check or error."""

    suite: str
    expectation: str
    rule: str
    title: str
    severity: str
    rows: int
    failing: int
    verdict: str
    ids: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One figure withheld by one rule."""

    figure_id: str
    rule: str
    severity: str
    detail: str


@dataclass(frozen=True, slots=True)
class GateReport:
    """Every gate's outcome and every figure withheld; reports of two phases add up.

    ``figures`` is the number of figures that came to the gates.
    """

    outcomes: tuple[Outcome, ...] = ()
    quarantine: tuple[Quarantined, ...] = ()
    figures: int = 0

    def __add__(self, other: GateReport) -> GateReport:
        return GateReport(
            self.outcomes + other.outcomes,
            self.quarantine + other.quarantine,
            max(self.figures, other.figures),
        )

    @property
    def withheld(self) -> frozenset[str]:
        """The figures in quarantine, each once."""
        return frozenset(row.figure_id for row in self.quarantine)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The outcomes that a person should read: failures and errors, ``info`` left out."""
        return tuple(o for o in self.outcomes if o.verdict in ("fail", "error") and o.severity != "info")

    def refusals(self, most: float = 0.10) -> tuple[str, ...]:
        """Return why this must not be published; ``most`` is the largest share of figures withheld."""
        reasons = [
            f"gate {o.rule} of {o.suite} could not run: {o.error}"
            for o in self.outcomes
            if o.verdict == "error"
        ]
        reasons += [
            f"table gate {o.rule} of {o.suite} fails: {o.title} ({o.expectation})"
            for o in self.outcomes
            if o.verdict == "fail" and o.severity == "refuse"
        ]
        held = len(self.withheld)
        if held > most * self.figures:
            reasons.append(
                f"{held} of {self.figures} figures are in quarantine, more than {most:.0%}: "
                "read the quarantine, or raise CUSTOMHOUSE_MAX_QUARANTINE"
            )
        return tuple(reasons)


def suites(folder: Path = EXPECTATIONS) -> tuple[Suite, ...]:
    """Return every suite of a folder of TOML files, by name; raise SuiteError on a faulty file."""
    return tuple(_suite(path) for path in sorted(folder.glob("*.toml")))


def run(frames: Mapping[str, Source], folder: Path = EXPECTATIONS) -> GateReport:
    """Hold each frame against the suite of its name and report; nothing is raised for bad data.

    A frame may be a function, so that only one is in memory at a time, and that may give it in pieces: a
    gate bounds rows, so pieces add up. Raise SuiteError for a frame without a suite. An expectation that
    cannot run is an ``error``, never a failure of the data.
    """
    known = {suite.frame: suite for suite in suites(folder)}
    if strangers := sorted(set(frames) - set(known)):
        raise SuiteError(f"no suite for {', '.join(strangers)}", where=str(folder), hint="add NAME.toml")
    batch = _batches()
    report = GateReport()
    for name, source in frames.items():
        given = source() if callable(source) else source
        report += together([_hold(known[name], piece, batch) for piece in _pieces(given)])
    return report


def _pieces(given: pd.DataFrame | Iterable[pd.DataFrame]) -> Iterable[pd.DataFrame]:
    import pandas as pd

    return [given] if isinstance(given, pd.DataFrame) else given


def together(pieces: list[GateReport]) -> GateReport:
    """Return one report of pieces of the same frames: each gate once, its rows and failures added."""
    if len(pieces) == 1:
        return pieces[0]
    worst = ("error", "fail", "pass", "nothing to check")
    outcomes = []
    for same in zip(*(piece.outcomes for piece in pieces), strict=True):
        verdict = min((o.verdict for o in same), key=worst.index)
        told = next(o for o in same if o.verdict == verdict)
        ids = tuple(islice((one for o in same for one in o.ids), _ID_LIMIT))
        rows, failing = sum(o.rows for o in same), sum(o.failing for o in same)
        outcomes.append(replace(told, rows=rows, failing=failing, ids=ids))
    held = tuple(row for piece in pieces for row in piece.quarantine)
    return GateReport(tuple(outcomes), held, sum(piece.figures for piece in pieces))


def _suite(path: Path) -> Suite:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    common = raw.get("each", {})
    gates = []
    for number, given in enumerate(raw.get("gate", []), 1):
        entry = {**common, **given}
        missing = [name for name in ("rule", "title", "severity", "expect") if name not in entry]
        if missing or entry["severity"] not in SEVERITIES:
            fault = f"lacks {', '.join(missing)}" if missing else f"has severity {entry['severity']!r}"
            raise SuiteError(
                f"gate {number} ({entry.get('rule', '?')}) {fault}",
                where=path.name,
                hint=f"give rule, title, expect and a severity of {', '.join(SEVERITIES)}",
            )
        arguments = {name: value for name, value in entry.items() if name not in _OWN}
        rule, title, severity, expect = (entry[name] for name in _OWN[:4])
        gates.append(Gate(rule, title, severity, expect, arguments, entry.get("when", {})))
    if not gates or "id" not in raw:
        raise SuiteError("a suite needs an id column and one gate", where=path.name, hint="see README.md")
    return Suite(path.stem, path.stem, raw["id"], raw.get("blame"), raw.get("split"), tuple(gates))


def _batches() -> Callable[[pd.DataFrame], Any]:
    """Return a function from a frame to a batch, in a context that leaves no trace on disk."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read while the package is imported
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    definition = asset.add_batch_definition_whole_dataframe("whole")
    return lambda frame: definition.get_batch({"dataframe": frame})


def _hold(suite: Suite, frame: pd.DataFrame, batch: Callable[[pd.DataFrame], Any]) -> GateReport:
    """Hold one frame against its suite, a few columns at a time: each expectation copies all it is given."""
    parts: dict[tuple[str, ...], list[Gate]] = defaultdict(list)
    for gate in suite.gates:
        parts[(gate.rule if suite.split else "", *gate.columns)].append(gate)
    report = GateReport(figures=len(frame) if suite.blame == suite.id else 0)
    groups = frame.groupby(suite.split, observed=True).indices if suite.split else {}
    for (rule, *_), gates in parts.items():
        # Great Expectations numbers failing rows by index label.
        rows = frame.iloc[groups.get(rule, [])] if suite.split else frame
        rows = rows.reset_index(drop=True)
        report += _validate(suite, gates, rows, batch)
    return report


def _validate(
    suite: Suite, gates: list[Gate], frame: pd.DataFrame, batch: Callable[[pd.DataFrame], Any]
) -> GateReport:
    """Hold one frame against some gates: the row count comes first, since an empty frame passes all."""
    import great_expectations as gx
    from great_expectations import expectations

    kind = partial(getattr, expectations)
    used = {name for gate in gates for name in gate.columns}
    narrow = frame[[name for name in frame.columns if name in used] or [suite.id]]
    built = [kind("ExpectTableRowCountToBeBetween")(min_value=1, meta={"gate": -1})]
    for number, gate in enumerate(gates):
        extra = {"row_condition": _condition(gate.when)} if gate.when else {}
        built.append(kind(gate.expect)(**gate.arguments, **extra, meta={"gate": number}))
    name = f"{suite.name} {gates[0].rule}"
    result = batch(narrow).validate(
        gx.ExpectationSuite(name=name, expectations=built), result_format={"result_format": "COMPLETE"}
    )
    found = {entry.expectation_config.meta["gate"]: entry for entry in result.results}
    counted = found.pop(-1)
    outcomes: list[Outcome] = []
    held: list[Quarantined] = []
    for number, gate in enumerate(gates):
        outcome, rows = _outcome(suite, gate, found[number], frame, empty=not counted.success)
        outcomes.append(outcome)
        if gate.severity in _HELD and suite.blame and outcome.verdict == "fail":
            held += _withhold(gate, frame.iloc[rows], suite)
    return GateReport(tuple(outcomes), tuple(held))


def _condition(when: Mapping[str, Any]) -> Any:
    from great_expectations.expectations.row_conditions import Column

    clauses = [
        Column(name).is_in(value) if isinstance(value, list) else Column(name) == value
        for name, value in when.items()
    ]
    condition = clauses[0]
    for clause in clauses[1:]:
        condition = condition & clause
    return condition


def _outcome(
    suite: Suite, gate: Gate, entry: Any, frame: pd.DataFrame, *, empty: bool
) -> tuple[Outcome, list[int]]:
    """Return the outcome of one gate and the positions of its failing rows."""
    result = entry.result or {}
    error = "" if entry.success else _exception(entry.exception_info)
    rows = [int(row) for row in result.get("unexpected_index_list") or ()]
    checked = result.get("element_count", len(frame)) - result.get("missing_count", 0)
    failing = result.get("unexpected_count", 0 if entry.success else len(frame))
    if error:
        verdict, failing = "error", 0
    elif gate.severity == "refuse" and not entry.success:
        verdict = "fail"
    elif empty or not checked:
        verdict = "nothing to check"
    else:
        verdict = "pass" if entry.success else "fail"
    ids = tuple(str(value) for value in frame[suite.id].iloc[rows[:_ID_LIMIT]])
    own = (suite.name, gate.text, gate.rule, gate.title, gate.severity)
    return Outcome(*own, checked, failing, verdict, ids, error), rows


def _exception(info: Mapping[str, Any]) -> str:
    """Return the message of an expectation that raised, else the empty text."""
    entries = [info, *(value for value in info.values() if isinstance(value, Mapping))]
    for entry in entries:
        if entry.get("raised_exception"):
            return str(entry.get("exception_message") or "raised without a message")
    return ""


def _withhold(gate: Gate, rows: pd.DataFrame, suite: Suite) -> Iterable[Quarantined]:
    column = gate.arguments.get("column")
    for row in rows.to_dict("records"):
        said = row.get("detail") or (f"{column} is {row[column]}" if column else "")
        detail = f"{gate.title}: {said}" if said else gate.title
        for figure in str(row[suite.blame] or "").split():
            yield Quarantined(figure, gate.rule, gate.severity, detail)


def render(report: GateReport, limit: int = 1000) -> str:
    """Return one self-contained page: every gate, then the first ``limit`` rows in quarantine."""
    gates = []
    for o in sorted(report.outcomes, key=lambda o: (o.rule, SEVERITIES.index(o.severity))):
        style = "empty" if o.verdict == "nothing to check" else o.verdict
        gates.append(
            f'<tr class="{style}"><td>{_e(o.rule)}</td><td>{_e(o.title)}</td><td>{o.severity}</td>'
            f'<td class="n">{o.rows:,}</td><td class="n">{o.failing:,}</td><td>{_e(o.verdict)}</td>'
            f"<td>{_e(o.suite)} <code>{_e(o.expectation)} {_e(o.error)}</code></td></tr>"
        )
    rows = [
        f"<tr><td><code>{_e(q.figure_id)}</code></td><td>{_e(q.rule)}</td><td>{q.severity}</td>"
        f"<td>{_e(q.detail)}</td></tr>"
        for q in report.quarantine[:limit]
    ]
    left = len(report.quarantine) - len(rows)
    if left > 0:
        rows.append(f'<tr><td colspan="4">and {left:,} more: see the table quarantine</td></tr>')
    summary = (
        f"{len(report.outcomes)} gates over {report.figures:,} figures: {len(report.failed)} fail, "
        f"{len(report.withheld):,} figures are withheld."
    )
    page = Template((EXPECTATIONS / "gates.html").read_text(encoding="utf-8"))
    return page.substitute(summary=summary, outcomes="\n".join(gates), quarantine="\n".join(rows))


def _e(text: str) -> str:
    return html.escape(text)
