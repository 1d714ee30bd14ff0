"""Splits the tokens of a text into sentences and says what stands between two tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.read.lex import Lexed
from flows.read.tokens import Token

_END_ZH = re.compile(r"[。!?\n]")
_SHORT = (
    "U",
    "U.S",
    "No",
    "Jan",
    "Feb",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "Co",
    "Ltd",
    "Mr",
    "Ms",
    "Dr",
    "vs",
    "St",
    "Inc",
    "approx",
)
_END_EN = re.compile(
    r"\n|(?<=\s)\*(?=\s[A-Z])|[!?](?=[\s\"')]|$)|\." + "".join(rf"(?<!\b{re.escape(w)}\.)" for w in _SHORT)
    + r"(?=[\s\"')]+(?:[A-Z\"'(\d$¥€£·-]|US)|\s*\n|\s*$|\")"
)  # fmt: skip
_WRAPPED = re.compile(r"[a-z(]|\d+(?:\.\d+)?\s(?:percent|billion|million)")
_STOPPED = re.compile(r"[.!?:;]\s*$")


@dataclass(slots=True)
class Sentence:
    """A run of tokens; ``paragraph`` counts lines of text, ``first`` is true at a paragraph's start."""

    start: int
    end: int
    tokens: list[Token]
    paragraph: int
    first: bool


def sentences(lexed: Lexed) -> list[Sentence]:
    """Return the sentences that hold at least one token, in order."""
    pattern = _END_ZH if lexed.lang == "zh" else _END_EN
    ends: list[int] = []
    busy = [(t.start, t.end) for t in lexed.tokens]
    cursor = 0
    for match in pattern.finditer(lexed.folded):
        at = match.start()
        while cursor < len(busy) and busy[cursor][1] <= at:
            cursor += 1
        if (
            match.group() == "\n"
            and lexed.lang == "en"
            and _WRAPPED.match(lexed.folded, match.end())
            and not _STOPPED.search(lexed.folded[max(0, at - 3) : at])
        ):
            line = lexed.folded.rfind("\n", 0, at)
            if at - line > 40:
                continue
        inside = cursor < len(busy) and busy[cursor][0] <= at < busy[cursor][1]
        if not inside:
            ends.append(match.end())
    ends.append(len(lexed.folded))
    out: list[Sentence] = []
    start, paragraph, first, cursor = 0, 0, True, 0
    tokens = lexed.tokens
    for end in ends:
        mine = []
        while cursor < len(tokens) and tokens[cursor].start < end:
            mine.append(tokens[cursor])
            cursor += 1
        if mine:
            out.append(Sentence(start, end, mine, paragraph, first))
            first = False
        if "\n" in lexed.folded[max(start, end - 2) : end]:
            paragraph, first = paragraph + 1, True
        start = end
    return out
