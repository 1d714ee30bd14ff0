"""The site in Chromium: from disk and from a server, in both languages and themes, by mouse and keyboard."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flows import report
from flows.errors import FetchError
from flows.load import query
from flows.load.dictionary import scripts
from flows.settings import SQL, Home

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")
AXE = Path(pytest.importorskip("axe_playwright_python").__file__).parent / "axe.min.js"


@pytest.fixture(scope="module")
def engine() -> bool:
    try:
        report.fetch()
    except FetchError:
        return False
    return True


@pytest.fixture(scope="module")
def site(samples: Home, engine: bool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report.build(samples.database, tmp_path_factory.mktemp("site") / "site").parent


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with report.server(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as play:
        shown = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield shown
        shown.close()


class Visit:
    """One browser window that remembers what went wrong and what was asked for."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(**{"locale": "en-US", **options})
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.context.on("page", self._watch)
        self.page: Page = self.context.new_page()
        go, page = self.page.goto, self.page

        def whole(url: str) -> Any:
            answer = go(url)
            page.wait_for_selector("html[data-whole]", state="attached")
            return answer

        page.goto = whole  # type: ignore[method-assign]

    def _watch(self, page: Page) -> None:
        page.on("console", lambda m: self.wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.wrong.append(str(e)))
        page.on("request", lambda r: self.asked.append(r.url))

    def outside(self, site: Path, address: str = "-") -> list[str]:
        inside = (site.as_uri(), address, "blob:")
        return [url for url in self.asked if not url.startswith(inside)]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    one = Visit(browser)
    yield one
    one.context.close()


def kinds(site: Path) -> list[str]:
    """Return one page of every kind, the largest of those with many."""
    top = [p.name for p in sorted(site.glob("*.html"))]
    folders = [sorted((site / f).glob("*.html"), key=lambda p: p.stat().st_size)[-2] for f in
               ("article", "place", "partner", "product")]  # fmt: skip
    return top + [str(p.relative_to(site)) for p in folders]


def test_every_page_loads_from_disk_without_a_word_on_the_console(site: Path, visit: Visit) -> None:
    every = sorted(site.rglob("*.html"))
    assert len(every) > 30
    for path in every:
        visit.page.goto(path.as_uri())
    assert not visit.wrong
    assert not visit.outside(site)


def test_every_kind_of_page_loads_from_a_server(site: Path, address: str, visit: Visit) -> None:
    for name in kinds(site):
        answer = visit.page.goto(f"{address}/{name}")
        assert answer
        assert answer.status == 200
    assert not visit.wrong
    assert not visit.outside(site, address)


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en-US"), ("dark", "zh-CN")])
def test_axe_finds_no_serious_violation(site: Path, browser: Browser, scheme: Any, locale: str) -> None:
    # the checker is a script of its own, which the page's policy would refuse
    visit = Visit(browser, color_scheme=scheme, locale=locale, bypass_csp=True)
    for name in kinds(site):
        visit.page.goto((site / name).as_uri())
        opened = "[...document.querySelectorAll('details')].slice(0, 4).forEach(d => { d.open = true })"
        visit.page.evaluate(opened)
        visit.page.evaluate(AXE.read_text(encoding="utf-8"))
        # what differs between the themes is colour; all else is asked once
        only = "{runOnly: ['color-contrast']}" if scheme == "dark" else "{}"
        found = visit.page.evaluate(f"axe.run(document, {only})")["violations"]
        bad = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")]
        assert not bad, f"{name}: {bad}"
    visit.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_screen(site: Path, browser: Browser, width: int) -> None:
    visit = Visit(browser, viewport={"width": width, "height": 800})
    for name in kinds(site):
        visit.page.goto((site / name).as_uri())
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, name
    visit.context.close()


