"""Grids filled from a sheet: repetitions, spans, blank rows, years, keeps, records."""

from __future__ import annotations

import pytest

from gyomu_docs.errors import FormError
from gyomu_docs.layout.tree import Grid
from gyomu_docs.model import Activity, BudgetLine, FiscalYear, MissionPurpose, PlanPosition, Sheet
from tests.support.documents import first_grid, resolve, texts_of
from tests.support.letters import assert_grid
from tests.support.sheets import sheet


def two(row: str, made: Sheet | None = None, styles: str = "") -> Grid:
    """A grid of two columns with this row and a last row 終."""
    blocks = f"""
- grid: 表
  columns: [{{name: 一, width: 40mm}}, {{name: 二, width: 40mm}}]
  rows:
    - {row}
    - cells: [{{label: 終, style: plain, cols: 2}}]
"""
    return first_grid(blocks, made or sheet(), styles)


DIRECTIONS = """each: 総合計画.施策の方向
      at_least: {least}
      cells:
        - {{label: 施策の方向, style: plain, rows: each}}
        - {{field: ., style: plain}}"""


def plan(*directions: str) -> Sheet:
    return sheet(plan=PlanPosition(directions=directions))


def test_a_row_comes_once_for_each_item() -> None:
    made = two(DIRECTIONS.format(least=0), plan("一", "二", "三"))
    assert_grid(
        made,
        """
        A B
        A C
        A D
        E E
        """,
    )
    assert texts_of(made) == [["施策の方向", "一"], ["二"], ["三"], ["終"]]


def test_no_items_and_no_blank_rows_leave_nothing() -> None:
    assert_grid(two(DIRECTIONS.format(least=0), plan()), "A A")


def test_blank_rows_fill_up_and_the_spanning_label_is_over_them_too() -> None:
    made = two(DIRECTIONS.format(least=3), plan("一"))
    assert_grid(
        made,
        """
        A B
        A C
        A D
        E E
        """,
    )
    assert texts_of(made) == [["施策の方向", "一"], [""], [""], ["終"]]
    records = [row.record for row in made.rows]
    assert records == [f"総合計画.施策の方向[{i}]" for i in (1, 2, 3)] + [""]


def test_only_blank_rows_still_have_their_label() -> None:
    made = two(DIRECTIONS.format(least=2), plan())
    assert texts_of(made) == [["施策の方向", ""], [""], ["終"]]


def test_blank_rows_print_neither_unit_nor_default_nor_name() -> None:
    made = two(
        """each: 予算
      at_least: 4
      name: "{事業名}"
      cells:
        - {field: 事業名, style: plain, default: なし}
        - {field: 予算額, style: plain, format: money, suffix: " 千円"}"""
    )
    assert texts_of(made)[:4] == [
        ["公園維持管理事業", "48,200 千円"],
        ["緑化推進事業", "1,350 千円"],
        ["", ""],
        ["", ""],
    ]
    assert [row.label for row in made.rows[:4]] == ["公園維持管理事業", "緑化推進事業", "", ""]
    assert [row.cells[1].field for row in made.rows[:4]] == ["予算額"] * 4


def test_labels_stand_in_blank_rows_unless_they_speak_of_an_item() -> None:
    made = two(
        """each: 任務目的
      at_least: 1
      cells: [{label: 目的, style: plain}, {label: "「{目的}」", style: plain}]""",
        sheet(purposes=()),
    )
    assert texts_of(made)[0] == ["目的", ""]


def test_several_rows_for_each_item() -> None:
    made = two(
        """each: 任務目的
      at_least: 2
      rows:
        - cells: [{label: 目的, style: plain, rows: 2}, {field: 目的, style: plain}]
        - cells: [{field: 指標, style: plain}]"""
    )
    assert_grid(
        made,
        """
        A B
        A C
        D E
        D F
        G G
        """,
    )
    assert texts_of(made) == [
        ["目的", "市民が安全に公園を利用できる"],
        ["公園利用者の満足度"],
        ["目的", ""],
        [""],
        ["終"],
    ]
    assert [row.record for row in made.rows] == ["任務目的[1]"] * 2 + ["任務目的[2]"] * 2 + [""]


