"""The flow of blocks down the pages of a section, and what stands beside each other."""

from __future__ import annotations

from typing import Any

import pytest

from gyomu_docs.layout.tree import Block, Grid
from gyomu_docs.typeset.pages import OutlineEntry
from gyomu_docs.units import pt
from tests.support.documents import (
    beside,
    cell,
    document,
    grid,
    heading,
    page_break,
    paragraph,
    row,
    spacer,
)
from tests.support.paging import content, extent, furniture, pages, paginate


def tops(*blocks: Block, **page: Any) -> list[tuple[int, str, float]]:
    """Of each run: its page from 0, its text, and its distance from the top of the body."""
    return [
        (number, run.text, extent(run).top / 1000 - 20)
        for number, page in enumerate(paginate(document(*blocks, **page)).pages)
        for marked in page.content
        for run in marked.runs
    ]


# Blocks below each other.


def test_blocks_stand_below_each_other() -> None:
    blocks = (heading("題"), spacer(5), grid("一", "二"), paragraph("注"))
    assert tops(*blocks) == [(0, "題", 0), (0, "一", 15), (0, "二", 25), (0, "注", 35)]


def test_a_document_without_blocks_is_a_page() -> None:
    paged = paginate(document())
    assert [furniture(page)["footer"] for page in paged.pages] == [["1 / 1"]]


def test_a_spacer_is_dropped_at_the_head_of_a_page() -> None:
    assert tops(spacer(30), paragraph("一")) == [(0, "一", 0)]
    blocks = (grid(row("一", height=100)), spacer(30), paragraph("二"))
    assert tops(*blocks)[-1] == (1, "二", 0)


def test_a_spacer_ends_with_the_page() -> None:
    blocks = (grid(row("一", height=90)), spacer(30), paragraph("二"), spacer(5), paragraph("三"))
    assert tops(*blocks)[1:] == [(1, "二", 0), (1, "三", 15)]


def test_spacers_alone_make_no_pages() -> None:
    assert len(paginate(document(*[spacer(60)] * 9)).pages) == 1


def test_an_empty_grid_leaves_no_trace() -> None:
    paged = paginate(document(grid(columns=(50,), bookmark="表"), paragraph("注")))
    assert [element.kind for element in paged.elements] == ["Document", "Sect", "P"]
    assert (paged.outline, paged.pages[0].rules) == ((), ())


def test_a_paragraph_moves_rather_than_split() -> None:
    blocks = (grid(row("一", height=85)), paragraph("あ" * 60))
    assert [one[::2] for one in tops(*blocks)[1:]] == [(1, 0), (1, 10)]


def test_a_paragraph_taller_than_a_page_splits() -> None:
    places = tops(grid(row("一", height=85)), paragraph("あ" * 480), paragraph("終"))
    assert [place[::2] for place in places[1:]] == [
        *((1, 10 * line) for line in range(10)),
        *((2, 10 * line) for line in range(2)),
        (2, 20),
    ]


def test_the_padding_of_a_paragraph() -> None:
    assert tops(paragraph("一", padding=(3, 0, 4, 0)), paragraph("二")) == [
        (0, "一", 3),
        (0, "二", 17),
    ]
    # Eight lines and twice the padding fill the page; two go on.
    long = tops(paragraph("あ" * 400, padding=(10, 0, 5, 0)), paragraph("二"))
    assert [place[::2] for place in long] == [
        *((0, 10 + 10 * line) for line in range(8)),
        *((1, 10 + 10 * line) for line in range(2)),
        (1, 35),
    ]


def test_a_split_paragraph_is_one_element() -> None:
    paged = paginate(document(paragraph("あ" * 480)))
    assert [element.kind for element in paged.elements].count("P") == 1
    assert {marked.element for page in paged.pages for marked in page.content} == {2}


def test_blank_lines_and_spaces_in_a_paragraph() -> None:
    assert tops(paragraph("一\n\n二"), paragraph("　"), paragraph("三")) == [
        *((0, "一", 0), (0, "二", 20), (0, "　", 30), (0, "三", 40)),
    ]


def test_an_empty_paragraph_is_a_blank_line_without_an_element() -> None:
    paged = paginate(document(paragraph(""), paragraph("一")))
    assert [element.kind for element in paged.elements] == ["Document", "Sect", "P"]


