"""The order of an index, its headings, and the pages of its terms."""

from __future__ import annotations

import pytest

from gyomu_docs.booklet.collation import NO_READING, heading, sort_key
from gyomu_docs.booklet.index import SheetPage, Term, index_terms
from gyomu_docs.model import Activity, BudgetLine, CostRow, Sheet
from tests.support.sheets import sheet


def ordered(*readings: str) -> list[str]:
    return sorted(readings, key=lambda reading: sort_key("", reading))


@pytest.mark.parametrize(
    "readings",
    [
        ("あお", "いぬ", "うみ"),
        ("かき", "がき", "かく"),  # voicing counts only where all else is equal
        ("はは", "ばば", "ぱぱ", "はん"),
        ("きや", "きゃく", "きよう"),
        ("さあ", "サービス", "さい"),  # ー as the vowel before it, katakana as hiragana
        ("ｱｶ", "アキ"),
    ],
)
def test_readings_stand_in_the_order_of_kana(readings: tuple[str, ...]) -> None:
    assert ordered(*reversed(readings)) == list(readings)


@pytest.mark.parametrize(
    ("reading", "row"),
    [
        ("がっこう", "か"),
        ("ぱん", "は"),
        ("ヴァイオリン", "あ"),
        ("ん", "わ"),
        ("rpa", "R"),
        ("", NO_READING),
    ],
)
def test_the_row_of_a_reading(reading: str, row: str) -> None:
    assert heading(reading) == row


def project_sheet(*names: str) -> Sheet:
    lines = tuple(BudgetLine(name=name, kan="2", ko="1", moku="6") for name in names)
    cost = CostRow(name="学校事業", budget={"R3": "1"})
    activity = Activity(code="01", means="手段", indicator="満足度", costs=(cost,))
    return sheet(budget=lines, activities=(activity,), purposes=())


SHEETS = (project_sheet("道路事業", "公園事業"), project_sheet("公園事業"))
RECORDS = (
    {"予算[1]": 0, "予算[2]": 0, "行政活動[1]": 1, "行政活動[1].事業費[1]": 2},
    {"予算[1]": 0, "行政活動[1]": 0, "行政活動[1].事業費[1]": 0},
)


def test_projects_with_a_reading_come_first_under_the_rows_of_the_table() -> None:
    readings = {"公園事業": "こうえんじぎょう", "学校事業": "がっこうじぎょう"}
    assert index_terms("事業名", SHEETS, RECORDS, readings) == [
        Term("か", ()),
        Term("学校事業", (SheetPage(0, 2), SheetPage(1, 0))),
        Term("公園事業", (SheetPage(0, 0), SheetPage(1, 0))),
        Term(NO_READING, ()),
        Term("道路事業", (SheetPage(0, 0),)),
    ]


def test_without_readings_projects_stand_by_code_point_and_without_headings() -> None:
    terms = index_terms("事業名", SHEETS, RECORDS, {})
    assert [term.text for term in terms] == sorted(["道路事業", "公園事業", "学校事業"])


def test_accounts_stand_by_their_numbers() -> None:
    lines = (
        BudgetLine(kan="10", ko="1", moku="1", name="教育"),
        BudgetLine(kan="2", ko="1", moku="6", name="総務"),
        BudgetLine(name="款のない事業"),
    )
    places = {f"予算[{number}]": 0 for number in (1, 2, 3)}
    terms = index_terms("款項目", [sheet(budget=lines)], [places], {})
    assert [term.text for term in terms] == ["2-1-6　総務", "10-1-1　教育"]


def test_indicators_of_purposes_and_activities_are_listed_once_a_page() -> None:
    row = Activity(code="01", indicator="満足度")
    rows = (row, row.model_copy(update={"code": "02"}), Activity(code="03", indicator="-"))
    places = {"行政活動[1]": 1, "行政活動[2]": 1, "行政活動[3]": 1}
    terms = index_terms("指標", [sheet(activities=rows, purposes=())], [places], {})
    assert terms == [Term("満足度", (SheetPage(0, 1),))]
