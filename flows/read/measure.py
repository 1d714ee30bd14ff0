"""What the forms of both languages share: cues around a quantity, signs, bounds, bases of growth, points."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.read.line import Line
from flows.read.tokens import Quantity
from flows.record import Reason


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
    spoken = near(line, back(line, index), "RISE", "FALL")
    if (
        line.lang == "en"
        and spoken is not None
        and line.text(spoken).lower().startswith(("year on year", "year-on-year"))
    ):
        return f"{subject}_yoy"
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


def form_points(line: Line, index: int, clause: list[int]) -> Form:
    """Percentage points: a move of a share, a contribution, or a gap between two growth rates."""
    sign, at = sign_of(line, clause)
    here = ahead(line, index)
    if line.lang == "en":
        direct = near(line, here, "RISE", "FALL")
        if direct is not None and len(line.gap(index).strip()) < 3 and direct == index + 1:
            sign, at = (-1 if line.tokens[direct].has("FALL") else 1), direct
        tail = line.folded[line.tokens[index].end : line.tokens[index].end + 12].lower()
        if (than := re.match(r"\s(more|less|fewer|higher|lower|larger|smaller) than", tail)) is not None:
            sign, at = -1 if than.group(1) in DOWN else 1, index
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


# words that make a comparison a smaller one
DOWN = {
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

# "and increased the city's foreign trade by 9.5 points": what one part added to the growth of all
_LIFTED = re.compile(
    r"\b(?:increased|raised|lifted|boosted|pushed up|drove up|propelled)\s(?:the\s)?(?:[\w' ]{2,24}'s|its|overall|total|national|provincial)\s(?:\w+\s){0,2}(?:trade|growth|exports|imports)\s(?:growth\s|up\s)?by\s(?:\w+\s)?$"
)
