"""Grids as letter art: one letter a cell, so that spans are seen."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase
from textwrap import dedent

from gyomu_docs.layout.tree import Grid


def draw_grid(grid: Grid, rows: int | None = None) -> str:
    """The first rows of a grid as letters, one per cell in reading order.

    `.` is a slot that no cell fills, `#` one that two cells claim or that lies outside.
    """
    slots = [["."] * len(grid.columns) for _ in grid.rows]
    letters = iter((ascii_uppercase + ascii_lowercase) * 1000)
    for index, row in enumerate(grid.rows):
        for cell in row.cells:
            letter = next(letters)
            for down in range(index, index + cell.rowspan):
                for across in range(cell.column, cell.column + cell.colspan):
                    if down >= len(slots) or across >= len(grid.columns):
                        slots[index][cell.column] = "#"
                    else:
                        free = slots[down][across] == "."
                        slots[down][across] = letter if free else "#"
    return "\n".join(" ".join(row) for row in slots[:rows])


def assert_grid(grid: Grid, art: str, rows: int | None = None) -> None:
    """The grid (or its first rows) looks like this."""
    drawn = draw_grid(grid, rows)
    assert drawn == dedent(art).strip("\n").rstrip(), f"drawn:\n{drawn}"
