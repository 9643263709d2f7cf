"""Numbers of a column on their decimal points (JLREQ 4.4.3): digits are 5 pt, △ and % too."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.typeset.decimals import Number, align_numbers
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import pt
from tests.support.documents import style
from tests.support.metrics import FIXED
from tests.support.paging import FixedFonts

SETTER = TextSetter(FixedFonts())


def number(text: str, width: float = 100, **changes: Any) -> Number:
    look = style(align="decimal", **changes)
    return Number(SETTER.set((text,), look, pt(width)), look, pt(width), FIXED)


def shifts(*texts: str, width: float = 100, **changes: Any) -> list[float]:
    """How far before the right edge each text ends, in points."""
    return [one / 1000 for one in align_numbers([number(text, width, **changes) for text in texts])]


def test_4_4_3_the_longest_number_stands_in_the_middle() -> None:
    assert shifts("12345678") == [30]
    assert shifts("12345678", "5") == [30, 30]


def test_4_4_3_decimal_points_stand_below_each_other() -> None:
    # Five digits before the point, and two characters from it on: 35 pt in the middle of 100.
    assert shifts("12345", "1.5", "12.5", "0.5") == [42.5, 32.5, 32.5, 32.5]


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("1,244", 0),
        ("△1,244", 0),
        ("-3", 0),
        ("￥100", 0),
        ("53%", 5),
        ("53.5%", 15),
        ("1,027 千円", 25),
        ("12件", 10),
        ("１２．５", 20),
        ("１，０２７", 0),
        ("10～20", 20),
        ("1,2,", 5),
    ],
)
def test_what_stands_behind_the_whole_number_belongs_to_the_right(text: str, behind: float) -> None:
    wide = 40
    (shift, other) = shifts(text, "9." + "9" * 7)
    assert other == pytest.approx(shift + behind - wide)


def test_4_4_3_there_is_never_more_space_behind_than_before() -> None:
    (shift,) = align_numbers([number("123", width=15.001)])
    assert shift == 0
    (shift,) = align_numbers([number("123", width=16.003)])
    assert shift == 501


def test_paddings_and_indents_count_to_the_cell() -> None:
    assert shifts("12", padding=(0, 10, 0, 30)) == [25]
    assert shifts("12", padding=(0, 10, 0, 20), indent=10) == [25]


def test_styles_of_one_column_may_differ() -> None:
    numbers = [number("12"), number("12", padding=(0, 5, 0, 0)), number("1.2", size=5, leading=5)]
    shift = align_numbers(numbers)
    points = [
        100 - look.padding.right / 1000 - by / 1000 - behind
        for (_, look, _, _), by, behind in zip(numbers, shift, [0, 0, 5], strict=True)
    ]
    assert len(set(points)) == 1


def test_numbers_set_smaller_stand_on_the_same_point() -> None:
    small = number("123456789.55", width=52, shrink=True)
    assert small.done.size == pt(8.6)
    # From its point on it is one and a half em wide, and it leaves 0.4 pt of the cell.
    assert align_numbers([small, number("1", width=52)]) == [pt(0.2), pt(0.2 + 1.5 * 8.6)]


def test_a_number_that_would_leave_the_cell_ends_at_the_right() -> None:
    # 8 digits before the point and 4 characters from it on are 60 pt; the cell is 50 pt wide.
    assert shifts("12345678", "1.234", "1", width=50) == [0, 0, 20]


def test_texts_without_digits_and_of_several_lines_end_at_the_right() -> None:
    assert shifts("-", "12.5") == [0, 40]
    assert shifts("1\n2", "12.5") == [0, 40]
    assert align_numbers([]) == []


@given(
    st.lists(st.from_regex(r"\A[-△]?[0-9]{1,6}(\.[0-9]{1,3})?[%件]?\Z"), min_size=1, max_size=8),
    st.integers(20, 120),
)
def test_no_number_leaves_its_cell_and_those_moved_share_their_point(
    texts: list[str], width: int
) -> None:
    numbers = [number(text, width) for text in texts]
    points = set()
    for text, one, shift in zip(texts, numbers, align_numbers(numbers), strict=True):
        if len(one.done.lines) > 1:
            assert shift == 0
            continue
        (line,) = one.done.lines
        assert shift >= 0
        assert shift + line.line.width <= pt(width)
        if shift:
            behind = text.lstrip("-△0123456789")
            points.add(shift + sum(FIXED.widths[char] for char in behind) * 10)
    assert len(points) <= 1
