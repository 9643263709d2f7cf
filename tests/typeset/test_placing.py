"""Set texts and grids on a page: positions, rules, fills, structure, what repeats."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings

from gyomu_docs.layout.tree import Grid
from gyomu_docs.typeset.pages import Element, Fill, Page, PagedDocument, Rule, TextRun
from gyomu_docs.typeset.placing import Box, place_text
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import pt
from tests.support.documents import any_grids, cell, document, grid, row, style
from tests.support.paging import Extent, FixedFonts, extent, pages, paginate


def place(*texts: str, width: float = 50, height: float = 30, **changes: Any) -> list[TextRun]:
    """The runs of texts in a box at (100, 200)."""
    setter = TextSetter(FixedFonts())
    look = style(**changes)
    done = setter.set(texts, look, pt(width))
    box = Box(pt(100), pt(200), pt(width), pt(height))
    return [run for part in place_text(done, look, box, setter) for run in part]


def at(run: TextRun) -> tuple[float, float]:
    """The top left corner of a run's em boxes, in points from that of its box."""
    left, top, _, _ = extent(run)
    return left / 1000 - 100, top / 1000 - 200


@pytest.mark.parametrize(
    ("align", "x"), [("left", 0), ("center", 15), ("right", 30), ("justify", 0), ("spread", 10)]
)
def test_horizontal_alignment(align: str, x: float) -> None:
    (run,) = place("市役", align=align)
    assert at(run)[0] == x


@pytest.mark.parametrize(("valign", "y"), [("top", 0), ("middle", 10), ("bottom", 20)])
def test_vertical_alignment(valign: str, y: float) -> None:
    (run,) = place("市役", valign=valign)
    assert at(run)[1] == y


def test_padding_and_indents_move_the_text_in() -> None:
    (run,) = place("市", padding=(1, 2, 3, 4), valign="top", indent=5)
    assert at(run) == (9, 1)
    (run,) = place("市", padding=(1, 2, 3, 4), valign="bottom", align="right")
    assert at(run) == (50 - 2 - 10, 30 - 3 - 10)
    first, second = place("市役所", width=30, first_indent=10, valign="top")
    assert (at(first), at(second)) == ((10, 0), (0, 10))


def test_the_em_box_stands_in_the_middle_of_its_line() -> None:
    first, second = place("市役所", width=20, leading=14, valign="top")
    assert (at(first), at(second)) == ((0, 2), (0, 16))


def test_the_baseline_is_the_ascent_below_the_em_box() -> None:
    (run,) = place("市", valign="top")
    assert run.y == pt(200) + 8_800


def test_spaces_at_the_line_end_do_not_move_a_text() -> None:
    (spaced,) = place("市役　", align="right")
    (plain,) = place("市役", align="right")
    assert spaced.x == plain.x


def test_numbers_of_one_column_end_together() -> None:
    ends = [extent(place(text, align="right")[0]).right for text in ("1", "1,244", "53%")]
    assert len(set(ends)) == 1


def test_decimal_outside_of_a_grid_is_like_right() -> None:
    assert place("1.5", align="decimal") == place("1.5", align="right")


def test_4_4_3_numbers_on_a_page_stand_on_one_point() -> None:
    texts = ("12", "-1.5", "3.25", "100")
    (page,) = laid(grid(*(row(cell(text, align="decimal")) for text in texts))).pages
    runs = [run for marked in page.content for run in marked.runs]
    points = [run.x + pt(5 * len(run.text.partition(".")[0])) for run in runs]
    # Three characters before the point and three from it on are 30 pt in the middle of 50 pt.
    assert points == [pt(20 + 10 + 15)] * 4


