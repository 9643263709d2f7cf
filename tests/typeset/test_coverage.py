"""Characters that the fonts lack, found before anything is set."""

from __future__ import annotations

from gyomu_docs.layout.tree import Document
from gyomu_docs.typeset.coverage import missing_glyphs
from tests.support.documents import (
    beside,
    cell,
    document,
    grid,
    heading,
    paragraph,
    row,
    section,
    spacer,
)
from tests.support.paging import FixedFonts


def missing(made: Document, lacking: str) -> list[str]:
    """Each character that is missing, with its place."""
    found = missing_glyphs(made, FixedFonts(lacking))
    return [f"{error.place}: {error.message.removeprefix('文字「')[0]}" for error in found]


def test_every_place_is_named_in_the_order_of_the_document() -> None:
    made = document(
        heading("葛飾"),
        beside((50, (paragraph("葛"), spacer(3)))),
        grid(row("一", "飾葛", label="0101"), name="行政活動"),
        left="葛",
    )
    assert missing(made, "葛飾") == [
        "シート「No.1 試験」 行「ヘッダー」: 葛",
        "シート「No.1 試験」 行「見出し」: 葛",
        "シート「No.1 試験」 行「見出し」: 飾",
        "シート「No.1 試験」 行「本文」: 葛",
        "シート「No.1 試験」 表「行政活動」 行「0101」 列「列2」: 飾",
        "シート「No.1 試験」 表「行政活動」 行「0101」 列「列2」: 葛",
    ]


def test_nothing_is_missing_from_a_font_that_has_all() -> None:
    assert missing(document(grid("一 二"), paragraph("三\n四")), "") == []


def test_a_line_break_needs_no_glyph() -> None:
    assert missing(document(paragraph("一\n二")), "\n") == []


def test_a_character_is_named_once_a_text() -> None:
    assert len(missing(document(paragraph("葛葛葛"), paragraph("葛")), "葛")) == 2


def test_page_numbers_need_their_digits() -> None:
    assert missing(document(), "7") == ["シート「No.1 試験」 行「フッター」: 7"]


def test_bold_texts_are_looked_up_in_the_bold_font() -> None:
    fonts = FixedFonts()
    fonts._fonts[True] = FixedFonts("葛").find("", True)
    made = document(grid(row(cell("葛", bold=True), cell("葛", column=1))))
    assert len(list(missing_glyphs(made, fonts))) == 1


def test_each_sheet_of_many_is_named() -> None:
    made = document(
        section(paragraph("葛"), title="No.1 甲"), section(paragraph("葛"), title="No.2 乙")
    )
    assert [line.split(" 行")[0] for line in missing(made, "葛")] == [
        "シート「No.1 甲」",
        "シート「No.2 乙」",
    ]
