"""Pages of many makes become articles: all of the text, none of the furniture, the right fields."""

# ruff: noqa: E501  (pages and lines stand here as they come)

import contextlib
import datetime as dt
import random
import time
from dataclasses import dataclass

import pytest

from flows import text
from flows.errors import UnreadableError
from flows.fetch.archive import sha256
from flows.record import Article, Receipt

BODY = (
    "据重庆海关统计，今年前三季度，重庆进出口5800.2亿元，同比增长12.2%。",
    "其中，出口3900.1亿元，增长10%；进口1900.1亿元，增长16.9%。",
    "对东盟、欧盟分别进出口1326.5亿元、1082.4亿元，分别增长12.6%、10.2%。",
)
ENGLISH = (
    "Chongqing's foreign trade totaled 507.68 billion yuan from January to August, up 29.4 percent.",
    "Exports surged 28.9 percent to 320.08 billion yuan, while imports rose 30.1 percent to 187.6 billion yuan.",
    "ASEAN remained the largest trading partner, with trade of 80.43 billion yuan in the period.",
)


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>　　{line}</p>" for line in lines)


def extract(page: str | bytes, url: str = "https://www.example.cn/2025/a.html", **headers: str) -> Article:
    data = page.encode() if isinstance(page, str) else page
    return text.extract(data, Receipt(sha256(data), url, "2026-01-26T00:00:00+00:00", headers=headers))


@dataclass(frozen=True)
class Page:
    name: str
    markup: str
    body: tuple[str, ...]
    title: str
    published: str | None
    publisher: str | None = None
    lang: str = "zh"
    url: str = "https://www.example.cn/2025/a.html"


TABLE = """<table><tr><th>项目</th><th>金额（亿元）</th><th>同比（%）</th></tr>
<tr><td>进出口</td><td>5800.2</td><td>12.2</td></tr><tr><td>出口</td><td>3900.1</td><td>10.0</td></tr></table>"""
ROWS = ("项目 | 金额（亿元） | 同比（%）", "进出口 | 5800.2 | 12.2", "出口 | 3900.1 | 10.0")
JUNK = ("上半年外贸3800亿元", "分享到", "首页", "ICP备", "字号", "13:14 热门")
FOOT = """<div class="share">分享到：<a>微信</a></div><div class="related"><h3>相关新闻</h3>
<ul><li><a href="/1">上半年外贸3800亿元</a> 2025-07-12</li></ul></div>
<div class="footer">版权所有 渝ICP备05000000号 <a href="/">首页</a> 13:14 热门</div>"""
NAV = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/s">统计数据</a></li></ul></div>'

