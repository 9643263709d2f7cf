"""Grids as tables (17.4): fixed widths that agree everywhere, merged cells, repeated headers.

Row heights are least heights, so a section may write more than the printed form has room for. A
row is never split over two pages unless its text may be taller than a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from gyomu_docs.errors import GyomuError, Place
from gyomu_docs.layout.tree import Cell, Grid, Row, Style, VAlign
from gyomu_docs.units import Length
from gyomu_docs.writers.docx.marks import Bookmarks
from gyomu_docs.writers.docx.measures import may_outgrow, row_heights
from gyomu_docs.writers.docx.text import Paragraphs, decimal_tail
from gyomu_docs.writers.docx.wml import attribute, color, table_grid, twips

_VALIGN: dict[VAlign, str] = {
    "top": "",
    "middle": '<w:vAlign w:val="center"/>',
    "bottom": '<w:vAlign w:val="bottom"/>',
}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_THINNEST = 2
"""A quarter of a point, the thinnest border that Word has."""
_Sides: TypeAlias = tuple[Length, Length]
CellOfRow: TypeAlias = tuple[Cell, str]
"""A cell, and how it is merged downwards: `restart`, `continue` or not at all."""


@dataclass(slots=True)
class Frame:
    """A grid while it is written."""

    grid: Grid
    edges: list[Length]
    """Of the columns, from the left."""
    twips: list[int]
    """The same in twips: rounded once, so that widths agree however cells span."""
    sides: _Sides
    """Padding left and right of most cells; the table's own."""
    tails: dict[int, int]
    mark: str = ""
    """The bookmark of the grid until a cell with a text takes it."""
    properties: dict[tuple[int, int, int, str], str] = field(default_factory=dict)
    hanging: dict[int, tuple[Cell, int]] = field(default_factory=dict)
    """Cells that go on in the row, by their column, with the rows that are left of them."""


class RowLook(NamedTuple):
    """What a row is like beside its cells."""

    properties: str
    keep: bool
    """Its paragraphs stay on the page of the next row."""


class Tables:
    """Makes the tables of one document."""

    def __init__(self, paragraphs: Paragraphs, bookmarks: Bookmarks) -> None:
        self._paragraphs = paragraphs
        self._bookmarks = bookmarks

    def table(self, grid: Grid, description: str, page: Length) -> str:
        """A grid as a table; `page` is the height of the page's body.

        Empty for a grid without rows, which Word does not take for a table. Raises
        MissingGlyphError with table, row and column.
        """
        if not grid.rows:
            self._bookmarks.next_grid()
            return ""
        frame = frame_of(grid)
        frame.mark = self._bookmarks.next_grid()
        rows = []
        for row, look in zip(grid.rows, row_looks(frame, page), strict=True):
            head = f"<w:trPr>{look.properties}</w:trPr>" if look.properties else ""
            rows.append(f"<w:tr>{head}{self._cells(frame, row, keep=look.keep)}</w:tr>")
        properties = table_properties(frame, description)
        columns = table_grid(frame.twips)
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{columns}{''.join(rows)}</w:tbl>"

    def _cells(self, frame: Frame, row: Row, *, keep: bool) -> str:
        """The cells of a row from left to right, those from rows above among them."""
        parts = []
        marked = False
        for cell, merge in cells_of_row(frame, row):
            mark = ""
            if not marked and merge != "continue" and any(cell.texts):
                mark = frame.mark + self._bookmarks.of_row(row.record)
                frame.mark, marked = "", True
            properties = cell_properties(frame, cell, merge)
            shown = cell._replace(texts=()) if merge == "continue" else cell
            width = frame.edges[cell.column + cell.colspan] - frame.edges[cell.column]
            try:
                inner = self._paragraphs.of_cell(
                    shown, width, keep=keep, mark=mark, tails=frame.tails
                )
            except GyomuError as error:
                raise error.within(place_of(frame.grid, row, cell)) from None
            parts.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
        return "".join(parts)


def frame_of(grid: Grid) -> Frame:
    """What the cells of a grid have in common."""
    edges = list(accumulate(grid.columns, initial=0))
    sides: Counter[_Sides] = Counter()
    tails: dict[int, int] = {}
    for row in grid.rows:
        for cell in row.cells:
            style = cell.style
            sides[_sides(style)] += 1
            if style.align == "decimal":
                for text in cell.texts:
                    tails[cell.column] = max(tails.get(cell.column, 0), decimal_tail(text))
    common = sides.most_common(1)[0][0] if sides else (0, 0)
    return Frame(grid, edges, [twips(edge) for edge in edges], common, tails)


