"""Which language a text is in, by its script; among Latin scripts by its commonest words."""

from __future__ import annotations

import re

__all__ = ["language"]

_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ru", re.compile("[Ѐ-ӿ]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_WORDS = {
    "en": "the of and in to for by with from was were its a an at on exports imports trade rose fell percent",
    "de": "der die das und im von mit den dem auf für ist sich nach gegenüber um",
    "fr": "le la les des et en du une par pour est dans au sur aux",
    "es": "el la los las de del y en que por con una para se al",
    "pt": "o a os as do da dos das em no na com por para uma foi",
    "vi": "của và trong là với các được cho năm tháng đạt so nước kim",
    "tr": "ve bir bu ile için olarak göre yılı ayında oranında",
    "id": "yang dan di dari dengan pada untuk tahun sebesar",
}
_SETS = {lang: frozenset(words.split()) for lang, words in _WORDS.items()}


def language(text: str) -> str | None:
    """Return the two letters of the text's language; None where there are no letters to go by."""
    sample = text[:8000]
    counts = {name: len(script.findall(sample)) for name, script in _SCRIPTS}
    letters = sum(c.isalpha() for c in sample)
    if not letters:
        return None
    if counts["ko"] * 5 > letters:
        return "ko"
    if counts["ja"] * 8 > counts["ja"] + counts["zh"] and counts["ja"] + counts["zh"] > letters / 5:
        return "ja"
    for name in ("zh", "ru", "ar", "th"):
        # A Chinese character carries about as much as three Latin letters.
        if counts[name] * (3 if name == "zh" else 1) * 2 > letters:
            return name
    words = re.findall(r"[^\W\d_]+", sample.lower())
    scores = {lang: sum(word in known for word in words) for lang, known in _SETS.items()}
    best = max(scores, key=lambda lang: scores[lang])
    return best if scores[best] else None
