"""A corpus of any size: the labelled articles again and again, with other numbers, places and years."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flows import reference
from flows.fetch.archive import sha256
from flows.record import Receipt
from tests.gold import PATHS

KINDS = ("text", "html")
SHIFTS = range(-12, 1)
WEIGHT = 20_000  # bytes of furniture around the text of a page
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR = re.compile(r"(?<!\d)20[0-2]\d(?!\d)")


@dataclass(frozen=True)
class Model:
    """One labelled article: what of it may change."""

    name: str
    lang: str
    published: dt.date
    text: str
    spans: tuple[tuple[int, int], ...]
    place: tuple[str, ...]


@cache
def models() -> tuple[Model, ...]:
    """Return the labelled articles with a date, and the name of the place each mostly speaks of."""
    names = {n.name: n for n in reference.names("reporters")}
    found = []
    for path in PATHS:
        label: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        if not label.get("published"):
            continue
        spans = {(p["start"], p["end"]) for f in label["figures"] for p in (f, *f.get("also", ()))}
        told = Counter(f["reporter"] for f in label["figures"]).most_common(1)
        name = names.get(told[0][0]) if told else None
        surfaces = (name.name, name.name_zh) if name and name.name != "China" else ()
        found.append(
            Model(
                path.stem,
                label["lang"],
                dt.date.fromisoformat(label["published"]),
                text,
                tuple(sorted(spans)),
                tuple(filter(None, surfaces)),
            )
        )
    return tuple(found)


@cache
def places() -> tuple[tuple[str, str], ...]:
    """Return provinces, cities and countries that have a name in both languages."""
    kinds = {"country", "province", "municipality", "autonomous region", "city"}
    rows = reference.names("reporters")
    return tuple((n.name, n.name_zh) for n in rows if n.kind in kinds and n.name_zh and n.name != "China")


def text(number: int) -> tuple[Model, dt.date, str]:
    """Return article ``number``: its model, its day and its text; the same number gives the same text."""
    every = models()
    model, copy = every[number % len(every)], number // len(every)
    if not copy:
        return model, model.published, model.text
    chance = random.Random(number)
    out, prints = list(model.text), dict[str, str]()
    for start, end in model.spans:
        printed = model.text[start:end]
        if printed not in prints:
            prints[printed] = _renumbered(printed, chance)
        out[start:end] = prints[printed]
    said = "".join(out)
    shift = chance.choice(SHIFTS)
    said = _YEAR.sub(lambda m: str(int(m.group()) + shift), said)
    for old, new in zip(model.place, chance.choice(places()), strict=False):
        said = said.replace(old, new)
    # no two articles are the same bytes
    said = f"{said.rstrip()}\n\n{'编号' if model.lang == 'zh' else 'No.'} {number}\n"
    day = model.published.replace(year=model.published.year + shift, day=min(28, model.published.day))
    return model, day, said


def _renumbered(printed: str, chance: random.Random) -> str:
    """Return a printed amount with its last digits changed: of equal length, never zero."""
    found = _NUMBER.search(printed)
    if not found or not found.group().isascii() or len(re.sub(r"\D", "", found.group())) < 2:
        return printed
    out, left = list(printed), 2 if len(found.group()) > 3 else 1
    for at in reversed(range(found.start(), found.end())):
        if out[at].isdigit() and left:
            left -= 1
            out[at] = str(chance.randint(1, 9))
    return "".join(out)


def page(said: str, lang: str) -> str:
    """Return a text as the page of an office: scripts, navigation, footers around it."""
    title, *lines = [line for line in said.splitlines() if line.strip()]
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f'<meta charset="utf-8"><title>{title}</title>'
    links = "".join(f'<li><a href="/about/{n}">About the office, part {n}</a></li>' for n in range(100))
    html = (
        f'<html lang="{lang}"><head>{head}</head><body><nav><ul>{links}</ul></nav>'
        f"<article><h1>{title}</h1>{body}</article><footer>{links}</footer>"
    )
    return html + f"<script>/*{'x' * max(0, WEIGHT - len(html))}*/</script></body></html>"


def articles(size: int, kind: str, first: int = 0) -> Iterator[tuple[bytes, Receipt]]:
    """Yield ``size`` articles as bytes with their receipts, from article ``first`` on."""
    for number in range(first, first + size):
        model, day, said = text(number)
        data = (said if kind == "text" else page(said, model.lang)).encode()
        suffix = "txt" if kind == "text" else "html"
        url = f"https://office{number % 997}.example/{number}/{model.name}.{suffix}"
        yield (
            data,
            Receipt(
                sha256=sha256(data),
                url=url,
                fetched_at=f"{day + dt.timedelta(days=1)}T08:00:00+00:00",
                lang=model.lang,
                published=str(day),
                publisher=f"office {number % 997}",
            ),
        )


def write(folder: Path, size: int, kind: str) -> int:
    """Write the corpus as an archive, without a sync for every file; return its bytes."""
    from dataclasses import asdict

    from flows.record import canonical_json

    weight = 0
    for data, receipt in articles(size, kind):
        place = folder / receipt.sha256[:2] / receipt.sha256[2:]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        place.with_name(f"{place.name}.jsonl").write_text(canonical_json(asdict(receipt)) + "\n")
        weight += len(data)
    return weight