PAGES = [
    Page(
        "office, known container, fields",
        f"""<html lang="en"><head><title>前三季度重庆外贸增长12.2%_重庆海关</title>
        <meta name="ArticleTitle" content="前三季度重庆外贸增长12.2%"><meta name="PubDate" content="2025-10-22 10:22">
        <meta name="SiteName" content="重庆海关"></head><body>{NAV}<h1>前三季度重庆外贸增长12.2%</h1>
        <p>发布时间：2025-10-22 字号：大 中 小</p><div class="TRS_Editor">{paragraphs(BODY)}{TABLE}</div>{FOOT}</body></html>""",
        (*BODY, *ROWS),
        "前三季度重庆外贸增长12.2%",
        "2025-10-22",
        "重庆海关",
    ),
    Page(
        "office, nameless boxes, visible date and source",
        f"""<html><head><title>前三季度重庆外贸增长12.2% - 某某信息网</title></head><body>{NAV}
        <div class="c1"><div class="c2"><h2>前三季度重庆外贸增长12.2%</h2>
        <div class="c3"><span>发布时间：2025年10月22日</span><span>来源：山城日报</span><span>字号：大 中 小</span></div>
        <div class="c4">{paragraphs(BODY)}</div></div>{FOOT}</div></body></html>""",
        BODY,
        "前三季度重庆外贸增长12.2%",
        "2025-10-22",
        "山城日报",
    ),
    Page(
        "breaks instead of paragraphs",
        f"""<html><head><title>前三季度重庆外贸增长12.2%</title></head><body>{NAV}
        <div id="zoom">{"<br><br>".join("　　" + line for line in BODY)}</div>{FOOT}</body></html>""",
        BODY,
        "前三季度重庆外贸增长12.2%",
        None,
    ),
    Page(
        "laid out with tables, date in the address",
        f"""<html><head><title>前三季度重庆外贸增长12.2%</title></head><body><table><tr><td>{NAV}</td><td><table><tr><td>
        <div class="article-content">{paragraphs(BODY)}</div></td></tr></table></td></tr></table>{FOOT}</body></html>""",
        BODY,
        "前三季度重庆外贸增长12.2%",
        "2025-10-22",
        url="http://www.example.gov.cn/xw/202510/t20251022_123.html",
    ),
    Page(
        "newspaper with JSON-LD",
        f"""<html lang="en"><head><title>Chongqing trade up 29.4 pct | Daily</title><script type="application/ld+json">
        {{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"Daily"}},{{"@type":"NewsArticle",
        "headline":"Chongqing trade up 29.4 pct","datePublished":"2021-09-14T08:00:00+08:00",
        "publisher":{{"@type":"Organization","name":"The Daily"}}}}]}}</script></head><body>
        <nav><a href="/">Home</a></nav><article><h1>Chongqing trade up 29.4 pct</h1>
        <p>By Li Lei | Updated: Sep 20, 2021</p>{paragraphs(ENGLISH)}</article>
        <aside><h3>Related news</h3><p><a href="/x">Trade hits 999 billion yuan</a></p></aside></body></html>""",
        ENGLISH,
        "Chongqing trade up 29.4 pct",
        "2021-09-14",
        "The Daily",
        "en",
        "https://daily.example/2021/09/15/chongqing-trade",
    ),
    Page(
        "agency, dateline only",
        f"""<html><head><title>Chongqing posts robust growth - Agency Online</title></head><body>
        <div class="menu"><a href="/">Home</a></div><h1>Chongqing posts robust growth</h1>
        <div>(Agency) 16:44, September 14, 2021</div><div class="w860">{paragraphs(ENGLISH)}</div></body></html>""",
        ENGLISH,
        "Chongqing posts robust growth",
        "2021-09-14",
        None,
        "en",
        "https://agency.example/n3/x.html",
    ),
    Page(
        "English page of an office, Updated",
        f"""<html><head><title>Chongqing's trade up</title><meta property="og:site_name" content="iCity"></head><body>
        <h1>Chongqing's trade up</h1><p class="date">Updated: Jan 26, 2026</p><div id="Content">{paragraphs(ENGLISH)}</div>
        <div class="pager">Previous 1 2 3 Next</div></body></html>""",
        ENGLISH,
        "Chongqing's trade up",
        "2026-01-26",
        "iCity",
        "en",
        "https://city.example/x.html",
    ),
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page(page: Page) -> None:
    found = extract(page.markup, page.url)
    lines = found.text.splitlines()
    assert lines[:2] == [page.title, ""]
    assert [line for line in lines if line in page.body] == list(page.body)
    assert not [junk for junk in (*JUNK, "999 billion", "Previous 1 2") if junk in found.text]
    assert len(lines) <= len(page.body) + 3
    assert found.title == page.title
    assert found.published == (dt.date.fromisoformat(page.published) if page.published else None)
    assert (found.publisher, found.lang) == (page.publisher, page.lang)


WALLS = [
    ("<html><head><title>Just a moment...</title></head><body>Checking your browser before accessing</body></html>", "bot-wall"),
    ("<html><body><script>document.cookie='__jsl_clearance=1';location.href='/a'</script></body></html>", "bot-wall"),
    ("<html><title>安全验证</title><body><p>请完成下方验证后继续访问</p></body></html>", "bot-wall"),
    ("<html><title>Access Denied</title><body>You don't have permission. Reference #18.2</body></html>", "bot-wall"),
    ("<html><title>用户登录</title><body><form><input type='password'></form><p>请输入用户名</p></body></html>", "login"),
    ("<html><title>Daily</title><body><p>Please sign in to continue reading this article.</p></body></html>", "login"),
    ("<html><title>404 Not Found</title><body><h1>Not Found</h1><p>nginx</p></body></html>", "error-page"),
    ("<html><title>页面不存在</title><body><p>抱歉，您访问的页面找不到了，5秒后返回首页。</p></body></html>", "error-page"),
    ("<html><title>门户网站</title><body><p>系统维护中，请稍后访问。</p></body></html>", "error-page"),
    ("<html><head><title>x</title></head><body><img src='a.png'></body></html>", "no-text"),
    ("<?xml version='1.0'?><rss><channel><item><title>外贸增长</title></item></channel></rss>", "no-text"),
    ("", "empty"),
    ("  \n\t ", "empty"),
    ("。。。———…", "no-text"),
    (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
    (b"PK\x03\x04\x14\0\0\0", "binary"),
    (bytes(range(1, 255)) * 20, "binary"),
    (b"%PDF-1.7 broken", "binary"),
    (bytes(128 + n * 37 % 127 for n in range(3000)), "unknown-charset"),
    (b"a" * 10_000_001, "too-large"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "reason"), WALLS, ids=lambda value: str(value)[:30])
def test_unreadable(page: str | bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as told:
        extract(page)
    assert told.value.reason == reason
    assert told.value.where


def test_a_refused_file_says_why() -> None:
    with pytest.raises(UnreadableError) as told:
        extract("file:///x\n50000000 bytes", refused="too-large")
    assert told.value.reason == "too-large"


@pytest.mark.parametrize("word", ["captcha", "Please sign in to continue", "404 error"])
def test_an_article_that_speaks_of_walls_is_an_article(word: str) -> None:
    page = f"<html><head><title>Trade</title></head><body><article>{paragraphs(ENGLISH * 3)}<p>{word}</p></article></body></html>"
    assert ENGLISH[0] in extract(page).text


CHARSETS = [
    ("gb18030", None, "gb2312"),
    ("gb18030", "iso-8859-1", "gb2312"),
    ("gb18030", "utf-8", ""),
    ("gb18030", None, ""),
    ("gb18030", "big5", "big5"),
    ("utf-8", "gb2312", "gb2312"),
    ("utf-8", "iso-8859-1", ""),
    ("utf-8-sig", "gbk", ""),
    ("utf-16", None, ""),
    ("utf-16-le", "utf-16", ""),
]


@pytest.mark.parametrize(("encoding", "header", "meta"), CHARSETS)
def test_charsets_and_wrong_labels(encoding: str, header: str | None, meta: str) -> None:
    tag = f'<meta charset="{meta}">' if meta else ""
    page = f"<html><head>{tag}<title>重庆外贸增长</title></head><body><div id=zoom>{paragraphs(BODY)}</div></body></html>"
    kind = f"text/html; charset={header}" if header else "text/html"
    assert extract(page.encode(encoding), **{"content-type": kind}).text.splitlines()[2:] == list(BODY)


@pytest.mark.parametrize(
    ("header", "meta"), [(None, "big5"), ("gb2312", "gb2312"), (None, ""), ("utf-8", "")]
)
def test_big5(header: str | None, meta: str) -> None:
    lines = (
        "財政部今日發布海關進出口統計，去年出口首破六千億美元，年增34.1%。",
        "十二月出口624.8億美元，連續第三個月站上600億美元。",
    )
    page = f"<html><head><meta charset='{meta}'><title>出口統計</title></head><body><div id=zoom>{paragraphs(lines)}</div></body></html>"
    kind = f"text/html; charset={header}" if header else "text/html"
    assert extract(page.encode("big5"), **{"content-type": kind}).text.splitlines()[2:] == list(lines)


def test_a_few_broken_bytes_do_not_cost_the_article() -> None:
    data = ("\n".join(BODY) * 20).encode("gb18030")
    found = extract(data[:700] + b"\xff\xff" + data[700:], "https://a.example/x.txt")
    assert found.text.count("亿元") > 90


def test_plain_text_is_kept_exactly() -> None:
    raw = "\ufeff  Trade up 5 %\r\n\r\n2026-01-26\r\n\tExports\u3000rose  12%.\n\n"
    found = extract(raw, "file:///x.txt")
    assert found.text == raw.removeprefix("\ufeff")
    assert (found.title, found.published, found.lang) == ("Trade up 5 %", dt.date(2026, 1, 26), "en")
    assert found.id == sha256(raw.encode())[:16]


def test_markdown_headline() -> None:
    found = extract("# Trade up\n\n2026-01-26\n\nExports rose.", "file:///x.md")
    assert (found.title, found.text[:4]) == ("Trade up", "# Tr")


def test_what_the_receipt_says_goes_first() -> None:
    data = PAGES[0].markup.encode()
    said = Receipt(
        sha256(data), "https://a.example/1", "t", lang="de", published="2020-02-02", publisher="P", title="T",
        source="local",
    )  # fmt: skip
    found = text.extract(data, said)
    assert (found.lang, str(found.published), found.publisher, found.title) == ("de", "2020-02-02", "P", "T")


def test_an_announced_day_counts_only_where_the_page_gives_none() -> None:
    assert extract(PAGES[0].markup, announced="2025-10-20").published == dt.date(2025, 10, 22)
    assert extract(PAGES[2].markup, announced="2025-10-20").published == dt.date(2025, 10, 20)


@pytest.mark.parametrize(
    ("link", "url", "expected"),
    [
        (
            "https://www.a.example/n/1.html",
            "https://a.example/n/1.html?from=feed",
            "https://www.a.example/n/1.html",
        ),
        ("/n/1.html", "https://a.example/n/1.html?x=1", "https://a.example/n/1.html"),
        ("https://a.example/", "https://a.example/n/1.html", "https://a.example/n/1.html"),
        ("https://b.example/n/1.html", "https://a.example/n/1.html", "https://a.example/n/1.html"),
        ("https://b.example/n/1.html", "file:///home/x.html", "https://b.example/n/1.html"),
        ("javascript:1", "https://a.example/n/1.html", "https://a.example/n/1.html"),
    ],
)
def test_canonical_address(link: str, url: str, expected: str) -> None:
    page = PAGES[0].markup.replace("</head>", f'<link rel="canonical" href="{link}"></head>')
    assert extract(page, url).url == expected


def pdf(lines: list[str], title: str = "") -> bytes:
    """Return a PDF of one page with a text layer."""
    shown = " T* ".join("(" + line.replace("(", r"\(").replace(")", r"\)") + ") Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{p:010d} 00000 n \n" for p in places
    )
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF"
    return out.encode("latin-1")


def test_pdf_text_layer() -> None:
    lines = ["Trade in June", "Wiesbaden, 9 October 2025", "Exports rose 12.5 percent to 131.1 billion euros and",
             "imports rose 3.5 percent to 111.1 billion euros.", "The surplus was 20 billion euros."]  # fmt: skip
    found = extract(pdf(lines), "https://a.example/x.pdf")
    assert found.text.splitlines()[-2:] == [
        "Exports rose 12.5 percent to 131.1 billion euros and imports rose 3.5 percent to 111.1 billion euros.",
        "The surplus was 20 billion euros.",
    ]
    assert (found.title, found.published) == ("Trade in June", dt.date(2025, 10, 9))


def test_pdf_of_pictures() -> None:
    with pytest.raises(UnreadableError) as told:
        extract(pdf([]), "https://a.example/x.pdf")
    assert told.value.reason == "no-text"


@pytest.mark.parametrize("seed", range(40))
def test_no_bytes_raise_anything_but_unreadable(seed: int) -> None:
    dice = random.Random(seed)
    whole = [page.markup.encode() for page in PAGES] + [
        pdf(["Trade in June", "x" * 80] * 5),
        PAGES[1].markup.encode("utf-16"),
    ]
    inserts = [
        b"<",
        b'"',
        b"<table><tr>",
        b"<div>" * 40,
        b"&#x0;",
        b"&#xD800;",
        b"\0",
        b"<!--",
        b"{",
        b"<?",
        b"\xff\xfe",
    ]
    for page in whole:
        data = bytearray(page)
        for _ in range(dice.choice([1, 5, 50])):
            place = dice.randrange(len(data))
            if dice.random() < 0.5:
                data[place] = dice.randrange(256)
            elif dice.random() < 0.5:
                del data[place : place + dice.randrange(50)]
            else:
                data[place:place] = dice.choice(inserts)
        with contextlib.suppress(UnreadableError):
            assert extract(bytes(data), dice.choice(["https://a.example/x.html", "file:///x.txt"])).text


@pytest.mark.parametrize(
    "data",
    [b"<html><body>" + b"<div>" * 20_000, b"<html><body>" + b"<p>x 5%" * 50_000, b"<!--a-->" * 50_000,
     "时间:".encode() * 200_000, b"<html><body>" + b"<table><tr><td>" * 3000 + b"5%", b" " * 5_000_000 + b"x"],
    ids=["deep", "wide", "comments", "labels", "tables", "spaces"],
)  # fmt: skip
def test_monsters_cost_seconds_at_most(data: bytes) -> None:
    start = time.monotonic()
    with contextlib.suppress(UnreadableError):
        extract(data)
    assert time.monotonic() - start < 15


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("Exports of the city rose in the first half and imports fell by a tenth.", "en"),
        ("Die deutschen Exporte sind im August gegenüber dem Vormonat um 0,5 % gesunken.", "de"),
        ("今年前8个月，全市进出口总值5076.8亿元 ASEAN RCEP", "zh"),
        ("8月の輸出は前年同月比で増加した。貿易収支は赤字だった。", "ja"),
        ("8월 수출은 지난해보다 증가했다", "ko"),
        ("Экспорт вырос на 5 процентов", "ru"),
        ("12 34 56", None),
    ],
)
def test_language(words: str, lang: str | None) -> None:
    from flows.text.lang import language

    assert language(words) == lang