def test_a_grid_to_be_kept_together_moves_as_a_whole() -> None:
    rows = [row(f"{number}", height=20) for number in range(4)]
    first = grid(row("一", height=40))
    assert pages(document(first, grid(*rows))) == [["一", "0", "1", "2"], ["3"]]
    assert pages(document(first, grid(*rows, keep_together=True))) == [["一"], ["0", "1", "2", "3"]]


def test_a_grid_too_tall_to_be_kept_together_starts_where_it_stands() -> None:
    rows = [row(f"{number}", height=20) for number in range(6)]
    made = document(grid(row("一", height=60)), grid(*rows, keep_together=True))
    assert pages(made) == [["一", "0", "1"], ["2", "3", "4", "5"]]


def test_a_header_alone_stands_once() -> None:
    made = document(grid(row("一", height=95)), grid("頭", header=1, bookmark="表"))
    assert pages(made) == [["一"], ["頭"]]
    assert paginate(made).outline == (OutlineEntry(2, "表", 1, pt(20)),)


# Headings.


def test_a_heading_does_not_stand_alone_at_the_foot() -> None:
    blocks = (grid(row("一", height=75)), heading("題"), spacer(5), grid("頭", "二", header=1))
    assert pages(document(*blocks)) == [["一"], ["題", "頭", "二"]]
    blocks = (grid(row("一", height=65)), *blocks[1:])
    assert pages(document(*blocks)) == [["一", "題", "頭", "二"]]


def test_a_heading_asks_for_the_start_of_what_follows_alone() -> None:
    blocks = (grid(row("一", height=50)), heading("題"), grid("二"), grid(row("三", height=60)))
    assert pages(document(*blocks)) == [["一", "題", "二"], ["三"]]


def test_headings_stay_together() -> None:
    blocks = (grid(row("一", height=75)), heading("題"), heading("副題", level=2), paragraph("文"))
    assert pages(document(*blocks)) == [["一"], ["題", "副題", "文"]]


def test_a_heading_before_a_tall_block_stays_where_it_starts() -> None:
    tall = grid(row(cell("あ" * 55)))
    blocks = (grid(row("一", height=60)), heading("題"), tall)
    assert [len(page) for page in pages(document(*blocks))] == [5, 8]
    blocks = (grid(row("一", height=61)), heading("題"), tall)
    assert [len(page) for page in pages(document(*blocks))] == [1, 10, 2]


def test_a_heading_before_a_paragraph_taller_than_a_page_stays_with_its_first_lines() -> None:
    blocks = (heading("題"), paragraph("あ" * 440))
    start = (grid(row("一", height=60)), *blocks)
    assert [len(page) for page in pages(document(*start))] == [5, 8]
    start = (grid(row("一", height=61)), *blocks)
    assert [len(page) for page in pages(document(*start))] == [1, 10, 2]


def test_a_heading_at_the_end_stands_where_it_is() -> None:
    assert pages(document(grid(row("一", height=85)), heading("題"))) == [["一", "題"]]


def test_a_heading_before_blocks_beside_each_other_goes_with_them() -> None:
    pair = beside((50, (grid("左"),)), (50, (grid(row("右", height=30)),)))
    blocks = (grid(row("一", height=70)), heading("題"), pair)
    assert pages(document(*blocks)) == [["一"], ["題", "左", "右"]]


def test_headings_are_elements_of_their_level_and_bookmarks() -> None:
    blocks = (grid(row("一", height=95)), heading("題", level=3, bookmark="しおり"))
    paged = paginate(document(*blocks))
    assert [element.kind for element in paged.elements if element.kind[0] == "H"] == ["H3"]
    assert paged.outline == (OutlineEntry(2, "しおり", 1, pt(20)),)


# Beside each other.


def test_columns_start_at_the_same_height_and_what_follows_below_the_longest() -> None:
    pair = beside((60, (grid("左"),)), (60, (grid("右", "下"),)), gap=10)
    assert tops(paragraph("上"), pair, paragraph("後")) == [
        *((0, "上", 0), (0, "左", 10), (0, "右", 10), (0, "下", 20), (0, "後", 30)),
    ]
    (page,) = paginate(document(pair)).pages
    lefts = {run.text: run.x for marked in page.content for run in marked.runs}
    assert (lefts["左"], lefts["右"]) == (pt(20), pt(20 + 60 + 10))


