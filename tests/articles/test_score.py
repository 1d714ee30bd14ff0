"""The reader's score on the labelled articles never falls; every numeral is accounted for."""

from __future__ import annotations

import pytest

from tests.articles.ratchet import HELD_BACK, HERE, PARTS, known, scored

TOLERANCE = 0.002  # one figure of a small part


@pytest.mark.parametrize("part", PARTS)
def test_cell_f1_is_not_below_the_ratchet(part: str) -> None:
    score = scored(part)
    least = known()[part]
    assert score.measure("cell")[2] >= least - TOLERANCE, "\n".join(score.faults[:40])


@pytest.mark.parametrize("part", PARTS)
def test_every_numeral_is_accounted_for(part: str) -> None:
    tally = scored(part).tally
    assert tally["numerals"] > 0
    assert tally["accounted"] == tally["numerals"]


def test_the_seed_is_read_without_a_fault() -> None:
    score = scored("seed")
    assert score.measure("cell") == (1.0, 1.0, 1.0), "\n".join(score.faults)


def test_the_held_back_articles_are_a_third_and_all_there() -> None:
    assert {f"{p.parent.name}/{p.stem}" for part in PARTS for p in PARTS[part]} >= HELD_BACK
    whole = sum(len(PARTS[f"{lang} {name}"]) for lang in ("en", "zh") for name in ("dev", "held back"))
    assert 0.3 <= len(HELD_BACK) / whole <= 0.4
    assert all((HERE / f"{name}.txt").exists() for name in HELD_BACK)
