"""Publishing: all or nothing, equal is nothing, and readers never notice."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows.errors import RefusedError
from flows.load import publish, query
from flows.settings import Home
from tests.sql import house

NOON = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)


def line(value: int) -> str:
    return house.article(
        [house.claim(value, f"{value} yuan", product=f"thing {value}")], url=f"https://a.example/{value}"
    )


def value(home: Home) -> list[int]:
    with query.connect(home.database) as con:
        return [int(v) for (v,) in con.execute("select value from fct_figure order by 1").fetchall()]


def test_first_release_then_nothing_new_then_news(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = house.published(tmp_path, [line(5)], NOON)
    assert first.changed
    assert first.folder == home.releases / first.release_id
    manifest = json.loads((first.folder / "manifest.json").read_text())
    assert manifest["fingerprint"] == first.fingerprint
    assert manifest["tables"]["fct_figure"] == 1
    assert manifest["audits"]
    parquet = duckdb.sql(f"from '{first.folder}/parquet/fct_figure.parquet'").fetchall()
    assert len(parquet) == 1

    before = home.database.stat()
    again = house.published(tmp_path, [line(5)], NOON + dt.timedelta(days=1))
    assert (again.changed, again.release_id) == (False, first.release_id)
    after = home.database.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [p.name for p in home.releases.iterdir()] == [first.release_id]

    news = house.published(tmp_path, [line(5), line(7)], NOON + dt.timedelta(days=2))
    assert news.changed
    assert value(home) == [5, 7]
    assert len(list(home.releases.iterdir())) == 2
    assert publish.published(home) == (news.release_id, news.fingerprint)


def test_a_fingerprint_forgets_order_and_time(tmp_path: Path) -> None:
    one = house.published(tmp_path / "one", [line(5), line(7)], NOON)
    two = house.published(tmp_path / "two", [line(7), line(5)], NOON + dt.timedelta(days=9))
    assert one.fingerprint == two.fingerprint
    later = [
        json.dumps({**json.loads(x), "fetched_at": "2026-01-25T00:00:00+00:00"}) for x in (line(5), line(7))
    ]
    assert house.published(tmp_path / "three", later, NOON).fingerprint == one.fingerprint


def test_a_refused_file_changes_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    house.published(tmp_path, [line(5)], NOON)
    con = house.built(tmp_path, [line(5), line(7)])
    con.execute("update stg_place set printed = 'x'")
    con.close()
    with pytest.raises(RefusedError, match="proof_of_place"):
        publish.publish(home, tmp_path / ".building" / "customhouse.duckdb", {}, now=NOON)
    assert value(home) == [5]
    assert len(list(home.releases.iterdir())) == 1


def test_a_stale_log_beside_the_target_is_removed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    house.published(tmp_path, [line(5)], NOON)
    home.database.with_name("customhouse.duckdb.wal").write_bytes(b"left by a writer that died")
    house.published(tmp_path, [line(7)], NOON)
    assert value(home) == [7]


def test_a_file_that_is_no_warehouse_is_replaced(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.database.write_bytes(b"not a database")
    assert house.published(tmp_path, [line(7)], NOON).changed
    assert value(home) == [7]


def test_a_run_killed_around_the_swap_is_healed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = house.published(tmp_path, [line(5)], NOON)
    # killed after the swap, before the folder took its name
    (home.releases / first.release_id).rename(home.releases / f".{first.release_id}.aside")
    # killed before the swap
    (home.releases / ".20200101T000000Z-0000.aside").mkdir()
    house.published(tmp_path, [line(5)], NOON)
    assert [p.name for p in home.releases.iterdir()] == [first.release_id]


READER = """
import sys, time
import duckdb
seen = []
print("ready", flush=True)
while True:
    with duckdb.connect(sys.argv[1], read_only=True) as con:
        facts = con.execute("select count(*), max(value) from fct_figure").fetchall()[0]
        best = con.execute("select count(*) from obs").fetchall()[0][0]
        told = con.execute("select count(*) from stg_article").fetchall()[0][0]
    assert facts[0] == best == told == int(facts[1]), (facts, best, told)
    if not seen or seen[-1] != told:
        seen.append(told)
    if told == 11:
        print(seen)
        break
"""


def test_a_reader_in_a_loop_sees_ten_publications_and_never_half_of_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    lines = [line(n) for n in range(1, 12)]
    house.published(tmp_path, lines[:1], NOON)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(home.database)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    for n in range(2, 12):
        assert house.published(tmp_path, lines[:n], NOON + dt.timedelta(days=n)).changed
    out, err = reader.communicate(timeout=60)
    assert reader.returncode == 0, err
    seen = json.loads(out)
    assert seen == sorted(seen)
    assert seen[-1] == 11
    assert len(list(home.releases.iterdir())) == 11


def test_an_open_session_keeps_its_snapshot(tmp_path: Path) -> None:
    home = Home(tmp_path)
    house.published(tmp_path, [line(5)], NOON)
    with query.connect(home.database) as con:
        code = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n" \
               "from pathlib import Path\nfrom tests.sql import house\n" \
               f"house.published(Path({str(tmp_path)!r}), [{line(7)!r}])"  # fmt: skip
        subprocess.run([sys.executable, "-c", code], check=True)
        assert [int(v) for (v,) in con.execute("select value from fct_figure").fetchall()] == [5]
    assert value(home) == [7]
