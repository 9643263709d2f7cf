from __future__ import annotations

import pytest

from gyomu_docs.model import Activity, BudgetLine, CostRow
from gyomu_docs.model.oddities import oddities
from gyomu_docs.model.sheet_file import load_yaml
from tests.support.sheets import sheet


def test_a_sound_sheet_has_none() -> None:
    assert list(oddities(sheet(), "041.yaml")) == []


@pytest.mark.parametrize(
    ("codes", "row", "message"),
    [
        ("01 0101 020101", "020101", "上位の業務コード「0201」がありません"),
        ("0101", "0101", "上位の業務コード「01」がありません"),
        ("01 03", "03", "続いていません（「02」のはずです）"),
        ("01 0102", "0102", "続いていません（「0101」のはずです）"),
        ("99 98", "98", "続いていません（「01」のはずです）"),
    ],
)
def test_a_code_without_parent_or_with_a_gap(codes: str, row: str, message: str) -> None:
    activities = tuple(Activity(code=code) for code in codes.split())
    found = list(oddities(sheet(activities=activities), "041.yaml"))
    assert {one.kind for one in found} == {"code"}
    assert [one.level for one in found] == ["W"] * len(found)
    assert any(one.place.row == row and message in one.message for one in found)
    assert str(found[0].place).startswith("041.yaml シート「No.41 公園の管理」 表「行政活動」 行「")


def test_an_unreadable_amount_in_the_budget_box() -> None:
    lines = (BudgetLine(name="緑化", amount="1,35"), BudgetLine(amount="-"), BudgetLine(amount=""))
    (found,) = oddities(sheet(budget=lines), "041.yaml")
    assert (found.kind, found.level) == ("money", "W")
    assert str(found) == (
        "041.yaml シート「No.41 公園の管理」 表「予算」 行「緑化」 列「予算額」: "
        "金額「1,35」を数として読み取れません。"
    )


def test_unreadable_amounts_in_a_cost_row_name_their_year() -> None:
    cost = CostRow(name="緑化", settled={"R元": "未定", "R2": "1,027 千円"}, budget={"R3": "約5"})
    found = list(oddities(sheet(activities=(Activity(code="01", costs=(cost,)),)), "041.yaml"))
    assert [one.place.column for one in found] == ["決算 R元", "予算 R3"]
    assert {(one.place.table, one.place.row) for one in found} == {("事業費", "緑化")}


def test_the_sheet_is_read_all_the_same_and_keeps_the_amount() -> None:
    text = "年度: R3\nシートNo: 1\n予算: [{予算額: 未定}]\n行政活動: [{コード: '0201'}]\n"
    read, found = load_yaml(text, "001.yaml")
    assert read.budget[0].amount == "未定"
    assert [one.code for one in read.activities] == ["0201"]
    assert [one.kind for one in found] == ["code", "money"]
