"""Which rows go on which page: arithmetic, drawn as `1 2 | 3`."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gyomu_docs.errors import Place
from gyomu_docs.layout.tree import Cell, Grid, Row
from gyomu_docs.typeset.breaks import Fragment, break_grid, least_start
from gyomu_docs.typeset.grids import MeasuredGrid, measure_grid
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import pt
from tests.support.documents import any_grids, cell, grid, row
from tests.support.paging import FixedFonts

FULL = 100


def measured(made: Grid) -> MeasuredGrid:
    return measure_grid(made, TextSetter(FixedFonts()), Place(), [], pt(FULL))


def fragments(made: Grid, first: float = FULL) -> list[Fragment]:
    return list(break_grid(measured(made), pt(first), pt(FULL)))


def broken(made: Grid, first: float = FULL) -> str:
    """The rows of each page by their numbers from 1; `3a` `3b` are the parts of a row."""
    seen: dict[int, int] = {}
    pages = []
    for fragment in fragments(made, first):
        names = []
        for part in fragment.parts:
            letter = ""
            if part.lines is not None:
                letter = "abcdefghijklmnopqrstuvwxyz"[seen.setdefault(part.row, 0)]
                seen[part.row] += 1
            names.append(f"{part.row + 1}{letter}")
        pages.append(" ".join(names))
    return " | ".join(pages)


def rows(*heights: float, keep: str = "", header: int = 0, **more: Any) -> Grid:
    """Rows of these heights; `keep` names those kept with their next: `"13"`."""
    made = [
        row("", height=height, keep=str(number) in keep) for number, height in enumerate(heights, 1)
    ]
    return grid(*made, header=header, **more)


def labelled(label: Cell, *heights: float, header: int = 0, keep: str = "") -> Grid:
    """Rows of these heights with a label beside them that spans all."""
    made = []
    for number, height in enumerate(heights, 1):
        cells = [cell(column=1)] if number > 1 else [label, cell(column=1)]
        made.append(row(*cells, height=height, keep=str(number) in keep))
    return grid(*made, header=header)


def label(text: str, count: int, **more: Any) -> Cell:
    return cell(text, rows=count, role="row", **more)


# Pages fill up.


def test_rows_that_fit_stay_on_the_page() -> None:
    assert broken(rows(40, 30, 30)) == "1 2 3"


def test_a_row_that_does_not_fit_goes_on_the_next_page() -> None:
    assert broken(rows(40, 30, 31)) == "1 2 | 3"
    assert broken(rows(60, 60, 60)) == "1 | 2 | 3"


def test_the_rest_of_a_page_is_used() -> None:
    assert broken(rows(20, 20, 20), first=45) == "1 2 | 3"


def test_a_grid_without_room_starts_on_the_next_page() -> None:
    assert broken(rows(20, 20), first=19) == " | 1 2"
    assert broken(rows(20, 20), first=0) == " | 1 2"
    assert broken(rows(20, 20), first=-5) == " | 1 2"


def test_header_rows_take_their_height_on_every_page() -> None:
    assert broken(rows(30, 35, 35, 35, header=1)) == "2 3 | 4"
    assert broken(rows(30, 36, 35, 35, header=1)) == "2 | 3 4"


def test_a_header_never_stands_alone_at_the_foot() -> None:
    assert broken(rows(30, 20, 20, header=1), first=49) == " | 2 3"
    assert broken(rows(30, 20, 20, header=1), first=50) == "2 | 3"
    assert broken(rows(20, 20, 20, header=2, keep=""), first=59) == " | 3"


def test_a_header_alone_is_a_row_like_any_other() -> None:
    assert broken(rows(30, header=1)) == "1"
    assert broken(rows(30, header=1), first=29) == " | 1"


def test_an_empty_grid_has_no_fragments() -> None:
    assert fragments(grid(columns=(10,))) == []


# Rows kept together.


def test_a_kept_row_moves_with_its_next() -> None:
    assert broken(rows(40, 40, 40, keep="2")) == "1 | 2 3"


def test_a_chain_of_kept_rows_moves_as_a_whole() -> None:
    assert broken(rows(40, 20, 20, 30, keep="23")) == "1 | 2 3 4"
    assert broken(rows(40, 20, 20, 20, keep="23")) == "1 2 3 4"


def test_a_two_digit_row_stays_with_its_first_child_and_costs_with_the_row_before() -> None:
    #     01  0101  cost  02  0201  0202  cost
    made = rows(20, 20, 20, 20, 20, 20, 20, keep="1246")
    assert broken(made) == "1 2 3 4 5 | 6 7"
    assert broken(made, first=70) == "1 2 3 | 4 5 6 7"
    assert broken(made, first=40) == " | 1 2 3 4 5 | 6 7"


def test_a_chain_taller_than_a_page_breaks_where_the_page_is_full() -> None:
    assert broken(rows(40, 40, 40, 40, keep="123")) == "1 2 | 3 4"
    assert broken(rows(10, 40, 40, 40, 40, keep="2345")) == "1 | 2 3 | 4 5"


def test_keeping_the_last_row_with_its_next_means_nothing() -> None:
    assert broken(rows(40, 40, keep="2")) == "1 2"
    assert broken(rows(60, 60, keep="2")) == "1 | 2"


# Rows taller than a page.


def tall(lines: int, **more: Any) -> Row:
    return row(cell("あ" * 5 * lines, **more))


def parts(made: Grid, first: float = FULL) -> list[tuple[float, tuple[tuple[int, int], ...]]]:
    return [
        (part.height / 1000, part.lines)
        for fragment in fragments(made, first)
        for part in fragment.parts
        if part.lines is not None
    ]


def test_a_row_taller_than_a_page_splits_between_lines() -> None:
    assert broken(grid(tall(10))) == "1"
    assert broken(grid(tall(11))) == "1a | 1b"
    assert parts(grid(tall(11))) == [(100, ((0, 10),)), (10, ((10, 11),))]


def test_it_starts_where_three_lines_have_room() -> None:
    made = grid(row("", height=70), tall(12))
    assert broken(made) == "1 2a | 2b"
    assert broken(grid(row("", height=71), tall(12))) == "1 | 2a | 2b"
    assert broken(grid(tall(12)), first=29) == " | 1a | 1b"


def test_all_cells_must_have_room_to_start() -> None:
    big = cell("いいいい", column=1, size=20, leading=25)
    made = grid(row("", "", height=60), row(cell("あ" * 60), big))
    assert broken(made) == "1 | 2a | 2b"


def test_rows_after_it_go_on_below_its_end() -> None:
    assert broken(grid(tall(12), "二 ", row("", height=80))) == "1a | 1b 2 | 3"
    assert broken(grid(tall(12), row("", height=80))) == "1a | 1b 2"


def test_a_cell_that_spans_on_from_a_tall_row_splits_with_it() -> None:
    made = grid(
        row("", "", height=60),
        row(cell("あ" * 25, rows=2), cell("い" * 60, column=1)),
        row(cell(column=1)),
    )
    assert broken(made) == "1 2a | 2b 3"
    assert parts(made)[0] == (40, ((0, 4), (0, 4)))


def test_padding_counts_to_the_room_to_start() -> None:
    made = grid(row(cell("あ" * 50, padding=(5, 0, 6, 0))))
    assert broken(made, first=41) == "1a | 1b"
    assert broken(made, first=40) == " | 1a | 1b"


def test_a_vertical_label_must_have_its_room_to_start() -> None:
    split = row(cell("人工の数", vertical=True), cell("あ" * 60, column=1))
    assert broken(grid(row("", "", height=60), split)) == "1 2a | 2b"
    assert broken(grid(row("", "", height=61), split)) == "1 | 2a | 2b"


def test_a_row_kept_with_it_stands_on_the_page_where_it_starts() -> None:
    made = grid(row("", height=20), row("", height=20, keep=True), tall(12))
    assert broken(made) == "1 2 3a | 3b"
    made = grid(row("", height=60), row("", height=20, keep=True), tall(12))
    assert broken(made) == "1 | 2 3a | 3b"


def test_cells_end_each_in_its_time() -> None:
    made = grid(row(cell("あ" * 125), cell("い" * 60, column=1), cell("う", column=2)))
    assert [lines for _, lines in parts(made)] == [
        ((0, 10), (0, 10), (0, 1)),
        ((10, 20), (10, 12), (1, 1)),
        ((20, 25), (12, 12), (1, 1)),
    ]
    assert [height for height, _ in parts(made)] == [100, 100, 50]


def test_padding_is_there_on_every_part() -> None:
    made = grid(row(cell("あ" * 60, padding=(5, 0, 6, 0))))
    assert parts(made) == [(100, ((0, 8),)), (51, ((8, 12),))]


def test_header_rows_leave_less_for_each_part() -> None:
    made = grid("頭", tall(12), header=1)
    assert [lines for _, lines in parts(made)] == [((0, 9),), ((9, 12),)]


def test_a_least_height_is_no_more_than_a_page() -> None:
    made = grid("頭", row("", height=20), row("二", height=150), row("", height=20), header=1)
    assert broken(made) == "2 | 3 | 4"
    assert [fragment.height for fragment in fragments(made)] == [pt(20), pt(90), pt(20)]


def test_a_header_higher_than_half_a_page_splits_like_any_row() -> None:
    made = grid(tall(12), "一", "二", header=1)
    assert broken(made) == "1a | 1b 2 3"


# Labels that span rows.


def test_a_break_inside_a_span_leaves_its_label_room_on_both_sides() -> None:
    # The label needs two lines, with （続き） three: 20 and 30 points.
    made = labelled(label("施策の方向と", 6), *[10] * 6)
    assert measured(made).spans[0].again == pt(20)
    assert broken(made, first=50) == "1 2 3 4 | 5 6"
    assert broken(made, first=25) == "1 2 | 3 4 5 6"
    assert broken(made, first=19) == " | 1 2 3 4 5 6"


def test_a_label_that_spans_out_of_the_header_has_the_header_too() -> None:
    # 人（続き） needs 40 points: the header's 20 and a row's 20, but not 15 and 20.
    assert broken(labelled(label("人", 6, vertical=True), 20, *[20] * 5, header=1)) == "2 3 4 5 | 6"
    assert broken(labelled(label("人", 6, vertical=True), 15, *[20] * 5, header=1)) == "2 3 4 | 5 6"


def test_a_page_may_end_right_before_a_span() -> None:
    made = grid(
        row("", "", height=45),
        row("", "", height=45),
        row(label("施策", 2), cell(column=1), height=20),
        row(cell(column=1), height=20),
    )
    assert broken(made) == "1 2 | 3 4"


def test_data_that_spans_out_of_the_header_has_its_room() -> None:
    # The text needs 40 points: the header's 10 and two rows.
    made = labelled(cell("あ" * 20, rows=5), 10, 20, 20, 20, 20, header=1)
    assert broken(made, first=35) == " | 2 3 4 5"
    assert broken(made, first=55) == "2 3 | 4 5"


def test_a_repeated_label_gives_way_before_rows_to_be_kept() -> None:
    # No break leaves （続き） its two lines: the page is filled.
    made = labelled(label("施策の方向と", 2), 90, 15)
    assert broken(made) == "1 | 2"


def test_the_text_of_a_label_has_its_room_even_if_a_row_must_grow() -> None:
    made = labelled(label("あ" * 25, 2), 20, 90)
    assert broken(made) == "1 | 2"
    assert [fragment.height for fragment in fragments(made)] == [pt(50), pt(90)]


def test_a_kept_chain_gives_way_to_the_text_of_a_label() -> None:
    # The label begins in row 2 and needs 50 points, so that no page can end behind row 2.
    made = grid(
        row("", "", height=60, keep=True),
        row(cell("あ" * 25, rows=3, role="row"), cell(column=1), height=20, keep=True),
        row(cell(column=1), height=40, keep=True),
        row(cell(column=1), height=40),
    )
    assert broken(made) == "1 | 2 3 4"


def test_of_the_breaks_inside_a_chain_the_last_is_taken_that_leaves_labels_their_room() -> None:
    # 1, then a label over 2 and 3, then one over 4 and 5 that needs 50 points; all kept.
    made = grid(
        row("", "", height=20, keep=True),
        row(cell("あ", rows=2, role="row"), cell(column=1), height=20, keep=True),
        row(cell(column=1), height=20, keep=True),
        row(cell("あ" * 25, rows=2, role="row"), cell(column=1), height=15, keep=True),
        row(cell(column=1), height=50),
    )
    assert broken(made) == "1 2 3 | 4 5"


def test_a_tall_row_inside_a_span_starts_where_the_label_has_room() -> None:
    made = grid(
        row("", "", height=40),
        row(cell("あ" * 25, rows=2, role="row"), cell(column=1), height=20),
        row(cell("い" * 60, column=1)),
    )
    assert broken(made) == "1 2 3a | 3b"
    made = grid(
        row("", "", height=50),
        row(cell("あ" * 25, rows=2, role="row"), cell(column=1), height=10),
        row(cell("い" * 60, column=1)),
    )
    assert broken(made) == "1 2 3a | 3b"
    made = grid(
        row("", "", height=60),
        row(cell("あ" * 25, rows=2, role="row"), cell(column=1), height=10),
        row(cell("い" * 60, column=1)),
    )
    assert broken(made) == "1 | 2 3a | 3b"


def test_a_label_longer_than_half_a_page_splits_with_its_first_row() -> None:
    made = labelled(label("あ" * 60, 3), 10, 10, 10)
    assert broken(made) == "1a | 1b 2 3"


# What a heading asks for.


@pytest.mark.parametrize(
    ("made", "least"),
    [
        (rows(20, 30), 20),
        (rows(20, 30, 10, keep="1"), 50),
        (rows(20, 30, 10, keep="12"), 60),
        (rows(20, keep="1"), 20),
        (rows(20, 30, 10, header=1), 50),
        (rows(60, 60, keep="1"), 100),
        (grid(tall(12)), 30),
        (grid("頭", tall(10), header=1), 40),
        (rows(25, header=1), 25),
        (rows(10, 90, header=1), 100),
        (grid(columns=(10,)), 0),
        (labelled(label("施策の方向と", 6), *[10] * 6), 20),
    ],
)
def test_the_least_room_to_start_in(made: Grid, least: float) -> None:
    assert least_start(measured(made), pt(FULL)) == pt(least)


# Whatever the rows.


def into_a_tall_row(**more: Any) -> Grid:
    """A cell that needs 50 points begins beside 10 points and goes on beside a tall row."""
    return grid(
        row(cell("あ" * 25, rows=2), cell(column=1), height=10, keep=True),
        row(cell("い" * 60, column=1)),
        **more,
    )


@example(into_a_tall_row(header=1))
@example(into_a_tall_row())
@settings(max_examples=200, deadline=None)
@given(any_grids())
def test_a_grid_starts_where_it_has_its_least_room_and_not_where_it_has_less(made: Grid) -> None:
    laid = measured(made)
    least = least_start(laid, pt(FULL))
    starts = [
        next(iter(break_grid(laid, room, pt(FULL)))).parts != () for room in (least - 1, least)
    ]
    assert starts == [False, True]


@settings(max_examples=400, deadline=None)
@given(any_grids(), st.integers(-10, FULL))
def test_every_row_comes_once_in_order_and_nothing_is_higher_than_its_room(
    made: Grid, first: int
) -> None:
    laid = measured(made)
    found = list(break_grid(laid, pt(first), pt(FULL)))
    room = pt(first) - laid.header_height
    order = []
    for index, fragment in enumerate(found):
        assert fragment.parts or index == 0
        assert fragment.height <= max(room, 0)
        order += [part.row for part in fragment.parts if part.first]
        room = pt(FULL) - laid.header_height
    assert order == list(range(laid.header_rows, len(made.rows)))


@settings(max_examples=400, deadline=None)
@given(any_grids(), st.integers(-10, FULL))
def test_every_line_of_a_split_row_comes_once(made: Grid, first: int) -> None:
    laid = measured(made)
    splits: dict[int, list[tuple[tuple[int, int], ...]]] = {}
    for fragment in break_grid(laid, pt(first), pt(FULL)):
        for part in fragment.parts:
            if part.lines is None:
                assert part.height >= laid.rows[part.row].height
            else:
                splits.setdefault(part.row, []).append(part.lines)
    for index, pieces in splits.items():
        for number, one in enumerate(laid.rows[index].cells):
            ends = [piece[number] for piece in pieces]
            assert ends[0][0] == 0
            assert ends[-1][1] == len(one.set.lines)
            assert all(before[1] == after[0] for before, after in pairwise(ends))


@settings(max_examples=400, deadline=None)
@given(any_grids(), st.integers(-10, FULL))
def test_the_text_of_a_spanning_cell_has_its_room(made: Grid, first: int) -> None:
    laid = measured(made)
    for fragment in break_grid(laid, pt(first), pt(FULL)):
        heights = {part.row: part for part in fragment.parts}
        for span in laid.spans:
            begin = max(span.begin, laid.header_rows)
            part = heights.get(begin)
            if part is None or not part.first or part.lines is not None:
                continue  # begins elsewhere, or splits with its row
            here = [one.height for index, one in heights.items() if begin <= index < span.end]
            head = laid.height_of(min(span.begin, laid.header_rows), laid.header_rows)
            assert sum(here) + head >= span.cell.need


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(10, 45), st.booleans()), min_size=1, max_size=30),
    st.integers(0, FULL),
)
def test_rows_are_parted_from_their_next_only_where_they_must(
    given_rows: list[tuple[int, bool]], first: int
) -> None:
    made = grid(*(row("", height=height, keep=keep) for height, keep in given_rows))
    pages = [[part.row for part in one.parts] for one in fragments(made, first)]
    for page, following in pairwise(page for page in pages if page):
        last = page[-1]
        if given_rows[last][1]:
            begin = last
            while begin > page[0] and given_rows[begin - 1][1]:
                begin -= 1
            assert begin == page[0], "the page could have ended before the chain"
            chain = sum(given_rows[index][0] for index in range(begin, following[0] + 1))
            assert chain > FULL
