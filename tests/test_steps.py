"""Ingest, read, build and publish without Prefect: what stays, what is made again, what is refused."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import duckdb
import pytest

from flows import stage, steps
from flows.errors import CustomhouseError, LockedError, UsageError
from flows.fetch.archive import Archive
from flows.load.publish import published
from flows.settings import SAMPLES, Home
from flows.summary import summary
from tests.homes import NOW, run

LINE = (
    "article_id sha256 name url title publisher source lang published fetched_at text status reason figures "
    "numerals"
)
FIGURE = (
    "figure_id reporter partner flow product enterprise regime channel period measure unit value step lo hi "
    "bound stance basis counted by of rule places"
)
NUMERAL = "start end printed fate reason rule figure_ids"


def ingest(home: Home, *paths: Path) -> steps.Ingested:
    return steps.ingest(home, [str(p) for p in paths], now=NOW)


def lines(home: Home) -> list[dict]:
    parts = stage.Staging(home.staging).parts()
    return [json.loads(line) for part in parts for line in part.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_staged_line_has_every_key_of_the_contract(home: Home) -> None:
    ingest(home, SAMPLES / "chongqing-2025.txt")
    (outcome,) = steps.read(home)
    (line,) = lines(home)
    assert list(line) == LINE.split()
    assert line["published"] == "2026-01-26"
    assert line["lang"] == "zh"
    assert len(line["figures"]) == outcome.figures > 20
    for figure in line["figures"]:
        assert list(figure) == FIGURE.split()
        for place in figure["places"]:
            assert line["text"][place["start"] : place["end"]] == place["printed"]
    known = {figure["figure_id"] for figure in line["figures"]}
    assert len(known) == len(line["figures"])
    for numeral in line["numerals"]:
        assert list(numeral) == NUMERAL.split()
        assert known.issuperset(numeral["figure_ids"])
        assert bool(numeral["figure_ids"]) == (numeral["fate"] == "figure")


BAD = [
    ("empty.txt", b"", "unreadable", "empty"),
    ("picture.txt", bytes(range(256)) * 40, "unreadable", "binary"),
    ("large.txt", b"Exports rose 5 percent.\n" * 2_200_000, "unreadable", "too-large"),
    ("charset.html", b"<html><meta charset='x-nonsense'><body>\xff\xfe\x81\x00\x9f", "unreadable", None),
    ("undated.txt", b"Exports rose 5 percent.\n", "read", "no-date"),
    ("story.txt", b"January 26, 2026\n\nThe harbour was quiet and the gulls slept.\n", "read", "no-figures"),
]


def test_bad_inputs_are_rows_with_a_reason_and_the_run_goes_on(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data, _, _ in BAD:
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_bytes((SAMPLES / "sichuan-2024-02.txt").read_bytes())
    came = ingest(home, *(folder / name for name, *_ in BAD), folder / "good.txt")
    assert came.new == len(BAD) + 1
    told = {o.name: o for o in steps.read(home)}
    for name, _, status, reason in BAD:
        assert told[name].status == status, name
        if reason:
            assert reason in (told[name].reason or ""), name
        assert told[name].reason, name
    assert told["good.txt"].status == "read"
    done = summary(home, came, tuple(told.values()), steps.publish(home, steps.build(home), now=NOW))
    said = "\n".join(done.lines())
    for name, *_ in BAD:
        assert f"  {name}: " in said
    assert "  good.txt: " not in said
    assert done.worked
    with duckdb.connect(str(home.database), read_only=True) as con:
        rows = con.execute("select name, status, reason from stg_article where reason is not null").fetchall()
        assert {row[0] for row in rows} >= {name for name, *_ in BAD}
        assert con.execute("select count(*) from fct_figure").fetchall()[0][0] > 10


def test_where_nothing_can_be_read_nothing_worked_and_the_reason_is_kept(home: Home, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    came, outcomes = ingest(home, tmp_path / "empty.txt"), steps.read(home)
    done = summary(home, came, outcomes, steps.publish(home, steps.build(home), now=NOW))
    assert not done.worked
    assert done.look == ("empty.txt: unreadable: the file is empty",)
    with duckdb.connect(str(home.database), read_only=True) as con:
        assert con.execute("select name, reason from stg_article").fetchall() == [("empty.txt", "empty")]


def test_a_path_that_is_not_there_is_wrong_usage_and_nothing_is_put(home: Home, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        ingest(home, SAMPLES, tmp_path / "nowhere")
    assert not home.archive.exists()


def test_where_nothing_comes_in_every_reason_is_told(home: Home, tmp_path: Path) -> None:
    broken = tmp_path / "a.txt"
    broken.write_text("Exports rose 5 percent.\n")
    (tmp_path / "a.txt.meta.json").write_text("{")
    with pytest.raises(CustomhouseError, match=r"nothing could be brought in\n.*a\.txt\.meta\.json.*broken"):
        ingest(home, broken)
    with pytest.raises(CustomhouseError, match=r"127\.0\.0\.1"):
        steps.ingest(home, ["http://127.0.0.1:9/"], now=NOW)


def test_nothing_new_builds_nothing_and_a_new_article_does(samples: Home, home: Home, tmp_path: Path) -> None:
    assert run(home, [])
    before = home.database.stat().st_mtime_ns, published(home)
    assert not run(home, [], NOW + dt.timedelta(days=1))
    assert (home.database.stat().st_mtime_ns, published(home)) == before
    assert published(home)[1] == published(samples)[1], "one archive, one fingerprint"
    (tmp_path / "new.txt").write_text("January 20, 2025\n\nChongqing's exports rose 5.5 percent in 2024.\n")
    assert run(home, [str(tmp_path / "new.txt")])
    assert published(home)[1] != before[1][1]


def test_a_mended_meta_file_is_read_again_and_the_old_line_goes(home: Home, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Chongqing's exports rose 5 percent in the first quarter.\n")
    ingest(home, article)
    assert ["no-date" in (o.reason or "") for o in steps.read(home)] == [True]
    (tmp_path / "a.txt.meta.json").write_text('{"published": "2025-04-20"}')
    came = steps.ingest(home, [str(article)], now=NOW + dt.timedelta(hours=1))
    assert (came.new, came.known) == (0, 1)
    assert [o.reason for o in steps.read(home)] == [None]
    (line,) = lines(home)
    assert (line["published"], line["fetched_at"]) == ("2025-04-20", NOW.isoformat())
    assert line["figures"][0]["period"] == "2025-01/2025-03"
    assert steps.read(home) == ()


def test_many_articles_are_read_by_processes_with_the_same_result(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(150):
        (folder / f"{n}.txt").write_text(f"Chongqing, March 3, 2025\n\nExports rose {n}.5 percent in 2024.\n")
    other = Home(tmp_path / "other")
    for at, processes in ((home, 2), (other, 1)):
        ingest(at, folder)
        told: list[tuple[str, int, int]] = []
        assert len(steps.read(at, processes=processes, watch=lambda *a, told=told: told.append(a))) == 150
        assert told[-1] == ("read", 150, 150)
    assert [p.name for p in stage.Staging(home.staging).parts()] == [
        p.name for p in stage.Staging(other.staging).parts()
    ]
    assert lines(home) == lines(other)


def test_what_a_killed_run_left_in_staging_is_made_whole(home: Home) -> None:
    ingest(home, SAMPLES)
    steps.read(home)
    whole = lines(home)
    (part,) = stage.Staging(home.staging).parts()
    part.rename(part.with_name(f".{part.name}.aside"))
    assert len(steps.read(home)) == len(whole)
    assert lines(home) == whole


def test_one_run_at_a_time(home: Home) -> None:
    with steps.locked(home), pytest.raises(LockedError, match=str(os.getpid())), steps.locked(home):
        pass
    with steps.locked(home):
        pass


def test_many_small_parts_become_few_and_no_line_is_lost(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(stage.MANY + 6):
        (folder / f"{n}.txt").write_text(f"Chongqing, March 3, 2025\n\nExports rose {n}.5 percent in 2024.\n")
    ingest(home, folder)
    staging = stage.Staging(home.staging)
    steps.read(home, processes=1, batch=2)
    assert len(staging.parts()) == stage.MANY // 2 + 3, "not many yet"
    whole, keys = sorted(map(str, lines(home))), staging.keys()
    receipts = stage.in_force(Archive(home.archive).receipts())
    for receipt in receipts:  # a day with one article leaves a part of one line
        staging.write([stage.stage(Archive(home.archive).get(receipt.sha256), receipt)])
    staging.compact()
    assert len(staging.parts()) == 1
    assert sorted(map(str, lines(home))) == whole
    assert staging.keys() == keys
    assert steps.read(home) == ()
