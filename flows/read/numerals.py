"""Numerals and the units that stand at them: digits first, then what the digits are followed by."""

from __future__ import annotations

import re
from decimal import Decimal

from flows.read.tokens import Quantity, Token
from flows.record import Reason

_DIGITS = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)|\d+(?:[\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
)
_SPACES = re.compile(r"[,\s\u00a0\u202f\u2009]")

# --- units -----------------------------------------------------------------------------------------

CURRENCY = {
    "us$": "USD", "a$": "AUD", "au$": "AUD", "hk$": "HKD", "nt$": "TWD", "s$": "SGD", "c$": "CAD", "r$": "BRL",
    "nz$": "NZD", "mxn": "MXN", "mx$": "MXN", "$": "USD", "¥": "CNY", "€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR", "₫": "VND",
    "฿": "THB", "rmb": "CNY", "cny": "CNY", "usd": "USD", "eur": "EUR", "vnd": "VND", "inr": "INR", "rs": "INR",
    "rs.": "INR", "rp": "IDR", "rp.": "IDR", "idr": "IDR", "rm": "MYR", "myr": "MYR", "jpy": "JPY", "krw": "KRW", "thb": "THB",
    "yuan": "CNY", "chf": "CHF", "gbp": "GBP", "aud": "AUD", "hkd": "HKD", "twd": "TWD", "brl": "BRL", "sgd": "SGD", "mop": "MOP", "php": "PHP", "nzd": "NZD", "cad": "CAD", "rub": "RUB", "try": "TRY",
    "renminbi": "CNY", "dollars": "USD", "dollar": "USD", "u.s. dollars": "USD", "us dollars": "USD",
    "u.s. dollar": "USD", "us dollar": "USD", "american dollars": "USD", "greenbacks": "USD", "euros": "EUR", "euro": "EUR", "yen": "JPY",
    "won": "KRW", "dong": "VND", "baht": "THB", "rupees": "INR", "rupee": "INR", "rupiah": "IDR", "pesos": "MXN", "mexican pesos": "MXN",
    "peso": "MXN", "lira": "TRY", "liras": "TRY", "turkish lira": "TRY", "ringgit": "MYR", "rubles": "RUB", "roubles": "RUB", "ruble": "RUB",
    "reais": "BRL", "real": "BRL", "hk dollars": "HKD", "hong kong dollars": "HKD", "nt dollars": "TWD",
    "new taiwan dollars": "TWD", "australian dollars": "AUD", "canadian dollars": "CAD", "singapore dollars": "SGD", "new zealand dollars": "NZD",
    "pounds": "GBP", "pound": "GBP", "pounds sterling": "GBP", "swiss francs": "CHF", "francs": "CHF", "yuan renminbi": "CNY",
    "chinese yuan": "CNY", "zloty": "PLN", "dirhams": "AED", "riyals": "SAR", "pesos argentinos": "ARS", "taka": "BDT", "tenge": "KZT", "rand": "ZAR", "patacas": "MOP",
    "元人民币": "CNY", "人民币": "CNY", "元": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "日元": "JPY", "日圆": "JPY", "韩元": "KRW", "韩圆": "KRW",
    "港元": "HKD", "港币": "HKD", "元港币": "HKD", "新台币": "TWD", "台币": "TWD", "元新台币": "TWD", "英镑": "GBP", "卢布": "RUB", "越南盾": "VND", "盾": "VND", "泰铢": "THB", "铢": "THB",
    "令吉": "MYR", "林吉特": "MYR", "卢比": "INR", "印度卢比": "INR", "印尼盾": "IDR", "比索": "MXN", "里拉": "TRY", "土耳其里拉": "TRY", "雷亚尔": "BRL", "澳元": "AUD", "加元": "CAD", "新加坡元": "SGD", "坚戈": "KZT",
    "瑞士法郎": "CHF", "澳门元": "MOP", "澳门币": "MOP", "新元": "SGD", "坡元": "SGD", "人民币元": "CNY", "块钱": "CNY", "镑": "GBP",
}  # fmt: skip
PHYSICAL = {
    "tonnes": "t", "tonne": "t", "tons": "t", "ton": "t", "metric tons": "t", "metric tonnes": "t", "mt": "t", "t": "t", "kg": "kg",
    "kilograms": "kg", "kilos": "kg", "kilogrammes": "kg", "units": "units", "unit": "units", "sets": "units", "pieces": "units", "vehicles": "vehicles",
    "teus": "TEU", "teu": "TEU", "twenty-foot equivalent units": "TEU", "20-foot equivalent units": "TEU", "20-foot equivalent unit": "TEU", "standard containers": "TEU", "containers": "TEU", "barrels": "barrels", "barrel": "barrels",
    "cubic metres": "m3", "cubic meters": "m3", "kwh": "kWh", "kilowatt-hours": "kWh", "kilowatt hours": "kWh", "head": "head", "carats": "carats", "ounces": "oz", "bales": "bales",
    "pairs": "pairs", "litres": "L", "liters": "L", "bags": "bags", "60-kg bags": "bags", "square metres": "m2", "square meters": "m2", "hectares": "ha", "square kilometers": "km2", "square kilometres": "km2",
    "gigawatts": "GW", "gw": "GW", "mw": "MW", "megawatts": "MW", "containers of goods": "TEU", "tonnages": "t", "boxes": "boxes", "sq m": "m2", "kilometers": "km", "kilometres": "km", "km": "km",
    "吨": "t", "公吨": "t", "公斤": "kg", "千克": "kg", "斤": "jin", "台": "units", "部": "units", "件": "units", "套": "units", "只": "units", "艘": "units", "架": "units", "块": "units", "支": "units", "把": "units", "枚": "units", "台套": "units", "台(套)": "units", "片": "units", "颗": "units",
    "双": "pairs", "辆": "vehicles", "台车": "vehicles", "标箱": "TEU", "标准箱": "TEU", "个标箱": "TEU", "个标准箱": "TEU", "teu货物": "TEU", "自然箱": "containers", "桶": "barrels", "立方米": "m3", "立方": "m3", "方": "m3", "千瓦时": "kWh", "度电": "kWh",
    "头": "head", "克拉": "carats", "盎司": "oz", "平方米": "m2", "平方公里": "km2", "公里": "km", "公顷": "ha", "亩": "mu", "升": "L", "米": "m", "箱": "boxes", "张": "units", "匹": "units", "羽": "head", "尾": "head", "株": "units", "枝": "units", "朵": "units", "瓶": "bottles", "个集装箱": "TEU", "兆瓦": "MW", "吉瓦": "GW", "万千瓦": "10MW", "千瓦": "kW",
}  # fmt: skip
NOT_TRADE_UNITS = {"m2", "km2", "km", "ha", "mu", "kW", "m"}
_CLASSIFIER = {
    "家": "enterprises", "家企业": "enterprises", "户": "enterprises", "票": "declarations", "列": "trains", "列次": "trains", "趟": "trains", "班": "trains",
    "个国家和地区": "trading partners", "个国家": "trading partners", "个国家(地区)": "trading partners", "国": "trading partners", "个贸易伙伴": "trading partners", "种": "kinds of products", "类": "kinds of products", "类商品": "kinds of products",
    "架次": "flights", "班次": "flights", "艘次": "vessel calls", "人次": "passengers", "辆次": "vehicle crossings", "车次": "vehicle crossings", "单": "parcels", "个省份": "provinces", "个城市": "cities", "条航线": "routes", "条国际航线": "routes",
    "个港口": "ports", "个口岸": "ports", "份": "certificates of origin", "个": "", "条": "", "项": "", "座": "", "位": "", "名": "", "人": "", "次": "", "批": "", "批次": "", "地": "", "城": "", "省": "", "宗": "", "家次": "", "场": "", "所": "", "处": "", "间": "", "款": "", "区": "", "县": "", "组": "", "章": "", "篇": "", "年": "year", "个月": "month", "月": "month", "个季度": "quarter", "季": "quarter", "季度": "quarter", "天": "day", "小时": "hour", "分钟": "hour", "周": "day", "周年": "day", "个百分点": "", "岁": "day", "个多小时": "hour", "个工作日": "day", "日": "day", "多小时": "hour", "个小时": "hour", "多年": "year", "年来": "year", "余年": "year", "多天": "day", "秒": "hour", "个星期": "day",
}  # fmt: skip


def _alternation(words: object) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_LATIN_CURRENCY = [
    w for w in CURRENCY if w.isascii() and w[0].isalpha() and (len(w) > 2 or w == "rm") and "$" not in w
]
_PREFIX = re.compile(
    r"(?:(?<![a-z0-9])(us\s?\$|usd\s?\$|au\$|a\$|hk\$|nt\$|nz\$|mx\$|s\$|c\$|r\$|rmb|cny|usd|eur|vnd|inr|idr|jpy|krw|thb|chf|gbp|aud|hkd|twd|brl|sgd|myr|mop|php|nzd|cad|rub|try|rs\.?|rp\.?|rm|yuan)"
    r"|([$¥€£₩₹₫฿]))\s?$"
)
_SCALES_EN = {
    "trillion": 12, "trln": 12, "trl": 12, "tn": 12, "tr": 12, "billion": 9, "billions": 9, "bln": 9, "bn": 9, "b": 9, "million": 6, "millions": 6, "mln": 6, "mn": 6, "mil": 6, "m": 6,
    "thousand": 3, "k": 3, "hundred million": 8, "ten thousand": 4, "100 million": 8, "10,000": 4, "lakh crore": 12, "crore": 7, "cr": 7, "lakh": 5, "lakhs": 5, "crores": 7, "hundred": 2, "lac": 5,
}  # fmt: skip
_SUFFIX_EN = re.compile(
    rf"(?:(?:-|\s{{0,2}})({_alternation(_SCALES_EN)})(?![a-z]))?"
    rf"(?:[\s-]?(\d+)[\s-](million)(?![a-z]))?"
    rf"(?:-plus|\+(?!\d))?"
    rf"(?:(?:-|\s{{0,2}})(?:(percentage[\s-]points?|percent(?:age)?[\s-]points?|percent|per\s?cent|pct(?:\spoints?)?|pp(?![a-z])|ppts?|points?(?=\s(?:more|less|higher|lower|up|down|above|below|faster|slower)\b)|%[\s-]points?|%|basis points|bps)"
    rf"|(times|-?fold|x)(?![a-z])"
    rf"|({_alternation([*_LATIN_CURRENCY, *PHYSICAL])})(?![a-z])))?"
)
_PER_EN = re.compile(
    r"\s?(?:per|a|an|/)\s?(tonne|ton|metric ton|kg|kilogram|barrel|unit|carat|ounce|mt)s?(?![a-z])"
)
_PER = {"tonne": "t", "ton": "t", "metric ton": "t", "kg": "kg", "kilogram": "kg", "barrel": "barrel", "unit": "unit", "carat": "carat", "ounce": "oz", "mt": "t", "吨": "t", "公斤": "kg", "千克": "kg", "桶": "barrel", "台": "unit", "辆": "vehicle", "部": "unit", "件": "unit", "盎司": "oz"}  # fmt: skip
SCALES_ZH = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
    "百": 2,
    "兆": 12,
}
_HAN_PHYSICAL = [w for w in PHYSICAL if not w.isascii()]
_HAN_CURRENCY = [w for w in CURRENCY if not w.isascii() and len(w) > 0 and w[0] not in "¥€£₩₹₫฿"]
_SUFFIX_ZH = re.compile(
    rf"\s?([余多])?\s?({_alternation(SCALES_ZH)})?([余多])?(?:\s?((?:个)?百分点|个百份点|%|倍|成(?!都|为|立|功|本|长|交|员|果|效|熟|品|套)|番)"
    rf"|\s?({_alternation(_HAN_CURRENCY)}|usd|rmb|cny)"
    rf"|\s?({_alternation([*_HAN_PHYSICAL, 'teus', 'teu', 'kg'])})(?!次|分)"
    rf"|\s?({_alternation(_CLASSIFIER)}))?"
)
_TRILLIONS_ZH = re.compile(r"(?:兆|万亿?)(\d{1,4}(?:\.\d+)?)亿")
_PAIR_ZH = re.compile(r"(亿|万亿|兆)(\d{1,4}(?:\.\d+)?)万(\d{1,4})?")
_PER_ZH = re.compile(r"\s?(?:/|每|一)\s?(吨|公斤|千克|桶|台|辆|部|件|盎司)")
_PER_ZH_BEFORE = re.compile(r"每\s?(吨|公斤|千克|桶|台|辆|部|件|盎司)[^,。;、]{0,6}$")
_SIGN = re.compile(r"(?:^|(?<=[\s(/:,·、=;是为至到约]))([+-])$")


