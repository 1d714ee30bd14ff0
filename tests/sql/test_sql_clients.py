"""Tools that people have open the published file, read-only, and give the answers we give.

Each client runs in an environment of its own, as it would on somebody's desk; the scripts in ``clients/``
are recipes too. Two of them, the command line and Node, are older readers than our writer.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from flows.settings import SQL, Home

HERE = Path(__file__).parent / "clients"
QUESTIONS = [SQL / "queries" / f"{n}.sql" for n in ("01_annual_totals", "02_ranking", "07_growth_gap")]
PYTHON = ("duckdb==2.0.0", "duckdb-sqlalchemy==1.5.6.4", "sqlalchemy<2.2", "adbc-driver-manager<2")
PYTHON += ("polars<3", "pandas<4", "pyarrow")

Environment = Callable[..., Path]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Make a virtual environment with some packages, once for each set; return its folder of programs."""
    made: dict[tuple[str, ...], Path] = {}

    def make(*packages: str) -> Path:
        if packages not in made:
            folder = tmp_path_factory.mktemp("client")
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            python = str(folder / "bin" / "python")
            pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages]
            uv = shutil.which("uv")
            # uv is quicker, and does not know every index that pip is set up for
            if (
                not uv
                or subprocess.run([uv, "pip", "install", "-q", "--python", python, *packages]).returncode
            ):
                subprocess.run(pip, check=True)
            made[packages] = folder / "bin"
        return made[packages]

    return make


def plain(value: Any) -> Any:
    """Return a cell so that a decimal, a float and its text compare equal."""
    if value in (None, "", "NULL"):
        return None
    try:
        return round(float(value), 6)
    except (TypeError, ValueError):
        return str(value)


def alike(rows: list[Any]) -> list[list[Any]]:
    return [[plain(v) for v in row] for row in rows]


def held_to(told: dict[str, Any], con: DuckDBPyConnection) -> None:
    tables = dict(con.execute("select table_name, comment from duckdb_tables()").fetchall())
    assert told["tables"] == tables
    for question, answer in zip(QUESTIONS, told["answers"], strict=True):
        assert alike(answer) == alike(con.execute(question.read_text()).fetchall()), question.name
        assert answer


@pytest.mark.parametrize("client", ["sqlalchemy", "adbc", "pandas", "polars"])
def test_python_clients(
    client: str, environment: Environment, gold_home: Home, warehouse: DuckDBPyConnection
) -> None:
    python = environment(*PYTHON) / "python"
    command = [python, HERE / f"with_{client}.py", gold_home.database, *QUESTIONS]
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    held_to(json.loads(done.stdout), warehouse)


def test_the_command_line_of_1_5(
    environment: Environment, gold_home: Home, warehouse: DuckDBPyConnection
) -> None:
    program = environment("duckdb-cli==1.5.6") / "duckdb"

    def ask(sql: str) -> list[dict[str, Any]]:
        command = [str(program), "-readonly", "-json", str(gold_home.database)]
        done = subprocess.run(command, input=sql, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)  # type: ignore[no-any-return]

    assert ask("select version() as v")[0]["v"].startswith("v1.5.6")
    tables = {r["table_name"]: r["comment"] for r in ask("select table_name, comment from duckdb_tables()")}
    answers = [[list(r.values()) for r in ask(q.read_text())] for q in QUESTIONS]
    held_to({"tables": tables, "answers": answers}, warehouse)
    (row,) = ask("select count(*) as n from obs_as_of(date '2026-01-31')")
    assert row["n"] == warehouse.execute("select count(*) from obs_as_of(date '2026-01-31')").fetchall()[0][0]


@pytest.mark.skipif(not shutil.which("npm"), reason="no npm on this machine")
def test_node(tmp_path: Path, gold_home: Home, warehouse: DuckDBPyConnection) -> None:
    shutil.copy(HERE / "with_node.mjs", tmp_path)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(tmp_path),
                    "@duckdb/node-api@1.5.6-r.1"], check=True, capture_output=True)  # fmt: skip
    command = ["node", str(tmp_path / "with_node.mjs"), str(gold_home.database), *map(str, QUESTIONS)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    held_to(json.loads(done.stdout), warehouse)


def test_datasette(
    environment: Environment, tmp_path: Path, gold_home: Home, warehouse: DuckDBPyConnection
) -> None:
    programs = environment("datasette<1", "datasette-parquet<1", "duckdb==2.0.0")
    plugins = {"datasette-parquet": {"customhouse": {"file": str(gold_home.database)}}}
    (tmp_path / "metadata.json").write_text(json.dumps({"plugins": plugins}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(programs / "datasette"), "serve", "-h", "127.0.0.1", "-p", str(port), "-m",
               str(tmp_path / "metadata.json")]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        page = f"http://127.0.0.1:{port}/customhouse"
        shown = json.loads(fetched(f"{page}.json"))
        wanted = {t for (t,) in warehouse.execute("select table_name from duckdb_tables()").fetchall()}
        assert wanted <= {t["name"] for t in shown["tables"]}
        comments = dict(
            rows(
                page,
                "select table_name, comment from duckdb_tables() where database_name = current_database()",
            )
        )
        answers = [rows(page, q.read_text()) for q in QUESTIONS]
        held_to({"tables": comments, "answers": answers}, warehouse)
    finally:
        server.terminate()
        server.wait(10)


def rows(page: str, sql: str) -> list[list[str]]:
    """Ask Datasette for CSV: its JSON has no decimals."""
    answer = fetched(
        f"{page}.csv?"
        + urllib.parse.urlencode({"sql": sql.split("\n", 1)[-1] if sql.startswith("--") else sql})
    )
    return list(csv.reader(io.StringIO(answer)))[1:]


def fetched(url: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url}")
