"""The two views of a redline: what it says when all its changes are accepted, or rejected.

A redline is a section in which texts have inserted and deleted spans, and blocks and rows a
`revision`. Spanning cells reach over the rows of both views; each view counts its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gyomu_docs.layout.tree import (
    Beside,
    Block,
    Cell,
    Grid,
    Heading,
    Paragraph,
    Revision,
    Row,
    Section,
    Span,
)


def accepted(section: Section) -> Section | None:
    """The section with all changes made; None if nothing is left of it."""
    return _view(section, "deleted")


def rejected(section: Section) -> Section | None:
    """The section without its changes; None for a new one.

    What no reader of the text sees is the new section's: title, bookmark, page set-up (with header
    and footer), names of columns, fields of paragraphs.
    """
    return _view(section, "inserted")


def accepted_grid(grid: Grid) -> Grid:
    """A grid with all changes made."""
    return replace(grid, rows=tuple(_counted(grid.rows, "deleted")))


def rejected_grid(grid: Grid) -> Grid:
    """A grid without its changes."""
    rows = (row.before or row for row in _counted(grid.rows, "inserted"))
    return replace(grid, rows=tuple(row._replace(revision="") for row in rows))


def has_changes(section: Section) -> bool:
    """Whether the two views differ in any way."""
    return bool(section.revision) or any(map(_changes, section.blocks))


def grid_has_changes(grid: Grid) -> bool:
    """Whether a grid has rows that are new, gone or another."""
    return any(row.revision or row.before for row in grid.rows)


def text_without(kind: Revision, text: str, spans: tuple[Span, ...]) -> str:
    """A text with spans, without those of a kind."""
    pieces = [span.text for span in spans if span.kind != kind]
    return "".join(pieces) if spans else text


def _changes(block: Block) -> bool:
    match block:
        case Grid():
            return grid_has_changes(block)
        case Beside():
            return any(_changes(one) for column in block.columns for one in column.blocks)
        case Heading() | Paragraph():
            return bool(block.spans or block.revision)
        case _:
            return False


def _view(section: Section, dropped: Revision) -> Section | None:
    if section.revision == dropped:
        return None
    return replace(section, blocks=tuple(_blocks(section.blocks, dropped)), revision="")


def _blocks(blocks: Iterable[Block], dropped: Revision) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Grid():
                yield accepted_grid(block) if dropped == "deleted" else rejected_grid(block)
            case Beside():
                columns = (
                    replace(column, blocks=tuple(_blocks(column.blocks, dropped)))
                    for column in block.columns
                )
                yield replace(block, columns=tuple(columns))
            case Heading() | Paragraph():
                if block.revision != dropped:
                    text = text_without(dropped, block.text, block.spans)
                    yield replace(block, text=text, spans=(), revision="")
            case _:
                yield block


def _counted(rows: tuple[Row, ...], dropped: Revision) -> Iterator[Row]:
    """The rows of a view; cells reach over so many of them as are left."""
    for index, row in enumerate(rows):
        if row.revision == dropped:
            continue
        cells = tuple(_cell(cell, rows, index, dropped) for cell in row.cells)
        before = row.before if dropped == "inserted" else None
        yield row._replace(cells=cells, revision="", before=before)


def _cell(cell: Cell, rows: tuple[Row, ...], index: int, dropped: Revision) -> Cell:
    if cell.rowspan > 1:
        reached = rows[index : index + cell.rowspan]
        cell = cell._replace(rowspan=sum(row.revision != dropped for row in reached))
    return cell._replace(spans=()) if cell.spans else cell
