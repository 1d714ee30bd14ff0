"""The command line as a person meets it: what it prints, how it ends, what it costs to start."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.progress import pace
from flows.settings import SAMPLES, Home

ARTICLES = Path(__file__).parent / "articles"
HEAVY = {"prefect", "great_expectations", "pandas", "trafilatura", "requests", "rich", "pyarrow", "jinja2"}


def customhouse(*words: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from flows.cli import main; main()", *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)


def test_help_teaches_with_examples() -> None:
    told = customhouse("--help").stdout
    for command in ("run", "read", "query", "explain", "status", "score"):
        assert f"customhouse {command}" in told or f"  {command} " in told
        assert "customhouse " + command in customhouse(command, "--help").stdout


def test_version() -> None:
    assert customhouse("--version").stdout.startswith("customhouse 0.")


@pytest.mark.parametrize(
    ("words", "loads"),
    [
        (["--help"], set()),
        (["read", str(SAMPLES / "china-2024.txt")], set()),
        (["query", "select 1"], {"duckdb"}),
        (["explain", "{figure}"], {"duckdb"}),
    ],
)
def test_a_command_loads_only_what_it_needs(words: list[str], loads: set[str], samples: Home) -> None:
    if words[0] in ("query", "explain"):
        figure = json.loads(
            customhouse("query", "select figure_id from fct_figure limit 1", "--format", "json",
                        "--home", samples.root).stdout
        )[0]["figure_id"]  # fmt: skip
        words = [w.format(figure=figure) for w in words] + ["--home", str(samples.root)]
    code = (
        "import sys, atexit, flows.cli\n"
        f"atexit.register(lambda: print('LOADED', *({HEAVY | {'duckdb'}!r} & set(sys.modules))))\n"
        "flows.cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert set(done.stdout.rpartition("LOADED")[2].split()) == loads


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["run", "nowhere.txt"], 2, "no such file or folder"),
        (["read", "nowhere.txt"], 2, "no such file or folder"),
        (["read", "x.txt", "--published", "yesterday"], 2, "not a date"),
        (["query", "select 1", "--home", "/nonexistent"], 2, "customhouse run"),
        (["score", "/nonexistent"], 2, "no labelled articles"),
        (["fly"], 2, "No such command"),
        (["query", "select 1", "--format", "xml"], 2, "xml"),
    ],
)
def test_wrong_usage_is_2_and_one_message(words: list[str], code: int, says: str) -> None:
    done = customhouse(*words)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_read_prints_one_line_an_article_with_the_stem_as_id(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").write_bytes(b"")
    done = customhouse("read", SAMPLES / "china-2024.txt", tmp_path / "gone.txt", SAMPLES / "china-2025.txt")
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["id"], a["lang"], a["published"]) for a in read] == [
        ("china-2024", "en", "2025-01-13"),
        ("china-2025", "zh", "2026-01-14"),
    ]
    assert done.returncode == 0
    assert "gone.txt" in done.stderr
    for article in read:
        text = (SAMPLES / f"{article['id']}.txt").read_text(encoding="utf-8")
        assert len(article["figures"]) > 8
        for figure in article["figures"]:
            assert text[figure["start"] : figure["end"]] == figure["text"]


def test_read_takes_standard_input_and_a_date() -> None:
    done = customhouse(
        "read", "-", "--published", "2025-04-20", stdin="Chongqing's exports rose 5% last month."
    )
    (article,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (article["id"], article["published"]) == ("stdin", "2025-04-20")
    assert [(f["period"], f["value"]) for f in article["figures"]] == [("2025-03/2025-03", 5)]


def test_read_honours_the_meta_file_before_the_option() -> None:
    done = customhouse("read", SAMPLES / "sichuan-2024-02.txt", "--published", "2020-01-01")
    assert json.loads(done.stdout)["published"] == "2024-03-13"


def test_read_with_nothing_readable_is_1(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = customhouse("read", tmp_path / "empty.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing in it" in done.stderr


def test_read_as_table_and_explained() -> None:
    table = customhouse("read", SAMPLES / "sichuan-2024-02.txt", "--format", "table").stdout
    assert "1588亿元" in table
    assert "158,800,000,000" in table
    told = customhouse("read", SAMPLES / "sichuan-2024-02.txt", "--explain").stdout
    assert "进出口总值»1588亿元«，同比增长15%" in told
    assert "rule " in told


def test_query_in_three_formats(samples: Home) -> None:
    sql = (
        "select partner, value from fct_figure where reporter = 'Sichuan' and period = '2024-01/2024-02' "
        "and partner in ('ASEAN', 'EU') and measure = 'value' order by value desc"
    )
    table = customhouse("query", sql, "--home", samples.root).stdout.splitlines()
    assert table[0].split() == ["partner", "value"]
    assert table[2].startswith("ASEAN")
    piped = customhouse("query", "-", "--format", "csv", "--home", samples.root, stdin=sql)
    rows = list(csv.DictReader(io.StringIO(piped.stdout)))
    assert [r["partner"] for r in rows] == ["ASEAN", "EU"]
    told = json.loads(customhouse("query", sql, "--format", "json", "--home", samples.root).stdout)
    assert float(told[0]["value"]) == float(rows[0]["value"]) == 34_610_000_000


def test_query_cannot_write(samples: Home) -> None:
    before = samples.database.read_bytes()
    done = customhouse("query", "drop table fct_figure", "--home", samples.root)
    assert done.returncode == 2
    assert samples.database.read_bytes() == before


def test_explain_marks_the_numeral_in_its_sentence(samples: Home) -> None:
    sql = "select figure_id from fct_figure where printed = '1082.4亿元'"
    (row,) = json.loads(customhouse("query", sql, "--format", "json", "--home", samples.root).stdout)
    told = customhouse("explain", row["figure_id"][:8], "--home", samples.root).stdout
    assert "»1082.4亿元«" in told
    assert "https://www.163.com/dy/article/KK6VB3I9053469M5.html" in told
    assert "108,240,000,000" in told
    assert row["figure_id"] in told
    unknown = customhouse("explain", "ffffffffffffffff", "--home", samples.root)
    assert unknown.returncode == 2
    assert "no figure" in unknown.stderr


def test_status_tells_each_source(samples: Home) -> None:
    told = customhouse("status", "--home", samples.root).stdout
    assert "16 articles" in told
    assert "local" in told


def test_score_agrees_with_perfect_and_empty_readings() -> None:
    from flows.score import score

    labels = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((ARTICLES / "en").glob("*.json"))]
    told = {a["id"]: a for a in labels if isinstance(a, dict) and "figures" in a}
    perfect = score(ARTICLES / "en", told)
    assert perfect.measure("cell") == (1.0, 1.0, 1.0)
    assert perfect.tally["accounted"] == perfect.tally["numerals"] > 1000
    assert not perfect.faults
    assert score(ARTICLES / "en", {}).measure("cell") == (0.0, 0.0, 0.0)


def test_score_exits_with_1_below_the_bar() -> None:
    done = customhouse("score", ARTICLES / "zh", "--at-least", "1.01")
    assert done.returncode == 1
    assert "cell F1" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("done", "of", "seconds", "said"),
    [
        (0, 10, 5.0, ""),
        (50, 100, 10.0, "5 a second, 0:10 left"),
        (500, 100_500, 10.0, "50 a second, 33:20 left"),
        (10, 100_010, 10.0, "1 a second, 27:46:40 left"),
        (30, 0, 3.0, "10 a second"),
        (100, 100, 1.0, "100 a second"),
    ],
)
def test_a_step_tells_its_pace_and_the_time_left(done: int, of: int, seconds: float, said: str) -> None:
    assert pace(done, of, seconds) == said
