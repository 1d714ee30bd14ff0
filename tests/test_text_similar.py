"""Copies of one release are recognised; another month's release in the same words is not one."""

import itertools
import random
import re
from pathlib import Path

import pytest

from flows.text.similar import LIKE, signature, similar

FOLDER = Path(__file__).parent / "articles"
ARTICLES = {f"{p.parent.name}/{p.stem}": p.read_text(encoding="utf-8") for p in FOLDER.glob("[ez]*/*.txt")}
HAN = "一二三四五六七八九"


def test_no_two_labelled_articles_are_copies_but_the_reposted_one() -> None:
    signatures = {name: signature(text) for name, text in ARTICLES.items()}
    pairs = itertools.combinations(sorted(signatures), 2)
    copies = [(a, b) for a, b in pairs if similar(signatures[a], signatures[b]) >= LIKE]
    assert copies == [("en/ningxia-2025-aug", "en/ningxia-2025-aug-repost")]


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_a_reprint_with_another_head_and_without_its_last_paragraph(name: str) -> None:
    lines = [line for line in ARTICLES[name].splitlines() if line.strip()]
    body = lines[2:-1] if len(lines) > 6 else lines[1:]
    reprint = "\r\n\r\n".join(
        ["Another headline altogether", "（转自某网）", *(f"　　{line}" for line in body)]
    )
    assert similar(signature(ARTICLES[name]), signature(reprint)) >= LIKE


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_the_same_words_with_other_numbers_are_another_release(name: str) -> None:
    dice = random.Random(7)
    other = re.sub(r"\d", lambda _: str(dice.randrange(10)), ARTICLES[name])
    other = re.sub(f"[{HAN}]", lambda _: dice.choice(HAN), other)
    assert similar(signature(ARTICLES[name]), signature(other)) < LIKE


def test_case_width_and_spaces_do_not_count() -> None:
    text = "Exports rose 12.5 percent to 800 billion yuan, customs said on Monday in a statement."
    assert signature(text) == signature(
        "ＥＸＰＯＲＴＳ rose 12.5 percent\n to 800 BILLION yuan — customs said, on Monday: in a statement"
    )


def test_empty() -> None:
    assert similar(signature(""), signature("")) in (0.0, 1.0)
    assert len(signature("")) == len(signature("x" * 5000)) == 256
