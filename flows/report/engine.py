"""Where the SQL engine of the Ask page comes from, and what of it goes into a site.

DuckDB-Wasm is 34 MB (7.6 MB packed): too much for git, and at home in the npm registry. ``npm pack`` of one
pinned version, checked against the hash written here, fills a cache of this user once; every site then
holds hard links to it. A folder in ``CUSTOMHOUSE_DUCKDB_WASM`` with the two files of the package's
``dist`` does without npm.

Scripts carry the engine as text: a page opened from disk may load scripts, and nothing else. The Parquet
reader is an extension that the engine would ask another host for; the site asks nobody, so the page opens
a DuckDB file (the release without texts) instead.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from flows.errors import FetchError

__all__ = ["as_script", "cached", "fetch", "link"]

VERSION = "1.32.0"
PACKAGE = f"@duckdb/duckdb-wasm@{VERSION}"
INTEGRITY = "IewXTNYEjsZCPE9weUWgtjGxUlMRo7qhX0GF6tq/KjK8bnY+RAl4cyUdYUfcdzbyb4b9ZxPC+FOsCcxgaKFWMg=="
FILES = {"wasm": "duckdb-eh.wasm", "worker": "duckdb-browser-eh.worker.js"}


def cached() -> Path | None:
    """Return the folder with the packed engine, or None where it was never fetched."""
    folder = _cache()
    given = os.environ.get("CUSTOMHOUSE_DUCKDB_WASM")
    if given and not _whole(folder):
        _pack(Path(given), folder)
    return folder if _whole(folder) else None


def fetch() -> Path:
    """Return the folder with the packed engine, got from npm where it is not there yet; else FetchError."""
    if found := cached():
        return found
    npm = shutil.which("npm")
    hint = "install npm, or set CUSTOMHOUSE_DUCKDB_WASM to a folder with the files of the package's dist"
    if not npm:
        raise FetchError(f"there is no npm to get {PACKAGE} with", where="the Ask page", hint=hint)
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            [npm, "pack", PACKAGE, "--silent", "--fetch-retries=1", "--pack-destination", scratch],
            capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        packed = next(Path(scratch).glob("*.tgz"), None)
        if done.returncode or not packed:
            said = (done.stderr.strip().splitlines() or ["no answer"])[-1]
            raise FetchError(f"npm could not get {PACKAGE}: {said}", where="the Ask page", hint=hint)
        digest = hashlib.sha512(packed.read_bytes()).digest()
        if base64.b64encode(digest).decode() != INTEGRITY:
            raise FetchError(f"{PACKAGE} is not the package known here", where=str(packed), hint=hint)
        with tarfile.open(packed) as tar:
            tar.extractall(scratch, filter="data")
        _pack(Path(scratch, "package", "dist"), _cache())
    return _cache()


def link(folder: Path, target: Path) -> None:
    """Put the packed engine into a site: as links where the disk has them, else as copies."""
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        source, place = folder / f"{name}.js", target / f"{name}.js"
        try:
            os.link(source, place)
        except OSError:
            shutil.copyfile(source, place)


def as_script(name: str, data: bytes, target: Path) -> None:
    """Write bytes as a script that hands them over, packed, under ``name``."""
    text = base64.b64encode(gzip.compress(data, 6, mtime=0)).decode()
    target.write_text(f'customhouse_part("{name}","{text}");\n', encoding="ascii")


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base, "customhouse", f"duckdb-wasm-{VERSION}")


def _whole(folder: Path) -> bool:
    return all((folder / f"{name}.js").exists() for name in FILES)


def _pack(dist: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in FILES.items():
        if not (dist / file).exists():
            raise FetchError(f"there is no {file}", where=str(dist), hint=f"unpack {PACKAGE} there")
        aside = folder / f".{name}.aside"
        as_script(name, (dist / file).read_bytes(), aside)
        os.replace(aside, folder / f"{name}.js")
