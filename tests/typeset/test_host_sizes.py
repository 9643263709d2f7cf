"""Sizes at which a text keeps its lines when a host sets gaps between its scripts."""

from __future__ import annotations

import pytest

from gyomu_docs.errors import Place
from gyomu_docs.typeset.grids import measure_grid
from gyomu_docs.typeset.host_sizes import host_size
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import pt
from tests.support.documents import cell, grid, row
from tests.support.paging import FONTS


def size(*texts: str, height: float = 0, width: float = 50) -> float:
    """The size in points in a cell of that width, whose row is as high as its text or higher."""
    made = grid(row(cell(*texts), height=height), columns=(width,))
    measured = measure_grid(made, TextSetter(FONTS), Place(), [])
    (line,) = measured.rows
    return host_size(line.cells[0], line.height, 500) / pt(1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("あいうえお", 10),  # one script, however full the line
        ("ABCDEFGHIJ", 10),
        ("令和3年", 10),  # room for the gaps
        ("令和3年あA", 8.5),  # 5 em, three gaps of a fifth: 50 / 5.6 em
        ("あい・3う", 10),  # no gap beside a mark, and one of 2 pt has room
    ],
)
def test_a_line_that_would_overflow_is_set_smaller(text: str, expected: float) -> None:
    assert size(text) == expected


def test_a_row_with_room_for_another_line_keeps_its_size() -> None:
    assert size("令和3年あA", height=19) == 8.5
    assert size("令和3年あA", height=20) == 10


def test_the_last_line_of_a_paragraph_has_room_for_the_gaps_of_all() -> None:
    assert size("令和3年あA" + "い") == 10
    assert size("令和3年あA" + "いいいいい") < 10


def test_paragraphs_do_not_share_their_room() -> None:
    assert size("令和3年あA", "い") == 8.5


def test_no_text_has_no_size() -> None:
    assert size() == 0
