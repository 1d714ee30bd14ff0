"""Each cross-row check: a little world in which one number is wrong, and the same world with it mended.

Every world lives in years of its own, so one warehouse and one run of the suite hold them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from flows import check, reference
from flows.load import build
from tests import gold

Figure = dict[str, Any]

CUSTOMS = "http://www.customs.gov.cn/"


@dataclass(frozen=True)
class World:
    """Articles, each a list of figures; ``mend`` changes fields of one figure (article, figure, fields)."""

    rule: str
    what: str
    articles: list[list[Figure]]
    mend: tuple[int, int, Figure] | None = None
    also: tuple[str, ...] = ()  # rules that cannot help failing too
    article: Figure = field(default_factory=dict)  # said of every article
    sound: Figure = field(default_factory=dict)  # said of the mended articles instead


def money(value: float, flow: str = "trade", period: str = "year", **cell: Any) -> Figure:
    """Money in units of 100 million yuan."""
    return {"measure": "value", "unit": "CNY", "value": value, "flow": flow, "period": period, **cell}


def grew(value: float, flow: str = "trade", period: str = "year", **cell: Any) -> Figure:
    return {"measure": "value_yoy", "unit": "percent", "value": value, "flow": flow, "period": period, **cell}


def share(value: float, of: Figure, **cell: Any) -> Figure:
    return {**grew(value, **cell), "measure": "share", "of": of}


def points(measure: str, value: float, of: Figure, **cell: Any) -> Figure:
    return {**grew(value, **cell), "measure": measure, "unit": "pp", "of": of}


def number(measure: str, value: float, unit: str, **cell: Any) -> Figure:
    return {**grew(value, **cell), "measure": measure, "unit": unit}


PRIVATE, FOREIGN, STATE = ({"enterprise": e} for e in ("private", "foreign-invested", "state-owned"))
FIRMS, PARTNERS = {"enterprise": "all"}, {"partner": "World"}
US, JAPAN, VIETNAM = ({"partner": p} for p in ("United States", "Japan", "Viet Nam"))
CYCLES = {"flow": "exports", "product": "motorcycles"}
TEA = {"product": "tea"}
TRADERS = {"measure": "count", "unit": "count", "flow": "trade", "period": "year"}
PRODUCTS = [n.name for n in reference.names("products") if n.code != "all"][:20]

WORLDS = [
    World("V03", "a class of firms that is none", [[money(5, enterprise="martian")]], (0, 0, PRIVATE)),
    World("V04", "goods that no table has", [[money(5, product="moon cheese")]], (0, 0, {"product": "coal"})),
    World("V18", "more partners grow than there are",
          [[{**TRADERS, "value": 180, "counted": "trading partners"},
            {**TRADERS, "value": 200, "counted": "trading partners with growth"}]], (0, 1, {"value": 150})),
    World("V20", "eight times the year before", [[money(800)], [money(100, period="year-1")]],
          (0, 0, {"value": 150})),
    World("V21", "ten times what another article has", [[money(1000)], [money(100)]], (0, 0, {"value": 100}),
          ("V58",)),
    World("V22", "motorcycles at forty times the price",
          [[money(40 if m == 5 else 1, period=f"m{m:02d}", **CYCLES) for m in (1, 3, 5, 7, 9)]
           + [number("quantity", 1000, "units", period=f"m{m:02d}", **CYCLES) for m in (1, 3, 5, 7, 9)]],
          (0, 2, {"value": 1})),
    World("V23", "exports and imports make another total",
          [[money(1000), money(600, "exports"), money(500, "imports")]], (0, 2, {"value": 400})),
    World("V24", "another balance", [[money(600, "exports"), money(400, "imports"), money(300, "balance")]],
          (0, 2, {"value": 200})),
    World("V25", "trade grows more than both sides", [[grew(9), grew(5, "exports"), grew(3, "imports")]],
          (0, 0, {"value": 4})),
    World("V26", "bases that do not add up",
          [[money(1000), money(600, "exports"), money(400, "imports"), grew(9.9), grew(10.0, "exports"),
            grew(2.0, "imports")]], (0, 5, {"value": 9.8})),
    World("V27", "a base a seventh above the one published",
          [[money(1000), grew(10.0)], [money(800, period="year-1")]], (1, 0, {"value": 909.1})),
    World("V28", "a rise called a fall", [[money(1000), grew(-10.0)], [money(900, period="year-1")]],
          (0, 1, {"value": 11.1}), ("V27",)),
    World("V29", "half the change", [[money(1000), grew(10.0), {**money(50), "measure": "value_change"}]],
          (0, 2, {"value": 90.9})),
    World("V30", "half the growth on the month before",
          [[money(100, period="m09"), money(110, period="m10"),
            number("value_pop", 5, "percent", period="m10")]],
          (0, 2, {"value": 10})),
    World("V31", "twice the average growth",
          [[money(121), number("value_cagr", 20, "percent", period="span")], [money(100, period="year-2")]],
          (0, 1, {"value": 10})),
    World("V32", "a share five points off",
          [[money(1000), money(200, **PRIVATE), share(25, FIRMS, **PRIVATE)]],
          (0, 2, {"value": 20})),
    World("V33", "a partner larger than the world",
          [[money(1000), money(1200, **US)]], (0, 1, {"value": 200})),
    World("V33", "exports larger than trade",
          [[money(1000), money(1200, "exports")]], (0, 1, {"value": 200})),
    World("V34", "two partners larger than the world", [[money(1000), money(600, **US), money(600, **JAPAN)]],
          (0, 2, {"value": 300})),
    World("V35", "firms that make 95 percent",
          [[share(60, FIRMS, **PRIVATE), share(30, FIRMS, **FOREIGN), share(5, FIRMS, **STATE)]],
          (0, 2, {"value": 9})),
    World("V35", "firms that make 104 percent",
          [[share(60, FIRMS, **PRIVATE), share(35, FIRMS, **FOREIGN), share(9, FIRMS, **STATE)]],
          (0, 2, {"value": 4}), ("V37",)),
    World("V36", "firms that make 95 percent of the amount",
          [[money(1000), money(600, **PRIVATE), money(300, **FOREIGN), money(50, **STATE)]],
          (0, 3, {"value": 95})),
    World("V37", "two partners with 110 percent", [[share(60, PARTNERS, **US), share(50, PARTNERS, **JAPAN)]],
          (0, 1, {"value": 30})),
    World("V39", "a share that rose by five from 40 to 50",
          [[share(50, FIRMS, **PRIVATE), points("share_change", 5, FIRMS, **PRIVATE),
            share(40, FIRMS, period="year-1", **PRIVATE)]], (0, 2, {"value": 45})),
    World("V40", "a share that rises with a slower part",
          [[points("share_change", 2, FIRMS, **PRIVATE), grew(5, **PRIVATE), grew(10)]],
          (0, 1, {"value": 15})),
    World("V41", "a gap that is none of the two growths",
          [[points("growth_gap", 8, {"reporter": "China"}), grew(10), grew(5, reporter="China")]],
          (0, 0, {"value": 5})),
    World("V42", "a contribution of half for a hundredth",
          [[money(1000), grew(10.0), money(100, **PRIVATE), grew(10.0, **PRIVATE),
            points("contribution", 50, FIRMS, **PRIVATE)]], (0, 4, {"value": 1})),
    World("V44", "October to date below September to date",
          [[money(1000, period="m01-09")], [money(900, period="m01-10")]], (1, 0, {"value": 1100})),
    World("V45", "an October that is not the difference",
          [[money(1000, period="m01-09")], [money(1100, period="m01-10")], [money(150, period="m10")]],
          (2, 0, {"value": 100})),
    World("V46", "quarters that make more than the year",
          [[money(400)], [money(v, period=f"m{a}")
                           for v, a in ((100, "01-03"), (100, "04-06"), (100, "07-09"), (150, "10-12"))]],
          (1, 3, {"value": 100})),
    World("V47", "a September above nine months", [[money(400, period="m01-09"), money(500, period="m09")]],
          (0, 1, {"value": 50})),
    World("V47", "an October above the year, in another article", [[money(400)], [money(500, period="m10")]],
          (1, 0, {"value": 50})),
    World("V48", "growth to date above all its parts",
          [[grew(10, period="m01-09"), grew(20, period="m01-10"), grew(12, period="m10")]],
          (0, 1, {"value": 10.2})),
    World("V49", "a fall within three months of growth",
          [[grew(5, period="m08"), grew(-2, period="m09"), grew(3, period="m10"),
            number("streak", 3, "months", period="m10")]], (0, 1, {"value": 2})),
    World("V50", "a record below the month before",
          [[money(100, period="m10", say="，为全年最高", **TEA), money(120, period="m09", **TEA)]],
          (0, 1, {"value": 90})),
    World("V51", "a province above China",
          [[money(1200), money(1000, reporter="China")]], (0, 0, {"value": 200})),
    World("V52", "two provinces above China",
          [[money(600), money(600, reporter="Hubei"), money(1000, reporter="China")]],
          (0, 0, {"value": 200})),
    World("V53", "a city above its province", [[money(1000), money(1100, reporter="Changsha")]],
          (0, 1, {"value": 300})),
    World("V53", "two cities above their province",
          [[money(1000), money(600, reporter="Changsha"), money(600, reporter="Yueyang")]],
          (0, 1, {"value": 300})),
    World("V54", "a member above its group", [[money(300, **VIETNAM), money(200, partner="ASEAN")]],
          (0, 0, {"value": 100})),
    World("V55", "two shares that imply two Chinas",
          [[money(100), share(10, {"reporter": "China"})],
           [money(100, reporter="Hubei"), share(20, {"reporter": "China"}, reporter="Hubei")]],
          (1, 1, {"value": 10})),
    World("V56", "the second partner above the first",
          [[money(100, **US), money(200, **JAPAN), number("rank", 1, "rank", of=PARTNERS, **US),
            number("rank", 2, "rank", of=PARTNERS, **JAPAN)]], (0, 1, {"value": 50})),
    World("V56", "more than half and not the first",
          [[share(60, PARTNERS, **US), number("rank", 2, "rank", of=PARTNERS, **US)]], (0, 1, {"value": 1})),
    World("V57", "a group that doubled and grew by five",
          [[money(1000, partner="Belt and Road"), grew(5.0, partner="Belt and Road")],
           [money(500, partner="Belt and Road", period="year-1")]], (1, 0, {"value": 952.4}), ("V27",)),
    World("V58", "two articles three percent apart", [[money(100)], [money(103)]], (1, 0, {"value": 100})),
    World("V59", "an article told again",
          [[money(100), grew(5), money(70, "exports")], [money(100), grew(5), money(70, "exports")]]),
    World("V60", "a headline with other digits",
          [[money(101, head=True), money(110)]], (0, 1, {"value": 101.04})),
    World("V61", "fourteen yuan a dollar", [[money(7000), money(500, unit="USD")]], (0, 1, {"value": 1000})),
    World("V62", "growth in yuan far above that in dollars",
          [[money(100), grew(30), grew(5, basis="USD")]], (0, 1, {"value": 4})),
    World("V63", "a forecast taken for a report too",
          [[money(100, stance="forecast"), money(100, stance="reported", at=0)]],
          (0, 1, {"value": 90, "at": None})),
    World("V64", "a publisher nobody knows", [[money(100)]], (0, 0, {}),
          article={"url": "http://blog.example/"}, sound={"url": CUSTOMS}),
    World("V66", "a list that does not align", [[money(100)]], (0, 0, {}),
          article={"loose": 3, "tail": "分别"}, sound={"loose": 0, "tail": "分别"}),
    World("V67", "a translation with other digits",
          [[money(100)] + [money(1, product=p) for p in PRODUCTS],
           [money(120)] + [money(1, product=p) for p in PRODUCTS]],
          (1, 0, {"value": 100}), ("V58",), article={"lang": ("zh", "en")}),
    World("V68", "a notice that takes a number back", [[money(100)]], (0, 0, {}),
          article={"front": "更正", "loose": 1, "reason": "reference"},
          sound={"front": "更正", "loose": 1, "reason": "date"}),
]  # fmt: skip


def span(name: str, year: int) -> str:
    if name.startswith("year"):
        year += int(name.removeprefix("year") or 0)
        return f"{year}-01/{year}-12"
    if name == "span":
        return f"{year - 2}-01/{year}-12"
    first, _, last = name.removeprefix("m").partition("-")
    return f"{year}-{first}/{year}-{last or first}"


def line(figures: list[Figure], year: int, serial: int, said: Figure) -> str:
    """Print the figures one a sentence and label them; ``head`` puts one into the headline."""
    text, label = f"第{serial}号{said.get('front', '')}", []
    for one in sorted(figures, key=lambda f: not f.get("head")):
        one = dict(one)
        one.pop("head", None)
        say, at = one.pop("say", ""), one.pop("at", None)
        in_money = one["unit"] in ("CNY", "USD")
        printed = f"{abs(one['value'])}" + ("亿" if in_money else "%" if one["unit"] == "percent" else "")
        one.update(value=one["value"] * (10**8 if in_money else 1), period=span(one["period"], year))
        if at is None:
            one.update(start=len(text), end=len(text) + len(printed), text=printed)
            text += f"{printed}{say}。\n"
        else:
            one.update({k: label[at][k] for k in ("start", "end", "text")})
        label.append({"reporter": "Hunan", **one})
    loose = []
    for _ in range(said.get("loose", 0)):
        loose.append([len(text), len(text) + 1, said.get("reason", "unresolved")])
        text += "7、"
    text += said.get("tail", "")
    langs = said.get("lang", ("zh",))
    return gold.staged(
        {"id": str(serial), "lang": langs[min(len(langs) - 1, said["number"])],
         "published": f"{year + 1}-01-20", "figures": label, "non_figures": [[0, 0, "furniture"], *loose]},
        text, url=f"{said.get('url', CUSTOMS)}{serial}",
    )  # fmt: skip


def world(index: int, mended: bool) -> list[str]:
    one = WORLDS[index]
    articles = [[dict(f) for f in figures] for figures in one.articles]
    said = {**one.article, **(one.sound if mended else {})}
    if mended and one.mend:
        at, number_, fields = one.mend
        articles[at][number_].update(fields)
    place = 2 * index + mended
    year = 2010 + 8 * place
    return [line(f, year, 10 * place + n, {**said, "number": n}) for n, f in enumerate(articles)]


@pytest.fixture(scope="module")
def built(site: Any) -> Any:
    every = [one for index in range(len(WORLDS)) for mended in (False, True) for one in world(index, mended)]
    found = site(every)
    build.candidates(found.con)
    build.folder(found.con, "5_checks/cross")
    return found


@pytest.fixture(scope="module")
def report(built: Any) -> check.GateReport:
    monkey = pytest.MonkeyPatch()
    monkey.setattr(check, "_ID_LIMIT", 100_000)  # name every failing row
    yield check.run({"gate_check": lambda: built.con.sql("from gate_check").df()})
    monkey.undo()


@pytest.fixture(scope="module")
def places(built: Any) -> dict[str, int]:
    """Which world, broken (even) or mended (odd), each check belongs to."""
    return dict(
        built.con.sql(
            "select check_id, (year(published) - 2011) // 8 "
            "from fct_check join stg_article using (article_id)"
        ).fetchall()
    )


@pytest.fixture(scope="module")
def failing(report: check.GateReport, places: dict[str, int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for outcome in report.outcomes:
        for one in outcome.ids if outcome.verdict == "fail" else ():
            place = places.get(one)
            told = outcome.severity != "info" or (
                place is not None and WORLDS[place // 2].rule == outcome.rule
            )
            if place is not None and told:
                found.setdefault(place, set()).add(outcome.rule)
    return found


NAMES = [f"{w.rule} {w.what}" for w in WORLDS]


def test_no_gate_errs(report: check.GateReport) -> None:
    assert [(o.rule, o.error) for o in report.outcomes if o.verdict == "error"] == []


@pytest.mark.parametrize("index", range(len(WORLDS)), ids=NAMES)
def test_the_broken_world_fails_just_its_rule(index: int, failing: dict[int, set[str]]) -> None:
    assert failing.get(2 * index, set()) == {WORLDS[index].rule, *WORLDS[index].also}


@pytest.mark.parametrize("index", range(len(WORLDS)), ids=NAMES)
def test_the_mended_world_is_checked_and_holds(
    index: int, failing: dict[int, set[str]], built: Any, places: dict[str, int]
) -> None:
    if WORLDS[index].mend is None:
        pytest.skip("nothing to mend")
    assert failing.get(2 * index + 1, set()) == set()
    checked = built.con.sql(f"select check_id from fct_check where rule = '{WORLDS[index].rule}'").fetchall()
    if WORLDS[index].rule not in (
        "V03",
        "V04",
        "V63",
        "V68",
    ):  # these have no article, or nothing left to check
        assert any(places.get(one) == 2 * index + 1 for (one,) in checked)


def test_every_rule_of_the_suite_is_broken_by_some_world(report: check.GateReport) -> None:
    rules = {o.rule for o in report.outcomes}
    assert rules - {w.rule for w in WORLDS} == {"V38"}  # that one is about the reference tables: below


def test_what_is_withheld_is_part_of_what_was_compared(built: Any, report: check.GateReport) -> None:
    pairs = built.con.sql(
        "select rule, figure_id from fct_check, unnest(figure_ids) as u (figure_id)"
    ).fetchall()
    compared = set(pairs)
    withheld = {(q.rule, q.figure_id) for q in report.quarantine}
    # a sum over many articles names its first forty figures only
    assert withheld - compared == set()


def test_warnings_and_revisions_withhold_nothing(report: check.GateReport) -> None:
    assert not {q.rule for q in report.quarantine} & {"V04", "V26", "V27", "V58", "V59", "V64", "V66", "V68"}


def test_a_repeated_number_is_believed_before_a_lonely_one(site: Any) -> None:
    """Exports and imports miss a total that another article has too, so only they are withheld."""
    first = [money(1000), money(600, "exports"), money(500, "imports")]
    lines = [line(figures, 2020, n, {"number": 0}) for n, figures in enumerate((first, [money(1000)]))]
    built = site(lines)
    build.candidates(built.con)
    build.folder(built.con, "5_checks/cross")
    report = check.run({"gate_check": lambda: built.con.sql("from gate_check").df()})
    rows = built.con.sql("select figure_id, flow from stg_figure").fetchall()
    assert sorted(flow for one, flow in rows if one in report.withheld) == ["exports", "imports"]


def test_an_overlay_in_a_sum_refuses(site: Any) -> None:
    """V38: were the flag of a dimension wrong, small firms would be added to private ones."""
    sizes = [share(40, FIRMS, enterprise="small and medium-sized enterprises"), share(50, FIRMS, **PRIVATE)]
    broken = site([line(sizes, 2020, 1, {"number": 0})])
    build.candidates(broken.con)
    broken.con.execute("update dim_enterprise set adds_up = true")
    build.folder(broken.con, "5_checks/cross")
    report = check.run({"gate_check": lambda: broken.con.sql("from gate_check").df()})
    assert [o.rule for o in report.outcomes if o.severity == "refuse" and o.verdict == "fail"] == ["V38"]
    assert "V38" in report.refusals()[0]
