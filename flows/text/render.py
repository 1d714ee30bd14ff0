"""Where the article stands in a page, and its text as lines: paragraphs, and tables as rows.

The furniture of a page (navigation, share buttons, font size, related news, captions) is taken out
of the tree first. Containers that Chinese offices and agencies use are known by name; elsewhere a
general extractor finds the body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

__all__ = ["body", "flat", "prune"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DROP_TAGS = _words("""
    script style noscript template iframe nav footer aside form button select option input textarea svg
    canvas audio video object embed map figcaption dialog""")
_TOKENS = re.compile(r"[a-z0-9]+")
_FURNITURE = _words("""
    nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs position location footer foot
    copyright share sharing bdshare bdsharebuttonbox social toolbar tools print related relation
    relevant recommend recommended hotnews sidebar aside comment comments pagination pager prevnext
    fontsize fontsizer banner advert adsbox qrcode erweima subscribe newsletter cookie login search
    weizhi mianbao xgxw xgyd xglj tuijian fenxiang daohang edit""")
_LAYOUT = _words("position-relative position-absolute position-static position-sticky print-only")
_BLOCKS = _words("""
    address article blockquote body caption center dd div dl dt fieldset figure h1 h2 h3 h4 h5 h6 header
    hr li main ol p pre section table tbody td tfoot th thead tr ul""")
# By exactness: the marks that content systems put on an article's body and on nothing else.
_BODIES = (
    "@itemprop='articleBody'",
    " or ".join(f"@id='{name}'" for name in (
        "UCAP-CONTENT", "zoom", "Zoom", "easysiteText", "artibody", "ozoom", "detailContent", "news_content",
        "fontzoom", "zoomcon",
    )),
    *(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in (
        "TRS_Editor", "trs_editor_view", "rm_txt_con", "pages_content", "article-content", "article_content",
        "entry-content", "article-body", "news_content",
    )),
    " or ".join(f"@id='{name}'" for name in (
        "Content", "content", "detail", "p-detail", "rwb_zw", "js_content",
    )),
)  # fmt: skip
_MOST_ELEMENTS = 20_000  # beyond it the general extractor takes many seconds
_FEWEST = 60  # characters of running text that make a container a body; Chinese is dense
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0\u3000]+")
_RELATED = re.compile(
    r"(?:相关(?:新闻|阅读|链接|报道|文章|信息|稿件|推荐)|延伸阅读|推荐阅读|猜你喜欢|热门(?:新闻|推荐|文章)|"
    r"上一篇|下一篇|"
    r"相關(?:新聞|文章|報道)|延伸閱讀|"
    r"related (?:news|stories|articles|links|reading)|read more|"
    r"more (?:news|stories)|you may also like|recommended)\s*[:：】\]]?.*",
    re.IGNORECASE,
)
_FURNITURE_LINE = re.compile(
    r"(?:当前位置|您(?:现在)?的?位置|首页\s*[>›»]|字号|字體|【?字体|分享到?[:：]|打印(?:本页)?$|关闭(?:窗口)?$|扫一扫|微信|微博|"
    r"浏览次数|点击数|阅读[:：]?\s*\d+$|责任编辑|责编|编辑[:：]|\(责任编辑|（责任编辑|\[责任编辑|"
    r"share (?:this|on|to)|print(?: this)?(?: page)?$|editor:|font size|home\s*[>›»])",
    re.IGNORECASE,
)
# Over the first paragraph: what the page says of the article is in its fields already.
_BYLINE = re.compile(
    r"(?:发布时间|发布日期|发稿时间|更新时间|来源|稿源|作者|字号|浏览次数)\s*[:：]|"
    r"^(?:published|updated|posted|source|by)\b.{0,80}(?:19|20)\d\d",
    re.IGNORECASE,
)


def prune(tree: HtmlElement) -> None:
    """Take the page's furniture out of the tree, in place."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _DROP_TAGS:
            _drop(element)
    whole = _running(tree)
    for element in list(tree.iter()):
        if _is_furniture(element, whole):
            _drop(element)


