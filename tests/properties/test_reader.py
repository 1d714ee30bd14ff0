"""What holds of every reading of any text whatever: no exception, true offsets, every digit accounted for."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flows.read import read
from flows.record import Article, Period, Reading
from tests.articles.ratchet import PARTS
from tests.specs.rows import all_rows

DIGITS = re.compile(r"\d+")
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOUP_WORDS = (Path(__file__).parent / "soup.txt").read_text(encoding="utf-8").splitlines()
WORDS = [*SOUP_WORDS, "\n", "\n\n", "\r\n", "\t", " ", "\u3000", "\u200b", "\ufeff", "\u0301"]
SOUP = st.lists(st.sampled_from(WORDS), max_size=60).map("".join) | st.lists(
    st.sampled_from(WORDS), max_size=60
).map(" ".join)
DATES = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))
LANGS = st.sampled_from([None, "en", "zh", "de"])
REAL = tuple(
    sorted({r.text for r in all_rows()})
    + [p.with_suffix(".txt").read_text(encoding="utf-8") for part in PARTS.values() for p in part]
)


def hold(text: str, reading: Reading) -> None:
    """Assert what holds of any reading of ``text``."""
    taken = bytearray(len(text))
    end = 0
    for numeral in reading.numerals:
        assert 0 <= numeral.start < numeral.end <= len(text)
        assert text[numeral.start : numeral.end] == numeral.text
        assert numeral.start >= end, "numerals overlap or are out of order"
        end = numeral.end
        assert (numeral.reason is None) == bool(numeral.figures), "a figure or a reason, never both"
        assert all(0 <= i < len(reading.figures) for i in numeral.figures)
        taken[numeral.start : numeral.end] = b"\1" * (numeral.end - numeral.start)
    for run in DIGITS.finditer(text):
        assert all(taken[run.start() : run.end()]), (
            f"{run.group()[:40]!r} at {run.start()} is not accounted for"
        )
    spans = {(n.start, n.end): n for n in reading.numerals}
    seen = set()
    for i, figure in enumerate(reading.figures):
        assert figure.places
        for place in figure.places:
            assert text[place.start : place.end] == place.text
            assert i in spans[place.start, place.end].figures, "a place of a figure is a numeral of it"
        assert figure.value.is_finite()
        assert figure.step > 0
        assert figure.interval()[0] <= figure.value <= figure.interval()[1]
        assert figure.bound in ("=", "~", "<", ">")
        assert figure.cell.flow in ("exports", "imports", "trade", "balance")
        assert figure.cell.reporter
        Period.parse(figure.cell.period)
        assert figure.rule, "every figure names the rule that made it"
        assert figure.key() not in seen, "one figure once, with all its places"
        seen.add(figure.key())
    reading.to_json()


def read_and_hold(text: str, published: dt.date | None = None, lang: str | None = None) -> Reading:
    reading = read(Article("a", text, lang=lang, published=published))
    hold(text, reading)
    return reading


@given(st.text(max_size=400), DATES, LANGS)
@example("", None, None)
@example("\x00\ud800", None, None)
@QUICK
def test_any_text_has_a_reading(text: str, published: dt.date | None, lang: str | None) -> None:
    read_and_hold(text, published, lang)


@given(SOUP, DATES, LANGS)
@QUICK
def test_any_soup_of_trade_words_has_a_reading(
    text: str, published: dt.date | None, lang: str | None
) -> None:
    read_and_hold(text, published, lang)


@given(st.sampled_from(REAL), st.data(), DATES)
@QUICK
def test_a_torn_article_has_a_reading(text: str, data: st.DataObject, published: dt.date | None) -> None:
    start = data.draw(st.integers(0, len(text)))
    text = text[start : start + 400]
    at = data.draw(st.integers(0, len(text)))
    read_and_hold(text[:at] + data.draw(st.text(max_size=4)) + text[at:], published)


@given(SOUP, DATES)
@QUICK
def test_reading_is_a_function(text: str, published: dt.date | None) -> None:
    article = Article("a", text, published=published)
    assert read(article) == read(article)


@pytest.mark.parametrize("part", PARTS)
def test_labelled_articles_hold(part: str) -> None:
    for path in PARTS[part]:
        read_and_hold(path.with_suffix(".txt").read_text(encoding="utf-8"))


def test_spec_rows_hold() -> None:
    for row in all_rows():
        hold(row.text, row.read())


AWKWARD = {
    "thirty digits": "重庆进出口" + "1234567890" * 3 + "亿元，增长" + "9" * 30 + "%。",
    "thirty digits in English": "Exports of Chongqing reached " + "1234567890" * 3 + " bn yuan, up 3e99999%.",
    "many points": "Exports rose 1.2.3.4.5.6 percent, 1,,2,,3 yuan, ...5, 5... 1.-2 --3%.",
    "brackets that never close": "进出口（(（(（(1.2亿元（（增长3%" * 40,
    "brackets that never open": "Exports))) rose 5%))) to 3]]] billion yuan」」" * 40,
    "scripts mixed": "Экспорт 2025年 重庆 exports ٣٫٥٪ up 三点五percent à 12،5 ล้าน १२३ billion ¥",
    "emoji": "🚢📈 exports 🚀 12.5% 👨‍👩‍👧‍👦 出口💰1.2亿元🇨🇳3️⃣",
    "only spaces": " \u3000\u00a0\u2003\t\n" * 200,
    "one long word": "a" * 20000,
    "one long number in characters": "一二三四五六七八九十百千万亿" * 400,
    "respectively alone": "分别" * 500 + "respectively " * 500,
    "list without end": "增长1%、" * 800,
    "English list without end": "1%, " * 800,
    "scale upon scale": "1" + "万亿兆" * 300 + "元 1" + " trillion" * 300 + " yuan",
    "signs": "-+±−–—5% +-5% (-)5% △5% ▲5%",
    "dates that are none": "2025年13月 2025-02-30 0000年00月 99999年 31 February 2025 FY0-0",
    "periods that are none": "第0季度 前0个月 -1月 13-25月 0月 first 0 months, 99th quarter, 2025-2019",
    "zero": "出口0元，增长0%，占0%，第0位，0倍 exports of $0, up 0 percent",
    "quotes": "“”“”「」『』\"'`«»" * 50 + "1%",
}  # fmt: skip

HUGE = ("one long number in characters",)


@pytest.mark.parametrize("text", [pytest.param(t, id=n) for n, t in AWKWARD.items()])
@pytest.mark.parametrize("published", [None, dt.date(2025, 1, 31), dt.date.min, dt.date.max])
def test_awkward_texts_have_a_reading(text: str, published: dt.date | None) -> None:
    read_and_hold(text, published)


def test_a_megabyte_of_digits_has_a_reading() -> None:
    text = "7" * 1_000_000
    reading = read_and_hold(text)
    assert not reading.figures
    read_and_hold("Exports of China reached " + text + " billion yuan in 2025.", dt.date(2026, 1, 20))


def test_a_thirty_digit_value_is_exact() -> None:
    digits = "123456789012345678901234567890"
    reading = read_and_hold(f"2025年，重庆市出口{digits}亿元。", dt.date(2026, 1, 20), "zh")
    if reading.figures:  # a number beyond belief may also be refused with a reason
        assert reading.figures[0].value == Decimal(digits) * 10**8
