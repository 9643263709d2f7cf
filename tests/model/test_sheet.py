from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from pydantic import ValidationError

from gyomu_docs.model import (
    Activity,
    ActivityCode,
    BudgetLine,
    CostRow,
    FiscalYear,
    MissionPurpose,
    Sheet,
    StaffCount,
    TextBox,
)
from tests.support.sheets import sheet


def test_a_sheet_needs_a_year_and_a_number_only() -> None:
    bare = Sheet.model_validate({"年度": "R3", "シートNo": "41"})
    assert bare == Sheet(fiscal_year="R3", number="41")
    assert (bare.title, bare.budget, bare.extras) == ("", (), {})
    assert bare.summary == TextBox()
    assert bare.staffing.all_sheets == StaffCount()


def test_file_keys_and_english_names_build_the_same() -> None:
    by_key = BudgetLine.model_validate({"款": "8", "事業名": "緑化推進事業", "予算額": "1,350"})
    assert by_key == BudgetLine(kan="8", name="緑化推進事業", amount="1350")


@pytest.mark.parametrize("blank", [None, ""])
@pytest.mark.parametrize(
    "key", ["総合計画", "人工", "予算", "任務目的", "行政活動", "注記", "総括", "追加項目"]
)
def test_a_key_with_nothing_behind_it_is_absent(key: str, blank: str | None) -> None:
    read = Sheet.model_validate({"年度": "R3", "シートNo": "1", key: blank})
    assert read == Sheet(fiscal_year="R3", number="1")


@pytest.mark.parametrize("model", [BudgetLine, CostRow, MissionPurpose, TextBox, StaffCount])
def test_an_unknown_key_is_refused_even_with_nothing_behind_it(model: type[BudgetLine]) -> None:
    for value in ("x", "", None):
        with pytest.raises(ValidationError, match="extra_forbidden"):
            model.model_validate({"単位": value})


def test_a_sheet_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        sheet().title = "別の名"


@pytest.mark.parametrize("number", ["", " ", "　", None])
def test_a_number_without_a_character_is_refused(number: str | None) -> None:
    with pytest.raises(ValidationError):
        Sheet(fiscal_year="R3", number=number)


def test_extra_fields_stand_on_sheet_purpose_and_activity() -> None:
    extras = {"困難度": "B", "業務時間": "0.50"}
    read = sheet(
        extras=extras,
        purposes=(MissionPurpose(extras=extras),),
        activities=(Activity(code="01", extras=extras),),
    )
    assert read.extras == read.purposes[0].extras == read.activities[0].extras == extras


def test_a_code_given_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="業務コード「0101」が2度あります"):
        sheet(activities=tuple(Activity(code=code) for code in ("01", "0101", "0102", "0101")))


@pytest.mark.parametrize(
    ("number", "title", "label"),
    [("3", "組織の方針", "No.3 組織の方針"), ("3", "", "No.3"), ("3-1", "緑 化", "No.3-1 緑 化")],
)
def test_label(number: str, title: str, label: str) -> None:
    assert sheet(number=number, title=title).label == label


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        ((), "0"),
        (("48200", "1,350 千円"), "49550"),
        (("-", "", "未定", "7"), "7"),
        (("△5", "0.5"), "-4.5"),
    ],
)
def test_budget_total_counts_what_is_an_amount(amounts: tuple[str, ...], total: str) -> None:
    lines = tuple(BudgetLine(amount=amount) for amount in amounts)
    assert sheet(budget=lines).budget_total == Decimal(total)


def test_groups_hold_a_branch_and_its_costs() -> None:
    groups = list(sheet().activity_groups())
    assert [group.code for group in groups] == ["01", "02"]
    assert [row.code for row in groups[0].activities] == ["01", "0101", "010101"]
    assert [cost.name for cost in groups[0].costs] == ["公園維持管理事業"]


def test_costs_of_a_lower_row_are_printed_with_its_group() -> None:
    costs = [CostRow(name=name) for name in "甲乙"]
    rows = (
        Activity(code="01", costs=(costs[0],)),
        Activity(code="0101", costs=(costs[1],)),
        Activity(code="02"),
    )
    assert [group.costs for group in sheet(activities=rows).activity_groups()] == [
        tuple(costs),
        (),
    ]


def test_a_row_out_of_order_is_a_group_of_its_own() -> None:
    rows = tuple(Activity(code=code) for code in ("01", "02", "0101"))
    groups = [
        (group.code, len(group.activities)) for group in sheet(activities=rows).activity_groups()
    ]
    assert groups == [("01", 1), ("02", 1), ("01", 1)]
    assert list(sheet(activities=()).activity_groups()) == []


def test_parsed_values_stand_beside_the_texts() -> None:
    row = sheet().activities[-1]
    assert row.results["R元"] == ""
    assert row.results.value("H28").number == 1200
    assert row.level == 2
    assert isinstance(row.code, ActivityCode)
    assert sheet().fiscal_year == FiscalYear(2021)


def test_a_sheet_crosses_process_boundaries_unchanged() -> None:
    one = sheet(fiscal_year=FiscalYear.parse("令和3年度"))
    other = pickle.loads(pickle.dumps(one))
    assert other == one
    assert str(other.fiscal_year) == "令和3年度"
