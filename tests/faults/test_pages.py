"""Pages as they are served, all the way into the warehouse: charsets, walls, tables, PDF, copies."""

import datetime as dt
from pathlib import Path

import pytest
from loopback import Reply, Site, article
from runs import MANNERS, NOW, Run

from flows import steps, summary, text
from flows.errors import UnreadableError
from flows.fetch import manners
from flows.fetch.archive import Archive
from flows.load import query
from flows.settings import Home


def case(id: str) -> pytest.MarkDecorator:
    return pytest.mark.case(id)


PAGE = article()
TRADITIONAL = article(title="去年出口首破六千億美元").replace("重庆", "臺灣").replace("进出口", "進出口")
TRADITIONAL = "".join(c for c in TRADITIONAL if c.encode("big5", "ignore"))
WALL = "<html><head><title>安全验证</title></head><body><p>请完成验证后继续访问</p></body></html>"
SCRIPT = "<html><body><script>document.cookie='x=1';location.reload()</script></body></html>"
LOGIN = "<html><head><title>用户登录</title></head><body><form><input type=password></form></body></html>"
SOFT = "<html><head><title>404</title></head><body><p>抱歉，您访问的页面不存在</p></body></html>"


def served(body: str | bytes, encoding: str = "utf-8", kind: str = "text/html") -> Reply:
    data = body.encode(encoding) if isinstance(body, str) else body
    return Reply(data, headers={"Content-Type": kind})


READABLE = [
    pytest.param(served(PAGE, "gb18030", "text/html; charset=gb2312"), "5800.2亿元", marks=case("F77")),
    pytest.param(served(PAGE, "gb18030", "text/html; charset=iso-8859-1"), "5800.2亿元", marks=case("F78")),
    pytest.param(served(TRADITIONAL, "big5", "text/html; charset=big5"), "3900.1", marks=case("F79")),
    pytest.param(served(TRADITIONAL, "big5", "text/html; charset=gb2312"), "進出口", marks=case("F80")),
    pytest.param(served(PAGE, "utf-8", "text/html; charset=gbk"), "5800.2亿元", marks=case("F81")),
    pytest.param(served(PAGE, "utf-16", "text/html"), "5800.2亿元", marks=case("F82")),
    pytest.param(served(PAGE, kind="application/octet-stream"), "5800.2亿元", marks=case("F83")),
]


@pytest.mark.parametrize(("page", "part"), READABLE)
def test_readable(page: Reply, part: str, site: Site, run: Run, archive: Archive) -> None:
    site.pages["/a.html"] = page
    run("/a.html")
    (receipt,) = archive.receipts()
    found = text.extract(archive.get(receipt.sha256), receipt)
    assert part in found.text
    assert "字号" not in found.text
    assert "3800亿元" not in found.text
    assert found.lang == "zh"
    assert found.published == dt.date(2025, 10, 1)


