"""Words in both languages of the site: names, cells and numbers as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape

__all__ = ["Both", "Names", "amount", "interval", "joined", "t", "unit_words"]


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
        return f"<e->{escape(self.en, quote=False)}</e-><z->{escape(self.zh, quote=False)}</z->"

    def svg(self) -> str:
        """Return the words for inside an SVG text."""
        if self.en == self.zh:
            return escape(self.en)
        return f"<tspan class=e>{escape(self.en)}</tspan><tspan class=z>{escape(self.zh)}</tspan>"

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
        number = _plain(value, exponent, digits, signed=signed, comma=comma)
        if digits > 2:  # nobody writes 40.0000万
            number = number.rstrip("0").rstrip(".")
        out.append(f"{mark}{number}{scale}{gap}{name}".rstrip())
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
