"""Answers that break: statuses, pauses, slowness, truncation, bombs, and what is never sent."""

import gzip
import os
import socket
import ssl
import subprocess
import threading
import time
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path

import pytest
from loopback import Reply, Site, article
from runs import MANNERS, Run, outcomes

from flows import fetch, text
from flows.errors import UnreadableError
from flows.fetch.archive import Archive
from flows.fetch.sources import of_urls

PAGE = article()


def case(id: str) -> pytest.MarkDecorator:
    return pytest.mark.case(id)


def refuse(asked: object) -> None:
    asked.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")  # type: ignore[attr-defined]
    asked.close_connection = True  # type: ignore[attr-defined]


def hang_up(asked: object) -> None:
    asked.connection.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]
    asked.close_connection = True  # type: ignore[attr-defined]


def hang(asked: object) -> None:
    time.sleep(1.6)


def drip_headers(asked: object) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 60:
        asked.wfile.write(bytes([byte]))  # type: ignore[attr-defined]
        time.sleep(0.05)


def chunks(*parts: bytes, end: bool) -> object:
    def act(asked: object) -> None:
        asked.send_response(200)  # type: ignore[attr-defined]
        asked.send_header("Transfer-Encoding", "chunked")  # type: ignore[attr-defined]
        asked.end_headers()  # type: ignore[attr-defined]
        for part in parts:
            asked.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))  # type: ignore[attr-defined]
        if end:
            asked.wfile.write(b"0\r\n\r\n")  # type: ignore[attr-defined]
        asked.close_connection = True  # type: ignore[attr-defined]

    return act


def endless(asked: object) -> None:
    asked.send_response(200)  # type: ignore[attr-defined]
    asked.send_header("Connection", "close")  # type: ignore[attr-defined]
    asked.end_headers()  # type: ignore[attr-defined]
    for _ in range(2000):
        asked.wfile.write(b"x" * 65536)  # type: ignore[attr-defined]


# case, what the address answers, the reason, how often it may be asked in one run
ONCE, THRICE = 1, 3
CUT = {"length": 5000, "headers": {"Connection": "close"}}
HALF = gzip.compress(PAGE.encode())[:200]
BROKEN = [
    pytest.param(act, reason, most, marks=case(id), id=name)
    for id, name, act, reason, most in (
        ("F01", "404", Reply(status=404), "not-found", ONCE),
        ("F03", "410", Reply(status=410), "gone", ONCE),
        ("F06", "429", Reply(status=429, headers={"Retry-After": "3600"}), "rate-limited", ONCE),
        ("F08", "503", Reply(status=503), "server-error", THRICE),
        ("F09", "403", Reply(status=403), "refused", ONCE),
        ("F10", "401", Reply(status=401), "refused", ONCE),
        ("F11", "418", Reply(status=418), "unexpected", ONCE),
        ("F12", "drip-body", Reply(b"x" * 200, drip=0.05), "timeout", THRICE),
        ("F13", "drip-headers", drip_headers, "timeout", THRICE),
        ("F14", "hang", hang, "timeout", THRICE),
        ("F15", "short-length", Reply(PAGE, **CUT), "truncated", THRICE),  # type: ignore[arg-type]
        ("F16", "short-chunks", chunks(PAGE.encode()[:300], end=False), "truncated", THRICE),
        ("F17", "short-gzip", Reply(HALF, headers={"Content-Encoding": "gzip"}), "truncated", THRICE),
        ("F18", "gzip-bomb", Reply(b"\0" * 60_000_000, packed=True), "too-large", ONCE),
        ("F19", "large-announced", Reply(b"", length=50_000_000), "too-large", ONCE),
        ("F20", "endless", endless, "too-large", ONCE),
        ("F21", "brotli", Reply(PAGE, headers={"Content-Encoding": "br"}), "encoding", ONCE),
        ("F22", "not-http", refuse, "connection", THRICE),
        ("F23", "hang-up", hang_up, "connection", THRICE),
    )
]


@pytest.mark.parametrize(("act", "reason", "most"), BROKEN)
def test_a_broken_answer_costs_its_own_article_only(
    act: object, reason: str, most: int, site: Site, run: Run, archive: Archive
) -> None:
    site.pages = {"/bad.html": act, "/good.html": Reply(PAGE)}  # type: ignore[dict-item]
    quick = replace(MANNERS, total=0.5)
    start = time.monotonic()
    assert outcomes(run("/bad.html", "/good.html", manners=quick)) == {
        "/bad.html": reason,
        "/good.html": "new",
    }
    assert time.monotonic() - start < 4
    assert site.count("/bad.html") == most
    assert [archive.get(r.sha256) for r in archive.receipts()] == [PAGE.encode()]


@case("F02")
def test_a_page_missing_three_times_is_given_up(site: Site, run: Run) -> None:
    for _ in range(5):
        run("/gone.html")
    assert site.count("/gone.html") == 3


