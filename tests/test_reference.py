"""The reference tables keep their own rules: codes, names, parents, dates and everyday words."""

from __future__ import annotations

import csv
import datetime
import re
from collections import Counter

import pytest

from flows import reference
from flows.read.fold import fold
from flows.settings import REFERENCE

GROUPS = {"partner_groups": "partners", "reporter_groups": "reporters", "product_groups": "products"}
DATED = ("reporters", "partner_groups", "reporter_groups")
COUNTERS = "counted"  # holds measure words (列, 票, 件), which are one character long

# words of everyday English that no name may be, since the reader looks for names in running text
ORDINARY = frozenset(
    re.findall(
        r"\w+",
        """
        a about all an and are as at be book but by can chair date down fall far few for from game go had has
        have he her his hot how i if in is it its iron lace late lead light like log loom made man many
        mandarin may mile more most much near new nice no not of off old on one or other others our out over
        own part parts pickup play point put reading rest rose scale seat see set she so some speaker spirit
        stock such take tent than that the their them then there these they this to top under up use very was
        watch way we well were what when which who will with work would year you explosive hide memory craft
        apple orange controller machine instrument commodity
        """,
    )
)


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def split(field: str | None) -> list[str]:
    return [part for part in (field or "").split("|") if part]


def folded(surface: str) -> str:
    """The form the reader compares: one script, one case, signs as blanks."""
    return " ".join(re.sub(r"[^0-9a-z\u4e00-\u9fff%]", " ", fold(surface).lower()).split())


@pytest.mark.parametrize("table", reference.TABLES)
def test_every_row_has_a_code_and_both_names(table: str) -> None:
    for row in rows(table):
        assert None not in row, row
        assert None not in row.values(), row
        assert all(row[column] for column in ("code", "name_en", "name_zh")), row
        for column in ("code", "name_en", "name_zh", "aliases_en", "aliases_zh"):
            assert row[column] == row[column].strip(), (row["code"], column)
            assert "||" not in row[column], (row["code"], column)


@pytest.mark.parametrize("table", reference.TABLES)
def test_no_two_rows_share_a_code_or_an_english_name(table: str) -> None:
    for column in ("code", "name_en"):
        assert [v for v, n in Counter(r[column] for r in rows(table)).items() if n > 1] == []


@pytest.mark.parametrize("table", reference.TABLES)
def test_an_alias_names_one_row_even_as_the_reader_spells_it(table: str) -> None:
    owner: dict[str, str] = {}
    for row in rows(table):
        aliases = (*split(row["aliases_en"]), *split(row["aliases_zh"]), *split(row.get("adjective_en")))
        for surface in aliases:
            assert owner.setdefault(folded(surface), row["code"]) == row["code"], surface


@pytest.mark.parametrize("table", reference.TABLES)
def test_an_alias_is_not_the_name_of_another_row(table: str) -> None:
    if table == "reporters":
        pytest.skip("a customs district and a port are called after a place on purpose")
    names = {folded(name): row["code"] for row in rows(table) for name in (row["name_en"], row["name_zh"])}
    for row in rows(table):
        for surface in (*split(row["aliases_en"]), *split(row["aliases_zh"])):
            assert names.get(folded(surface), row["code"]) == row["code"], surface


@pytest.mark.parametrize("table", reference.TABLES)
def test_chinese_aliases_have_two_characters_or_more(table: str) -> None:
    if table == COUNTERS:
        pytest.skip("measure words have one")
    short = [a for row in rows(table) for a in split(row["aliases_zh"]) if len(a) < 2]
    assert short == []


@pytest.mark.parametrize("table", reference.TABLES)
def test_no_english_name_is_an_everyday_word(table: str) -> None:
    for row in rows(table):
        for surface in (row["name_en"], *split(row["aliases_en"]), *split(row.get("adjective_en"))):
            assert surface in ("all", "US") or surface.lower() not in ORDINARY, (row["code"], surface)