UNREADABLE = [
    pytest.param(served(WALL), "bot-wall", marks=case("F84")),
    pytest.param(served(SCRIPT), "bot-wall", marks=case("F85")),
    pytest.param(served(LOGIN), "login", marks=case("F86")),
    pytest.param(served(SOFT), "error-page", marks=case("F87")),
    pytest.param(served(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "binary", marks=case("F88")),
    pytest.param(served("<html><body><img src=a.png></body></html>"), "no-text", marks=case("F89")),
]


@pytest.mark.parametrize(("page", "reason"), UNREADABLE)
def test_unreadable(page: Reply, reason: str, site: Site, run: Run, archive: Archive) -> None:
    site.pages["/a.html"] = page
    run("/a.html")
    (receipt,) = archive.receipts()
    with pytest.raises(UnreadableError) as told:
        text.extract(archive.get(receipt.sha256), receipt)
    assert told.value.reason == reason


def article_of(number: int, title: str = "重庆外贸增长12.2%") -> str:
    """Return an article of figures that no other number has."""
    page = article(number, title=title)
    return page.replace("5800.2", f"{5800 + number}.2").replace("3900.1", f"{3900 + number}.1")


LISTED = "".join(f'<li><a href="/a{n}.html">重庆外贸第{n}期</a></li>' for n in range(1, 15))
FEED = '<rss version="2.0"><channel><item><title>外贸</title><link>{}</link></item></channel></rss>'
SOURCES = """
[[source]]
id = "office"
class = "customs"
rank = 1
kind = "listing"
items = ".list a"
address = "{0}/list.html"
pages = "{0}/list{{n}}.html"
recheck = 9

[[source]]
id = "paper"
class = "reprint"
kind = "feed"
address = "{0}/feed.xml"
"""


@case("F90")
@case("F91")
def test_two_days_of_everything_end_in_the_warehouse(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manners, "from_environment", lambda: MANNERS)
    first, second = LISTED.split('<li><a href="/a6.')
    moved = {"Location": "/a10.html"}
    site.pages = {
        "/robots.txt": Reply("User-agent: *\nDisallow: /a13", headers={"Content-Type": "text/plain"}),
        "/list.html": served(f'<ul class="list">{first}</ul>', "gb18030"),
        "/list2.html": served(f'<ul class="list"><li><a href="/a6.{second}</ul>', "gb18030"),
        "/list3.html": served('<ul class="list"></ul>'),
        "/feed.xml": served(FEED.format(site.url("/copy.html")), kind="application/rss+xml"),
        "/copy.html": served(article_of(1, "转载：重庆外贸稳步增长")),
        "/a1.html": served(article_of(1), "gb18030", "text/html; charset=gb2312"),
        "/a2.html": Reply(article_of(2), packed=True, headers={"ETag": '"2"'}),
        "/a3.html": [served(article_of(3)), served(article_of(23))],
        "/a4.html": served(TRADITIONAL, "big5", "text/html; charset=big5"),
        "/a5.html": Reply(status=404),
        "/a6.html": Reply(status=410),
        "/a7.html": [Reply(status=429, headers={"Retry-After": "0"}), served(article_of(7))],
        "/a8.html": [Reply(status=503), served(article_of(8))],
        "/a9.html": Reply(article_of(9), drip=0.2),
        "/a10.html": Reply(status=302, headers={"Location": "/a10b.html"}),
        "/a10b.html": Reply(status=302, headers=moved),
        "/a11.html": Reply(status=302, headers={"Location": "http://10.0.0.1/"}),
        "/a12.html": Reply(article_of(12), length=90_000, headers={"Connection": "close"}),
        "/a13.html": served(article_of(13)),
        "/a14.html": [served(WALL), Reply(b"\0" * 20_000_000, packed=True)],
    }
    home = Home(tmp_path / "home")
    home.root.mkdir()
    (home.root / "sources.toml").write_text(SOURCES.format(site.url("")), encoding="utf-8")
    refused = []
    for day in (NOW, NOW + dt.timedelta(days=1)):
        with steps.locked(home):
            refused.append("\n".join(steps.ingest(home, [], now=day).refused))
            steps.read(home, processes=1)
            steps.publish(home, steps.build(home), now=day)
    for path, said in {
        "/a5.html": "the server says 404", "/a6.html": "the server says 410", "/a9.html": "not done after",
        "/a10.html": "sent back to", "//10.0.0.1/": "is not among the source", "/a12.html": "ends too soon",
        "/a13.html": "robots.txt asks not to",
    }.items():  # fmt: skip
        assert any(path in line and said in line for line in refused[0].splitlines()), path
    assert "more than 10000000" in refused[1]
    with query.connect(home.database) as con:
        rows = query.select(
            con,
            "select regexp_extract(url, '[^/]+$'), version, status, reason, source from dim_article"
            " order by all",
        ).rows
        assert rows == [
            ("a1.html", 1, "read", None, "office"),
            ("a14.html", 1, "unreadable", "bot-wall", "office"),
            ("a2.html", 1, "read", None, "office"),
            ("a3.html", 1, "read", None, "office"),
            ("a3.html", 2, "read", None, "office"),
            ("a4.html", 1, "read", None, "office"),
            ("a7.html", 1, "read", None, "office"),
            ("a8.html", 1, "read", None, "office"),
            ("copy.html", 1, "read", None, "paper"),
        ]
        # what was fetched is told as it is, a reprint under another headline as the copy it is
        ((values, copies),) = query.select(con, """
            select
                (select list_sort(list(distinct value / 1e8)) from fct_figure
                 where printed like '58%亿元'),
                (select list(regexp_extract(url, '[^/]+$') order by url) from dim_article
                 group by release_id having count(distinct url) > 1)""").rows  # fmt: skip
        standing = query.select(
            con, "select distinct source, source_class, source_rank from dim_article order by all"
        ).rows
    assert [float(v) for v in values] == [5801.2, 5802.2, 5803.2, 5807.2, 5808.2, 5823.2]
    assert standing == [("office", "customs", 1), ("paper", "reprint", 4)]
    assert copies == ["a1.html", "copy.html"]
    assert site.count("/a6.html") == 1
    conditions = [headers.get("If-None-Match") for path, headers in site.asked if path == "/a2.html"]
    assert conditions == [None, '"2"']


@case("F92")
def test_a_source_that_turns_unreadable_is_an_alert_and_status_tells_when_it_was_asked(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manners, "from_environment", lambda: MANNERS)
    site.pages = {f"/a{n}.html": served(article_of(n)) for n in range(1, 4)}
    site.pages |= {f"/w{n}.html": served(WALL + f"<!--{n}-->") for n in range(3)}
    site.pages["/list.html"] = [
        served(
            '<ul class="list">' + "".join(f'<li><a href="/{page}.html">重庆外贸</a></li>' for page in pages)
        )
        for pages in (("a1", "a2", "a3"), ("w0", "w1", "w2"), ("w0", "w1", "w2"))
    ]
    home = Home(tmp_path / "home")
    home.root.mkdir()
    office = SOURCES.format(site.url("")).partition('\n[[source]]\nid = "paper"')[0]
    (home.root / "sources.toml").write_text(office, encoding="utf-8")
    told = []
    for days in range(3):
        day = NOW + dt.timedelta(days=days)
        steps.ingest(home, [], now=day)
        if steps.read(home, processes=1):
            steps.publish(home, steps.build(home), now=day)
        told.append(summary.alerts(steps.configured(home), home, day))
    assert told[0] == ()
    assert told[1] == told[2]
    assert told[1] == (
        "source office: unreadable: 3 of the newest 6 pages, mostly a bot wall instead of the article",
    )
    _, columns, (row,) = summary.status(home)
    office = dict(zip(columns, row, strict=True))
    assert (office["articles"], office["figures"], office["unreadable_pct"]) == (6, 21, 50)
    assert office["last_new"] == (NOW + dt.timedelta(days=1)).replace(tzinfo=None)
    assert office["last_fetched"] == (NOW + dt.timedelta(days=2)).replace(tzinfo=None)
