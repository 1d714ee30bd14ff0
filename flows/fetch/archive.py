"""The archive of article bytes: append-only, addressed by content, safe to kill at any moment.

Bytes with SHA-256 ``abcdef…`` stand at ``ab/cdef…`` and the receipts that tell how they were come
by at ``ab/cdef….jsonl``, one JSON object a line. Both are written aside, synced and renamed, so a
name that exists is whole. The same bytes at two addresses are one object with two receipts, and an
address whose bytes change has two objects.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path

from flows.errors import CustomhouseError
from flows.record import Receipt, canonical_json

__all__ = ["Archive", "sha256", "write_whole"]

MANY = 16
"""Files above which one sync of the whole disk is cheaper than one for each."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def sha256(data: bytes) -> str:
    """Return the address of some bytes: 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that its name never stands for half of it, even after kill -9 or power loss.

    The aside file has a fixed name: what a killed run left there, the next run overwrites.
    """
    _write_whole({path: data})


def _write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files so that all are on the disk before the first takes its name; names come in order."""
    asides = {path: path.with_name(f".{path.name}.aside") for path in files}
    folders = {path.parent for path in files}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    many = len(files) > MANY
    for path, aside in asides.items():
        with aside.open("wb") as file:
            file.write(files[path])
            if not many:
                file.flush()
                os.fsync(file.fileno())
    if many:
        os.sync()
    for path, aside in asides.items():
        aside.replace(path)
    if many:
        os.sync()
        return
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Archive:
    """The objects and receipts under one folder; several threads and processes may put at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._mutex = threading.Lock()

    def put(self, data: bytes, receipt: Receipt) -> None:
        """Keep the bytes and the receipt; a receipt that differs only in its time adds nothing.

        Raises CustomhouseError where the receipt speaks of other bytes.
        """
        self.put_all([(data, receipt)])

    def put_all(self, articles: Iterable[tuple[bytes, Receipt]]) -> None:
        """Keep many at once as ``put`` keeps one: the disk is waited for once for all, not for each."""
        with self._alone():
            files: dict[Path, bytes] = {}
            for data, receipt in articles:
                if sha256(data) != receipt.sha256:
                    raise CustomhouseError(
                        "receipt and bytes differ", where=receipt.url, hint="hash the bytes that are put"
                    )
                place = self._object(receipt.sha256)
                receipts = place.with_name(f"{place.name}.jsonl")
                if receipts in files:  # the same bytes twice: the second must see the receipt of the first
                    _write_whole(files)
                    files = {}
                if not place.is_file() or place.stat().st_size != len(data):
                    files[place] = data
                known = list(_lines(receipts))
                if replace(receipt, fetched_at="") not in [replace(r, fetched_at="") for r in known]:
                    lines = [canonical_json(asdict(r)) for r in [*known, receipt]]
                    files[receipts] = "".join(f"{line}\n" for line in lines).encode()
            if files:
                _write_whole(files)

    def get(self, sha256: str) -> bytes:
        """Return the bytes; raise CustomhouseError where the archive has none or they are damaged."""
        try:
            data = self._object(sha256).read_bytes()
        except FileNotFoundError:
            raise CustomhouseError(
                "the archive has no such object", where=sha256, hint="ingest the article again"
            ) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise CustomhouseError(
                "the object's bytes are damaged",
                where=str(self._object(sha256)),
                hint="restore the file from a copy, or delete it and ingest the article again",
            )
        return data

    def has(self, sha256: str) -> bool:
        """Tell whether the archive holds the bytes and at least one receipt."""
        place = self._object(sha256)
        return place.is_file() and place.with_name(f"{place.name}.jsonl").is_file()

    def receipts(self) -> Iterator[Receipt]:
        """Yield every receipt, by SHA-256 and then in the order they came.

        An object that a killed run left without a receipt does not count until it has one.
        """
        # a hundred thousand articles: listing names is twice as quick as globbing paths
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for name in sorted(os.listdir(folder)):
                if name.endswith(".jsonl") and not name.startswith("."):
                    yield from _lines(folder / name)

    def _object(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise CustomhouseError("not a SHA-256", where=sha256[:80], hint="give 64 hexadecimal digits")
        return self.root / sha256[:2] / sha256[2:]

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the archive for one put: receipts are read, added to and renamed."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._mutex, (self.root / ".lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _lines(path: Path) -> Iterator[Receipt]:
    """Yield the receipts of one object; none where there is no file."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield Receipt(**json.loads(line))
        except (TypeError, ValueError) as error:
            raise CustomhouseError(
                f"not a receipt: {error}",
                where=f"{path}:{number}",
                hint="restore the line from a copy of the archive, or delete it and ingest the article again",
            ) from None