def test_a_list_of_the_sheet_inside_another_keeps_its_own_records() -> None:
    made = two(
        """each: 任務目的
      rows:
        - cells: [{field: 目的, style: plain, cols: 2}]
        - each: 予算
          cells: [{field: 事業名, style: plain, cols: 2}]"""
    )
    assert [row.record for row in made.rows[:-1]] == ["任務目的[1]", "予算[1]", "予算[2]"]


def test_blank_rows_of_a_computed_list_are_nobodys() -> None:
    made = two(
        """each: 業務グループ
      at_least: 1
      rows:
        - each: 行政活動
          at_least: 2
          cells: [{field: コード, style: plain}, {field: 手段, style: plain}]""",
        sheet(activities=(Activity(code="01"),)),
    )
    rows = [(row.record, [cell.field for cell in row.cells]) for row in made.rows[:-1]]
    assert rows == [("行政活動[1]", ["コード", "手段"]), ("", ["", ""])]


GROUPS = """each: 業務グループ
      rows:
        - each: 行政活動
          by: 段階
          name: "{コード}"
          keep_with_next: ["1"]
          bookmark: {"1": "{コード} {手段}"}
          cells:
            - {field: コード, style: plain, rows: each}
            - {field: 手段, style: {"1": strong, "2": plain, "3": weak}}
        - each: 事業費
          name: "{事業名}"
          keep_with_previous: true
          cells:
            - {field: コード, style: plain}
            - {field: 事業名, style: plain}"""
STYLES = "strong: {extends: plain, bold: true}\nweak: {extends: plain, indent: 8pt}"


def test_repetitions_nest() -> None:
    made = two(GROUPS, styles=STYLES)
    assert_grid(
        made,
        """
        A B
        A C
        A D
        E F
        G H
        G I
        J K
        L L
        """,
    )
    assert [row.record for row in made.rows] == [
        *("行政活動[1]", "行政活動[2]", "行政活動[3]", "行政活動[1].事業費[1]"),
        *("行政活動[4]", "行政活動[5]", "行政活動[4].事業費[1]", ""),
    ]
    codes = ["01", "0101", "010101", "公園維持管理事業", "02", "0201", "緑化推進事業", ""]
    assert [row.label for row in made.rows] == codes
    # The spanning cell shows the group's own code, not that of its first activity.
    assert made.rows[0].cells[0].texts == ("01",)


def test_the_value_of_by_picks_style_keep_and_bookmark() -> None:
    made = two(GROUPS, styles=STYLES)
    styles = [row.cells[-1].style.name for row in made.rows[:3]]
    assert styles == ["strong", "plain", "weak"]
    assert [row.keep_with_next for row in made.rows] == [
        *(True, False, True, False),
        *(True, True, False, False),
    ]
    assert [row.bookmark for row in made.rows if row.bookmark] == [
        "01 公園を安全に保つ",
        "02 緑を増やす",
    ]


def test_a_cell_over_all_items_is_no_field_of_the_first() -> None:
    made = two(GROUPS, styles=STYLES)
    spanning, means = made.rows[0].cells
    assert (spanning.field, spanning.rowspan) == ("", 3)
    assert (means.field, means.rowspan) == ("手段", 1)


def test_a_cell_to_the_grids_end_counts_the_rows_that_are_made() -> None:
    blocks = """
        - grid: 表
          columns: [{name: 一, width: 20mm}, {name: 二, width: 20mm}]
          rows:
            - header: true
              cells: [{label: 人工, style: plain, rows: all}, {label: 頭, style: plain}]
            - each: 予算
              cells: [{field: 事業名, style: plain}]
        """
    assert_grid(
        first_grid(blocks, sheet()),
        """
        A B
        A C
        A D
        """,
    )
    assert_grid(first_grid(blocks, sheet(budget=())), "A B")


