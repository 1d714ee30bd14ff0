"""From a finished file to the published one: fingerprint, audits, release folder, swap."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import BuildError, RefusedError
from flows.load import build
from flows.load.dictionary import scripts
from flows.settings import SQL, Home

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AUDITS = "9_audits"
# what differs between two runs over the same articles
_RUN_TABLES = frozenset({"stg_receipt", "meta_release"})
_ASIDE = ".aside"


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication came to; ``changed`` is False where the published file was equal already."""

    release_id: str
    fingerprint: str
    changed: bool
    folder: Path | None


def fingerprint(con: DuckDBPyConnection) -> str:
    """Return a hash of every row of every table, whatever their order in the file.

    Left out are tables of the run itself and columns named ``*_at`` (when something was done): two
    runs over the same articles have one fingerprint.
    """
    import hashlib

    import duckdb

    digest = hashlib.sha256(duckdb.__version__.encode())
    columns: dict[str, list[str]] = {}
    for table, column in con.execute(
        "select c.table_name, c.column_name from duckdb_columns() c join duckdb_tables() t using (table_oid) "
        "where not t.temporary order by c.table_name, c.column_index"
    ).fetchall():
        columns.setdefault(table, []).append(column)
    for table, every in columns.items():
        if table in _RUN_TABLES:
            continue
        listed = ", ".join(f'"{c}"' for c in every if not c.endswith("_at"))
        row = con.execute(
            f"select count(*), bit_xor(h), sum(h::hugeint) from (select hash({listed}) as h from {table})"
        ).fetchall()[0]
        digest.update(repr((table, listed, *row)).encode())
    for view, sql in con.execute(
        "select view_name, sql from duckdb_views() where not internal and not temporary order by 1"
    ).fetchall():
        digest.update(f"{view}\n{sql}".encode())
    return digest.hexdigest()[:16]


def audit(con: DuckDBPyConnection) -> dict[str, int]:
    """Run every audit; raise RefusedError naming the first that returns rows, else return their names."""
    done: dict[str, int] = {}
    for script in scripts(SQL / AUDITS).values():
        broken = con.execute(f"select * from ({script.select}\n) limit 4").fetchall()
        if broken:
            raise RefusedError(
                f"audit {script.name}: {script.head} First rows: {broken[:3]}",
                where=str(script.path), hint="the published file stays as it was; mend the cause",
            )  # fmt: skip
        done[script.name] = 0
    return done


def published(home: Home) -> tuple[str, str] | None:
    """Return (release id, fingerprint) of the published file; None where there is none that opens."""
    import duckdb

    if not home.database.exists():
        return None
    try:
        with duckdb.connect(str(home.database), read_only=True) as con:
            return con.execute("select release_id, fingerprint from meta_release").fetchall()[0]
    except duckdb.Error:
        return None


def publish(
    home: Home,
    new: Path,
    manifest: Mapping[str, Any],
    *,
    now: dt.datetime,
    fill: Callable[[DuckDBPyConnection, Path], None] = lambda _con, _folder: None,
) -> Published:
    """Seal the built file, audit it as a reader would open it, and swap it in.

    ``new`` is the built file, closed, on the disk of the home; the caller holds the home's lock.
    ``manifest`` is added to what the release says of itself; ``fill`` writes further files into the
    release folder (it gets a read-only connection). Nothing changes where the published file has the
    same fingerprint. Raises RefusedError where an audit finds rows; the published file stays as it was.
    """
    import duckdb

    _heal(home)
    before = published(home)
    with duckdb.connect(str(new), config={"storage_compatibility_version": build.STORAGE}) as con:
        mark = fingerprint(con)
        if before and before[1] == mark:
            _forget(con, new)
            return Published(before[0], mark, False, None)
        release_id = f"{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}-{mark}"
        _sign(con, release_id, mark, now)
        con.execute("checkpoint")
    _no_log(new)
    aside = home.releases / f".{release_id}{_ASIDE}"
    try:
        _release(new, aside, {"release_id": release_id, "fingerprint": mark, **manifest}, now, fill)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    _swap(new, home.database)
    # the folder takes its name last: a release that can be seen is published
    folder = home.releases / release_id
    aside.rename(folder)
    _sync(home.releases)
    return Published(release_id, mark, True, folder)


def _forget(con: DuckDBPyConnection, new: Path) -> None:
    con.close()
    new.unlink()
    new.with_name(new.name + ".wal").unlink(missing_ok=True)


def _sign(con: DuckDBPyConnection, release_id: str, mark: str, now: dt.datetime) -> None:
    con.execute("create or replace table meta_release as select ?::varchar as release_id, "
                "?::varchar as fingerprint, ?::timestamp as built_at",
                [release_id, mark, now.astimezone(dt.UTC).replace(tzinfo=None)])  # fmt: skip
    build.describe(con, "table", "meta_release", "Which release this file is: one row.", {
        "release_id": "Name of the release folder: time of publication (UTC) and fingerprint.",
        "fingerprint": "Hash of every row: equal for equal content.",
        "built_at": "When it was published, UTC.",
    })  # fmt: skip


def _no_log(new: Path) -> None:
    wal = new.with_name(new.name + ".wal")
    if wal.exists():
        raise BuildError("a write-ahead log is left beside the new file", where=str(wal), hint="run again")


def _release(
    new: Path, aside: Path, manifest: Mapping[str, Any], now: dt.datetime,
    fill: Callable[[DuckDBPyConnection, Path], None],
) -> None:  # fmt: skip
    import duckdb

    aside.mkdir(parents=True)
    with duckdb.connect(str(new), read_only=True) as con:
        audits = audit(con)
        tables: dict[str, int] = {}
        (aside / "parquet").mkdir()
        for (table,) in con.execute(
            "select table_name from duckdb_tables() where not temporary order by 1"
        ).fetchall():
            path = aside / "parquet" / f"{table}.parquet"
            con.execute(
                f"copy {table} to {_quoted(path)} (format parquet, compression zstd, compression_level 1)"
            )
            tables[table] = con.execute(f"select count(*) from {table}").fetchall()[0][0]
        said = {**manifest, "published_at": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
                "duckdb": duckdb.__version__, "storage": build.STORAGE, "tables": tables,
                "audits": sorted(audits)}  # fmt: skip
        (aside / "manifest.json").write_text(
            json.dumps(said, indent=1, ensure_ascii=False, default=str) + "\n"
        )
        fill(con, aside)
    for path in aside.rglob("*"):
        _sync(path)
    _sync(aside)


def _swap(new: Path, target: Path) -> None:
    _sync(new)
    # a log left by somebody else's writer would make the new file unopenable
    target.with_name(target.name + ".wal").unlink(missing_ok=True)
    os.replace(new, target)
    _sync(target.parent)


def _heal(home: Home) -> None:
    """Finish or forget what an earlier run left: a release folder that had no time to take its name."""
    left = list(home.releases.glob(f".*{_ASIDE}"))
    if not left:
        return
    current = published(home)
    for aside in left:
        release_id = aside.name.removeprefix(".").removesuffix(_ASIDE)
        if current and current[0] == release_id:
            aside.rename(home.releases / release_id)
        else:
            shutil.rmtree(aside)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
