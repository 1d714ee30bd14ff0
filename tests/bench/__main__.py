"""Every stage of a run, measured: one table, and the same as JSON.

    python -m tests.bench                             1,000 and 10,000 articles as text, 1,000 as HTML
    python -m tests.bench --sizes 1000,10000,100000   another corpus, ten times as large each time
    python -m tests.bench --peers                     and what others' programs do with the same articles

Each stage runs in a process of its own over a corpus of perturbed articles (``corpus.py``). ``--folder`` is
where corpora, warehouses and ``results.json`` stand; a corpus that is there is used again.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from flows.settings import Home
from tests.bench import corpus

ROOT = Path(__file__).parents[2]
HEAD = "| corpus | stage | seconds | articles a second | of one core | peak, GiB | to a tenth | load |"


def stage(name: str, home: Home, articles: int) -> dict[str, Any]:
    """Run one stage in a fresh process and return what it says of itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.stages", name, str(home.root), str(articles)],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def measure(folder: Path, kind: str, size: int) -> dict[str, dict[str, Any]]:
    """Return every stage of one corpus by name."""
    home = Home(folder / f"{kind}-{size}")
    if not (home.root / "whole").exists():
        shutil.rmtree(home.root, ignore_errors=True)
        corpus.write(home.archive, size, kind)
        (home.root / "whole").touch()
    for made in (home.staging, home.releases, home.root / ".building"):
        shutil.rmtree(made, ignore_errors=True)
    found = {name: stage(name, home, size) for name in ("extract", "read", "stage")}
    return found | stage("build", home, size)


def show(kind: str, size: int, found: dict[str, dict[str, Any]], before: dict[str, Any] | None) -> None:
    """Print one corpus as rows of the table; ``before`` is the one a tenth as large."""
    for name, one in found.items():
        each = one["seconds"] / one["articles"]
        grown = ""
        if before and name not in ("extract", "read"):
            grown = f"{one['seconds'] / before[name]['seconds']:.1f} times"
        peak = max(one["peak"], one["peak_worker"])
        print(
            f"| {size:,} {kind} | {name} | {one['seconds']:.1f} | {1 / each:,.0f} "
            f"| {one['articles'] / one['cpu']:,.0f} | {peak:.2f} | {grown} | {one['load']:.1f} |",
            flush=True,
        )


def main() -> None:
    """Run what the arguments ask for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", default="1000,10000", help="articles as text, by commas")
    asked.add_argument("--html", default="1000", help="articles as HTML, by commas; empty for none")
    asked.add_argument("--peers", action="store_true", help="and others' programs, and this machine's limits")
    asked.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    given = asked.parse_args()
    folder: Path = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = {"machine": f"{os.cpu_count()} cores, {platform.platform()}", "stages": {}}
    print(HEAD + "\n|" + " --- |" * (HEAD.count("|") - 1))
    for kind, sizes in (("text", given.sizes), ("html", given.html)):
        before = None
        for size in map(int, filter(None, sizes.split(","))):
            found = measure(folder, kind, size)
            show(kind, size, found, before)
            results["stages"][f"{kind}-{size}"] = before = found
            (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    if given.peers:
        from tests.bench import limits

        last = folder / f"text-{given.sizes.split(',')[-1]}"
        done = subprocess.run([sys.executable, "-m", "tests.bench.limits", str(last)], cwd=ROOT, check=True,
                              stdout=subprocess.PIPE, text=True)  # fmt: skip
        rows = [line.split("\t") for line in done.stdout.splitlines()]
        print("\n| what | by | a second |\n| --- | --- | --- |")
        for what, who, rate in rows:
            print(f"| {what} | {who} | {float(rate):,.0f} |")
        table = limits.peers(folder / "peers")
        print("\n" + table)
        results |= {"limits": rows, "peers": table}
        (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
