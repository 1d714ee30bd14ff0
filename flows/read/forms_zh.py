"""What a quantity in a Chinese clause measures: level, growth, share, contribution, price or change."""

from __future__ import annotations

import re

from flows.read.line import Line
from flows.read.measure import Form, back, form_points, near, sign_of
from flows.read.tokens import Quantity
from flows.record import Reason

_HALF = re.compile(r"过半|一半|半数|半壁")

# 相当于进口货值的8.3%: of something else, no part of it
_EQUALS = re.compile(r"(?:相当于|相等于|等于)[^,。;\d]{1,16}的[约近]?$")


def form_zh(line: Line, index: int, q: Quantity) -> Form:
    """Return what a quantity in a Chinese clause measures."""
    before = back(line, index)
    clause = [j for j in range(index - 1, -1, -1) if line.chunk[j] == line.chunk[index]]
    cue = near(line, before, "RISE", "FALL", "SHARE", "CONTRIB", "GAP", "NARROW", "CAGR")
    token = line.tokens[cue] if cue is not None else None
    after = line.folded[line.tokens[index].end : line.tokens[index].end + 8]
    if (bad := near(line, clause, "NOTTRADE")) is not None and near(
        line, clause[: clause.index(bad)], "FLOW", "PRODUCT", "PLACE"
    ) is None:
        return Form("", reason=Reason.NOT_TRADE, rule="not-trade")
    if q.cls == "percent" and _EQUALS.search(
        line.folded[max(0, line.tokens[index].start - 24) : line.tokens[index].start]
    ):
        return Form("", reason=Reason.UNMODELLED, rule="cover-ratio")
    if q.cls == "percent" and re.match(r"的?(?:从价)?(?:零?关税|税率)", after):
        return Form("", reason=Reason.NOT_TRADE, rule="tariff")
    if q.cls == "pp":
        return form_points(line, index, clause)
    if q.cls in ("percent", "times", "fraction"):
        if (
            q.cls == "times"
            and re.search(r"[是为于]$|相当于$|达$", line.head(index, 8).rstrip()[-3:])
            and not (token and token.has("RISE", "FALL"))
        ):
            return Form("growth", 1, cue, rule="multiple-of")
        if q.cls == "times" and re.search(
            r"的[近约超]?$", line.folded[max(0, line.tokens[index].start - 2) : line.tokens[index].start]
        ):
            return Form("growth", 1, cue, rule="multiple-of")
        contrib = near(line, clause, "CONTRIB")
        if (
            contrib is not None
            and q.cls in ("percent", "fraction")
            and line.text(contrib) in ("贡献了", "贡献")
        ):
            grown = re.search(
                r"增量|增长|增幅", line.folded[line.tokens[contrib].end : line.tokens[index].start] + after
            )
            return Form("contribution" if grown else "share", cue=contrib, rule="contributed")
        if (
            contrib is not None
            and q.cls == "percent"
            and line.text(contrib) not in ("推动", "带动", "贡献了", "拉升")
        ):
            return Form("contribution", sign_of(line, before)[0], contrib, rule="contribution")
        if token is None:
            if q.cls == "percent" and q.exponent == 1 and not re.match(r"的?(?:增|降|涨|跌|减)", after):
                return Form("share", rule="share-tenths")
            if q.cls == "fraction":
                return (
                    Form("share", cue=None, rule="share-fraction")
                    if (q.word and near(line, clause, "FLOW", "SHARE") is None)
                    or _HALF.match(line.text(index))
                    else Form("", reason=Reason.IDIOM)
                )
            if re.match(
                r"(?:以上|左右)?的?(?:同比|按年|年均|平均|较快|高速|快速|大幅|强劲|正|高|整体)*(?:增速|增幅|涨幅|增长|升幅|速度增)",
                after,
            ):
                return Form("growth", 1, rule="growth-after")
            if re.match(r"(?:以上|左右)?的?(?:同比|按年|年均|平均|大幅|整体)*(?:降幅|跌幅|减幅|下降)", after):
                return Form("growth", -1, rule="growth-after")
            if re.match(r"的(?!增|降|速)", after) and q.cls == "percent":
                return Form("share", rule="share-of")
            if q.sign:
                return Form("growth", q.sign, rule="growth-signed")
            return Form("inherit", rule="inherit")
        if token.has("SHARE"):
            return Form("share", cue=cue, rule="share")
        if token.has("CONTRIB"):
            return Form("contribution", cue=cue, rule="contribution")
        share = near(line, clause, "SHARE")
        if (
            share is not None
            and share in before
            and line.text(share).startswith("占")
            and line.gap(index - 1).startswith("的")
        ):
            whole = line.folded[line.tokens[share].end : line.tokens[index].start]
            if not re.search(r"增量|增长|增幅|增速", whole):
                # 占全省新增总额的86.7%: a rise inside the name of the whole
                return Form("share", cue=share, rule="share")
        if (
            share is not None
            and near(line, before, "TO") is not None
            and cue is not None
            and share < cue
            and _to_between(line, cue, index)
        ):
            return Form("share", cue=share, rule="share-moved")
        if share is not None and line.text(cue or 0) in ("高达", "达"):
            return Form("share", cue=share, rule="share")
        sign, at = sign_of(line, before)
        return Form("growth", q.sign or sign, at, rule="growth")
    if q.cls == "money":
        nearest = before[0] if before else None
        if q.per or near(line, before, "PRICE") is not None:
            return Form("price", rule="price")
        if nearest is not None and not line.gap(nearest).strip("了约近超 "):
            skip = nearest
            while (
                skip is not None
                and line.tokens[skip].has("HEDGE")
                and skip - 1 in before
                and not line.tokens[skip].has("RISE", "FALL")
            ):
                skip -= 1
            word = line.tokens[skip]
            if (
                word.has("RISE", "FALL")
                and not word.has("TO")
                and line.text(skip)
                not in ("增速", "增幅", "领先", "新增", "高于", "低于", "超出", "逆势增长")
            ):
                return Form("change", -1 if word.has("FALL") else 1, skip, rule="change")
        return Form("level", rule="level")
    if q.cls in ("qty", "count"):
        return Form("level", rule="level")
    return Form("", reason=Reason.ENUMERATION)


def _to_between(line: Line, left: int, right: int) -> bool:
    return any(line.tokens[k].has("TO") for k in range(left, right))
