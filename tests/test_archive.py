"""The archive keeps every byte once, every receipt, and is whole after kill -9."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from flows.errors import CustomhouseError
from flows.fetch.archive import Archive, sha256
from flows.record import Receipt


def receipt(data: bytes, url: str = "https://a.example/1", at: str = "2026-01-26T00:00:00+00:00") -> Receipt:
    return Receipt(sha256=sha256(data), url=url, fetched_at=at, status=200, headers={"etag": '"x"'})


def tree(root: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file() and p.name != ".lock"
    }


def test_round_trip(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(b"bytes", receipt(b"bytes"))
    digest = sha256(b"bytes")
    assert (tmp_path / digest[:2] / digest[2:]).read_bytes() == b"bytes"
    assert archive.get(digest) == b"bytes"
    assert list(archive.receipts()) == [receipt(b"bytes")]


def test_equal_receipt_at_another_time_adds_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(b"x", receipt(b"x"))
    before = tree(tmp_path)
    archive.put(b"x", receipt(b"x", at="2027-01-01T00:00:00+00:00"))
    assert tree(tmp_path) == before


def test_same_bytes_at_two_addresses_are_one_object_with_two_receipts(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(b"x", receipt(b"x"))
    archive.put(b"x", receipt(b"x", url="https://b.example/2"))
    assert [r.url for r in archive.receipts()] == ["https://a.example/1", "https://b.example/2"]
    assert len(tree(tmp_path)) == 2


def test_a_changed_page_is_a_second_object(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(b"old", receipt(b"old"))
    archive.put(b"new", receipt(b"new"))
    assert {archive.get(r.sha256) for r in archive.receipts()} == {b"old", b"new"}


def test_wrong_receipt_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CustomhouseError, match="differ"):
        Archive(tmp_path).put(b"x", receipt(b"y"))


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", ""])
def test_unknown_object(tmp_path: Path, digest: str) -> None:
    with pytest.raises(CustomhouseError):
        Archive(tmp_path).get(digest)


def test_damage_is_told_and_mended_by_a_new_put(tmp_path: Path) -> None:
    archive, digest = Archive(tmp_path), sha256(b"bytes")
    archive.put(b"bytes", receipt(b"bytes"))
    (tmp_path / digest[:2] / digest[2:]).write_bytes(b"byt")
    with pytest.raises(CustomhouseError, match="damaged"):
        archive.get(digest)
    archive.put(b"bytes", receipt(b"bytes"))
    assert archive.get(digest) == b"bytes"


def test_a_broken_receipt_names_file_and_line(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(b"x", receipt(b"x"))
    path = next(tmp_path.rglob("*.jsonl"))
    path.write_text(path.read_text() + "{half")
    with pytest.raises(CustomhouseError, match=r"\.jsonl:2"):
        list(archive.receipts())


def test_threads_lose_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)

    def work(number: int) -> None:
        for page in range(10):
            archive.put(b"same", replace(receipt(b"same"), url=f"https://a.example/{number}/{page}"))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({r.url for r in archive.receipts()}) == 40


WRITER = """
import sys
from pathlib import Path
from flows.fetch.archive import Archive, sha256
from flows.record import Receipt
archive = Archive(Path(sys.argv[1]))
for n in range(int(sys.argv[2])):
    data = (b"%d " % n) * 20000
    archive.put(data, Receipt(sha256=sha256(data), url=f"https://a.example/{n}", fetched_at="t"))
    print(n, flush=True)
"""


def test_kill_at_any_moment_and_run_again_gives_the_same_archive(tmp_path: Path) -> None:
    def run(root: Path, kill_after: float | None) -> int:
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(root), "60"], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            acknowledged = [writer.stdout.readline()]
            if kill_after is not None:
                time.sleep(kill_after)
                os.kill(writer.pid, signal.SIGKILL)
            return len([line for line in acknowledged + writer.stdout.readlines() if line.endswith("\n")])

    whole, killed = tmp_path / "whole", tmp_path / "killed"
    run(whole, None)
    for round_ in range(4):
        acknowledged = run(killed, 0.003 * (round_ + 1))
        found = list(Archive(killed).receipts())
        assert len(found) >= acknowledged
        assert all(Archive(killed).get(r.sha256) for r in found)
    run(killed, None)
    assert tree(killed) == tree(whole)


def test_receipts_are_json_lines(tmp_path: Path) -> None:
    Archive(tmp_path).put("字".encode(), replace(receipt("字".encode()), title="标题"))
    (line,) = next(tmp_path.rglob("*.jsonl")).read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["title"] == "标题"
    assert "标题" in line
