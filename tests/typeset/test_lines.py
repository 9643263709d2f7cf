"""Line breaking by arithmetic, in ems. Section numbers are those of JLREQ."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.typeset.jlreq import LEGAL, break_costs, clusters
from gyomu_docs.typeset.lines import Line, break_lines, natural_width, widest_unit
from tests.support.lines import (
    JOINED,
    LEVELS,
    SIZE,
    SPACES,
    VS,
    blank,
    broken,
    closest,
    em,
    for_all,
    half_ems,
    head,
    japanese,
    kerns_in_em,
    least,
    levels,
    may_end,
    natural,
    only_line,
    shared,
    spans,
    wrap,
)
from tests.support.metrics import FIXED, FixedFont


class TestWholeLines:
    def test_a_text_that_fits_is_one_line(self):
        assert broken("市役所", 3) == (Line("市役所", em(3), (), True),)

    def test_an_empty_text_is_one_empty_line(self):
        assert broken("", 3) == (Line("", 0, (), True),)

    def test_a_newline_forces_a_break_and_belongs_to_no_line(self):
        assert wrap("市\n\n役所\n", 3) == ["市", "", "役所", ""]

    def test_the_last_line_of_each_paragraph_is_marked(self):
        assert [line.last for line in broken("市役所\n市民", 2)] == [False, True, True]

    def test_kanji_break_anywhere(self):
        assert wrap("総合計画の推進", 3) == ["総合計", "画の推", "進"]

    def test_only_the_first_line_is_indented(self):
        assert wrap("総合計画\n総合計画", 3, first_indent=em(1)) == ["総合", "計画", "総合計", "画"]
        assert wrap("総合計画の推進", 3, first_indent=em(1)) == ["総合", "計画の", "推進"]
        assert wrap("総合計", 3, first_indent=em(1)) == ["総合", "計"]

    def test_a_missing_glyph_is_reported(self):
        with pytest.raises(MissingGlyphError):
            break_lines("髙市", em(9), SIZE, FixedFont(missing="髙"))

    @pytest.mark.parametrize(("size", "count"), [(7300, 4), (7299, 4), (7301, 3)])
    def test_what_fits_is_decided_exactly(self, size, count):
        lines = break_lines("市" * 8, 4 * 7300, size, FIXED)
        assert len(lines[0].text) == count


class TestSpaces:
    def test_trailing_spaces_hang(self):
        line = only_line("市役所 \u3000 ", 3)
        assert (line.text, line.width) == ("市役所 \u3000 ", em(3))

    def test_spaces_at_a_break_stay_on_the_line_before(self):
        lines = broken("市役所\u3000 本庁", 3)
        assert [(line.text, line.width) for line in lines] == [
            ("市役所\u3000 ", em(3)),
            ("本庁", em(2)),
        ]

    def test_spaces_at_the_head_of_a_paragraph_count(self):
        assert wrap("\u3000市役所", 3) == ["\u3000市役", "所"]

    def test_spaces_alone_have_no_width(self):
        assert only_line("\u3000 ", 1).width == 0


class TestNotStartingALine:
    """3.1.7 行頭禁則, where nothing can be reduced."""

    @pytest.mark.parametrize("char", "ー々っョ？！〜ゝ゛)].,;!?-｣､｡･ｯ")
    def test_the_character_before_comes_along(self, char):
        assert wrap(f"市役所{char}課", 3) == ["市役", f"所{char}課"]

    def test_levels_differ(self):
        text = "人々の手続ーを"
        assert wrap(text, 1, level="strict")[0] == "人"  # nowhere else to break
        assert wrap("我人々手ーき・お", 2, level="strict") == ["我", "人々", "手ー", "き・", "お"]
        assert wrap("我人々手ーき・お", 2, level="normal") == ["我人", "々手", "ー", "き・", "お"]
        assert wrap("我人々手ーき・お", 2, level="loose") == ["我人", "々手", "ーき", "・お"]


class TestNotEndingALine:
    """3.1.8 行末禁則."""

    @pytest.mark.parametrize("char", "([{｢“「")
    def test_an_opening_bracket_moves_to_the_next_line(self, char):
        assert wrap(f"市役所{char}本庁舎", 4)[0] == "市役所"

    def test_several_move_together(self):
        assert wrap("市役([所庁", 3) == ["市役", "([所庁"]


class TestUnbreakable:
    """3.1.10 分割禁止."""

    @pytest.mark.parametrize(
        "unit", ["——", "……", "1,027", "55.0%", "R3", "￥100", "15 千円", "ICT-BCP", "R元"]
    )
    def test_a_unit_moves_to_the_next_line_whole(self, unit):
        units = natural_width(unit, SIZE, FIXED)
        lines = break_lines(f"市役{unit}", em(1.5) + units, SIZE, FIXED)
        assert [line.text for line in lines] == ["市役", unit]

    def test_a_variation_selector_stays_with_its_kanji(self):
        assert wrap(f"市葛{VS}飾", 2) == [f"市葛{VS}", "飾"]

    def test_a_dakuten_stays_with_its_kana(self):
        assert wrap("市町か\u3099", 3) == ["市町", "か\u3099"]


class TestUnitWiderThanTheLine:
    def test_it_is_divided_inside(self):
        assert wrap("ABCDEFGH", 2) == ["ABCD", "EFGH"]

    def test_what_stands_before_it_keeps_its_line(self):
        assert wrap("市ABCDEFGH", 3) == ["市", "ABCDEF", "GH"]

    def test_a_joiner_is_preferred(self):
        assert wrap("https://city.lg.jp", 4.5) == ["https://", "city.lg.", "jp"]

    def test_a_sign_is_no_joiner(self):
        assert wrap("-1234567", 3) == ["-12345", "67"]

    def test_an_amount_is_divided_before_its_unit(self):
        assert wrap("1,027 千円", 3.5) == ["1,027 ", "千円"]

    def test_kinsoku_outlives_the_word(self):
        assert wrap("(ABCDEF)", 3.5) == ["(ABCDE", "F)"]

    def test_marks_alone_are_divided_too(self):
        assert wrap("！！！！！", 2) == ["！！", "！！", "！"]

    def test_spaces_behind_a_single_character_hang(self):
        assert wrap("市 民", 0.5) == ["市 ", "民"]

    @pytest.mark.parametrize("ems", [0.5, 0, -1])
    def test_each_line_takes_one_character_at_least(self, ems):
        assert wrap(f"葛{VS}飾、", ems) == [f"葛{VS}", "飾", "、"]


class TestMarksInARow:
    """3.1.4: what neighbouring marks have between them, whether the line is full or not."""

    @pytest.mark.parametrize(
        ("text", "kerns"),
        [
            pytest.param("市。」町", {1: -0.5}, id="1-stop-closing"),
            pytest.param("市、」町", {1: -0.5}, id="1-comma-closing"),
            pytest.param("市」、町", {1: -0.5}, id="2-closing-comma"),
            pytest.param("市）。町", {1: -0.5}, id="2-closing-stop"),
            pytest.param("市、「町", {1: -0.5}, id="3-comma-opening"),
            pytest.param("市。「町", {1: -0.5}, id="3-stop-opening"),
            pytest.param("市」「町", {1: -0.5}, id="4-closing-opening"),
            pytest.param("市「（町", {1: -0.5}, id="5-opening-opening"),
            pytest.param("市）」町", {1: -0.5}, id="6-closing-closing"),
            pytest.param("市）・町", {1: -0.5}, id="7-closing-dot"),
            pytest.param("市・（町", {1: -0.5}, id="7-dot-opening"),
            pytest.param("市））」「（町", {1: -0.5, 2: -0.5, 3: -0.5, 4: -0.5}, id="five"),
            pytest.param("市。町", {}, id="alone"),
            pytest.param("市・・町", {}, id="dot-dot"),
            pytest.param("市、・町", {}, id="comma-dot"),
            pytest.param("市（・町", {}, id="opening-dot"),
            pytest.param("市！」町", {}, id="dividing-closing"),
            pytest.param("市――「町", {}, id="dash-opening"),
            pytest.param("　「町", {0: -0.5}, id="table-1-space-opening"),
            pytest.param("市」　町", {1: -0.5}, id="table-1-closing-space"),
            pytest.param("市、　町", {}, id="table-1-comma-space"),
            pytest.param("市　　町", {}, id="space-space"),
        ],
    )
    def test_3_1_4(self, text, kerns):
        line = only_line(text, 20)
        assert kerns_in_em(line) == kerns
        assert line.width == natural(text) + em(sum(kerns.values()))

    def test_3_1_4_half_width_marks_have_no_blank_to_share(self):
        assert only_line("市),「町", 20).kerns == ()
        assert kerns_in_em(only_line("市、)(「町", 20)) == {1: -0.5, 3: -0.5}

    def test_3_1_4_glyphs_that_are_narrower_than_an_em_have_none_either(self):
        font = FixedFont()
        font.widths = {"市": 1000, "」": 600, "「": 600}
        (line,) = break_lines("市」「市", em(20), SIZE, font)
        assert (line.kerns, line.width) == ((), em(3.2))

    def test_3_1_4_the_shared_blank_decides_what_fits(self):
        assert wrap("市）（町", 3.5) == ["市）（町"]
        assert wrap("市）（町", 3.4, reduce=False) == ["市）", "（町"]

    def test_3_1_4_marks_that_a_line_end_parts_share_nothing(self):
        first, second = broken("市町村」「区民", 4)
        assert (first.text, first.width, first.kerns) == ("市町村」", em(4), ())
        assert (second.text, second.width, second.kerns) == ("「区民", em(3), ())

    def test_3_1_4_on_every_line_and_before_a_newline(self):
        lines = broken("市）（市\n市町）（町」「村", 4, flush=True)
        assert [line.text for line in lines] == ["市）（市", "市町）", "（町」「村"]
        assert [kerns_in_em(line) for line in lines] == [{1: -0.5}, {}, {2: -0.5}]

    def test_spaces_that_hang_take_no_blank_away(self):
        line = only_line("市」\u3000", 2)
        assert (line.width, line.kerns) == (em(2), ())

    def test_a_mark_with_a_variation_selector_shares_nothing(self):
        assert only_line("市、\ufe01「町", 20).kerns == ()

    def test_without_reduction_each_mark_keeps_its_width(self):
        line = only_line("市））」「（町", 20, reduce=False)
        assert (line.width, line.kerns) == (em(7), ())


class TestLineHeads:
    """3.1.5: opening brackets at the head of a line."""

    @pytest.mark.parametrize("bracket", "「（『【〔")
    def test_3_1_5_1_a_line_that_goes_on_begins_flush(self, bracket):
        first, second = broken(f"市町村{bracket}区民", 3, flush=True)
        assert (first.text, first.head) == ("市町村", 0)
        assert (second.text, second.width, second.head) == (f"{bracket}区民", em(2.5), em(0.5))

    def test_3_1_5_1_so_does_one_behind_an_indent(self):
        first, second = broken("「市町村「区", 3.5, first_indent=em(1), flush=True)
        assert (first.text, first.width, first.head) == ("「市町", em(2.5), em(0.5))
        assert (second.text, second.head) == ("村「区", 0)

    def test_3_1_5_1_an_indent_of_a_full_width_space_too(self):
        line = only_line("\u3000「市", 20, flush=True)
        assert (line.head, kerns_in_em(line), line.width) == (0, {0: -0.5}, em(2.5))

    def test_3_1_5_3_without_an_indent_the_blank_is_one(self):
        lines = broken("「市町\n「区", 3, flush=True)
        assert [(line.text, line.head) for line in lines] == [("「市町", 0), ("「区", 0)]

    def test_the_head_decides_what_fits(self):
        assert wrap("市町「村区", 2.5, flush=True) == ["市町", "「村区"]
        assert wrap("市町「村区", 2.5) == ["市町", "「村", "区"]

    def test_two_brackets_share_behind_the_head(self):
        _, line = broken("市町村「（区民", 3, flush=True)
        assert (line.width, line.head, kerns_in_em(line)) == (em(3), em(0.5), {0: -0.5})

    def test_a_half_width_bracket_has_no_blank(self):
        _, line = broken("市町(村", 2, flush=True)
        assert (line.text, line.head) == ("(村", 0)

    def test_a_caller_that_does_not_move_lines_gets_none(self):
        assert [line.head for line in broken("市町村「区民", 3)] == [0, 0]
        assert [line.head for line in broken("市町村「区民", 3, flush=True, reduce=False)] == [0, 0]


class TestLineEnds:
    """3.1.9: closing marks at the end of a line."""

    @pytest.mark.parametrize("mark", "、。，．）」』】・")
    def test_3_1_9_the_blank_stays_where_there_is_room(self, mark):
        line = only_line(f"市役所{mark}", 4)
        assert (line.width, line.kerns) == (em(4), ())

    @pytest.mark.parametrize("mark", "、。，．）」』】")
    def test_3_1_9_it_goes_whole_where_there_is_none(self, mark):
        for ems in (3.5, 3.9):
            line = only_line(f"市役所{mark}", ems)
            assert (line.width, kerns_in_em(line)) == (em(3.5), {3: -0.5})

    @pytest.mark.parametrize("mark", "、。")
    def test_3_8_2_nothing_hangs_out_of_a_cell(self, mark):
        assert wrap(f"市役所{mark}", 3.4) == ["市役", f"所{mark}"]


class TestAttached:
    """What is attached to a character stays with it."""

    @pytest.mark.parametrize("cluster", [f"葛{VS}", "か\u3099", "ハ\u309a", JOINED])
    @pytest.mark.parametrize("ems", [0.5, 1, 1.5, 2, 3])
    def test_no_line_begins_inside(self, cluster, ems):
        for level in LEVELS:
            lines = wrap(f"{cluster}{cluster}市{cluster}", ems, level=level)
            assert "".join(lines) == f"{cluster}{cluster}市{cluster}"
            assert all(line.startswith((cluster, "市")) for line in lines)

    def test_the_kern_of_a_bracket_stands_behind_what_is_attached_before(self):
        line, _ = broken(f"葛{VS}（町村ー課", 4.5)
        assert kerns_in_em(line) == {1: -0.5}


class TestProperties:
    """For random texts, widths and levels, with and without reduction and flush heads."""

    @for_all(japanese, levels)
    def test_the_table_of_line_ends_agrees_with_the_literal_rules(self, text, level):
        costs = break_costs(text, level)
        assert [costs[i] == LEGAL for i in range(1, len(text))] == [
            may_end(text, i, level) for i in range(1, len(text))
        ]

    @for_all(japanese, half_ems, levels, st.booleans())
    def test_the_lines_are_the_text(self, text, width, level, reduce):
        lines = break_lines(text, width, SIZE, FIXED, level=level, reduce=reduce, flush=True)
        assert "".join(line.text for line in lines) == text
        assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]

    @for_all(japanese, half_ems, levels, st.booleans(), st.booleans())
    def test_no_line_is_too_wide_but_one_character(self, text, width, level, reduce, flush):
        for line in break_lines(text, width, SIZE, FIXED, level=level, reduce=reduce, flush=flush):
            assert line.width <= width or clusters(line.text.rstrip(SPACES)) == 1
            kerns = sum(amount for _, amount in line.kerns)
            assert line.width == natural(line.text) + kerns - line.head

    @for_all(japanese, half_ems, levels)
    def test_an_illegal_line_end_is_taken_only_where_no_legal_one_fits(self, text, width, level):
        lines = break_lines(text, width, SIZE, FIXED, level=level, flush=True)
        for start, end, _ in list(spans(lines))[:-1]:
            if not may_end(text, end, level):
                ends = [*range(start + 1, len(text)), len(text)]
                legal = [i for i in ends if i == len(text) or may_end(text, i, level)]
                assert not [i for i in legal if least(text, start, i) <= width]

    @for_all(japanese, half_ems, levels)
    def test_without_reduction_too(self, text, width, level):
        lines = break_lines(text, width, SIZE, FIXED, level=level, reduce=False)
        for start, end, _ in list(spans(lines))[:-1]:
            if not may_end(text, end, level):
                legal = [i for i in range(start + 1, len(text)) if may_end(text, i, level)]
                assert not [i for i in legal if natural(text[start:i]) <= width]

    @for_all(japanese, half_ems, levels)
    def test_a_line_takes_all_that_fits(self, text, width, level):
        lines = break_lines(text, width, SIZE, FIXED, level=level, flush=True)
        for start, end, _ in spans(lines):
            later = [i for i in range(end + 1, len(text)) if may_end(text, i, level)]
            assert all(closest(text, start, i) > width for i in later)

    @for_all(japanese, half_ems, levels)
    def test_lines_are_reduced_only_where_no_line_may_end_in_time(self, text, width, level):
        lines = break_lines(text, width, SIZE, FIXED, level=level, flush=True)
        for start, end, line in spans(lines):
            if line.width < closest(text, start, end):
                assert closest(text, start, end) > width
                full = max(i for i in range(start, end) if closest(text, start, i) <= width)
                assert full == start or not may_end(text, full, level)

    @for_all(japanese, half_ems, levels, st.booleans())
    def test_kerns_take_what_marks_share_and_no_more_than_they_have(
        self, text, width, level, flush
    ):
        for start, _, line in spans(
            break_lines(text, width, SIZE, FIXED, level=level, flush=flush)
        ):
            kerns = dict(line.kerns)
            assert list(kerns) == sorted(kerns)
            visible = line.text.rstrip(SPACES)
            for index, amount in kerns.items():
                space = 0.25 if line.text[index] == " " else 0
                assert 0 < -amount <= em(blank(visible, index) + space)
            for index in range(len(visible) - 1):
                assert -kerns.get(index, 0) >= em(shared(visible, index))
            assert line.head == (em(head(text, start)) if flush and visible else 0)

    @for_all(japanese, half_ems, levels)
    def test_without_reduction_there_are_no_kerns(self, text, width, level):
        for line in break_lines(text, width, SIZE, FIXED, level=level, reduce=False, flush=True):
            assert (line.kerns, line.head) == ((), 0)


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("市役所", 1),
        ("市LGWAN所", 2.5),
        ("市「（A」）", 3.5),
        ("1,027 千円", 5),
        ("市\n「」", 2),
        ("", 0),
    ],
)
def test_the_widest_unit_is_measured_with_its_marks_closed_up(text, ems):
    assert widest_unit(text, FIXED) == ems * 1000


def test_the_widest_unit_follows_the_level():
    assert [widest_unit("サービス……", FIXED, level=level) for level in LEVELS] == [2000, 2000, 1000]
    assert widest_unit("「（市", FIXED, reduce=False) == 3000


@pytest.mark.parametrize(
    "unit", ["市民、（「町」）。", "A", "（", " ", "、", "1,", f"葛{VS}", VS, "あ 、", "（ "]
)
def test_a_long_text_is_broken_whole(unit):
    text = unit * (50_000 // len(unit))
    assert "".join(wrap(text, 20)) == text