def test_4_4_3_numbers_of_a_header_that_repeats_stand_on_their_point_again() -> None:
    made = grid(
        *(
            row(cell(text, align="decimal"), cell("一", column=1), height=40)
            for text in ("1.5", "20", "3")
        ),
        header=1,
    )
    first, second = laid(made).pages
    head = next(run for marked in first.content for run in marked.runs if run.text == "1.5")
    repeated = [one for one in second.artifacts if one.kind == "repeat"]
    assert [run.x for one in repeated for run in one.runs if run.text == "1.5"] == [head.x]


def test_4_4_3_numbers_of_a_row_that_splits_stand_on_their_point() -> None:
    made = grid(
        row(cell("1.25", align="decimal"), cell("あ" * 60, column=1)),
        row(cell("10", align="decimal"), cell("一", column=1)),
    )
    pages_ = laid(made).pages
    runs = {run.text: run.x for page in pages_ for one in page.content for run in one.runs}
    assert len(pages_) == 2
    assert runs["10"] + pt(10) == runs["1.25"] + pt(5)


@pytest.mark.parametrize("align", ["left", "justify", "right", "center", "decimal"])
def test_3_1_5_the_blank_of_a_bracket_stands_before_a_line_that_goes_on(align: str) -> None:
    _, second = place("市町村「区民」", width=30, align=align)
    assert (second.text, at(second)[0]) == ("「区民」", -5)


def test_a_spread_label_is_one_run_that_reads_without_gaps() -> None:
    (run,) = place("目標", width=25, align="spread")
    assert (run.text, run.spread, run.spacing) == ("目標", True, pt(5))
    assert extent(run)[::2] == (pt(100), pt(125))


def test_a_label_that_cannot_be_spread_stands_in_the_middle() -> None:
    (run,) = place("款", align="spread")
    assert (run.spread, at(run)[0]) == (False, 20)


def test_empty_lines_leave_their_room() -> None:
    runs = place("一\n\n二", "", "三", valign="top", height=50)
    assert [(run.text, at(run)[1]) for run in runs] == [("一", 0), ("二", 20), ("三", 40)]


def test_a_run_knows_font_size_and_color() -> None:
    (run,) = place("市", bold=True, size=8, color=0x102030)
    assert (run.font, run.size, run.color) == ("bold", pt(8), 0x102030)


# Grids on pages. The body of a page is 100 points high, and stands at (20, 20).


def laid(made: Grid, **page: Any) -> PagedDocument:
    return paginate(document(made, **page))


def test_a_grid_stands_at_the_margins() -> None:
    (page,) = laid(grid("一 二")).pages
    assert [extent(run)[:2] for marked in page.content for run in marked.runs] == [
        (pt(20), pt(20)),
        (pt(70), pt(20)),
    ]
    assert Rule(pt(20), pt(20), pt(20), pt(30), 500) in page.rules


def test_fills_side_by_side_are_one() -> None:
    made = grid(
        row(
            cell("一", fill=0xEE), cell("二", column=1, fill=0xEE), cell("三", column=2, fill=0xDD)
        ),
        row(cell("四", fill=0xEE), cell("五", column=1), cell("六", column=2, fill=0xEE)),
    )
    (page,) = laid(made).pages
    assert page.fills == (
        Fill(pt(20), pt(20), pt(100), pt(10), 0xEE),
        Fill(pt(120), pt(20), pt(50), pt(10), 0xDD),
        Fill(pt(20), pt(30), pt(50), pt(10), 0xEE),
        Fill(pt(120), pt(30), pt(50), pt(10), 0xEE),
    )


def test_header_rows_repeat_for_the_eye_alone() -> None:
    made = grid("款 項", *(row(f"{i}", "", height=40) for i in range(4)), header=1)
    assert pages(document(made)) == [["款 項", "0", "1"], ["*款 *項", "2", "3"]]


def test_a_title_over_the_whole_width_says_that_it_goes_on() -> None:
    made = grid("総括", *(row(f"{i}", height=40) for i in range(4)), header=1)
    assert pages(document(made))[1][0] == "*総括（続き）"