# no numeral is longer; runs of digit characters beyond are a puzzle, not a number
LONGEST = 60


def number(text: str) -> tuple[Decimal, int]:
    """Return a printed number and how many decimals it has; separators are dropped."""
    plain = _SPACES.sub("", text)
    return Decimal(plain), len(plain.partition(".")[2])


def digits(text: str, folded: str, lang: str, taken: bytearray) -> list[Token]:
    """Return every numeral written with digits that is not inside a taken span."""
    low = folded.lower()
    suffix = suffix_zh if lang == "zh" else suffix_en
    out: list[Token] = []
    last_end = 0
    plain = _WIDE_COMMA.sub(",", text).translate(_ASCII_DIGITS)
    for match in _DIGITS.finditer(plain):
        start, end = match.span()
        if taken[start] or start < last_end:
            continue
        if end - start > LONGEST:
            out.append(Token(start, end, {"ID": True}, Reason.IDENTIFIER))
            last_end = end
            continue
        if (
            start
            and low[start - 1].isascii()
            and low[start - 1].isalpha()
            and not _PREFIX.search(low[max(0, start - 8) : start])
        ):
            glued = re.search(r"[a-z]+$", low[max(0, start - 12) : start])
            if glued and not re.search(r"(?:to|of|by|at|was|and|reached|rmb|usd)$", glued.group()):
                out.append(Token(start, end, {"NUM": Quantity("plain", *number(match.group()))}, Reason.NAME))
                continue
        if lang == "en" and (nth := _NTH.match(low, end)):
            out.append(Token(start, nth.end(), {"NUM": Quantity("rank", *number(match.group()), word=True)}))
            last_end = nth.end()
            continue
        value, places = number(match.group())
        token = suffix(low, start, end, Quantity("plain", value, places))
        if token.start < last_end:
            # "12 yuan 12": the word belongs to the number before it
            token.start = start
        out.append(token)
        last_end = token.end
    return out


