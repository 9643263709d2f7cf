"""Pieces of a grid, one a page, as grids of their own: for writers whose host breaks the pages.

In: a measured grid and what of it stands on a page. Out: a `Grid` that looks as that page does:
header rows first, rows as high as they were measured, cells over several rows cut off at its ends
and repeated as on the printed page, texts in the size at which they were set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.tree import Cell, Grid, Row, Style
from gyomu_docs.typeset.breaks import RowPart
from gyomu_docs.typeset.grids import (
    MeasuredCell,
    MeasuredGrid,
    MeasuredRow,
    again_texts,
    fit_diagnostic,
)
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.typeset.vertical import set_vertical
from gyomu_docs.units import Length

SIZE_UNIT = 500
"""Word counts sizes in half points; what lies between is set smaller, so that it still fits."""


class SetStyles:
    """Styles in the sizes at which texts were set, the same object for the same size."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Length, Length], tuple[Style, Style]] = {}

    def at(self, style: Style, size: Length, leading: Length) -> Style:
        """The style at a size and a leading; nothing is left in it to be shrunk."""
        size = size // SIZE_UNIT * SIZE_UNIT
        if (size, leading) == (style.size, style.leading):
            return style
        key = (id(style), size, leading)
        known = self._known.get(key)
        if known is None:
            changed = replace(style, size=size, leading=leading, shrink=False)
            known = self._known[key] = (style, changed)
        return known[1]


class GridCutter:
    """Makes the pieces of one grid, in the order of its pages."""

    def __init__(self, measured: MeasuredGrid, setter: TextSetter, styles: SetStyles) -> None:
        self._measured = measured
        self._setter = setter
        self._styles = styles
        self._pieces = 0
        self.found: list[Diagnostic] = []
        """Vertical labels that were shrunk; of other texts the measuring tells."""

    def cut(self, parts: Sequence[RowPart]) -> Grid:
        """The piece with these body rows, which follow each other.

        A row that splits is whole in the piece, with its least height: the host splits it.
        """
        measured = self._measured
        again = self._pieces > 0
        heights = {index: measured.rows[index].height for index in range(measured.header_rows)}
        for part in parts:
            heights[part.row] = part.height if part.lines is None else 0
        rows = tuple(self._row(index, heights, again=again) for index in heights)
        self._pieces += 1
        bookmark = "" if again else measured.grid.bookmark
        return replace(
            measured.grid,
            rows=rows,
            header_rows=measured.header_rows,
            keep_together=False,
            bookmark=bookmark,
        )

    def _row(self, index: int, heights: dict[int, Length], *, again: bool) -> Row:
        measured = self._measured.rows[index]
        row = measured.row
        height = heights[index] or row.height
        if index < self._measured.header_rows:
            if again:
                cells = tuple(self._repeated(cell, index, heights) for cell in measured.cells)
                return row._replace(cells=cells, height=height, record="", bookmark="")
            return row._replace(cells=self._cells(measured, index, heights), height=height)
        cells = self._cells(measured, index, heights)
        if again and index - 1 not in heights:
            opened = (*cells, *self._open(index, heights))
            cells = tuple(sorted(opened, key=lambda cell: cell.column))
        return row._replace(cells=cells, height=height)

    def _cells(
        self, measured: MeasuredRow, index: int, heights: dict[int, Length]
    ) -> tuple[Cell, ...]:
        """The cells that start in a row; most rows keep theirs."""
        if not any(map(_changes, measured.cells)):
            return measured.row.cells
        return tuple(
            self._cell(one, index, heights) if _changes(one) else one.cell for one in measured.cells
        )

    def _cell(self, measured: MeasuredCell, index: int, heights: dict[int, Length]) -> Cell:
        """A cell at the size of its text, over those of its rows that are in the piece."""
        rows = _present(index, index + measured.cell.rowspan, heights)
        cell = measured.cell._replace(rowspan=len(rows))
        if measured.vertical:
            height = sum(heights[row] for row in rows)
            return cell._replace(style=self._vertical_style(measured, index, height))
        done = measured.set
        if not done.lines:
            return cell
        return cell._replace(style=self._styles.at(cell.style, done.size, done.leading))

    def _vertical_style(self, measured: MeasuredCell, index: int, height: Length) -> Style:
        cell, style = measured.cell, measured.cell.style
        if not style.shrink:
            return style
        text = "\n".join(cell.texts)
        done = set_vertical(text, style, self._setter.font(style), measured.width, height)
        if done.fit:
            grid, row = self._measured.grid, self._measured.rows[index].row
            self.found.append(fit_diagnostic(done.fit, done.size, grid, row, cell))
        return self._styles.at(style, done.size, style.leading)

    def _open(self, index: int, heights: dict[int, Length]) -> Iterator[Cell]:
        """Cells that reach row `index` from a page before; a label is repeated."""
        for begin, end, cell, again in self._measured.spans:
            if self._measured.header_rows <= begin < index < end:
                yield self._going_on(cell, len(_present(index, end, heights)), again > 0)

    def _repeated(self, measured: MeasuredCell, index: int, heights: dict[int, Length]) -> Cell:
        """A header cell on a further page; a title over the whole width says that it goes on."""
        cell = measured.cell
        end = index + cell.rowspan
        rows = _present(index, end, heights)
        if end > self._measured.header_rows:
            return self._going_on(measured, len(rows), any(cell.texts))
        if cell.colspan == len(self._measured.grid.columns) and any(cell.texts):
            done = self._setter.set(again := self._again(measured), cell.style, measured.width)
            padding = cell.style.padding.top + cell.style.padding.bottom
            if done.height + padding <= sum(heights[row] for row in rows):
                return cell._replace(texts=again, spans=())
        return self._cell(measured, index, heights)

    def _going_on(self, measured: MeasuredCell, rows: int, shown: bool) -> Cell:
        texts = self._again(measured) if shown else ()
        return measured.cell._replace(rowspan=rows, texts=texts, field="", link="", spans=())

    def _again(self, measured: MeasuredCell) -> tuple[str, ...]:
        return again_texts(self._measured.grid, measured, self._setter)


def _changes(measured: MeasuredCell) -> bool:
    """Whether a cell may look otherwise than its style says, or be cut off."""
    done = measured.set
    return bool(done.fit or done.size % SIZE_UNIT or measured.cell.rowspan > 1 or measured.vertical)


def _present(begin: int, end: int, heights: dict[int, Length]) -> list[int]:
    return [row for row in range(begin, end) if row in heights]
