"""One sentence as the grammar sees it: tokens, the gaps between them, chunks, and lists of like things."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flows.read.lexicon import Place
from flows.read.tokens import Quantity, Token

NAME_KINDS = {"PRODUCT": "product", "ENTERPRISE": "enterprise", "REGIME": "regime", "CHANNEL": "channel"}
_PLAIN = ("", " ", "'s ", " the ", " of ", "的")
_BREAK = re.compile(r"[,;:()|、]|\s-\s|\s-$|^-\s|--")
_SEP_ZH = re.compile(
    r"^[\s\"'《》]*(?:、|和|与|及|以及|跟|,|/|;|和对|、对|,对|和自|、自|和与|、与|等)[\s\"']*$"
)
_SEP_EN = re.compile(
    r"^(?:\.(?=,|\s(?:and|or)\s))?[\s\"']*(?:(?:member )?(?:countries|nations|states|economies|markets|members|partners|Initiative)\s?)?(?:,|and|or|&|/|, and|as well as|, as well as|, followed by|and the|, the|with|;|\)?,?)?[\s\"']*(?:(?:the|with|to|from|for|of|in|its|that|those|other|both|imported|exported|members of|member countries of|member states of|members? of|countries along|countries involved in|countries and regions involved in|partner countries|countries in|nations in|exports of|imports of|'s)[\s\"']*){0,3}$",
    re.I,
)
_BRACKETED = re.compile(r"\s?\([^()\d]{1,40}\)|我国|增速|增幅|总体|地区|国家(?=[、和与及])")
_OF_WHOLE = re.compile(r"\s(?:share\s)?of\s(?:the|its|total|all|china's|\w+'s)\s", re.I)
_ASIDE = re.compile(r"\([^()\d]{0,8}\)")
_LIST_ZH = re.compile(r"^[\s\"'(]*(?:、|和|与|及|以及|;|/|,|和约|、约|、近|和近|、超|和超)[\s]*$")
_LIST_EN = re.compile(
    r"^\s*(?:,|and|, and|&|/|;|and by|, by|,? and (?:nearly|about|over|almost|some)|,? (?:nearly|about|over))\s*$",
    re.I,
)


@dataclass(slots=True)
class Line:
    """The tokens of one sentence with what the grammar needs to look around."""

    tokens: list[Token]
    folded: str
    lang: str
    end: int
    chunk: list[int] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    held: list[Quantity | None] = field(default_factory=list)
    respective: bool = False

    def __post_init__(self) -> None:
        numbers = (token.kinds.get("NUM") for token in self.tokens)
        self.held = [q if isinstance(q, Quantity) else None for q in numbers]
        self.respective = any("RESP" in token.kinds for token in self.tokens)
        number = clause = 0
        for index in range(len(self.tokens)):
            if index:
                gap = self.gap(index - 1)
                if gap not in _PLAIN and _BREAK.search(_ASIDE.sub("", gap) if "(" in gap else gap):
                    number += 1
                if ";" in gap:
                    clause += 1
            self.chunk.append(number)
            self.clause.append(clause)

    def gap(self, index: int) -> str:
        """Return the text between token ``index`` and the next one (or the end of the sentence)."""
        stop = self.tokens[index + 1].start if index + 1 < len(self.tokens) else self.end
        return self.folded[self.tokens[index].end : stop]

    def text_gap(self, index: int) -> str:
        """Return the text behind a token up to the next token, or nothing where the next one touches."""
        gap = self.gap(index)
        return gap if len(gap) > 2 else ""

    def text(self, index: int) -> str:
        """Return the folded text of a token."""
        return self.folded[self.tokens[index].start : self.tokens[index].end]

    def head(self, index: int, width: int = 32) -> str:
        """Return the text before a token, in small letters, at most ``width`` characters of it."""
        start = self.tokens[index].start
        return self.folded[max(0, start - width) : start].lower()

    def quantity(self, index: int) -> Quantity | None:
        """Return the quantity that token ``index`` holds, if it is one the grammar may use."""
        return self.held[index] if 0 <= index < len(self.held) else None

    def axis(self, index: int) -> str | None:
        """Return which list of names token ``index`` could belong to."""
        if not 0 <= index < len(self.tokens):
            return None
        kinds = self.tokens[index].kinds
        if "PLACE" in kinds or "PARTNER_SHORT" in kinds:
            return "place"
        for kind, axis in NAME_KINDS.items():
            if kind in kinds:
                return axis
        if "FLOW" in kinds:
            return "flow"
        return None

    def joined(self, left: int, right: int) -> bool:
        """True where the gap between two neighbouring tokens joins the members of one list."""
        gap = _BRACKETED.sub("", self.folded[self.tokens[left].end : self.tokens[right].start])
        return bool((_SEP_ZH if self.lang == "zh" else _SEP_EN).match(gap)) and (
            bool(gap.strip()) or self.lang == "en"
        )

    def names(self, index: int) -> list[int]:
        """Return the tokens of the list of like names that begins at ``index`` (one or more)."""
        axis = self.axis(index)
        found = [index]
        at = index
        while at + 1 < len(self.tokens):
            nxt = at + 1
            gap = self.gap(at)
            if axis == "flow" and nxt + 2 < len(self.tokens) and self.text(nxt) == "总体":
                # 进出口总体增速、出口增速
                nxt += 1
            if self.axis(nxt) == axis and self._separates(gap) and self.joined(at, nxt):
                found.append(nxt)
                at = nxt
                continue
            # "exports of A and B": a flow or a preposition may be said again inside the list
            if (
                nxt + 1 < len(self.tokens)
                and (
                    self.tokens[nxt].has("TO", "BASE", "CONNECT", "ANAPHOR")
                    or (
                        axis == "flow"
                        and self.text(nxt) in ("增速", "增幅", "总体", "总值", "规模", "值", "额")
                    )
                )
                and self.axis(nxt + 1) == axis
                and self._separates(self.folded[self.tokens[at].end : self.tokens[nxt + 1].start])
                and self.joined(at, nxt + 1)
            ):
                found.append(nxt + 1)
                at = nxt + 1
                continue
            break
        return found

    def _separates(self, gap: str) -> bool:
        if self.lang == "zh":
            return any(c in gap for c in "、和与及,/;以跟")
        return bool(re.search(r",|\band\b|&|/|\bor\b|\bas well as\b|;", gap))

    def quantities(self, index: int) -> list[int]:
        """Return the tokens of the list of like quantities that begins at ``index`` (one or more)."""
        found = [index]
        first = self.quantity(index)
        assert first is not None
        at = index
        while True:
            nxt = at + 1
            hedges = 0
            while (
                nxt < len(self.tokens)
                and hedges < 3
                and self.tokens[nxt].has("RISE", "FALL", "HEDGE", "RESP")
                and not self.tokens[nxt].has("NUM")
            ):
                nxt += 1
                hedges += 1
            q = self.quantity(nxt)
            if q is None or self.tokens[nxt].reason or "RANGE" in self.tokens[nxt].kinds:
                break
            gap = self._bare(at, nxt)
            if not (_LIST_ZH if self.lang == "zh" else _LIST_EN).match(gap):
                break
            if gap.strip() in (",", ";") and hedges and self.lang == "zh":
                break
            if gap.strip() in (",", ";") and hedges and self.lang == "en" and not self._list_goes_on(nxt):
                break
            if not _alike(first, q):
                break
            grown = hedges and any(self.tokens[k].has("RISE", "FALL") for k in range(at + 1, nxt))
            if self.lang == "en" and grown and any(self.quantity(k).cls == "money" for k in found):  # type: ignore[union-attr]
                # "280 million and 220 million dollars, down 35.2 and 34.7 percent": two lists
                break
            found.append(nxt)
            at = nxt
        if self.lang == "en" and len(found) == 2 and self._bare(*found).strip() == ",":
            # "up 6.9%, 68.2% of the total": two things said in a row, not a list
            return found[:1]
        if self.lang == "en" and len(found) == 2 and _OF_WHOLE.match(self.folded, self.tokens[found[1]].end):
            # "an increase of 8.7 percent and 42.2 percent of the city's exports"
            shared = _OF_WHOLE.match(self.folded, self.tokens[found[0]].end)
            return found if shared else found[:1]
        return found

    def _list_goes_on(self, index: int) -> bool:
        return bool(re.match(r"^\s*,?\s*and\s", self.gap(index)))

    def _bare(self, left: int, right: int) -> str:
        """The gap between two tokens with the tokens in between taken out."""
        parts = [self.folded[self.tokens[k].end : self.tokens[k + 1].start] for k in range(left, right)]
        return re.sub(r"\s+", " ", " ".join(p for p in parts if p.strip()) or "".join(parts)).strip(
            " "
        ) and " ".join(p.strip() for p in parts if p.strip())


def _alike(a: Quantity, b: Quantity) -> bool:
    ratio = {"percent", "times"}
    if a.cls in ratio and b.cls in ratio:
        return True
    if (
        a.cls == "plain"
        and not a.word
        and b.cls in ("percent", "money", "qty", "pp", "plain", "count", "times")
    ):
        return True
    if a.cls in ("money", "percent", "pp") and b.cls == "plain" and not b.word and a.cls == "money":
        return True
    return a.cls == b.cls and (a.cls != "money" or a.unit == b.unit or a.unit is None or b.unit is None)


def fill_units(line: Line, items: list[int]) -> None:
    """Give the quantities of one list the unit and scale that only one of them prints."""
    qs = [q for q in (line.quantity(i) for i in items) if q is not None]
    donor = next((q for q in reversed(qs) if q.cls != "plain" and (q.cls != "money" or q.unit)), None)
    if donor is None or len(qs) < 2:
        return
    for q in qs:
        if q.cls == "plain" or (q.cls == "money" and q.unit is None):
            if q.cls == "plain":
                q.cls = donor.cls
            q.unit = q.unit or donor.unit
            q.per = q.per or donor.per
        if (
            q.cls == donor.cls
            and q.exponent is None
            and donor.exponent is not None
            and donor.cls in ("money", "qty", "count")
        ):
            last = qs[-1]
            # "10.2, 11.3 and 12.4 billion yuan": the scale is said once, at the end
            if last.exponent is not None and (q.cls != "money" or q.number < 10_000):
                q.exponent = last.exponent


def place_of(token: Token) -> Place | None:
    """Return the place a token may name."""
    place = token.kinds.get("PLACE")
    if isinstance(place, Place):
        return place
    short = token.kinds.get("PARTNER_SHORT")
    return Place(None, str(short)) if short is not None else None
