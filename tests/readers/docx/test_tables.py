"""Tables: cells with their edges, merged cells, tracked rows, tables in cells."""

from __future__ import annotations

from gyomu_docs.readers.docx import Line, Table
from tests.support.wml import BY, first_table, ins, p, table, tc, tr

SPAN = '<w:gridSpan w:val="2"/>'


def edges(made: Table, row: int = 0) -> list[tuple[int, int]]:
    return [(cell.left, cell.right) for cell in made.rows[row].cells]


def test_cells_stand_on_the_grid() -> None:
    made = first_table(table(tr("一", "二"), tr(tc("三", properties=SPAN)), columns=(300, 500)))
    assert made.edges == (0, 300, 800)
    assert edges(made) == [(0, 300), (300, 800)]
    assert edges(made, 1) == [(0, 800)]


def test_columns_left_out_before_a_row() -> None:
    made = first_table(table(tr("二", properties='<w:gridBefore w:val="1"/>'), columns=(300, 500)))
    assert edges(made) == [(300, 800)]


def test_a_table_without_a_grid_goes_by_the_widths_of_its_cells() -> None:
    width = '<w:tcW w:w="400" w:type="dxa"/>'
    made = first_table(
        table(tr(tc("一", properties=width), tc("二", properties=width)), columns=())
    )
    assert edges(made) == [(0, 400), (400, 800)]


def test_absurd_spans_do_no_harm() -> None:
    made = first_table(table(tr(tc("一", properties='<w:gridSpan w:val="999999999"/>'))))
    assert made.rows[0].cells[0].text.new == ("一",)


def test_cells_that_go_on_from_above() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    made = first_table(table(tr(tc("縦", properties=start), "一"), tr(tc(properties=on), "二")))
    assert [[cell.continues for cell in row.cells] for row in made.rows] == [
        [False, False],
        [True, False],
    ]


def test_a_cell_whose_deletion_is_tracked_is_gone_and_the_others_keep_their_places() -> None:
    gone = tc(properties=f"<w:cellDel {BY}/>")
    made = first_table(table(tr("一", gone, "三"), columns=(300, 500, 200)))
    assert edges(made) == [(0, 300), (800, 1000)]


def test_tracked_rows() -> None:
    made = first_table(
        table(
            tr("一"), tr("二", properties=f"<w:ins {BY}/>"), tr("三", properties=f"<w:del {BY}/>")
        )
    )
    assert [row.state for row in made.rows] == ["", "inserted", "deleted"]
    assert made.rows[1].marks[0].author == "鈴木"


def test_a_row_whose_whole_text_is_inserted_is_an_inserted_row() -> None:
    made = first_table(table(tr(tc(p(ins("一"))), tc()), tr(tc(p(ins("一"))), "二"), tr("", "")))
    assert [row.state for row in made.rows] == ["inserted", "", ""]


def test_header_rows_and_bookmarks() -> None:
    point = '<w:bookmarkStart w:id="1" w:name="_gd_act1"/><w:bookmarkEnd w:id="1"/>'
    off = '<w:tblHeader w:val="0"/>'
    made = first_table(
        table(tr("頭", properties="<w:tblHeader/>"), tr(tc(p(point, "01")), properties=off))
    )
    assert [row.header for row in made.rows] == [True, False]
    assert made.rows[1].bookmarks == ("_gd_act1",)


def test_a_table_in_a_cell_keeps_to_itself() -> None:
    inner = table(tr("中"), columns=(100,))
    cell = first_table(table(tr(tc(p("前"), inner, p("後"))))).rows[0].cells[0]
    assert cell.text.new == ("前", "後")
    assert cell.tables[0].rows[0].cells[0].text.new == ("中",)
    assert [isinstance(line, Line) for line in cell.lines] == [True, False, True]


def test_rows_and_cells_in_controls_are_looked_through() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    made = first_table(table(control.format(tr("一", control.format(tc("二"))))))
    assert [cell.text.new for cell in made.rows[0].cells] == [("一",), ("二",)]


def test_comments_are_known_by_their_cell() -> None:
    made = first_table(table(tr("一", tc(p("二", '<w:r><w:commentReference w:id="7"/></w:r>')))))
    assert [cell.text.comments for cell in made.rows[0].cells] == [(), ("7",)]
