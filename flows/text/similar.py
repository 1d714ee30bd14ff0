"""Near-duplicates: a short signature of a text, and how alike the texts of two signatures are.

The signature is a one-permutation MinHash, half of it over runs of words and half over the numerals,
without case, spaces and punctuation. A reprint with another headline, dateline or layout has both in
common; the next month's release says the same words with other numbers. It is a pure function of the
text and can be kept in a table and compared later.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable

__all__ = ["LIKE", "signature", "similar"]

LIKE = 0.5
"""From this likeness on two articles are taken for copies of one release."""

_BINS = 64
_HALF = 2 * _BINS  # hexadecimal digits
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*|[〇零一二三四五六七八九十百千点點廿卅]{2,}")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_\u2e80-\u9fff]+|[\u2e80-\u9fff]")
_RUN = 5  # words, or Chinese characters, pairs of which are about as rare as a word


def signature(text: str) -> str:
    """Return 256 hexadecimal digits: the least hash in each of 2 x 64 bins, ``00`` for an empty bin."""
    plain = unicodedata.normalize("NFKC", text).lower()
    words = _WORD.findall(plain)
    runs = (" ".join(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1)))
    return _least(runs) + _least(_NUMERAL.findall(plain))


def similar(one: str, other: str) -> float:
    """Return how much of two texts is shared, 0 to 1: the lesser of the words' and the numerals' part.

    Each is the Jaccard index, estimated to about 0.06; where neither text has numerals, words decide.
    """
    words = _shared(one[:_HALF], other[:_HALF])
    numerals = _shared(one[_HALF:], other[_HALF:])
    return min(part for part in (words, numerals, 1.0) if part is not None) if words is not None else 0.0


def _least(features: Iterable[str]) -> str:
    least: dict[int, int] = {}
    for feature in features:
        hashed = zlib.crc32(feature.encode())
        box, rest = hashed % _BINS, hashed // _BINS
        if rest < least.get(box, 1 << 32):
            least[box] = rest
    return "".join(f"{least[box] % 255 + 1:02x}" if box in least else "00" for box in range(_BINS))


def _shared(one: str, other: str) -> float | None:
    pairs = [(one[n : n + 2], other[n : n + 2]) for n in range(0, _HALF, 2)]
    used = [(a, b) for a, b in pairs if a != "00" or b != "00"]
    return sum(a == b for a, b in used) / len(used) if used else None
