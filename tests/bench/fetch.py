"""How long a thousand pages take from loopback to the published file, and a day with nothing new.

python tests/bench/fetch.py [PAGES] [HOME]

Each page is a labelled article, its digits changed, in a page of 60 kB as customs offices make them:
scripts, navigation, footers. The pauses that politeness asks for are off. What Prefect's start costs is
measured side by side, by a flow that does nothing.
"""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
ARTICLES = sorted((ROOT / "tests" / "articles").glob("[ez][nh]/*.txt"))
WEIGHT = 60_000  # bytes of one page


def page(number: int) -> bytes:
    """Return one page: an article with other digits, in its page's furniture."""
    chance = random.Random(number)
    text = ARTICLES[number % len(ARTICLES)].read_text(encoding="utf-8")
    text = re.sub(r"(?<=\d\.)\d", lambda _: str(chance.randint(0, 9)), text)
    title, *lines = [line for line in text.splitlines() if line.strip()]
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f'<meta charset="utf-8"><title>{title}</title><meta name="pubdate" content="2026-01-20">'
    html = f"<html><head>{head}</head><body><nav>NAV</nav><article><h1>{title}</h1>{body}</article>"
    links = "".join(f'<li><a href="/about/{n}">About the office, part {n}</a></li>' for n in range(300))
    html = html.replace("NAV", f"<ul>{links}</ul>") + "<script>/*FILL*/</script></body></html>"
    return html.replace("FILL", "x" * max(0, WEIGHT - len(html.encode()))).encode()


def nothing(log: Path) -> None:
    """Run a flow that does nothing, on an API of its own, as `customhouse run` starts one."""
    from flows import api

    api.own(log)
    import prefect
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    api.ready()
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        prefect.flow(lambda: None, name="nothing")()


def timed(*command: str | Path, **settings: str) -> tuple[float, float]:
    """Run a command, print when each of its steps ended; return seconds and seconds of processors."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with subprocess.Popen(
        command, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        for line in process.stderr or ():
            print(f"  {time.perf_counter() - began:6.1f} s  {line}", end="", flush=True)
    took = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(pages: int, home: Path) -> None:
    """Serve the pages, run twice, print seconds and requests beside those of a flow that does nothing."""
    made = {f"/article/{n}.html": page(n) for n in range(pages)}
    links = "".join(f'<a href="{path}">Foreign trade, release {path}</a>' for path in made)
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # else the body waits 40 ms for the kernel's word that the headers have arrived
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            asked.append(self.path)
            body = made.get(self.path) or (f"<html><body>{links}</body></html>".encode() * (self.path == "/"))
            tag = f'"{hash(body)}"'
            known = self.headers.get("If-None-Match") == tag
            self.send_response(304 if known else 200 if body else 404)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(0 if known else len(body)))
            self.end_headers()
            self.wfile.write(b"" if known else body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    (home / "sources.toml").write_text(
        f'[[source]]\nid = "bench"\nkind = "listing"\naddress = "{address}"\n'
        f'links = "/article/"\nmost_items = {pages}\nmost_pages = 1\n',
        encoding="utf-8",
    )
    manners = {"CUSTOMHOUSE_ALLOW_LOOPBACK": "1", "CUSTOMHOUSE_DELAY": "0", "CUSTOMHOUSE_MAX_QUARANTINE": "1"}
    program = Path(sys.executable).with_name("customhouse")
    run = (program, "run", "--source", "bench", "--home", home)
    idle = (sys.executable, __file__, "nothing", home / "logs" / "nothing.log")
    silent = {"PREFECT_LOGGING_LEVEL": "ERROR"}
    timed(*idle, **silent)  # on a fresh machine Prefect makes its database first
    for what in ("new pages", "nothing new"):
        asked.clear()
        start, start_worked = timed(*idle, **silent)
        took, worked = timed(*run, **manners)
        print(f"{what}: {took:.1f} s, {len(asked):,} requests; an empty flow {start:.1f} s;", end=" ")
        print(f"beyond it {took - start:.1f} s ({worked - start_worked:.1f} s of processors)", flush=True)
    server.shutdown()


if __name__ == "__main__":
    if sys.argv[1:2] == ["nothing"]:
        nothing(Path(sys.argv[2]))
    else:
        count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
        main(count, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "home")
