"""The site of a release without a browser: every link leads somewhere, every number is said right."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import gzip
import io
import json
import re
import threading
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from flows import report, stage, steps
from flows.cli import customhouse
from flows.errors import UsageError
from flows.load import query
from flows.report.facts import ArticleRow, Warehouse, open_release, slug
from flows.report.parts import Parts
from flows.report.terms import Span, measure, period
from flows.report.words import amount, interval
from flows.settings import Home
from tests import gold
from tests.sql import house


@pytest.fixture(scope="module")
def site(samples: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report.build(samples.database, tmp_path_factory.mktemp("site") / "site").parent


@pytest.fixture(scope="module")
def public(samples: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report.build(samples.database, tmp_path_factory.mktemp("site") / "public", public=True).parent


class Page(HTMLParser):
    """The ids, links and sources of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if said.get("id"):
            self.ids.append(str(said["id"]))
        for name in ("href", "src"):
            if said.get(name):
                self.links.append(str(said[name]))


def whole(path: Path) -> str:
    """Return a page as its script lays it out: with the tables that were put aside in their places."""
    text = path.read_text(encoding="utf-8")
    held = re.search(r'<script type="application/json" id="parts">"(.*)"</script>', text)
    if not held:
        return text
    parts, tips = json.loads(gzip.decompress(base64.b64decode(held[1])))
    assert len(tips) == text.count(" data-t>") + text.count(" data-t ")
    return re.sub(r"data-part=(\d+)>", lambda place: f">{parts[int(place[1])]}", text)


def pages(site: Path) -> Iterator[tuple[Path, Page]]:
    for path in sorted(site.rglob("*.html")):
        yield path, Page(whole(path))


def test_every_link_leads_to_a_file_and_an_anchor(site: Path) -> None:
    parsed = dict(pages(site))
    assert len(parsed) > 30
    for path, page in parsed.items():
        assert len(page.ids) == len(set(page.ids)), f"{path}: an id stands twice"
        for link in page.links:
            if link.startswith(("http://", "https://")):
                continue
            file, anchor = urldefrag(link)
            target = (path.parent / unquote(file)).resolve() if file else path
            assert target.exists(), f"{path.name}: {link}"
            if anchor and target.suffix == ".html" and target.name != "ask.html":
                assert anchor in parsed[target].ids, f"{path.name}: {link}"