def test_a_title_without_room_for_that_is_repeated_as_it_is() -> None:
    made = grid("まちの総括", *(row(f"{i}", height=40) for i in range(4)), header=1)
    assert pages(document(made))[1][0] == "*まちの総括"


def spanning(*texts: str, count: int = 6, **more: Any) -> Grid:
    """Rows of 20 points with a label beside them that spans all."""
    label = cell(*texts, rows=count, **{"role": "row", **more})
    first = row(label, cell("1", column=1), height=20)
    return grid(first, *(row(cell(f"{i}", column=1), height=20) for i in range(2, count + 1)))


def test_a_spanning_label_repeats_as_continued() -> None:
    assert pages(document(spanning("施策"), height=80)) == [
        ["1", "2", "施策", "3", "4"],
        ["5", "*施策（続き）", "6"],
    ]


def test_a_vertical_label_repeats_too() -> None:
    made = document(spanning("人工", vertical=True, count=8), height=100)
    assert pages(made)[1] == ["*人工（続き）", "6", "7", "8"]


def test_spanning_data_does_not_repeat() -> None:
    assert pages(document(spanning("値", role="data"), height=80))[1] == ["5", "6"]


def test_a_label_out_of_the_header_repeats_with_it() -> None:
    label = cell("人", rows=6, role="row")
    made = grid(
        row(label, cell("頭", column=1), height=20),
        *(row(cell(f"{i}", column=1), height=20) for i in range(1, 6)),
        header=1,
    )
    assert pages(document(made, height=80)) == [
        ["頭", "1", "人", "2", "3"],
        ["*頭", "*人（続き） 4", "5"],
    ]


def test_a_split_row_repeats_its_label() -> None:
    made = grid(row(cell("01", role="row"), cell("あ" * 60, column=1)))
    first, second = pages(document(made))
    assert first[0] == "01 あああああ"
    assert second == ["*01（続き） あああああ", "あああああ"]


def test_a_vertical_label_of_a_split_row_is_content_once() -> None:
    made = grid(row(cell("人工", vertical=True, role="row"), cell("あ" * 60, column=1)))
    paged = laid(made)
    texts = [run.text for page in paged.pages for marked in page.content for run in marked.runs]
    assert texts.count("人工") == 1


# Structure.


def tree(paged: PagedDocument, kinds: tuple[str, ...]) -> list[Element]:
    return [element for element in paged.elements if element.kind in kinds]


def test_header_cells_have_a_scope_and_spans() -> None:
    made = grid(
        row(cell("頭", cols=2, role="column")),
        row(cell("行", rows=2, role="row"), cell("値", column=1)),
        row(cell("値", column=1)),
        header=1,
        name="予算",
    )
    paged = laid(made)
    assert tree(paged, ("Table",)) == [Element("Table", 1, summary="予算")]
    assert [element[:1] + element[2:5] for element in tree(paged, ("TH", "TD"))] == [
        ("TH", "Column", 2, 1),
        ("TH", "Row", 1, 2),
        ("TD", "", 1, 1),
        ("TD", "", 1, 1),
    ]


def test_empty_cells_are_in_the_structure_without_content() -> None:
    paged = laid(grid(row("", "二")))
    assert len(tree(paged, ("TD",))) == 2
    assert [len(page.content) for page in paged.pages] == [1]


def test_paragraphs_of_a_cell_are_elements_of_their_own() -> None:
    paged = laid(grid(row(cell("一", "", "三"))))
    cells = [number for number, element in enumerate(paged.elements) if element.kind == "TD"]
    paragraphs = tree(paged, ("P",))
    assert [element.parent for element in paragraphs] == cells * 2


def test_what_repeats_is_not_in_the_structure() -> None:
    made = grid("款 項", *(row(f"{i}", "", height=40) for i in range(4)), header=1)
    paged = laid(made)
    assert len(tree(paged, ("TR",))) == 5
    assert len(tree(paged, ("Table",))) == 1


