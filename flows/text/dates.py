"""When an article was published, as its own text or a page's fields say it; None rather than a guess.

Pure: "today" is not known here, so a date without a year is completed only from the article itself.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

__all__ = ["find", "labelled", "published"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_HAN = "〇零○O一二三四五六七八九十廿卅"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>\d{1,2})"

# Each form of a whole date; group names are year, month and day.
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}\s?(?P<s>[-/.])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?{_DAY}(?!\d|[-/.]\d)",
        rf"(?<!\d){_YEAR}\s*年\s*(?P<m>\d{{1,2}})\s*月\s*{_DAY}\s*[日号號]",
        rf"(?<![{_HAN}])(?P<y>[一二][{_HAN}]{{3}})年(?P<m>[{_HAN}]{{1,3}})月(?P<d>[{_HAN}]{{1,3}})[日号號]",
        rf"(?:民國|民国)\s*(?P<roc>\d{{2,3}})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*{_DAY}\s*日",
        rf"(?<!\d)(?P<m>\d{{1,2}})月{_DAY}日[电電讯訊]?\s*\(\s*{_YEAR}年?\s*\)",
        rf"\b{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?\s*,?\s*\(?\s*{_YEAR}\b\)?",
        rf"\b{_DAY}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+\(?{_YEAR}\b",
    )
)
_WITHOUT_YEAR = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d)(?P<m>\d{{1,2}})月{_DAY}日[电電讯訊]",
        r"(?<![\d-])(?P<m>\d{2})-(?P<d>\d{2})\s+\d{2}:\d{2}",
        rf"\b{_MONTH}\s+{_DAY}\s*\(xinhua\)",
    )
)
_LABEL = re.compile(
    r"(?:发布时间|發佈時間|发布日期|發布日期|发表时间|发稿时间|更新时间|发文日期|成文日期|发布于|时间|日期|日期時間|"
    r"\b(?:date published|published(?: on| at)?|publication date|release date|released|posted(?: on)?|"
    r"last updated|updated(?: on)?|date))\s*[:：|]?\s*",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"更新|updated", re.IGNORECASE)
_AGENCY = re.compile(r"\s*(?:[电電讯訊]|消息|报道|報導|--|—|–|\(xinhua|\(agenc|\()", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。!?;]\s*$|[a-z]{4}\.\s*$")
_IN_A_SENTENCE = re.compile(r"[,，。;:]\s*\S+\s+\S+\s*$|\b(?:on|in|by|since|from|until|of)\s*$")
_HEAD_LINES = 6
_DATE_LINE = 90  # characters: longer lines are sentences


def find(text: str) -> dt.date | None:
    """Return the first whole date written in the text, in any of the forms known here."""
    return next((date for _, _, date in _dates(unicodedata.normalize("NFKC", text))), None)


def labelled(text: str) -> dt.date | None:
    """Return the date that a label such as 发布时间 or "Published" introduces; "updated" only if alone."""
    text = unicodedata.normalize("NFKC", text)
    updated: dt.date | None = None
    for label in _LABEL.finditer(text):
        tail = text[label.end() : label.end() + 40]
        first = next(_dates(tail), None)
        if first is None or first[0] > 3:
            continue
        if not _UPDATE.search(label[0]):
            return first[2]
        updated = updated or first[2]
    return updated


def published(text: str) -> dt.date | None:
    """Return the publication date that a plain article states in its first lines, or None.

    The first line is the headline and never asked. A line counts where it is a date line
    (``2026-01-26``, ``CANBERRA, 6 Nov 2025``, ``2025年11月20日 来源：…``), a labelled date, or a
    paragraph that opens with a dateline (``BEIJING, Jan. 14, 2026 (Xinhua) --``). A dateline without
    a year (``济南1月20日电``) takes the year from a whole date with that month and day, else None.
    """
    lines = [line for line in (raw.strip() for raw in text[:6000].splitlines()) if line]
    head = [unicodedata.normalize("NFKC", line) for line in lines[1 : 1 + _HEAD_LINES]]
    for line in head:
        found = _of_line(line)
        if found:
            return found
    yearless = {day for line in head for day in _month_days(line)}
    if len(yearless) == 1:
        whole = {d for _, _, d in _dates(" ".join(head)) if (d.month, d.day) in yearless}
        if len(whole) == 1:
            return whole.pop()
    return labelled("\n".join(text.splitlines()[-5:])) if len(lines) > 1 else None


def _of_line(line: str) -> dt.date | None:
    first = next(_dates(line), None)
    if first is None:
        return None
    start, end, date = first
    if len(line) <= _DATE_LINE and not _SENTENCE_END.search(line):
        return labelled(line) or date
    opening = line[:start]
    if len(opening) <= 40 and not _IN_A_SENTENCE.search(opening) and _AGENCY.match(line[end:]):
        return date
    label = _LABEL.match(line)
    return labelled(line) if label else None


def _dates(text: str) -> Iterator[tuple[int, int, dt.date]]:
    """Yield (start, end, date) of whole dates in order of place; impossible ones (31 February) are none."""
    found: list[tuple[int, int, dt.date]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            date = _date(match)
            if date:
                found.append((match.start(), match.end(), date))
    yield from sorted(found)


def _date(match: re.Match[str]) -> dt.date | None:
    groups = match.groupdict()
    year = int(groups["roc"]) + 1911 if groups.get("roc") else _number(groups["y"])
    try:
        return dt.date(
            year, _MONTHS.get(groups["m"].lower(), 0) or _number(groups["m"]), _number(groups["d"])
        )
    except ValueError:
        return None


def _month_days(line: str) -> Iterator[tuple[int, int]]:
    for form in _WITHOUT_YEAR:
        match = form.search(line)
        if match and len(line[: match.start()]) <= 40:
            month = _MONTHS.get(match["m"].lower(), 0) or _number(match["m"])
            yield month, int(match["d"])


def _number(text: str) -> int:
    """Return a number in digits, or in Chinese digits by place (二〇二六) or with tens (二十, 廿六)."""
    if text.isascii() and text.isdigit():
        return int(text)
    digits = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0}
    if len(text) == 4:
        return int("".join(str(digits.get(c, 0)) for c in text))
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(digits.get(c, 0)) for c in text))
    return (digits.get(tens, 0) if tens else 1) * 10 + (digits.get(ones, 0) if ones else 0)