YEARS = """
- grid: 表
  columns: [{name: 手段, width: 20mm}, {name: "{年}実績", width: 20mm, years: 3}]
  rows:
    - header: true
      cells: [{label: 手段, style: plain}, {label: "{年}", style: plain, years: 3}]
    - each: 行政活動
      cells:
        - {field: 手段, style: plain}
        - {field: "実績[年]", style: number, years: 3}
"""


@pytest.mark.parametrize(
    ("year", "labels"),
    [
        ("R3", ["H30", "R元", "R2"]),
        ("R2", ["H29", "H30", "R元"]),
        ("H31", ["H28", "H29", "H30"]),
        ("令和4年度", ["R元", "R2", "R3"]),
        ("1990", ["S62", "S63", "H元"]),
    ],
)
def test_year_columns_count_back_from_the_sheets_year(year: str, labels: list[str]) -> None:
    made = first_grid(YEARS, sheet(fiscal_year=FiscalYear.parse(year)))
    assert texts_of(made)[0] == ["手段", *labels]
    assert made.column_names == ("手段", *(f"{label}実績" for label in labels))
    assert [cell.field for cell in made.rows[1].cells] == [
        "手段",
        *(f"実績[{label}]" for label in labels),
    ]


def test_results_are_found_under_any_spelling_of_their_year() -> None:
    activity = Activity(code="01", results={"平成30年度": "1", "H31": "2", "2020": "3"})
    made = first_grid(YEARS, sheet(activities=(activity,)))
    assert texts_of(made)[1] == ["", "1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "align"),
    [
        ("12", "right"),
        ("53%", "right"),
        ("1,244", "right"),
        ("△3.5", "right"),
        ("１２件", "right"),
        ("-", "center"),
        ("随時", "center"),
        ("", "center"),
        ("R元", "center"),
    ],
)
def test_numbers_are_aligned_and_words_centred(text: str, align: str) -> None:
    made = first_grid(YEARS, sheet(activities=(Activity(code="01", results={"R2": text}),)))
    assert made.rows[1].cells[3].style.align == align


def value_cell(cell: str, value: str) -> tuple[str, ...]:
    """The texts of a cell for the remarks of a purpose."""
    made = two(
        f"each: 任務目的\n      cells: [{{field: 備考, style: plain, cols: 2, {cell}}}]",
        sheet(purposes=(MissionPurpose(remarks=value),)),
    )
    return made.rows[0].cells[0].texts


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("12", ("12件",)),
        ("53%", ("53%件",)),
        ("-", ("-",)),
        ("随時", ("随時",)),
        ("", ("なし",)),
    ],
)
def test_a_suffix_stands_behind_numbers_alone_and_a_default_for_blank(
    value: str, texts: tuple[str, ...]
) -> None:
    assert value_cell("suffix: 件, default: なし", value) == texts


@pytest.mark.parametrize(
    ("value", "texts"),
    [("1027", ("1,027",)), ("-5", ("△5",)), ("-", ("-",)), ("", ()), ("未定", ("未定",))],
)
def test_amounts_as_forms_print_them(value: str, texts: tuple[str, ...]) -> None:
    assert value_cell("format: money", value) == texts


def test_roles() -> None:
    made = first_grid(
        """
        - grid: 表
          columns: [{name: 一, width: 20mm}, {name: 二, width: 20mm}, {name: 三, width: 20mm}]
          rows:
            - header: true
              cells:
                - {label: 頭, style: plain}
                - {field: シート名, style: plain}
                - {label: 頭, style: plain, heads: none}
            - cells:
                - {label: 行, style: plain}
                - {field: シート名, style: plain}
                - {field: シートNo, style: plain, heads: row}
        """,
        sheet(),
    )
    roles = [[cell.role for cell in row.cells] for row in made.rows]
    assert roles == [["column", "column", "data"], ["row", "data", "row"]]
    assert made.header_rows == 1


def test_a_list_field_has_a_paragraph_for_each_item_even_an_empty_one() -> None:
    made = two(
        "cells: [{field: 総括.本文, style: plain, cols: 2}]",
        sheet(summary={"本文": ["一", "", "三"]}),
    )
    assert made.rows[0].cells[0].texts == ("一", "", "三")
    assert made.rows[0].cells[0].field == "総括.本文"


