"""Knows every word and name: word files and reference tables as one automaton a language."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache

import ahocorasick_rs

from flows import reference
from flows.read.fold import fold, is_han
from flows.settings import REFERENCE, WORDS

_AXIS = {
    "reporters": "PLACE", "partners": "PLACE", "products": "PRODUCT", "enterprises": "ENTERPRISE",
    "regimes": "REGIME", "channels": "CHANNEL", "counted": "COUNTED",
}  # fmt: skip
_NOT_WORD = re.compile(r"[^0-9a-z\u4e00-\u9fff%]")


@dataclass(frozen=True, slots=True)
class Place:
    """What one surface may name: a reporter, a partner, or both (canonical English names)."""

    reporter: str | None = None
    partner: str | None = None
    kind: str = ""
    code: str = ""
    parent: str = ""


@dataclass(slots=True)
class Entry:
    """The kinds one surface has, each with its value; ``cased`` surfaces must match as written."""

    kinds: dict[str, object] = field(default_factory=dict)
    cased: str | None = None


class Lexicon:
    """Finds the words and names of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.entries: dict[str, Entry] = {}
        for table in reference.TABLES:
            self._names(table)
        self._words()
        for entry in self.entries.values():
            if entry.kinds.keys() & {"RISE", "FALL", "TO", "BASE", "HEDGE", "CONSEC", "EACH"}:
                # "rose" is a verb before it is a flower
                for name in ("PRODUCT", "CHANNEL", "PLACE", "REGIME"):
                    entry.kinds.pop(name, None)
            if entry.kinds.get("WHOLE") in ("nation", "self"):
                # "全国", "the country": the subject's own nation, whichever it is
                entry.kinds.pop("PLACE", None)
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(self.entries) or ["\0"], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )
        self._keys = list(self.entries)
        self._numbered = {
            key
            for key, entry in self.entries.items()
            if "PLACE" in entry.kinds and not key.isascii() and any(c.isdigit() for c in key)
        }

    def _names(self, table: str) -> None:
        kind = _AXIS[table]
        plurals: list[tuple[str, str]] = []
        for row in reference.names(table):
            native = (row.name, *row.aliases_en) if self.lang == "en" else (row.name_zh, *row.aliases_zh)
            other = () if self.lang == "en" else (row.name, *row.aliases_en)
            for surface in dict.fromkeys(filter(None, (*native, *other))):
                if "(" in surface and self.lang == "en":
                    continue
                if kind == "PLACE":
                    self._place(surface, row)
                elif row.name == "all":
                    self._add(surface, "WHOLE", "overall")
                else:
                    self._add(surface, kind, row.name)
                    if kind == "PRODUCT" and self.lang == "en":
                        plurals.append((surface, row.name))
            if self.lang == "en" and kind == "PLACE":
                for surface in row.adjectives_en:
                    self._place(surface, row)
                    self._add(surface, "ADJECTIVE", True)
        for plural, name in plurals:
            variant = plural[:-1] if plural.endswith("s") and not plural.endswith("ss") else plural + "s"
            if len(variant) > 2 and " " in variant and self.key(variant) not in self.entries:
                self._add(variant, kind, name)

    def _place(self, surface: str, row: reference.Name) -> None:
        if row.kind in ("customs district", "zone class"):
            return
        entry = self._entry(surface)
        if entry is None:
            return
        old = entry.kinds.get("PLACE")
        old = old if isinstance(old, Place) else Place()
        if row.table == "reporters":
            new = Place(row.name, old.partner, row.kind, row.code, row.parent)
        else:
            new = Place(old.reporter, row.name, old.kind or row.kind, old.code or row.code, old.parent)
        entry.kinds["PLACE"] = new

    def _words(self) -> None:
        with (WORDS / f"{self.lang}.toml").open("rb") as handle:
            table = tomllib.load(handle)
        for kind, values in table.items():
            for value, surfaces in values.items():
                for surface in surfaces:
                    self._add(surface, kind, value)

    def _entry(self, surface: str) -> Entry | None:
        key = self.key(surface)
        if len(key.strip()) < 2 and not (self.lang == "zh" and is_han(key[:1])):
            return None
        entry = self.entries.setdefault(key, Entry())
        if surface.isascii() and surface.isupper() and len(surface) <= 4:
            entry.cased = surface
        return entry

    def _add(self, surface: str, kind: str, value: object) -> None:
        entry = self._entry(surface)
        if entry is not None:
            entry.kinds.setdefault(kind, value)

    def key(self, surface: str) -> str:
        """Return the form of a surface that the automaton searches for."""
        folded = _NOT_WORD.sub(" ", fold(surface).lower())
        return folded if self.lang == "zh" else " " + folded.strip()

    def find(self, text: str, folded: str) -> list[tuple[int, int, Entry]]:
        """Return (start, end, entry) of each name and word: leftmost, longest, whole words."""
        if self.lang == "zh":
            return self._find_zh(folded)
        hay = " " + _NOT_WORD.sub(" ", folded.lower()) + " "
        out: list[tuple[int, int, Entry]] = []
        self._scan_en(hay, 0, len(hay), out, text)
        return out

    def _scan_en(self, hay: str, begin: int, stop: int, out: list[tuple[int, int, Entry]], text: str) -> None:
        """Match whole words that begin before ``stop``; where a name runs into a longer word, look again."""
        for index, start, end in self._automaton.find_matches_as_indexes(hay[begin : stop + 60]):
            start, end, key = start + begin, end + begin, self._keys[index]
            whole = end
            if start >= stop:
                break
            if out and start < out[-1][1]:
                continue
            while key.strip() and (hay[end] != " " or key not in self.entries):
                key = key[: max(key.rfind(" "), 0)]
                end = start + len(key)
            entry = self.entries.get(key) if key.strip() else None
            if entry is not None and (entry.cased is None or text[start : end - 1] == entry.cased):
                out.append((start, end - 1, entry))
            if end < whole:
                # what is left of a name that ran into a longer word may hold another: "the US|A"
                again = end if key.strip() else hay.find(" ", start + 1)
                self._scan_en(hay, again, whole, out, text)

    def _find_zh(self, folded: str) -> list[tuple[int, int, Entry]]:
        hay = _NOT_WORD.sub(" ", folded.lower())
        out = []
        for index, start, end in self._automaton.find_matches_as_indexes(hay):
            key = self._keys[index]
            if key.isascii() and (
                (start and hay[start - 1].isascii() and hay[start - 1].isalnum())
                or (end < len(hay) and hay[end].isascii() and hay[end].isalpha())
            ):
                continue
            if key in self._numbered:
                # 中东欧17国: the name as far as it has no number, which counts for itself
                cut = next(n for n, c in enumerate(key) if c.isdigit())
                key, end = key[:cut], start + cut
                while key and key not in self.entries:
                    key, end = key[:-1], end - 1
                if not key:
                    continue
            if key[0] == "年" and hay[:start].rstrip()[-1:].isdigit():
                # "比2020年增长": the year keeps its 年, the verb begins behind it
                start += 1
                end = next((start + n for n in (4, 3, 2, 1) if hay[start : start + n] in self.entries), 0)
                if not end:
                    continue
                key = hay[start:end]
            out.append((start, end, self.entries[key]))
        return out


@lru_cache(maxsize=2)
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of ``en`` or ``zh``."""
    return Lexicon(lang)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return the hash of the reader's own code, words and reference data."""
    digest = hashlib.sha256()
    here = WORDS.parent
    for path in sorted(
        [*here.rglob("*.py"), *WORDS.glob("*"), *REFERENCE.glob("*.csv"), here.parent / "record.py"]
    ):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
