"""The import ladder and the one place of each third-party package, read from the syntax trees."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOWS = Path(__file__).parents[1] / "flows"

LEVELS = [
    {"record", "errors", "settings"},
    {"reference"},
    {"text", "read"},
    {"fetch", "stage", "check", "load"},
    {"steps", "files", "show", "score", "summary", "api", "progress"},
    {"report"},
    {"pipeline"},
    {"cli"},
]
LEVEL = {room: number for number, rooms in enumerate(LEVELS) for room in rooms}

HOMES = {
    "text": {"trafilatura", "resiliparse", "pypdfium2", "lxml"},
    "read": {"ahocorasick_rs"},
    "fetch": {"requests", "urllib3", "protego"},
    "check": {"great_expectations", "pandas"},
    "load": {"duckdb", "pyarrow"},
    "pipeline": {"prefect", "prefect_dask"},
    "report": {"jinja2"},
    "cli": {"click"},
    "progress": {"rich"},
}
PURE = {"socket", "urllib.request", "http", "time", "os", "subprocess", "requests", "random"}


def rooms() -> Iterator[tuple[str, Path]]:
    for path in sorted(FLOWS.rglob("*.py")):
        first = path.relative_to(FLOWS).parts[0].removesuffix(".py")
        if first != "__init__" and "data" not in path.relative_to(FLOWS).parts:
            yield first, path


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Yield (module, line, only for types) of every import, late ones too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, id(node) in typed
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            base = node.module or ""
            names = [f"{base}.{alias.name}" for alias in node.names] if base == "flows" else [base]
            for name in names:
                yield name, node.lineno, id(node) in typed


def test_every_room_has_a_level() -> None:
    assert {room for room, _ in rooms()} <= set(LEVEL)


@pytest.mark.parametrize(
    ("room", "path"), [pytest.param(r, p, id=str(p.relative_to(FLOWS))) for r, p in rooms()]
)
def test_imports_go_down_the_ladder(room: str, path: Path) -> None:
    for name, line, only_types in imports(path):
        top, _, rest = name.partition(".")
        where = f"{path.relative_to(FLOWS)}:{line} imports {name}"
        if top == "flows":
            other = rest.split(".")[0]
            assert other == room or only_types or LEVEL[other] < LEVEL[room], where
        elif top not in sys.stdlib_module_names and not only_types:
            assert top in HOMES.get(room, set()), where


def test_the_reader_and_extraction_see_no_network_clock_or_environment() -> None:
    for room, path in rooms():
        if room in ("read", "text"):
            seen = {name for name, _, only_types in imports(path) if not only_types}
            assert not seen & PURE, f"{path}: {seen & PURE}"
