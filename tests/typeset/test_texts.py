"""Texts in a width: alignment, shrinking to a floor, 均等割付, the cache."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.typeset.lines import widest_unit
from gyomu_docs.typeset.texts import EMPTY, Fit, SetText, TextSetter
from gyomu_docs.units import pt
from tests.support.documents import style
from tests.support.metrics import FIXED
from tests.support.paging import FixedFonts


def set_text(*texts: str, width: float, **changes: Any) -> SetText:
    return TextSetter(FixedFonts()).set(texts, style(**changes), pt(width))


def lines(done: SetText) -> list[str]:
    return [one.line.text for one in done.lines]


def test_no_texts_are_no_lines() -> None:
    assert set_text(width=50) is EMPTY
    assert EMPTY.height == 0


def test_a_text_breaks_at_the_width_less_padding_and_indent() -> None:
    assert lines(set_text("あいうえおか", width=40)) == ["あいうえ", "おか"]
    assert lines(set_text("あいうえおか", width=40, padding=(0, 5, 0, 5))) == ["あいう", "えおか"]
    assert lines(set_text("あいうえおか", width=40, indent=20)) == ["あい", "うえ", "おか"]


def test_each_paragraph_has_its_own_first_indent() -> None:
    done = set_text("あいうえ", "かきくけ", width=40, first_indent=10)
    assert lines(done) == ["あいう", "え", "かきく", "け"]
    assert [(one.indent, one.paragraph) for one in done.lines] == [
        *((pt(10), 0), (0, 0), (pt(10), 1), (0, 1)),
    ]


def test_empty_paragraphs_and_empty_lines_take_a_line_each() -> None:
    assert lines(set_text("一\n\n二", "", "三", width=50)) == ["一", "", "二", "", "三"]
    assert set_text("一\n\n二", "", "三", width=50).height == pt(50)


def test_spaces_alone_are_a_line() -> None:
    assert lines(set_text("　　　", width=20)) == ["　　　"]


@pytest.mark.parametrize(
    ("text", "width", "size", "count", "fit"),
    [
        ("あいうえ", 40, 10, 1, Fit.FITS),
        ("あいうえ", 39.9, 9.9, 1, Fit.SHRUNK),
        ("あいうえおかき", 40, 5.7, 1, Fit.SHRUNK),
        ("あいうえおかきく", 40, 5, 1, Fit.SHRUNK),
        ("あいうえおかきくけ", 40, 8, 2, Fit.OVERFULL),
        ("あいうえおか\nきくけ", 40, 6.6, 2, Fit.SHRUNK),
        ("あいう", 10, 5, 2, Fit.OVERFULL),
    ],
)
def test_shrinking_goes_down_by_tenths_of_a_point_to_the_floor(
    text: str, width: float, size: float, count: int, fit: Fit
) -> None:
    done = set_text(text, width=width, shrink=True, floor=5)
    assert (done.size, len(done.lines), done.fit) == (pt(size), count, fit)


def test_words_stay_whole_at_the_largest_size_of_two_lines() -> None:
    # At the floor of 5 pt it needs two lines; two lines have room for 6.6 pt, `LGWAN1` for 13.
    done = set_text("LGWAN1あいうえおかきくけ", width=40, shrink=True, floor=5)
    assert ([one.line.text for one in done.lines], done.size) == (
        ["LGWAN1あいう", "えおかきくけ"],
        pt(6.6),
    )


def test_a_text_that_may_not_shrink_takes_more_lines() -> None:
    done = set_text("あいうえおかきくけ", width=40)
    assert (done.size, len(done.lines), done.fit) == (pt(10), 3, Fit.FITS)


def test_a_shrunk_line_keeps_the_rhythm_of_its_style() -> None:
    shrunk = set_text("あいうえお", width=40, shrink=True, leading=14)
    assert (shrunk.size, shrunk.leading) == (pt(8), pt(14))


def test_lines_that_are_shrunk_move_together() -> None:
    overfull = set_text("あいうえおかきくけ", width=40, shrink=True, floor=5, leading=14)
    assert (overfull.leading, overfull.height) == (pt(11.2), pt(22.4))


@pytest.mark.parametrize(
    ("count", "most", "size", "lines_", "fit"),
    [
        (8, 2, 10, 2, Fit.FITS),  # four to a line at 10 pt
        (9, 2, 8, 2, Fit.SHRUNK),  # five to a line at 8 pt
        (10, 2, 8, 2, Fit.SHRUNK),
        (11, 2, 6.6, 2, Fit.SHRUNK),
        (11, 3, 10, 3, Fit.FITS),
        (13, 3, 8, 3, Fit.SHRUNK),
        (16, 2, 5, 2, Fit.SHRUNK),
        (17, 2, 6.6, 3, Fit.OVERFULL),  # the floor needs three, and so does 6.6 pt
        (9, 1, 8, 2, Fit.OVERFULL),
    ],
)
def test_a_text_that_may_take_lines_wraps_first_and_shrinks_then(
    count: int, most: int, size: float, lines_: int, fit: Fit
) -> None:
    done = set_text("あ" * count, width=40, shrink=True, floor=5, lines=most)
    assert (done.size, len(done.lines), done.fit) == (pt(size), lines_, fit)


def test_words_stay_whole_in_a_text_that_shrinks_to_its_lines() -> None:
    # `LGWANKEN` fits on a line at 10 pt, but not with あ behind it, which 8 pt let stand there.
    done = set_text("ああLGWANKENあ", width=40, shrink=True, floor=5, lines=2)
    assert (lines(done), done.size) == (["ああ", "LGWANKENあ"], pt(8))


def test_lines_without_shrinking_are_no_limit() -> None:
    assert len(set_text("あ" * 20, width=40, lines=2).lines) == 5


def test_line_breaks_of_the_text_count_to_its_lines() -> None:
    done = set_text("あ\nい\nう", "え", width=40, shrink=True, lines=2)
    assert (len(done.lines), done.fit) == (4, Fit.FITS)
    done = set_text("ああああああ\nい", width=40, shrink=True, floor=5, lines=3)
    assert (len(done.lines), done.fit) == (3, Fit.FITS)


def test_lines_that_wrap_and_shrink_move_together() -> None:
    done = set_text("あ" * 9, width=40, shrink=True, floor=5, leading=14, lines=2)
    assert (done.leading, done.height) == (pt(11.2), pt(22.4))


@given(
    st.text("あいう Ab1、（）", min_size=1, max_size=60),
    st.integers(100, 1000),
    st.integers(1, 4),
    st.booleans(),
)
def test_a_text_is_as_large_as_its_lines_allow(
    text: str, tenths: int, most: int, compress: bool
) -> None:
    look = {"floor": 4, "lines": most, "compress": compress, "width": tenths / 10}
    done = set_text(text, shrink=True, **look)
    if done.fit is Fit.FITS:
        assert len(done.lines) == len(set_text(text, **look).lines) <= most
        return
    assert pt(4) <= done.size < pt(10)
    assert (len(done.lines) <= most) == (done.fit is Fit.SHRUNK)
    larger = (done.size + 100) / 1000
    if most > 1 and widest_unit(text, FIXED, reduce=compress) * larger <= tenths * 100:
        assert len(set_text(text, **{**look, "size": larger}).lines) > len(done.lines)


def test_the_level_is_that_of_the_style() -> None:
    assert lines(set_text("我人々", width=20)) == ["我", "人々"]
    assert lines(set_text("我人々", width=20, kinsoku="normal")) == ["我人", "々"]
    assert lines(set_text("我人・々", width=20, kinsoku="loose")) == ["我人", "・々"]


def test_marks_are_closed_up_where_the_style_says_so() -> None:
    (closed,) = set_text("市）（町", width=50).lines
    (wide,) = set_text("市）（町", width=50, compress=False).lines
    assert (closed.line.width, closed.line.kerns) == (pt(35), ((1, -pt(5)),))
    assert (wide.line.width, wide.line.kerns) == (pt(40), ())


def test_closed_up_marks_need_no_smaller_size() -> None:
    assert set_text("市）（町", width=35, shrink=True).size == pt(10)
    assert set_text("市）（町村", width=40.5, shrink=True).size == pt(9)
    assert set_text("市）（町", width=35, shrink=True, compress=False).size == pt(8.7)


def test_a_spread_label_keeps_its_marks_closed_up() -> None:
    done = set_text("市（（町", width=50, align="spread")
    (one,) = done.lines
    assert (done.spacing, one.line.kerns, one.line.width) == (pt(5), ((1, -pt(5)),), pt(50))
    done = set_text("か\u3099（（町", width=75, align="spread")
    (one,) = done.lines
    assert one.line.kerns == ((1, pt(10)), (2, pt(5)), (3, pt(10)))
    assert one.line.width == pt(75)


def test_a_label_with_spaces_behind_it_is_spread_without_them() -> None:
    done = set_text("目標\u3000", width=25, align="spread")
    assert (done.spacing, done.lines[0].line.width) == (pt(5), pt(25))


@pytest.mark.parametrize("text", ["\u3000市", "市\u3000町", "市町\u3000", "\u3000\u3000"])
@pytest.mark.parametrize("align", ["left", "justify", "spread", "decimal"])
def test_full_width_spaces_stay_where_they_stand(text: str, align: str) -> None:
    assert "".join(lines(set_text(text, width=20, align=align))) == text


def test_a_floor_above_the_size_shrinks_nothing() -> None:
    done = set_text("あいうえお", width=40, shrink=True, floor=20)
    assert (done.size, done.fit) == (pt(10), Fit.OVERFULL)


PAIRS = ("、、", "、（", "、）", "（（", "）、", "）（", "））")
"""Of the marks below, those that share half an em (3.1.4)."""


@given(st.text("あいう Ab1、（）", min_size=1, max_size=40), st.integers(100, 2000))
def test_a_shrunk_text_is_as_large_as_it_can_be(text: str, tenths: int) -> None:
    done = set_text(text, width=tenths / 10, shrink=True, floor=4)
    if done.fit is Fit.SHRUNK and done.size > pt(4):
        assert done.size % 100 == 0
        natural = sum(500 if char.isascii() else 1000 for char in text)
        natural -= sum(500 for pair in pairwise(text) if "".join(pair) in PAIRS)
        assert natural * done.size <= tenths * 100 * 1000 < natural * (done.size + 100)


@pytest.mark.parametrize(
    ("text", "width", "gap"),
    [
        ("目標", 25, 5),
        ("目標", 40, 10),
        ("任務目的", 45, 1.666),
        ("任務目的", 70, 10),
        ("任務目的", 1000, 10),
        ("任務目的", 40, 0),
        ("款", 40, 0),
        ("R元", 20, 5),
    ],
)
def test_a_label_is_spread_with_gaps_of_a_character_at_the_most(
    text: str, width: float, gap: float
) -> None:
    done = set_text(text, width=width, align="spread")
    assert (done.spacing, done.spread) == (pt(gap), gap > 0)
    natural = sum(5 if char.isascii() else 10 for char in text)
    assert done.lines[0].line.width == pt(natural) + pt(gap) * (len(text) - 1)


def test_a_label_of_two_lines_is_not_spread() -> None:
    done = set_text("任務目的", width=30, align="spread")
    assert (lines(done), done.spread) == (["任務目", "的"], False)


def test_a_mark_stays_with_its_character() -> None:
    done = set_text("か\u3099も葛\U000e0100", width=100, align="spread")
    assert (done.spacing, done.spread) == (0, True)
    (line,) = (one.line for one in done.lines)
    # か with its mark, and も: two gaps; the fixed font gives the mark the width of a character.
    assert line.kerns == ((1, pt(10)), (2, pt(10)))
    assert line.width == pt(40 + 20)


def test_justified_lines_fill_the_width_but_for_the_last() -> None:
    done = set_text("あいうえおかきABく", width=48, align="justify", first_indent=10)
    assert lines(done) == ["あいう", "えおかき", "ABく"]
    assert [one.line.width for one in done.lines] == [pt(38), pt(48), pt(20)]


def test_a_missing_character_is_an_error() -> None:
    with pytest.raises(MissingGlyphError, match="葛"):
        TextSetter(FixedFonts(missing="葛")).set(("葛",), style(), pt(50))


def test_the_cache_gives_the_same_value_again() -> None:
    setter = TextSetter(FixedFonts())
    first = setter.set(("市役所",), style(), pt(50))
    assert setter.set(("市役所",), style(), pt(50)) is first
    assert setter.set(("市役所",), style(), pt(20)) is not first


def test_the_cache_does_not_mix_styles() -> None:
    setter = TextSetter(FixedFonts())
    sizes = [
        setter.set(("市役所",), style(size=size, leading=size), pt(60)).size
        for size in (8, 9, 10, 8, 9)
        for _ in range(2)
    ]
    assert sizes == [pt(size) for size in (8, 8, 9, 9, 10, 10, 8, 8, 9, 9)]


def test_styles_that_come_and_go_are_not_mixed_up() -> None:
    # A style's id may be used again once it is gone; the cache must not be taken in by that.
    setter = TextSetter(FixedFonts())
    for size in range(5_000, 15_000, 10):
        made = setter.set(("市",), replace(style(), size=size, leading=size), pt(60))
        assert made.size == size


def test_the_cache_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gyomu_docs.typeset.texts._CACHE_LIMIT", 10)
    setter = TextSetter(FixedFonts())
    for number in range(35):
        assert lines(setter.set((f"{number}",), style(), pt(50))) == [f"{number}"]
    assert sum(len(known.done) for known in setter._known.values()) <= 10
    assert sum(map(len, setter._broken.values())) <= 10


def test_variants_of_a_style_are_made_once() -> None:
    setter = TextSetter(FixedFonts())
    right = setter.aligned(style(), "right")
    assert right.align == "right"
    assert setter.aligned(style(), "right") is right
    assert setter.top_aligned(style(valign="bottom")).valign == "top"
