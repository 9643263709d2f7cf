"""A `Document` to a `PagedDocument`: blocks flow down the pages, then heads and feet are set.

Every block is placed from a `Cursor`, a page and a height on it. Blocks beside each other are
flows of their own from the same cursor; what follows starts below the longest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gyomu_docs.errors import Diagnostic, GyomuError, Place
from gyomu_docs.layout.tree import (
    Align,
    Beside,
    Block,
    Document,
    Furniture,
    Grid,
    Heading,
    PageNumber,
    Paragraph,
    Section,
    Spacer,
    Style,
)
from gyomu_docs.typeset.breaks import break_grid
from gyomu_docs.typeset.canvas import PageCanvas, Structure
from gyomu_docs.typeset.grids import MeasuredGrid, measure_grid
from gyomu_docs.typeset.pages import ArtifactKind, Element, PagedDocument
from gyomu_docs.typeset.placing import Box, GridPlacer, place_text
from gyomu_docs.typeset.texts import Fonts, SetText, TextSetter
from gyomu_docs.units import Length


class Cursor(NamedTuple):
    """Where the next block starts: a page by its index, and a height on it."""

    page: int
    y: Length


class Column(NamedTuple):
    """The room of a flow: its left edge and its width."""

    x: Length
    width: Length


class Typesetter:
    """Makes pages with the fonts given. Keep one for many documents: it remembers set texts."""

    def __init__(self, fonts: Fonts) -> None:
        self._setter = TextSetter(fonts)

    def paginate(self, document: Document) -> tuple[PagedDocument, list[Diagnostic]]:
        """Set a document; what was shrunk or does not fit comes beside it.

        Raises MissingGlyphError, with sheet, table, row and column, for a character without a
        glyph, and FontError for a family that is not there.
        """
        structure = Structure()
        found: list[Diagnostic] = []
        pages: list[tuple[PageCanvas, Section]] = []
        for section in document.sections:
            flow = _Flow(section, self._setter, structure, len(pages), found)
            flow.run()
            pages += [(page, section) for page in flow.pages]
        for number, (page, section) in enumerate(pages, 1):
            _place_furniture(page, section, number, len(pages), self._setter)
        paged = PagedDocument(
            title=document.title,
            pages=tuple(page.finish(str(number)) for number, (page, _) in enumerate(pages, 1)),
            elements=tuple(structure.elements),
            outline=tuple(structure.outline),
            author=document.author,
            subject=document.subject,
            language=document.language,
            date=document.date,
            attachments=document.attachments,
        )
        return paged, found


class _Flow:
    """The pages of one section."""

    def __init__(
        self,
        section: Section,
        setter: TextSetter,
        structure: Structure,
        first_page: int,
        found: list[Diagnostic],
    ) -> None:
        self._section = section
        self._setter = setter
        self._structure = structure
        self._first_page = first_page
        self._found = found
        self._place = Place(sheet=section.title)
        self._parent = structure.add(Element("Sect", 0))
        self._top = section.page.margins.top
        self._bottom = section.page.height - section.page.margins.bottom
        self._measured: dict[int, MeasuredGrid] = {}
        self.pages: list[PageCanvas] = []

    def run(self) -> None:
        """Place all blocks of the section."""
        page = self._section.page
        width = page.width - page.margins.left - page.margins.right
        self._structure.bookmark(1, self._section.bookmark, self._first_page, self._top)
        self._page(0)
        self._blocks(self._section.blocks, Column(page.margins.left, width), Cursor(0, self._top))

    def _page(self, index: int) -> PageCanvas:
        while index >= len(self.pages):
            page = self._section.page
            self.pages.append(PageCanvas(page.width, page.height))
        return self.pages[index]

    def _next(self, cursor: Cursor) -> Cursor:
        return Cursor(cursor.page + 1, self._top)

    def _blocks(self, blocks: Iterable[Block], column: Column, cursor: Cursor) -> Cursor:
        for block in blocks:
            match block:
                case Grid():
                    cursor = self._grid(block, column, cursor)
                case Beside():
                    cursor = self._beside(block, column, cursor)
                case Heading() | Paragraph():
                    cursor = self._text(block, column, cursor)
                case Spacer():
                    cursor = self._space(block, cursor)
        return cursor

    def _space(self, block: Spacer, cursor: Cursor) -> Cursor:
        if cursor.y == self._top:
            return cursor
        return cursor._replace(y=min(cursor.y + block.height, self._bottom))

    def _text(self, block: Heading | Paragraph, column: Column, cursor: Cursor) -> Cursor:
        """A heading or a note; it moves to the next page rather than split, if it fits there."""
        style = block.style
        done = self._set((block.text,), style, column.width, block)
        kind = f"H{block.level}" if isinstance(block, Heading) else "P"
        element = self._structure.add(Element(kind, self._parent))
        if isinstance(block, Heading):
            self._structure.bookmark(2, block.bookmark, self._first_page + cursor.page, cursor.y)
        padding = style.padding.top + style.padding.bottom
        start = 0
        if cursor.y + done.height + padding > self._bottom and cursor.y > self._top:
            cursor = self._next(cursor)
        while start < len(done.lines):
            room = (self._bottom - cursor.y - padding) // done.leading
            end = min(start + max(room, 1), len(done.lines))
            height = (end - start) * done.leading + padding
            box = Box(column.x, cursor.y, column.width, height)
            runs = place_text(done, style, box, self._setter, start, end)
            self._page(cursor.page).mark(element, [run for part in runs for run in part])
            cursor = cursor._replace(y=cursor.y + height)
            start = end
            if start < len(done.lines):
                cursor = self._next(cursor)
        return cursor

    def _set(self, texts: tuple[str, ...], style: Style, width: Length, block: Block) -> SetText:
        try:
            return self._setter.set(texts, style, width)
        except GyomuError as error:
            row = "見出し" if isinstance(block, Heading) else "本文"
            raise error.within(Place(row=row).within(self._place)) from None

    def _grid(self, grid: Grid, column: Column, cursor: Cursor) -> Cursor:
        measured = self._measure(grid)
        full = self._bottom - self._top
        room = self._bottom - cursor.y
        if grid.keep_together and room < measured.height <= full:
            cursor, room = self._next(cursor), full
        placer: GridPlacer | None = None
        for fragment in break_grid(measured, room, full):
            if placer is None and not fragment.parts and len(measured.rows) > grid.header_rows:
                cursor = self._next(cursor)
                continue
            if placer is None:
                placer = GridPlacer(measured, column.x, self._setter, self._structure, self._parent)
                self._structure.bookmark(2, grid.bookmark, self._first_page + cursor.page, cursor.y)
            else:
                cursor = self._next(cursor)
            bottom = placer.place(
                fragment,
                self._page(cursor.page),
                self._first_page + cursor.page,
                cursor.y,
            )
            cursor = cursor._replace(y=bottom)
        if placer is not None:
            self._found += [one.within(self._place) for one in placer.found]
        return cursor

    def _measure(self, grid: Grid) -> MeasuredGrid:
        measured = self._measured.get(id(grid))
        if measured is None:
            measured = measure_grid(grid, self._setter, self._place, self._found)
            self._measured[id(grid)] = measured
        return measured

    def _beside(self, beside: Beside, column: Column, cursor: Cursor) -> Cursor:
        height = max(self._height(one.blocks, one.width) for one in beside.columns)
        if self._bottom - cursor.y < height <= self._bottom - self._top:
            cursor = self._next(cursor)
        x = column.x
        ends = []
        for one in beside.columns:
            ends.append(self._blocks(one.blocks, Column(x, one.width), cursor))
            x += one.width + beside.gap
        return max(ends)

    def _height(self, blocks: Iterable[Block], width: Length) -> Length:
        return sum(self._block_height(block, width) for block in blocks)

    def _block_height(self, block: Block, width: Length) -> Length:
        match block:
            case Grid():
                return self._measure(block).height
            case Beside():
                return max(self._height(one.blocks, one.width) for one in block.columns)
            case Spacer():
                return block.height
            case Heading() | Paragraph():
                padding = block.style.padding
                done = self._set((block.text,), block.style, width, block)
                return done.height + padding.top + padding.bottom


def _place_furniture(
    page: PageCanvas, section: Section, number: int, pages: int, setter: TextSetter
) -> None:
    """Set the header and the footer of one page."""
    setup = section.page
    header, footer = setup.header, setup.footer
    _place_line(page, section, header, "header", setup.header_distance, number, pages, setter)
    height = footer.style.leading + footer.style.padding.top + footer.style.padding.bottom
    y = setup.height - setup.footer_distance - height
    _place_line(page, section, footer, "footer", y, number, pages, setter)


def _place_line(
    page: PageCanvas,
    section: Section,
    furniture: Furniture,
    kind: ArtifactKind,
    y: Length,
    number: int,
    pages: int,
    setter: TextSetter,
) -> None:
    margins = section.page.margins
    width = section.page.width - margins.left - margins.right
    style = furniture.style
    height = style.leading + style.padding.top + style.padding.bottom
    box = Box(margins.left, y, width, height)
    numbers = {"page": str(number), "pages": str(pages)}
    sides: tuple[tuple[Align, tuple[str | PageNumber, ...]], ...] = (
        ("left", furniture.left),
        ("center", furniture.center),
        ("right", furniture.right),
    )
    for align, parts in sides:
        text = "".join(
            numbers[part.field] if isinstance(part, PageNumber) else part for part in parts
        )
        if text:
            aligned = setter.aligned(style, align)
            try:
                done = setter.set((text,), aligned, width)
            except GyomuError as error:
                row = "ヘッダー" if kind == "header" else "フッター"
                raise error.within(Place(sheet=section.title, row=row)) from None
            runs = place_text(done, aligned, box, setter)
            page.artifact(kind, [run for part in runs for run in part])
