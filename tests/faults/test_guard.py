"""Where nobody may be led: private addresses, other hosts and schemes, circles; what robots.txt says."""

import ipaddress
import socket
import time
from dataclasses import replace

import pytest
from loopback import Reply, Site, article, listing
from runs import MANNERS, Run, outcomes

from flows.fetch import guard
from flows.fetch.archive import Archive
from flows.fetch.faults import Fault
from flows.fetch.manners import Manners

PAGE = article()
STRICT = Manners(delay=0, backoff=0.01)


def case(id: str) -> pytest.MarkDecorator:
    return pytest.mark.case(id)


def to(target: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": target})


FORBIDDEN = [
    pytest.param("http://127.0.0.1/a", "private-address", marks=case("F40")),
    pytest.param("http://localhost/a", "private-address"),
    pytest.param("http://10.1.2.3/a", "private-address", marks=case("F41")),
    pytest.param("http://172.16.0.1/a", "private-address"),
    pytest.param("http://192.168.1.1/a", "private-address"),
    pytest.param("http://169.254.169.254/latest/meta-data/", "private-address", marks=case("F42")),
    pytest.param("http://100.64.0.1/a", "private-address"),
    pytest.param("http://0.0.0.0/a", "private-address"),
    pytest.param("http://[::1]/a", "private-address"),
    pytest.param("http://[::ffff:10.0.0.1]/a", "private-address", marks=case("F43")),
    pytest.param("http://[64:ff9b::a00:1]/a", "private-address"),
    pytest.param("http://[fd00::1]/a", "private-address"),
    pytest.param("http://2130706433/a", "private-address", marks=case("F44")),
    pytest.param("http://0x7f.1/a", "private-address"),
    pytest.param("http://224.0.0.1/a", "private-address"),
    pytest.param("http://93.184.216.34:22/a", "port", marks=case("F45")),
    pytest.param("https://93.184.216.34:8443/a", "port"),
    pytest.param("file:///etc/passwd", "scheme", marks=case("F46")),
    pytest.param("ftp://93.184.216.34/a", "scheme"),
    pytest.param("gopher://93.184.216.34/a", "scheme"),
    pytest.param("http://me:secret@93.184.216.34/a", "credentials", marks=case("F47")),
    pytest.param("http:///a", "bad-address"),
    pytest.param("http://93.184.216.34 /a", "bad-address"),
    pytest.param("http://93.184.216.34:99999/a", "bad-address"),
    pytest.param("http://[::1/a", "bad-address"),
]


@pytest.mark.parametrize(("url", "reason"), FORBIDDEN)
def test_forbidden_addresses(url: str, reason: str) -> None:
    with pytest.raises(Fault) as told:
        guard.allowed(url, STRICT)
    assert told.value.reason == reason
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "2002:808:808::1"]
)
def test_public_addresses(address: str) -> None:
    assert guard.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("host", "ok"),
    [("customs.gov.cn", True), ("chengdu.customs.gov.cn", True), ("www.customs.gov.cn", True),
     ("notcustoms.gov.cn", False), ("customs.gov.cn.example.org", False)],
)  # fmt: skip
def test_host_list(host: str, ok: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *a, **k: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))],
    )
    if ok:
        assert guard.allowed(f"http://{host}/", STRICT, ("www.customs.gov.cn",)).hostname == host
        return
    with pytest.raises(Fault) as told:
        guard.allowed(f"http://{host}/", STRICT, ("www.customs.gov.cn",))
    assert told.value.reason == "host-not-allowed"


@case("F32")
def test_a_short_chain_of_redirects_is_followed_and_remembered(
    site: Site, run: Run, archive: Archive
) -> None:
    site.pages = {
        "/a": to("/b", 301),
        "/b": to("c?x=1", 307),
        "/c?x=1": to(site.url("/d"), 308),
        "/d": Reply(PAGE),
    }
    assert outcomes(run("/a")) == {"/a": "new"}
    (receipt,) = archive.receipts()
    assert (receipt.url, receipt.final_url) == (site.url("/a"), site.url("/d"))


@case("F33")
def test_six_redirects_are_too_many(site: Site, run: Run) -> None:
    site.pages = {f"/{n}": to(f"/{n + 1}") for n in range(9)}
    assert outcomes(run("/0")) == {"/0": "too-many-redirects"}
    assert len([p for p, _ in site.asked if p != "/robots.txt"]) == 6


@case("F34")
def test_a_circle_of_redirects(site: Site, run: Run) -> None:
    site.pages = {"/a": to("/b"), "/b": to("/a")}
    assert outcomes(run("/a")) == {"/a": "redirect-loop"}


