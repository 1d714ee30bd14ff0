"""The README's deployment on a real Prefect server: deployed, triggered, run by a worker, artifacts seen."""

from __future__ import annotations

import http.server
import json
import os
import queue
import re
import shlex
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.load.publish import published
from flows.settings import SAMPLES, Home

ROOT = Path(__file__).parents[1]
PREFECT = str(Path(sys.executable).with_name("prefect"))
SOURCE = '[[source]]\nid = "here"\nkind = "folder"\naddress = "{}"\n'


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A server on loopback with a database of its own, and the environment that leads to it."""
    folder = tmp_path_factory.mktemp("server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    told = kept | {
        "HOME": str(folder),
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
    }
    with (folder / "log").open("wb") as log:
        command = [PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"]
        server = subprocess.Popen(command, env=told, stdout=log, stderr=log)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{told['PREFECT_API_URL']}/health", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, (folder / "log").read_text()
                time.sleep(0.5)
        yield told
    finally:
        server.terminate()
        server.wait(timeout=20)


def prefect(env: dict[str, str], *words: str) -> str:
    done = subprocess.run([PREFECT, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def artifacts(env: dict[str, str]) -> dict[str, str]:
    """Return the data of every artifact by its key."""
    ask = urllib.request.Request(
        f"{env['PREFECT_API_URL']}/artifacts/filter",
        b"{}",
        {"Content-Type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(ask, timeout=10) as answer:
        return {a["key"]: a["data"] for a in json.load(answer)}


def test_a_deployment_to_a_process_pool_runs_and_leaves_its_artifacts(
    env: dict[str, str], tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    (home.root / "sources.toml").write_text(SOURCE.format(SAMPLES))
    block = re.search(
        r"^    (prefect work-pool create .*?)^\S", (ROOT / "README.md").read_text(), re.S | re.M
    )
    assert block
    written = block[1].replace("\\\n", " ").replace("$PWD/warehouse", str(home.root))
    create, deploy, work = (shlex.split(line)[1:] for line in written.splitlines() if line.strip())
    prefect(env, *create)
    prefect(env, *deploy)
    prefect(env, "deployment", "run", "customhouse/daily")
    prefect(env, *work, "--run-once")
    assert published(home)
    told = artifacts(env)
    assert set(told) == {"customhouse-loaded", "customhouse-gates", "customhouse-release"}
    assert json.loads(told["customhouse-loaded"])[0]["articles"] == 16
    assert len(json.loads(told["customhouse-gates"])) > 40
    release, _ = published(home)
    assert release in told["customhouse-release"]
    assert "all: 16 new" in prefect(env, "flow-run", "ls", "--state", "COMPLETED", "--output", "json")


def test_serve_takes_runs_and_posts_a_failure(env: dict[str, str], tmp_path: Path) -> None:
    posted: queue.Queue[str] = queue.Queue()

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    home, articles = Home(tmp_path / "home"), tmp_path / "articles"
    home.root.mkdir()
    articles.mkdir()
    (home.root / "sources.toml").write_text(SOURCE.format(articles))
    hook = http.server.HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=hook.serve_forever, daemon=True).start()
    told = env | {"CUSTOMHOUSE_WEBHOOK": f"http://127.0.0.1:{hook.server_port}/"}
    command = [sys.executable, "-c", "from flows.cli import main; main()", "serve", "--home", str(home.root)]
    log = tmp_path / "log"
    with log.open("wb") as words:
        serving = subprocess.Popen(command, env=told, stdout=words, stderr=words)
    try:
        deadline = time.monotonic() + 120
        while b"polling for scheduled runs" not in log.read_bytes():
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        prefect(env, "deployment", "run", "customhouse/schedule")
        assert "nothing could be brought in" in posted.get(timeout=120)
    finally:
        serving.terminate()
        serving.wait(timeout=30)
        hook.shutdown()