def row_looks(frame: Frame, page: Length) -> Iterator[RowLook]:
    """What the rows of a grid are like; `page` is the height of the page's body."""
    grid = frame.grid
    heights = row_heights(grid)
    together = grid.keep_together and sum(heights) <= page
    last = len(grid.rows) - 1
    for number, (row, height) in enumerate(zip(grid.rows, heights, strict=True)):
        header = number < grid.header_rows
        whole = not may_outgrow(row, frame.edges, page)
        # A header at the foot of a page, without a row below it, would stand there twice.
        keep = number < last and (row.keep_with_next or header or together)
        yield RowLook(_row_properties(height, header=header, whole=whole), keep)


def cells_of_row(frame: Frame, row: Row) -> list[CellOfRow]:
    """The cells of a row from left to right; to be called for each row in turn."""
    return _in_row(frame, row) if frame.hanging else _starting(frame, row)


def _starting(frame: Frame, row: Row) -> list[CellOfRow]:
    """The cells that start in a row."""
    cells = []
    for cell in row.cells:
        if cell.rowspan > 1:
            frame.hanging[cell.column] = (cell, cell.rowspan - 1)
            cells.append((cell, "restart"))
        else:
            cells.append((cell, ""))
    return cells


def _in_row(frame: Frame, row: Row) -> list[CellOfRow]:
    """All cells of a row: those that go on from above, and those that start."""
    above, frame.hanging = frame.hanging, {}
    cells = [(cell, "continue") for cell, _ in above.values()]
    for column, (cell, left) in above.items():
        if left > 1:
            frame.hanging[column] = (cell, left - 1)
    cells += _starting(frame, row)
    return sorted(cells, key=lambda one: one[0].column)


def cell_properties(frame: Frame, cell: Cell, merge: str) -> str:
    """The properties of a cell (17.4.66)."""
    style = cell.style
    key = (cell.column, cell.colspan, id(style), merge)
    known = frame.properties.get(key)
    if known is None:
        width = frame.twips[cell.column + cell.colspan] - frame.twips[cell.column]
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        known = frame.properties[key] = (
            f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{_look(style, frame.sides)}'
        )
    return known


def _look(style: Style, common: _Sides) -> str:
    """Background, margins and direction of a cell."""
    fill = ""
    if style.fill is not None:
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{color(style.fill)}"/>'
    sides = _sides(style)
    own = f"<w:tcMar>{_margins(sides)}</w:tcMar>" if sides != common else ""
    direction = '<w:textDirection w:val="tbRlV"/>' if style.vertical else ""
    return f"{fill}{own}{direction}{_VALIGN[style.valign]}"


def _sides(style: Style) -> _Sides:
    """The padding left and right of a text; a vertical one has it in its paragraphs."""
    return (0, 0) if style.vertical else (style.padding.left, style.padding.right)


def _margins(sides: _Sides) -> str:
    left, right = sides
    return f'<w:left w:w="{twips(left)}" w:type="dxa"/><w:right w:w="{twips(right)}" w:type="dxa"/>'


def _row_properties(height: Length, *, header: bool, whole: bool) -> str:
    """The properties of a row (17.4.82)."""
    properties = "<w:cantSplit/>" if whole else ""
    if height:
        properties += f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    return properties + ("<w:tblHeader/>" if header else "")


def table_properties(frame: Frame, description: str) -> str:
    """The properties of a table (17.4.60)."""
    grid = frame.grid
    return (
        f'<w:tblW w:w="{frame.twips[-1]}" w:type="dxa"/>'
        f"<w:tblBorders>{_borders(grid.outer, grid.inner)}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_margins(frame.sides)}</w:tblCellMar>'
        f"{_conditional(grid)}"
        f'<w:tblCaption w:val="{attribute(grid.name)}"/>'
        f'<w:tblDescription w:val="{attribute(description)}"/>'
    )


def _conditional(grid: Grid) -> str:
    """Which rows and columns are headers, for those who hear the table (17.4.55)."""
    first_row = int(grid.header_rows > 0)
    body = grid.rows[grid.header_rows :]
    first_column = int(
        any(cell.role == "row" and cell.column == 0 for row in body for cell in row.cells)
    )
    value = first_row * 0x20 + first_column * 0x80 + 0x600
    return (
        f'<w:tblLook w:val="{value:04X}" w:firstRow="{first_row}" w:lastRow="0" '
        f'w:firstColumn="{first_column}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )


def _borders(outer: Length, inner: Length) -> str:
    return "".join(_border(side, inner if side.startswith("inside") else outer) for side in _SIDES)


def _border(side: str, width: Length) -> str:
    if not width:
        return f'<w:{side} w:val="nil"/>'
    eighths = max((width * 8 + 500) // 1000, _THINNEST)
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'


def place_of(grid: Grid, row: Row, cell: Cell) -> Place:
    """How messages name a cell."""
    names = grid.column_names
    column = names[cell.column] if cell.column < len(names) else ""
    return Place(table=grid.name, row=row.label or row.record, column=column)
