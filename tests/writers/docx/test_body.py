"""Blocks below and beside each other."""

from __future__ import annotations

import pytest
from lxml import etree

from gyomu_docs.errors import MissingGlyphError, Place
from gyomu_docs.layout.tree import Block, PageBreak
from tests.support.documents import beside, document, grid, heading, paragraph, spacer
from tests.support.ooxml import Docx, attribute, text_of, value_of
from tests.writers.docx.conftest import Word
from tests.writers.docx.test_document import opened, written


def outline(docx: Docx, within: etree._Element | None = None) -> list[str]:
    """The blocks of the body or of a cell: texts of paragraphs, heights of spaces, tables."""
    blocks = []
    for element in docx.body if within is None else within:
        match etree.QName(element).localname:
            case "tbl":
                blocks.append("table")
            case "p":
                line = docx.find("w:pPr/w:spacing", element)
                height = attribute(line[0], "line") if line else ""
                new_page = "page " if docx.find("w:pPr/w:pageBreakBefore", element) else ""
                blocks.append(new_page + (text_of(element) or height))
    return blocks


def test_blocks_come_in_order(word: Word) -> None:
    docx = word(heading("題"), grid("表"), spacer(6), paragraph("注"))
    assert outline(docx) == ["題", "table", "120", "注", "20"]


def test_tables_that_touch_stay_two(word: Word) -> None:
    assert outline(word(grid("一"), grid("二"))) == ["table", "20", "table", "20"]
    assert outline(word(grid("一"), spacer(0), grid("二"))) == ["table", "20", "table", "20"]


def test_a_grid_without_rows_is_no_table(word: Word) -> None:
    docx = word(grid("一"), grid(columns=(50,)), grid("二"))
    assert outline(docx) == ["table", "20", "table", "20"]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((paragraph("一"), PageBreak(), paragraph("二")), ["一", "page 20", "二", "20"]),
        ((PageBreak(), paragraph("一")), ["一", "20"]),
        ((paragraph("一"), PageBreak(), PageBreak()), ["一", "page 20", "20"]),
    ],
)
def test_page_breaks(blocks: tuple[Block, ...], expected: list[str]) -> None:
    assert outline(opened(document(*blocks))) == expected


def test_blocks_beside_each_other_stand_in_a_table_without_rules(word: Word) -> None:
    docx = word(beside((100, (heading("題"),)), (200, (grid("一"), spacer(5), grid("二"))), gap=10))
    (outer,) = docx.find("w:tbl")
    assert [attribute(one, "w") for one in docx.find("w:tblGrid/w:gridCol", outer)] == [
        "2000",
        "200",
        "4000",
    ]
    assert {value_of(one) for one in docx.find("w:tblPr/w:tblBorders", outer)[0]} == {"nil"}
    cells = docx.find("w:tr/w:tc", outer)
    inner = [[one for one in outline(docx, cell) if one] for cell in cells]
    assert inner == [["題"], ["20"], ["table", "100", "table", "20"]]


def test_columns_without_a_gap_touch(word: Word) -> None:
    docx = word(beside((100, (paragraph("左"),)), (100, ())))
    assert [text_of(one) for one in docx.find("w:tbl/w:tr/w:tc")] == ["左", ""]


def test_columns_within_columns(word: Word) -> None:
    docx = word(
        beside(
            (300, (beside((100, (grid("一"),)), (100, (paragraph("二"),)), gap=5),)),
        )
    )
    assert [text_of(one) for one in docx.find("w:tbl/w:tr/w:tc/w:tbl/w:tr/w:tc")] == [
        "一",
        "",
        "二",
    ]


def test_columns_that_may_not_fit_on_a_page_may_be_split() -> None:
    def whole(block: Block) -> bool:
        docx = opened(document(beside((100, (block,)), (100, ())), height=200))
        return bool(docx.find("w:tbl/w:tr/w:trPr/w:cantSplit"))

    assert whole(grid(*["行"] * 20))
    assert not whole(grid(*["行"] * 21))
    assert whole(paragraph("長" * 199))
    assert not whole(paragraph("長" * 200))


def test_a_page_cannot_begin_in_a_column(word: Word) -> None:
    docx = word(beside((100, (grid("一"), PageBreak(), grid("二"), PageBreak())), (100, ())))
    assert docx.find(".//w:pageBreakBefore") == []
    assert outline(docx, docx.find("w:tbl/w:tr/w:tc")[0]) == ["table", "20", "table", "20"]


def test_a_note_that_word_cannot_hold_is_named_with_its_sheet() -> None:
    with pytest.raises(MissingGlyphError) as caught:
        written(document(paragraph("注\x07")))
    assert caught.value.place == Place(sheet="No.1 試験")
