"""Says of a quantity what it measures: level, growth, share, contribution, gap, rank, streak or count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.read.line import Line
from flows.read.tokens import Quantity
from flows.record import Reason

_HALF = re.compile(r"过半|一半|半数|半壁")


@dataclass(slots=True)
class Form:
    """What a quantity measures: ``subject`` is value | quantity | count | price, or empty for the rest."""

    measure: str
    sign: int = 1
    cue: int | None = None
    reason: Reason | None = None
    rule: str = ""


def back(line: Line, index: int, *, across: bool = False) -> list[int]:
    """Return the tokens before ``index`` in its chunk, nearest first, up to the quantity before."""
    out: list[int] = []
    for j in range(index - 1, -1, -1):
        if line.quantity(j) is not None and not line.tokens[j].reason:
            break
        if line.chunk[j] != line.chunk[index] and not across:
            break
        out.append(j)
    return out


def ahead(line: Line, index: int) -> list[int]:
    """Return the tokens after ``index`` up to the next quantity or the end of its chunk."""
    out: list[int] = []
    for j in range(index + 1, len(line.tokens)):
        if line.chunk[j] != line.chunk[index]:
            break
        if line.quantity(j) is not None and not line.tokens[j].reason:
            break
        out.append(j)
    return out


def near(line: Line, indices: list[int], *kinds: str) -> int | None:
    """Return the first of the indices whose token has one of the kinds."""
    return next((j for j in indices if line.tokens[j].has(*kinds)), None)


def sign_of(line: Line, indices: list[int]) -> tuple[int, int | None]:
    """Return (+1 or -1, token) by the nearest word of rise or fall."""
    for j in indices:
        token = line.tokens[j]
        if token.has("FALL"):
            return -1, j
        if token.has("RISE"):
            return 1, j
        if token.has("NARROW"):
            return -1, j
    return 1, None


def bound_of(line: Line, index: int, q: Quantity) -> str:
    """Return the bound that the words at a numeral give: = ~ < >."""
    if q.bound and "RANGE" in line.tokens[index].kinds:
        return q.bound
    marks = {"about": "~", "under": "<", "over": ">"}
    j = index - 1
    if j >= 0:
        token, gap = line.tokens[j], line.gap(j).strip()
        hedge = token.kinds.get("HEDGE")
        if isinstance(hedge, str) and gap in ("", "the", "a", "an", "by", "了", "一", "-", "(", "to"):
            return marks[hedge]
        if token.has("RISE", "TO", "SHARE") and not gap and j > 0:
            other = line.tokens[j - 1].kinds.get("HEDGE")
            if (
                isinstance(other, str)
                and line.lang == "zh"
                and not line.gap(j - 1)
                and line.text(j - 1) not in ("余", "过", "以上", "左右")
            ):
                return marks[other]
        if token.has("TO", "BASE") and gap in ("", "the") and j > 0 and line.lang == "en":
            other = line.tokens[j - 1].kinds.get("HEDGE")
            if (
                isinstance(other, str)
                and other != "over"
                and line.gap(j - 1).strip() == ""
                and line.text(j - 1).lower() not in ("near", "under")
            ):
                return marks[other]
    k = index + 1
    if k < len(line.tokens):
        hedge, text, gap = line.tokens[k].kinds.get("HEDGE"), line.text(k).lower(), line.gap(index).strip()
        if (
            isinstance(hedge, str)
            and gap in ("", "的")
            and text in ("左右", "上下", "以上", "or so", "or more", "余")
        ):
            return marks[hedge]
    tail = line.folded[line.tokens[index].end : line.tokens[index].end + 5]
    if re.match(r"\s?多一点|多点", tail):
        return ">"
    return q.bound or "="


_GLOSS = re.compile(
    r"\s?\((?:(mom|m/m|qoq|q/q|month[- ]on[- ]month|quarter[- ]on[- ]quarter)|yoy|y/y|year[- ]on[- ]year)\)"
)


def growth_measure(line: Line, index: int, subject: str) -> str | None:
    """Return value_yoy, quantity_pop, value_cagr ... by the words about the base; None for yoy."""
    around = back(line, index) + ahead(line, index)
    glossed = _GLOSS.match(line.folded[line.tokens[index].end : line.tokens[index].end + 22].lower())
    if glossed:
        return f"{subject}_pop" if glossed.group(1) else f"{subject}_yoy"
    if near(line, around, "CAGR") is not None:
        return f"{subject}_cagr"
    before = near(line, back(line, index), "POP", "YOY")
    led = (
        line.lang == "en"
        and before is not None
        and before == index - 2
        and line.tokens[index - 1].has("RISE", "FALL")
        and _BASIS.fullmatch(line.text(before).lower()) is not None
    )
    after = near(line, ahead(line, index), "POP", "YOY")
    if after is None and before is None and line.lang == "en":
        # "exports rose 2% and imports fell 1% on the month": the base is said once, at the end
        later = [j for j in range(index + 1, len(line.tokens)) if line.chunk[j] == line.chunk[index]]
        after = near(line, later, "POP", "YOY")
    pick = (
        after
        if line.lang == "en" and after is not None and not led
        else before
        if before is not None
        else after
    )
    if pick is not None and line.tokens[pick].has("POP") and not line.tokens[pick].has("YOY"):
        return f"{subject}_pop"
    if pick is not None:
        return f"{subject}_yoy"
    return None


# "a month-on-month rise of 5% and a year-on-year rise of 12%": the word before the noun decides
_BASIS = re.compile(
    r"(?:year|month|quarter)[- ](?:on|over)[- ](?:year|month|quarter)|y-?o-?y|m-?o-?m|annual|monthly"
)
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
        return _form_pp(line, index, clause)
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


def _form_pp(line: Line, index: int, clause: list[int]) -> Form:
    """Percentage points: a move of a share, a contribution, or a gap between two growth rates."""
    sign, at = sign_of(line, clause)
    here = ahead(line, index)
    if line.lang == "en":
        direct = near(line, here, "RISE", "FALL")
        if direct is not None and len(line.gap(index).strip()) < 3 and direct == index + 1:
            sign, at = (-1 if line.tokens[direct].has("FALL") else 1), direct
        tail = line.folded[line.tokens[index].end : line.tokens[index].end + 12].lower()
        if (than := re.match(r"\s(more|less|fewer|higher|lower|larger|smaller) than", tail)) is not None:
            sign, at = -1 if than.group(1) in _EN_DOWN else 1, index
        if re.match(r"\s(?:below|behind|under|slower than)\b", tail):
            sign, at = -1, index
        if re.match(r"\s(?:narrower|milder|smaller)\b", tail) and near(line, clause, "FALL") is not None:
            # a fall that is narrower is a rate that is higher
            sign, at = 1, index
        falls = [j for j in range(len(line.tokens)) if j < index and j != at and line.tokens[j].has("FALL")]
        if at is not None and line.text(at).lower().startswith("narrow") and falls:
            # "down 1.7 percent, narrowing by 1.5 points": the fall is smaller, the rate higher
            sign = 1
        if _LIFTED.search(line.head(index, 80)):
            return Form("contribution", 1, rule="contribution-lifted")
    both = clause + here
    if (c := near(line, both, "CONTRIB")) is not None:
        drag = re.search(r"拖累|拉低|下拉|drag", line.text(c))
        return Form("contribution", -1 if drag else 1, c, rule="contribution")
    if (c := near(line, both, "SHARE")) is not None and not line.tokens[c].has("OFWHICH"):
        return Form("share_change", sign, c, rule="share-change")
    narrow = near(line, clause, "NARROW") if line.lang == "zh" else None
    if narrow is not None:
        return Form("growth_gap", 1, narrow, rule="gap-narrowed")
    fell = next((j for j in clause if line.text(j) in ("降幅", "跌幅")), None)
    if fell is not None and at is not None and at != fell and line.text(at) in ("扩大", "高于", "高出"):
        return Form("growth_gap", -1, fell, rule="gap-widened")
    if fell is not None and at is not None and at != fell and line.text(at) in ("低于", "缩小", "低"):
        return Form("growth_gap", 1, fell, rule="gap-narrowed")
    gap = near(line, both, "GAP", "BASE", "YOY", "POP")
    if gap is not None or at is not None:
        return Form(
            "pp-open" if gap is None else "growth_gap",
            sign,
            gap if gap is not None else at,
            rule="growth-gap",
        )
    return Form("inherit", rule="inherit")


def form_en(line: Line, index: int, q: Quantity) -> Form:
    """Return what a quantity in an English clause measures."""
    before, after = back(line, index), ahead(line, index)
    clause = [j for j in range(index - 1, -1, -1) if line.chunk[j] == line.chunk[index]]
    gap = line.gap(index).lower()
    nextk = index + 1 if index + 1 < len(line.tokens) and line.chunk[index + 1] == line.chunk[index] else None
    nottrade = near(line, clause, "NOTTRADE")
    if (
        nottrade is not None
        and near(line, clause[: clause.index(nottrade)], "FLOW", "PRODUCT", "PLACE") is None
    ):
        return Form("", reason=Reason.NOT_TRADE, rule="not-trade")
    if (
        nextk is not None
        and line.tokens[nextk].has("NOTTRADE")
        and q.cls in ("plain", "count", "percent", "money")
        and len(gap) < 14
    ):
        return Form("", reason=Reason.NOT_TRADE, rule="not-trade")
    tail = line.folded[line.tokens[index].end : line.tokens[index].end + 28].lower()
    if q.cls == "percent" and re.match(r"\s(?:\w+\s)?(?:tariffs?|duty|duties|levy|levies)\b", tail):
        return Form("", reason=Reason.NOT_TRADE, rule="tariff")
    if q.cls == "pp":
        return _form_pp(line, index, clause)
    if q.cls in ("percent", "times", "fraction"):
        if q.sign and q.cls == "percent":
            return Form("growth", q.sign, rule="growth-signed")
        tail = line.folded[line.tokens[index].end : line.tokens[index].end + 40].lower()
        adjective = _COMPARED.match(tail)
        if q.cls == "times" and q.growth is None and q.number >= 500:
            return Form("", reason=Reason.ENUMERATION)
        if q.cls == "times" and q.growth is None and q.per != "-fold":
            if near(line, before, "RISE") is not None and not re.match(
                r"\s*(?:that|the|those|what|as|its|higher than)", gap
            ):
                return Form("growth", 1, rule="growth")
            return Form("growth", 1, rule="multiple-of")
        if q.growth is not None:
            return Form("growth", 1, rule="growth-word")
        head = line.folded[max(0, line.tokens[index].start - 30) : line.tokens[index].start].lower()
        if ("cover" in head or "ratio" in head) and _COVERED.search(head):
            return Form("", reason=Reason.UNMODELLED, rule="cover-ratio")
        contrib = near(line, before, "CONTRIB")
        cue = near(line, before, "RISE", "FALL", "SHARE")
        if adjective is not None:
            return Form("growth", -1 if adjective.group(1) in _EN_DOWN else 1, nextk, rule="growth-after")
        if contrib is not None and (cue is None or contrib > cue):
            if re.match(r"\s*(?:of|to)\s", tail) and near(line, after, "RISE") is None:
                return Form("share", cue=contrib, rule="share")
            return Form("contribution", cue=contrib, rule="contribution")
        if re.match(
            r"\s(?:of|to) (?:that(?! of (?!a year|last year))|this|it|the (?:target|goal|plan))\b", tail
        ):
            return Form("", reason=Reason.UNMODELLED, rule="of-that")
        of_ahead = re.match(r"\s*(?:of|share|stake)(?![a-z])", tail)
        if re.search(
            r"(?:,\s|\s)or\s(?:about\s|some\s|nearly\s|almost\s|roughly\s)?$",
            line.folded[max(0, line.tokens[index].start - 12) : line.tokens[index].start].lower(),
        ) and not (cue is not None and line.tokens[cue].has("RISE", "FALL")):
            return Form("share", rule="share-or")
        if cue is not None and line.tokens[cue].has("RISE", "FALL") and _of_share(line, clause, cue, index):
            return Form("share", cue=cue, rule="share-moved")
        if cue is not None and line.tokens[cue].has("SHARE") and not (line.tokens[cue].has("RISE", "FALL")):
            if _growth_noun(line, cue, index):
                return Form("growth", sign_of(line, before)[0], rule="growth")
            if re.match(r"\s*(?:year|yoy|on|increase|growth|rise|decline|drop)", gap) and line.text(
                cue
            ).startswith(("represent", "equivalent", "record")):
                return Form("growth", sign_of(line, after + before)[0], rule="growth")
            return Form("share", cue=cue, rule="share")
        if (
            of_ahead
            and (
                cue is None
                or (
                    not re.search(r"by\s*$|\bof\s*$", line.gap(index - 1) if index else "")
                    and cue != index - 1
                )
            )
            and (near(line, after, "RISE") is None or cue is None)
        ):
            return Form("share", rule="share-of")
        if q.cls == "fraction" and _APPOSED.search(
            line.folded[max(0, line.tokens[index].start - 24) : line.tokens[index].start].lower()
        ):
            return Form("inherit", rule="inherit")
        if q.cls == "fraction":
            if cue is not None and line.tokens[cue].has("RISE", "FALL"):
                return Form("growth", -1 if line.tokens[cue].has("FALL") else 1, cue, rule="growth")
            return Form("share", rule="share-fraction") if of_ahead else Form("", reason=Reason.IDIOM)
        if cue is not None:
            sign, at = sign_of(line, before)
            if (
                at is not None
                and _SLOWER.match(line.text(at).lower())
                and line.head(index).endswith((" to ", " to just ", " to only "))
                and any(
                    line.text(j).lower() in ("growth", "growth rate", "expansion", "increase") for j in clause
                )
            ):
                # growth that slows to 7 percent still grows
                sign = 1
            return Form("growth", sign, at, rule="growth")
        later = near(line, after, "RISE", "FALL")
        if later is not None and near(line, after[: after.index(later)], "FLOW", "TO") is None:
            return Form("growth", -1 if line.tokens[later].has("FALL") else 1, later, rule="growth-after")
        if near(line, after, "YOY", "POP") is not None:
            carried = any(
                line.quantity(k) is not None and line.chunk[k] == line.chunk[index] for k in range(index)
            )
            return Form("inherit", rule="inherit") if carried else Form("growth", 1, rule="growth-base")
        return Form("inherit", rule="inherit")
    if q.cls == "money":
        price = near(line, before, "PRICE")
        if q.per or (
            price is not None and near(line, before[: before.index(price)], "FLOW", "WORTH") is None
        ):
            return Form("price", rule="price")
        nearest = before[0] if before else None
        if nearest is not None:
            lead = line.gap(nearest).strip().lower()
            skip = nearest
            if line.tokens[skip].has("HEDGE") and skip - 1 in before:
                skip -= 1
                lead = lead or line.gap(skip).strip().lower()
            word = line.tokens[skip]
            if (
                word.has("RISE", "FALL")
                and not word.has("SHARE")
                and (
                    lead in ("by", "")
                    or (
                        lead == "of"
                        and line.text(skip).lower() in ("increase", "decrease", "decline", "rise", "drop")
                    )
                )
                and line.text(skip).lower()
                not in (
                    "growth",
                    "more",
                    "less",
                    "plus",
                    "above",
                    "below",
                    "lower",
                    "higher",
                    "minus",
                    "up to",
                    "lost",
                    "added",
                    "off",
                )
            ):
                return Form("change", -1 if word.has("FALL") else 1, skip, rule="change")
        than = _MORE_THAN.match(line.folded[line.tokens[index].end : line.tokens[index].end + 24].lower())
        if than is not None and near(line, after, "YOY", "POP", "PERIOD") is not None:
            if price is not None:
                return Form("", reason=Reason.UNMODELLED, rule="price-change")
            return Form(
                "change", -1 if than.group(1) in _EN_DOWN or than.group(2) else 1, nextk, rule="change-than"
            )
        if (
            nextk is not None
            and line.text(nextk).lower() in ("more", "less", "higher", "lower")
            and len(gap.strip()) == 0
        ):
            return Form("change", -1 if line.tokens[nextk].has("FALL") else 1, nextk, rule="change-after")
        return Form("level", rule="level")
    if q.cls in ("qty", "count"):
        return Form("level", rule="level")
    return Form("", reason=Reason.ENUMERATION)


_EN_DOWN = {
    "less",
    "lower",
    "smaller",
    "fewer",
    "decrease",
    "fall",
    "decline",
    "drop",
    "slower",
    "contraction",
    "below",
    "reduction",
    "plunge",
    "slump",
    "cheaper",
    "dip",
    "down",
    "slide",
    "shrinkage",
    "cut",
}
# "49.9%, almost half": the same share in words
_APPOSED = re.compile(
    r"(?:%|per ?cent|percent),\s(?:or\s)?(?:almost|nearly|about|over|more than|just over|just under|roughly)\s$"
)
_SLOWER = re.compile(r"slow|eas|decelerat|moderat|cool|soften|weaken")
# "and increased the city's foreign trade by 9.5 points": what one part added to the growth of all
_LIFTED = re.compile(
    r"\b(?:increased|raised|lifted|boosted|pushed up|drove up|propelled)\s(?:the\s)?(?:[\w' ]{2,24}'s|its|overall|total|national|provincial)\s(?:\w+\s){0,2}(?:trade|growth|exports|imports)\s(?:growth\s|up\s)?by\s(?:\w+\s)?$"
)
_MORE_THAN = re.compile(r"\s(?:(more|less|higher|lower|larger|smaller) than|(short of))(?![a-z])")
# exports as a percentage of imports are no share: neither is part of the other
_COVERED = re.compile(r"\b(?:cover(?:ed|ing|s|age)?|ratio)\b[^,;]{0,24}$")

_COMPARED = re.compile(
    r"\s*(?:or so\s|year[- ]on[- ]year\s|yoy\s|annual\s|annually\s|on[- ]year\s)?(more|less|higher|lower|larger|smaller|bigger|fewer|up|down|increase|decrease|rise|fall|decline|drop|growth|faster|slower|gain|surge|jump|contraction|expansion|above|below|greater|reduction|plunge|slump|cheaper|dip|hike|uptick|slide|upturn|shrinkage)(?![a-z])"
)


def _of_share(line: Line, clause: list[int], cue: int, index: int) -> bool:
    """True where what rose or fell to a percentage is a share: "its share rose from 49.8% to 53.1%"."""
    head = line.folded[max(0, line.tokens[index].start - 24) : line.tokens[index].start].lower()
    if not re.search(r"\b(?:to|from|at)\s(?:about\s|some\s|nearly\s|over\s|around\s)?$", head):
        return False
    noun = next((j for j in clause if j < cue and _SHARE_NOUN.fullmatch(line.text(j).lower())), None)
    if noun is None:
        return False
    between = (line.quantity(k) for k in range(noun, index))
    return not any(q is not None and q.cls == "money" for q in between)


_SHARE_NOUN = re.compile(r"(?:market )?shares?(?: of)?|proportion|percentage of|weight")


def _growth_noun(line: Line, cue: int, index: int) -> bool:
    return any(line.tokens[k].has("RISE", "FALL") for k in range(cue + 1, index))
