"""Pieces of a grid, one a page, as grids of their own: for writers whose host breaks the pages.

In: a measured grid and what of it stands on a page. Out: a `Grid` that looks as that page does:
header rows first, rows as high as they were measured, cells over several rows cut off at its ends
and repeated as on the printed page, texts in the size at which they were set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.tree import Cell, Edges, Grid, Row, Style
from gyomu_docs.typeset.breaks import RowPart
from gyomu_docs.typeset.grids import (
    MeasuredCell,
    MeasuredGrid,
    MeasuredRow,
    again_texts,
    fit_diagnostic,
)
from gyomu_docs.typeset.host_sizes import host_size
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.typeset.vertical import SetVertical, least_height, set_vertical
from gyomu_docs.units import Length

SIZE_UNIT = 500
"""Word counts sizes in half points; what lies between is set smaller, so that it still fits."""


class SetStyles:
    """Styles at the sizes at which texts were set, the same object for the same size."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Length, Length, Length], tuple[Style, Style]] = {}

    def at(self, style: Style, size: Length, leading: Length, rule: Length = 0) -> Style:
        """The style at a size and a leading, with nothing left in it to be shrunk.

        In a cell, hosts add the `rule` above it to its height; it is taken out of the padding.
        """
        key = (id(style), size, leading, rule)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (style, _changed(style, size, leading, rule))
        return known[1]


def _changed(style: Style, size: Length, leading: Length, rule: Length) -> Style:
    size = size // SIZE_UNIT * SIZE_UNIT or SIZE_UNIT
    top, right, bottom, left = style.padding
    taken = min(rule, top)
    padding = Edges(top - taken, right, bottom - min(rule - taken, bottom), left)
    changed = replace(style, size=size, leading=leading, padding=padding, shrink=False)
    return style if replace(changed, shrink=style.shrink) == style else changed


class GridCutter:
    """Makes the pieces of one grid, in the order of its pages."""

    def __init__(self, measured: MeasuredGrid, setter: TextSetter, styles: SetStyles) -> None:
        self._measured = measured
        self._setter = setter
        self._styles = styles
        self._rule = 0
        """The rule above the row that is being made."""
        self._split: set[int] = set()
        """The rows of the piece that the host splits."""
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
        heights |= {part.row: part.height for part in parts}
        self._split = {part.row for part in parts if part.lines is not None}
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
        # Hosts add the rule above a row to its height.
        grid = self._measured.grid
        self._rule = grid.outer if index == next(iter(heights)) else grid.inner
        whole = row.height if index in self._split else heights[index]
        height = max(whole - self._rule, 0)
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
        """The cells that start in a row."""
        height = heights[index]
        return tuple(
            self._spanning(one, index, heights)
            if one.cell.rowspan > 1 or one.vertical
            else self._sized(one, height)
            for one in measured.cells
        )

    def _spanning(self, measured: MeasuredCell, index: int, heights: dict[int, Length]) -> Cell:
        """A cell over those of its rows that are in the piece."""
        rows = _present(index, index + measured.cell.rowspan, heights)
        height = sum(heights[row] for row in rows)
        if not measured.vertical:
            return self._sized(measured, height)._replace(rowspan=len(rows))
        cell, done = self._upright(measured, measured.cell.texts, height)
        if done.fit:
            grid, row = self._measured.grid, self._measured.rows[index].row
            self.found.append(fit_diagnostic(done.fit, done.size, grid, row, measured.cell))
        return cell._replace(rowspan=len(rows))

    def _sized(self, measured: MeasuredCell, height: Length) -> Cell:
        """A cell with its style at the size at which the text is set."""
        cell, done = measured.cell, measured.set
        style = cell.style
        size, leading = style.size, style.leading
        if done.lines:
            size, leading = host_size(measured, height, SIZE_UNIT), done.leading
        style = self._styles.at(style, size, leading, self._rule)
        # Not `_replace`, which takes three times as long.
        return Cell(
            cell.column, cell.colspan, cell.rowspan, cell.texts, style,
            cell.role, cell.field, cell.link, cell.spans,
        )  # fmt: skip

    def _upright(
        self, measured: MeasuredCell, texts: tuple[str, ...], height: Length
    ) -> tuple[Cell, SetVertical]:
        """A vertical label at its size in a box of that height, and how it is set there.

        Where it is set in more columns than it has lines, each column becomes a line.
        """
        cell, style = measured.cell, measured.cell.style
        text = "\n".join(texts)
        done = set_vertical(text, style, self._setter.font(style), measured.width, height)
        if len(done.columns) > text.count("\n") + 1:
            texts = ("\n".join(column.text for column in done.columns),)
        style = self._styles.at(style, done.size, done.pitch, self._rule)
        return cell._replace(style=style, texts=texts), done

    def _open(self, index: int, heights: dict[int, Length]) -> Iterator[Cell]:
        """Cells that reach row `index` from a page before; a label is repeated."""
        for begin, end, cell, _ in self._measured.spans:
            if self._measured.header_rows <= begin < index < end:
                yield self._going_on(cell, _present(index, end, heights), heights)

    def _repeated(self, measured: MeasuredCell, index: int, heights: dict[int, Length]) -> Cell:
        """A header cell on a further page; a title over the whole width says that it goes on."""
        end = index + measured.cell.rowspan
        whole = measured.cell.colspan == len(self._measured.grid.columns)
        if whole or end > self._measured.header_rows:
            return self._going_on(measured, _present(index, end, heights), heights)
        return self._spanning(measured, index, heights)

    def _going_on(
        self, measured: MeasuredCell, rows: list[int], heights: dict[int, Length]
    ) -> Cell:
        """A cell on a further page, its label with （続き） behind it, or as far as it has room."""
        cell = measured.cell
        room = sum(heights[row] for row in rows)
        texts: tuple[str, ...] = ()
        if any(cell.texts) and (cell.role != "data" or rows[0] < self._measured.header_rows):
            again = again_texts(self._measured.grid, measured, self._setter)
            fitting = (one for one in (again, cell.texts) if self._fits(one, measured, room))
            texts = next(fitting, ())
        if texts and measured.vertical:
            cell, _ = self._upright(measured, texts, room)
        else:
            done = self._setter.set(texts, cell.style, measured.width)
            size = done.size or cell.style.size
            style = self._styles.at(
                cell.style, size, done.leading or cell.style.leading, self._rule
            )
            cell = cell._replace(texts=texts, style=style)
        return cell._replace(rowspan=len(rows), field="", link="", spans=())

    def _fits(self, texts: tuple[str, ...], measured: MeasuredCell, room: Length) -> bool:
        style, width = measured.cell.style, measured.width
        if measured.vertical:
            need = least_height("\n".join(texts), style, self._setter.font(style), width)
            return need is not None and need <= room
        done = self._setter.set(texts, style, width)
        return done.height + style.padding.top + style.padding.bottom <= room


def _present(begin: int, end: int, heights: dict[int, Length]) -> list[int]:
    return [row for row in range(begin, end) if row in heights]
