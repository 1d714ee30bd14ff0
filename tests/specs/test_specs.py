"""Each spec row: the reader finds exactly its figures. A row it cannot read yet is marked, strictly."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.specs.rows import HERE, Row, all_rows

ROWS = tuple(all_rows())


TODO = pytest.mark.xfail(strict=True, reason="the reader does not read this yet")


@pytest.mark.parametrize("row", [pytest.param(r, id=r.name, marks=TODO if r.todo else ()) for r in ROWS])
def test_row(row: Row) -> None:
    faults = row.faults()
    assert not faults, "\n".join(["", row.text, *faults])


@pytest.mark.parametrize("path", sorted(HERE.glob("*.toml")), ids=lambda p: p.stem)
def test_every_construction_has_rows_of_both_languages_and_each_once(path) -> None:
    texts = Counter(re.sub(r"\s+", "", r.text) for r in ROWS if r.name.startswith(f"{path.stem}-"))
    assert max(texts.values()) == 1
    for lang in ("en", "zh"):
        assert sum(r.name.startswith(f"{path.stem}-{lang}-") for r in ROWS) >= 10
