"""Dates and periods as the text words them, and what they are once the year is known."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from flows.read.tokens import Token, When
from flows.record import Period, Reason

# --- Chinese -----------------------------------------------------------------------------------------

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
_ISO = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?(?:年\s?\d{1,2}\s?月|[-/.]\s?\d{1,2}\s?[-/.])\s?\d{1,2}(?:\s?日)?(?:[T\s]+\d{1,2}[:时]\d{2}(?:[:分]\d{2})?)?(?!\d)|(?<!\d)\d{1,2}/\d{1,2}/(?:19|20)\d\d(?!\d)|(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|(?<![\d-])\d{2}-\d{2}(?=\s+\d{1,2}:\d{2})"
)
_YEAR_SPAN = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?年?\s?(?:-|~|至|到)\s?((?:19|20)\d\d)\s?年?(?:期间|间)?(?!\d)"
)
_CROSS_YEAR = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?年\s?(?:(?P<a>\d{1,2})\s?月(?:份)?)?\s?(?:-|~|至|到)\s?"
    r"(?:(?P<y2>(?:19|20)\d\d)\s?年|(?P<rel>[今去上])年)\s?(?P<b>\d{1,2})\s?月(?:份)?"
)
_DAY_ZH = re.compile(r"(?<![\d月.])\d{1,2}日(?!元|均)")
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


def _zh(folded: str) -> list[tuple[int, int, When]]:
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


# --- English -----------------------------------------------------------------------------------------

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
_CARD = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_OFYEAR = r"(?:,?[ ](?:of[ ]|in[ ])?(?:the[ ])?(?:(?:year|fiscal[ ]year)[ ])?(?P<{0}>(?:19|20)\d\d|this[ ]year|last[ ]year|the[ ]year|the[ ]current[ ]year|the[ ]previous[ ]year)(?!\d))?"
_NUMBER = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_EN = [
    ("fyspan", re.compile(rf"(?P<a>{_MONTH})\s?(?:-|to|through)\s?(?P<b>{_MONTH})\s(?:period\s)?(?:of\s)?(?:the\s)?(?:fy\s?|fiscal\s(?:year\s)?|financial\syear\s)?(?P<y>20\d\d)-(?P<y2>(?:20)?\d\d)(?!\d)")),
    ("fiscal", re.compile(r"(?:fy|fiscal(?:\syear)?|financial\syear|(?<=april )|(?<=march ))\s?(?P<y>20\d\d)\s?-\s?(?P<y2>(?:20)?\d\d)(?!\d)")),
    ("fyear", re.compile(r"(?P<y>(?:1(?<![\d.,/$-]1)9|2(?<![\d.,/$-]2)0)\d\d)-(?P<y2>(?:20)?\d\d)(?![\d%]|[.,-]\d)")),
    ("isodate", _ISO),
    ("date", re.compile(rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s)?(?:(?P<m>{_MONTH})\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d{{3}}|\s?(?:-|to)\s?\d|\s(?:percent|per|billion|million))(?:,?\s?\(?(?P<y>(?:19|20)\d\d)\)?)?|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ ](?P<m2>{_MONTH})(?:,?\s(?P<y2>(?:19|20)\d\d))?)")),
    ("daysof", re.compile(rf"first\s(?P<n>\d{{1,2}}|ten|twenty)\sdays\sof\s(?:(?P<m>{_MONTH})|(?P<tm>this month|the month|last month))" + _OFYEAR.format("y"))),
    ("asof", re.compile(rf"(?:as\sof|until|by|up\sto|through|to)\s(?:the\s)?(?:mid[\s-](?P<mid>{_MONTH})|(?P<m>{_MONTH})\s(?P<d>\d{{1,2}})(?!\d|,\d{{3}}))(?:,?\s(?P<y>(?:19|20)\d\d))?")),
    ("fytd", re.compile(rf"(?:the\s)?first[\s-](?P<n>{_CARD})[\s-]months?\sof\s(?:the\s)?(?:current\s|this\s|ongoing\s|present\s)?(?:financial\syear|fiscal(?:\syear)?)(?![a-z])")),
    ("fhalf", re.compile(r"(?:the\s)?(?:fiscal\s(?P<n>first|second)[\s-]half|(?P<n2>first|second)[\s-]half\sof\s(?:the\s)?(?:current\s|this\s)?(?:fiscal|financial)\syear)")),
    ("days", re.compile(rf"(?:from\s)?(?P<m>{_MONTH})\s(?P<d1>\d{{1,2}})\s?(?:-|to|through)\s?(?:(?P<m2>{_MONTH})\s)?(?P<d2>\d{{1,2}})(?!\d)(?:,?\s(?P<y>(?:19|20)\d\d))?")),
    ("span", re.compile(rf"(?:(?:from|between|in|for)\s)?(?:the\s)?(?P<a>{_MONTH})(?:\s(?P<y0>(?:19|20)\d\d))?\s?(?:-|to|through|till|until|and|/|~)\s?(?P<b>{_MONTH})(?:\s(?:period|months))?" + _OFYEAR.format("y"))),
    ("ytd", re.compile(rf"(?:the\s)?(?:first|opening|initial|starting)[\s-](?P<n>{_CARD})[\s-](?P<unit>months?|quarters?)(?:\speriod)?" + _OFYEAR.format("y"))),
    ("quarters", re.compile(r"(?:the\s|all\s)*four\squarters(?:\sof\s(?P<y>(?:19|20)\d\d|last\syear|this\syear))?")),
    ("firstmonth", re.compile(r"(?:the\s)?first\smonth(?:\sof\s(?:the\syear|this\syear|(?P<y>20\d\d)))")),
    (
        "nmonths",
        re.compile(
            rf"(?:the|past|last|these|over\sthe\spast)\s(?P<n>{_CARD})[\s-]months?(?:\speriod)?(?:\s(?:to|ending|ended|ending\sin|through|until)\s(?P<b>{_MONTH}))?(?!\sago)"
            + _OFYEAR.format("y")
        ),
    ),
    ("lastmonths", re.compile(rf"(?:the\s)?(?:final|closing)\s(?P<n>{_CARD})\smonths?" + _OFYEAR.format("y"))),
    ("ytdlen", re.compile(rf"(?P<n>{_CARD})-(?P<unit>month)(?=\s(?:trade|total|period|exports?|imports?|figure|value|volume|foreign|cumulative|turnover|surplus|deficit))")),
    ("quarters3", re.compile(r"(?:the\s)?(?:first\s)?(?:three|3)[\s-]quarters?(?!\sof\s(?:a|the\s(?:total|trade|exports|imports)))" + _OFYEAR.format("y"))),
    ("quarter", re.compile(r"(?:the\s)?(?P<n>first|second|third|fourth|last|final|1st|2nd|3rd|4th|opening|(?<![a-z])q(?=[1-4])|(?:january|march|june|september|december)(?=\squarter))[\s-]?(?P<q>[1-4]?)(?!\.?\d)\s?(?:(?<=[1-4])|(?<=[1-4]\s)|quarter(?![a-z]))" + _OFYEAR.format("y"))),
    ("half", re.compile(r"(?:the\s)?(?:(?P<n>first|second|latter|1st|2nd|h(?=[12]))[\s-]?(?P<h>[12]?)\s?(?:(?<=[12])|(?<=[12]\s)|half(?![a-z]))|(?P<hy>half[\s-]year(?![a-z])))(?:\sof\sjanuary)?" + _OFYEAR.format("y"))),
    ("since", re.compile(r"(?:since\s(?:the\sbeginning\sof\s(?:the|this)\syear|january(?!\s\d))|year[\s-]to[\s-]date|so\sfar\sthis\syear|so\sfar\sin\s20\d\d)")),
    ("sincemonth", re.compile(rf"since\s(?P<m>{_MONTH})\s(?P<y>(?:19|20)\d\d)")),
    ("monthyear", re.compile(rf"(?P<m>{_MONTH}),?\s(?:of\s)?(?P<y>(?:19|20)\d\d|this\syear|last\syear)(?!\d)")),
    ("monthrel", re.compile(r"(?P<r>last|this|the\sprevious|the\spreceding|previous|the\sprior)\smonth(?![a-z])")),
    ("yearspan", re.compile(r"(?:from\s|between\s)?(?P<y>(?:19|20)\d\d)(?:\s?-\s?|\s(?:to|and|through|until)\s)(?P<y2>(?:19|20)\d\d)(?![\d.,]\d|\d)")),
    ("full", re.compile(r"(?:the\s)?(?:full|whole|entire)(?:[\s-](?:of\s))?[\s-]?year(?:[\s,]+(?:of\s)?(?P<y>(?:19|20)\d\d))?|the\syear\sas\sa\swhole|all\sof\s(?P<y2>(?:19|20)\d\d)")),
    ("year", re.compile(r"(?P<y>(?:1(?<![\d.,/$-]1)9|2(?<![\d.,/$-]2)0)\d\d)(?![\d%/]|[.,]\d|-\d)(?!\s(?:percent|per\scent|billion|million|tonnes|tons|yuan|units|companies|enterprises|firms|dollars))")),
    ("rel", re.compile(r"(?<![a-z])(?P<r>last|this|next|the\sprevious|the\spast|current|previous)\syear(?![a-z])")),
    ("same", re.compile(r"(?:in|during|over|for|within)\s(?:the\s)?same\s(?:period|months|time\speriod|time|six\smonths|month|year|quarter)(?![a-z])")),
    ("monthof", re.compile(r"(?:in|for|of|during)\s(?:the|that)\smonth(?![a-z])|(?<=exports )that\smonth")),
    ("yearof", re.compile(r"(?:in|for|of|during)\s(?:the)\syear(?![a-z])")),
    ("month", re.compile(rf"(?P<m>{_MONTH})(?:\salone)?(?=[\s,.;:)'-]|$)")),
]  # fmt: skip
# A pattern is tried only where one of its words stands in the text at all.
_TRIGGER = {
    "fiscal": ("fy", "fiscal", "financial", "april", "march"), "fyspan": ("-",), "fyear": ("-",), "daysof": ("days of",), "asof": ("as of", "until", "by", "through", "mid"),
    "fytd": ("financial year", "fiscal"), "fhalf": ("fiscal", "financial"), "ytd": ("first", "opening", "initial", "starting"), "firstmonth": ("first month",), "ytdlen": ("-month",),
    "quarters": ("four quarters",), "lastmonths": ("final", "closing"), "quarters3": ("quarter",), "quarter": ("quarter", "q1", "q2", "q3", "q4"), "half": ("half", "h1", "h2"), "since": ("since", "year-to-date", "year to date", "so far"),
    "sincemonth": ("since",), "monthrel": ("month",), "full": ("full", "whole", "entire", "all of"), "rel": ("year",), "same": ("same",), "monthof": ("the month", "that month"), "yearof": ("year",),
}  # fmt: skip
# what must be somewhere for the dear patterns to be worth their time
_GLANCE = {
    "isodate": re.compile(r"\d(?::\d\d|[-/.年]\s?\d{1,2}\s?[-/.月]|-\d\d\s+\d)"),
    "fyspan": re.compile(r"20\d\d-\d\d"),
    "fyear": re.compile(r"20\d\d-\d\d"),
    "fiscal": re.compile(r"20\d\d\s?-\s?\d\d"),
    "yearspan": re.compile(r"\d\d(?:\s?-\s?|\s(?:to|and|through|until)\s)(?:19|20)\d\d"),
}
# Patterns that hold a month are tried where one stands and at the words that may lead it, nowhere else.
_CAPITAL = ("month", "monthyear", "span", "date", "days")
_MONTH_AT = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_LEAD = re.compile(
    r"\b(?:the|from|between|in|for|\d{1,2}(?:st|nd|rd|th)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?)\s$"
)


def _month(text: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, start=1) if name.startswith(text.strip(". ").lower()[:3]))


def _count(text: str) -> int:
    return int(text) if text.isdigit() else {"twenty": 20}.get(text) or _NUMBER[text]


def _year_of(text: str | None) -> tuple[int | None, int | None]:
    if not text:
        return None, None
    if text[:2] in ("19", "20"):
        return int(text), None
    return (
        None,
        -1 if "last" in text or "previous" in text else 0 if "this" in text or "current" in text else None,
    )


def _en_when(name: str, m: re.Match[str]) -> When | None:
    g = m.groupdict()
    year, rel = _year_of(g.get("y"))
    if name in ("fiscal", "fyspan", "fyear") and int(g["y2"]) % 100 != (int(g["y"]) + 1) % 100:
        return None
    if name in ("fiscal", "fyear"):
        return When("fyear", int(g["y"]), None, 1, 12)
    if name == "fyspan":
        return When("fyear", int(g["y"]), None, _month(g["a"]), _month(g["b"]), d1=0)
    if name == "isodate":
        return When("date")
    if name == "date":
        return When(
            "date",
            int(g["y"] or g["y2"]) if g["y"] or g["y2"] else None,
            None,
            _month(g["m"] or g["m2"]),
            d1=int(g["d"] or g["d2"]),
        )
    if name == "fytd":
        return When("fytd", m2=_count(g["n"]))
    if name == "fhalf":
        return When(
            "fytd",
            m1=1 if (g["n"] or g["n2"]) == "first" else 7,
            m2=6 if (g["n"] or g["n2"]) == "first" else 12,
        )
    if name == "asof":
        month = _month(g["mid"] or g["m"])
        return When("span", year, rel, 1, month, 1, 15 if g["mid"] else int(g["d"]))
    if name == "daysof" and g["tm"]:
        return When("days_rel", rel=-1 if g["tm"].startswith("last") else 0, d2=_count(g["n"]))
    if name == "daysof":
        return When("span", year, rel, _month(g["m"]), _month(g["m"]), 1, _count(g["n"]))
    if name == "days":
        a = _month(g["m"])
        return When("span", year, rel, a, _month(g["m2"]) if g["m2"] else a, int(g["d1"]), int(g["d2"]))
    if name == "span":
        a, b = _month(g["a"]), _month(g["b"])
        if g["y0"]:
            return When("span", int(g["y0"]), None, a, b, last_year=year or int(g["y0"]) + (b < a))
        if a > b:
            return When("span", year - 1 if year else None, rel, a, b, last_year=year) if year else None
        if m.group().startswith("from") and b == a + 1 and a != 1:
            # "from July to August" compares two months: August is what is spoken of
            return When("span", year, rel, b, b)
        return When("span", year, rel, a, b)
    if name == "ytd":
        n = _count(g["n"]) * (3 if g["unit"].startswith("q") else 1)
        return When("span", year, rel, 1, n) if 1 <= n <= 12 else None
    if name == "quarters":
        return When("quarters", year, rel)
    if name == "firstmonth":
        return When("span", year, rel, 1, 1)
    if name == "nmonths":
        last = _month(g["b"]) if g["b"] else _count(g["n"])
        return (
            When("span", year, rel, last - _count(g["n"]) + 1, last)
            if 1 <= _count(g["n"]) <= last <= 12
            else None
        )
    if name == "lastmonths":
        return When("span", year, rel, 13 - _count(g["n"]), 12) if 1 <= _count(g["n"]) <= 11 else None
    if name == "ytdlen":
        n = _count(g["n"])
        return When("span", None, None, 1, n) if 1 <= n <= 12 else None
    if name == "quarters3":
        return When("span", year, rel, 1, 9)
    if name == "quarter":
        n = (
            int(g["q"])
            if g["q"]
            else {
                "first": 1,
                "1st": 1,
                "opening": 1,
                "second": 2,
                "2nd": 2,
                "third": 3,
                "3rd": 3,
                "march": 1,
                "june": 2,
                "september": 3,
                "december": 4,
            }.get(g["n"], 4)
        )
        return When("span", year, rel, 3 * n - 2, 3 * n)
    if name == "half":
        if g["h"] not in ("1", "2") and g["n"] == "h":
            return None
        second = g["h"] == "2" or g["n"] in ("second", "latter", "2nd")
        if "january" in m.group():
            return When("span", year, rel, 1, 1, 1, 15)
        return When("span", year, rel, 7 if second else 1, 12 if second else 6)
    if name == "since":
        return When("ytd", rel=0)
    if name == "sincemonth":
        return When("since", int(g["y"]), None, _month(g["m"]))
    if name == "monthyear":
        return When("span", year, rel, _month(g["m"]), _month(g["m"]))
    if name == "monthrel":
        return When("month_rel", rel=0 if g["r"] == "this" else -1)
    if name == "yearspan":
        y, y2 = int(g["y"]), int(g["y2"])
        return When("span", y, None, 1, 12, last_year=y2) if y < y2 else None
    if name == "full":
        said = g["y"] or g["y2"]
        return When("year", int(said)) if said else When("full")
    if name == "year":
        return When("year", int(g["y"]))
    if name == "rel":
        return When(
            "year", None, {"l": -1, "n": 1}.get(g["r"][0], 0 if g["r"] in ("this", "current") else -1)
        )
    if name == "same":
        return When("same")
    if name == "monthof":
        return When("month_of")
    if name == "yearof":
        return When("full")
    return When("span", None, None, _month(g["m"]), _month(g["m"]))


def _month_starts(low: str) -> list[int]:
    """Return where a wording with a month in it can begin: two words before one, one word, and at it."""
    starts: list[int] = []
    for match in _MONTH_AT.finditer(low):
        at = match.start()
        if at and low[at - 1].isalnum():
            continue
        leads = [at]
        for _ in range(2):
            lead = _LEAD.search(low, max(0, leads[0] - 12), leads[0])
            if lead is None:
                break
            leads.insert(0, lead.start())
        starts += leads
    return starts


def _matches(name: str, pattern: re.Pattern[str], low: str, months: list[int]) -> Iterator[re.Match[str]]:
    """Return where one wording stands in a text."""
    if name == "isodate":
        # a dear pattern, tried only around the signs that dates and times are made of
        for sign in _GLANCE[name].finditer(low):
            if (match := pattern.search(low, max(0, sign.start() - 5), sign.end() + 24)) is not None:
                yield match
        return
    if name not in _CAPITAL:
        yield from pattern.finditer(low)
        return
    for start in months:
        if (match := pattern.match(low, start)) is not None:
            yield match


def _en(folded: str, taken: bytearray) -> list[tuple[int, int, When]]:
    low = folded.lower()
    mine = bytearray(taken)
    out = []
    months = _month_starts(low)
    for name, pattern in _EN:
        if not any(word in low for word in _TRIGGER.get(name, ("",))):
            continue
        if (glance := _GLANCE.get(name)) is not None and not glance.search(low):
            continue
        for match in _matches(name, pattern, low, months):
            start, end = match.span()
            if end <= start or any(mine[start:end]) or (start and low[start - 1].isalnum()):
                continue
            if (
                name in _CAPITAL
                and "may" in match.group()
                and "May" not in folded[start:end]
                and "MAY" not in folded[start:end]
            ):
                continue
            if name == "month" and not folded[start].isupper():
                continue
            when = _en_when(name, match)
            if when is None:
                continue
            if name == "year" and low.endswith("the year ", 0, start):
                start -= len("the year ")
            mine[start:end] = b"\1" * (end - start)
            out.append((start, end, when))
    return out


def find(folded: str, lang: str, taken: bytearray) -> list[Token]:
    """Return the dates and periods of a text as tokens of kind PERIOD; ``taken`` spans are left alone."""
    found: list[tuple[int, int, When]] = []
    mine = bytearray(taken)
    if lang == "zh":
        for match in _ISO.finditer(folded):
            found.append((*match.span(), When("date")))
        for match in _YEAR_SPAN.finditer(folded):
            a, b = int(match.group(1)), int(match.group(2))
            if a < b:
                found.append((*match.span(), When("span", a, None, 1, 12, last_year=b)))
        for match in _CROSS_YEAR.finditer(folded):
            a, b = int(match["a"] or 1), int(match["b"])
            if 1 <= a <= 12 and 1 <= b <= 12 and not any(mine[match.start() : match.end()]):
                last = int(match["y2"]) if match["y2"] else None
                rel = {"今": 0, "去": -1, "上": -1}.get(match["rel"] or "")
                found.append((*match.span(), When("cross", int(match["y"]), rel, a, b, last_year=last)))
        for start, end, _ in found:
            mine[start:end] = b"\1" * (end - start)
        found += [f for f in _zh(folded) if not any(mine[f[0] : f[1]])]
        for start, end, _ in found:
            mine[start:end] = b"\1" * (end - start)
        found += [
            (*m.span(), When("date")) for m in _DAY_ZH.finditer(folded) if not any(mine[m.start() : m.end()])
        ]
    else:
        found = _en(folded, mine)
    return [Token(s, e, {"PERIOD": w}, Reason.DATE) for s, e, w in sorted(found, key=lambda f: f[0])]


def resolve(
    when: When, published: dt.date | None, year: int | None, current: Period | None, fiscal: int | None = None
) -> Period | None:
    """Return the period meant, given the date of publication, a year in force and the period in force.

    A month or span without a year is the latest one that ended by the day of publication. ``fiscal`` is
    the month in which the reporter's fiscal year begins.
    """
    if when.kind == "same":
        return current
    if when.kind == "date":
        return None
    if when.kind == "month_rel" and published is not None:
        y, m = divmod(published.year * 12 + published.month - 1 + (when.rel or 0), 12)
        return Period.months(y, m + 1, y, m + 1)
    if when.kind == "days_rel" and published is not None and when.d2 is not None:
        y, m = divmod(published.year * 12 + published.month - 1 + (when.rel or 0), 12)
        day = min(when.d2, calendar.monthrange(y, m + 1)[1])
        return Period(dt.date(y, m + 1, 1), dt.date(y, m + 1, day))
    if when.kind == "fytd" and published is not None and when.m2 is not None:
        start = fiscal or 1
        ahead = (start - 1 + when.m2 - 1) // 12
        last = (start - 1 + when.m2 - 1) % 12 + 1
        y = _latest(published, last) - ahead
        since, first = divmod(start - 1 + (when.m1 or 1) - 1, 12)
        return Period.months(y + since, first + 1, y + ahead, last)
    if when.kind == "fyear" and when.year is not None and when.m1 is not None and when.m2 is not None:
        start = fiscal or 4
        if when.d1 is None:
            return Period.months(when.year, start, when.year + (start > 1), (start - 2) % 12 + 1)
        years = [when.year + (month < start) for month in (when.m1, when.m2)]
        return Period.months(years[0], when.m1, years[1], when.m2) if years[0] <= years[1] else None
    if when.kind == "month_of":
        return (
            Period.months(current.last.year, current.last.month, current.last.year, current.last.month)
            if current
            else None
        )
    target = when.year
    if target is None and when.rel is not None and published is not None:
        target = published.year + when.rel
    if when.kind == "ytd":
        if current is not None and target == current.last.year:
            return Period.months(target, 1, target, current.last.month)
        if published is None:
            return None
        y, m = divmod(published.year * 12 + published.month - 2, 12)
        return Period.months(y, 1, y, m + 1)
    if when.kind == "since" and target is not None and when.m1 is not None:
        until = current.last if current else published
        return Period(dt.date(target, when.m1, 1), until) if until else None
    if when.kind == "quarters":
        of = target or year or (current.last.year if current else None)
        return Period.months(of, 1, of, 12) if of else None
    if when.kind in ("full", "same_year"):
        target = (
            year
            or (current.last.year if current else None)
            or (_latest(published, 12) if published else None)
        )
        return Period.months(target, 1, target, 12) if target else None
    if when.kind == "year":
        return Period.months(target, 1, target, 12) if target else None
    if when.kind == "cross" and when.year is not None and when.m1 is not None and when.m2 is not None:
        end = when.last_year or (published.year + (when.rel or 0) if published else 0)
        ordered = (when.year, when.m1) <= (end, when.m2)
        return Period.months(when.year, when.m1, end, when.m2) if ordered else None
    if when.m1 is None or when.m2 is None:
        return None
    if (
        target is None
        and when.d1 is None
        and current is not None
        and current.whole_months
        and (
            (current.first.month, current.last.month) == (when.m1, when.m2)
            and current.first.year == current.last.year
        )
    ):
        # the months spoken of are those in force, whenever the article was published
        return current
    if (
        (when.m1, when.m2, when.d1, target) == (1, 6, None, None)
        and current is not None
        and fiscal is not None
        and (current.first.month, current.last.month) == (fiscal, (fiscal + 4) % 12 + 1)
    ):
        # "a record for the first half": the half of the fiscal year spoken of
        return current
    if target is None:
        target = year if year is not None else _latest(published, when.m2, when.d2) if published else None
    if target is None:
        return None
    last_year = when.last_year or target
    try:
        if when.d1 is not None and when.d2 is not None:
            last_day = min(when.d2, calendar.monthrange(last_year, when.m2)[1])
            return Period(dt.date(target, when.m1, when.d1), dt.date(last_year, when.m2, last_day))
        return Period.months(target, when.m1, last_year, when.m2)
    except ValueError:
        return None


def _latest(published: dt.date, month: int, day: int | None = None) -> int:
    """The year of the latest such month (or day of it) that was over by the day of publication."""
    over = month < published.month or (month == published.month and published.day >= (day or 25))
    return published.year if over else published.year - 1


# the words a base's period may stand behind; looked at first because few periods do
_BASE_LEADS = {
    "since", "early", "mid-", "late", "the", "of", "in", "a", "for", "surpassed", "than", "against", "with", "to",
    "versus", "vs", "vs.", "from", "on", "over", "above", "below", "during", "before",
}  # fmt: skip


def is_base(folded: str, start: int, end: int, lang: str) -> bool:
    """True where a period is only what something is compared with ("than in 2024", 比2024年)."""
    head = folded[max(0, start - 34) : start].lower()
    tail = folded[end : end + 8]
    if lang == "en" and head.endswith("over ") and _YEAR_SPAN.match(folded, start):
        # "10.7 percent over 2021-2025": the years it ran over
        return False
    if lang == "en" and head[head.rstrip().rfind(" ") + 1 :].rstrip() not in _BASE_LEADS:
        return False
    if lang == "en" and re.search(
        r"\bsince\s(?:early\s|mid-|late\s|the\s)?$|same\s(?:\w+\s)?(?:period|months?|quarter|time|half|month)\s(?:of\s|in\s|a\s)?(?:the\s)?$|corresponding\s\w+\s(?:of|in)\s$",
        head,
    ):
        return True
    if lang == "zh":
        if re.search(
            r"(?:比|较|与|同|跟|相比于|相较|相对于|对比|高于|低于|快于|慢于|好于|优于|超过|超越|超|继)[\s\"]{0,2}$",
            head,
        ):
            return True
        if re.search(r"[从由自][\s\"]{0,2}$", head) and re.match(
            r"的(?:增长|下降|增|降)?[约近超]?\d", "的" * (folded[end - 1] == "的") + tail
        ):
            # 从2020年的32.2万亿元起步
            return True
        return bool(re.match(r"(?:的)?[\d.]+倍|以来|起|相比|同期相比|的基础上", tail))
    if head.endswith("with ") and "compar" in head:
        return True
    if re.search(
        r"(?:that for all of|that for|surpassed|than|than in|than that of|than (?:that|those) (?:in|for|of)|compared (?:with|to) the (?:decrease|increase|growth|decline|drop|rise|fall) (?:for|in|of|during|over)|than for|against|compared with|compared to|versus|vs|vs\.|relative to|below the level of|(?:their|its|the) level in|above the level of|level of|compared with that of|from that of|over that of|as against|comparison with|times the|compared with the|compared to the|than the|that of|than during|on the same months of|of a year before|higher than|lower than|relative to the|against the)\s+(?:the\s)?$",
        head,
    ):
        return True
    if re.search(
        r"(?:\d|percent|pct|%|cent|points?|times|fold|one-third|half|on[- ](?:month|quarter|year)|m/m|y/y|yoy|mom)\s?(?:\)|,)?\s*(?:from|on|over|above|below|since)\s+(?:the\s|that\sof\s|those\sof\s)?$",
        head,
    ):
        return True
    return bool(
        re.search(
            r"(?:billion|million|trillion|yuan|dollars?|euros?|won|yen|usd|rmb)\)?\s(?:from|versus)\s(?:the\s)?$|(?:rise|rose|up|down|growth|increase|increased|decrease|grew|fell|decline|growing|above|below|higher|lower|more|less|larger|better|jump|gain|drop|improvement|doubl(?:ed|ing|e)|tripl(?:ed|ing|e)|quadrupl(?:ed|ing)|larger|smaller|even)\s(?:from|on|over|than in|versus)\s+(?:the\s)?$",
            head,
        )
    )
