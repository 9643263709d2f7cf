"""Grids measured: every text set, every row with its height. No pages yet.

Half a page is the measure of what is too high to be treated as a whole: header rows higher than
that do not repeat, a cell over several rows that needs more gives it to its first row (which then
splits like any other), a vertical label that needs more is set in lines. So whatever repeats or
must stay whole leaves room for a part of anything else.

Numbers of cells that begin in the same column and are as wide are aligned with each other
(`decimals`), header rows included.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from gyomu_docs.errors import Diagnostic, GyomuError, Place
from gyomu_docs.layout.tree import Cell, Grid, Row
from gyomu_docs.typeset.decimals import Number, align_numbers
from gyomu_docs.typeset.texts import EMPTY, Fit, SetText, TextSetter
from gyomu_docs.typeset.vertical import least_height
from gyomu_docs.units import Length

_QUOTED = 20
"""Characters of a text that messages quote."""


_ENDLESS = 2**62


class MeasuredCell(NamedTuple):
    """A cell with its text set; a vertical cell is set when its height is known."""

    cell: Cell
    set: SetText
    x: Length
    """From the left edge of the grid."""
    width: Length
    need: Length
    """Its height at the least, padding included."""
    vertical: bool = False


class MeasuredRow(NamedTuple):
    """A row with its height."""

    row: Row
    cells: tuple[MeasuredCell, ...]
    height: Length


class Span(NamedTuple):
    """A cell over several rows, some of them in the body of the grid."""

    begin: int
    end: int
    """The row after its last."""
    cell: MeasuredCell
    again: Length
    """The height of its label where it goes on on a further page; 0 where none is repeated."""


class MeasuredGrid(NamedTuple):
    """A grid ready to be broken into pages."""

    grid: Grid
    rows: tuple[MeasuredRow, ...]
    width: Length
    spans: tuple[Span, ...]
    header_rows: int
    """Rows that repeat at the head of each page."""
    tops: tuple[Length, ...]
    """Of each row, from the top of the grid; behind the last its bottom."""

    @property
    def height(self) -> Length:
        """Of all rows."""
        return self.tops[-1]

    @property
    def header_height(self) -> Length:
        """Of the rows that repeat."""
        return self.tops[self.header_rows]

    def height_of(self, start: int, end: int) -> Length:
        """Of the rows from `start` to the one before `end`."""
        return self.tops[end] - self.tops[start]


def measure_grid(
    grid: Grid,
    setter: TextSetter,
    place: Place,
    found: list[Diagnostic],
    page: Length | None = None,
) -> MeasuredGrid:
    """Set all texts of a grid and find the heights of its rows.

    `place` names the sheet; what had to be set smaller or does not fit is added to `found`.
    `page` is the height of a page's body; without it, pages are as high as you like.
    Raises MissingGlyphError with sheet, table, row and column.
    """
    edges = tuple(accumulate(grid.columns, initial=0))
    limit = page // 2 if page is not None else _ENDLESS
    rows = []
    spanning: list[tuple[int, MeasuredCell]] = []
    numbers: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for index, row in enumerate(grid.rows):
        height = row.height
        cells: list[MeasuredCell] = []
        for cell in row.cells:
            x = edges[cell.column]
            width = edges[cell.column + cell.colspan] - x
            try:
                measured = _measure_cell(cell, x, width, setter, limit)
            except GyomuError as error:
                raise error.within(place_of(grid, row, cell).within(place)) from None
            if cell.style.align == "decimal":
                numbers.setdefault((cell.column, cell.colspan), []).append((index, len(cells)))
            cells.append(measured)
            if cell.rowspan > 1:
                spanning.append((index, measured))
            if (cell.rowspan == 1 or measured.need > limit) and measured.need > height:
                height = measured.need
            if measured.set.fit:
                found.append(
                    fit_diagnostic(measured.set.fit, measured.set.size, grid, row, cell).within(
                        place
                    )
                )
        rows.append(MeasuredRow(row, tuple(cells), height))
    _stretch(rows, spanning)
    for places in numbers.values():
        _align(rows, places, setter)
    header = grid.header_rows
    above = sum(row.height for row in rows[:header])
    if header == len(rows) or above > limit:
        header = above = 0
    if page is not None:
        rows = [_lowered(row, page - above, limit) for row in rows]
    tops = tuple(accumulate((row.height for row in rows), initial=0))
    spans = tuple(
        Span(index, index + cell.cell.rowspan, cell, _again(grid, cell, setter, limit))
        for index, cell in spanning
        if index + cell.cell.rowspan > header
    )
    return MeasuredGrid(grid, tuple(rows), edges[-1], spans, header, tops)


def _measure_cell(
    cell: Cell, x: Length, width: Length, setter: TextSetter, limit: Length
) -> MeasuredCell:
    style = cell.style
    padding = style.padding.top + style.padding.bottom
    if not cell.texts:
        # An empty cell is as high as one line, so that empty rows keep the form's rhythm.
        return MeasuredCell(cell, EMPTY, x, width, style.leading + padding)
    if style.vertical:
        need = least_height("\n".join(cell.texts), style, setter.font(style), width)
        if need is not None and need <= limit:
            return MeasuredCell(cell, EMPTY, x, width, need, True)
        done = setter.set(cell.texts, style, width)._replace(fit=Fit.OVERFULL)
    else:
        done = setter.set(cell.texts, style, width)
    return MeasuredCell(cell, done, x, width, done.height + padding)


def _align(rows: list[MeasuredRow], places: list[tuple[int, int]], setter: TextSetter) -> None:
    """Move the numbers of one column, at (row, cell), to their common decimal point."""
    cells = [rows[index].cells[at] for index, at in places]
    shifts = align_numbers(
        [Number(one.set, one.cell.style, one.width, setter.font(one.cell.style)) for one in cells]
    )
    for (index, at), cell, shift in zip(places, cells, shifts, strict=True):
        if shift:
            row = rows[index]
            moved = cell._replace(set=cell.set._replace(shift=shift))
            rows[index] = row._replace(cells=(*row.cells[:at], moved, *row.cells[at + 1 :]))


def _stretch(rows: list[MeasuredRow], spanning: list[tuple[int, MeasuredCell]]) -> None:
    """Give the last row of a span what the spanning cell needs and the rows do not have."""
    for index, cell in sorted(spanning, key=lambda one: one[0] + one[1].cell.rowspan):
        end = index + cell.cell.rowspan
        lack = cell.need - sum(row.height for row in rows[index:end])
        if lack > 0:
            rows[end - 1] = rows[end - 1]._replace(height=rows[end - 1].height + lack)


def _lowered(row: MeasuredRow, room: Length, limit: Length) -> MeasuredRow:
    """The row no higher than a page, where it is its least height alone that is higher."""
    if row.height <= room:
        return row
    own = (cell for cell in row.cells if cell.cell.rowspan == 1 or cell.need > limit)
    return row._replace(height=room) if all(cell.need <= room for cell in own) else row


def again_texts(grid: Grid, cell: MeasuredCell, setter: TextSetter) -> tuple[str, ...]:
    """The label of a cell that goes on on a further page: with （続き） behind it.

    （続き） itself is not broken: where the line has no room for it, it takes one of its own.
    """
    texts, style = cell.cell.texts, cell.cell.style
    *before, last = texts
    joined = (*before, last + grid.continued)
    alone = (*before, f"{last}\n{grid.continued}")
    if cell.vertical:
        return alone if grid.continued else texts
    lines = len(setter.set(texts, style, cell.width).lines)
    return joined if len(setter.set(joined, style, cell.width).lines) == lines else alone


def _again(grid: Grid, cell: MeasuredCell, setter: TextSetter, limit: Length) -> Length:
    style = cell.cell.style
    if cell.cell.role == "data" or not any(cell.cell.texts):
        return 0
    texts = again_texts(grid, cell, setter)
    if cell.vertical:
        need = least_height("\n".join(texts), style, setter.font(style), cell.width) or 0
    else:
        done = setter.set(texts, style, cell.width)
        need = done.height + style.padding.top + style.padding.bottom
    return need if need <= limit else 0


def place_of(grid: Grid, row: Row, cell: Cell) -> Place:
    """Where a cell is, as messages name it."""
    column = grid.column_names[cell.column] if cell.column < len(grid.column_names) else ""
    label = row.label or row.record or next((c.texts[0] for c in row.cells if c.texts), "")
    return Place(table=grid.name, row=_quoted(label), column=column)


def fit_diagnostic(fit: Fit, size: Length, grid: Grid, row: Row, cell: Cell) -> Diagnostic:
    """What to tell about a text that was set smaller than its style says."""
    place = place_of(grid, row, cell)
    before, after = f"{cell.style.size / 1000:g}pt", f"{size / 1000:g}pt"
    quoted = _quoted("".join(cell.texts))
    if fit is Fit.SHRUNK:
        return Diagnostic("I", "shrunk", f"「{quoted}」の{before}を{after}に縮小しました。", place)
    return Diagnostic(
        "W",
        "overfull",
        f"「{quoted}」は{before}を縮小しても{cell.style.lines}行に収まらず、"
        f"{after}で行を増やしました。",
        place,
        "文を短くするか、様式の欄を広げてください。",
    )


def _quoted(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