def test_a_pair_that_fits_on_a_page_moves_as_a_whole() -> None:
    pair = beside((50, (grid("左"),)), (50, (grid(row("右", height=60)),)))
    assert pages(document(grid(row("上", height=50)), pair)) == [["上"], ["左", "右"]]


def test_a_column_taller_than_a_page_breaks_for_itself() -> None:
    lines = grid("頭", *(row(f"{number}", height=15) for number in range(12)), header=1)
    pair = beside((50, (grid("左"), paragraph("注"))), (50, (lines,)), gap=10)
    assert pages(document(pair, paragraph("後"))) == [
        ["左 頭", "注", "0", "1", "2", "3", "4", "5"],
        ["*頭（続き）", "6", "7", "8", "9", "10", "11"],
        ["後"],
    ]


def test_columns_taller_than_a_page_start_on_the_same_page() -> None:
    tall = grid("頭", *(row(f"{number}", height=30) for number in range(4)), header=1)
    pair = beside((50, (grid("左"),)), (50, (tall,)), gap=10)
    assert pages(document(grid(row("上", height=65)), pair))[:2] == [
        ["上"],
        ["左 頭", "0", "1", "2"],
    ]
    assert pages(document(grid(row("上", height=60)), pair))[0] == ["上", "左 頭", "0"]


def test_both_columns_may_break() -> None:
    def column(name: str, count: int) -> Grid:
        return grid(*(row(f"{name}{number}", height=40) for number in range(count)))

    pair = beside((50, (column("左", 5),)), (50, (column("右", 3),)))
    assert pages(document(pair, paragraph("後"))) == [
        ["左0 右0", "左1 右1"],
        ["左2 右2", "左3"],
        ["左4", "後"],
    ]


def test_the_content_of_a_column_comes_whole_before_the_next() -> None:
    pair = beside((50, (grid("一", "二"),)), (50, (grid("三", "四"),)))
    (page,) = paginate(document(pair)).pages
    assert content(page) == ["一", "二", "三", "四"]


def test_columns_may_nest_and_be_empty() -> None:
    inner = beside((50, (paragraph("一"),)), (50, (paragraph("二"),)))
    assert pages(document(beside((100, (inner,)), (50, ())), beside((10, ())))) == [["一 二"]]


# Page breaks.


def test_what_follows_a_page_break_stands_at_the_head_of_a_page() -> None:
    made = (paragraph("一"), page_break(), spacer(5), paragraph("二"))
    assert tops(*made) == [(0, "一", 0), (1, "二", 0)]


@pytest.mark.parametrize("before", [(), (spacer(5),), (grid(row("一", height=100)),)])
def test_a_page_break_at_the_head_of_a_page_is_nothing(before: tuple[Block, ...]) -> None:
    broken = document(*before, page_break(), page_break(), paragraph("二"))
    assert pages(broken) == pages(document(*before, paragraph("二")))


def test_a_page_break_at_the_end_makes_no_page() -> None:
    assert pages(document(paragraph("一"), page_break())) == [["一"]]


def test_a_heading_before_a_page_break_stays_where_it_is() -> None:
    made = document(grid(row("一", height=90)), heading("題"), page_break(), grid("二"))
    assert pages(made) == [["一", "題"], ["二"]]


def test_a_page_break_in_a_column_breaks_this_column_alone() -> None:
    left = (paragraph("左一"), page_break(), paragraph("左二"))
    right = (paragraph("右一"), paragraph("右二"))
    made = document(paragraph("上"), beside((50, left), (50, right)), paragraph("下"))
    assert pages(made) == [["上", "左一 右一", "右二"], ["左二", "下"]]


def test_blocks_behind_a_page_break_in_a_column_need_no_room_before_it() -> None:
    # 60 of 100 points are left: enough for what stands before the break, not for all.
    column = (grid(row("左", height=40)), page_break(), grid(row("次", height=50)))
    made = document(grid(row("上", height=40)), beside((50, column), (50, (paragraph("右"),))))
    assert pages(made)[0] == ["上", "右", "左"]


def test_a_page_break_at_the_head_of_a_column_below_other_blocks() -> None:
    made = document(paragraph("上"), beside((50, (page_break(), paragraph("左")))))
    assert pages(made) == [["上"], ["左"]]
