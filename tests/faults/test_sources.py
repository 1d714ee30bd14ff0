"""What sources do: pages of lists, feeds, sitemaps, changes, silence; and what a kill leaves."""

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from loopback import Reply, Site, article, listing
from runs import NOW, Run, outcomes

from flows import fetch
from flows.errors import UsageError
from flows.fetch import probe
from flows.fetch.archive import Archive
from flows.fetch.sources import Source, load

RSS = '<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel>{items}</channel></rss>'

ITEM = (
    "<item><title>{title}</title><link>{link}</link><pubDate>Wed, 22 Oct 2025 10:22:00 +0800</pubDate></item>"
)


def case(id: str) -> pytest.MarkDecorator:
    return pytest.mark.case(id)


def serve(site: Site, *numbers: int) -> None:
    for number in numbers:
        site.pages[f"/a{number}.html"] = Reply(article(number), headers={"ETag": f'"{number}"'})


def kept(archive: Archive) -> dict[str, set[bytes]]:
    out: dict[str, set[bytes]] = {}
    for receipt in archive.receipts():
        out.setdefault(receipt.url.rpartition("/")[2], set()).add(archive.get(receipt.sha256))
    return out


@case("F56")
def test_pages_of_a_list_are_followed_until_nothing_is_new(site: Site, run: Run, archive: Archive) -> None:
    serve(site, *range(1, 10))
    site.pages |= {
        "/list.html": Reply(listing(9, 8, 7)),
        "/list_2.html": Reply(listing(6, 5)),
        "/list_3.html": Reply(listing(4)),
    }
    paged = {"items": ".list a", "pages": site.url("/list_{n}.html"), "most_pages": 3}
    first = outcomes(run(**paged))
    assert sorted(u for u, o in first.items() if o == "new" and u.startswith("/a")) == [
        f"/a{n}.html" for n in range(4, 10)
    ]
    before = len(site.asked)
    run(**paged)
    assert [p for p, _ in site.asked[before:]] == ["/robots.txt", "/list.html"]
    assert len(kept(archive)) == 6


@case("F57")
def test_a_next_link_that_leads_back_ends(site: Site, run: Run) -> None:
    serve(site, 1, 2, 3)
    site.pages |= {
        "/list.html": Reply(listing(3, 2, more='<a class="next" href="/list2.html">下一页</a>')),
        "/list2.html": Reply(listing(1, more='<a class="next" href="/list.html">下一页</a>')),
    }
    found = outcomes(run(items=".list a", next="a.next", most_pages=9))
    assert found == {
        "/list.html": "new",
        "/list2.html": "new",
        "/a3.html": "new",
        "/a2.html": "new",
        "/a1.html": "new",
    }


@case("F58")
def test_only_links_about_trade_are_fetched_from_a_gb18030_list(site: Site, run: Run) -> None:
    serve(site, 1)
    page = listing(1).replace("</ul>", '<li><a href="/party.html">召开党建会议</a></li></ul>')
    site.pages["/list.html"] = Reply(page.encode("gb18030"), headers={"Content-Type": "text/html"})
    assert outcomes(run(links=r"\.html$", words="外贸|进出口")) == {"/list.html": "new", "/a1.html": "new"}


@case("F59")
def test_a_gb2312_feed(site: Site, run: Run, archive: Archive) -> None:
    serve(site, 1)
    items = ITEM.format(title="重庆外贸增长", link="/a1.html") + ITEM.format(title="股市收评", link="/b.html")
    feed = RSS.format(charset="gb2312", items=items).encode("gb18030")
    site.pages["/list.html"] = Reply(feed, headers={"Content-Type": "application/xml"})
    assert outcomes(run(kind="feed", words="外贸")) == {"/list.html": "new", "/a1.html": "new"}
    (receipt,) = archive.receipts()
    assert receipt.headers["announced"] == "2025-10-22"