def test_a_split_cell_is_one_element_on_two_pages() -> None:
    paged = laid(grid(row(cell("あ" * 60))))
    assert len(tree(paged, ("TD",))) == 1
    first, second = ({marked.element for marked in page.content} for page in paged.pages)
    assert first == second


def test_a_split_cell_of_paragraphs_goes_on_in_its_paragraph() -> None:
    paged = laid(grid(row(cell("あ" * 30, "い" * 30, "う"))))
    assert len(tree(paged, ("P",))) == 3
    first, second = ([marked.element for marked in page.content] for page in paged.pages)
    assert len(first) == 2
    assert second[0] == first[-1]
    assert len(set(second)) == 2


def test_content_is_in_reading_order() -> None:
    made = grid(row(cell("甲", rows=2), cell("乙", column=1)), row(cell("丙", column=1)), "丁 戊")
    (page,) = laid(made).pages
    assert [run.text for marked in page.content for run in marked.runs] == list("甲乙丙丁戊")


# Whatever the grid.


def body_runs(page: Page) -> list[TextRun]:
    runs = [run for marked in page.content for run in marked.runs]
    for artifact in page.artifacts:
        if artifact.kind == "repeat":
            runs += artifact.runs
    return runs


def crosses(place: Extent, rule: Rule) -> bool:
    left, top, right, bottom = place
    if rule.x0 == rule.x1:
        return left < rule.x0 < right and top < rule.y1 and bottom > rule.y0
    return top < rule.y0 < bottom and left < rule.x1 and right > rule.x0


@settings(max_examples=200, deadline=None)
@given(any_grids())
def test_every_text_stands_inside_its_box_less_the_padding(made: Grid) -> None:
    padding = made.rows[0].cells[0].style.padding.top
    for page in laid(made).pages:
        for run in body_runs(page):
            left, top, right, bottom = extent(run)
            outer = Extent(left - padding, top - padding, right + padding, bottom + padding)
            assert pt(20) <= outer.left
            assert outer.right <= pt(120)
            assert pt(20) <= outer.top
            assert outer.bottom <= pt(120)
            assert not [rule for rule in page.rules if crosses(outer, rule)]


@settings(max_examples=200, deadline=None)
@given(any_grids())
def test_texts_do_not_lie_over_each_other(made: Grid) -> None:
    for page in laid(made).pages:
        places = [extent(run) for run in body_runs(page)]
        for number, one in enumerate(places):
            for other in places[:number]:
                apart = one.right <= other.left or other.right <= one.left
                assert apart or one.bottom <= other.top or other.bottom <= one.top


@settings(max_examples=200, deadline=None)
@given(any_grids())
def test_every_text_is_content_once(made: Grid) -> None:
    paged = laid(made)
    shown = Counter(
        char
        for page in paged.pages
        for marked in page.content
        for run in marked.runs
        for char in run.text
    )
    said = Counter(
        char for line in made.rows for one in line.cells for text in one.texts for char in text
    )
    assert shown == said


@settings(max_examples=200, deadline=None)
@given(any_grids())
def test_rules_end_on_rules(made: Grid) -> None:
    for page in laid(made).pages:
        for rule in page.rules:
            for x, y in ((rule.x0, rule.y0), (rule.x1, rule.y1)):
                assert any(
                    other is not rule
                    and (other.x0 == other.x1) != (rule.x0 == rule.x1)
                    and other.x0 - 250 <= x <= other.x1 + 250
                    and other.y0 - 250 <= y <= other.y1 + 250
                    for other in page.rules
                )


@settings(max_examples=100, deadline=None)
@given(any_grids())
def test_every_cell_is_in_the_structure_once(made: Grid) -> None:
    paged = laid(made)
    cells = [one for line in made.rows for one in line.cells]
    assert len(tree(paged, ("TH", "TD"))) == len(cells)
    assert len(tree(paged, ("TR",))) == len(made.rows)
    for number, element in enumerate(paged.elements):
        assert element.parent < number