_NTH = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")
_ASCII_DIGITS = {0xFF10 + i: str(i) for i in range(10)} | {0xFF0E: "."}


def _before(low: str, start: int, q: Quantity) -> int:
    """Take a currency and a sign before the digits; return where the numeral begins."""
    head = low[max(0, start - 8) : start]
    if match := _PREFIX.search(head):
        q.unit, q.cls = (
            CURRENCY[(match.group(1) or match.group(2)).replace(" ", "").replace("usd$", "us$")],
            "money",
        )
        start -= len(head) - match.start()
    head = low[max(0, start - 3) : start]
    if match := _SIGN.search(head):
        after = head[: match.start()]
        if not (after and after[-1].isdigit()):
            q.sign = -1 if match.group(1) == "-" else 1
            start -= len(head) - match.start()
    return start


def suffix_en(low: str, start: int, end: int, q: Quantity) -> Token:
    """Return the token of an English numeral with the currency before it and the scale and unit behind it."""
    begin = _before(low, start, q)
    match = _SUFFIX_EN.match(low, end)
    assert match is not None
    scale, more, _, percent, times, unit = match.groups()
    stop = match.end()
    if (
        scale in ("m", "b", "k", "tn", "tr", "t")
        and q.cls != "money"
        and not unit
        and low[end : end + 1] == " "
    ):
        scale, stop = None, end
        percent = times = unit = None
    if scale:
        q.exponent = _SCALES_EN[scale]
    if more:
        q.extra = Decimal(more) * 1_000_000
    if "plus" in match.group() or "+" in match.group():
        q.bound = ">"
    if percent:
        q.cls = "pp" if "point" in percent or percent.startswith("pp") else "percent"
        if percent.startswith(("basis", "bps")):
            q.cls = "plain"
    elif times:
        q.cls = "times"
        q.per = times
    elif unit and unit in CURRENCY and unit not in PHYSICAL:
        if q.cls != "money" or not q.unit:
            q.cls, q.unit = "money", CURRENCY[unit]
        if q.unit == "CNY" and low[start - 1 : start] == "¥" and unit == "yen":
            q.unit = "JPY"
    elif unit == "t" and q.cls == "money" and q.exponent is None:
        q.exponent = 12  # ¥2.37T
    elif unit:
        q.cls, q.unit = "qty", PHYSICAL[unit]
    if q.bound == ">" and not (percent or times or unit):
        stop = _strip_plus(low, end, stop)
    if q.cls == "money" and (per := _PER_EN.match(low, stop)):
        q.per, stop = _PER[per.group(1)], per.end()
    return Token(begin, stop, {"NUM": q})


