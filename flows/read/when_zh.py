"""How Chinese words dates and periods."""

from __future__ import annotations

import re

from flows.read.tokens import When

_N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_YEAR = r"(?:(?P<y>(?:19|20)\d\d)\s?年?(?=\s?(?:年|前|上半|下半|第?[一二三四1-4]季|首|1?\d?\s?月|全年))\s?年?|(?P<yh>[一二][九〇零][〇零一二三四五六七八九]{2})年|(?P<roc>(?<!\d)1[01]\d)年|(?P<rel>今年以来|今年|去年|前年|当年|本年度|本年|上年|明年)\s?)"
_ZH = re.compile(
    rf"(?:{_YEAR}(?:的)?)?"
    rf"(?:(?P<ytd>[前首]\s?(?P<n>{_N})\s?(?:个)?月)"
    rf"|(?P<q3>[前首](?P<qn>[二两三123])(?:个)?季度?)"
    rf"|(?P<half>(?P<hn>[上下])半年度?)"
    rf"|(?:第?(?P<q>[一二三四1234])\s?季度?|(?P<qfirst>首季度?|首个季度|开季))(?!度?[末报])"
    rf"|(?P<span>(?P<a>{_N})\s?(?:月份?)?\s?(?:至|到|-|~|、|和)\s?(?P<b>{_N})\s?月(?:份)?)(?!\s?\d{{1,2}}\s?日)"
    rf"|(?P<days>(?P<dm>{_N})月(?P<d1>\d{{1,2}})日?\s?(?:至|到|-|~)\s?(?:(?P<dm2>{_N})月)?(?P<d2>\d{{1,2}})日)"
    rf"|(?P<xun>(?P<xm>{_N})月(?:份)?(?P<x>上旬|中旬|下旬))"
    rf"|(?P<daysn>(?P<xn>{_N})月(?:份)?前(?P<dn>\d{{1,2}})(?:天|日))"
    rf"|(?P<date>(?P<em>{_N})\s?月\s?(?P<ed>{_N})\s?[日号](?:\s?\d{{1,2}}[:时]\d{{2}}(?:[:分]\d{{2}})?)?)"
    rf"|(?P<month>(?P<m>{_N})\s?月(?:份)?(?:当月|单月|份当月)?)(?![-至到~]\d)"
    rf"|(?P<full>全年|整年|年度|一年)"
    rf")?"
)
_ZH_ANCHOR = re.compile(
    rf"(?<!\d)1[01]\d年(?=\d{{1,2}}月|全年|第|[上下]半|底|[,、较增成])|(?:19|20)\d\d\s?(?:年|(?=[前上首]))|[一二][九〇零][〇零一二三四五六七八九]{{2}}年|今年以来|今年|去年(?!同期)|前年|当年|本年|上年(?!同期)|明年|[前首]\s?{_N}\s?(?:个)?月|[前首][二两三123](?:个)?季度?|[上下]半年|第?[一二三四1234]\s?季度?|首季|{_N}\s?(?:月份?)?\s?(?:至|到|-|~|、|和)\s?{_N}\s?月|{_N}月|全年(?!度)|当月|上月|本月|上个月|同期|单月"
)
ISO = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?(?:年\s?\d{1,2}\s?月|[-/.]\s?\d{1,2}\s?[-/.])\s?\d{1,2}(?:\s?日)?(?:[T\s]+\d{1,2}[:时]\d{2}(?:[:分]\d{2})?)?(?!\d)|(?<!\d)\d{1,2}/\d{1,2}/(?:19|20)\d\d(?!\d)|(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|(?<![\d-])\d{2}-\d{2}(?=\s+\d{1,2}:\d{2})"
)
YEAR_SPAN = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?年?\s?(?:-|~|至|到)\s?((?:19|20)\d\d)\s?年?(?:期间|间)?(?!\d)"
)
CROSS_YEAR = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?年\s?(?:(?P<a>\d{1,2})\s?月(?:份)?)?\s?(?:-|~|至|到)\s?"
    r"(?:(?P<y2>(?:19|20)\d\d)\s?年|(?P<rel>[今去上])年)\s?(?P<b>\d{1,2})\s?月(?:份)?"
)
DAY = re.compile(r"(?<![\d月.])\d{1,2}日(?!元|均)")
_HAN_INT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


