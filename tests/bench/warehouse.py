"""How long a warehouse of many figures takes, and how long the twelve questions take on it.

    python tests/bench/warehouse.py [FIGURES] [FOLDER]

Figures are made by perturbing the labelled articles: other places, other years, other values of the same
print. Prints one line a step: seconds and the peak of memory so far.
"""

from __future__ import annotations

import datetime as dt
import json
import random
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

from flows import reference
from flows.load import build, publish, query
from flows.load.dictionary import scripts
from flows.settings import SQL, Home
from tests import gold

PLACES = [n.name for n in reference.names("reporters") if n.kind not in ("region", "customs district")]


def perturbed(line: dict[str, Any], copy: int) -> dict[str, Any]:
    """Return an article like ``line`` that speaks of another place and year."""
    chance = random.Random(f"{copy} {line['article_id']}")
    sha = sha256(f"{copy} {line['sha256']}".encode()).hexdigest()
    shift = chance.randrange(-12, 1)
    places: dict[str, str] = {"China": "China"}
    figures = []
    for figure in line["figures"]:
        place = places.setdefault(figure["reporter"], chance.choice(PLACES))
        step = Decimal(figure["step"])
        moved = (Decimal(figure["value"]) * Decimal(chance.uniform(0.8, 1.25))) // step * step
        delta = moved - Decimal(figure["value"])
        figures.append({
            **figure,
            "figure_id": sha256(f"{copy} {figure['figure_id']}".encode()).hexdigest()[:16],
            "reporter": place, "period": years(figure["period"], shift),
            **{k: f"{Decimal(figure[k]) + delta:f}" for k in ("value", "lo", "hi")},
        })  # fmt: skip
    ids = {old["figure_id"]: new["figure_id"] for old, new in zip(line["figures"], figures, strict=True)}
    numerals = [{**n, "figure_ids": [ids[i] for i in n["figure_ids"]]} for n in line["numerals"]]
    published = dt.date.fromisoformat(line["published"])
    day = published.replace(year=published.year + shift, day=min(28, published.day))
    return {**line, "article_id": sha[:16], "sha256": sha, "url": f"https://site{copy}.example/{line['name']}",
            "published": str(day), "figures": figures, "numerals": numerals}  # fmt: skip


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
    """Make, build, publish and ask; print seconds and the peak of memory."""
    staging = root / f"staging-{figures}"
    paths = sorted(staging.glob("*.jsonl")) or list(parts(staging, figures))
    size = sum(p.stat().st_size for p in paths)
    home = Home(root / f"home-{figures}")
    shutil.rmtree(home.root, ignore_errors=True)
    new = home.root / ".building" / "customhouse.duckdb"
    begun = last = time.perf_counter()

    def tell(step: str) -> None:
        nonlocal last
        now = time.perf_counter()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        if now - last > 0.2 or not step.startswith(" "):
            print(f"{now - last:7.2f} s  {peak:5.2f} GiB  {step}", flush=True)
        last = now

    print(f"{figures:,} figures, {len(paths)} parts, {size / 2**20:,.0f} MiB of JSON lines")
    con = build.create(new)
    build.stage_tables(con, paths)
    tell("stage")
    build.candidates(con)
    tell("candidates")
    steps = [""]

    def progress(name: str) -> None:
        tell(f"  {steps[0]}")
        steps[0] = name

    build.model(con, progress)
    tell(f"  {steps[0]}")
    con.close()
    done = publish.publish(home, new, {}, now=dt.datetime.now(dt.UTC))
    tell("publish")
    print(f"{time.perf_counter() - begun:7.2f} s  in all; {home.database.stat().st_size / 2**20:,.0f} MiB")
    assert done.changed
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
