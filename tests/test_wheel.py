"""A wheel built from the repository works outside it: SQL, suites, words and tables travel in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = """
import datetime as dt, sys
from pathlib import Path
import flows
from flows import settings, steps
from flows.load import query
home = settings.Home(Path(sys.argv[1]))
now = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
assert "site" in flows.__file__, flows.__file__
steps.ingest(home, [], now=now)
steps.read(home, processes=1)
steps.publish(home, steps.build(home), now=now)
with query.connect(home.database) as con:
    print(query.select(con, "select count(*) from fct_figure").rows[0][0])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network by the back end that is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    code = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_everything_that_is_data_travels(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
    for folder in ("sql", "expectations", "warehouse/reference", "warehouse/samples"):
        found = (p.relative_to(ROOT) for p in (ROOT / folder).rglob("*.*") if p.is_file())
        there = {f"flows/data/{path}" for path in found if not path.name.startswith(".")}
        assert there
        assert there <= names, sorted(there - names)
    inside = {
        str(p.relative_to(ROOT))
        for p in (ROOT / "flows").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert inside <= names, sorted(inside - names)
    assert not [name for name in names if name.startswith(("tests", "archive")) or name.endswith(".duckdb")]


def test_it_runs_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as file:
        file.extractall(site)
    env = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-c", RUN, str(tmp_path / "home")], cwd=tmp_path, env=env,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 150
