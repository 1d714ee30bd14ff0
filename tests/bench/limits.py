"""What this machine can do at best, and what others' programs do with the same articles.

Limits: reading the bytes, one numeral scan, one automaton scan, DuckDB's own COPY of the same rows.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from flows.record import Article
from flows.settings import Home
from tests.bench import corpus

ROOT = Path(__file__).parents[2]
PEERS = ("quantulum3==0.10.0", "recognizers-text-suite==1.0.2a2", "emoji==1.7.0", "jionlp==1.5.31",
         "ahocorasick_rs")  # fmt: skip
SAMPLE = 500
Row = tuple[str, str, float]
"""What was done, by whom, and articles (or rows) a second of one core."""


def reading(home: Home) -> Iterator[Row]:
    """Yield how fast bytes are read, numerals and names found, and all of it together by the reader."""
    from flows.read import lexicon, read

    paths = sorted(p for p in home.archive.glob("??/*") if not p.suffix)
    yield "read the bytes", "this machine", _rate(len(paths), lambda: [p.read_bytes() for p in paths])
    some = list(corpus.articles(SAMPLE, "text"))
    texts = [(Article(r.sha256[:16], d.decode(), r.lang), r) for d, r in some]
    for lang in ("en", "zh"):
        mine = [a for a, _ in texts if a.lang == lang]
        numeral, automaton = re.compile(r"\d[\d,.]*"), lexicon.lexicon(lang)._automaton
        folded = [" " + a.text.lower() + " " for a in mine]
        yield (
            f"one numeral scan, {lang}", "re",
            _rate(len(mine), lambda m=mine, n=numeral: [n.findall(a.text) for a in m]),
        )  # fmt: skip
        yield (
            f"one automaton scan, {lang}", "ahocorasick_rs",
            _rate(len(mine), lambda f=folded, a=automaton: [a.find_matches_as_indexes(t) for t in f]),
        )  # fmt: skip
        yield f"read, {lang}", "customhouse", _rate(len(mine), lambda m=mine: [read(a) for a in m])


def extraction() -> Iterator[Row]:
    """Yield how fast pages become text: here, by trafilatura alone, by resiliparse alone."""
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    from flows import text

    some = list(corpus.articles(SAMPLE // 2, "html"))
    pages = [d.decode() for d, _ in some]
    yield "extract, html", "customhouse", _rate(len(some), lambda: [text.extract(d, r) for d, r in some])
    yield "extract, html", "trafilatura", _rate(len(some), lambda: [trafilatura.extract(p) for p in pages])
    yield (
        "extract, html", "resiliparse",
        _rate(len(some), lambda: [extract_plain_text(p, main_content=True) for p in pages]),
    )  # fmt: skip


def building(home: Home) -> Iterator[Row]:
    """Yield rows a second: DuckDB's COPY of the facts, and plain SQL from the staged lines to two tables."""
    import duckdb

    with duckdb.connect(str(home.database), read_only=True) as con:
        rows = con.execute("select count(*) from fct_figure").fetchall()[0][0]
        copy = home.root / "copy.parquet"
        yield (
            "COPY fct_figure to Parquet", "DuckDB, both cores",
            _rate(rows, lambda: con.execute(f"copy fct_figure to '{copy}'"), wall=True),
        )  # fmt: skip
    plain = home.root / "plain.duckdb"
    plain.unlink(missing_ok=True)
    parts = [str(p) for p in sorted(home.staging.glob("*/*.jsonl"))]
    with contextlib.closing(duckdb.connect(str(plain))) as con:
        yield (
            "COPY the same rows into a table", "DuckDB, both cores",
            _rate(rows, lambda: con.execute(f"create table again as from '{copy}'; checkpoint"), wall=True),
        )  # fmt: skip

        def tables() -> None:
            con.execute("create table line as from read_json(?, format = 'newline_delimited')", [parts])
            con.execute(
                "create table figure as select article_id, unnest(figures, recursive := true) from line"
            )
            con.execute("checkpoint")

        yield (
            "staged lines to articles and figures",
            "plain DuckDB SQL, both cores",
            _rate(rows, tables, wall=True),
        )
    for path in (copy, plain):
        path.unlink(missing_ok=True)


def peers(folder: Path) -> str:
    """Return the table of ``bench_read.py --peers``, run in an environment made for it in ``folder``."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run(["uv", "venv", "-q", "--python", "3.11", str(folder)], check=True)
        subprocess.run(["uv", "pip", "install", "-q", "--python", str(python), *PEERS], check=True)
    bench = ROOT / "tests" / "bench" / "bench_read.py"
    done = subprocess.run([python, bench, "--peers"], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout[done.stdout.index("| tool") :] if "| tool" in done.stdout else done.stdout


def _rate(number: int, work: Callable[[], object], *, wall: bool = False) -> float:
    """Return how many a second, by the processor's time or by the clock on the wall."""
    clock = time.perf_counter if wall else time.process_time
    start = clock()
    work()
    return number / max(clock() - start, 1e-9)


if __name__ == "__main__":
    home = Home(Path(sys.argv[1]))
    for row in (*reading(home), *extraction(), *building(home)):
        print(*row, sep="\t", flush=True)
