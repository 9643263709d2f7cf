"""Grids measured: every text set, every row with its height. No pages yet."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from gyomu_docs.errors import Diagnostic, GyomuError, Place
from gyomu_docs.layout.tree import Cell, Grid, Row
from gyomu_docs.typeset.texts import Fit, SetText, TextSetter
from gyomu_docs.typeset.vertical import least_height
from gyomu_docs.units import Length


class MeasuredCell(NamedTuple):
    """A cell with its text set; a vertical cell is set when its height is known."""

    cell: Cell
    set: SetText
    x: Length
    """From the left edge of the grid."""
    width: Length


class MeasuredRow(NamedTuple):
    """A row with its height."""

    row: Row
    cells: tuple[MeasuredCell, ...]
    height: Length


class MeasuredGrid(NamedTuple):
    """A grid ready to be broken into pages."""

    grid: Grid
    rows: tuple[MeasuredRow, ...]
    width: Length
    spans: tuple[tuple[int, int, Length], ...]
    """Cells over several body rows: first row, row after the last, height of the label."""

    @property
    def height(self) -> Length:
        """Of all rows."""
        return sum(row.height for row in self.rows)

    @property
    def header_height(self) -> Length:
        """Of the rows that repeat."""
        return sum(row.height for row in self.rows[: self.grid.header_rows])


def measure_grid(
    grid: Grid, setter: TextSetter, place: Place, found: list[Diagnostic]
) -> MeasuredGrid:
    """Set all texts of a grid and find the heights of its rows.

    `place` names the sheet; what had to be set smaller or does not fit is added to `found`.
    Raises MissingGlyphError with sheet, table, row and column.
    """
    edges = tuple(accumulate(grid.columns, initial=0))
    rows = []
    spanning: list[tuple[int, int, Length]] = []
    for index, row in enumerate(grid.rows):
        height = row.height
        cells = []
        for cell in row.cells:
            x = edges[cell.column]
            width = edges[cell.column + cell.colspan] - x
            try:
                measured, need = _measure_cell(cell, x, width, setter)
            except GyomuError as error:
                raise error.within(place_of(grid, row, cell).within(place)) from None
            cells.append(measured)
            if cell.rowspan == 1:
                height = max(height, need)
            elif need:
                spanning.append((index, cell.rowspan, need))
            if measured.set.fit:
                found.append(fit_diagnostic(measured.set.fit, measured.set.size, grid, row, cell))
                found[-1] = found[-1].within(place)
        rows.append(MeasuredRow(row, tuple(cells), height))
    spans = tuple(
        (index, index + span, need) for index, span, need in spanning if index >= grid.header_rows
    )
    return MeasuredGrid(grid, _stretched(rows, spanning), edges[-1], spans)


def _measure_cell(
    cell: Cell, x: Length, width: Length, setter: TextSetter
) -> tuple[MeasuredCell, Length]:
    """The cell with its text set, and the height that it needs, padding included."""
    style = cell.style
    if style.vertical:
        text = "\n".join(cell.texts)
        need = least_height(text, style, setter.font(style), width) if text else 0
        return MeasuredCell(cell, SetText((), style.size, style.leading), x, width), need
    done = setter.set(cell.texts, style, width)
    if not done.lines:
        # An empty cell is as high as one line, so that empty rows keep the form's rhythm.
        return MeasuredCell(cell, done, x, width), (
            style.leading + style.padding.top + style.padding.bottom
        )
    return MeasuredCell(
        cell, done, x, width
    ), done.height + style.padding.top + style.padding.bottom


def _stretched(
    rows: list[MeasuredRow], spanning: list[tuple[int, int, Length]]
) -> tuple[MeasuredRow, ...]:
    """Give the last row of a span what the spanning cell needs and the rows do not have."""
    for index, span, need in sorted(spanning, key=lambda one: one[0] + one[1]):
        lack = need - sum(row.height for row in rows[index : index + span])
        if lack > 0:
            last = index + span - 1
            rows[last] = rows[last]._replace(height=rows[last].height + lack)
    return tuple(rows)


def place_of(grid: Grid, row: Row, cell: Cell) -> Place:
    """Where a cell is, as messages name it."""
    column = grid.column_names[cell.column] if cell.column < len(grid.column_names) else ""
    label = row.label or row.record or next((c.texts[0] for c in row.cells if c.texts), "")
    return Place(table=grid.name, row=label, column=column)


def fit_diagnostic(fit: Fit, size: Length, grid: Grid, row: Row, cell: Cell) -> Diagnostic:
    """What to tell about a text that was set smaller than its style says."""
    place = place_of(grid, row, cell)
    points = f"{size / 1000:g}pt"
    text = "".join(cell.texts)
    quoted = text if len(text) <= 20 else text[:20] + "…"
    if fit is Fit.SHRUNK:
        return Diagnostic("I", "shrunk", f"「{quoted}」を{points}に縮小しました。", place)
    return Diagnostic(
        "W",
        "overfull",
        f"「{quoted}」は{points}まで縮小しても欄に収まらず、行を増やしました。",
        place,
        "文を短くするか、様式の欄を広げてください。",
    )
