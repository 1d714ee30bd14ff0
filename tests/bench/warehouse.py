"""How long a warehouse of many figures takes, and how long the twelve questions take on it.

    python tests/bench/warehouse.py [FIGURES] [FOLDER]

Figures are made by perturbing the labelled articles: other places, other years, other values of the same
print. Prints one line a step: seconds, processor seconds (of all cores), the peak of memory so far.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from flows import reference, stage, steps
from flows.load import query
from flows.load.dictionary import scripts
from flows.settings import SQL, Home
from tests import gold

PLACES = [n.name for n in reference.names("reporters") if n.kind not in ("region", "customs district")]


def perturbed(line: dict[str, Any], copy: int) -> dict[str, Any]:
    """Return an article like ``line`` of another place and year, in other digits of equal length."""
    chance = random.Random(f"{copy} {line['article_id']}")
    sha = sha256(f"{copy} {line['sha256']}".encode()).hexdigest()
    shift = chance.randrange(-12, 1)
    places: dict[str, str] = {"China": "China"}
    text = list(line["text"])
    prints: dict[str, str] = {}
    figures = []
    for figure in line["figures"]:
        place = places.setdefault(figure["reporter"], chance.choice(PLACES))
        figures.append({
            **figure, **renumbered(figure, prints, chance),
            "figure_id": sha256(f"{copy} {figure['figure_id']}".encode()).hexdigest()[:16],
            "reporter": place, "period": years(figure["period"], shift),
        })  # fmt: skip
    for figure in figures:
        for spot in figure["places"]:
            text[spot["start"] : spot["end"]] = spot["printed"]
    ids = {old["figure_id"]: new["figure_id"] for old, new in zip(line["figures"], figures, strict=True)}
    numerals = [
        {
            **n,
            "printed": "".join(text[n["start"] : n["end"]]),
            "figure_ids": [ids[i] for i in n["figure_ids"]],
        }
        for n in line["numerals"]
    ]
    published = dt.date.fromisoformat(line["published"])
    day = published.replace(year=published.year + shift, day=min(28, published.day))
    return {**line, "article_id": sha[:16], "sha256": sha, "url": f"https://site{copy}.example/{line['name']}",
            "published": str(day), "text": "".join(text), "figures": figures,
            "numerals": numerals}  # fmt: skip


def renumbered(figure: dict[str, Any], prints: dict[str, str], chance: random.Random) -> dict[str, Any]:
    """Return value, interval and places of a figure with its last digits changed; one print, one change."""
    printed = {p["printed"] for p in figure["places"]}
    found = re.search(r"\d[\d,]*(\.\d+)?", printed.pop())
    value = Decimal(figure["value"])
    if printed or not found or not found.group().isascii() or not value:
        return {}
    number = Decimal(found.group().replace(",", ""))
    scale = abs(value) / number if number else Decimal(0)
    if not scale or scale != Decimal(10) ** scale.adjusted() or len(found.group().replace(".", "")) < 2:
        return {}
    old = figure["places"][0]["printed"]
    if old not in prints:
        last = str(chance.randrange(10)) + str(chance.randrange(1, 10))
        digits, left = list(old), 1 if len(re.sub(r"\D", "", found.group())) < 4 else 2
        for at in reversed(range(found.start(), found.end())):
            if digits[at].isdigit() and left:
                left -= 1
                digits[at] = last[left]
        prints[old] = "".join(digits)
    new = prints[old]
    moved = Decimal(new[found.start() : found.end()].replace(",", "")) * scale
    delta = (moved if value > 0 else -moved) - value
    return {
        "places": [{**p, "printed": new} for p in figure["places"]],
        **{k: f"{Decimal(figure[k]) + delta:f}" for k in ("value", "lo", "hi")},
    }


def years(period: str, shift: int) -> str:
    """Return a period moved by whole years (a leap day is the 28th)."""
    moved = "/".join(f"{int(part[:4]) + shift}{part[4:]}" for part in period.split("/"))
    return moved.replace("-02-29", "-02-28")


def parts(folder: Path, figures: int) -> Iterator[Path]:
    """Write staging parts of about so many figures, 1,000 articles each."""
    lines = [json.loads(line) for line in gold.lines()]
    lines = [line for line in lines if line["published"]]
    batch = [json.dumps(line, ensure_ascii=False) for line in lines]
    made, number, copy = sum(len(line["figures"]) for line in lines), 0, 1
    while made < figures:
        for line in lines:
            one = perturbed(line, copy)
            batch.append(json.dumps(one, ensure_ascii=False))
            made += len(one["figures"])
            if len(batch) == 1000 or made >= figures:
                yield gold.write(folder, batch, f"part{number:04d}")
                batch, number = [], number + 1
            if made >= figures:
                break
        copy += 1


def main(figures: int, root: Path) -> None:
    """Make, gate, build, publish and ask; print seconds and the peak of memory."""
    made = root / f"staging-{figures}"
    paths = sorted(made.glob("*.jsonl")) or list(parts(made, figures))
    size = sum(p.stat().st_size for p in paths)
    home = Home(root / f"home-{figures}")
    shutil.rmtree(home.root, ignore_errors=True)
    staging = stage.Staging(home.staging).folder
    staging.mkdir(parents=True)
    for path in paths:
        for one in (path, path.with_suffix(".keys")):
            (staging / one.name).symlink_to(one)
    steps.warm()
    begun = last = time.perf_counter()
    used = time.process_time()

    def watch(step: str, done: int, of: int) -> None:
        nonlocal last, used
        now, cpu = time.perf_counter(), time.process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"{now - last:7.2f} s {cpu - used:7.2f} s  {peak:5.2f} GiB  {step} {done} of {of}", flush=True)
        last, used = now, cpu

    print(f"{figures:,} figures, {len(paths)} parts, {size / 2**20:,.0f} MiB of JSON lines")
    built = steps.build(home, watch=watch)
    steps.publish(home, built, now=dt.datetime.now(dt.UTC), watch=watch)
    print(f"{time.perf_counter() - begun:7.2f} s  in all; {home.database.stat().st_size / 2**20:,.0f} MiB, "
          f"{len(built.gates.withheld):,} figures withheld")  # fmt: skip
    with query.connect(home.database) as con:
        for name, script in scripts(SQL / "queries").items():
            taken = []
            for _ in range(5):
                start = time.perf_counter()
                rows = con.execute(script.select).fetchall()
                taken.append(time.perf_counter() - start)
            print(f"{statistics.median(taken) * 1000:7.1f} ms {len(rows):6,} rows  {name}")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    main(count, Path(sys.argv[2]) if len(sys.argv) > 2 else Path("/tmp/customhouse-bench"))
