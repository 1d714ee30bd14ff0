"""The README says what is: its answers, its commands, its paths."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from flows.fetch import sources
from flows.settings import Home
from tests import readme

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_answers_are_those_of_the_sample_articles(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    made = readme.made(TEXT, home, readme.sample_run(home))
    assert made == TEXT, "python -m tests.readme writes them anew"


def test_ci_takes_its_test_command_from_it() -> None:
    pattern = re.search(r"sed -n '(s/.*?/p)'", (ROOT / ".ci/run").read_text())
    assert pattern
    found = subprocess.run(
        ["sed", "-n", pattern[1], ROOT / "README.md"], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip().endswith(".venv/bin/pytest")


def test_the_files_and_links_it_names_are_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", TEXT):
        assert (ROOT / target).exists(), target
    for name in re.findall(r"^    ([\w./]+/|\.ci/run) {2,}", TEXT, re.M):
        assert (ROOT / name).exists(), name


def test_the_source_it_shows_is_one(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```", TEXT, re.S | re.M)
    (tmp_path / "sources.toml").write_text(block, encoding="utf-8")
    (source,) = sources.load(tmp_path / "sources.toml")
    assert (source.kind, source.standing) == ("listing", {"source-class": "government", "source-rank": "2"})


def test_the_commands_it_names_exist() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", "--help"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for command in set(re.findall(r"customhouse (?!-)([a-z]+)\b(?= |`|$)", TEXT, re.M)) - {"reads"}:
        assert f"\n  {command} " in told, command
