"""Near-duplicates: a short signature of a text, and how alike the texts of two signatures are.

The signature is a one-permutation MinHash over shingles of the text without case, spaces and
punctuation, so that a reprint with another headline, dateline or layout is recognised while the
next month's release in the same words with other numbers is not. It is a pure function of the text
and can be kept in a table and compared later.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

__all__ = ["LIKE", "signature", "similar"]

LIKE = 0.5
"""From this likeness on two articles are taken for copies of one release."""

_BINS = 128
_WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_\u2e80-\u9fff]+|[\u2e80-\u9fff]")
_SHINGLE = 5  # words, or Chinese characters, which are about as rare in pairs as words are


def signature(text: str) -> str:
    """Return 256 hexadecimal digits: the least hash in each of 128 bins, ``00`` for an empty bin."""
    words = _WORDS.findall(unicodedata.normalize("NFKC", text).lower())
    least: dict[int, int] = {}
    for start in range(max(1, len(words) - _SHINGLE + 1)):
        shingle = " ".join(words[start : start + _SHINGLE])
        hashed = zlib.crc32(shingle.encode())
        box, rest = hashed % _BINS, hashed // _BINS
        if rest < least.get(box, 1 << 32):
            least[box] = rest
    return "".join(f"{least[box] % 255 + 1:02x}" if box in least else "00" for box in range(_BINS))


def similar(one: str, other: str) -> float:
    """Return how much of two texts is shared, 0 to 1: the Jaccard index estimated to about 0.04."""
    pairs = [(one[n : n + 2], other[n : n + 2]) for n in range(0, 2 * _BINS, 2)]
    used = [(a, b) for a, b in pairs if a != "00" or b != "00"]
    if not used:
        return 0.0
    return sum(a == b for a, b in used) / len(used)