def test_the_language_is_switched_and_kept(site: Path, address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/place/chongqing.html")
    assert page.locator("h1").inner_text() == "Chongqing"
    page.click("#lang")
    assert page.locator("h1").inner_text() == "重庆"
    assert page.get_attribute("html", "lang") == "zh"
    assert "亿" in page.locator("#annual .note").first.inner_text()
    mark = page.locator("#annual a.mark").first.get_attribute("aria-label")
    assert mark
    assert "亿" in mark
    page.goto(f"{address}/index.html")
    assert "外贸" in page.locator("h1").inner_text()
    page.click("#lang")
    assert "trade" in page.locator("h1").inner_text()


def test_the_language_of_the_browser_and_of_the_address(site: Path, browser: Browser) -> None:
    visit = Visit(browser, locale="zh-CN")
    visit.page.goto((site / "index.html").as_uri())
    assert visit.page.get_attribute("html", "lang") == "zh"
    visit.page.goto((site / "index.html").as_uri() + "?lang=en")
    assert visit.page.get_attribute("html", "lang") == "en"
    visit.context.close()


def test_the_theme_is_switched(site: Path, visit: Visit) -> None:
    page = visit.page
    page.goto((site / "index.html").as_uri())
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(colour)
    page.click("#theme")
    assert page.evaluate(colour) != light
    page.reload()
    assert page.evaluate(colour) != light


def test_filters_leave_the_rows_that_fit(site: Path, visit: Visit) -> None:
    page = visit.page
    page.goto((site / "place" / "chongqing.html").as_uri())
    every = page.locator("#figures tbody tr:visible").count()
    page.select_option("#figures select[name=flow]", "exports")
    rows = page.locator("#figures tbody tr:visible")
    assert 0 < rows.count() < every
    assert {str(r.get_attribute("data-k")).split()[0] for r in rows.all()} == {"exports"}
    page.fill("#figures input[name=text]", "notebook")
    assert rows.count() > 0
    assert all("notebook" in r.inner_text().lower() for r in rows.all())
    assert page.locator("#figures output").inner_text() == f"{rows.count()} / {every}"


def test_a_chart_shows_the_flow_that_is_chosen(site: Path, visit: Visit) -> None:
    page = visit.page
    page.goto((site / "place" / "chongqing.html").as_uri())
    assert page.locator("#annual .choice:visible").get_attribute("data-choice") == "annual-trade"
    page.locator("#annual label", has_text="exports").click()
    assert page.locator("#annual .choice:visible").get_attribute("data-choice") == "annual-exports"
    page.goto((site / "place" / "chongqing.html").as_uri() + "#annual-exports")
    page.reload()
    assert page.locator("#annual .choice:visible").get_attribute("data-choice") == "annual-exports"


def test_from_a_number_to_its_sentence(site: Path, visit: Visit) -> None:
    page = visit.page
    page.goto((site / "place" / "chongqing.html").as_uri())
    number = page.locator("#figures tbody td:nth-child(4) a").first
    target = str(number.get_attribute("href")).partition("#")[2]
    number.click()
    page.wait_for_selector(f"[id='{target}'].lit")
    lit = page.locator(".n.lit").first
    box, height = lit.bounding_box(), page.viewport_size
    assert box
    assert height
    assert 0 <= box["y"] <= height["height"]
    assert page.locator(f"[id='{target}'] > a").inner_text().strip() in lit.inner_text()


def test_on_a_telephone_the_card_lies_under_its_sentence(site: Path, browser: Browser) -> None:
    visit = Visit(browser, viewport={"width": 360, "height": 740})
    page = visit.page
    largest = max((site / "article").glob("*.html"), key=lambda p: p.stat().st_size)
    page.goto(largest.as_uri())
    last = str(page.locator("a.n").last.get_attribute("href"))
    page.goto(largest.as_uri() + last)
    page.reload()
    page.wait_for_selector(f"[id='{last[1:]}'].lit")
    page.wait_for_timeout(700)  # the page glides there
    card, mark = page.locator(".cards li.lit").bounding_box(), page.locator(".n.lit").first.bounding_box()
    assert card
    assert mark
    assert 0 < mark["y"] < card["y"] < 740
    page.locator("h1").evaluate("h => h.click()")
    page.wait_for_selector(".lit", state="detached")
    visit.context.close()


def test_from_a_mark_of_a_chart_to_its_sentence_by_keyboard(site: Path, visit: Visit) -> None:
    page = visit.page
    page.goto((site / "place" / "chongqing.html").as_uri())
    page.locator("#annual .choice:visible a.mark").first.focus()
    assert page.locator("#tip").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector(".cards .lit")
    assert "/article/" in page.url


def test_a_numeral_of_the_text_opens_its_card(site: Path, visit: Visit) -> None:
    page = visit.page
    largest = max((site / "article").glob("*.html"), key=lambda p: p.stat().st_size)
    page.goto(largest.as_uri())
    for mark in page.locator("a.n").all()[:8]:
        mark.click()
        first = str(mark.get_attribute("href")).lstrip("#")
        card = page.locator(f"[id='{first}'].lit")
        card.wait_for(state="attached")
        assert card.locator("code").first.inner_text(), "the rule is named"
        assert "[" in card.inner_text(), "the interval is shown"


def test_search_by_keyboard_in_both_languages(site: Path, visit: Visit) -> None:
    page = visit.page
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("重庆")
    page.wait_for_selector("#found li")
    page.keyboard.press("Enter")
    page.wait_for_url("**/place/chongqing.html")
    page.fill("#search", "zzzz")
    page.wait_for_selector("#found li")
    assert page.locator("#found").inner_text() == "Nothing found"


def test_print_shows_the_cards_and_no_buttons(site: Path, visit: Visit) -> None:
    page = visit.page
    page.goto(next((site / "article").glob("*.html")).as_uri())
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.locator(".cards li").first.is_visible()
    assert len(page.pdf()) > 10_000


def test_the_policy_refuses_other_hosts(site: Path, address: str, visit: Visit) -> None:
    visit.page.goto(f"{address}/index.html")
    outcome = visit.page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'went', e => e.message)")
    assert outcome == "Failed to fetch"
    assert any("Content Security Policy" in w for w in visit.wrong)


@pytest.mark.parametrize("served", [False, True], ids=["disk", "server"])
def test_sql_runs_in_the_page(
    site: Path, address: str, samples: Home, engine: bool, visit: Visit, served: bool
) -> None:
    if not engine:
        pytest.skip("npm cannot be reached, and the engine is not in the cache")
    page = visit.page
    page.goto(f"{address}/ask.html" if served else (site / "ask.html").as_uri())
    with query.connect(samples.database) as con:
        wanted = {n: len(query.select(con, s.select).rows) for n, s in scripts(SQL / "queries").items()}
    for name, count in wanted.items():
        page.select_option("#question", name)
        page.click("#run")
        page.wait_for_selector("#ask[data-done]", timeout=60_000)
        assert page.locator("#said").inner_text().startswith(f"{count} rows"), name
        assert page.locator("#answer tbody tr").count() == count
    page.fill("#sql", "select no_such_column from trade")
    page.click("#run")
    page.wait_for_selector("#ask[data-done]")
    assert "no_such_column" in page.locator("#said").inner_text()
    page.fill(
        "#sql",
        "select figure_id, reporter, value from fct_best where value is not null order by value desc limit 9",
    )
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer a")
    assert page.locator("#drawn tr").count() == 9
    page.locator("#answer a").first.click()
    page.wait_for_selector(".cards .lit")
    assert not visit.wrong
    assert not visit.outside(site, address)
