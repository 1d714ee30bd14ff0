"""Numerals written in words: Chinese characters, English cardinals, fractions and multiples."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from flows.read.numerals import LONGEST, suffix_en, suffix_zh
from flows.read.tokens import Quantity, Token
from flows.record import Reason

_HAN_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_HAN_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "兆": 10**12}


def han_number(text: str) -> Decimal:
    """Return the value of a numeral in Chinese characters, such as 三千二百亿 or 一一七一点七."""
    whole, _, fraction = text.replace(".", "点").partition("点")
    total = section = current = 0
    digits = whole.rstrip("万亿兆")
    if len(digits) > 1 and len(digits) < len(whole) and all(c in _HAN_DIGIT for c in digits):
        # 八五四亿: digits read one by one, then a scale
        scale = math.prod(_HAN_SCALE[c] for c in whole[len(digits) :])
        return han_number(digits) * scale
    if len(whole) > 1 and all(c in _HAN_DIGIT for c in whole):
        total = int("".join(str(_HAN_DIGIT[c]) for c in whole))
    else:
        for char in whole:
            if char in "廿卅":
                section += 20 if char == "廿" else 30
            elif char in _HAN_DIGIT:
                current = _HAN_DIGIT[char]
            elif (scale := _HAN_SCALE[char]) < 10_000:
                section += (current or 1) * scale
                current = 0
            else:
                total = (
                    (total + section + current or 1) * scale
                    if section + current or not total
                    else total * scale
                )
                section = current = 0
        total += section + current
    tail = "".join(str(_HAN_DIGIT[c]) for c in fraction if c in _HAN_DIGIT)
    return Decimal(f"{total}.{tail}") if tail else Decimal(total)


_HAN = "零〇○一二三四五六七八九十百千万亿两兆廿卅"
_HAN_FRACTION = "零〇○一二三四五六七八九"
_HAN_NUMBER = re.compile(
    rf"(?P<ratio>百分之(?P<pct>[{_HAN}]+(?:[点.][{_HAN_FRACTION}]+)?)|(?P<den>[{_HAN}]+)分之(?P<nom>[{_HAN}]+))"
    rf"|(?P<half>[过近]?半(?=数|壁|。|,|;|!|$)|过半|近半|一半|半数|半壁)"
    rf"|(?P<fan>翻(?:了)?(?P<fann>[{_HAN}\d.]*)番|翻(?:了)?(?P<fanb>[一两三\d.]+)倍|翻倍|倍增)"
    rf"|(?P<streakn>(?P<sn>[{_HAN}]+)连(?:增|涨|升|跌|降|冠)|连(?P<sn2>[{_HAN}]+)红)"
    rf"|(?P<plain>第?(?:数|几)?[{_HAN}]+(?:[点.][{_HAN_FRACTION}]+)?)"
    rf"|(?P<top>首位|榜首)"
    rf"|(?P<vague>成倍|[数几][十百千万亿]+)"
)


def han(folded: str, taken: bytearray) -> list[Token]:
    """Return every numeral written in Chinese characters that is not inside a taken span."""
    out: list[Token] = []
    for match in _HAN_NUMBER.finditer(folded):
        start, end = match.span()
        if any(taken[start:end]) or (out and start < out[-1].end):
            continue
        out.append(_han_token(folded, match, start, end))
    return out


def _han_token(folded: str, match: re.Match[str], start: int, end: int) -> Token:
    if end - start > LONGEST:
        return Token(start, end, {"NUM": Quantity("plain", Decimal(0), word=True)}, Reason.ENUMERATION)
    if match.group("pct"):
        value = han_number(match.group("pct"))
        tail = folded[end : end + 3]
        q = Quantity("percent", value, _decimals(match.group("pct")), word=True)
        return Token(start, end, {"NUM": q}) if tail is not None else Token(start, end)
    if match.group("den"):
        below, above = han_number(match.group("den")), han_number(match.group("nom"))
        value = (Decimal(100) * above / below).quantize(Decimal("0.01")).normalize() if below else Decimal(0)
        bound = {"强": ">", "弱": "<"}.get(folded[end : end + 1])
        return Token(
            start, end + (bound is not None), {"NUM": Quantity("fraction", value, bound=bound, word=True)}
        )
    if text := match.group("half"):
        bound = {"过": ">", "近": "<"}.get(text[0])
        return Token(start, end, {"NUM": Quantity("fraction", Decimal(50), bound=bound, word=True)})
    if match.group("fan"):
        times = match.group("fann") or match.group("fanb")
        count = Decimal(times) if times and times[0].isdigit() else han_number(times) if times else Decimal(1)
        growth = count * 100 if match.group("fanb") else (Decimal(2) ** int(min(count, Decimal(9))) - 1) * 100
        return Token(start, end, {"NUM": Quantity("times", count, word=True, growth=growth)})
    if match.group("streakn"):
        red = match.group("sn2")
        q = Quantity(
            "streak", han_number(red or match.group("sn")), unit="months" if red else "years", word=True
        )
        return Token(start, end, {"NUM": q})
    if match.group("top"):
        return Token(start, end, {"NUM": Quantity("rank", Decimal(1), word=True)})
    if match.group("vague"):
        return Token(start, end, {"NUM": Quantity("plain", Decimal(0), word=True)}, Reason.UNMODELLED)
    text = match.group("plain")
    vague = "数" in text or "几" in text
    ordinal = text.startswith("第")
    core = text.strip("第数几")
    value = han_number(core) if core else Decimal(0)
    if ordinal:
        return Token(start, end, {"NUM": Quantity("rank", value, word=True)})
    places = _decimals(core) or -(len(str(int(value))) - len(str(int(value)).rstrip("0")))
    token = suffix_zh(folded, start, end, Quantity("plain", value, places if value else 0, word=True))
    made = token.kinds["NUM"]
    assert isinstance(made, Quantity)
    if made.cls in ("percent", "times") and not made.growth and made.exponent not in (None, 1):
        made.exponent = 1
    if vague:
        token.reason = Reason.UNMODELLED
    elif core in ("万", "亿", "万亿", "百万", "千万") and folded[start - 1 : start] in (
        "",
        "(",
        ",",
        "、",
        "|",
        ":",
        " ",
        "\n",
    ):
        # (亿元), 单位:万吨: a unit, not a number
        token.reason = Reason.ENUMERATION
    return token


def _decimals(text: str) -> int:
    return len(text.replace(".", "点").partition("点")[2])


_UNITS_EN = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])}  # fmt: skip
_TENS_EN = {
    w: 10 * i
    for i, w in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_ORDINAL_EN = {w: i for i, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], start=1)}  # fmt: skip
_MULTIPLES = {"double": 100, "doubled": 100, "doubling": 100, "doubles": 100, "triple": 200, "tripled": 200, "tripling": 200, "trebled": 200, "quadrupled": 300, "quadruple": 300, "quadrupling": 300, "quintupled": 400, "halved": -50, "halving": -50, "twofold": 200, "two-fold": 200, "threefold": 300, "three-fold": 300, "fourfold": 400, "four-fold": 400, "fivefold": 500, "five-fold": 500, "sixfold": 600, "tenfold": 1000, "ten-fold": 1000, "sevenfold": 700, "eightfold": 800, "ninefold": 900}  # fmt: skip
_FRACTION = {"half": 50, "a half": 50, "one half": 50, "one-half": 50, "a third": "33.33", "one-third": "33.33", "one third": "33.33", "two-thirds": "66.67", "two thirds": "66.67", "a quarter": 25, "one-quarter": 25, "one quarter": 25, "three-quarters": 75, "three quarters": 75, "a fifth": 20, "one-fifth": 20, "one fifth": 20, "two-fifths": 40, "two fifths": 40, "three-fifths": 60, "three fifths": 60, "four-fifths": 80, "four fifths": 80, "a tenth": 10, "one-tenth": 10, "one tenth": 10, "a sixth": "16.67", "one-sixth": "16.67", "an eighth": "12.5", "one-eighth": "12.5", "one eighth": "12.5", "a seventh": "14.29", "one-seventh": "14.29", "nine-tenths": 90, "seven-tenths": 70}  # fmt: skip
_CARDINAL = rf"(?:(?:{'|'.join(_TENS_EN)})(?:[ -](?:{'|'.join(list(_UNITS_EN)[1:10])}))?|{'|'.join(sorted(_UNITS_EN, key=len, reverse=True))})"
_WORDS_EN = re.compile(
    rf"(?<![a-z0-9-])(?:(?P<fraction>{'|'.join(sorted(_FRACTION, key=len, reverse=True))})(?![a-z-])(?!\s(?:consecutive|straight|successive|month|year|quarter|time|largest|biggest|place|party|country|day))"
    rf"|(?P<multiple>{'|'.join(sorted(_MULTIPLES, key=len, reverse=True))})(?![a-z]|[- ]digit)"
    rf"|(?P<twice>twice|thrice)(?![a-z])"
    rf"|(?P<number>number one|no\. ?(?P<no>\d+))(?![a-z0-9])"
    rf"|(?P<ordinal>{'|'.join(_ORDINAL_EN)}|(?P<nth>\d+)(?:st|nd|rd|th))(?![a-z])"
    rf"|(?P<point>{_CARDINAL})[ -]point[ -](?P<frac>{_CARDINAL})(?=[ -](?:percent|per))"
    rf"|(?P<cardinal>{_CARDINAL}|a hundred|a dozen|dozens|a thousand)(?![a-z]))"
)


def _cardinal(text: str) -> Decimal:
    special = {"a hundred": 100, "a dozen": 12, "dozens": 12, "a thousand": 1000}
    if text in special:
        return Decimal(special[text])
    return Decimal(sum(_UNITS_EN.get(w, 0) or _TENS_EN.get(w, 0) for w in re.split(r"[ -]", text)))


def words_en(folded: str, taken: bytearray) -> list[Token]:
    """Return every number word, ordinal, fraction and multiple that is not inside a taken span."""
    low = folded.lower()
    out: list[Token] = []
    for match in _WORDS_EN.finditer(low):
        start, end = match.span()
        if any(taken[start:end]):
            continue
        if match.group("fraction"):
            q = Quantity("fraction", Decimal(str(_FRACTION[match.group("fraction")])), word=True)
        elif match.group("multiple"):
            q = Quantity("times", Decimal(1), word=True, growth=Decimal(_MULTIPLES[match.group("multiple")]))
        elif match.group("twice"):
            n = 2 if match.group("twice") == "twice" else 3
            q = Quantity("times", Decimal(n), word=True, growth=Decimal((n - 1) * 100))
        elif match.group("number"):
            q = Quantity("rank", Decimal(match.group("no") or 1), word=True, unit="no")
        elif match.group("ordinal"):
            value = Decimal(match.group("nth") or _ORDINAL_EN[match.group("ordinal")])
            q = Quantity("rank", value, word=True)
        elif match.group("point"):
            value = _cardinal(match.group("point")) + _cardinal(match.group("frac")) / 10
            out.append(suffix_en(low, start, end, Quantity("plain", value, 1, word=True)))
            continue
        else:
            token = suffix_en(
                low, start, end, Quantity("plain", _cardinal(match.group("cardinal")), word=True)
            )
            out.append(token)
            continue
        out.append(Token(start, end, {"NUM": q}))
    return out
