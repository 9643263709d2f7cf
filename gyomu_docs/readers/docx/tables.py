"""`w:tbl` to `Table`: rows, cells with their edges on the grid, tracked rows, nested tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any

from gyomu_docs.readers.docx.returned import Block, Cell, Line, Mark, Row, RowState, Table
from gyomu_docs.readers.docx.texts import TextReader
from gyomu_docs.readers.docx.wml import W, children, is_on, number_of

_TABLE, _ROW, _CELL, _PARAGRAPH = W + "tbl", W + "tr", W + "tc", W + "p"
_DELETED_CELL = f"{W}tcPr/{W}cellDel"
_BOOKMARK = W + "bookmarkStart"
_STATES: tuple[tuple[str, RowState], ...] = ((W + "ins", "inserted"), (W + "del", "deleted"))
_MAX_SPAN = 1_000
MAX_ROWS = 20_000
"""Rows of all tables together; a sheet has a hundred."""


class TooManyRowsError(Exception):
    """A file has more rows than any draft."""


class BlockReader:
    """Reads the paragraphs and tables of one file."""

    def __init__(self, unread: Callable[[str], None]) -> None:
        """`unread` is told of everything that shows but is no text."""
        self._unread = unread
        self._rows = 0

    def blocks(self, parent: Any) -> Iterable[Block]:
        """The paragraphs and tables directly in `parent` (a body, a cell)."""
        reader = TextReader(self._unread)
        for child in children(parent):
            if child.tag == _PARAGRAPH:
                reader.add(child)
                yield Line(reader.finish(), tuple(reader.bookmarks))
                reader.bookmarks.clear()
            elif child.tag == _TABLE:
                yield self.table(child)
            elif child.tag == W + "altChunk":
                self._unread("ほかの文書の取り込み（altChunk）")

    def table(self, element: Any) -> Table:
        """A table with all that is in it."""
        edges = _edges(element)
        rows = []
        bookmarks = []
        for child in children(element):
            if child.tag == _ROW:
                self._rows += 1
                if self._rows > MAX_ROWS:
                    raise TooManyRowsError
                rows.append(self._row(child, edges))
            elif child.tag == _BOOKMARK:
                bookmarks.append(child.get(W + "name", ""))
        return Table(tuple(rows), edges, tuple(bookmarks))

    def _row(self, element: Any, edges: tuple[int, ...]) -> Row:
        reader = TextReader(self._unread)
        properties = element.find(W + "trPr")
        state, marks, header, column = _row_properties(properties)
        cells = []
        for child in children(element):
            if child.tag == _CELL:
                cell, column = self._cell(child, edges, column, reader)
                # Deleted with tracking: the cell is gone, which is not the same as cleared.
                if child.find(_DELETED_CELL) is None:
                    cells.append(cell)
            elif child.tag == _BOOKMARK:
                reader.bookmarks.append(child.get(W + "name", ""))
        if not state:
            state, marks = _state_of_texts(cells)
        return Row(tuple(cells), state, marks, tuple(reader.bookmarks), header)

    def _cell(
        self, element: Any, edges: tuple[int, ...], column: int, reader: TextReader
    ) -> tuple[Cell, int]:
        """The cell that begins at a grid column, and the column behind it."""
        properties = element.find(W + "tcPr")
        span, continues, width = 1, False, 0
        if properties is not None:
            span = max(1, min(number_of(properties.find(W + "gridSpan"), 1), _MAX_SPAN))
            merge = properties.find(W + "vMerge")
            continues = merge is not None and merge.get(W + "val") != "restart"
            width = _width(properties.find(W + "tcW"))
        end = column + span
        left, right = (_edge(edges, at, width) for at in (column, end))
        has_tables = element.find(f".//{_TABLE}") is not None
        lines = tuple(self.blocks(element)) if has_tables else ()
        for child in children(element):
            if child.tag == _PARAGRAPH:
                reader.add(child)
        tables = tuple(line for line in lines if isinstance(line, Table))
        return Cell(left, right, reader.finish(), tables, lines, continues), end


def _edges(table: Any) -> tuple[int, ...]:
    grid = table.find(W + "tblGrid")
    columns = grid.iterfind(W + "gridCol") if grid is not None else ()
    return tuple(accumulate((_width(one) for one in columns), initial=0))


def _width(element: Any) -> int:
    text = "" if element is None else element.get(W + "w", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _edge(edges: tuple[int, ...], column: int, width: int) -> int:
    """The edge left of a grid column; beyond the grid, cells stand one width apart."""
    if column < len(edges):
        return edges[column]
    return edges[-1] + (column - len(edges) + 1) * max(width, 1)


def _row_properties(properties: Any) -> tuple[RowState, tuple[Mark, ...], bool, int]:
    """State, who tracked it, whether it is a header row, and the grid columns left out."""
    if properties is None:
        return "", (), False, 0
    header = properties.find(W + "tblHeader")
    before = min(number_of(properties.find(W + "gridBefore"), 0), _MAX_SPAN)
    for tag, state in _STATES:
        change = properties.find(tag)
        if change is not None:
            mark = Mark(change.get(W + "author", ""), change.get(W + "date", ""))
            return state, (mark,), header is not None and is_on(header), before
    return "", (), header is not None and is_on(header), before


def _state_of_texts(cells: Iterable[Cell]) -> tuple[RowState, tuple[Mark, ...]]:
    """The state of a row without a mark of its own whose whole text is tracked.

    LibreOffice leaves pasted rows so. A row whose text is all deleted stays, as an empty one.
    """
    new = any(part for cell in cells for part in cell.text.new)
    old = any(part for cell in cells for part in cell.text.old)
    marks = tuple(dict.fromkeys(mark for cell in cells for mark in cell.text.marks))
    return ("inserted", marks) if new and not old and marks else ("", ())
