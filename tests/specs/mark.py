"""Refresh the ``todo`` marks: ``python -m tests.specs.mark`` (``--show [WORD]`` lists the faults)."""

from __future__ import annotations

import sys

from tests.specs.rows import HERE, rows


def main(arguments: list[str]) -> None:
    """Mark the rows that the reader does not satisfy, unmark the others, and count both."""
    total = right = 0
    for path in sorted(HERE.glob("*.toml")):
        found = [(r, r.faults()) for r in rows(path)]
        head, *blocks = path.read_text(encoding="utf-8").split("[[row]]\n")
        for i, (row, faults) in enumerate(found):
            lines = [x for x in blocks[i].splitlines(keepends=True) if x.strip() != "todo = true"]
            blocks[i] = "".join((["todo = true\n"] if faults else []) + lines)
            if faults and "--show" in arguments and all(w in row.name for w in arguments if w != "--show"):
                print("\n".join([f"{row.name}: {row.text}", *(f"    {x}" for x in faults)]))
        if "--show" not in arguments:
            path.write_text("[[row]]\n".join([head, *blocks]), encoding="utf-8")
        ok = sum(not faults for _, faults in found)
        total, right = total + len(found), right + ok
        print(f"{path.stem:24s} {ok:3d} of {len(found)}")
    print(f"{'all':24s} {right:3d} of {total}")


if __name__ == "__main__":
    main(sys.argv[1:])
