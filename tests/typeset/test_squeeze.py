"""Sections made tighter: what gives, by how much, and what stays."""

from __future__ import annotations

import pytest

from gyomu_docs.layout.tree import Block, Section, Style
from gyomu_docs.typeset.squeeze import squeeze, squeeze_style
from gyomu_docs.units import pt
from tests.support.documents import (
    beside,
    cell,
    grid,
    heading,
    page_break,
    paragraph,
    row,
    section,
    spacer,
    style,
)

ROOMY = {"size": 10, "leading": 20, "padding": (4, 3, 8, 3), "indent": 6, "first_indent": 10}


def squeezed(block: Block, height: int, size: int = 1000) -> Block:
    """The block, squeezed in a section of its own."""
    return squeeze(section(block), height, size).blocks[0]


def test_heights_of_a_style_give_and_widths_stay() -> None:
    wanted = {**ROOMY, "leading": 15, "padding": (3, 3, 6, 3)}
    assert squeeze_style(style(**ROOMY), 750, 1000) == style(**wanted)


def test_line_feeds_and_indents_go_with_the_size() -> None:
    wanted = {**ROOMY, "size": 8, "leading": 16, "indent": 4.8, "first_indent": 8}
    assert squeeze_style(style(**ROOMY), 1000, 800) == style(**wanted)


def test_both_at_once() -> None:
    wanted = {"size": 8, "leading": 12, "padding": (3, 3, 6, 3), "indent": 4.8, "first_indent": 8}
    assert squeeze_style(style(**ROOMY), 750, 800) == style(**wanted)


@pytest.mark.parametrize(("leading", "height", "wanted"), [(12, 500, 10), (12, 900, 10.8)])
def test_line_feeds_end_at_the_type_size(leading: float, height: int, wanted: float) -> None:
    assert squeeze_style(style(leading=leading), height, 1000).leading == pt(wanted)


def test_a_line_feed_below_the_type_size_stays() -> None:
    assert squeeze_style(style(leading=9), 500, 1000).leading == pt(9)


@pytest.mark.parametrize(
    ("changes", "factor", "wanted"),
    [
        ({}, 925, 9.2),  # in tenths of a point
        ({"floor": 8}, 700, 8),
        ({"size": 6, "floor": 8}, 700, 6),  # smaller than its floor as it is
        ({"size": 7.25}, 1000, 7.25),
    ],
)
def test_sizes(changes: dict[str, float], factor: int, wanted: float) -> None:
    assert squeeze_style(style(**changes), 1000, factor).size == pt(wanted)


def test_rows_and_spacers_give() -> None:
    assert squeezed(spacer(10), 700) == spacer(7)
    made = grid(row("一", height=20, label="0101"), row("二"), header=1, outer=800)
    assert squeezed(made, 700) == grid(
        row("一", height=14, label="0101"), "二", header=1, outer=800
    )


def test_every_text_is_reached() -> None:
    inner = (heading("題", size=10), grid(row(cell("一", role="row", field="手段"))))
    made = beside((50, inner), (60, (paragraph("文"), page_break())), gap=4)
    small = {"size": 8, "leading": 8}
    expected = beside(
        (50, (heading("題", **small), grid(row(cell("一", role="row", field="手段", **small))))),
        (60, (paragraph("文", **small), page_break())),
        gap=4,
    )
    assert squeezed(made, 1000, 800) == expected


def test_nothing_to_squeeze_is_the_section_itself() -> None:
    made = section(paragraph("文"))
    assert squeeze(made, 1000, 1000) is made


def test_one_style_stays_one_object_however_often_it_is_squeezed() -> None:
    def styles(made: Section) -> set[int]:
        return {id(one.style) for one in made.blocks if hasattr(one, "style")}

    made = section(paragraph("一"), paragraph("二"), heading("三"))
    again = section(paragraph("四"))
    assert len(styles(squeeze(made, 800, 900)) | styles(squeeze(again, 800, 900))) == 1
    assert isinstance(squeeze_style(style(), 800, 900), Style)
