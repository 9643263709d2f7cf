"""A section made tighter: lower rows and line feeds, smaller type. A section again, no pages.

So the PDF and the Word file of a fitted sheet are set from the same blocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from gyomu_docs.layout.tree import (
    Beside,
    Block,
    Cell,
    EntryList,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Spacer,
    Style,
)
from gyomu_docs.typeset.texts import SIZE_STEP

WHOLE = 1000
"""A factor in thousandths that changes nothing."""


def squeeze(section: Section, height: int, size: int) -> Section:
    """The section with its heights and its type sizes scaled, both in thousandths.

    Heights are the least heights of rows, the paddings above and below a text, spacers, and line
    feeds, which end at the type size. Sizes go down in tenths of a point and end at the floor of
    their style; line feeds and indents go with them. Widths, rules, header and footer stay.
    Equal styles become the same object, however often a section is squeezed.
    """
    if height == size == WHOLE:
        return section
    return replace(section, blocks=_Squeezer(height, size).blocks(section.blocks))


@lru_cache(maxsize=4096)
def squeeze_style(style: Style, height: int, size: int) -> Style:
    """The style with the heights and the sizes of `squeeze`; the same object for equal styles."""
    new = style.size
    if size != WHOLE:
        new = max(_tenths(style.size * size // WHOLE), min(style.floor, style.size))
    feed = style.leading * new // style.size
    padding = style.padding
    return replace(
        style,
        size=new,
        leading=max(feed * height // WHOLE, min(feed, new)),
        padding=padding._replace(
            top=padding.top * height // WHOLE, bottom=padding.bottom * height // WHOLE
        ),
        indent=style.indent * new // style.size,
        first_indent=style.first_indent * new // style.size,
    )


def _tenths(size: int) -> int:
    return size // SIZE_STEP * SIZE_STEP


class _Squeezer:
    """Both factors, and the styles that have been squeezed by them."""

    def __init__(self, height: int, size: int) -> None:
        self._height = height
        self._size = size
        # By identity: hashing a style for every cell would cost more than all the rest.
        self._styles: dict[int, Style] = {}

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(map(self._block, blocks))

    def _block(self, block: Block) -> Block:
        match block:
            case Grid():
                return replace(block, rows=tuple(map(self._row, block.rows)))
            case Beside():
                columns = (replace(one, blocks=self.blocks(one.blocks)) for one in block.columns)
                return replace(block, columns=tuple(columns))
            case EntryList():
                entries = (one._replace(style=self._style(one.style)) for one in block.entries)
                return replace(block, entries=tuple(entries))
            case Heading() | Paragraph():
                return replace(block, style=self._style(block.style))
            case Spacer():
                return Spacer(block.height * self._height // WHOLE)
            case PageBreak():
                return block

    def _row(self, row: Row) -> Row:
        cells = tuple(map(self._cell, row.cells))
        return row._replace(cells=cells, height=row.height * self._height // WHOLE)

    def _cell(self, cell: Cell) -> Cell:
        return cell._replace(style=self._style(cell.style))

    def _style(self, style: Style) -> Style:
        squeezed = self._styles.get(id(style))
        if squeezed is None:
            squeezed = squeeze_style(style, self._height, self._size)
            self._styles[id(style)] = squeezed
        return squeezed
