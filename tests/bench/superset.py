"""A real Apache Superset on the warehouse: makes a dataset and a chart by its REST API and checks the answer.

    python tests/bench/superset.py WAREHOUSE [FOLDER] [--stay]

Not part of the tests: it installs Superset (about 600 MB) into FOLDER/env, and starts it on a free port.
With ``--stay`` it leaves the server up and prints where to look (user ``look``, password ``look``).
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

# Superset 6.1 asks for SQLAlchemy below 2, and so for duckdb-engine; the reader is DuckDB 1.5
PACKAGES = ("apache-superset>=6.1,<6.2", "duckdb==1.5.6", "duckdb-engine==0.17.0", "rich", "cachetools",
            "flask-caching<2.4")  # fmt: skip
CONFIG = """
SECRET_KEY = "only for looking at it on one's own machine"
SQLALCHEMY_DATABASE_URI = "sqlite:///{home}/superset.db"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
"""


def install(env: Path) -> Path:
    """Make the environment once; return its folder of programs."""
    python = env / "bin" / "python"
    if not (env / "bin" / "superset").exists():
        subprocess.run([sys.executable, "-m", "venv", str(env)], check=True)
        pip = [str(python), "-m", "pip", "install", "-q"]
        if uv := shutil.which("uv"):
            pip = [uv, "pip", "install", "-q", "--python", str(python)]
        subprocess.run([*pip, *PACKAGES], check=True)
    return env / "bin"


class Superset:
    """The little of the REST API that is needed."""

    def __init__(self, base: str) -> None:
        self.base, self.token = base, ""
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def ask(self, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        data = None if body is None else json.dumps(body).encode()
        try:
            with self.opener.open(urllib.request.Request(self.base + path, data, headers)) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path}: {error.code} {error.read().decode()[:600]}") from None

    def wait(self) -> None:
        for _ in range(120):
            try:
                self.opener.open(f"{self.base}/health")
                return
            except OSError:
                time.sleep(1)
        raise SystemExit("Superset does not come up")


def work(site: Superset, warehouse: Path) -> tuple[int, list[dict[str, Any]]]:
    """Connect, make a dataset and a chart, and return the chart's number and its rows."""
    login = {"username": "look", "password": "look", "provider": "db"}
    site.token = site.ask("/api/v1/security/login", login)["access_token"]
    uri = f"duckdb:///{warehouse}?access_mode=read_only"
    database = site.ask("/api/v1/database/", {"database_name": "customhouse", "sqlalchemy_uri": uri})["id"]
    dataset = site.ask(
        "/api/v1/dataset/", {"database": database, "schema": "main", "table_name": "mart_annual"}
    )["id"]
    columns = {
        c["column_name"]: c["description"]
        for c in site.ask(f"/api/v1/dataset/{dataset}")["result"]["columns"]
    }
    print(len(columns), "columns;", "yoy_cny:", columns["yoy_cny"])
    total = {
        "expressionType": "SIMPLE",
        "column": {"column_name": "value_cny"},
        "aggregate": "MAX",
        "label": "yuan",
    }
    whole = {"partner": "World", "product": "all", "enterprise": "all", "regime": "all", "channel": "all"}
    only = {**whole, "flow": "trade", "year": 2025}
    filters = [{"col": c, "op": "==", "val": v} for c, v in only.items()]
    params = {
        "viz_type": "table", "datasource": f"{dataset}__table", "query_mode": "aggregate",
        "groupby": ["reporter"], "metrics": [total], "row_limit": 10, "order_desc": True,
        "adhoc_filters": [{"clause": "WHERE", "expressionType": "SIMPLE", "subject": c, "operator": "==",
                           "comparator": v} for c, v in only.items()],
    }  # fmt: skip
    chart = site.ask("/api/v1/chart/", {
        "slice_name": "Trade of 2025 by place", "viz_type": "table", "datasource_id": dataset,
        "datasource_type": "table", "params": json.dumps(params)})["id"]  # fmt: skip
    query = {"columns": ["reporter"], "metrics": [total], "filters": filters, "row_limit": 10}
    query["orderby"] = [[total, False]]
    told = site.ask("/api/v1/chart/data", {"datasource": {"id": dataset, "type": "table"}, "queries": [query],
                                           "result_format": "json", "result_type": "full"})  # fmt: skip
    rows: list[dict[str, Any]] = told["result"][0]["data"]
    return chart, rows


def main(warehouse: Path, folder: Path, stay: bool) -> None:
    """Install, start, work, compare with DuckDB's own answer, stop."""
    programs = install(folder / "env")
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    (home / "config.py").write_text(CONFIG.format(home=home))
    env = {**os.environ, "SUPERSET_CONFIG_PATH": str(home / "config.py"), "FLASK_APP": "superset"}
    superset = str(programs / "superset")
    admin = [
        "--username",
        "look",
        "--password",
        "look",
        "--firstname",
        "a",
        "--lastname",
        "b",
        "--email",
        "a@b.example",
    ]
    for step in (["db", "upgrade"], ["init"], ["fab", "create-admin", *admin]):
        subprocess.run([superset, *step], env=env, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (home / "log").open("w") as log:
        command = [superset, "run", "-h", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        site = Superset(f"http://127.0.0.1:{port}")
        site.wait()
        chart, rows = work(site, warehouse)
        for row in rows:
            print(f"{row['reporter']:30} {float(row['yuan'] or 0) / 1e9:12,.2f} bn yuan")
        print(f"{site.base}/explore/?slice_id={chart}")
        if stay:
            print(f"process {server.pid}; stop it with enter")
            sys.stdin.readline()
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    given = [a for a in sys.argv[1:] if a != "--stay"]
    where = Path(given[1]) if len(given) > 1 else Path("/tmp/customhouse-superset")
    main(Path(given[0]).resolve(), where.resolve(), "--stay" in sys.argv)