@case("F04")
def test_retry_after_seconds_are_waited(site: Site, run: Run) -> None:
    site.pages["/a.html"] = [Reply(status=429, headers={"Retry-After": "1"}), Reply(PAGE)]
    start = time.monotonic()
    assert outcomes(run("/a.html")) == {"/a.html": "new"}
    assert time.monotonic() - start >= 1


@case("F05")
def test_retry_after_a_date_is_waited(site: Site, run: Run) -> None:
    import datetime as dt

    until = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2), usegmt=True)
    site.pages["/a.html"] = [Reply(status=503, headers={"Retry-After": until}), Reply(PAGE)]
    start = time.monotonic()
    assert outcomes(run("/a.html")) == {"/a.html": "new"}
    assert 0.9 < time.monotonic() - start < 4


@case("F07")
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(status: int, site: Site, run: Run) -> None:
    site.pages["/a.html"] = [Reply(status=status, times=2), Reply(PAGE)]
    assert outcomes(run("/a.html")) == {"/a.html": "new"}
    assert site.count("/a.html") == 3


@case("F24")
def test_a_truncated_answer_is_had_whole_the_second_time(site: Site, run: Run, archive: Archive) -> None:
    site.pages["/a.html"] = [Reply(PAGE, length=9000, headers={"Connection": "close"}), Reply(PAGE)]
    assert outcomes(run("/a.html")) == {"/a.html": "new"}
    assert [archive.get(r.sha256) for r in archive.receipts()] == [PAGE.encode()]


@case("F25")
def test_a_packed_page_is_archived_unpacked(site: Site, run: Run, archive: Archive) -> None:
    site.pages["/a.html"] = Reply(PAGE, packed=True)
    run("/a.html")
    (receipt,) = archive.receipts()
    assert archive.get(receipt.sha256) == PAGE.encode()
    assert site.asked[-1][1]["Accept-Encoding"] == "gzip, deflate"


@case("F26")
def test_an_empty_answer_is_archived_and_unreadable(site: Site, run: Run, archive: Archive) -> None:
    site.pages["/a.html"] = Reply(b"")
    run("/a.html")
    (receipt,) = archive.receipts()
    with pytest.raises(UnreadableError) as told:
        text.extract(archive.get(receipt.sha256), receipt)
    assert told.value.reason == "empty"


@case("F27")
def test_nobody_listening(run: Run) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    (found,) = run(f"http://127.0.0.1:{port}/a.html")
    assert getattr(found.error, "reason", "") == "robots-wait"
    assert "refused" in str(found.error)


@case("F28")
def test_cookies_are_not_kept_and_the_name_is_honest(site: Site, run: Run) -> None:
    site.pages["/a.html"] = Reply(PAGE, headers={"Set-Cookie": "track=1; Path=/"})
    run("/a.html", "/a.html?2", manners=replace(MANNERS, contact="stat@example.org"))
    assert all("Cookie" not in headers for _, headers in site.asked)
    assert all("stat@example.org" in headers["User-Agent"] for _, headers in site.asked)


@case("F29")
def test_proxies_and_passwords_of_the_environment_are_not_used(
    site: Site, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    for name, value in {
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
        "NETRC": str(netrc),
    }.items():
        monkeypatch.setenv(name, value)
    site.pages["/a.html"] = Reply(PAGE)
    assert outcomes(run("/a.html")) == {"/a.html": "new"}
    assert all("Authorization" not in headers for _, headers in site.asked)


@case("F30")
def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(4):
            try:
                with context.wrap_socket(listener.accept()[0], server_side=True):
                    pass
            except OSError:
                pass

    threading.Thread(target=serve, daemon=True).start()
    os.environ.pop("REQUESTS_CA_BUNDLE", None)
    source = of_urls([f"https://localhost:{listener.getsockname()[1]}/a.html"])
    (found,) = fetch.collect(source, Archive(tmp_path / "archive"), fetch.web(MANNERS))
    assert getattr(found.error, "reason", "") == "tls"
    listener.close()


@case("F31")
def test_one_host_is_asked_one_thing_at_a_time_with_a_pause(site: Site, archive: Archive) -> None:
    for number in range(4):
        site.pages[f"/a{number}.html"] = Reply(article(number + 1))
    web = fetch.web(replace(MANNERS, delay=0.1))
    sources = [
        of_urls([site.url("/a0.html"), site.url("/a1.html")]),
        of_urls([site.url("/a2.html"), site.url("/a3.html")]),
    ]
    threads = [threading.Thread(target=lambda s=s: list(fetch.collect(s, archive, web))) for s in sources]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gaps = [b - a for a, b in zip(site.times, site.times[1:], strict=False)]
    assert len(site.times) == 5  # four pages and robots.txt
    assert min(gaps) >= 0.1
