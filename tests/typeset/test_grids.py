"""Grids measured: the heights of rows, spanning cells, what is too high for a page."""

from __future__ import annotations

from typing import Any

import pytest

from gyomu_docs.errors import Diagnostic, MissingGlyphError, Place
from gyomu_docs.layout.tree import Cell, Grid
from gyomu_docs.typeset.grids import MeasuredGrid, measure_grid
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import pt
from tests.support.documents import cell, grid, row
from tests.support.paged import FONTS, GOTHIC
from tests.support.paging import FixedFonts

SHEET = Place(sheet="No.1 試験")


def measure(made: Grid, page: float | None = None, missing: str = "") -> MeasuredGrid:
    found: list[Diagnostic] = []
    setter = TextSetter(FixedFonts(missing))
    return measure_grid(made, setter, SHEET, found, None if page is None else pt(page))


def heights(made: Grid, page: float | None = None) -> list[float]:
    return [line.height / 1000 for line in measure(made, page).rows]


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    assert heights(grid("一 あいうえおかき", "一 二")) == [20, 10]


def test_padding_counts_and_heights_are_least_heights() -> None:
    assert heights(grid(row(cell("一", padding=(1, 0, 2, 0))))) == [13]
    assert heights(grid(row("一", height=25), row("あいうえおかき", height=15))) == [25, 20]


def test_an_empty_cell_is_one_line_high() -> None:
    assert heights(grid(row(""))) == [10]
    assert heights(grid(row(cell(leading=14, padding=(1, 0, 2, 0))))) == [17]
    assert heights(grid(row(cell("")))) == [10]
    assert heights(grid(row(cell(vertical=True)))) == [10]


def test_a_cell_over_rows_stretches_the_last_where_they_are_too_low() -> None:
    made = grid(row(cell("あ" * 15, rows=2), cell("一", column=1)), row(cell("二", column=1)))
    assert heights(made) == [10, 20]


def test_a_cell_over_rows_leaves_them_where_they_have_room() -> None:
    made = grid(row(cell("あ" * 10, rows=2), cell("一", column=1)), row(cell("二", column=1)))
    assert heights(made) == [10, 10]


def test_spans_that_end_together_do_not_add_up() -> None:
    made = grid(
        row(cell("あ" * 20, rows=3), cell("一", column=1), cell("一", column=2)),
        row(cell("い" * 15, column=1, rows=2), cell("二", column=2)),
        row(cell("三", column=2)),
    )
    assert heights(made) == [10, 10, 20]


def test_a_row_of_spanning_cells_alone_has_the_height_it_needs_in_its_last_row() -> None:
    made = grid(row(cell("一", rows=2), cell("二", column=1, rows=2)), row())
    assert heights(made) == [0, 10]


def test_a_vertical_label_needs_its_height() -> None:
    made = grid(row(cell("人工数", vertical=True, rows=2), cell("一", column=1)), row())
    measured = measure(made)
    assert [line.height for line in measured.rows] == [pt(10), pt(20)]
    assert measured.rows[0].cells[0].vertical


def test_columns_add_up() -> None:
    measured = measure(grid(row(cell("一", cols=2), cell("二", column=2)), columns=(10, 20, 30)))
    first, second = measured.rows[0].cells
    assert (first.x, first.width) == (0, pt(30))
    assert (second.x, second.width) == (pt(30), pt(30))
    assert measured.width == pt(60)


def test_tops_header_and_height() -> None:
    measured = measure(grid("頭 頭", "一 二", "あいうえおか 三", header=1))
    assert measured.tops == (0, pt(10), pt(20), pt(40))
    assert (measured.header_rows, measured.header_height, measured.height) == (1, pt(10), pt(40))
    assert measured.height_of(1, 3) == pt(30)


def test_spans_in_the_body_are_known_with_the_height_of_their_repeated_label() -> None:
    made = grid(
        row(cell("頭"), cell("頭", column=1)),
        row(cell("ラベル", rows=2, role="row"), cell("一", column=1)),
        row(cell("二", column=1)),
        row(cell("値", rows=2), cell("三", column=1)),
        row(cell("四", column=1)),
        header=1,
    )
    spans = [(one.begin, one.end, one.again) for one in measure(made).spans]
    # ラベル（続き） takes two lines of five; data is not repeated.
    assert spans == [(1, 3, pt(20)), (3, 5, 0)]