def _strip_plus(low: str, end: int, stop: int) -> int:
    return stop - 5 if low[end:stop].endswith("-plus") else stop - 1 if low[end:stop].endswith("+") else stop


_TENTHS = {c: Decimal(n) / 10 for n, c in enumerate("一二三四五六七八九", start=1)} | {
    str(n): Decimal(n) / 10 for n in range(1, 10)
}


def suffix_zh(low: str, start: int, end: int, q: Quantity) -> Token:
    """Return the token of a Chinese numeral with the currency before it and the scale and unit behind it."""
    if low[start - 1 : start] == "第" and start:
        q.cls = "rank"
        return Token(start - 1, end, {"NUM": q})
    begin = _before(low, start, q)
    match = _SUFFIX_ZH.match(low, end)
    assert match is not None
    if (pair := _PAIR_ZH.match(low, end)) is not None:
        # 2181亿7600万美元: two scales, one number
        q.exponent = SCALES_ZH[pair.group(1)]
        q.extra = Decimal(pair.group(2)) * 10_000 + Decimal(pair.group(3) or 0)
        q.digits = 4 if not pair.group(3) else 8
        match = _SUFFIX_ZH.match(low, pair.end())
        assert match is not None
        end = pair.end()
    elif (pair := _TRILLIONS_ZH.match(low, end)) is not None:
        # 71万3021亿日元, 7兆1234亿韩元: trillions and hundreds of millions
        q.exponent, q.digits = 12, 4 + len(pair.group(1).partition(".")[2])
        q.extra = Decimal(pair.group(1)).scaleb(8)
        match = _SUFFIX_ZH.match(low, pair.end())
        assert match is not None
        end = pair.end()
    more1, scale, more2, ratio, money, physical, classifier = match.groups()
    stop = match.end()
    if scale is not None:
        q.exponent = SCALES_ZH[scale]
    if more1 or more2:
        q.bound = ">"
    numeral_end = match.end(2) if scale else match.start(1) if more1 else end
    if ratio:
        q.cls = {"%": "percent", "倍": "times", "成": "percent", "番": "times"}.get(ratio, "pp")
        if ratio == "成":
            if low[stop : stop + 1] == "半":
                q.number, stop = q.number + Decimal("0.5"), stop + 1
            elif low[stop : stop + 1] in _TENTHS and not low[stop + 1 : stop + 2].isdigit():
                # 二成三 is 23 percent
                q.number, q.digits, stop = q.number + _TENTHS[low[stop]], 1, stop + 1
            elif low[stop : stop + 1] in ("多", "余"):
                q.bound = ">"
            q.exponent = 1
        if ratio == "番":
            q.growth = (2 ** min(int(q.number), 9) - 1) * Decimal(100)
    elif money:
        if q.cls != "money" or not q.unit:
            q.cls, q.unit = "money", CURRENCY.get(money, "CNY")
        if per := _PER_ZH.match(low, stop):
            q.per, stop = _PER[per.group(1)], per.end()
        elif per := _PER_ZH_BEFORE.search(low[max(0, begin - 12) : begin]):
            q.per = _PER[per.group(1)]
    elif physical:
        q.cls, q.unit = "qty", PHYSICAL[physical]
    elif classifier is not None:
        q.cls, q.unit, stop = "count", _CLASSIFIER[classifier], numeral_end
    if stop == match.end() and not (ratio or money or physical):
        stop = max(numeral_end, end)
    return Token(begin, stop, {"NUM": q})
