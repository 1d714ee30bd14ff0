"""Which pages a release has and where each of them stands; written aside and swapped in."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flows.errors import UsageError
from flows.load import query
from flows.load.portable import LEFT_OUT, portable
from flows.report import engine
from flows.report.articles import pages
from flows.report.aside import Aside
from flows.report.audit import audit
from flows.report.chart import Chart, how_words
from flows.report.dictionary import questions, star, tables
from flows.report.facts import Fact, Warehouse, open_release
from flows.report.overview import overview
from flows.report.profiles import KINDS, Profile, profiles
from flows.report.terms import measure
from flows.report.words import t

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["build"]

HERE = Path(__file__).parent
MARK = ".customhouse-site"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
# the engine is a worker of its own making
ASK_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self'; connect-src blob:; worker-src blob:; base-uri 'none'; form-action 'none'"
)
NAV = (
    ("index", "index.html", t("Overview", "概览")),
    ("places", "places.html", t("Places", "地区")),
    ("articles", "articles.html", t("Articles", "文章")),
    ("audit", "audit.html", t("Audit", "核查")),
    ("dictionary", "dictionary.html", t("Dictionary", "字典")),
    ("ask", "ask.html", t("Ask", "查询")),
)
_STANCES = {"forecast": t("forecast", "预测"), "target": t("target", "目标")}
_VERDICTS = {
    "pass": t("pass", "通过"),
    "fail": t("finds", "有发现"),
    "nothing to check": t("nothing to check", "无可检查"),
    "error": t("error", "出错"),
}
_REASONS = {
    "date": t("date", "日期"),
    "duration": t("duration", "时长"),
    "enumeration": t("enumeration", "列举"),
    "ordinal": t("ordinal", "序数"),
    "identifier": t("identifier", "编号"),
    "name": t("name", "名称"),
    "furniture": t("page furniture", "页面附属"),
    "threshold": t("threshold", "门槛"),
    "not-trade": t("not of trade", "非贸易"),
    "unmodelled": t("not modelled", "未建模"),
    "reference": t("reference", "参照"),
    "idiom": t("idiom", "习语"),
    "unresolved": t("unresolved", "未定"),
}


def build(database: Path, out: Path, *, public: bool = False) -> Path:
    """Render one release as a static site in ``out`` and return its start page.

    ``public`` shows quoted sentences only: the articles' texts belong to others. Raises UsageError where
    there is no warehouse, or where ``out`` holds something that is not such a site.
    """
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise UsageError(
            "the folder holds something else", where=str(out), hint="give an empty folder or a new one"
        )
    aside = out.with_name(f".{out.name}.aside")
    with contextlib.closing(query.connect(database)) as con:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        house = Warehouse(con, open_release(con, database))
        try:
            _Writer(house, database, aside, public=public).write()
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    (aside / MARK).write_text(f"{house.release.release_id}\n", encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    aside.rename(out)
    return out / "index.html"


@dataclass
class _Writer:
    house: Warehouse
    database: Path
    out: Path
    public: bool

    def write(self) -> None:
        """Write every page, its charts' numbers, the search index and the static files."""
        shutil.copytree(HERE / "static", self.out / "static")
        env = self._environment()
        made = profiles(self.house)
        self._page(
            env, "index.html", "index.html", "index", page=self._charted("index", overview(self.house))
        )
        self._page(env, "list.html", "places.html", "places", profiles=made, kinds=KINDS)
        for kind in made:
            for one in made[kind]:
                self._profile(env, one)
        rows = list(self.house.articles.values())
        self._page(env, "articles.html", "articles.html", "articles", rows=rows)
        template = env.get_template("article.html")
        (self.out / "article").mkdir()
        findings = self._charted("audit", audit(self.house))
        for article in pages(self.house, public=self.public):
            html = template.render(
                root="../", here="articles", page=article, public=self.public, shown=findings.checks
            )
            (self.out / "article" / f"{article.row.article_id}.html").write_text(html, encoding="utf-8")
        self._page(env, "audit.html", "audit.html", "audit", page=findings)
        self._page(
            env,
            "dictionary.html",
            "dictionary.html",
            "dictionary",
            tables=tables(self.house),
            star=star(),
            questions=questions(self.house),
        )
        self._ask(env)
        self._search(made)

    def _environment(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        env = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        env.globals.update(
            t=t,
            how=how_words,
            aside=None,
            names=self.house.names,
            nav=NAV,
            release=self.house.release,
            policy=POLICY,
            ask_policy=ASK_POLICY,
            verdict=lambda v: _VERDICTS.get(v, t(v)),
            stance=lambda s: _STANCES.get(s, t(s)),
            why=lambda r: _REASONS.get(r, t(r)),
        )
        return env

    def _page(self, env: Environment, template: str, path: str, here: str, **said: Any) -> None:
        target = self.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * path.count("/")
        target.write_text(env.get_template(template).render(root=root, here=here, **said), encoding="utf-8")

    def _ask(self, env: Environment) -> None:
        """Write the page where SQL runs, with engine and data where the engine is at hand."""
        found, target = engine.cached(), self.out / "engine"
        weight = 0
        if found:
            engine.link(found, target)
            copy = self.out / ".portable.duckdb"
            portable(self.database, copy)
            engine.as_script("data", copy.read_bytes(), target / "data.js")
            copy.unlink()
            weight = sum(p.stat().st_size for p in target.iterdir())
        asked = questions(self.house)
        # "<" could end the script element that holds it
        data = json.dumps([{"name": q.name, "sql": q.sql} for q in asked], ensure_ascii=False).replace(
            "<", "\\u003c"
        )
        self._page(
            env,
            "ask.html",
            "ask.html",
            "ask",
            questions=asked,
            tables=tables(self.house),
            data=data,
            engine=bool(found),
            weight=round(weight / 1e6),
            left_out=LEFT_OUT,
        )

    def _profile(self, env: Environment, one: Profile) -> None:
        # what partners and products have is in the files of the places
        path = f"csv/{one.path.removesuffix('.html').replace('/', '-')}.csv" if one.kind == "place" else ""
        if path:
            self._put(path, _facts_csv(one.facts))
        field = {"place": "reporter", "partner": "partner", "product": "product"}[one.kind]
        name = one.key.replace("'", "''")
        sql = f"select * from obs where {field} = '{name}' and known_to is null order by period desc"
        flows = list(dict.fromkeys(line.flow for line in one.lines if line.flow))
        measures = [(m, measure(m)) for m in dict.fromkeys(line.measure for line in one.lines)]
        page = self._charted(one.path.removesuffix(".html").replace("/", "-"), one)
        self._page(
            env,
            "profile.html",
            one.path,
            "places",
            page=page,
            aside=Aside(),
            csv=path,
            ask=quote(sql),
            flows=flows,
            measures=measures,
        )

    def _charted(self, page: str, holder: Any) -> Any:
        """Write the CSV of every chart of a page, and return the page with their addresses."""
        return replace(holder, charts=[self._chart(page, c) for c in holder.charts])

    def _chart(self, page: str, chart: Chart) -> Chart:
        if chart.choices:
            return replace(chart, choices=[(k, w, self._chart(page, c)) for k, w, c in chart.choices])
        path = f"csv/{page}.{chart.id}.csv"
        self._put(path, chart.csv())
        return replace(chart, csv_path=path)

    def _put(self, path: str, text: str) -> None:
        target = self.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def _search(self, made: Mapping[str, Iterable[Profile]]) -> None:
        letters = {"place": "p", "partner": "w", "product": "g"}
        rows = [
            [letters[kind], p.name.en, p.name.zh if p.name.zh != p.name.en else "", p.path]
            for kind, some in made.items()
            for p in some
        ]
        rows += [["a", a.heading, "", f"article/{a.article_id}.html"] for a in self.house.articles.values()]
        data = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        self._put("search.js", f"customhouse_index({data});\n")


_FIELDS = (
    "reporter",
    "partner",
    "flow",
    "product",
    "enterprise",
    "regime",
    "channel",
    "period",
    "measure",
    "unit",
    "of_cell",
    "counted",
    "value",
    "lo",
    "hi",
    "bound",
    "stance",
    "agreement",
    "figure_id",
)


def _facts_csv(facts: Iterable[Fact]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_FIELDS)
    for f in facts:
        row = (getattr(f, n) for n in _FIELDS)
        writer.writerow([f"{v.normalize():f}" if isinstance(v, Decimal) else v for v in row])
    return out.getvalue()
