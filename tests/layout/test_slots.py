"""Columns of cells, past the cells that span down from above."""

from __future__ import annotations

import pytest

from gyomu_docs.layout.slots import ALL, EACH, SlotError, Slots


def place(columns: int, *rows: list[tuple[int, int]]) -> list[list[int]]:
    """The columns of cells given as (colspan, rowspan), row by row."""
    slots = Slots(columns)
    placed = []
    for row in rows:
        slots.start()
        placed.append([slots.place(*cell) for cell in row])
        slots.end()
    slots.border("表の最後の行")
    return placed


def test_cells_stand_side_by_side() -> None:
    assert place(4, [(1, 1), (2, 1), (1, 1)]) == [[0, 1, 3]]


def test_a_cell_makes_way_for_one_from_above() -> None:
    assert place(3, [(1, 2), (1, 1), (1, 2)], [(1, 1)]) == [[0, 1, 2], [1]]


def test_a_span_over_three_rows_ends_after_the_third() -> None:
    assert place(2, [(1, 3), (1, 1)], [(1, 1)], [(1, 1)], [(2, 1)]) == [[0, 1], [1], [1], [0]]


def test_a_cell_to_the_grids_end_takes_its_column_for_good() -> None:
    assert place(2, [(1, ALL), (1, 1)], [(1, 1)], [(1, 1)]) == [[0, 1], [1], [1]]


def test_a_cell_over_all_items_is_one_row_here() -> None:
    assert place(2, [(1, EACH), (1, 1)]) == [[0, 1]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[(1, 1)]], "セルが足りません（2列のうち1列まで）。"),
        ([[(3, 1)]], "セルが最後の列を越えます（1列目から3列、全部で2列）。"),
        ([[(1, 1), (1, 2)], [(2, 1)]], "セルが2列目で上のセルと重なります。"),
        ([[(1, 2), (1, 1)]], "rows の数が表の最後の行を越えます。"),
        ([[(1, 2), (1, 2)], [(1, 1)]], "セルが最後の列を越えます（3列目から1列、全部で2列）。"),
    ],
)
def test_cells_that_do_not_fill_the_grid_are_refused(
    rows: list[list[tuple[int, int]]], message: str
) -> None:
    with pytest.raises(SlotError) as caught:
        place(2, *rows)
    assert str(caught.value) == message
