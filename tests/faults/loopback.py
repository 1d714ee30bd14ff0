"""A site on loopback that misbehaves on request: each address is answered by what the test put there."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Act = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Reply:
    """One answer; ``times`` says how often it is given before the next one in the list takes over."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    length: int | None = None
    drip: float = 0.0
    packed: bool = False

    def __call__(self, asked: BaseHTTPRequestHandler) -> None:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        etag = self.headers.get("ETag")
        if etag and asked.headers.get("If-None-Match") == etag:
            asked.send_response(304)
            asked.end_headers()
            return
        if self.packed:
            body = gzip.compress(body)
        asked.send_response(self.status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **self.headers}.items():
            asked.send_header(name, value)
        if self.packed:
            asked.send_header("Content-Encoding", "gzip")
        asked.send_header("Content-Length", str(len(body) if self.length is None else self.length))
        asked.end_headers()
        if self.drip:
            for byte in body:
                asked.wfile.write(bytes([byte]))
                asked.wfile.flush()
                time.sleep(self.drip)
        else:
            asked.wfile.write(body)


class Site:
    """``pages`` maps a path to one answer or several in turn; ``asked`` lists what was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, Act | list[Act]] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.times: list[float] = []
        self._counts: dict[str, int] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                site.times.append(time.monotonic())
                with contextlib.suppress(ConnectionError):
                    site.answer(self.path)(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def answer(self, path: str) -> Act:
        page = self.pages.get(path)
        if page is None:
            return Reply(status=404)
        if not isinstance(page, list):
            return page
        turn = self._counts[path] = self._counts.get(path, 0) + 1
        for act in page:
            turn -= getattr(act, "times", 1)
            if turn <= 0:
                return act
        return page[-1]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


@contextlib.contextmanager
def site() -> Iterator[Site]:
    made = Site()
    try:
        yield made
    finally:
        made.close()


def article(number: int = 1, *, title: str = "重庆外贸增长12.2%", more: str = "") -> str:
    """Return a page with an article of figures and the furniture of a Chinese office's site."""
    return f"""<!DOCTYPE html><html><head><title>{title}_重庆海关</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/list.html">统计数据</a></div>
<h1>{title}</h1><p class="info">发布时间：2025-10-{number:02d} 10:22 来源：重庆海关 字号：大 中 小</p>
<div class="TRS_Editor"><p>据重庆海关统计，前三季度重庆进出口5800.2亿元，同比增长12.2%。</p>
<p>其中，出口3900.1亿元，增长10%；进口1900.1亿元，增长16.9%。对东盟进出口1326.5亿元。{more}</p></div>
<div class="share">分享到：微信 微博</div>
<div class="related"><h3>相关新闻</h3><a href="/x.html">上半年外贸3800亿元</a></div>
</body></html>"""


def listing(*numbers: int, more: str = "") -> str:
    items = "".join(
        f'<li><a href="/a{n}.html">重庆外贸第{n}期</a> <span>2025-10-{n:02d}</span></li>' for n in numbers
    )
    return f'<html><body><a href="/about.html">关于我们</a><ul class="list">{items}</ul>{more}</body></html>'
