"""What a quantity in an English clause measures: level, growth, share, contribution, price or change."""

from __future__ import annotations

import re

from flows.read.line import Line
from flows.read.measure import DOWN, Form, ahead, back, form_points, near, sign_of
from flows.read.tokens import Quantity
from flows.record import Reason


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
        return form_points(line, index, clause)
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
        if re.match(
            r"\s(?:under|below) (?:the same|the corresponding|last|a year|that of|the year-ago|its|their)\b",
            tail,
        ):
            return Form("growth", -1, rule="growth-under")
        if adjective is not None:
            return Form("growth", -1 if adjective.group(1) in DOWN else 1, nextk, rule="growth-after")
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
        added = re.search(r"\((plus|minus)\s(?:almost\s|nearly\s|about\s|over\s)?$", line.head(index))
        if added is not None:
            return Form("change", -1 if added.group(1) == "minus" else 1, rule="change-bracketed")
        than = _MORE_THAN.match(line.folded[line.tokens[index].end : line.tokens[index].end + 24].lower())
        if than is not None and near(line, after, "YOY", "POP", "PERIOD") is not None:
            if price is not None:
                return Form("", reason=Reason.UNMODELLED, rule="price-change")
            return Form(
                "change", -1 if than.group(1) in DOWN or than.group(2) else 1, nextk, rule="change-than"
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


# "49.9%, almost half": the same share in words
_APPOSED = re.compile(
    r"(?:%|per ?cent|percent),\s(?:or\s)?(?:almost|nearly|about|over|more than|just over|just under|roughly)\s$"
)
_SLOWER = re.compile(r"slow|eas|decelerat|moderat|cool|soften|weaken")
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