@case("F60")
def test_an_atom_entry_that_was_updated_is_asked_for_again(site: Site, run: Run, archive: Archive) -> None:
    def atom(day: int) -> Reply:
        return Reply(
            f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Trade</title>'
            '<link rel="alternate" href="/a1.html"/>'
            f"<published>2025-10-01T08:00:00Z</published><updated>2025-10-{day:02d}T08:00:00Z</updated></entry></feed>"
        )

    site.pages = {
        "/list.html": [atom(1), atom(2)],
        "/a1.html": [Reply(article(1)), Reply(article(1, more="更正。"))],
    }
    assert outcomes(run(kind="feed"))["/a1.html"] == "new"
    assert outcomes(run(kind="feed"))["/a1.html"] == "changed"
    assert len(kept(archive)["a1.html"]) == 2


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><item><link>&b;</link></item></rss>'


@pytest.mark.parametrize(
    ("kind", "page", "reason"),
    [
        pytest.param("feed", "<rss><channel><item>", "not-a-feed", marks=case("F61")),
        pytest.param("feed", "<html><body>moved</body></html>", "not-a-feed"),
        pytest.param("feed", BOMB, "not-a-feed", marks=case("F62")),
        pytest.param("sitemap", "<rss></rss>", "not-a-feed"),
        pytest.param(
            "listing", "<html><body><p>new design</p></body></html>", "nothing-found", marks=case("F63")
        ),
        pytest.param("listing", b"\x89PNG\r\n\x1a\n\0\0", "not-a-feed"),
    ],
)
def test_a_source_page_that_is_not_what_it_was(
    kind: str, page: str | bytes, reason: str, site: Site, run: Run
) -> None:
    site.pages["/list.html"] = Reply(page)
    assert outcomes(run(kind=kind, items=".list a")) == {"/list.html": reason}


@case("F64")
def test_sitemaps_lead_to_sitemaps(site: Site, run: Run) -> None:
    serve(site, 1, 2)
    urls = "".join(
        f"<url><loc>{site.url(f'/a{n}.html')}</loc><lastmod>2025-10-0{n}</lastmod></url>" for n in (1, 2)
    )
    site.pages |= {
        "/list.html": Reply(
            f"<sitemapindex><sitemap><loc>{site.url('/s1.xml')}</loc></sitemap></sitemapindex>"
        ),
        "/s1.xml": Reply(f'<?xml version="1.0"?><urlset>{urls}</urlset>'),
    }
    found = outcomes(run(kind="sitemap"))
    assert (found["/a1.html"], found["/a2.html"]) == ("new", "new")


@case("F65")
def test_a_day_with_nothing_new_costs_one_conditional_request(site: Site, run: Run, archive: Archive) -> None:
    serve(site, 1, 2, 3)
    site.pages["/list.html"] = Reply(listing(1, 2, 3), headers={"ETag": '"l"'})
    run(items=".list a")
    before = len(site.asked)
    assert outcomes(run(items=".list a")) == {"/list.html": "unchanged"}
    assert [p for p, _ in site.asked[before:]] == ["/robots.txt", "/list.html"]
    assert site.asked[-1][1]["If-None-Match"] == '"l"'


@case("F66")
def test_a_changed_page_is_a_second_version(site: Site, run: Run, archive: Archive) -> None:
    site.pages["/a.html"] = [Reply(article(1)), Reply(article(1)), Reply(article(2))]
    assert [outcomes(run("/a.html"))["/a.html"] for _ in range(3)] == ["new", "same", "changed"]
    assert len(kept(archive)["a.html"]) == 2


@case("F67")
def test_the_same_bytes_at_two_addresses(site: Site, run: Run, archive: Archive) -> None:
    site.pages = {"/a.html": Reply(article()), "/b.html": Reply(article())}
    run("/a.html", "/b.html")
    receipts = list(archive.receipts())
    assert len(receipts) == 2
    assert len({r.sha256 for r in receipts}) == 1


@case("F68")
def test_what_failed_is_asked_for_again_though_the_list_is_unchanged(
    site: Site, run: Run, archive: Archive
) -> None:
    serve(site, 1, 2)
    site.pages["/list.html"] = Reply(listing(1, 2), headers={"ETag": '"l"'})
    site.pages["/a2.html"] = [Reply(status=503, times=3), Reply(article(2))]
    assert outcomes(run(items=".list a"))["/a2.html"] == "server-error"
    assert outcomes(run(items=".list a")) == {"/list.html": "unchanged", "/a2.html": "new"}


