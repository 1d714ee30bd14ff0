"""Words in both languages of the site: names, numbers, periods and cells as people read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import NamedTuple

__all__ = [
    "MONTHS",
    "Both",
    "Names",
    "Span",
    "amount",
    "interval",
    "joined",
    "measure",
    "of_cell",
    "period",
    "t",
]


@dataclass(frozen=True, slots=True)
class Both:
    """The same words in English and Chinese; as HTML, two elements of which the style sheet shows one.

    Their names are short because a page holds thousands of them.
    """

    en: str
    zh: str

    def __html__(self) -> str:
        if self.en == self.zh:
            return escape(self.en, quote=False)
        return f"<e-n>{escape(self.en, quote=False)}</e-n><z-h>{escape(self.zh, quote=False)}</z-h>"

    def svg(self) -> str:
        """Return the words for inside an SVG text."""
        if self.en == self.zh:
            return escape(self.en)
        return f'<tspan class="e">{escape(self.en)}</tspan><tspan class="z">{escape(self.zh)}</tspan>'

    def __add__(self, other: Both | str) -> Both:
        more = other if isinstance(other, Both) else Both(other, other)
        return Both(self.en + more.en, self.zh + more.zh)

    def __str__(self) -> str:
        return self.en if self.en == self.zh else f"{self.en} / {self.zh}"


def t(en: str, zh: str | None = None) -> Both:
    """Return words in both languages; one argument stands for both."""
    return Both(en, en if zh is None else zh)


def joined(parts: list[Both], en: str = ", ", zh: str = "，") -> Both:
    """Return the parts with the separators of each language between them."""
    return Both(en.join(p.en for p in parts), zh.join(p.zh for p in parts))


class Names:
    """Names of places, goods, firms, regimes and routes in both languages."""

    def __init__(self, rows: list[tuple[str, str, str | None]]) -> None:
        self._zh = {(kind, name): zh for kind, name, zh in rows if zh}

    def __call__(self, kind: str, name: str) -> Both:
        """Return a name; an unmapped one stands as printed in both languages."""
        return Both(name, self._zh.get((kind, name), name))

    def cell(self, row: object, *, period_label: Both | None = None, reporter: bool = True) -> Both:
        """Return what a number is of, in words: whose trade, what, with whom, when."""

        def get(field: str) -> str:
            return str(getattr(row, field) or "")

        flow, partner, product = get("flow"), get("partner"), get("product")
        goods = self("product", product) if product != "all" else None
        whom = self("area", partner) if partner != "World" else None
        en = {"exports": "exports", "imports": "imports", "trade": "trade", "balance": "balance"}.get(
            flow, flow
        )
        if goods:
            en += f" of {goods.en}" if flow in ("exports", "imports") else f" in {goods.en}"
        if whom:
            en += {"exports": " to ", "imports": " from "}.get(flow, " with ") + whom.en
        zh_flow = self("flow", flow).zh
        zh = {"exports": "对{}", "imports": "自{}"}.get(flow, "对{}").format(whom.zh) if whom else ""
        zh += zh_flow + (goods.zh if goods else "")
        extra = [
            self(kind, get(kind))
            for kind in ("enterprise", "regime", "channel")
            if get(kind) not in ("all", "")
        ]
        if extra:
            en += f" ({', '.join(x.en for x in extra)})"
            zh += f"（{'，'.join(x.zh for x in extra)}）"
        if reporter:
            whose = self("area", get("reporter"))
            en, zh = f"{whose.en} {en}".rstrip(), whose.zh + zh
        if period_label:
            en, zh = f"{en}, {period_label.en}", f"{period_label.zh}{zh}"
        return Both(en, zh)


# --- numbers ---------------------------------------------------------------------------------------

_UNITS = {
    "CNY": ("yuan", "元"), "USD": ("US dollars", "美元"), "EUR": ("euros", "欧元"), "JPY": ("yen", "日元"),
    "HKD": ("HK dollars", "港元"), "AUD": ("Australian dollars", "澳元"), "KRW": ("won", "韩元"),
    "INR": ("rupees", "卢比"), "BRL": ("reais", "雷亚尔"), "MXN": ("pesos", "比索"), "VND": ("dong", "越盾"),
    "TRY": ("lira", "里拉"),
    "GBP": ("pounds", "英镑"), "RUB": ("roubles", "卢布"), "TWD": ("NT dollars", "新台币元"),
    "t": ("tonnes", "吨"), "kg": ("kg", "千克"), "units": ("units", "台（件）"),
    "vehicles": ("vehicles", "辆"),
    "TEU": ("TEU", "标箱"), "barrel": ("barrels", "桶"), "kWh": ("kWh", "千瓦时"), "m3": ("m³", "立方米"),
    "months": ("months", "个月"), "quarters": ("quarters", "个季度"), "years": ("years", "年"),
    "count": ("", "个"), "places": ("places", "位"),
}  # fmt: skip
_SCALES_EN = ((12, " trillion"), (9, " billion"), (6, " million"))
_SCALES_ZH = ((12, "万亿"), (8, "亿"), (4, "万"))
_WHOLE = ("rank", "months", "quarters", "years", "count", "vehicles", "units", "TEU")
_BOUNDS = {"~": "≈ ", ">": "≥ ", "<": "≤ "}
_SIGNED = ("_yoy", "_pop", "_cagr", "_vs", "_change", "growth_gap", "contribution")


def unit_words(unit: str) -> Both:
    """Return a unit's name; a price's is money per amount."""
    money, slash, per = unit.partition("/")
    if slash:
        a, b = unit_words(money), unit_words(per)
        return Both(f"{a.en} per {b.en.rstrip('s')}", f"{a.zh}/{b.zh}")
    return Both(*_UNITS.get(unit, (unit, unit)))


def _digits(step: Decimal | None, exponent: int) -> int:
    if step is None or step <= 0:
        return 2
    place = step.normalize().adjusted() - exponent
    return min(6, max(0, -place))


def _plain(value: Decimal, exponent: int, digits: int, *, signed: bool, comma: str = ",") -> str:
    text = f"{value.scaleb(-exponent):{'+' if signed else ''}{comma}.{digits}f}"
    return text.replace("-", "−")


def _exponent(size: Decimal, scales: tuple[tuple[int, str], ...]) -> tuple[int, str]:
    return next(((e, word) for e, word in scales if size >= Decimal(10) ** e), (0, ""))


def _finest(step: Decimal | None, lo: Decimal | None, hi: Decimal | None) -> Decimal | None:
    """Return the place value worth showing: what was printed, else what the interval is worth."""
    if step is not None or lo is None or hi is None:
        return step
    width = hi - lo
    return Decimal(10) ** width.adjusted() if width > 0 else None


def amount(
    value: Decimal, unit: str, form: str = "value", *, bound: str = "=", step: Decimal | None = None,
    lo: Decimal | None = None, hi: Decimal | None = None,
) -> Both:  # fmt: skip
    """Return one number with its unit and bound, as precise as it was printed or as its interval allows."""
    signed = form.endswith(_SIGNED)
    mark = _BOUNDS.get(bound, "")
    fine = _finest(step, lo, hi)
    if unit == "percent":
        text = f"{mark}{_plain(value, 0, _digits(fine, 0), signed=signed)}%"
        return Both(text, text)
    if unit == "pp":
        text = f"{mark}{_plain(value, 0, _digits(fine, 0), signed=signed)}"
        return Both(f"{text} pp", f"{text} 个百分点")
    if unit == "rank":
        return Both(f"{mark}no. {value:.0f}", f"{mark}第{value:.0f}位")
    words = unit_words(unit)
    out = []
    # thousands are not parted in Chinese: the scale is 10,000
    for scales, name, gap, comma in ((_SCALES_EN, words.en, " ", ","), (_SCALES_ZH, words.zh, "", "")):
        exponent, scale = _exponent(abs(value), scales)
        digits = _digits(fine, exponent) if exponent or (fine is not None and fine < 1) else 0
        number = mark + _plain(value, exponent, digits, signed=signed, comma=comma) + scale
        out.append(f"{number}{gap}{name}".rstrip())
    return Both(*out)


def interval(lo: Decimal, hi: Decimal, unit: str) -> Both:
    """Return the interval of a number in the scale that it would be shown in; of a whole count, none."""
    if unit in _WHOLE and hi - lo <= 1:
        return Both("", "")
    fine = Decimal(10) ** ((hi - lo).adjusted() - 1) if hi > lo else None
    if unit in ("percent", "pp", "rank"):
        digits = _digits(fine, 0) if fine else 2
        text = f"[{_plain(lo, 0, digits, signed=False)}, {_plain(hi, 0, digits, signed=False)}]"
        return Both(text, text)
    out = []
    for scales, comma in ((_SCALES_EN, ","), (_SCALES_ZH, "")):
        exponent, scale = _exponent(max(abs(lo), abs(hi)), scales)
        digits = _digits(fine, exponent) if fine else 0
        ends = (_plain(end, exponent, digits, signed=False, comma=comma) for end in (lo, hi))
        out.append(f"[{', '.join(ends)}]{scale}")
    return Both(*out)


# --- periods ---------------------------------------------------------------------------------------

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Span(NamedTuple):
    """One row of dim_period, as far as the site needs it."""

    period: str
    kind: str
    year: int
    month_from: int
    month_to: int
    months: int
    year_before: str | None
    ytd_before: str | None

    @property
    def to_date(self) -> bool:
        """True for January to some month of one year."""
        return self.month_from == 1 and self.months == self.month_to

    @property
    def order(self) -> tuple[int, int, int]:
        """Sort key: by end, then the longer last."""
        return (self.year, self.month_to or 0, self.months or 0)


def period(span: Span) -> Both:
    """Return a period as people say it: 2025, H1 2025, Jan-Nov 2025, 2025年1—11月."""
    year, a, b = span.year, span.month_from, span.month_to
    if span.kind == "year":
        return Both(str(year), f"{year}年")
    if span.kind == "half":
        return Both(f"H{1 if a == 1 else 2} {year}", f"{year}年{'上' if a == 1 else '下'}半年")
    if span.kind == "quarter":
        q = (a + 2) // 3
        return Both(f"Q{q} {year}", f"{year}年{'一二三四'[q - 1]}季度")
    if span.kind == "month":
        return Both(f"{MONTHS[a - 1]} {year}", f"{year}年{a}月")
    if span.kind == "ytd":
        return Both(f"Jan–{MONTHS[b - 1]} {year}", f"{year}年1—{b}月")
    first, _, last = span.period.partition("/")
    if len(first) == 7 and first[:4] == last[:4]:
        return Both(f"{MONTHS[a - 1]}–{MONTHS[b - 1]} {year}", f"{year}年{a}—{b}月")
    if first.endswith("-01") and last.endswith("-12") and len(first) == 7:
        return Both(f"{first[:4]}–{last[:4]}", f"{first[:4]}—{last[:4]}年")
    return Both(f"{first} – {last}", f"{first}至{last}")


# --- measures --------------------------------------------------------------------------------------

_SUBJECTS = {
    "value": ("value", "金额"),
    "quantity": ("quantity", "数量"),
    "price": ("price", "价格"),
    "count": ("number", "个数"),
}
_FORMS = {
    "yoy": ("{} growth on a year before", "{}同比"),
    "pop": ("{} growth on the period before", "{}环比"),
    "cagr": ("average annual {} growth", "{}年均增长"),
    "vs": ("{} growth against a base", "{}较基期增长"),
    "change": ("{} change on a year before", "{}同比增减"),
}
_ALONE = {
    "share": ("share", "占比"),
    "share_change": ("change of share", "占比变化"),
    "growth_gap": ("growth gap", "增速差"),
    "contribution": ("contribution to growth", "对增长的贡献"),
    "rank": ("rank", "位次"),
    "streak": ("streak", "连续期数"),
}


def measure(name: str, counted: Both | None = None) -> Both:
    """Return a measure in words: value growth on a year before, 金额同比."""
    if name in _ALONE:
        return Both(*_ALONE[name])
    subject, _, form = name.partition("_")
    words = Both(*_SUBJECTS.get(subject, (subject, subject)))
    if counted:
        words = Both(f"number of {counted.en}", f"{counted.zh}数")
    if not form:
        return words
    en, zh = _FORMS.get(form, ("{} " + form, "{}" + form))
    plain = Both("", "") if subject == "value" else words
    return Both(" ".join(en.format(plain.en).split()), zh.format(plain.zh))


def of_cell(text: str | None, names: Names, spans: Mapping[str, Span]) -> Both | None:
    """Return the whole that a share, rank or gap is of, in words; None where there is none."""
    if not text:
        return None
    wholes = {
        "World": ("all partners", "全部伙伴"), "all": ("the whole", "总体"),
    }  # fmt: skip
    parts = []
    for field, name in json.loads(text).items():
        if name in wholes:
            parts.append(Both(*wholes[name]))
        elif field == "period":
            parts.append(period(spans[name]) if name in spans else Both(name, name))
        else:
            parts.append(names("area" if field in ("reporter", "partner") else field, name))
    return joined(parts, " / ", "、")
