"""How English words dates and periods."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.read.tokens import When
from flows.read.when_zh import ISO

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
    ("isodate", ISO),
    ("date", re.compile(rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s)?(?:(?P<m>{_MONTH})\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d{{3}}|\s?(?:-|to)\s?\d|\s(?:percent|per|billion|million))(?:,?\s?\(?(?P<y>(?:19|20)\d\d)\)?)?|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ ](?P<m2>{_MONTH})(?:,?\s(?P<y2>(?:19|20)\d\d))?)")),
    ("daysof", re.compile(rf"first\s(?P<n>\d{{1,2}}|ten|twenty)\sdays\sof\s(?:(?P<m>{_MONTH})|(?P<tm>this month|the month|last month))" + _OFYEAR.format("y"))),
    ("asof", re.compile(rf"(?:as\sof|until|by|up\sto|through|to)\s(?:the\s)?(?:mid[\s-](?P<mid>{_MONTH})|(?P<m>{_MONTH})\s(?P<d>\d{{1,2}})(?!\d|,\d{{3}}))(?:,?\s(?P<y>(?:19|20)\d\d))?")),
    ("fyfull", re.compile(r"(?:the\s)?(?:whole\s|full\s|entire\s)?(?:fiscal|financial)\syear\s(?:as\sa\swhole|overall)|(?:the\s)?(?:whole|full|entire)\s(?:fiscal|financial)\syear(?!\s?\d)")),
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
    ("month", re.compile(rf"(?P<m>{_MONTH})(?:\salone)?(?=[\s,.;:)'?!-]|$)")),
]  # fmt: skip
# A pattern is tried only where one of its words stands in the text at all.
_TRIGGER = {
    "fiscal": ("fy", "fiscal", "financial", "april", "march"), "fyspan": ("-",), "fyear": ("-",), "daysof": ("days of",), "asof": ("as of", "until", "by", "through", "mid"),
    "fyfull": ("fiscal year", "financial year"), "fytd": ("financial year", "fiscal"), "fhalf": ("fiscal", "financial"), "ytd": ("first", "opening", "initial", "starting"), "firstmonth": ("first month",), "ytdlen": ("-month",),
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
    if name == "fyfull":
        return When("fytd", m2=12)
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
        if (a, b) in ((4, 3), (7, 6)) and not year and rel is None:
            return When("fytd", m2=12)
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


def english(folded: str, taken: bytearray) -> list[tuple[int, int, When]]:
    """Return (start, end, meaning) of every English wording of a date or period; ``taken`` spans are left alone."""
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
