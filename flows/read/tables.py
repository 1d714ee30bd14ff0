"""Tables of plain rows: a line of headings says what the bare numbers beneath it are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.read.numerals import CURRENCY, PHYSICAL, SCALES_ZH
from flows.read.tokens import Quantity, Token

_UNIT = re.compile(
    r"(?P<scale>万亿|亿|千万|百万|万|千)?(?P<unit>人民币|美元|港元|澳门元|欧元|日元|元|吨|千克|台|辆|个标箱|标箱)(?=[)\s,、;|]|$)"
)
# a text without such a word at a line of its own has no table that this room could read
_HINT = re.compile(
    r"(?:[(,:|\s]|单位)(?:人民币)?(?:万亿|亿|千万|百万|万|千)?(?:美元|元|吨|港元)[),\s|、]|[(|]%[)|]"
)
_GROWTH = re.compile(r"同比|增速|增幅|增长|增减|涨跌")
_SHARE = re.compile(r"占比|比重|份额")
_FLOW = (("进出口", "trade"), ("出口", "exports"), ("进口", "imports"))
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Column:
    """What the numbers of a column are: ``kind`` is level | growth | share; ``flow`` as far as the headings say."""

    kind: str
    unit: str | None = None
    exponent: int = 0
    flow: str | None = None


def mark(tokens: list[Token], folded: str) -> None:
    """Give the bare numbers of a table's rows the unit and meaning of their columns, as kind COLUMN."""
    if not _HINT.search(folded):
        return
    columns: list[Column] = []
    start, cursor, above = 0, 0, ""
    for line in folded.split("\n"):
        end = start + len(line)
        while cursor < len(tokens) and tokens[cursor].start < start:
            cursor += 1
        last = cursor
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        mine = tokens[cursor:last]
        if line.strip():
            numbers = [t for t in mine if isinstance(q := t.kinds.get("NUM"), Quantity) and not q.word]
            heads = _headings(line, above) if not numbers else []
            if heads:
                columns = heads
            elif columns and numbers:
                _row(mine, numbers, columns)
            elif len(line) > 40 or not numbers:
                columns = []
            above = line
        cursor, start = last, end + 1


def _headings(line: str, above: str) -> list[Column]:
    """Return the columns that a line of headings announces, or none."""
    if "|" in line:
        cells = [c.strip() for c in line.split("|")]
    elif (bracket := re.search(r"\(([^()]*[,、][^()]*)\)\s*$", line)) is not None:
        cells = ["", *re.split(r"[,、]", bracket[1])]
    else:
        cells = line.split()
    unit = _UNIT.search(above) if "单位" in above else _UNIT.search(line) if "单位" in line else None
    spoken = _flow(line) or _flow(above)
    out: list[Column] = []
    for number, cell in enumerate(cells):
        if number == 0 or not cell:
            continue
        own = _UNIT.search(cell)
        flow = _flow(cell) or spoken
        if _SHARE.search(cell):
            out.append(Column("share", flow=flow))
        elif _GROWTH.search(cell) or cell.strip("()") == "%":
            out.append(Column("growth", flow=flow))
        elif own is not None or unit is not None:
            said = own or unit
            assert said is not None
            out.append(Column("level", said["unit"], SCALES_ZH[said["scale"]] if said["scale"] else 0, flow))
        elif _flow(cell) is None:
            return []
    return out if any(c.kind == "level" or "|" in line or "%" in line for c in out) else []


def _flow(text: str) -> str | None:
    return next((flow for word, flow in _FLOW if word in text), None)


def _row(mine: list[Token], numbers: list[Token], columns: list[Column]) -> None:
    """Mark the numbers of one row, where there is one for each column."""
    if len(numbers) != len(columns) or mine[0] is numbers[0]:
        return
    named = any(t.has("FLOW") for t in mine)
    for token, column in zip(numbers, columns, strict=True):
        q = token.kinds["NUM"]
        assert isinstance(q, Quantity)
        if q.cls == "plain" and column.kind != "level":
            q.cls = "percent"
        elif q.cls == "plain":
            unit = column.unit or ""
            money = unit in CURRENCY
            q.cls, q.unit, q.exponent = (
                ("money" if money else "qty"),
                CURRENCY.get(unit) or PHYSICAL.get(unit),
                column.exponent,
            )
        token.kinds["COLUMN"] = Column(
            column.kind, column.unit, column.exponent, None if named else column.flow
        )
