"""What can be said of sizes without a font: full-width characters are one em, others half.

Word breaks lines and pages itself. The writer only asks whether a row may become taller than a
page, how much height a vertical label needs, and how wide a label may be spread.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

from gyomu_docs.layout.tree import (
    Beside,
    Block,
    Cell,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Spacer,
    Style,
)
from gyomu_docs.units import Length, pt

_RULES = pt(2)
"""What the rules may take of a cell's height: without it the last character starts a new line."""
_MOST_SPREAD = 1
"""均等割付 opens gaps of so many em at the most, as in the PDF."""


@functools.lru_cache(maxsize=4096)
def half_ems(text: str) -> int:
    """The width of a line of text in halves of an em."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def spread_margin(text: str, style: Style, width: Length) -> Length | None:
    """What stays free on either side of a label that is spread in a cell; None if it cannot be.

    A label of one character, or of more than one line, is not spread.
    """
    room = width - style.padding.left - style.padding.right - style.indent
    if len(text) < 2 or "\n" in text or half_ems(text) * style.size > 2 * room:
        return None
    most = half_ems(text) * style.size // 2 + (len(text) - 1) * _MOST_SPREAD * style.size
    return max(room - most, 0) // 2


def may_outgrow(row: Row, edges: Sequence[Length], page: Length) -> bool:
    """Whether a cell of a row may be taller than a page; `edges` are those of the columns."""
    for cell in row.cells:
        # No character takes more than a line, so hardly a cell is looked at more closely.
        lines = sum(map(len, cell.texts)) + len(cell.texts)
        if lines * cell.style.leading > page // 2 and _cell_height(cell, edges) > page:
            return True
    return False


def most_height(texts: Sequence[str], style: Style, width: Length) -> Length:
    """The height that texts take at the most, padding included: if every character were an em."""
    padding = style.padding
    room = max(width - padding.left - padding.right - style.indent, style.size)
    in_line = max((room - style.first_indent) // style.size, 1)
    lines = sum(len(line) // in_line + 1 for text in texts for line in text.split("\n"))
    return max(lines, 1) * style.leading + padding.top + padding.bottom


def row_heights(grid: Grid) -> list[Length]:
    """The least heights of the rows, with room for vertical labels, which Word does not make."""
    heights = [row.height for row in grid.rows]
    for index, row in enumerate(grid.rows):
        for cell in row.cells:
            if cell.style.vertical and cell.texts:
                end = index + cell.rowspan
                lines = [
                    max(height, _least_height(one.cells))
                    for height, one in zip(heights[index:end], grid.rows[index:end], strict=True)
                ]
                lack = _vertical_height(cell) - sum(lines)
                if lack > 0:
                    heights[end - 1] = lines[-1] + lack
    return heights


def blocks_height(blocks: Sequence[Block], width: Length) -> Length:
    """The height that blocks in a column take at the most, below each other."""
    return sum(_block_height(block, width) for block in blocks)


def _block_height(block: Block, width: Length) -> Length:
    match block:
        case Grid():
            edges = list(accumulate(block.columns, initial=0))
            return sum(
                max(row.height, 0, *(_cell_height(cell, edges) for cell in row.cells))
                for row in block.rows
            )
        case Heading() | Paragraph():
            return most_height((block.text,), block.style, width)
        case Spacer():
            return block.height
        case Beside():
            heights = (blocks_height(column.blocks, column.width) for column in block.columns)
            return max(heights, default=0)
        case PageBreak():
            return 0


def _cell_height(cell: Cell, edges: Sequence[Length]) -> Length:
    """Of a cell of one row; one over several rows makes none of them higher."""
    if cell.rowspan > 1 or cell.style.vertical:
        return 0
    width = edges[cell.column + cell.colspan] - edges[cell.column]
    return most_height(cell.texts, cell.style, width)


def _least_height(cells: Sequence[Cell]) -> Length:
    """Of a row whose cells have one line each."""
    return max(
        (
            cell.style.leading + cell.style.padding.top + cell.style.padding.bottom
            for cell in cells
            if cell.rowspan == 1 and not cell.style.vertical
        ),
        default=0,
    )


def _vertical_height(cell: Cell) -> Length:
    style = cell.style
    longest = max(len(line) for text in cell.texts for line in text.split("\n"))
    return longest * style.size + style.padding.top + style.padding.bottom + _RULES