@case("F69")
@pytest.mark.parametrize("harm", ["remove", "garbage", "half"])
def test_memory_lost_costs_requests_and_no_article(harm: str, site: Site, run: Run, archive: Archive) -> None:
    serve(site, 1, 2)
    site.pages["/list.html"] = Reply(listing(1, 2))
    run(items=".list a")
    before = kept(archive)
    (memory,) = (archive.root / ".fetch").glob("*.json")
    if harm == "remove":
        shutil.rmtree(archive.root / ".fetch")
    else:
        memory.write_bytes(b"\xff{" if harm == "garbage" else memory.read_bytes()[:50])
    run(items=".list a")
    assert kept(archive) == before


@case("F70")
def test_an_archive_lost_is_filled_again_though_memory_remains(
    site: Site, run: Run, archive: Archive
) -> None:
    serve(site, 1)
    run("/a1.html")
    before = kept(archive)
    for folder in archive.root.glob("[0-9a-f][0-9a-f]"):
        shutil.rmtree(folder)
    assert outcomes(run("/a1.html")) == {"/a1.html": "new"}
    assert kept(archive) == before


@case("F71")
def test_backfill_reads_old_pages_again_and_leaves_older_articles_out(
    site: Site, run: Run, archive: Archive
) -> None:
    serve(site, *range(1, 7))
    site.pages |= {
        "/list.html": Reply(listing(6, 5), headers={"ETag": '"l"'}),
        "/list_2.html": Reply(listing(4, 3)),
        "/list_3.html": Reply(listing(2, 1)),
    }
    run(items=".list a")
    assert sorted(kept(archive)) == ["a5.html", "a6.html"]
    run(items=".list a", pages=site.url("/list_{n}.html"), since=dt.date(2025, 10, 3))
    assert sorted(kept(archive)) == ["a3.html", "a4.html", "a5.html", "a6.html"]


@case("F72")
def test_one_source_down_does_not_stop_another(site: Site, archive: Archive, run: Run) -> None:
    serve(site, 1)
    site.pages |= {"/list.html": Reply(status=500), "/other.html": Reply(listing(1))}
    assert outcomes(run(items=".list a")) == {"/list.html": "server-error"}
    assert outcomes(run(address="/other.html", items=".list a"))["/a1.html"] == "new"


@case("F73")
def test_a_young_article_is_checked_again_where_the_source_asks_for_it(site: Site, run: Run) -> None:
    site.pages = {
        "/list.html": Reply(listing(1), headers={"ETag": '"l"'}),
        "/a1.html": [Reply(article(1)), Reply(article(2))],
    }
    run(items=".list a", recheck=3)
    assert outcomes(run(items=".list a", recheck=3)) == {"/list.html": "unchanged", "/a1.html": "changed"}


@case("F74")
def test_silence_and_failure_are_alerts(site: Site, run: Run, archive: Archive) -> None:
    serve(site, 1)
    site.pages["/list.html"] = [Reply(listing(1)), Reply(status=404)]
    source = Source("case", "listing", (site.url("/list.html"),), items=".list a")
    run(items=".list a")
    assert probe.health(source, archive.root, NOW).alert is None
    assert "silent" in str(probe.health(source, archive.root, NOW + dt.timedelta(days=60)).alert)
    run(items=".list a")
    health = probe.health(source, archive.root, NOW)
    assert "not-found" in str(health.alert)
    assert (health.had, health.waiting) == (1, 0)


@case("F75")
def test_a_source_is_tried_without_keeping_anything(site: Site, archive: Archive) -> None:
    from runs import MANNERS

    site.pages["/list.html"] = Reply(listing(3, 2))
    source = Source("case", "listing", (site.url("/list.html"),), items=".list a")
    tried = probe.check(source, fetch.web(MANNERS))
    assert (tried.works, tried.announced, tried.newest, tried.message) == (
        True,
        2,
        dt.date(2025, 10, 3),
        "works",
    )
    assert tried.sample[0] == "重庆外贸第3期"
    assert not archive.root.exists()
    broken = probe.check(replace(source, items=".none a"), fetch.web(MANNERS))
    assert not broken.works
    assert "nothing-found" in broken.message