@pytest.mark.parametrize("table", reference.TABLES)
def test_parents_exist_and_do_not_run_in_a_circle(table: str) -> None:
    parents = {row["code"]: row.get("parent") or "" for row in rows(table)}
    for code in parents:
        seen, at = {code}, parents[code]
        while at:
            assert at in parents, (code, at)
            assert at not in seen, (code, at)
            seen.add(at)
            at = parents[at]


@pytest.mark.parametrize(("table", "of"), GROUPS.items())
def test_groups_and_members_are_rows_and_stand_once(table: str, of: str) -> None:
    known = {row["code"] for row in rows(of)}
    seen: set[tuple[str, ...]] = set()
    for row in rows(table):
        assert {row["group"], row["member"]} <= known, row
        assert row["group"] != row["member"], row
        key = (row["group"], row["member"], row.get("from") or "")
        assert key not in seen, key
        seen.add(key)


@pytest.mark.parametrize("table", DATED)
def test_dates_are_dates_and_in_order(table: str) -> None:
    for row in rows(table):
        start, end = (datetime.date.fromisoformat(d) if d else None for d in (row["from"], row["to"]))
        assert start is None or end is None or start <= end, row


def test_namibia_keeps_its_code() -> None:
    assert [n.name for n in reference.names("partners") if n.code == "NA"] == ["Namibia"]
    assert any(r["member"] == "NA" for r in rows("partner_groups"))


def test_gbt2260_codes_agree_with_the_row_and_its_parent() -> None:
    table = {row["code"]: row for row in rows("reporters")}
    for code, row in table.items():
        digits = row["gbt2260"]
        assert re.fullmatch(r"(\d{6})?", digits), code
        if re.fullmatch(r"CN-\d{6}", code):
            assert code == f"CN-{digits}"
            parent = table[row["parent"]]["gbt2260"]
            assert parent.rstrip("0") == digits[: len(parent.rstrip("0"))], (code, row["parent"])


@pytest.mark.parametrize(
    ("table", "surface", "name"),
    [
        ("reporters", "义乌", "Yiwu"),
        ("reporters", "昆山综保区", "Kunshan Comprehensive Bonded Zone"),
        ("reporters", "珠三角", "Greater Bay Area (mainland)"),
        ("reporters", "朝阳市", "Chaoyang (Liaoning)"),
        ("partners", "紐西蘭", "New Zealand"),
        ("partners", "沙烏地阿拉伯", "Saudi Arabia"),
        ("partners", "東協", "ASEAN"),
        ("partners", "Vietnamese", "Viet Nam"),
        ("partners", "South African", "South Africa"),
        ("products", "solar cell", "photovoltaic products"),
        ("products", "fertilizers", "fertilisers"),
        ("products", "集成电路", "integrated circuits"),
        ("products", "rubber tires", "rubber tyres"),
        ("channels", "盐田港", "shenzhen port"),
        ("regimes", "边民互市", "border residents' trade"),
        ("enterprises", "民企", "private"),
        ("counted", "标准箱", "containers"),
    ],
)
def test_a_word_of_the_press_names_the_row(table: str, surface: str, name: str) -> None:
    found = [
        row["name_en"]
        for row in rows(table)
        if folded(surface)
        in {
            folded(s)
            for column in ("name_en", "name_zh", "aliases_en", "aliases_zh", "adjective_en")
            for s in split(row.get(column))
        }
    ]
    assert found == [name]


def test_bare_names_shared_by_places_name_none() -> None:
    surfaces = {
        folded(s) for n in reference.names("reporters") for s in (n.name, *n.aliases_en, *n.aliases_zh)
    }
    for bare in (
        "Taizhou",
        "Nanshan District",
        "南山区",
        "鼓楼区",
        "Chaoyang District",
        "城区",
        "合作市",
        "和县",
    ):
        assert folded(bare) not in surfaces, bare
