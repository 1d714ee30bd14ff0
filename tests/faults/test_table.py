"""The table of fault cases and the tests are the same set."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_row_has_a_test_and_every_test_a_row() -> None:
    rows = re.findall(r"^\| (F\d+) \|", (HERE / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    tests = {
        found
        for path in HERE.glob("test_*.py")
        for found in re.findall(
            r'case\("(F\d+)"\)|^ {8}\("(F\d+)",', path.read_text(encoding="utf-8"), re.MULTILINE
        )
        for found in found
        if found
    }
    assert len(rows) == len(set(rows)) >= 50
    assert set(rows) == tests
