"""Grids as tables: spans, widths, headers, rules, heights."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from gyomu_docs.errors import MissingGlyphError, Place
from gyomu_docs.layout.tree import Grid
from gyomu_docs.units import mm, pt
from gyomu_docs.writers.docx.grid import Tables
from gyomu_docs.writers.docx.marks import Bookmarks
from gyomu_docs.writers.docx.styles import StyleSheet
from gyomu_docs.writers.docx.text import Paragraphs
from tests.support.documents import any_grids, cell, document, grid, row
from tests.support.ooxml import Docx, attribute, lint, value_of
from tests.writers.docx.conftest import Word
from tests.writers.docx.test_document import opened, written

PAGE = pt(500)


def table_of(made: Grid) -> str:
    """The XML of a grid alone."""
    tables = Tables(Paragraphs(StyleSheet("ja-JP")), Bookmarks(wanted=False))
    return tables.table(made, "", PAGE)


def properties(docx: Docx, name: str) -> list[str]:
    return docx.values(f".//w:tc/w:tcPr/w:{name}")


def test_texts_stand_in_their_cells(word: Word) -> None:
    docx = word(grid("款 項 目", row("2", "", cell("一", "二\n三", column=2))))
    assert docx.rows() == [["款", "項", "目"], ["2", "", "一/二|三"]]


def test_widths_agree_however_cells_span(word: Word) -> None:
    columns = tuple(mm(15) / 1000 for _ in range(5))
    parted = row(cell("前", cols=2), cell("後", column=2, cols=3))
    docx = word(grid(row(cell("全体", cols=5)), "1 2 3 4 5", parted, columns=columns))

    widths = [int(attribute(one, "w")) for one in docx.find(".//w:gridCol")]
    assert sum(widths) == round(5 * mm(15) / 50)
    assert properties(docx, "gridSpan") == ["5", "2", "3"]


def test_a_cell_over_rows_goes_on_below(word: Word) -> None:
    docx = word(
        grid(
            row(cell("縦", rows=3), cell("一", column=1)),
            row(cell("二", column=1)),
            row(cell("三", column=1)),
            "次 四",
        )
    )
    assert docx.rows() == [["縦", "一"], ["", "二"], ["", "三"], ["次", "四"]]
    assert properties(docx, "vMerge") == ["restart", "continue", "continue"]


def test_a_cell_over_rows_and_columns_keeps_its_width(word: Word) -> None:
    docx = word(
        grid(
            row(cell("大", rows=2, cols=2), cell("一", column=2)),
            row(cell("二", column=2)),
            row(cell("三"), cell("四", column=1, rows=2), cell("五", column=2)),
            row(cell("六"), cell("七", column=2)),
        )
    )
    assert docx.rows() == [["大", "一"], ["", "二"], ["三", "四", "五"], ["六", "", "七"]]
    assert properties(docx, "gridSpan") == ["2", "2"]


@given(any_grids())
@settings(max_examples=40)
def test_any_grid_is_a_table_that_word_opens(made: Grid) -> None:
    assert lint(written(document(made))) == []


def test_header_rows_repeat(word: Word) -> None:
    docx = word(grid("見出し 値", "続き 値", "一 二", header=2))
    repeated = [bool(docx.find("w:trPr/w:tblHeader", one)) for one in docx.find(".//w:tr")]
    assert repeated == [True, True, False]
    assert attribute(docx.find(".//w:tblLook")[0], "firstRow") == "1"


def test_a_row_is_split_only_where_it_may_be_taller_than_a_page(word: Word) -> None:
    docx = word(grid(row("一"), row("長" * 150), row("短い\n" * 3), columns=(100,)), height=200)
    whole = [bool(docx.find("w:trPr/w:cantSplit", one)) for one in docx.find(".//w:tr")]
    assert whole == [True, True, True]
    docx = word(grid(row("一"), row("長" * 220), row("行\n" * 25), columns=(100,)), height=200)
    whole = [bool(docx.find("w:trPr/w:cantSplit", one)) for one in docx.find(".//w:tr")]
    assert whole == [True, False, False]


def test_rows_have_least_heights(word: Word) -> None:
    docx = word(grid(row("一", height=15.5), row("二")))
    heights = [(value_of(one), attribute(one, "hRule")) for one in docx.find(".//w:trHeight")]
    assert heights == [("310", "atLeast")]


def test_a_vertical_label_finds_room(word: Word) -> None:
    docx = word(
        grid(
            row(cell("第五次総合計画", rows=2, vertical=True), cell("一", column=1)),
            row(cell("二", column=1), height=12),
        )
    )
    # Seven characters of 10 pt and 2 pt for the rules; the first row has one line of 10 pt.
    assert docx.values(".//w:trHeight") == ["1240"]
    assert properties(docx, "textDirection") == ["tbRlV", "tbRlV"]


def test_rows_that_belong_together_are_kept_together() -> None:
    def kept(made: Grid) -> list[bool]:
        docx = opened(document(made))
        return [bool(docx.find("w:tc/w:p/w:pPr/w:keepNext", one)) for one in docx.find(".//w:tr")]

    assert kept(grid(row("一", keep=True), "二", "三")) == [True, False, False]
    assert kept(grid("一", "二", "三", keep_together=True)) == [True, True, False]
    assert kept(grid("見出し", "二", "三", header=1)) == [True, False, False]
    assert kept(grid("見出し", header=1)) == [False]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (0, ("nil", "")),
        (100, ("single", "2")),
        (250, ("single", "2")),
        (800, ("single", "6")),
    ],
)
def test_rules(width: int, shown: tuple[str, str]) -> None:
    docx = opened(document(grid("一 二", outer=width, inner=1000)))
    top, inside = docx.find(".//w:tblBorders/w:top")[0], docx.find(".//w:tblBorders/w:insideV")[0]
    assert (value_of(top), attribute(top, "sz")) == shown
    assert attribute(inside, "sz") == "8"


def test_looks_of_cells(word: Word) -> None:
    docx = word(
        grid(
            row(
                cell("見出し", fill=0xE8EDF5, valign="top"),
                cell("下", column=1, valign="bottom"),
                cell("中", column=2, valign="middle"),
            )
        )
    )
    assert [attribute(one, "fill") for one in docx.find(".//w:shd")] == ["E8EDF5"]
    assert properties(docx, "vAlign") == ["bottom", "center"]


def test_padding_is_the_tables_where_most_cells_have_it() -> None:
    wide, narrow = (0, 3, 0, 3), (0, 1, 0, 1)
    cells = [cell("一", column=n, padding=wide) for n in range(3)]
    xml = table_of(grid(row(*cells, cell("狭", column=3, padding=narrow))))
    assert xml.count('<w:tblCellMar><w:left w:w="60"') == 1
    assert xml.count('<w:tcMar><w:left w:w="20"') == 1


def test_a_table_says_what_it_is(word: Word) -> None:
    docx = word(grid("一", name='予算 & "人工"'))
    assert docx.values(".//w:tblCaption") == ['予算 & "人工"']
    assert docx.values(".//w:tblDescription") == ['No.1 試験 予算 & "人工"']


@pytest.mark.parametrize(
    ("made", "place"),
    [
        (row("一", "二\x00", label="0101"), Place("", None, "No.1 試験", "表", "0101", "列2")),
        (row("一\x00", record="予算[1]"), Place("", None, "No.1 試験", "表", "予算[1]", "列1")),
    ],
)
def test_a_character_that_word_cannot_hold_is_named_with_its_place(made: Any, place: Place) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        written(document(grid("一 二", made)))
    assert caught.value.place == place
