"""How long the site of a warehouse takes, and what its pages weigh.

python tests/bench/site.py HOME/customhouse.duckdb [FOLDER]
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from flows import report
from flows.load import query

FIRST = ("index.html", "static/site.css", "static/site.js", "static/boot.js", "static/icon.svg")


def main(database: Path, out: Path) -> None:
    """Build the site and print seconds, memory and weights."""
    began, worked = time.perf_counter(), time.process_time()
    report.build(database, out)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    files = {p: p.stat().st_size for p in out.rglob("*") if p.is_file()}
    with query.connect(database) as con:
        ((articles, figures),) = query.select(
            con, "select (select count(*) from dim_article), (select count(*) from stg_figure)"
        ).rows
    print(f"{articles:,} articles, {figures:,} figures: {took:.1f} s ({worked:.1f} of one core)", end=", ")
    print(f"{peak:.2f} GiB")
    print(f"{len(files):,} files, {sum(files.values()) / 1e6:.1f} MB; first page", end=" ")
    print(f"{sum((out / name).stat().st_size for name in FIRST) / 1e3:.0f} kB with all it loads")
    for folder in sorted(p for p in out.iterdir() if p.is_dir()):
        inside = [size for path, size in files.items() if folder in path.parents]
        weight, largest = sum(inside) / 1e6, max(inside) / 1e3
        print(f"  {folder.name:8} {len(inside):6,} files {weight:7.1f} MB, largest {largest:,.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "/tmp/customhouse-site"))
