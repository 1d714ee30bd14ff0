"""Local files and folders: what counts as an article, what is refused, and what a meta file says."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from flows.errors import CustomhouseError, UsageError
from flows.fetch.local import LARGEST, collect
from flows.record import Receipt

NOW = dt.datetime(2026, 1, 26, 12, 0, tzinfo=dt.UTC)


def names(paths: list[Path]) -> list[str]:
    refused: list[CustomhouseError] = []
    found = [r.url.rpartition("/")[2] for _, r in collect(paths, refused, now=NOW)]
    assert not refused
    return found


def one(path: Path) -> tuple[bytes, Receipt]:
    ((data, receipt),) = collect([path], [], now=NOW)
    return data, receipt


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.html",
        "sub/c.pdf",
        "sub/d.md",
        "plain",
        "b.json",
        "b.txt.meta.json",
        "e.png",
        ".hidden.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}" if name.endswith("json") else f"text of {name}")
    (tmp_path / "raw").write_bytes(b"\x7fELF\0\0")
    return tmp_path


def test_a_folder_is_read_in_the_order_of_names(folder: Path) -> None:
    assert names([folder]) == ["a.html", "b.txt", "plain", "c.pdf", "d.md"]


def test_labels_and_meta_files_named_outright_are_no_articles(folder: Path) -> None:
    assert names(sorted(folder.glob("b.*"))) == ["b.txt"]


def test_a_file_named_twice_comes_once(folder: Path) -> None:
    assert names([folder / "b.txt", folder / "sub" / ".." / "b.txt", folder / "b.txt"]) == ["b.txt"]


def test_address_does_not_depend_on_where_one_stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, absolute = one(folder / "b.txt")
    monkeypatch.chdir(folder / "sub")
    _, relative = one(Path("../b.txt"))
    assert absolute == relative
    assert absolute.url == (folder / "b.txt").as_uri()
    assert absolute.fetched_at == "2026-01-26T12:00:00+00:00"


def test_meta_file_is_honoured(folder: Path) -> None:
    said = {
        "url": "https://a.example/1",
        "published": "2026-01-26",
        "lang": "en",
        "publisher": "Daily",
        "more": [1],
    }
    (folder / "b.txt.meta.json").write_text(json.dumps(said))
    data, receipt = one(folder / "b.txt")
    assert data == b"text of b.txt"
    assert (receipt.url, receipt.published, receipt.lang, receipt.publisher) == (
        "https://a.example/1", "2026-01-26", "en", "Daily",
    )  # fmt: skip


@pytest.mark.parametrize("broken", ["{", "[]", '{"url": 3}', '{"published": "yesterday"}', "\x00"])
def test_a_broken_meta_file_refuses_its_file_only(folder: Path, broken: str) -> None:
    (folder / "b.txt.meta.json").write_text(broken)
    refused: list[CustomhouseError] = []
    found = [r.url.rpartition("/")[2] for _, r in collect([folder], refused, now=NOW)]
    assert found == ["a.html", "plain", "c.pdf", "d.md"]
    assert "b.txt.meta.json" in str(refused[0])
    assert len(refused) == 1


def test_a_large_file_is_refused_unread_but_stays_visible(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as handle:
        handle.truncate(50_000_000)
    data, receipt = one(file)
    assert receipt.headers["refused"] == "too-large"
    assert b"50000000 bytes" in data
    assert len(data) < 1000


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"a" * LARGEST)
    assert len(one(tmp_path / "x.txt")[0]) == LARGEST


def test_a_missing_path_is_wrong_usage_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        next(collect([folder, folder / "none"], []))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    refused: list[CustomhouseError] = []
    assert len(list(collect([folder], refused))) == 4
    assert "permissions" in str(refused[0])
