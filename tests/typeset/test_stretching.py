"""Lines made wider, in ems. Section numbers are those of JLREQ."""

from __future__ import annotations

import pytest

from gyomu_docs.typeset.lines import Line, break_lines
from gyomu_docs.typeset.stretching import justify, spread
from tests.support.lines import (
    ATTACHED,
    JOINED,
    SIZE,
    VS,
    WORD,
    broken,
    em,
    for_all,
    half_ems,
    japanese,
    kerns_in_em,
    natural,
    only_line,
)
from tests.support.metrics import FIXED, FixedFont


class TestJustify:
    """3.8.4 空ける処理."""

    def stretched(self, text, ems):
        line = Line(text, natural(text), (), False)
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

    def test_what_is_attached_stays(self):
        assert kerns_in_em(self.stretched(f"葛{VS}{JOINED}区", 6.8)) == {1: 1.4, 4: 1.4}

    def test_marks_that_are_closed_up_stay_so(self):
        line, _ = broken("市町）（村区民", 5.7, flush=True)
        assert kerns_in_em(justify(line, em(5.7), SIZE, FIXED)) == {0: 0.1, 2: -0.5, 4: 0.1}

    def test_a_flush_line_is_stretched_from_its_head(self):
        _, line, _ = broken("市町村「区民村区", 3.1, flush=True)
        full = justify(line, em(3.1), SIZE, FIXED)
        assert (full.text, full.head, full.width) == ("「区民", em(0.5), em(3.1))

    def test_a_reduced_line_keeps_its_line_end(self):
        line, _ = broken("市役所、課", 3.75)
        assert kerns_in_em(justify(line, em(3.75), SIZE, FIXED)) == {0: 0.125, 1: 0.125, 3: -0.5}


class TestSpread:
    """3.7.3 字取り処理 (均等割付)."""

    @pytest.mark.parametrize(
        ("text", "ems", "gap"),
        [("任務目的", 10, 2), ("目標", 2, 0), ("目標", 1, 0), ("款", 5, 0), ("", 5, 0)],
    )
    def test_3_7_3_gap(self, text, ems, gap):
        assert spread(only_line(text, 20), em(ems)) == em(gap)

    def test_a_gap_never_makes_the_text_too_wide(self):
        assert spread(only_line("任務目的", 20), em(4) + 100) == 33

    @pytest.mark.parametrize("cluster", [f"葛{VS}", JOINED])
    def test_what_is_attached_takes_no_gap(self, cluster):
        line = only_line(f"{cluster}飾区", 20)
        assert spread(line, line.width + em(2)) == em(1)

    def test_marks_are_closed_up_before(self):
        assert spread(only_line("（（案））", 20), em(8)) == em(1)

    def test_spaces_at_the_end_do_not_count(self):
        assert spread(only_line("目標\u3000 ", 20), em(3)) == em(1)


@for_all(japanese, half_ems)
def test_justified_lines_are_as_wide_as_asked_or_unchanged(text, width):
    for line in break_lines(text, width, SIZE, FIXED, flush=True):
        full = justify(line, width, SIZE, FIXED)
        assert full == line or full.width == width
        assert full.width == natural(full.text) + sum(by for _, by in full.kerns) - full.head
        assert [index for index, _ in full.kerns] == sorted({index for index, _ in full.kerns})
        before = dict(line.kerns)
        grown = [index for index, amount in full.kerns if amount > before.get(index, 0)]
        assert not [i for i in grown if line.text[i] in WORD and line.text[i + 1] in WORD]
        assert not [i for i in grown if line.text[i + 1] in ATTACHED or line.text[i] == "\u200d"]