REDIRECTS = [
    pytest.param("http://10.0.0.8/secret", "host-not-allowed", (), marks=case("F35")),
    pytest.param("http://10.0.0.8/secret", "private-address", ("127.0.0.1", "10.0.0.8"), marks=case("F36")),
    pytest.param("http://169.254.169.254/x", "private-address", ("127.0.0.1", "169.254.169.254"),
                 marks=case("F37")),
    pytest.param("file:///etc/passwd", "scheme", (), marks=case("F38")),
    pytest.param("//evil.example/a", "host-not-allowed", (), marks=case("F39")),
    pytest.param("http://[bad", "bad-address", ()),
    pytest.param("javascript:alert(1)", "scheme", ()),
]  # fmt: skip


@pytest.mark.parametrize(("target", "reason", "hosts"), REDIRECTS)
def test_a_redirect_is_checked_before_it_is_followed(
    target: str, reason: str, hosts: tuple[str, ...], site: Site, run: Run, archive: Archive
) -> None:
    site.pages = {"/a": to(target), "/b": Reply(PAGE)}
    assert outcomes(run("/a", "/b", hosts=hosts)) == {"/a": reason, "/b": "new"}
    assert len(list(archive.receipts())) == 1


@case("F48")
def test_a_name_that_changes_its_meaning_is_caught_at_the_connection(
    site: Site, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(host: str, port: int, *args: object, **kwargs: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, "127.0.0.1"), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    from flows.fetch.client import Client

    with pytest.raises(Fault) as told:
        Client(replace(STRICT, ports=frozenset({site.port}))).get(f"http://rebind.example:{site.port}/a")
    assert told.value.reason == "private-address"
    assert site.asked == []


@case("F49")
def test_robots_disallow_is_obeyed(site: Site, run: Run) -> None:
    site.pages = {
        "/robots.txt": Reply("User-agent: *\nDisallow: /private/\n"),
        "/a.html": Reply(PAGE),
        "/private/a": Reply(PAGE),
    }
    assert outcomes(run("/private/a", "/a.html")) == {"/private/a": "robots", "/a.html": "new"}
    assert site.count("/private/a") == 0


@case("F50")
@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_fail_mean_wait(status: int, site: Site, run: Run) -> None:
    site.pages = {"/robots.txt": Reply(status=status), "/a.html": Reply(PAGE)}
    assert outcomes(run("/a.html")) == {"/a.html": "robots-wait"}
    assert site.count("/a.html") == 0
    site.pages["/robots.txt"] = Reply(status=404)
    assert outcomes(run("/a.html")) == {"/a.html": "new"}


@case("F51")
@pytest.mark.parametrize("status", [404, 403, 401, 410])
def test_missing_robots_allow(status: int, site: Site, run: Run) -> None:
    site.pages = {"/robots.txt": Reply(status=status), "/a.html": Reply(PAGE)}
    assert outcomes(run("/a.html")) == {"/a.html": "new"}


@case("F52")
def test_robots_are_read_once_a_run(site: Site, run: Run) -> None:
    site.pages = {"/robots.txt": Reply("User-agent: *\nAllow: /\n")} | {
        f"/a{n}.html": Reply(article(n)) for n in range(1, 5)
    }
    run(*(f"/a{n}.html" for n in range(1, 5)))
    assert site.count("/robots.txt") == 1


@case("F53")
def test_the_rules_for_this_program_go_before_those_for_all(site: Site, run: Run) -> None:
    site.pages = {
        "/robots.txt": Reply(
            "User-agent: *\nDisallow: /\n\nUser-agent: customhouse\nAllow: /news/\nDisallow: /\n"
        ),
        "/news/a": Reply(PAGE),
        "/b": Reply(PAGE),
    }
    assert outcomes(run("/news/a", "/b")) == {"/news/a": "new", "/b": "robots"}


@case("F54")
def test_crawl_delay_is_kept(site: Site, run: Run) -> None:
    site.pages = {"/robots.txt": Reply("User-agent: *\nCrawl-delay: 0.3\n")} | {
        f"/a{n}.html": Reply(article(n)) for n in (1, 2, 3)
    }
    start = time.monotonic()
    run("/a1.html", "/a2.html", "/a3.html", manners=MANNERS)
    assert time.monotonic() - start >= 0.9


@case("F55")
def test_robots_guard_the_listing_too(site: Site, run: Run) -> None:
    site.pages = {"/robots.txt": Reply("User-agent: *\nDisallow: /list\n"), "/list.html": Reply(listing(1))}
    assert outcomes(run(items=".list a")) == {"/list.html": "robots"}
    assert site.count("/list.html") == 0
