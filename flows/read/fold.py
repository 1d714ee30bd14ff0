"""Folds a text to one spelling, one character for one character, so that offsets stay true."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from flows.settings import WORDS

_SIGNS = {
    "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "！": "!", "？": "?", "．": ".", "〔": "(", "〕": ")",
    "【": "(", "】": ")", "–": "-", "—": "-", "−": "-", "－": "-", "‐": "-", "‑": "-", "﹣": "-", "～": "~", "〜": "~",
    "’": "'", "‘": "'", "＇": "'", "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "﹪": "%",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ", "\t": " ", "\r": " ", "\u200b": " ", "․": ".",
    "\u2002": " ", "\u2003": " ", "·": "·", "•": "·", "●": "·", "￥": "¥", "＄": "$", "﹐": ",", "﹑": "、",
}  # fmt: skip


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    traditional, simplified = (WORDS / "traditional.txt").read_text(encoding="utf-8").split()
    table = {ord(t): s for t, s in zip(traditional, simplified, strict=True)}
    for code in range(0xFF01, 0xFF5F):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    table |= {ord(k): v for k, v in _SIGNS.items()}
    return table


def fold(text: str) -> str:
    """Return the text in half-width signs and simplified characters; lengths are equal."""
    return text.translate(_table())


def is_han(char: str) -> bool:
    """True for a Chinese character."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


_HAN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]")
_LATIN = re.compile(r"[A-Za-z]")


def language(text: str) -> str:
    """Return ``zh`` where a tenth of the letters or more are Chinese characters, else ``en``."""
    head = text[:4000]
    han, latin = len(_HAN.findall(head)), len(_LATIN.findall(head))
    return "zh" if han * 9 > latin else "en"
