"""The day an article was published: right or None, never a guess."""

# ruff: noqa: E501  (pages and lines stand here as they come)

import datetime as dt
import json
from pathlib import Path

import pytest

from flows.text import dates

ARTICLES = sorted((Path(__file__).parent / "articles").glob("*/*.txt"))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_labelled_articles(path: Path) -> None:
    labelled = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = dates.published(path.read_text(encoding="utf-8"))
    # One dateline has no year, and nothing in that article gives it.
    expected = None if path.stem == "shandong-fyp14" else dt.date.fromisoformat(labelled["published"])
    assert found == expected


LINES = [
    ("2026-01-26", "2026-01-26"),
    ("2026/1/6 08:00", "2026-01-06"),
    ("2021.9.14", "2021-09-14"),
    ("CANBERRA, 6 Nov 2025", "2025-11-06"),
    ("CHENGDU, Feb. 3 (2026)", "2026-02-03"),
    ("Updated: Jan 26, 2026", "2026-01-26"),
    ("Published: 2025-01-20 Updated: 2025-02-01", "2025-01-20"),
    ("Last updated: 2 Feb 2025 | Published: 20 Jan 2025", "2025-01-20"),
    ("By YUTING CHEN|Jan 20,2023", "2023-01-20"),
    ("(Xinhua) 16:44, May 17, 2021", "2021-05-17"),
    ("Friday, 18th October 2024", "2024-10-18"),
    ("26th of January 2026", "2026-01-26"),
    ("发布时间：2025-07-18 10:22", "2025-07-18"),
    ("来源：海关总署 发布日期: 2025年07月18日 浏览次数：1204", "2025-07-18"),
    ("二〇二五年十一月二十日", "2025-11-20"),
    ("２０２５年９月１９日", "2025-09-19"),
    ("2025 年 9 月 9 日 星期二", "2025-09-09"),
    ("中華民國114年12月9日", "2025-12-09"),
    ("长沙1月22日电（2026年）", "2026-01-22"),
    ("济南1月20日电", None),
    ("BEIJING, Jan. 14 (Xinhua) -- China's goods trade rose 3.8 percent in 2025, customs data showed.", None),
    ("BEIJING, Jan. 14, 2026 (Xinhua) -- China's goods trade rose 3.8 percent in 2025, customs data showed.", "2026-01-14"),
    ("(东莞2026年1月27日电)黄埔海关最新统计，2025年东莞外贸进出口1.58万亿元，比上年增长13.8%，规模居全国第五，其中出口9000亿元，进口6800亿元，均创新高。", "2026-01-27"),
    ("截至2025年6月30日，全市进出口备案企业达5000家，比去年同期增加300家，民营企业占比超过八成，外贸主体活力继续增强，结构持续优化。", None),
    ("As of June 30, 2025, the zone had 5,000 registered trading firms, 300 more than a year before.", None),
    ("2025-02-30", None),
    ("telephone 023-6770-8114", None),
    ("From 2025-01 to 2025-11", None),
    ("ISO 2025-1-1-1", None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "day"), LINES)
def test_lines(line: str, day: str | None) -> None:
    found = dates.published(f"A headline of 1 January 2001\n{line}\n\nTrade grew.")
    assert found == (dt.date.fromisoformat(day) if day else None)


def test_the_year_of_a_dateline_may_stand_in_the_next_line() -> None:
    assert dates.published("标题\n莞城观察 01-27 09:30\n(东莞2026年1月27日电)黄埔海关统计") == dt.date(
        2026, 1, 27
    )


def test_a_label_at_the_foot_counts() -> None:
    assert dates.published("标题\n正文。\n正文。\n发布时间：2025-07-18") == dt.date(2025, 7, 18)


@pytest.mark.parametrize("text", ["", "\n\n", "2026-01-26", "标题"])
def test_nothing_to_go_by(text: str) -> None:
    assert dates.published(text) is None
