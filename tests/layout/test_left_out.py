"""What a form leaves out of a sheet: every filled value is printed, or told."""

from __future__ import annotations

from typing import Any

import pytest

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout import Resolver
from gyomu_docs.layout.check import check_form
from gyomu_docs.model import (
    Activity,
    BudgetLine,
    CostRow,
    MissionPurpose,
    PlanPosition,
    Sheet,
    StaffCount,
    Staffing,
    TextBox,
)
from tests.layout.test_form import OFFICIAL
from tests.support.documents import form, form_text

HEAD = "- {paragraph: '{年度} {シートNo} {シート名}', style: plain}\n"
ACTIVITIES = """
- grid: 表
  columns:
    - {name: コード, width: 20mm}
    - {name: 手段, width: 20mm}
    - {name: "{年}", width: 20mm, years: 3}
  rows:
    - each: 行政活動
      name: "{備考}"
      cells:
        - {field: コード, style: plain}
        - {field: 手段, style: plain}
        - {field: "実績[年]", style: plain, years: 3}
"""


def plain_sheet(**values: Any) -> Sheet:
    return Sheet(fiscal_year="R3", number="41", title="公園", **values)


def told(blocks: str, made: Sheet, extra: str = "") -> list[Diagnostic]:
    return Resolver(form(HEAD + blocks, extra=extra)).resolve(made)[1]


def items(blocks: str, made: Sheet, extra: str = "") -> list[str]:
    """What is told, by level and topic."""
    return [f"{one.level} {one.topic.item}" for one in told(blocks, made, extra) if one.topic]


# -- fields of the sheet

FULL = plain_sheet(
    department="企画課",
    plan=PlanPosition(name="第五次", basic_goal="I", policy_goal="1", directions=("甲", "乙")),
    staffing=Staffing(this_sheet=StaffCount(regular="2.0"), all_sheets=StaffCount(regular="9.0")),
    notes=("※1 一", "※2 二"),
    summary=TextBox(heading="まとめ", paragraphs=("文",)),
    extras={"作成日": "4月1日"},
)


def test_fields_and_groups_of_fields_that_are_not_printed_are_told_once_each() -> None:
    assert items("", FULL) == [
        "W 所属",
        "W 総合計画",
        "W 人工",
        "W 注記",
        "W 総括",
        "W 追加項目.作成日",
    ]
    (note,) = [one for one in told("", FULL) if one.topic and one.topic.item == "注記"]
    assert str(note).split("\n")[0] == (
        "シート「No.41 公園」: 注記の値「※1 一」ほか1件は、様式に欄がないため印刷されません。"
    )
    assert "left_out" in note.hint


@pytest.mark.parametrize(
    ("block", "gone"),
    [
        ("{field: 所属, style: plain}", "W 所属"),
        ("{heading: '{所属}', style: plain}", "W 所属"),
        ("{field: 注記, style: plain}", "W 注記"),
        ("{paragraph: '担当 {追加項目.作成日}', style: plain}", "W 追加項目.作成日"),
    ],
)
def test_what_is_printed_anywhere_is_not_told(block: str, gone: str) -> None:
    assert gone in items("", FULL)
    assert gone not in items(f"- {block}", FULL)


def test_a_group_of_which_a_part_is_printed_is_told_by_its_parts() -> None:
    assert items("- {field: 総括.本文, style: plain}", FULL)[4:5] == ["W 総括.見出し"]
    assert "W 人工.すべてのシート" in items(
        "- {paragraph: '{人工.このシート.正規}', style: plain}", FULL
    )


def test_what_is_blank_is_not_told() -> None:
    blank = plain_sheet(notes=("", ""), extras={"作成日": ""}, summary=TextBox(paragraphs=("",)))
    assert items("", blank) == []


def test_a_list_that_rows_repeat_is_printed() -> None:
    made = plain_sheet(plan=PlanPosition(directions=("甲",)))
    grid = """- grid: 方向
  columns: [{name: 内容, width: 20mm}]
  rows: [{each: 総合計画.施策の方向, cells: [{field: ., style: plain}]}]
"""
    assert items("", made) == ["W 総合計画"]
    assert items(grid, made) == []


# -- tables


def cell(says: str) -> str:
    return f"""- grid: 表
  columns: [{{name: 列, width: 90mm}}]
  rows: [{{each: 行政活動, cells: [{{{says}, style: plain}}]}}]
"""


def test_a_table_that_is_not_there_is_told_once_whatever_it_holds() -> None:
    rows = tuple(
        Activity(code=f"0{n}", results={"R2": "1", "H20": "2"}, extras={"困難度": "A"})
        for n in (1, 2)
    )
    made = plain_sheet(activities=rows, budget=(BudgetLine(name="維持", amount="5"),))
    assert items("", made) == ["W 予算", "W 行政活動"]
    assert str(told("", made)[1]).startswith(
        "シート「No.41 公園」 表「行政活動」: 行政活動の表（2行）は、様式に欄がないため"
    )


