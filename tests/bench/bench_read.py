"""How fast the reader reads, that its time grows with the length, and how its numbers compare with peers'.

    python tests/bench/bench_read.py            speed of the reader, n against 2n
    python tests/bench/bench_read.py --peers    and the peers that are installed, on labelled articles
    python tests/bench/bench_read.py --fuzz 60  sixty seconds of torn articles and word soup

Times are processor seconds of one core, the best of several rounds. Peers (see README.md) are optional.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from flows.read import read  # noqa: E402
from flows.record import Article  # noqa: E402

TYPICAL = {"en": 2000, "zh": 1000}  # characters
LIMIT = {"en": 4.0, "zh": 3.0}  # milliseconds
MONEY = ("value", "value_change")
RATE = (
    "value_yoy",
    "value_pop",
    "value_cagr",
    "value_vs",
    "share",
    "share_change",
    "growth_gap",
    "contribution",
)
Amount = tuple[int, int, float]  # start, end, size of the number, sign aside
Tool = Callable[[str, str], list[Amount]]


def articles(lang: str, number: int = 12) -> list[Article]:
    """Return the labelled articles nearest in length to a typical one."""
    found = []
    for path in sorted((ROOT / "tests" / "articles" / lang).glob("*.txt")):
        label = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        published = dt.date.fromisoformat(label["published"])
        found.append(Article(path.stem, path.read_text(encoding="utf-8"), lang=lang, published=published))
    found.sort(key=lambda a: abs(len(a.text) - TYPICAL[lang]))
    return found[:number]


def best(work: Callable[[], object], rounds: int = 7) -> float:
    """Return the least processor time of one round, in seconds."""
    gc.collect()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def speed() -> None:
    """Print milliseconds for a typical article, and the time of n against 2n, 4n, 8n."""
    for lang in TYPICAL:
        some = articles(lang)
        characters = sum(len(a.text) for a in some)
        taken = best(lambda some=some: [read(a) for a in some])
        typical = taken / characters * TYPICAL[lang] * 1000
        rate = characters / taken / 1e6
        said = f"{typical:.2f} ms for {TYPICAL[lang]:,} characters (at most {LIMIT[lang]:.0f} is asked)"
        print(f"{lang}  {said}, {rate:.2f} million characters a second")
        body = "\n".join(a.text for a in some)[:20000]
        base = None
        for times in (1, 2, 4, 8):
            text = Article("n", "\n".join([body] * times), lang=lang, published=dt.date(2025, 8, 20))
            taken = best(lambda text=text: read(text), rounds=3)
            base = base or taken
            length = f"{len(text.text):8,} characters"
            print(f"    {length} {taken * 1000:8.1f} ms  {taken / base:.2f} times the first")
    digits = [best(lambda n=n: read(Article("d", "7" * n)), rounds=1) for n in (5_000, 10_000, 20_000)]
    print("digits alone, 5,000, 10,000 and 20,000: " + ", ".join(f"{d * 1000:.1f} ms" for d in digits))


def customhouse(text: str, lang: str) -> list[Amount]:
    """Return money and rates as the reader finds them."""
    figures = read(Article("a", text, lang=lang, published=dt.date(2025, 8, 20))).figures
    return [
        (p.start, p.end, abs(float(f.value))) for f in figures if f.measure in MONEY + RATE for p in f.places
    ]


def quantulum3() -> Tool:
    from quantulum3 import parser

    def run(text: str, lang: str) -> list[Amount]:
        found = [q for q in parser.parse(text) if q.unit.entity.name in ("currency", "dimensionless")]
        return [
            (*q.span, abs(q.value))
            for q in found
            if q.unit.entity.name == "currency" or q.unit.name.startswith("percent")
        ]

    return run


def recognizers_text() -> Tool:
    from recognizers_number import recognize_percentage
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    def run(text: str, lang: str) -> list[Amount]:
        culture = Culture.English if lang == "en" else Culture.Chinese
        found = recognize_currency(text, culture) + recognize_percentage(text, culture)
        said = [(r.start, r.end + 1, str((r.resolution or {}).get("value", "")).rstrip("%")) for r in found]
        return [(s, e, abs(float(v))) for s, e, v in said if re.fullmatch(r"-?\d+(\.\d+)?(E[+-]?\d+)?", v)]

    return run


def jionlp() -> Tool:
    import jionlp as jio

    def run(text: str, lang: str) -> list[Amount]:
        found = jio.ner.extract_money(text, with_parsing=True)
        said = [(*f["offset"], f["detail"]["num"]) for f in found if f["detail"]]
        return [(s, e, float(n if isinstance(n, str) else n[0])) for s, e, n in said]

    return run


def wanted(lang: str, article: Article) -> list[tuple[int, int, set[float]]]:
    """Return where money and rates stand in a labelled article, and the sizes that are right there."""
    path = ROOT / "tests" / "articles" / lang / f"{article.id}.json"
    places: dict[tuple[int, int], set[float]] = {}
    for figure in json.loads(path.read_text(encoding="utf-8"))["figures"]:
        if figure["measure"] in MONEY + RATE and re.search(r"\d", figure["text"]):
            size = abs(float(figure["value"]))
            right = {size} if figure["measure"] in MONEY else {size, size / 100, size / 100 + 1}
            for place in (figure, *figure.get("also", ())):
                places.setdefault((place["start"], place["end"]), set()).update(right)
    return [(start, end, right) for (start, end), right in places.items()]


def accuracy(tool: Tool, lang: str, some: list[Article]) -> tuple[float, float]:
    """Return (found, false): labelled numbers found with their size, and other answers per 100 of them."""
    asked = found = false = 0
    for article in some:
        places = wanted(lang, article)
        said = tool(article.text, lang)
        asked += len(places)
        for start, end, right in places:
            found += any(
                s < end and e > start and any(abs(v - r) <= 1e-9 * max(r, 1) for r in right)
                for s, e, v in said
            )
        false += sum(not any(s < end and e > start for start, end, _ in places) for s, e, _ in said)
    return found / asked, 100 * false / asked


def tools() -> Iterator[tuple[str, Tool, tuple[str, ...]]]:
    """Yield this reader and every peer that is installed, with the languages it reads."""
    yield "customhouse", customhouse, ("en", "zh")
    peers: list[tuple[Callable[[], Tool], tuple[str, ...]]] = [
        (quantulum3, ("en",)), (recognizers_text, ("en", "zh")), (jionlp, ("zh",)),
    ]  # fmt: skip
    for make, langs in peers:
        try:
            yield make.__name__, make(), langs
        except ImportError as error:
            print(f"{make.__name__} is not installed ({error.name})")


def compare() -> None:
    """Print one table: throughput and number-level accuracy of every tool."""
    print("| tool | language | thousand characters a second | numbers found | false per 100 |")
    print("| --- | --- | --- | --- | --- |")
    for name, tool, langs in tools():
        for lang in langs:
            some = articles(lang)
            taken = best(lambda some=some, tool=tool, lang=lang: [tool(a.text, lang) for a in some], rounds=2)
            found, false = accuracy(tool, lang, some)
            rate = sum(len(a.text) for a in some) / taken / 1000
            print(f"| {name} | {lang} | {rate:,.1f} | {found:.3f} | {false:.1f} |", flush=True)


def fuzz(seconds: float, seed: int = 1) -> None:
    """Read torn and mixed articles for some seconds; any fault raises with the text that made it."""
    from tests.properties.test_reader import WORDS, hold

    chance = random.Random(seed)
    whole = [a.text for lang in TYPICAL for a in articles(lang, 99)]
    until, count, slowest = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < until:
        parts: list[str] = []
        for _ in range(chance.randint(1, 8)):
            text = chance.choice(whole)
            start = chance.randrange(len(text))
            parts.append(text[start : start + chance.randint(1, 200)])
            parts += chance.choices(WORDS, k=chance.randint(0, 6))
            parts.append(chr(chance.choice([chance.randrange(32, 0x3000), chance.randrange(0x4E00, 0x9FFF)])))
        text = "".join(parts)
        published = dt.date(chance.randint(2000, 2030), chance.randint(1, 12), chance.randint(1, 28))
        start_time = time.process_time()
        try:
            hold(text, read(Article("f", text, published=published)))
        except Exception:
            print(f"text {count} of seed {seed}, published {published}: {text!r}")
            raise
        slowest = max(slowest, (time.process_time() - start_time) / len(text))
        count += 1
    print(f"{count:,} texts, no fault; slowest {slowest * 1e6:.1f} microseconds a character")


def main() -> None:
    """Run what the arguments ask for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--peers", action="store_true", help="compare with the installed peers")
    asked.add_argument("--fuzz", type=float, metavar="SECONDS", help="only read made-up texts for so long")
    asked.add_argument("--seed", type=int, default=1)
    given: Any = asked.parse_args()
    if given.fuzz:
        fuzz(given.fuzz, given.seed)
        return
    speed()
    if given.peers:
        compare()


if __name__ == "__main__":
    main()