def test_other_hosts_are_only_linked_to(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in (".html", ".css"):
            text = path.read_text(encoding="utf-8")
            loaded = re.findall(
                r'(?:src|srcset)="(https?:[^"]+)|url\((https?:[^)]+)|<link[^>]+href="(https?:[^"]+)', text
            )
            assert not loaded, f"{path}: {loaded[:2]}"


def test_the_start_page_is_light(site: Path) -> None:
    first = ["index.html", "static/site.css", "static/site.js", "static/boot.js", "static/icon.svg"]
    assert sum((site / name).stat().st_size for name in first) < 500_000


def test_every_figure_has_its_card_at_its_words(site: Path, samples: Home) -> None:
    with query.connect(samples.database) as con:
        rows = query.select(con, "select article_id, figure_id, printed from stg_figure").rows
        texts = dict(query.select(con, "select article_id, text from stg_article").rows)
    assert len(rows) > 200
    for article_id, text in texts.items():
        html = (site / "article" / f"{article_id}.html").read_text(encoding="utf-8")
        for _, figure_id, printed in (r for r in rows if r[0] == article_id):
            assert f"<li id={figure_id}" in html
            marks = re.findall(rf"<a class=[^>]*{figure_id}[^>]*>([^<]*)</a>", html)
            assert any(printed in mark or mark in printed for mark in marks), (article_id, printed, marks)
        run = re.search(r'<div class="run">(.*?)</div>', html, re.DOTALL)
        assert run
        shown = re.sub(r"<[^>]+>", "", run.group(1))
        assert unescape(shown) == text


def test_public_shows_sentences_and_never_the_text(public: Path, samples: Home) -> None:
    with query.connect(samples.database) as con:
        rows = query.select(con, "select article_id, text, sha256 from stg_article").rows
    for article_id, text, sha256 in rows:
        html = unescape(
            re.sub(r"<[^>]+>", "", (public / "article" / f"{article_id}.html").read_text("utf-8"))
        )
        assert text not in html
        assert sha256 in html
        quoted = re.findall(r"\[(\d+), (\d+)\) ?", html)
        assert quoted, article_id
        silent = [
            line
            for line in text.splitlines()
            if len(line) > 25 and not re.search(r"\d|[一二两三四五六七八九十]", line)
        ]
        assert not [line for line in silent if line in html]


def test_csv_holds_the_numbers_of_the_warehouse(site: Path, samples: Home) -> None:
    rows = list(csv.DictReader(io.StringIO((site / "csv" / "place-chongqing.csv").read_text("utf-8"))))
    with query.connect(samples.database) as con:
        want = query.select(
            con, "select figure_id, value from fct_best where reporter = 'Chongqing' and known_to is null"
        ).rows
    assert {(r["figure_id"], Decimal(r["value"])) for r in rows} == set(want)
    chart = list(
        csv.DictReader(io.StringIO((site / "csv" / "place-chongqing.annual-trade.csv").read_text("utf-8")))
    )
    assert {r["label"]: r["value"] for r in chart if r["unit"] == "CNY"}["2025"] == "800680000000"
    assert {r["how"] for r in chart} >= {"reported"}


def test_search_finds_places_goods_and_articles_in_both_languages(site: Path) -> None:
    text = (site / "search.js").read_text(encoding="utf-8")
    rows = json.loads(text.removeprefix("customhouse_index(").rstrip(";\n)"))
    assert ["p", "Chongqing", "重庆", "place/chongqing.html"] in rows
    assert {row[0] for row in rows} >= {"p", "g", "w", "a"}
    assert all((site / row[3]).exists() for row in rows)


def test_a_hostile_address_is_no_link(samples: Home) -> None:
    with query.connect(samples.database) as con:
        row = next(iter(Warehouse(con, open_release(con, samples.database)).articles.values()))
    assert ArticleRow(**{**row._asdict(), "url": "javascript:alert(1)"}).link is None
    assert ArticleRow(**{**row._asdict(), "url": "https://example.org/a"}).link == "https://example.org/a"


def published(home: Home, lines: list[str], day: int = 1) -> None:
    """Publish staged lines the whole way, gates and all."""
    gold.write(home.staging / stage.fingerprint(), lines)
    steps.publish(home, steps.build(home), now=dt.datetime(2026, 2, day, tzinfo=dt.UTC))


EVIL = '"><img src=x onerror=alert(1)><script>alert(1)</script>'


def test_what_an_article_says_stays_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUSTOMHOUSE_MAX_QUARANTINE", "1")
    year = {"unit": "CNY", "measure": "value"}
    lines = [
        house.article(
            [
                house.claim(
                    700, f"700 yuan {EVIL}", **{**year, "reporter": EVIL, "partner": EVIL, "product": EVIL}
                ),
                house.claim(900, "900 yuan", reporter=EVIL),
                house.claim(800, "800 yuan", reporter=EVIL, period="2024-01/2024-12"),
            ],
            url=f"https://example.org/{number}",
            publisher=EVIL,
            title=EVIL,
        )
        for number in (1, 2)
    ]
    published(Home(tmp_path / "home"), lines)
    site = report.build(Home(tmp_path / "home").database, tmp_path / "site").parent
    told = 0
    for path in site.rglob("*.html"):
        text = whole(path)
        assert "<img" not in text, path
        assert not re.findall(r'<script(?! src="|\s+type="application/json")', text), path
        told += "alert(1)" in text
    assert told > 3
    shown = (site / "search.js").read_text(encoding="utf-8")
    assert json.loads(shown.removeprefix("customhouse_index(").rstrip(";\n)"))


def test_the_audit_writes_out_sentences_and_arithmetic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUSTOMHOUSE_MAX_QUARANTINE", "1")
    claims = [
        house.claim(900, "900 yuan"),
        house.claim(500, "500 yuan", flow="exports"),
        house.claim(300, "300 yuan", flow="imports"),
    ]
    published(Home(tmp_path / "home"), [house.article(claims, url="https://example.org/1")])
    site = report.build(Home(tmp_path / "home").database, tmp_path / "site").parent
    told = unescape(re.sub(r"<[^>]+>", " ", (site / "audit.html").read_text("utf-8")))
    assert "should be 500 yuan + 300 yuan = " in told
    assert "应为 500元 + 300元 = " in told
    assert told.count("It was 500 yuan, says https://example.org/1.") >= 1, (
        "a quarantined figure has its sentence"
    )


def test_a_second_release_tells_what_is_new(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = [house.article([house.claim(700, "700 yuan")], url="https://example.org/1")]
    later = [
        *first,
        house.article([house.claim(800, "800 yuan", reporter="Sichuan")], url="https://example.org/2"),
    ]
    published(home, first)
    before = (report.build(home.database, tmp_path / "one")).read_text("utf-8")
    assert "first release" in before
    published(home, later, day=2)
    now = re.sub(r"<[^>]+>", " ", report.build(home.database, tmp_path / "two").read_text("utf-8"))
    said = " ".join(now[now.index("New in this release") :].split())
    assert "1 new articles" in said
    assert "1 new figures" in said
    assert "Sichuan" in said


def test_shares_that_overlap_never_stand_in_one_bar(samples: Home) -> None:
    with query.connect(samples.database) as con:
        parts = Parts(Warehouse(con, open_release(con, samples.database)))
    assert parts.overlap("partner", "ASEAN", "Viet Nam")
    assert parts.overlap("partner", "Belt and Road", "ASEAN")
    assert not parts.overlap("partner", "ASEAN", "United States")
    assert parts.overlap("product", "mechanical and electrical products", "integrated circuits")
    assert not parts.overlap("product", "automobiles", "integrated circuits")
    assert parts.overlap("product", "automobiles", "no such goods"), "what nobody placed may overlap"
    assert not parts.overlap("enterprise", "private", "state-owned")
    assert parts.overlap("enterprise", "private", "small and medium-sized enterprises")


def test_the_command_line_makes_and_serves_it(
    samples: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # no npm, no cache: the site is made all the same, and the page says what it lacks
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    out = tmp_path / "site"
    done = CliRunner().invoke(customhouse, ["report", "--home", str(samples.root), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert str(out / "index.html") in done.output
    assert "npm" in done.stderr
    assert "without the SQL engine" in (out / "ask.html").read_text("utf-8")
    with report.server(out, 0) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with urlopen(f"http://127.0.0.1:{server.server_port}/search.js") as answer:
            assert answer.headers["Content-Type"].startswith("text/javascript")
        thread.join()
    with pytest.raises(UsageError, match="no site"):
        report.server(tmp_path / "elsewhere", 0)


def test_an_engine_that_is_unpacked_already_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    for name in ("duckdb-eh.wasm", "duckdb-browser-eh.worker.js"):
        (dist / name).write_bytes(name.encode())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CUSTOMHOUSE_DUCKDB_WASM", str(dist))
    text = (report.fetch() / "wasm.js").read_text("ascii")
    packed = re.fullmatch(r'customhouse_part\("wasm","(.*)"\);\n', text)
    assert packed
    assert gzip.decompress(base64.b64decode(packed.group(1))) == b"duckdb-eh.wasm"


def test_a_folder_of_others_is_left_alone(tmp_path: Path, samples: Home) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="something else"):
        report.build(samples.database, tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


AMOUNTS = [
    # value, unit, measure, bound, step → English, Chinese
    ("800680000000", "CNY", "value", "=", "10000000", "800.68 billion yuan", "8006.8亿元"),
    ("45470000000000", "CNY", "value", "=", "10000000000", "45.47 trillion yuan", "45.47万亿元"),
    ("850000000", "CNY", "value", "~", "10000000", "≈ 850 million yuan", "≈ 8.5亿元"),
    ("63000000000", "CNY", "value", ">", "1000000000", "≥ 63 billion yuan", "≥ 630亿元"),
    ("114600000000", "USD", "value", "=", "100000000", "114.6 billion US dollars", "1146亿美元"),
    ("-12.5", "percent", "value_yoy", "=", "0.1", "−12.5%", "−12.5%"),
    ("12", "percent", "value_yoy", "=", "1", "+12%", "+12%"),
    ("48", "percent", "share", "=", "1", "48%", "48%"),
    ("8.2", "pp", "growth_gap", "=", "0.1", "+8.2 pp", "+8.2 个百分点"),
    ("2", "rank", "rank", "=", "1", "no. 2", "第2位"),
    ("180", "count", "count", "<", "10", "≤ 180", "≤ 180个"),
    ("9", "months", "streak", "=", "1", "9 months", "9个月"),
    ("3000000", "t", "quantity", "=", "100000", "3.0 million tonnes", "300万吨"),
    ("400000", "TEU", "quantity", "=", "1", "400,000 TEU", "40万标箱"),
]


@pytest.mark.parametrize(("value", "unit", "form", "bound", "step", "en", "zh"), AMOUNTS)
def test_numbers_as_people_read_them(
    value: str, unit: str, form: str, bound: str, step: str, en: str, zh: str
) -> None:
    said = amount(Decimal(value), unit, form, bound=bound, step=Decimal(step))
    assert (said.en, said.zh) == (en, zh)


def test_a_computed_number_is_as_fine_as_its_interval() -> None:
    lo, hi = Decimal("714569000000"), Decimal("715217000000")
    said = amount(Decimal("714892857142.857"), "CNY", lo=lo, hi=hi)
    assert (said.en, said.zh) == ("714.9 billion yuan", "7149亿元")
    assert interval(lo, hi, "CNY").en == "[714.57, 715.22] billion"


PERIODS = [
    (("2025-01/2025-12", "year", 2025, 1, 12, 12), "2025", "2025年"),
    (("2025-01/2025-11", "ytd", 2025, 1, 11, 11), "Jan–Nov 2025", "2025年1—11月"),
    (("2025-07/2025-09", "quarter", 2025, 7, 9, 3), "Q3 2025", "2025年三季度"),
    (("2025-07/2025-12", "half", 2025, 7, 12, 6), "H2 2025", "2025年下半年"),
    (("2025-09/2025-09", "month", 2025, 9, 9, 1), "Sep 2025", "2025年9月"),
    (("2021-01/2025-12", "span", 2021, 1, 12, 60), "2021–2025", "2021—2025年"),
]


@pytest.mark.parametrize(("row", "en", "zh"), PERIODS)
def test_periods_as_people_say_them(row: tuple[str, str, int, int, int, int], en: str, zh: str) -> None:
    said = period(Span(*row, None, None))
    assert (said.en, said.zh) == (en, zh)


def test_measures_in_words() -> None:
    assert measure("value_yoy").en == "growth on a year before"
    assert measure("quantity_yoy").zh == "数量同比"


def test_slugs_are_stable_and_apart() -> None:
    assert slug("South Korea") == "south-korea"
    assert slug("Xi'an") != slug("Xi an")
    assert re.fullmatch(r"[a-z0-9-]+", slug("横琴粤澳深度合作区"))