def test_a_label_too_long_to_be_repeated_asks_for_no_room() -> None:
    # Five lines are half the page; with （続き） they are six.
    made = grid(row(cell("あ" * 24, rows=2, role="row"), cell(column=1)), row(cell(column=1)))
    assert [(one.cell.need, one.again) for one in measure(made, page=100).spans] == [(pt(50), 0)]
    assert measure(made, page=120).spans[0].again == pt(60)


def test_padding_counts_to_a_repeated_label() -> None:
    label = cell("人", rows=2, role="row", padding=(1, 0, 2, 0))
    made = grid(row(label, cell(column=1)), row(cell(column=1)))
    assert measure(made).spans[0].again == pt(13)


def test_spans_inside_the_header_are_none_but_those_out_of_it_are() -> None:
    made = grid(
        row(cell("頭", rows=2), cell("工", column=1, rows=3, vertical=True, role="row")),
        row(),
        row("一"),
        header=2,
    )
    # 工（続き） is five characters, but the blanks of the brackets may go.
    assert [(one.begin, one.end, one.again) for one in measure(made).spans] == [(0, 3, pt(40))]


# What is higher than half a page.


def test_header_rows_higher_than_half_a_page_do_not_repeat() -> None:
    made = grid(row("あ" * 25), "一", header=1)
    assert measure(made, page=100).header_rows == 1
    assert measure(made, page=98).header_rows == 0


def test_a_grid_of_header_rows_alone_has_none() -> None:
    assert measure(grid("頭", header=1)).header_rows == 0


def test_a_spanning_cell_higher_than_half_a_page_gives_its_height_to_its_first_row() -> None:
    made = grid(row(cell("あ" * 30, rows=2), cell("一", column=1)), row(cell("二", column=1)))
    assert heights(made, page=120) == [10, 50]
    assert heights(made, page=118) == [60, 10]


@pytest.mark.parametrize("rows", [1, 2])
def test_a_vertical_label_higher_than_half_a_page_is_set_in_lines(rows: int) -> None:
    made = grid(row(cell("あ" * 12, vertical=True, rows=rows), cell(column=1)), row())
    found: list[Diagnostic] = []
    measured = measure_grid(made, TextSetter(FixedFonts()), SHEET, found, pt(230))
    assert not measured.rows[0].cells[0].vertical
    assert len(measured.rows[0].cells[0].set.lines) == 3
    assert [one.kind for one in found] == ["overfull"]
    assert measure(made, page=240).rows[0].cells[0].vertical


def test_a_vertical_label_of_too_many_columns_is_set_in_lines() -> None:
    made = grid(row(cell("\n".join("一二三四五六"), vertical=True)))
    measured = measure(made)
    assert not measured.rows[0].cells[0].vertical
    assert measured.rows[0].height == pt(60)


# Numbers.


def test_numbers_of_a_column_share_their_decimal_point() -> None:
    def numbers(*texts: str, cols: int = 1) -> list[Cell]:
        return [cell(text, column=at, cols=cols, align="decimal") for at, text in enumerate(texts)]

    made = grid(
        row(*numbers("12", "1.5")),
        row(*numbers("3.45", "△1,000")),
        row(cell("-", align="center"), cell("7", column=1, align="right")),
        row(*numbers("123456.7", cols=2)),
    )
    shifts = [[one.set.shift / 1000 for one in line.cells] for line in measure(made).rows]
    # Before and from the point on: 10 pt and 15 pt, 35 pt and 10 pt, 30 pt and 10 pt of 100 pt.
    assert shifts == [[27.5, 2.5], [12.5, 12.5], [0, 0], [30]]


def test_numbers_of_a_column_are_aligned_in_the_rows_of_the_header_too() -> None:
    made = grid(row(cell("1.5", align="decimal")), row(cell("12", align="decimal")), header=1)
    measured = measure(made)
    assert [one.cells[0].set.shift for one in measured.rows] == [pt(15), pt(25)]


