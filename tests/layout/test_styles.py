"""Styles of a form, with nothing left to inherit."""

from __future__ import annotations

import pytest

from gyomu_docs.layout.faults import Faults
from gyomu_docs.layout.styles import CellStyle, check_room, in_mm, resolve_styles
from gyomu_docs.layout.tree import Edges
from tests.support.documents import form, style


def resolved(styles: str) -> dict[str, CellStyle]:
    return resolve_styles(form("- spacer: 1mm", styles), Faults())


def test_what_a_style_leaves_out_comes_from_the_one_it_extends() -> None:
    made = resolved("""
        a: {extends: plain, size: 9pt, bold: true}
        b: {extends: a, bold: false, align: center}
    """)
    a, b = made["a"].text, made["b"].text
    assert (a.family, a.size, a.leading, a.bold, a.align) == ("fixed", 9000, 10000, True, "left")
    assert (b.family, b.size, b.bold, b.align, b.name) == ("fixed", 9000, False, "center", "b")


def test_a_style_may_extend_one_that_stands_below_it() -> None:
    made = resolved("a: {extends: b}\nb: {extends: plain, color: '#102030'}")
    assert made["a"].text.color == 0x102030


def test_an_empty_style_has_the_defaults() -> None:
    made = resolved("a: {}")["a"].text
    assert (made.family, made.size, made.leading) == ("BIZ UDGothic", 8000, 10000)
    assert made.padding == Edges(1000, 2000, 1000, 2000)
    assert (made.valign, made.fill, made.shrink, made.bold) == ("middle", None, False, False)


def test_numbers_stand_right_and_texts_in_the_middle() -> None:
    made = resolved("a: {extends: plain, align: number}")["a"]
    assert (made.text.align, made.number.align) == ("center", "right")
    assert made.text.name == made.number.name == "a"


def test_other_styles_are_one_object_for_texts_and_numbers() -> None:
    made = resolved("a: {align: right}")["a"]
    assert made.text is made.number


@pytest.mark.parametrize(
    ("width", "changes", "fits"),
    [
        (10, {}, True),
        (9.999, {}, False),
        (14, {"padding": (0, 1, 0, 3)}, True),
        (13.9, {"padding": (0, 1, 0, 3)}, False),
        (19.9, {"indent": 5, "first_indent": 5}, False),
        (6, {"shrink": True, "floor": 6}, True),
        (6, {"floor": 6}, False),
        (10, {"indent": 5, "vertical": True}, True),
    ],
)
def test_a_cell_must_have_room_for_a_character(
    width: float, changes: dict[str, object], fits: bool
) -> None:
    if fits:
        check_room(style(**changes), round(width * 1000))
    else:
        with pytest.raises(ValueError, match="1文字も入りません"):
            check_room(style(**changes), round(width * 1000))


def test_widths_are_named_in_millimetres() -> None:
    assert in_mm(773_858) == "273mm"
    assert in_mm(20_000) == "7.1mm"