def body(tree: HtmlElement) -> list[str]:
    """Return the lines of the article in a pruned page; none where the page holds no article."""
    for path in _BODIES:
        found = [e for e in tree.xpath(f"//*[{path}]") if _running(e) >= _FEWEST]
        if found:
            # Innermost of nested marks: the outer one holds the headline and the bylines too.
            outer = {id(a) for e in found for a in e.iterancestors()}
            lines = [line for e in found if id(e) not in outer for line in flat(e)]
            return _trim(lines)
    return _trim(_general(tree))


def flat(element: HtmlElement) -> list[str]:
    """Return an element's text as lines: one a paragraph, one a table row with cells between bars."""
    lines: list[str] = []
    parts: list[str] = []

    def end() -> None:
        line = _SPACE.sub(" ", "".join(parts)).strip()
        parts.clear()
        if line:
            lines.append(line)

    def walk(node: HtmlElement, depth: int) -> None:
        tag = node.tag
        if not isinstance(tag, str):
            return
        if tag == "br":
            end()
        elif tag == "table" and _is_data(node):
            end()
            for row in node.iter("tr"):
                cells = [_SPACE.sub(" ", "".join(c.itertext())).strip() for c in row if c.tag in ("td", "th")]
                if any(cells):
                    lines.append(" | ".join(cells))
        elif depth > 200:
            parts.append("".join(node.itertext()))
        else:
            if tag in _BLOCKS:
                end()
            parts.append(node.text or "")
            for child in node:
                walk(child, depth + 1)
                parts.append(child.tail or "")
            if tag in _BLOCKS:
                end()

    walk(element, 0)
    end()
    return lines


def _is_data(table: HtmlElement) -> bool:
    """Tell a table of figures from one that lays a page out."""
    rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
    if table.find(".//table") is not None or sum(len(cells) > 1 for cells in rows) < 2:
        return False
    lengths = [len("".join(c.itertext()).strip()) for cells in rows for c in cells]
    return max(lengths, default=0) < 300


def _general(tree: HtmlElement) -> list[str]:
    """Return the lines that the general extractor keeps; short Chinese pages are whole articles too."""
    root = tree.find("body")
    root = root if root is not None else tree
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return flat(root)
    import copy
    from configparser import ConfigParser

    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    config = ConfigParser()
    config.read_dict(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(_FEWEST)
    text = trafilatura.extract(
        copy.deepcopy(tree), include_comments=False, include_tables=True, favor_recall=True, config=config
    )
    if text and len(text) >= _FEWEST:
        return [_row(line) for line in text.splitlines() if line.strip(" |-")]
    return flat(root)


def _row(line: str) -> str:
    line = line.strip()
    return line.strip("|").strip() if line.startswith("|") and line.endswith("|") else line


def _trim(lines: list[str]) -> list[str]:
    """Drop lines of furniture, and everything from a heading of related news that stands past the middle."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        if len(line) <= 40 and _RELATED.fullmatch(line) and number * 2 >= len(lines):
            break
        byline = len(kept) < 2 and len(line) <= 100 and _BYLINE.search(line)
        if not byline and not (len(line) <= 80 and _FURNITURE_LINE.match(line)):
            kept.append(line)
    return kept


def _running(element: HtmlElement) -> int:
    """Return the number of characters of an element's text outside links."""
    linked = sum(len("".join(a.itertext())) for a in element.iter("a"))
    return len("".join(element.itertext()).strip()) - linked


def _is_furniture(element: HtmlElement, whole: int) -> bool:
    if element.tag in ("html", "head", "body", "main", "article", "h1", "p", "td", "tr", "tbody", "table"):
        return False
    style = (element.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or element.get("hidden") is not None:
        return True
    for mark in f"{element.get('class') or ''} {element.get('id') or ''}".lower().split():
        words = _TOKENS.findall(mark)
        if words and (words[0] in _FURNITURE or words[-1] in _FURNITURE) and mark not in _LAYOUT:
            # A wrapper with an unlucky name holds the article all the same.
            return _running(element) <= 0.3 * whole
    return False


def _drop(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail, element.getprevious()
    if tail:
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)
