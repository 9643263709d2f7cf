"""What a line gives up, in ems. Section numbers are those of JLREQ."""

from __future__ import annotations

import pytest

from tests.support.lines import broken, em, kerns_in_em, wrap


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

    def test_3_1_4_what_marks_share_is_gone_before(self):
        line, _ = broken("（市、町）。課", 5.0)
        assert kerns_in_em(line) == {4: -0.5, 5: -0.5}

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
