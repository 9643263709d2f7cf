"""The blocks of one section flow down its pages.

Every block is placed from a `Cursor`, a page and a height on it. Blocks beside each other are
flows of their own from the same cursor; what follows starts below the longest. A page break in
one of them breaks that flow alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple, Protocol

from gyomu_docs.errors import Diagnostic, GyomuError, Place
from gyomu_docs.layout.tree import (
    Beside,
    BesideColumn,
    Block,
    EntryList,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Section,
    Spacer,
    Style,
)
from gyomu_docs.typeset.breaks import MIN_SPLIT_LINES, Fragment, break_grid, least_start
from gyomu_docs.typeset.canvas import PageCanvas, Structure
from gyomu_docs.typeset.entries import (
    EntryPlacer,
    MeasuredEntry,
    column_width,
    measure_again,
    measure_entries,
)
from gyomu_docs.typeset.entry_columns import fill_columns, kept_height
from gyomu_docs.typeset.grids import MeasuredGrid, measure_grid
from gyomu_docs.typeset.pages import Anchor, Element
from gyomu_docs.typeset.placing import Box, GridPlacer, place_text
from gyomu_docs.typeset.texts import SetText, TextSetter
from gyomu_docs.units import Length


class Cursor(NamedTuple):
    """Where the next block starts: a page by its index, and a height on it."""

    page: int
    y: Length


class Column(NamedTuple):
    """The room of a flow: its left edge and its width."""

    x: Length
    width: Length


class _PlacesGrid(Protocol):
    """Puts the fragments of a grid on their pages."""

    found: list[Diagnostic]

    def place(self, fragment: Fragment, page: PageCanvas, number: int, y: Length) -> Length: ...


class _PlacesEntries(Protocol):
    """Puts the entries of a list on their pages."""

    def place(self, measured: MeasuredEntry, page: PageCanvas, x: Length, y: Length) -> None: ...
    def repeat(self, measured: MeasuredEntry, page: PageCanvas, x: Length, y: Length) -> None: ...


class Flow:
    """The pages of one section."""

    def __init__(
        self,
        section: Section,
        setter: TextSetter,
        structure: Structure,
        first_page: int,
    ) -> None:
        self._section = section
        self._setter = setter
        self._structure = structure
        self._first_page = first_page
        self._place = Place(sheet=section.title)
        self._parent = structure.add(Element("Sect", 0))
        self._top = section.page.margins.top
        self._bottom = section.page.height - section.page.margins.bottom
        self._measured: dict[int, MeasuredGrid] = {}
        self.pages: list[PageCanvas] = []
        self.found: list[Diagnostic] = []
        """What was shrunk or does not fit."""

    def run(self) -> Flow:
        """Place all blocks of the section."""
        page = self._section.page
        width = page.width - page.margins.left - page.margins.right
        self._structure.bookmark(1, self._section.bookmark, self._first_page, self._top)
        if self._section.anchor:
            anchor = Anchor(self._section.anchor, self._first_page, self._top)
            self._structure.anchors.append(anchor)
        self._page(0)
        self._blocks(self._section.blocks, Column(page.margins.left, width), Cursor(0, self._top))
        return self

    def _page(self, index: int) -> PageCanvas:
        while index >= len(self.pages):
            page = self._section.page
            self.pages.append(PageCanvas(page.width, page.height))
        return self.pages[index]

    def _next(self, cursor: Cursor) -> Cursor:
        return Cursor(cursor.page + 1, self._top)

    def _blocks(self, blocks: Sequence[Block], column: Column, cursor: Cursor) -> Cursor:
        for index, block in enumerate(blocks):
            match block:
                case Grid():
                    cursor = self._grid(block, column, cursor)
                case EntryList():
                    cursor = self._entries(block, column, cursor)
                case Beside():
                    cursor = self._beside(block, column, cursor)
                case Heading():
                    cursor = self._kept(blocks, index, column, cursor)
                    cursor = self._text(block, column, cursor)
                case Paragraph():
                    cursor = self._text(block, column, cursor)
                case Spacer():
                    cursor = self._space(block, cursor)
                case PageBreak():
                    cursor = self._next(cursor) if cursor.y > self._top else cursor
        return cursor

    def _space(self, block: Spacer, cursor: Cursor) -> Cursor:
        if cursor.y == self._top:
            return cursor
        return cursor._replace(y=min(cursor.y + block.height, self._bottom))

    def _kept(self, blocks: Sequence[Block], index: int, column: Column, cursor: Cursor) -> Cursor:
        """Where a heading goes: not to the foot of a page without the start of what follows."""
        height = 0
        for block in blocks[index:]:
            height += self._least(block, column.width)
            if not isinstance(block, Heading | Spacer):
                break
        room = self._bottom - cursor.y
        return self._next(cursor) if room < height <= self._bottom - self._top else cursor

    def _text(self, block: Heading | Paragraph, column: Column, cursor: Cursor) -> Cursor:
        """A heading or a note; it moves to the next page rather than split, if it fits there."""
        style = block.style
        done = self._set((block.text,), style, column.width, block)
        padding = style.padding.top + style.padding.bottom
        cursor = self._text_start(block, column, cursor)
        if isinstance(block, Heading):
            self._structure.bookmark(2, block.bookmark, self._first_page + cursor.page, cursor.y)
        element = None
        start = 0
        while start < len(done.lines):
            room = (self._bottom - cursor.y - padding) // done.leading
            end = min(start + max(room, 1), len(done.lines))
            height = (end - start) * done.leading + padding
            box = Box(column.x, cursor.y, column.width, height)
            parts = place_text(done, style, box, self._setter, start, end)
            runs = [run for part in parts for run in part]
            if runs and element is None:
                kind = f"H{block.level}" if isinstance(block, Heading) else "P"
                element = self._structure.add(Element(kind, self._parent))
            if element is not None:
                self._page(cursor.page).mark(element, runs)
            cursor = cursor._replace(y=cursor.y + height)
            start = end
            if start < len(done.lines):
                cursor = self._next(cursor)
        return cursor

    def _text_start(self, block: Heading | Paragraph, column: Column, cursor: Cursor) -> Cursor:
        """Where a text starts: here, or on the next page if it does not go on this one."""
        if cursor.y + self._least(block, column.width) > self._bottom and cursor.y > self._top:
            return self._next(cursor)
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
        placer: _PlacesGrid | None = None
        for fragment in break_grid(measured, room, full):
            if not fragment.parts:
                cursor = self._next(cursor)
                continue
            if placer is None:
                placer = self._placer(measured, column.x)
                self._structure.bookmark(2, grid.bookmark, self._first_page + cursor.page, cursor.y)
            else:
                cursor = self._next(cursor)
            page = self._page(cursor.page)
            bottom = placer.place(fragment, page, self._first_page + cursor.page, cursor.y)
            cursor = cursor._replace(y=bottom)
        if placer is not None:
            self.found += [one.within(self._place) for one in placer.found]
        return cursor

    def _entries(self, block: EntryList, column: Column, cursor: Cursor) -> Cursor:
        """Entries fill column after column; what follows starts below the longest of the last."""
        placer = self._entry_placer(block)
        entries = self._measure_entries(block, column.width)
        width = column_width(block, column.width)
        repeat = partial(measure_again, block=block, width=width, setter=self._setter)
        room, full = self._bottom - cursor.y, self._bottom - self._top
        start = lowest = cursor
        for one in fill_columns(entries, block.columns, room, full, repeat):
            if one.page > cursor.page - start.page:
                lowest = cursor = self._next(cursor)
            x = column.x + one.column * (width + block.gap)
            y = cursor.y + one.y
            place = placer.repeat if one.again else placer.place
            place(one.measured, self._page(cursor.page), x, y)
            lowest = max(lowest, cursor._replace(y=y + one.measured.height))
        return lowest._replace(y=min(lowest.y, self._bottom))

    def _measure_entries(self, block: EntryList, width: Length) -> list[MeasuredEntry]:
        try:
            return measure_entries(block, width, self._setter)
        except GyomuError as error:
            raise error.within(Place(table=block.name).within(self._place)) from None

    def _entry_placer(self, block: EntryList) -> _PlacesEntries:
        return EntryPlacer(block, self._setter, self._structure, self._parent)

    def _placer(self, measured: MeasuredGrid, x: Length) -> _PlacesGrid:
        return GridPlacer(measured, x, self._setter, self._structure, self._parent)

    def _measure(self, grid: Grid) -> MeasuredGrid:
        measured = self._measured.get(id(grid))
        if measured is None:
            full = self._bottom - self._top
            measured = measure_grid(grid, self._setter, self._place, self.found, full)
            self._measured[id(grid)] = measured
        return measured

    def _beside(self, beside: Beside, column: Column, cursor: Cursor) -> Cursor:
        if cursor.y > self._top and self._bottom - cursor.y < self._least(beside, column.width):
            cursor = self._next(cursor)
        x = column.x
        ends = []
        for one in beside.columns:
            ends.append(self._beside_column(one, x, cursor))
            x += one.width + beside.gap
        return max(ends)

    def _beside_column(self, column: BesideColumn, x: Length, cursor: Cursor) -> Cursor:
        return self._blocks(column.blocks, Column(x, column.width), cursor)

    def _height(self, blocks: Iterable[Block], width: Length) -> Length:
        """Of the blocks that stand below each other, up to a page break."""
        together = takewhile(lambda block: not isinstance(block, PageBreak), blocks)
        return sum(self._block_height(block, width) for block in together)

    def _block_height(self, block: Block, width: Length) -> Length:
        match block:
            case Grid():
                return self._measure(block).height
            case EntryList():
                height = sum(one.height for one in self._measure_entries(block, width))
                return -(-height // block.columns)
            case Beside():
                return max(self._height(one.blocks, one.width) for one in block.columns)
            case Spacer():
                return block.height
            case PageBreak():
                return 0
            case Heading() | Paragraph():
                padding = block.style.padding
                done = self._set((block.text,), block.style, width, block)
                return done.height + padding.top + padding.bottom

    def _least(self, block: Block, width: Length) -> Length:
        """The room that a block takes at the least on the page where it starts."""
        full = self._bottom - self._top
        height = self._block_height(block, width)
        match block:
            case Grid() if height > full or not block.keep_together:
                return least_start(self._measure(block), full)
            case EntryList():
                return kept_height(self._measure_entries(block, width), 0)
            case Beside() if height > full:
                starts = (
                    self._least(inner, column.width)
                    for column in block.columns
                    for inner in column.blocks[:1]
                )
                return max(starts, default=0)
            case Heading() | Paragraph() if height > full:
                lines = self._set((block.text,), block.style, width, block).lines
                return height - (len(lines) - MIN_SPLIT_LINES) * block.style.leading
        return height


class TrialFlow(Flow):
    """A flow that finds its pages alone: grids are measured and broken, but not placed.

    That halves the time of the trials that fitting makes.
    """

    def __init__(self, section: Section, setter: TextSetter) -> None:
        super().__init__(section, setter, Structure(), 0)

    def _placer(self, measured: MeasuredGrid, x: Length) -> _PlacesGrid:
        return _Unplaced(measured)


class _Unplaced:
    """In the place of a `GridPlacer`: the same heights, and nothing on the page."""

    def __init__(self, measured: MeasuredGrid) -> None:
        self._header_height = measured.header_height
        self.found: list[Diagnostic] = []

    def place(self, fragment: Fragment, page: PageCanvas, number: int, y: Length) -> Length:
        return y + self._header_height + fragment.height