def test_the_set_text_that_is_remembered_is_not_moved() -> None:
    setter = TextSetter(FixedFonts())
    one = grid(row(cell("1", align="decimal")))
    other = grid(row(cell("1", align="decimal")), row(cell("1.5", align="decimal")))
    shifts = [
        measure_grid(made, setter, SHEET, []).rows[0].cells[0].set.shift
        for made in (one, other, one)
    ]
    assert shifts == [pt(22.5), pt(27.5), pt(22.5)]


# Messages.


def test_what_does_not_fit_is_reported_by_sheet_table_row_and_column() -> None:
    made = grid(
        row(cell("ふつう"), cell("あいうえおか", column=1, shrink=True), label="0101"),
        row(cell(column=0), cell("あ" * 30, column=1, shrink=True, floor=8), label="0102"),
        name="行政活動",
        column_names=("手段", "備考"),
    )
    found: list[Diagnostic] = []
    measure_grid(made, TextSetter(FixedFonts()), SHEET, found)
    assert [str(one) for one in found] == [
        "シート「No.1 試験」 表「行政活動」 行「0101」 列「備考」: "
        "「あいうえおか」の10ptを8.3ptに縮小しました。",
        "シート「No.1 試験」 表「行政活動」 行「0102」 列「備考」: "
        f"「{'あ' * 20}…」は10ptを縮小しても1行に収まらず、8.3ptで行を増やしました。\n"
        "  ヒント: 文を短くするか、様式の欄を広げてください。",
    ]
    assert [(one.level, one.kind) for one in found] == [("I", "shrunk"), ("W", "overfull")]


def test_the_message_tells_how_many_lines_there_may_be() -> None:
    found: list[Diagnostic] = []
    made = grid(row(cell("あ" * 30, shrink=True, floor=8, lines=2)))
    measure_grid(made, TextSetter(FixedFonts()), SHEET, found)
    assert "を縮小しても2行に収まらず、" in found[0].message


@pytest.mark.parametrize(
    ("char", "code"),
    [("\t", "U+0009"), ("\v", "U+000B"), ("\x85", "U+0085"), ("\u2028", "U+2028")],
)
@pytest.mark.parametrize("look", [{}, {"align": "justify"}, {"shrink": True}, {"vertical": True}])
def test_a_tab_or_another_control_character_is_refused_with_its_place(
    char: str, code: str, look: dict[str, Any]
) -> None:
    # With the real fonts: no character is dropped or set as a blank.
    made = grid(row(cell(f"市{char}町", family=GOTHIC, **look), label="0101"))
    with pytest.raises(MissingGlyphError) as caught:
        measure_grid(made, TextSetter(FONTS), SHEET, [])
    assert code in str(caught.value)
    assert str(caught.value.place) == "シート「No.1 試験」 表「表」 行「0101」 列「列1」"


def test_a_missing_character_names_sheet_table_row_and_column() -> None:
    made = grid(row("一", "葛飾", label="0101"), name="行政活動")
    with pytest.raises(MissingGlyphError) as caught:
        measure(made, missing="葛")
    assert str(caught.value.place) == ("シート「No.1 試験」 表「行政活動」 行「0101」 列「列2」")


@pytest.mark.parametrize(
    ("label", "record", "name"),
    [
        ("0101", "行政活動[1]", "0101"),
        ("", "行政活動[1]", "行政活動[1]"),
        ("", "", "頭"),
        ("あ" * 20, "", "あ" * 20),
        ("あ" * 21, "", "あ" * 20 + "…"),
    ],
)
def test_a_row_is_named_by_its_label_its_record_or_its_first_text(
    label: str, record: str, name: str
) -> None:
    made = grid(row("頭", "葛", label=label, record=record))
    with pytest.raises(MissingGlyphError) as caught:
        measure(made, missing="葛")
    assert caught.value.place.row == name


def test_a_vertical_label_with_a_missing_character_is_named_too() -> None:
    with pytest.raises(MissingGlyphError) as caught:
        measure(grid(row(cell("葛", vertical=True)), name="人工"), missing="葛")
    assert caught.value.place.table == "人工"