def _int(text: str) -> int:
    """Return a year, month or day, 0 where the characters make none."""
    if text.isdigit():
        return int(text)
    if not re.fullmatch(
        r"[一二三四五六七八九]?十?[一二三四五六七八九]?|[〇零一二三四五六七八九两]{1,4}", text
    ):
        return 0
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_HAN_INT[tens] if tens else 1) * 10 + (_HAN_INT[ones] if ones else 0)
    return int("".join(str(_HAN_INT[c]) for c in text))


def _zh_when(match: re.Match[str]) -> When | None:
    g = match.groupdict()
    year = int(g["y"]) if g["y"] else int(g["roc"]) + 1911 if g["roc"] else _int(g["yh"]) if g["yh"] else None
    rel = {"今": 0, "去": -1, "前": -2, "当": None, "本": 0, "上": -1, "明": 1}.get((g["rel"] or "x")[0])

    def span(m1: int, m2: int, d1: int | None = None, d2: int | None = None) -> When | None:
        if not (1 <= m1 <= 12 and 1 <= m2 <= 12 and m1 <= m2):
            return None
        return When("span", year, rel, m1, m2, d1, d2)

    if g["ytd"]:
        return span(1, _int(g["n"]))
    if g["q3"]:
        return span(1, 3 * {"二": 2, "两": 2, "2": 2, "1": 1}.get(g["qn"], 3))
    if g["half"]:
        return span(1, 6) if g["hn"] == "上" else span(7, 12)
    if g["q"] or g["qfirst"]:
        n = _int(g["q"]) if g["q"] else 1
        return span(3 * n - 2, 3 * n)
    if g["span"]:
        return span(_int(g["a"]), _int(g["b"]))
    if g["days"]:
        return span(_int(g["dm"]), _int(g["dm2"] or g["dm"]), int(g["d1"]), int(g["d2"]))
    if g["xun"]:
        d1, d2 = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}[g["x"]]
        return span(_int(g["xm"]), _int(g["xm"]), d1, d2)
    if g["daysn"]:
        return span(_int(g["xn"]), _int(g["xn"]), 1, int(g["dn"]))
    if g["date"]:
        return When("date", year, rel, _int(g["em"]), d1=_int(g["ed"]))
    if g["month"]:
        return span(_int(g["m"]), _int(g["m"]))
    if year is not None or g["rel"]:
        if g["rel"] == "今年以来":
            return When("ytd", rel=0)
        if g["rel"] in ("当年",):
            return When("same_year")
        return When("year", year, rel)
    if g["full"] == "全年":
        return When("full")
    return None


_RUNNING = re.compile(r"[底末份]?,?[^,。;]{0,16}(?:连续|已连)")


def chinese(folded: str) -> list[tuple[int, int, When]]:
    """Return (start, end, meaning) of every Chinese wording of a date or period."""
    out: list[tuple[int, int, When]] = []
    last = 0
    for anchor in _ZH_ANCHOR.finditer(folded):
        start = anchor.start()
        if start < last:
            continue
        head = anchor.group()
        if head in ("当月", "单月"):
            out.append((start, anchor.end(), When("month_of")))
            continue
        if head in ("本月", "上月", "上个月"):
            out.append((start, anchor.end(), When("month_rel", rel=0 if head == "本月" else -1)))
            continue
        if head == "同期":
            out.append((start, anchor.end(), When("same")))
            continue
        match = _ZH.match(folded, start)
        if match is None or match.end() <= start:
            continue
        when = _zh_when(match)
        if when is None or (start and folded[start - 1].isdigit() and head[0].isdigit()):
            continue
        end = match.end()
        if folded[max(0, start - 2) : start] in ("截至", "截止") and not _RUNNING.match(folded, end):
            # 截至10月底, 截至8月15日: from the beginning of the year until then
            if when.kind == "date":
                when = When("span", when.year, when.rel, 1, when.m1, 1, when.d1)
            elif when.kind == "span" and when.m1 == when.m2 and when.d1 is None:
                when = When("span", when.year, when.rel, 1, when.m2)
        if when.kind == "year" and folded[end : end + 1] == "年":
            end += 1
        out.append((start, end, when))
        last = end
    return out
