"""The lexer: one text in, its tokens out, in order and without overlap."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.read import number_words, numerals, periods, tables
from flows.read.fold import fold, language
from flows.read.lexicon import Entry, Place, lexicon
from flows.read.tokens import Quantity, Token, When
from flows.record import Reason

_MASKS_DATE = {"YOY", "POP", "FORMEROBJ", "CAGR"}
_CLOSED = {
    "IDIOM",
    "PRODUCT",
    "PLACE",
    "ENTERPRISE",
    "REGIME",
    "CHANNEL",
    "COMPANY",
    "PLAN",
    "CAGR",
    "YOY",
    "POP",
    "FORMER",
}
_OPEN = {"COUNTED", "RISE", "FALL", "TO", "TOPWORD", "HEDGE", "CONSEC", "SHARE", "IDIOM_EN"}
# each with what a text must hold (folded, in small letters) for it to be worth a look
_IDENTIFIERS = [
    (("http", "www."), re.compile(r"https?://\S+|www\.\S+")),
    (("@",), re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}")),
    (("+",), re.compile(r"\+\d{1,3}[\s-]\d[\d\s-]{6,14}\d")),
    (("-",), re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<![\d年])(?:19|20)\d{6}-\d+")),
    (("1",), re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
    (("400",), re.compile(r"(?<!\d)400-?\d{3,4}-?\d{3,4}")),
    (("icp",), re.compile(r"(?:icp|ICP)[备证]?\s?\d[\d-]*号?")),
    (("号",), re.compile(r"\(\d{4}\)\s?第?\d+号|第\s?\d{2,}\s?号|(?<!\d)\d{1,9}号(?=公告|文件|令)")),
    (("no.",), re.compile(
        r"(?i:(?:document|catalogue|press release|release|bulletin|announcement)?\s?no\.\s?)\d[\d.,-]*\d")),
    (("dial ", "hs ", "code "), re.compile(
        r"(?<=dial )\d{4,6}|(?<=HS )\d{4,8}(?:\.\d+)*|(?<=code )\d{4,8}(?:\.\d+)*")),
    (("热线", "电话", "编号", "编辑:"), re.compile(
        r"(?<=热线)\d{5}|(?<=电话)[:\s]?\d[\d-]{6,}|(?<=编号)\d+|(?<=责任编辑:)\S*\d+")),
    (("版",), re.compile(r"第\s?[A-Z]?\d+\s?版")),
]  # fmt: skip
_FURNITURE = re.compile(
    r"(?i:read (?:next|more|times)|font size|related (?:news|articles|stories)|copyright|all rights reserved|comments?\s*\||editor:|share (?:this|to)|page \d+ of|\bviews?:)|浏览量|阅读量|点击数|打印本页|关闭窗口|分享到|责任编辑|责编|编辑[:：]|版权所有|备案|相关新闻|相关阅读|字号|扫一扫|延伸阅读|相关链接|推荐阅读|上一篇|下一篇|阅读次数|访问量|点击次数"
)


def _identifiers(folded: str) -> Iterator[re.Match[str]]:
    low = folded.lower()
    for held, pattern in _IDENTIFIERS:
        if any(word in low for word in held):
            yield from pattern.finditer(folded)


@dataclass(frozen=True, slots=True)
class Lexed:
    """A text, its folded form, and the tokens in it."""

    text: str
    folded: str
    lang: str
    tokens: tuple[Token, ...]


# a line that goes on with a small letter was wrapped by whoever set the page
_WRAP = re.compile(r"(?<=[a-z0-9,)%])\n(?=[a-z])|(?<=U\.S\.)\n(?=[a-z])")


def lex(text: str, lang: str | None = None) -> Lexed:
    """Return the tokens of a text; ``lang`` is found from its letters where it is not given."""
    folded = fold(text)
    lang = lang if lang in ("en", "zh") else language(text)
    if lang == "en":
        folded = _WRAP.sub(" ", folded)
    words = lexicon(lang).find(text, folded)
    if lang == "zh":
        words = _resolve_short(words, folded)
        words = [
            w
            for w in words
            if not ("YOY" in w[2].kinds and _DATED_YEAR.match(folded, w[1] - 2))
            and not (folded[w[0]] in _COUNTING and _ORDINAL_HEAD.search(folded, max(0, w[0] - 4), w[0]))
            and not ("POP" in w[2].kinds and folded[w[0]] == "月" and folded[w[0] - 1 : w[0]] in _MONTH_ENDS)
        ]
    taken = bytearray(len(text))
    tokens: list[Token] = []
    for match in _identifiers(folded):
        if taken.find(1, *match.span()) >= 0:
            continue
        digit = re.search(r"\d", match.group())
        if digit:
            reason = Reason.FURNITURE if match.group().endswith("版") else Reason.IDENTIFIER
            tokens.append(Token(*match.span(), {"ID": True}, reason))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    dates = bytearray(taken)
    for start, end, entry in words:
        if _MASKS_DATE & entry.kinds.keys():
            dates[start:end] = b"\1" * (end - start)
    found = periods.find(folded, lang, dates)
    for token in found:
        taken[token.start : token.end] = b"\1" * (token.end - token.start)
    tokens += found
    for start, end, entry in words:
        if lang == "en" and "PLAN" in entry.kinds and taken.find(1, start, end) < 0:
            # the ordinal of a plan belongs to its name
            tokens.append(Token(start, end, {**entry.kinds, "ID": True}, Reason.ORDINAL))
            taken[start:end] = b"\1" * (end - start)
    masked = bytearray(taken)
    for start, end, entry in words:
        if (
            (not entry.kinds.keys() <= _OPEN if lang == "zh" else _CLOSED & entry.kinds.keys())
            and taken.find(1, start, end) < 0
            and not text[start:end].isdigit()
        ):
            masked[start:end] = b"\1" * (end - start)
    figures = numerals.digits(text, folded, lang, taken)
    for token in figures:
        taken[token.start : token.end] = b"\1" * (token.end - token.start)
        masked[token.start : token.end] = b"\1" * (token.end - token.start)
    spelled = number_words.han(folded, masked) if lang == "zh" else number_words.words_en(folded, masked)
    for token in spelled:
        taken[token.start : token.end] = b"\1" * (token.end - token.start)
    tokens += figures + spelled
    for start, end, entry in words:
        if taken.find(1, start, end) < 0:
            tokens.append(Token(start, end, dict(entry.kinds)))
    tokens.sort(key=lambda t: (t.start, t.end))
    tokens = _apart(_tidy(tokens, folded))
    if lang == "en":
        tokens = _offices(tokens, text)
        tokens = _pairs(_adjectives(_offices(tokens, text)), folded)
    _ordinals(tokens, folded)
    _ranges(tokens, folded)
    if lang == "zh" and "\n" in folded:
        tables.mark(tokens, folded)
    return Lexed(text, folded, lang, tuple(tokens))


_OFFICE = re.compile(
    r"(?:Ministry|Ministries|Department|Secretariat|Bureau|Chamber|Commission) (?:of|for) [A-Z][\w-]+(?:,? (?:and |of |for |& )?[A-Z][\w-]+)*"
)


def _offices(tokens: list[Token], text: str) -> list[Token]:
    """Let the words in an office's name name nothing: "Ministry of Development, Trade and Services"."""
    spans = [match.span() for match in _OFFICE.finditer(text)]
    kept = ("NUM", "PERIOD", "ID", "SEAT", "CUSTOMS", "PLACE")
    return [t for t in tokens if not any(a < t.start and t.end <= b for a, b in spans) or t.has(*kept)]


