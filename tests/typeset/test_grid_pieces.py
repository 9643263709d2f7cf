"""One page of a grid as a grid of its own: heights, cells over several rows, sizes."""

from __future__ import annotations

from gyomu_docs.errors import Place
from gyomu_docs.layout.tree import Cell, Grid
from gyomu_docs.typeset.breaks import break_grid
from gyomu_docs.typeset.grid_pieces import GridCutter, SetStyles
from gyomu_docs.typeset.grids import measure_grid
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import pt
from tests.support.documents import cell, grid, row
from tests.support.letters import draw_grid
from tests.support.paging import FONTS


def pieces(made: Grid, page: float = 100) -> list[Grid]:
    setter = TextSetter(FONTS)
    measured = measure_grid(made, setter, Place(), [], pt(page))
    cutter = GridCutter(measured, setter, SetStyles())
    return [cutter.cut(one.parts) for one in break_grid(measured, pt(page), pt(page))]


def texts(made: Grid) -> list[list[str]]:
    return [["".join(one.texts) for one in line.cells] for line in made.rows]


def first_cell(made: Grid) -> Cell:
    return pieces(made)[0].rows[0].cells[0]


def spanning(**label: object) -> Grid:
    """A label beside three rows of 40 pt, of which two go on a page."""
    first = [cell("見出し", rows=3, **{"role": "row", **label}), cell("一", column=1)]
    others = [[cell(text, column=1)] for text in "二三"]
    return grid(*(row(*cells, height=40) for cells in (first, *others)))


def test_a_label_over_rows_of_two_pages_is_cut_and_repeated() -> None:
    one, two = pieces(spanning())
    assert texts(one) == [["見出し", "一"], ["二"]]
    assert texts(two) == [["見出し\n（続き）", "三"]]
    assert [one.rows[0].cells[0].rowspan, two.rows[0].cells[0].rowspan] == [2, 1]


def test_a_label_without_room_to_say_that_it_goes_on_does_not() -> None:
    label = cell("見出し" * 4, rows=3, role="row")
    others = (row(cell(text, column=1), height=45) for text in "二三")
    made = grid(row(label, cell("一", column=1), height=45), *others, continued="つづき" * 9)
    assert texts(pieces(made)[1]) == [["見出し" * 4, "三"]]


def test_a_value_over_rows_of_two_pages_is_not_repeated() -> None:
    _, two = pieces(spanning(role="data"))
    assert texts(two) == [["", "三"]]


def test_a_header_over_the_whole_table_goes_on_in_each_piece() -> None:
    head = row(cell("総", rows=4, role="row"), cell("頭", column=1, role="column"))
    body = (row(cell(text, column=1), height=40) for text in "一二三")
    one, two = pieces(grid(head, *body, header=1))
    assert texts(one)[0] == ["総", "頭"]
    assert texts(two) == [["総（続き）", "頭"], ["三"]]
    assert two.rows[0].cells[0].rowspan == 2


def test_slots_stay_filled() -> None:
    assert [draw_grid(one) for one in pieces(spanning())] == ["A B\nA C", "A B"]


def test_only_the_first_piece_has_the_bookmark_and_the_records_of_headers() -> None:
    head = row("頭", record="頭")
    body = (row(text, height=40, record=text) for text in "一二三")
    made = pieces(grid(head, *body, header=1, bookmark="表"))
    assert [one.bookmark for one in made] == ["表", ""]
    assert [[line.record for line in one.rows] for one in made] == [
        ["頭", "一", "二"],
        ["", "三"],
    ]


def test_heights_are_without_the_rule_that_hosts_add() -> None:
    made = grid(row("一", height=40), row("あ" * 10), outer=pt(1), inner=pt(0.5))
    (one,) = pieces(made)
    assert [line.height for line in one.rows] == [pt(39), pt(19.5)]


def test_the_rule_comes_out_of_the_padding() -> None:
    made = grid(row(cell("一", padding=(2, 3, 2, 3))), row("二"), outer=pt(1), inner=0)
    assert first_cell(made).style.padding == (pt(1), pt(3), pt(2), pt(3))
    thin = grid(row(cell("一", padding=(0.5, 3, 2, 3))), row("二"), outer=pt(1), inner=0)
    assert first_cell(thin).style.padding == (0, pt(3), pt(1.5), pt(3))


def test_cells_that_look_alike_share_their_style() -> None:
    one = pieces(grid(row("一", "二"), row("三", "四")))[0]
    assert one.rows[1].cells[0].style is one.rows[1].cells[1].style


def test_a_vertical_label_has_the_size_of_its_box() -> None:
    label = cell("あいうえお", rows=2, vertical=True, shrink=True, floor=5, align="center")
    made = grid(row(label, cell("一", column=1), height=20), row(cell("二", column=1), height=20))
    setter = TextSetter(FONTS)
    measured = measure_grid(made, setter, Place(), [], pt(100))
    cutter = GridCutter(measured, setter, SetStyles())
    piece = cutter.cut(next(break_grid(measured, pt(100), pt(100))).parts)
    assert piece.rows[0].cells[0].style.size == pt(8)
    assert [one.message for one in cutter.found] == ["「あいうえお」の10ptを8ptに縮小しました。"]


def test_a_vertical_label_in_columns_is_parted_by_line_ends() -> None:
    label = cell("あいうえおか", vertical=True, shrink=True, floor=10, align="center")
    made = grid(row(label, height=40))
    assert first_cell(made).texts == ("あいうえ\nおか",)
