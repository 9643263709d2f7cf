"""The blocks of a section, from top to bottom.

Blocks beside each other stand in a table without rules, one cell a column: frames and text boxes
would take them out of the flow, and out of reach of a reader. Word makes one table of two that
touch, and wants a paragraph at the end of a cell; where the document has none, one of a point
stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from gyomu_docs.errors import GyomuError, Place
from gyomu_docs.layout.revisions import grid_has_changes
from gyomu_docs.layout.tree import (
    Beside,
    Block,
    EntryList,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Revision,
    Section,
    Spacer,
)
from gyomu_docs.units import Length
from gyomu_docs.writers.docx.grid import Tables
from gyomu_docs.writers.docx.marks import Bookmarks
from gyomu_docs.writers.docx.measures import blocks_height
from gyomu_docs.writers.docx.references import LOWEST_LEVEL, References
from gyomu_docs.writers.docx.revisions import Revisions
from gyomu_docs.writers.docx.text import Paragraphs
from gyomu_docs.writers.docx.tracked_grid import TrackedTables
from gyomu_docs.writers.docx.wml import FIELD_END, LEAST_LINE, exact_line, table_grid, twips

_NO_BORDERS = "".join(
    f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_NO_MARGINS = "".join(
    f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right")
)
_BREAK = "<w:pageBreakBefore/>"


class _Room(NamedTuple):
    """What a column of blocks has."""

    width: Length
    height: Length
    """Of the page."""


class _Title(NamedTuple):
    """The heading of the section that is being written."""

    level: int = 0
    """Of the section in its booklet; the headings in it are below that."""
    heading: Heading | None = None
    """The one among its blocks."""
    mark: str = ""
    """The bookmark that the heading takes."""


class Body:
    """Makes the body of one document, section by section."""

    def __init__(
        self,
        paragraphs: Paragraphs,
        bookmarks: Bookmarks,
        references: References,
        revisions: Revisions,
    ) -> None:
        self._paragraphs = paragraphs
        self._tables = Tables(paragraphs, bookmarks)
        self._tracked_tables = TrackedTables(paragraphs, revisions)
        self._bookmarks = bookmarks
        self._references = references
        self._revisions = revisions
        self._section = _Title()
        self._revision: Revision = ""

    def blocks(self, section: Section) -> str:
        """The blocks of a section. Raises MissingGlyphError with the place of the character."""
        page = section.page
        self._revision = section.revision
        room = _Room(
            page.width - page.margins.left - page.margins.right,
            page.height - page.margins.top - page.margins.bottom,
        )
        try:
            title = self._title(section)
            return title + "".join(self._flow(section.blocks, section.title, room))
        except GyomuError as error:
            raise error.within(Place(sheet=section.title)) from None

    def _title(self, section: Section) -> str:
        """What stands before the blocks of a section, so that links and the outline find it.

        A heading of its name among the blocks takes the place of one that is not seen.
        """
        mark, level = self._bookmarks.of_anchor(section.anchor), section.level
        self._section = _Title(level)
        if not level:
            return exact_line(LEAST_LINE, content=mark) if mark else ""
        for block in section.blocks:
            if isinstance(block, Heading) and block.text == section.bookmark:
                self._section = _Title(level, block, mark)
                return ""
        return self._paragraphs.section_title(section.bookmark or section.title, level, mark)

    def _flow(
        self, blocks: Sequence[Block], title: str, room: _Room, *, boxed: bool = False
    ) -> list[str]:
        """Blocks below each other; `boxed` in a cell, where no page can begin."""
        parts: list[str] = []
        breaks = False
        for block in blocks:
            if isinstance(block, PageBreak) and (
                boxed or not parts or (breaks and not block.anchor)
            ):
                continue
            made = self._block(block, title, room)
            if not made:
                continue
            if isinstance(block, Grid | Beside) and _ends_with_table(parts):
                parts.append(self._line(LEAST_LINE))
            parts.append(made)
            breaks = isinstance(block, PageBreak)
        return parts

    def _block(self, block: Block, title: str, room: _Room) -> str:
        """One block; nothing for a grid without rows."""
        match block:
            case Grid():
                return self._grid(block, f"{title} {block.name}", room.height)
            case Beside():
                return self._beside(block, title, room)
            case EntryList():
                return self._entries(block, room.width)
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraphs.paragraph(block, self._revision)
            case Spacer():
                return self._line(twips(block.height))
            case PageBreak():
                mark = self._bookmarks.of_anchor(block.anchor)
                return self._line(LEAST_LINE, before=_BREAK, content=mark)

    def _heading(self, heading: Heading) -> str:
        section = self._section
        level, mark = section.level, section.mark
        if heading is not section.heading:
            level, mark = min(heading.level + section.level, LOWEST_LEVEL), ""
        return self._paragraphs.heading(heading, level, mark, self._revision)

    def _entries(self, block: EntryList, width: Length) -> str:
        """The lines of contents or an index; those of the outline are the result of a field."""
        outline = block.outline and bool(block.entries)
        before = self._references.contents_opening() if outline else ""
        lines = []
        for entry in block.entries:
            lines.append(self._paragraphs.entry(entry, width, outline=outline, before=before))
            before = ""
        if outline:
            lines.append(exact_line(LEAST_LINE, content=FIELD_END))
        return "".join(lines)

    def _line(self, height: int, before: str = "", content: str = "") -> str:
        """A paragraph between blocks."""
        mark = self._revisions.of_paragraph(self._revision)
        return exact_line(height, before=before, content=content, after=mark)

    def _grid(self, grid: Grid, description: str, page: Length) -> str:
        if self._revision:
            rows = tuple(row._replace(revision=self._revision) for row in grid.rows)
            grid = replace(grid, rows=rows)
        if grid_has_changes(grid):
            return self._tracked_tables.table(grid, description, page)
        return self._tables.table(grid, description, page)

    def _beside(self, beside: Beside, title: str, room: _Room) -> str:
        """Columns as the cells of one row; the gaps between them are empty cells."""
        gap = beside.gap
        widths = [column.width for column in beside.columns]
        edges = list(accumulate((one for width in widths for one in (width, gap)), initial=0))[:-1]
        if not gap:
            edges = list(accumulate(widths, initial=0))
        cells = []
        for number, column in enumerate(beside.columns):
            if number and gap:
                cells.append(exact_line(LEAST_LINE))
            inner = self._flow(column.blocks, title, room._replace(width=column.width), boxed=True)
            if not inner or _ends_with_table(inner):
                inner.append(exact_line(LEAST_LINE))
            cells.append("".join(inner))
        ends = [twips(edge) for edge in edges]
        row = "".join(map(_cell, (end - start for start, end in pairwise(ends)), cells))
        whole = blocks_height((beside,), sum(widths)) <= room.height
        properties = "<w:cantSplit/>" if whole else ""
        properties += self._revisions.of_row(self._revision)
        head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{ends[-1]}" w:type="dxa"/>'
            f'<w:tblBorders>{_NO_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar>{_NO_MARGINS}</w:tblCellMar><w:tblLook w:val="0000"/></w:tblPr>'
            f"{table_grid(ends)}<w:tr>{head}{row}</w:tr></w:tbl>"
        )


def _ends_with_table(parts: Sequence[str]) -> bool:
    return bool(parts) and parts[-1].endswith("</w:tbl>")


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
