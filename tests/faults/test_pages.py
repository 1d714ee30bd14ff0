"""Pages as they are served, all the way into the warehouse: charsets, walls, tables, PDF, copies."""

import datetime as dt
from pathlib import Path

import pytest
from loopback import Reply, Site, article, listing
from runs import NOW, Run

from flows import steps, text
from flows.errors import UnreadableError
from flows.fetch.archive import Archive
from flows.settings import Home
from flows.text.similar import LIKE, signature, similar


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


@case("F90")
def test_a_syndicated_copy_is_recognised(site: Site, run: Run, archive: Archive) -> None:
    body = PAGE.split("TRS_Editor")[1][2:]
    copy = f"<html><head><title>转载</title></head><body><div id=zoom>{body}</body></html>"
    site.pages = {"/a.html": Reply(PAGE), "/copy.html": Reply(copy), "/b.html": Reply(article(9))}
    run("/a.html", "/copy.html", "/b.html")
    signs = {
        r.url.rpartition("/")[2]: signature(text.extract(archive.get(r.sha256), r).text)
        for r in archive.receipts()
    }
    assert similar(signs["a.html"], signs["copy.html"]) >= LIKE
    assert len(list(archive.receipts())) == 3


@case("F91")
def test_good_and_bad_pages_of_one_day_end_in_the_warehouse(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import duckdb

    monkeypatch.setenv("CUSTOMHOUSE_ALLOW_LOOPBACK", "1")
    monkeypatch.setenv("CUSTOMHOUSE_DELAY", "0")
    site.pages = {
        "/list.html": Reply(listing(1, 2, 3, 4, 5).encode("gb18030"), headers={"Content-Type": "text/html"}),
        "/a1.html": served(article(1), "gb18030", "text/html; charset=gb2312"),
        "/a2.html": Reply(article(2), packed=True),
        "/a3.html": Reply(status=404),
        "/a4.html": served(WALL),
        "/a5.html": [Reply(status=302, headers={"Location": "http://10.0.0.1/"})],
    }
    home = Home(tmp_path / "home")
    home.root.mkdir()
    (home.root / "sources.toml").write_text(
        '[[source]]\nid = "case"\nkind = "listing"\nitems = ".list a"\n'
        f'address = "{site.url("/list.html")}"\n'
    )
    with steps.locked(home):
        came = steps.ingest(home, [], now=NOW)
        outcomes = steps.read(home, processes=1)
        steps.publish(home, steps.build(home), now=NOW)
    assert came.new == 3
    assert sorted(f"{o.status} {o.reason}" for o in outcomes) == [
        "read None",
        "read None",
        "unreadable bot-wall",
    ]
    told = "\n".join(came.refused)
    assert "/a3.html: the server says 404" in told
    assert "10.0.0.1" in told
    with duckdb.connect(str(home.database), read_only=True) as con:
        rows = con.execute(
            "select url, published::varchar, contains(text, '3900.1亿元') from stg_article"
            " where status = 'read' order by 1"
        ).fetchall()
    assert rows == [(site.url("/a1.html"), "2025-10-01", True), (site.url("/a2.html"), "2025-10-02", True)]