def _adjectives(tokens: list[Token]) -> list[Token]:
    """Let "electronic" name goods only where exports, imports or shipments follow at once."""
    for token, after in itertools.zip_longest(tokens, tokens[1:]):
        goods = token.kinds.pop("GOODS", None)
        if goods is not None and after is not None and after.has("FLOW") and after.start - token.end == 1:
            token.kinds["PRODUCT"] = goods
    return [token for token in tokens if token.kinds]


def _pairs(tokens: list[Token], folded: str) -> list[Token]:
    """Take a pair that is a group of its own apart at the end of a list: "the EU, Japan and South Korea"."""
    entries = lexicon("en").entries
    out: list[Token] = []
    for token in tokens:
        left, _, right = folded[token.start : token.end].partition(" and ")
        listed = out and out[-1].has("PLACE") and folded[out[-1].end : token.start] == ", "
        if right and listed and token.has("PLACE"):
            halves = [entries.get(lexicon("en").key(half)) for half in (left, right)]
            if all(half is not None and "PLACE" in half.kinds for half in halves):
                middle = token.start + len(left)
                spans = ((token.start, middle), (middle + len(" and "), token.end))
                out += [
                    Token(*span, dict(half.kinds))
                    for span, half in zip(spans, halves, strict=True)
                    if half is not None
                ]
                continue
        out.append(token)
    return out