def test_a_list_without_items_shows_its_default() -> None:
    cells = "cells: [{field: 総括.本文, style: plain, cols: 2, default: なし}]"
    assert two(cells, sheet(summary={})).rows[0].cells[0].texts == ("なし",)
    assert two(cells, sheet(summary={"本文": ["一"]})).rows[0].cells[0].texts == ("一",)


def test_extra_fields_stand_where_a_form_names_them() -> None:
    made = two(
        """each: 行政活動
      cells: [{field: 追加項目.困難度, style: plain}, {field: 追加項目.目標年度, style: plain}]"""
    )
    assert texts_of(made)[1] == ["B", "R5"]
    assert made.rows[1].cells[0].field == "追加項目.困難度"


def test_an_expression_that_fails_names_the_cell() -> None:
    with pytest.raises(FormError) as caught:
        two("cells: [{label: 計, style: plain}, {expr: \"合計(予算, '金額')\", style: plain}]")
    error = caught.value
    assert "項目「金額」はありません" in error.message
    place = error.place
    assert (place.file, place.table, place.row) == ("forms/test.yaml", "表", "1")
    assert place.column == "2 合計(予算, '金額')"
    assert place.line is not None


def test_an_expression_is_formatted_like_a_field() -> None:
    made = two(
        "cells: [{label: 計, style: plain},"
        " {expr: \"合計(予算, '予算額')\", style: number, format: money, suffix: 千円}]",
        sheet(budget=(BudgetLine(amount="1000"), BudgetLine(amount="-3000"))),
    )
    assert made.rows[0].cells[1].texts == ("△2,000千円",)


def test_a_year_as_the_value_of_an_expression_follows_the_form() -> None:
    made = two("cells: [{label: 年度, style: plain}, {expr: 年度, style: plain}]")
    assert made.rows[0].cells[1].texts == ("R3",)


def test_fixed_heights_and_rules() -> None:
    document = resolve(
        """
        - grid: 表
          columns: [{name: 一, width: 20mm}]
          outer: 1pt
          inner: 0.3pt
          bookmark: しおり
          keep_together: true
          rows: [{height: 12pt, name: "{シート名}", cells: [{style: plain}]}]
        """,
        sheet(),
    )
    (made,) = document.sections[0].blocks
    assert isinstance(made, Grid)
    assert (made.outer, made.inner, made.bookmark) == (1000, 300, "しおり")
    assert made.keep_together
    assert made.continued == "（続き）"
    assert (made.rows[0].height, made.rows[0].label) == (12_000, "公園の管理")
    assert made.rows[0].cells[0].texts == ()


@pytest.mark.parametrize(
    ("rows", "kept"),
    [(1, ""), (2, "0"), (3, "01"), (5, "0123"), (7, "0145")],
)
def test_the_first_and_the_last_rows_stay_together(rows: int, kept: str) -> None:
    document = resolve(
        """
        - grid: 表
          columns: [{name: 一, width: 20mm}]
          keep_rows: 3
          rows:
            - {header: true, cells: [{label: 行, style: plain}]}
            - {each: 行政活動, cells: [{field: 手段, style: plain}]}
        """,
        sheet(activities=tuple(Activity(code=f"{n:02}") for n in range(1, rows + 1))),
    )
    (made,) = document.sections[0].blocks
    assert isinstance(made, Grid)
    assert not made.rows[0].keep_with_next
    body = made.rows[1:]
    assert "".join(str(n) for n, row in enumerate(body) if row.keep_with_next) == kept


def test_a_number_over_blank_rows_stands_as_a_number() -> None:
    row = """each: 業務グループ
      rows:
        - each: 事業費
          at_least: 2
          cells:
            - {expr: 件数(行政活動), style: number, rows: each}
            - {field: 事業名, style: number}"""
    made = two(row, sheet(activities=(Activity(code="01"),)))
    assert [one.style.align for one in made.rows[0].cells] == ["right", "center"]
    assert made.rows[0].cells[0].texts == ("1",)