RUNNER = """
import sys, datetime as dt
from pathlib import Path
from flows import fetch
from flows.fetch.archive import Archive
from flows.fetch.manners import Manners
from flows.fetch.sources import Source
source = Source("case", "listing", (sys.argv[2],), items=".list a")
web = fetch.web(Manners(loopback=True, delay=0.005))
for fetched in fetch.collect(source, Archive(Path(sys.argv[1])), web):
    print(fetched.outcome, flush=True)
"""


@case("F76")
def test_killed_while_fetching_and_run_again_the_archive_is_the_same(site: Site, tmp_path: Path) -> None:
    numbers = range(1, 29)
    serve(site, *numbers)
    site.pages["/list.html"] = Reply(listing(*numbers), headers={"ETag": '"l"'})

    def go(root: Path, kill_after: int | None = None) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", RUNNER, str(root), site.url("/list.html")],
            stdout=subprocess.PIPE,
            text=True,
        ) as running:
            assert running.stdout is not None
            for count, _ in enumerate(running.stdout):
                if kill_after is not None and count >= kill_after:
                    time.sleep(0.002 * (kill_after % 3))
                    os.kill(running.pid, signal.SIGKILL)
                    break

    def told(root: Path) -> list[dict[str, object]]:
        out = []
        for path in sorted(root.glob("[0-9a-f][0-9a-f]/*.jsonl")):
            out += [{**json.loads(line), "fetched_at": ""} for line in path.read_text().splitlines()]
        return out

    go(tmp_path / "whole")
    for moment in (0, 4, 9):
        go(tmp_path / "killed", moment)
        archive = Archive(tmp_path / "killed")
        assert all(archive.get(r.sha256) for r in archive.receipts())
    go(tmp_path / "killed")
    assert told(tmp_path / "killed") == told(tmp_path / "whole")
    assert len(told(tmp_path / "whole")) == len(numbers)


def test_the_shipped_sources_load_and_are_marked_untried() -> None:
    from flows.settings import REFERENCE

    sources = load(REFERENCE / "sources.toml")
    assert len(sources) >= 20
    assert not any(source.verified for source in sources)
    assert {"customs", "government", "agency", "reprint"} <= {source.source_class for source in sources}
    assert all(source.publisher and source.lang for source in sources)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('kind = "feed"\naddress = "https://a.example"', "id is missing"),
        ('id = "A b"\nkind = "feed"\naddress = "https://a.example"', "no id"),
        ('id = "a"\nkind = "rss"\naddress = "https://a.example"', "unknown kind"),
        ('id = "a"\nkind = "feed"\naddress = "ftp://a.example"', "not an address"),
        ('id = "a"\nkind = "feed"\naddress = "https://a.example"\nlinks = "("', "no pattern"),
        ('id = "a"\nkind = "feed"\naddress = "https://a.example"\nrank = "one"', "wrong type"),
        ('id = "a"\nkind = "feed"\naddress = "https://a.example"\ncolour = "red"', "unknown field"),
        ('id = "a"\nkind = "feed"\naddress = "https://a.example"\nclass = "blog"', "unknown class"),
        ("id = ", "not TOML"),
    ],
)
def test_a_wrong_entry_is_named(entry: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(f"[[source]]\n{entry}\n")
    with pytest.raises(UsageError, match=told) as error:
        load(path)
    assert "sources.toml" in str(error.value)


def test_a_folder_is_a_source(tmp_path: Path, archive: Archive) -> None:
    from runs import MANNERS

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Trade grew 5 percent.")
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nid = "f"\nkind = "folder"\naddress = "in"\nlang = "en"\n'
    )
    (source,) = load(tmp_path / "sources.toml")
    found = list(fetch.collect(source, archive, fetch.web(MANNERS)))
    assert [f.outcome for f in found] == ["new"]
    assert [f.outcome for f in fetch.collect(source, archive, fetch.web(MANNERS))] == ["same"]
    (receipt,) = archive.receipts()
    assert (receipt.source, receipt.lang) == ("f", "en")
