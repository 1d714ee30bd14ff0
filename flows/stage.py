"""Readings as JSON lines: what one staged line holds, and which articles are staged already.

``staging/<fingerprint>/<part>.jsonl`` holds one line an article; ``<part>.keys`` beside it names them,
so that what is staged is known without parsing the lines. The fingerprint is the hash of all that a
line depends on besides the bytes and what the receipt says of them: the code, words and names that
extract and read. Nothing here is precious: the folder can be deleted and is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from flows.errors import UnreadableError
from flows.record import Article, Figure, Numeral, Reading, Reason, Receipt, canonical_json, short_hash

__all__ = ["Line", "Staging", "fingerprint", "in_force", "key", "stage"]

# lines of a small part, how many small parts are too many, lines of a part made of them
SMALL, MANY, WHOLE = 32, 64, 1024
NO_DATE, NO_FIGURES = "no-date", "no-figures"
_HEADERS = ("content-type", "content-language", "announced", "refused")  # what extraction may read


@dataclass(frozen=True, slots=True)
class Line:
    """One staged article: its key, its JSON text, and the little that a summary tells of it.

    ``reason`` says why an article is unreadable, or what a readable one lacks; else it is None.
    """

    key: str
    json: str
    article_id: str
    name: str
    status: str
    reason: str | None
    figures: int
    unresolved: int


@cache
def fingerprint() -> str:
    """Return the hash of everything that turns bytes into a line: reader, extraction, record, this file."""
    from flows import read, record, text

    digest = hashlib.sha256(read.fingerprint().encode())
    sources = [Path(__file__), Path(str(record.__file__)), *sorted(Path(text.__path__[0]).glob("*.py"))]
    for path in sources:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def in_force(receipts: Iterable[Receipt]) -> list[Receipt]:
    """Return one receipt for each object, by SHA-256: where it came from first, as last described there.

    The address is the one that had the bytes first, at the time it first had them; what is said of the
    article (language, date, publisher, title) is that address's newest word, so a mended
    ``FILE.meta.json`` takes effect and a later copy elsewhere does not.
    """
    first: dict[str, Receipt] = {}
    newest: dict[str, Receipt] = {}
    for receipt in sorted(receipts, key=lambda r: (r.sha256, r.fetched_at)):
        start = first.setdefault(receipt.sha256, receipt)
        if receipt.url == start.url:
            newest[receipt.sha256] = receipt
    return [replace(newest[sha], fetched_at=first[sha].fetched_at) for sha in sorted(first)]


def key(receipt: Receipt) -> str:
    """Return what a line stands for: the bytes and everything the receipt contributes to the line."""
    headers = {k.lower(): v for k, v in receipt.headers.items()}
    said = (receipt.url, receipt.source, receipt.lang, receipt.published, receipt.publisher, receipt.title,
            receipt.fetched_at, *(headers.get(name) for name in _HEADERS))  # fmt: skip
    return short_hash(receipt.sha256, canonical_json(said))


def stage(data: bytes, receipt: Receipt) -> Line:
    """Extract and read one object; unreadable bytes make a line with the reason, never an error."""
    from flows import read, text

    name = PurePosixPath(unquote(urlsplit(receipt.url).path)).name or receipt.url
    try:
        article = text.extract(data, receipt)
    except UnreadableError as error:
        blank = Article(id=receipt.sha256[:16], text="", lang=receipt.lang, title=receipt.title,
                        url=receipt.url, publisher=receipt.publisher)  # fmt: skip
        nothing = Reading(id=blank.id, lang=receipt.lang or "", published=None)
        return _line(blank, nothing, receipt, name, status="unreadable", reason=error.reason)
    reading = read.read(article)
    lacks = [NO_DATE] * (reading.published is None) + [NO_FIGURES] * (not reading.figures)
    return _line(article, reading, receipt, name, status="read", reason=", ".join(lacks) or None)


def _line(
    article: Article, reading: Reading, receipt: Receipt, name: str, *, status: str, reason: str | None
) -> Line:
    ids = [_figure_id(article.id, f) for f in reading.figures]
    numerals = [
        {
            "start": n.start,
            "end": n.end,
            "printed": n.text,
            "fate": _fate(n),
            "reason": str(n.reason) if n.reason else None,
            "rule": n.rule,
            "figure_ids": [ids[i] for i in n.figures],
        }
        for n in reading.numerals
    ]
    record = {
        "article_id": article.id,
        "sha256": receipt.sha256,
        "name": name,
        "url": receipt.url,
        "title": article.title,
        "publisher": article.publisher,
        "source": receipt.source,
        "lang": reading.lang or None,
        "published": reading.published.isoformat() if reading.published else None,
        "fetched_at": receipt.fetched_at,
        "text": article.text if status == "read" else None,
        "status": status,
        "reason": reason,
        "figures": [_figure(i, f) for i, f in zip(ids, reading.figures, strict=True)],
        "numerals": numerals,
    }
    return Line(
        key=key(receipt),
        json=json.dumps(record, ensure_ascii=False, separators=(",", ":")),
        article_id=article.id,
        name=name,
        status=status,
        reason=reason,
        figures=len(ids),
        unresolved=sum(n["fate"] == "unresolved" for n in numerals),
    )


def _fate(numeral: Numeral) -> str:
    if numeral.figures:
        return "figure"
    return "unresolved" if numeral.reason is Reason.UNRESOLVED else "non_figure"


def _figure(figure_id: str, figure: Figure) -> Mapping[str, Any]:
    lo, hi = figure.interval()
    cell = figure.cell
    return {
        "figure_id": figure_id,
        "reporter": cell.reporter,
        "partner": cell.partner,
        "flow": cell.flow,
        "product": cell.product,
        "enterprise": cell.enterprise,
        "regime": cell.regime,
        "channel": cell.channel,
        "period": cell.period,
        "measure": figure.measure,
        "unit": figure.unit,
        "value": _plain(figure.value),
        "step": _plain(figure.step),
        "lo": _plain(lo),
        "hi": _plain(hi),
        "bound": figure.bound,
        "stance": figure.stance,
        "basis": figure.basis,
        "counted": figure.counted,
        "by": figure.by,
        "of": canonical_json(dict(figure.of)) if figure.of else None,
        "rule": figure.rule,
        "places": [{"start": p.start, "end": p.end, "printed": p.text} for p in figure.places],
    }


def _figure_id(article_id: str, figure: Figure) -> str:
    cell, measure, unit, _, *rest = figure.key()
    return short_hash(article_id, str(cell), f"{measure} {unit} {_plain(figure.value)}", canonical_json(rest))


def _plain(number: Decimal) -> str:
    """Return a decimal without exponent: what every loader reads the same."""
    return f"{number:f}"


class Staging:
    """The parts of one fingerprint."""

    def __init__(self, root: Path) -> None:
        self.folder = root / fingerprint()

    def parts(self) -> list[Path]:
        """Return the parts, by name."""
        return sorted(self.folder.glob("*.jsonl"))

    def keys(self) -> set[str]:
        """Return the keys of all staged lines."""
        return {k for part in self.parts() for k in _keys(part)}

    def lines(self, wanted: set[str]) -> Iterator[str]:
        """Yield the staged lines of some keys, without their line ends."""
        for part in self.parts():
            keys = _keys(part)
            if wanted.isdisjoint(keys):
                continue
            with part.open(encoding="utf-8", newline="\n") as file:
                for key, line in zip(keys, file, strict=True):
                    if key in wanted:
                        yield line.removesuffix("\n")

    def write(self, lines: Iterable[Line]) -> Path | None:
        """Write lines as one part, whole or not at all; the same lines make the same part."""
        ordered = sorted(lines, key=lambda line: line.key)
        if not ordered:
            return None
        keys = [line.key for line in ordered]
        return self._write(keys, [line.json for line in ordered])

    def keep(self, wanted: Set[str]) -> None:
        """Drop every line that no article in force asks for."""
        for part in self.parts():
            keys = _keys(part)
            if wanted >= set(keys):
                continue
            lines = part.read_text(encoding="utf-8").split("\n")
            kept = [(k, line) for k, line in zip(keys, lines, strict=False) if k in wanted]
            if kept:
                self._write([k for k, _ in kept], [line for _, line in kept])
            part.unlink()
            part.with_suffix(".keys").unlink()

    def compact(self) -> None:
        """Write many small parts as a few; killed at any moment, a line may stand twice, never not at all."""
        small = [(part, keys) for part in self.parts() if len(keys := _keys(part)) < SMALL]
        if len(small) < MANY:
            return
        for batch in _batches(small):
            names = {part for part, _ in batch}
            wanted = dict.fromkeys(k for _, keys in batch for k in keys)
            lines = dict(
                pair
                for part, keys in batch
                for pair in zip(keys, part.read_text(encoding="utf-8").split("\n"), strict=False)
            )
            ordered = sorted(wanted)
            names.discard(self._write(ordered, [lines[k] for k in ordered]))
            for part in names:
                part.unlink()
                part.with_suffix(".keys").unlink()

    def _write(self, keys: list[str], lines: list[str]) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{short_hash(*keys)}.jsonl"
        # the part's own name comes last: a part that is there has its keys
        _replace(part.with_suffix(".keys"), keys)
        _replace(part, lines)
        return part


def _batches(small: list[tuple[Path, list[str]]]) -> Iterator[list[tuple[Path, list[str]]]]:
    """Yield parts together that have ``WHOLE`` lines or a little more."""
    batch: list[tuple[Path, list[str]]] = []
    for one in small:
        batch.append(one)
        if sum(len(keys) for _, keys in batch) >= WHOLE:
            yield batch
            batch = []
    if len(batch) > 1:
        yield batch


def _keys(part: Path) -> list[str]:
    return part.with_suffix(".keys").read_text(encoding="utf-8").split()


def _replace(path: Path, lines: list[str]) -> None:
    aside = path.with_name(f".{path.name}.aside")
    aside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    os.replace(aside, path)
