"""A section cut at its page breaks: for writers whose host breaks the pages, but not its own way.

In: a section. Out: the same section with a `PageBreak` wherever a page begins, its grids in pieces
of one page each, rows as high as they were measured, and texts in the size at which they were set.
Nothing is placed; that takes half of the time of typesetting.

What is taller than a page (one row, one paragraph, blocks beside each other) stays whole, and the
host breaks it; the page after it begins where ours does. Blocks beside each other hold no breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.tree import (
    Beside,
    BesideColumn,
    Block,
    Edges,
    Entry,
    EntryList,
    Furniture,
    Grid,
    Heading,
    PageBreak,
    PageSetup,
    Paragraph,
    Section,
    Spacer,
)
from gyomu_docs.typeset.breaks import Fragment, RowPart
from gyomu_docs.typeset.canvas import PageCanvas
from gyomu_docs.typeset.entries import MeasuredEntry, column_width
from gyomu_docs.typeset.flow import Column, Cursor, TrialFlow
from gyomu_docs.typeset.grid_pieces import GridCutter, SetStyles
from gyomu_docs.typeset.grids import MeasuredGrid
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import Length, mm

LEAST_MARGIN = mm(5)
"""Below the last line of a page that has no footer."""


@dataclass(frozen=True, slots=True)
class CutSection:
    """A section with its pages."""

    section: Section
    pages: int
    records: tuple[tuple[str, int], ...]
    """As in a `PagedDocument`: of each row that shows a model value, its record and its page."""
    found: tuple[Diagnostic, ...]


def cut_section(
    section: Section, setter: TextSetter, styles: SetStyles, name_page: Callable[[int], str]
) -> CutSection:
    """Cut a section; `name_page` gives the anchor of a page, by its index in the section.

    Raises MissingGlyphError and FontError, as typesetting does.
    """
    flow = CutFlow(section, setter, styles, name_page)
    flow.run()
    cut = replace(section, page=with_room(section.page), blocks=tuple(flow.blocks))
    return CutSection(cut, len(flow.pages), tuple(flow.records), tuple(flow.found))


def with_room(page: PageSetup) -> PageSetup:
    """The page with its bottom margin as low as the footer allows.

    A host rounds each row; with that room it never breaks a page before we do.
    """
    top, right, bottom, left = page.margins
    foot = page.footer
    taken = LEAST_MARGIN
    if _shows(foot):
        padding = foot.style.padding
        taken = page.footer_distance + foot.style.leading + padding.top + padding.bottom
    return replace(page, margins=Edges(top, right, min(bottom, taken), left))


def _shows(furniture: Furniture) -> bool:
    return bool(furniture.left or furniture.center or furniture.right)


class CutFlow(TrialFlow):
    """A flow that keeps its blocks, as they stand on their pages."""

    def __init__(
        self,
        section: Section,
        setter: TextSetter,
        styles: SetStyles,
        name_page: Callable[[int], str],
    ) -> None:
        super().__init__(section, setter)
        self._styles = styles
        self._name_page = name_page
        self.blocks: list[Block] = []
        self.records: list[tuple[str, int]] = []
        self._list = self.blocks
        """Where blocks go: those of the section, or of the column that is being made."""
        self._columns: list[tuple[int, BesideColumn]] = []
        """Of the blocks beside each other that are being made, each with its first page."""
        self._reached = 0
        """The page that the blocks of the section have reached."""
        self._fragments: list[tuple[int, Fragment]] = []
        self._entries_placed: list[tuple[int, Length, MeasuredEntry]] = []

    @property
    def _nested(self) -> bool:
        return self._list is not self.blocks

    def _add(self, block: Block, page: int) -> None:
        """Add a block that starts on a page."""
        if page > self._reached and not self._nested:
            self._list.append(PageBreak(self._name_page(page)))
            self._reached = page
        self._list.append(block)

    def _reach(self, cursor: Cursor) -> Cursor:
        """Note that the host breaks what ends here over pages itself."""
        if not self._nested:
            self._reached = max(self._reached, cursor.page)
        return cursor

    # -- blocks

    def _text(self, block: Heading | Paragraph, column: Column, cursor: Cursor) -> Cursor:
        start = self._text_start(block, column, cursor)
        done = self._set((block.text,), block.style, column.width, block)
        style = self._styles.at(block.style, done.size, done.leading) if done.lines else block.style
        self._add(replace(block, style=style), start.page)
        return self._reach(super()._text(block, column, cursor))

    def _space(self, block: Spacer, cursor: Cursor) -> Cursor:
        end = super()._space(block, cursor)
        if end.y > cursor.y:
            self._add(Spacer(end.y - cursor.y), cursor.page)
        return end

    def _beside(self, beside: Beside, column: Column, cursor: Cursor) -> Cursor:
        outer, self._columns = self._columns, []
        end = super()._beside(beside, column, cursor)
        made, self._columns = self._columns, outer
        if made:
            self._add(replace(beside, columns=tuple(one for _, one in made)), made[0][0])
        return self._reach(end)

    def _beside_column(self, column: BesideColumn, x: Length, cursor: Cursor) -> Cursor:
        outer, self._list = self._list, []
        end = super()._beside_column(column, x, cursor)
        blocks, self._list = tuple(self._list), outer
        self._columns.append((cursor.page, replace(column, blocks=blocks)))
        return end

    # -- grids

    def _placer(self, measured: MeasuredGrid, x: Length) -> _NotedGrid:
        return _NotedGrid(measured, self._fragments)

    def _grid(self, grid: Grid, column: Column, cursor: Cursor) -> Cursor:
        self._fragments = []
        end = super()._grid(grid, column, cursor)
        if self._fragments:
            measured = self._measure(grid)
            self._note_records(measured)
            cutter = GridCutter(measured, self._setter, self._styles)
            for page, parts in self._pieces():
                self._add(cutter.cut(parts), page)
            self.found += [one.within(self._place) for one in cutter.found]
            self._reach(end)
        return end

    def _pieces(self) -> Iterator[tuple[int, list[RowPart]]]:
        """The body rows of each piece with its page; a row that splits joins two pages."""
        page, parts = self._fragments[0][0], [*self._fragments[0][1].parts]
        for number, fragment in self._fragments[1:]:
            first, *others = fragment.parts
            if not first.first:
                parts += others
            elif self._nested:
                parts += fragment.parts
            else:
                yield page, parts
                page, parts = number, [*fragment.parts]
        yield page, parts

    def _note_records(self, measured: MeasuredGrid) -> None:
        header = [RowPart(index, 0) for index in range(measured.header_rows)]
        for page, fragment in self._fragments:
            for part in (*header, *fragment.parts):
                record = measured.rows[part.row].row.record
                if record and part.first:
                    self.records.append((record, page))
            header = []

    # -- contents and index

    def _entry_placer(self, block: EntryList) -> _NotedEntries:
        return _NotedEntries(self.pages, self._entries_placed)

    def _entries(self, block: EntryList, column: Column, cursor: Cursor) -> Cursor:
        self._entries_placed = []
        end = super()._entries(block, column, cursor)
        placed = self._entries_placed
        if self._nested or not placed:
            self._add(block, cursor.page)
        elif block.columns == 1:
            self._add(_with_pages(block, placed), placed[0][0])
        else:
            for page, beside in _side_by_side(block, placed, column):
                self._add(beside, page)
        return self._reach(end)


def _with_pages(block: EntryList, placed: list[tuple[int, Length, MeasuredEntry]]) -> EntryList:
    """The list with a page break before each entry that begins a page, but for its first."""
    page = placed[0][0]
    entries = []
    for number, _, measured in placed:
        entries.append(_with_lines(measured)._replace(new_page=number > page))
        page = number
    return replace(block, entries=tuple(entries))


def _with_lines(measured: MeasuredEntry) -> Entry:
    """The entry with the breaks of its page numbers, where these stand below its text.

    A host would break a line within a number that is a field.
    """
    lines = [len(measured.lines) - 1, *(one.line for one in measured.references)]
    breaks = (index for index, (last, line) in enumerate(pairwise(lines)) if line > last)
    return measured.entry._replace(breaks=tuple(breaks))


def _side_by_side(
    block: EntryList, placed: list[tuple[int, Length, MeasuredEntry]], column: Column
) -> Iterator[tuple[int, Beside]]:
    """The columns of a list as lists beside each other, page by page."""
    width = column_width(block, column.width)
    pages: dict[int, dict[Length, list[MeasuredEntry]]] = {}
    for page, x, measured in placed:
        pages.setdefault(page, {}).setdefault(x, []).append(measured)
    for page, lists in pages.items():
        made = [
            replace(block, entries=tuple(map(_with_lines, entries)), columns=1, gap=0)
            for entries in lists.values()
        ]
        columns = [BesideColumn(width, (one,)) for one in made]
        columns += [BesideColumn(width, ())] * (block.columns - len(made))
        yield page, Beside(tuple(columns), block.gap)


class _NotedGrid:
    """In the place of a `GridPlacer`: notes what would stand on which page."""

    def __init__(self, measured: MeasuredGrid, fragments: list[tuple[int, Fragment]]) -> None:
        self._header_height = measured.header_height
        self._noted = fragments
        self.found: list[Diagnostic] = []

    def place(self, fragment: Fragment, page: PageCanvas, number: int, y: Length) -> Length:
        self._noted.append((number, fragment))
        return y + self._header_height + fragment.height


class _NotedEntries:
    """In the place of an `EntryPlacer`: notes the page and the column of each entry."""

    def __init__(
        self, pages: list[PageCanvas], placed: list[tuple[int, Length, MeasuredEntry]]
    ) -> None:
        self._pages = pages
        self._noted = placed

    def place(self, measured: MeasuredEntry, page: PageCanvas, x: Length, y: Length) -> None:
        # Entries fill page after page, so theirs is the last that there is.
        self._noted.append((len(self._pages) - 1, x, measured))

    repeat = place
