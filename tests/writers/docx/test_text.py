"""Texts whose look depends on what they say: spread labels, numbers, vertical labels."""

from __future__ import annotations

from typing import Any

import pytest

from gyomu_docs.layout.tree import PARAGRAPH_END, Span
from gyomu_docs.units import pt
from gyomu_docs.writers.docx.measures import half_ems, spread_margin
from gyomu_docs.writers.docx.text import decimal_tail
from tests.support.documents import cell, document, grid, heading, paragraph, row, style
from tests.support.ooxml import Docx, attribute, text_of
from tests.writers.docx.conftest import Word
from tests.writers.docx.test_document import opened


def own_look(docx: Docx) -> list[dict[str, str]]:
    """Of each paragraph in a cell what its own properties say: alignment and indents."""
    looks = []
    for one in docx.find(".//w:tc/w:p/w:pPr"):
        aligned = docx.values("w:jc", one)
        look = {"jc": aligned[0]} if aligned else {}
        for moved_in in docx.find("w:ind", one):
            look |= {side: attribute(moved_in, side) for side in ("left", "right")}
        looks.append(look)
    return looks


def shown(*texts: str, width: float = 100, **changes: Any) -> list[dict[str, str]]:
    rows = [row(cell(text, **changes)) for text in texts]
    return own_look(opened(document(grid(*rows, columns=(width,)))))


def test_a_label_is_spread_with_gaps_of_one_em_at_the_most() -> None:
    # Four characters and three gaps of 10 pt are 70 pt; 15 pt stay free on either side.
    assert shown("任務目的", align="spread") == [
        {"jc": "distribute", "left": "300", "right": "300"}
    ]
    assert shown("任務目的", align="spread", width=60) == [{"jc": "distribute"}]


@pytest.mark.parametrize("text", ["目", "任務\n目的", "とても長い見出しなので入らない"])
def test_what_cannot_be_spread_is_centred(text: str) -> None:
    assert shown(text, align="spread") == [{}]


@pytest.mark.parametrize(
    ("text", "tail"),
    [("1,244", 0), ("55.0%", 3), ("53%", 1), ("-0.5", 2), ("５．０％", 6), ("", 0)],
)
def test_what_stands_behind_the_decimal_point(text: str, tail: int) -> None:
    assert decimal_tail(text) == tail


def test_decimal_points_stand_below_each_other() -> None:
    looks = shown("55.0%", "53%", "1.25", align="decimal")
    # The longest tail is three half-width characters of 5 pt.
    assert looks == [{}, {"left": "0", "right": "200"}, {}]


def test_vertical_labels_set_short_numbers_side_by_side(word: Word) -> None:
    docx = word(
        grid(row(cell("平成28年度H2021", vertical=True)), row(cell("R元年", vertical=True)))
    )
    combined = [
        text_of(one) for one in docx.find(".//w:r") if docx.find("w:rPr/w:eastAsianLayout", one)
    ]
    assert combined == ["28", "R元"]


def test_a_heading_stands_in_the_outline(word: Word) -> None:
    docx = word(heading("業務棚卸表", size=15, leading=18, padding=(2, 0, 3, 0), bold=True))
    (one,) = docx.find("w:p")[:1]
    assert docx.values("w:pPr/w:pStyle", one) == ["Heading1"]
    assert docx.values("w:r/w:rPr/w:sz", one) == ["30"]
    (spacing,) = docx.find("w:pPr/w:spacing", one)
    assert [attribute(spacing, name) for name in ("before", "after", "line")] == ["40", "60", "360"]


def test_a_note_has_its_padding_as_indents(word: Word) -> None:
    docx = word(paragraph("※ 注記", padding=(0, 4, 0, 3), indent=2))
    (moved_in,) = docx.find("w:p/w:pPr/w:ind")
    assert (attribute(moved_in, "left"), attribute(moved_in, "right")) == ("100", "80")


def test_notes_keep_their_distance_and_the_paragraphs_of_a_cell_do_not(word: Word) -> None:
    docx = word(paragraph("※", padding=(1, 0, 1, 0)), grid(row(cell("一", "二"))))
    assert docx.values("w:p/w:pPr/w:contextualSpacing") == ["0"]
    assert docx.find(".//w:tc/w:p/w:pPr/w:contextualSpacing") == []
    assert "<w:contextualSpacing/>" in docx.text("word/styles.xml")


def test_an_empty_cell_has_the_style_of_its_texts(word: Word) -> None:
    docx = word(grid(row(cell(), cell("", "一", column=1))))
    assert len(set(docx.values(".//w:tc/w:p/w:pPr/w:pStyle"))) == 1
    assert docx.rows() == [["", "/一"]]


def test_half_ems() -> None:
    assert [half_ems(text) for text in ("", "aｱ", "R元", "→○")] == [0, 2, 3, 4]


def test_spread_margin_counts_the_padding() -> None:
    made = style(align="spread", padding=(0, 5, 0, 5))
    assert spread_margin("任務目的", made, pt(100)) == pt(10)


def test_what_is_marked_is_a_run_that_is_underlined(word: Word) -> None:
    spans = (
        Span("市"),
        Span("役所の", "marked"),
        Span(f"人{PARAGRAPH_END}が"),
        Span("来る", "marked"),
    )
    docx = word(grid(row(cell("市役所の人", "が来る")._replace(spans=spans))))
    assert docx.rows() == [["市役所の人/が来る"]]
    marked = [text_of(one) for one in docx.find(".//w:r") if docx.find("w:rPr/w:u", one)]
    assert marked == ["役所の", "来る"]
    assert docx.values(".//w:u") == ["single", "single"]
