"""Line breaking by arithmetic: at 10 pt a full-width character is 10 pt wide, a half-width one 5.

Widths in these tests are in ems. Section numbers are those of JLREQ.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.typeset.jlreq import LEGAL, break_costs, clusters
from gyomu_docs.typeset.lines import Line, break_lines, natural_width
from gyomu_docs.typeset.stretching import justify, spread
from gyomu_docs.units import pt
from tests.support.metrics import FIXED, FixedFont

SIZE = pt(10)
VS = "\U000e0100"


def em(count):
    return round(count * SIZE)


def broken(text, ems, **options):
    return break_lines(text, em(ems), SIZE, FIXED, **options)


def wrap(text, ems, **options):
    return [line.text for line in broken(text, ems, **options)]


def kerns_in_em(line):
    return {index: amount / SIZE for index, amount in line.kerns}


def only_line(text, ems, **options):
    (line,) = broken(text, ems, **options)
    return line


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
        assert wrap("我人々手ーき・お", 2, level="normal") == ["我人", "々", "手ー", "き・", "お"]
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


class TestReduction:
    """3.8.3 追い込み: blanks are reduced where a character would else be carried over."""

    @pytest.mark.parametrize("mark", "、。，．）」』】")
    def test_3_1_9_the_mark_at_the_line_end_gives_its_half(self, mark):
        line, _ = broken(f"市役所{mark}課", 3.5)
        assert (line.text, line.width, kerns_in_em(line)) == (f"市役所{mark}", em(3.5), {3: -0.5})

    def test_3_1_9_all_of_it_or_nothing(self):
        line, _ = broken("市役所、課", 3.75)
        assert (line.text, line.width) == ("市役所、", em(3.5))

    def test_half_width_marks_give_nothing(self):
        assert wrap("市役所,課", 3) == ["市役", "所,課"]

    def test_3_1_4_the_blank_between_two_marks_goes_first(self):
        line, _ = broken("（市、町）。課", 5.6)
        assert kerns_in_em(line) == {4: -0.4}

    def test_then_word_spaces_to_a_quarter(self):
        line, _ = broken("A B C市、町、課", 6.0)
        assert line.text == "A B C市、町、"
        assert kerns_in_em(line) == {1: -0.25, 3: -0.25}

    def test_then_the_line_end(self):
        line, _ = broken("A B市、町、課", 4.75)
        assert kerns_in_em(line) == {1: -0.25, 6: -0.5}

    def test_what_the_line_end_makes_needless_is_not_reduced(self):
        line, _ = broken("A B市、町、課", 5)
        assert kerns_in_em(line) == {6: -0.5}

    def test_then_middle_dots_inside_the_line(self):
        line, _ = broken("市・町）を、課", 5.1)
        assert kerns_in_em(line) == {0: -0.2, 1: -0.2, 5: -0.5}

    def test_then_brackets_and_commas_evenly(self):
        line, _ = broken("市、町）を、課", 5.1)
        assert kerns_in_em(line) == {1: -0.2, 3: -0.2, 5: -0.5}

    @pytest.mark.parametrize("ems", [3.5, 3.6])
    def test_a_middle_dot_at_the_line_end_gives_both_quarters(self, ems):
        line, _ = broken("市役所・課", ems)
        assert (line.text, kerns_in_em(line)) == ("市役所・", {2: -0.25, 3: -0.25})

    def test_a_middle_dot_at_the_line_end_gives_nothing_twice(self):
        line, _ = broken("市・町・課", 3.1)
        assert kerns_in_em(line) == {0: -0.2, 1: -0.2, 2: -0.25, 3: -0.25}

    def test_spaces_that_indent_are_no_word_spaces(self):
        assert wrap("  市町ー課", 3.75) == ["  市", "町ー課"]

    def test_a_full_stop_inside_the_line_keeps_its_half(self):
        assert wrap("市。町村ー", 4.5) == ["市。町", "村ー"]

    def test_an_opening_bracket_at_the_line_head_keeps_its_half(self):
        assert wrap("（市町ー", 3.5) == ["（市", "町ー"]

    def test_an_opening_bracket_inside_is_pulled_towards_the_one_before(self):
        line, _ = broken("市（町村ー課", 4.5)
        assert (line.text, kerns_in_em(line)) == ("市（町村ー", {0: -0.5})

    def test_the_kern_follows_a_variation_selector(self):
        line, _ = broken(f"葛{VS}（町村ー課", 4.5)
        assert kerns_in_em(line) == {1: -0.5}

    def test_a_closing_mark_with_a_variation_selector_is_left_alone(self):
        assert wrap("市、\ufe01町ー", 3.5) == ["市、\ufe01", "町ー"]

    def test_a_word_is_pulled_in_whole(self):
        line, _ = broken("市（町）、LGWAN課", 6.5)
        assert line.text == "市（町）、LGWAN"

    def test_nothing_is_reduced_where_a_line_may_end_anyway(self):
        assert broken("市、町、村区", 5)[0].kerns == ()

    def test_nothing_is_reduced_where_it_would_not_be_enough(self):
        lines = broken("市、町村ー課", 4)
        assert [(line.text, line.kerns) for line in lines] == [("市、町", ()), ("村ー課", ())]

    def test_a_caller_may_do_without(self):
        assert wrap("市役所、課", 3.5, reduce=False) == ["市役", "所、課"]

    def test_spaces_behind_the_mark_hang(self):
        line, _ = broken("市役所、  課", 3.5)
        assert (line.text, kerns_in_em(line)) == ("市役所、  ", {3: -0.5})


class TestJustify:
    """3.8.4 空ける処理."""

    def stretched(self, text, ems):
        line = Line(text, natural_width(text.rstrip(), SIZE, FIXED), (), False)
        return justify(line, em(ems), SIZE, FIXED)

    def test_gaps_grow_evenly(self):
        line = self.stretched("市役所", 3.4)
        assert (line.width, kerns_in_em(line)) == (em(3.4), {0: 0.2, 1: 0.2})

    def test_what_does_not_divide_is_shared_out_to_the_unit(self):
        line = justify(Line("市役所区", em(4), (), False), em(4) + 100, SIZE, FIXED)
        assert sum(amount for _, amount in line.kerns) == 100

    def test_word_spaces_grow_first_up_to_half_an_em(self):
        font = FixedFont()
        font.widths = {**dict.fromkeys("市民AB", 1000), " ": 250}
        line = Line("市民A B", em(4.25), (), False)
        assert kerns_in_em(justify(line, em(4.5), SIZE, font)) == {3: 0.25}
        assert kerns_in_em(justify(line, em(4.8), SIZE, font)) == {0: 0.05, 1: 0.25, 3: 0.25}

    def test_then_borders_up_to_a_quarter_then_the_other_gaps(self):
        assert kerns_in_em(self.stretched("市民KPI", 3.7)) == {1: 0.2}
        assert kerns_in_em(self.stretched("市民KPI", 3.85)) == {0: 0.1, 1: 0.25}

    def test_what_is_left_goes_to_all_places(self):
        assert kerns_in_em(self.stretched("市民KPI", 5)) == {0: 0.75, 1: 0.75}

    @pytest.mark.parametrize(
        "text", ["LGWAN", "1,027 千円", "……", "（市）", "市、", "市", "", "  "]
    )
    def test_a_line_without_a_place_stays(self, text):
        assert self.stretched(text, 30).kerns == ()

    def test_the_last_line_stays(self):
        line = only_line("市役所", 9)
        assert justify(line, em(9), SIZE, FIXED) is line

    def test_trailing_spaces_stay_outside(self):
        assert kerns_in_em(self.stretched("市民\u3000", 2.5)) == {0: 0.5}

    def test_a_reduced_line_keeps_its_line_end(self):
        line, _ = broken("市役所、課", 3.75)
        assert kerns_in_em(justify(line, em(3.75), SIZE, FIXED)) == {0: 0.125, 1: 0.125, 3: -0.5}


class TestSpread:
    """3.7.3 字取り処理 (均等割付)."""

    @pytest.mark.parametrize(
        ("text", "ems", "gap"),
        [("任務目的", 10, 2), ("目標", 2, 0), ("目標", 1, 0), ("款", 5, 0), ("", 5, 0)],
    )
    def test_gap(self, text, ems, gap):
        assert spread(text, em(ems), SIZE, FIXED) == em(gap)

    def test_a_gap_never_makes_the_text_too_wide(self):
        assert spread("任務目的", em(4) + 100, SIZE, FIXED) == 33

    def test_a_variation_selector_takes_no_gap(self):
        assert spread(f"葛{VS}飾区", em(5), SIZE, FIXED) == em(1)


# Random Japanese, of tokens rather than characters, so that a selector always has its kanji.
TOKENS = [
    *"市役所あのーっ々・：？、。）」（「〜…—・、。）（",
    *"AbR019.-/,()  円",
    *("\u3000", f"葛{VS}", "か\u3099", "千円", "1,027", "￥100", "53％", "LGWAN"),
]
japanese = st.lists(st.sampled_from(TOKENS), max_size=60).map("".join)
half_ems = st.integers(0, 24).map(lambda halves: em(halves / 2))

ATTACHED = VS + "\u3099"
SPACES = " \u3000"
NOT_FIRST = "ーっ々・：？、。）」〜.-,)" + SPACES + ATTACHED
NOT_LAST = "（「("
DIGITS = "0123579"
DIGIT_COMMAS = tuple(f"{digit}," for digit in DIGITS)
WORD = "AbRLGWN.-/" + DIGITS


def may_end(text, index):
    """Whether a line may end before `index`: slow and literal, to hold the fast table against."""
    before, after = text[index - 1], text[index]
    visible = text[:index].rstrip(SPACES + ATTACHED)
    number = text[:index].rstrip("千円")
    number = number[:-1] if number.endswith((" ", "\u3000")) else number
    return not (
        after in NOT_FIRST
        or visible.endswith(tuple(NOT_LAST))
        or (before in WORD and after in WORD)
        or (before in "…—" and before == after)
        or (before == "," and after in DIGITS and text[:index].endswith(DIGIT_COMMAS))
        or before == "￥"
        or after == "％"
        or (after in "千円" and number.endswith(tuple(DIGITS)))
    )


def for_all(*strategies):
    """`given` without a time limit, since the machine may be busy with other tests."""
    return lambda test: settings(deadline=None)(given(*strategies)(test))


def spans(lines):
    """(start, end, line) of each line in its text."""
    end = 0
    for line in lines:
        start, end = end, end + len(line.text)
        yield start, end, line


def natural(text):
    return natural_width(text.rstrip(SPACES), SIZE, FIXED)


class TestProperties:
    @for_all(japanese)
    def test_the_table_of_line_ends_agrees_with_the_literal_rules(self, text):
        costs = break_costs(text)
        assert [costs[i] == LEGAL for i in range(1, len(text))] == [
            may_end(text, i) for i in range(1, len(text))
        ]

    @for_all(japanese, half_ems, st.sampled_from(["strict", "normal", "loose"]))
    def test_the_lines_are_the_text(self, text, width, level):
        lines = break_lines(text, width, SIZE, FIXED, level=level)
        assert "".join(line.text for line in lines) == text
        assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]

    @for_all(japanese, half_ems)
    def test_no_line_is_too_wide_but_one_character(self, text, width):
        for line in break_lines(text, width, SIZE, FIXED):
            assert line.width <= width or clusters(line.text.rstrip(SPACES)) == 1

    @for_all(japanese, half_ems)
    def test_an_illegal_line_end_is_taken_only_where_no_legal_one_fits(self, text, width):
        for start, end, _ in list(spans(break_lines(text, width, SIZE, FIXED)))[:-1]:
            if not may_end(text, end):
                legal = [i for i in range(start + 1, len(text)) if may_end(text, i)]
                assert not [i for i in legal if natural(text[start:i]) <= width]

    @for_all(japanese, half_ems)
    def test_a_line_takes_all_that_fits(self, text, width):
        for start, end, _ in spans(break_lines(text, width, SIZE, FIXED)):
            later = [i for i in range(end + 1, len(text)) if may_end(text, i)]
            assert all(natural(text[start:i]) > width for i in later)

    @for_all(japanese, half_ems)
    def test_lines_are_reduced_only_where_no_line_may_end_in_time(self, text, width):
        for start, end, line in spans(break_lines(text, width, SIZE, FIXED)):
            if line.kerns:
                assert natural(line.text) > width
                full = max(i for i in range(start, end) if natural(text[start:i]) <= width)
                assert full == start or not may_end(text, full)

    @for_all(japanese, half_ems)
    def test_kerns_add_up_and_take_no_more_than_blanks(self, text, width):
        for line in break_lines(text, width, SIZE, FIXED):
            indices = [index for index, _ in line.kerns]
            assert indices == sorted(set(indices))
            assert line.width == natural(line.text) + sum(amount for _, amount in line.kerns)
            for index, amount in line.kerns:
                assert 0 < -amount <= blank_after(line.text, index)

    @for_all(japanese, half_ems)
    def test_justified_lines_are_as_wide_as_asked_or_unchanged(self, text, width):
        for line in break_lines(text, width, SIZE, FIXED):
            full = justify(line, width, SIZE, FIXED)
            assert full == line or full.width == width
            assert full.width == natural(full.text) + sum(amount for _, amount in full.kerns)
            indices = [index for index, _ in full.kerns]
            assert indices == sorted(set(indices))
            grown = {
                index for index, amount in full.kerns if amount > dict(line.kerns).get(index, 0)
            }
            assert not [i for i in grown if line.text[i] in WORD and line.text[i + 1] in WORD]


def blank_after(text, index):
    """All the blank that the glyphs of FIXED have between `index` and the next character."""
    after = text[index + 1 : index + 2]
    blank = {**dict.fromkeys("、。）」", 0.5), **dict.fromkeys("・：", 0.25), " ": 0.25}
    before = {**dict.fromkeys("（「", 0.5), **dict.fromkeys("・：", 0.25)}
    return em(blank.get(text[index], 0) + before.get(after, 0))


@pytest.mark.parametrize(
    "unit", ["市民、（「町」）。", "A", "（", " ", "、", "1,", f"葛{VS}", VS, "あ 、", "（ "]
)
def test_a_long_text_is_broken_whole(unit):
    text = unit * (50_000 // len(unit))
    assert "".join(wrap(text, 20)) == text