def _resolve_short(words: list[tuple[int, int, Entry]], folded: str) -> list[tuple[int, int, Entry]]:
    """Give way to a longer place name that starts inside a short one: 对美|国 is 对|美国."""
    entries = lexicon("zh").entries
    out = []
    skip = 0
    for start, end, entry in words:
        if start < skip:
            continue
        if "PARTNER_SHORT" in entry.kinds or folded[start:end] == "中东":
            longer = next(
                (n for n in (6, 5, 4, 3, 2)
                 if (e := entries.get(folded[start + 1 : start + 1 + n])) and "PLACE" in e.kinds and start + 1 + n > end),
                0,
            )  # fmt: skip
            if longer:
                out.append((start + 1, start + 1 + longer, entries[folded[start + 1 : start + 1 + longer]]))
                skip = start + 1 + longer
                continue
        out.append((start, end, entry))
    return out


_PLAN_SPAN = re.compile(
    r"[\"']?\s?(?:期间|时期|以来|五年|的五年|[^,。;\"]{0,4}(?:累计|年均))|[\"']?\s?(?:span|years|period)"
)
_ZONES = {
    "综合保税区": "Comprehensive Bonded Zone", "综保区": "Comprehensive Bonded Zone", "自由贸易试验区": "Pilot Free Trade Zone",
    "自贸试验区": "Pilot Free Trade Zone", "自贸区": "Pilot Free Trade Zone", "出口加工区": "Export Processing Zone", "保税区": "Bonded Zone", "保税港区": "Bonded Port Area",
    "高新区": "High-Tech Zone", "经开区": "Economic and Technological Development Zone", "comprehensive bonded zone": "Comprehensive Bonded Zone",
    "pilot free trade zone": "Pilot Free Trade Zone", "free trade zone": "Free Trade Zone", "export processing zone": "Export Processing Zone", "bonded zone": "Bonded Zone",
}  # fmt: skip
_ZONE = re.compile(r"\s?(" + "|".join(sorted(_ZONES, key=len, reverse=True)) + r")(?![a-z])", re.I)


# 7月增长 is July's growth, not growth on the month
_MONTH_ENDS = tuple("0123456789一二三四五六七八九十")
# 第三大, 第二、三大, 四分之一: the numeral is one, whatever word begins with it
_COUNTING = frozenset("之一二三四五六七八九十")
_ORDINAL_HEAD = re.compile(r"第$|第[一二三四五六七八九十\d]{1,2}[、和]$|分$|翻了?$")
# 比去年8月: a month of last year, not last year
_DATED_YEAR = re.compile(r"[去上]年\s?(?:\d{1,2}月|前\d|前[一二三四]|[上下]半年|[一二三四]季|第[一二三四]季)")


def _apart(tokens: list[Token]) -> list[Token]:
    """Let no two numerals or dates share a character: the later one begins where the earlier ends."""
    out: list[Token] = []
    end = 0
    for token in tokens:
        if token.has("NUM", "PERIOD", "ID"):
            token.start = max(token.start, end)
            if token.start >= token.end:
                continue
            end = token.end
        out.append(token)
    return out