def test_columns_that_a_table_does_not_have_are_told_by_field() -> None:
    rows = (
        Activity(code="01", means="点検", indicator="件数", remarks="備", extras={"困難度": "A"}),
        Activity(code="02", indicator="率", costs=(CostRow(name="維持", settled={"R2": "5"}),)),
    )
    found = told(ACTIVITIES, plain_sheet(activities=rows))
    # A name of rows for messages (備考) is not printed.
    assert [str(one).split("\n")[0] for one in found] == [
        "シート「No.41 公園」 表「行政活動」 行「01」 列「指標」: "
        "指標の値「件数」ほか1件は、様式に欄がないため印刷されません。",
        "シート「No.41 公園」 表「行政活動」 行「01」 列「備考」: "
        "備考の値「備」は、様式に欄がないため印刷されません。",
        "シート「No.41 公園」 表「行政活動」 行「01」 列「追加項目.困難度」: "
        "追加項目.困難度の値「A」は、様式に欄がないため印刷されません。",
        "シート「No.41 公園」 表「事業費」: "
        "事業費の表（1行）は、様式に欄がないため印刷されません。",
    ]


@pytest.mark.parametrize(
    ("says", "printed"),
    [
        ("field: 手段", True),
        ("label: '{手段}'", True),
        ("expr: \"手段 or 'なし'\"", True),
        ('expr: "手段 ~ 指標"', True),
        ("expr: \"[手段, 指標] | join('、')\"", True),
        ("expr: \"'済' if 手段 else '未'\"", False),
        ("expr: \"件数(行政活動, '手段', '点検')\"", False),
        ('expr: "行政活動[0].手段"', False),
    ],
)
def test_expressions_print_what_they_name_but_not_what_they_count(says: str, printed: bool) -> None:
    made = plain_sheet(activities=(Activity(code="01", means="点検"),))
    lost = [one for one in items(cell(says), made) if one in ("W 行政活動.手段", "W 行政活動")]
    assert (not lost) is printed


def test_a_sum_does_not_print_its_parts() -> None:
    made = plain_sheet(budget=(BudgetLine(name="維持", amount="5"),))
    total = cell("expr: \"合計(予算, '予算額')\"").replace("each: 行政活動, ", "")
    assert items(total, made) == ["W 予算"]


# -- years


def test_values_of_years_without_a_column_are_told_with_their_place() -> None:
    activity = Activity(code="01", results={"H28": "1", "H29": "", "R2": "2", "R3": "-"})
    found = told(ACTIVITIES, plain_sheet(activities=(activity,)))
    assert [(one.level, one.kind) for one in found] == [("W", "no-column")] * 2
    assert [str(one.place) for one in found] == [
        "シート「No.41 公園」 表「行政活動」 行「01」 列「実績 H28」",
        "シート「No.41 公園」 表「行政活動」 行「01」 列「実績 R3」",
    ]


def test_a_field_of_which_no_year_is_printed_is_told_once() -> None:
    activity = Activity(code="01", means="点検", results={"H28": "1", "R2": "2"})
    assert items(cell("label: '{コード} {手段}'"), plain_sheet(activities=(activity,))) == [
        "W 行政活動.実績"
    ]


def test_years_are_told_apart_by_what_they_are_of() -> None:
    # The form prints 実績 of activities; that does not print the 実績 of purposes, nor 決算.
    purpose = MissionPurpose(purpose="安全", results={"R2": "1"})
    cost = CostRow(name="維持", settled={"R2": "5"}, budget={"R3": "6"})
    activity = Activity(code="01", results={"R2": "1"}, costs=(cost,))
    made = plain_sheet(purposes=(purpose,), activities=(activity,))
    assert items(ACTIVITIES, made) == ["W 任務目的", "W 事業費"]


# -- what a form leaves out on purpose


def test_what_a_form_leaves_out_on_purpose_is_for_information() -> None:
    made = plain_sheet(notes=("一",), department="課", extras={"作成日": "4月"})
    assert items("", made, "left_out: [注記, 追加項目]") == [
        "W 所属",
        "I 注記",
        "I 追加項目.作成日",
    ]


def test_a_part_of_a_group_may_be_left_out_on_purpose() -> None:
    staffing = Staffing(this_sheet=StaffCount(regular="2.0"), all_sheets=StaffCount(regular="9"))
    made = plain_sheet(staffing=staffing, activities=(Activity(code="01", remarks="備"),))
    assert items(ACTIVITIES, made, "left_out: [人工.すべてのシート, 行政活動.備考]") == [
        "W 人工.このシート",
        "I 人工.すべてのシート",
        "I 行政活動.備考",
    ]


def test_a_name_that_a_sheet_does_not_have_is_a_fault_of_the_form() -> None:
    text = form_text("- spacer: 1mm", extra="left_out: [注記, 中記, 行政活動.追加項目.困難度]")
    (fault,) = check_form(text, "forms/test.yaml")
    assert fault.message == "項目「中記」はありません。「注記」ではありませんか。"
    assert (
        fault.place.line
        == text.split("\n").index("left_out: [注記, 中記, 行政活動.追加項目.困難度]") + 1
    )


def test_the_official_form_prints_all_but_what_other_cities_add() -> None:
    from gyomu_docs.layout import load_form

    resolver = Resolver(load_form(OFFICIAL.read_text("utf-8"), "official"))
    activity = Activity(code="01", means="点検", remarks="備", extras={"困難度": "A"})
    purpose = MissionPurpose(purpose="安全", mark="○", extras={"目標値": "5"})
    made = FULL.model_copy(update={"activities": (activity,), "purposes": (purpose,)})
    _, found = resolver.resolve(made)
    assert [one.topic.item for one in found if one.topic] == [
        "追加項目.作成日",
        "任務目的.追加項目.目標値",
        "行政活動.追加項目.困難度",
    ]