def _tidy(tokens: list[Token], folded: str) -> list[Token]:
    """Drop a name said twice ("the European Union (EU)") and 我国 before 香港."""
    out: list[Token] = []
    until = 0
    for index, token in enumerate(tokens):
        nxt = tokens[index + 1] if index + 1 < len(tokens) else None
        if (
            token.kinds.get("WHOLE") == "nation"
            and nxt is not None
            and nxt.start == token.end
            and "PLACE" in nxt.kinds
        ):
            continue
        if out and folded[token.start - 1 : token.start] == "(" and folded[token.end : token.end + 1] == ")":
            last = out[-1]
            gap = folded[last.end : token.start].strip()
            if gap == "(" and any(
                last.kinds.get(k) == v and k in ("PLACE", "PRODUCT", "REGIME") for k, v in token.kinds.items()
            ):
                continue
        plan = token.kinds.get("PLAN")
        if isinstance(plan, str) and (
            _PLAN_SPAN.match(folded, token.end)
            or re.search(r"period", folded[token.start : token.end].lower())
        ):
            first = 1976 + 5 * int(plan[1:])
            token = Token(
                token.start,
                token.end,
                {"PERIOD": When("span", first, None, 1, 12, last_year=first + 4)},
                Reason.ORDINAL,
            )
        place = token.kinds.get("PLACE")
        if isinstance(place, Place) and place.reporter and place.kind not in ("zone", "country", "region"):
            zone = _ZONE.match(folded, token.end)
            if zone and not zone.group().startswith(("的", " of")):
                name = f"{place.reporter} {_ZONES[zone.group(1).strip().lower()]}"
                token = Token(token.start, zone.end(), {"PLACE": Place(name, None, "zone", "", place.code)})
                until = zone.end()
                out.append(token)
                continue
        if token.start < until:
            continue
        flow = token.kinds.get("FLOW")
        if (
            out
            and flow in ("exports", "imports")
            and out[-1].kinds.get("FLOW") in ("exports", "imports")
            and out[-1].kinds["FLOW"] != flow
            and folded[out[-1].end : token.start] in ("-", "/")
        ):
            # "import-export" is both together
            out[-1] = Token(out[-1].start, token.end, {"FLOW": "trade"})
            continue
        out.append(token)
    return out


def _ordinals(tokens: list[Token], folded: str) -> None:
    """Make the second of 第二、三大 an ordinal like the first."""
    for left, right in itertools.pairwise(tokens):
        a, b = left.kinds.get("NUM"), right.kinds.get("NUM")
        if (
            isinstance(a, Quantity)
            and isinstance(b, Quantity)
            and (a.cls, b.cls) == ("rank", "plain")
            and folded[left.end : right.start] in ("、", "和", "、第")
            and folded[right.end : right.end + 1] in ("大", "位", "名")
        ):
            b.cls = "rank"


_RANGE_GAP = re.compile(r"\s?(?:to|-|~|至|到)\s?$")


def _ranges(tokens: list[Token], folded: str) -> None:
    """Mark the two ends of a printed range ("5 to 7 percent"): lower ``>``, upper ``<``."""
    numbers = [t for t in tokens if "NUM" in t.kinds]
    for left, right in itertools.pairwise(numbers):
        a, b = left.kinds.get("NUM"), right.kinds.get("NUM")
        if not (isinstance(a, Quantity) and isinstance(b, Quantity)) or a.word or b.word:
            continue
        between = folded[left.end : right.start] == " and " and folded[
            max(0, left.start - 24) : left.start
        ].lower().endswith("between ")
        if (
            not between
            and not _RANGE_GAP.fullmatch(folded[left.end : right.start])
            and not (left.end == right.start and b.sign < 0 and folded[right.start] == "-")
        ):
            continue
        same = a.cls == b.cls and a.cls in ("percent", "pp", "times")
        if (
            (a.cls == "plain" or (a.cls == "money" and a.exponent is None) or same)
            and b.cls in ("percent", "money", "plain", "pp")
            and a.number < b.number
        ):
            if a.cls == "plain" and b.cls == "plain":
                continue
            if left.end == right.start:
                b.sign = 0
                right.start += 1
            if a.exponent is None:
                a.exponent = b.exponent
            if a.cls == "plain":
                a.cls = b.cls
            if a.unit is None:
                a.unit = b.unit
            if b.unit is None:
                b.unit = a.unit
            if b.cls == "plain":
                b.cls = a.cls
            a.bound, b.bound = ">", "<"
            left.kinds["RANGE"] = right.kinds["RANGE"] = True


def furniture_from(folded: str) -> int:
    """Return where trailing page furniture begins, or the length of the text."""
    for match in _FURNITURE.finditer(folded, len(folded) // 2):
        line = folded.rfind("\n", 0, match.start()) + 1
        if line > len(folded) * 0.5 and line > 0:
            return line
    return len(folded)
