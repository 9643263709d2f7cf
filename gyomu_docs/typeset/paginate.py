"""A `Document` to a `PagedDocument`: blocks flow down the pages, then heads and feet are set.

Every block is placed from a `Cursor`, a page and a height on it. Blocks beside each other are
flows of their own from the same cursor; what follows starts below the longest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from gyomu_docs.errors import Diagnostic, GyomuError, Place
from gyomu_docs.layout.tree import (
    Beside,
    Block,
    Document,
    Furniture,
    Grid,
    Heading,
    PageBreak,
    PageField,
    PageNumber,
    Paragraph,
    Section,
    Spacer,
    Style,
)
from gyomu_docs.typeset.breaks import MIN_SPLIT_LINES, break_grid, least_start
from gyomu_docs.typeset.canvas import PageCanvas, Structure
from gyomu_docs.typeset.coverage import ignored_sequences
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.grids import MeasuredGrid, measure_grid
from gyomu_docs.typeset.jlreq import CLUSTER, break_costs
from gyomu_docs.typeset.lines import natural_width
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.pages import ArtifactKind, Element, PagedDocument, TextRun
from gyomu_docs.typeset.placing import Box, GridPlacer, place_text
from gyomu_docs.typeset.runs import split_fonts
from gyomu_docs.typeset.texts import SIZE_STEP, Fonts, SetText, TextSetter
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
        self._fonts = fonts

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
        cut: dict[Diagnostic, None] = {}
        for number, (page, section) in enumerate(pages, 1):
            cut |= dict.fromkeys(_place_furniture(page, section, number, len(pages), self._setter))
        found += cut
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
        if isinstance(self._fonts, FontSet):
            paged, ignored = split_fonts(paged, self._fonts.chains)
            found += ignored_sequences(document, self._fonts) if ignored else []
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

    def _blocks(self, blocks: Sequence[Block], column: Column, cursor: Cursor) -> Cursor:
        for index, block in enumerate(blocks):
            match block:
                case Grid():
                    cursor = self._grid(block, column, cursor)
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
        if cursor.y + self._least(block, column.width) > self._bottom and cursor.y > self._top:
            cursor = self._next(cursor)
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
            if not fragment.parts:
                cursor = self._next(cursor)
                continue
            if placer is None:
                placer = GridPlacer(measured, column.x, self._setter, self._structure, self._parent)
                self._structure.bookmark(2, grid.bookmark, self._first_page + cursor.page, cursor.y)
            else:
                cursor = self._next(cursor)
            page = self._page(cursor.page)
            bottom = placer.place(fragment, page, self._first_page + cursor.page, cursor.y)
            cursor = cursor._replace(y=bottom)
        if placer is not None:
            self._found += [one.within(self._place) for one in placer.found]
        return cursor

    def _measure(self, grid: Grid) -> MeasuredGrid:
        measured = self._measured.get(id(grid))
        if measured is None:
            full = self._bottom - self._top
            measured = measure_grid(grid, self._setter, self._place, self._found, full)
            self._measured[id(grid)] = measured
        return measured

    def _beside(self, beside: Beside, column: Column, cursor: Cursor) -> Cursor:
        if cursor.y > self._top and self._bottom - cursor.y < self._least(beside, column.width):
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


def _place_furniture(
    page: PageCanvas, section: Section, number: int, pages: int, setter: TextSetter
) -> list[Diagnostic]:
    """Set the header and the footer of one page."""
    setup = section.page
    header, footer = setup.header, setup.footer
    height = footer.style.leading + footer.style.padding.top + footer.style.padding.bottom
    foot = setup.height - setup.footer_distance - height
    numbers: dict[PageField, str] = {"page": str(number), "pages": str(pages)}
    found = _place_line(page, section, header, "header", setup.header_distance, numbers, setter)
    return found + _place_line(page, section, footer, "footer", foot, numbers, setter)


def _place_line(
    page: PageCanvas,
    section: Section,
    furniture: Furniture,
    kind: ArtifactKind,
    y: Length,
    numbers: dict[PageField, str],
    setter: TextSetter,
) -> list[Diagnostic]:
    """Set the three parts of a header or footer on one line; what is too long ends with `…`."""
    margins, style = section.page.margins, furniture.style
    place = Place(sheet=section.title, row="ヘッダー" if kind == "header" else "フッター")
    texts = [
        _filled(parts, numbers) for parts in (furniture.left, furniture.center, furniture.right)
    ]
    left = margins.left + style.padding.left
    right = section.page.width - margins.right - style.padding.right
    try:
        font = setter.font(style)
        shown, size = _fitted(texts, style, font, right - left)
        widths = [natural_width(text, size, font) for text in shown]
    except GyomuError as error:
        raise error.within(place) from None
    # The middle part stands in the middle, or as near to it as its neighbours allow.
    middle = left + (right - left - widths[1]) // 2
    middle = min(middle, right - widths[2] - widths[1] - (size if widths[2] else 0))
    middle = max(middle, left + widths[0] + (size if widths[0] else 0))
    baseline = y + style.padding.top + (style.leading - size) // 2 + font.ascent * size // 1000
    for x, text in zip((left, middle, right - widths[2]), shown, strict=True):
        if text:
            page.artifact(kind, [TextRun(x, baseline, text, font.name, size, style.color)])
    return [
        Diagnostic("W", "overfull", f"「{text}」は収まらず、途中までにしました。", place)
        for text, short in zip(texts, shown, strict=True)
        if text != short
    ]


def _filled(parts: Iterable[str | PageNumber], numbers: dict[PageField, str]) -> str:
    texts = (numbers[part.field] if isinstance(part, PageNumber) else part for part in parts)
    return "".join(texts).replace("\n", " ")


def _fitted(
    texts: list[str], style: Style, font: Metrics, room: Length
) -> tuple[list[str], Length]:
    """The texts as they fit side by side, an em apart: smaller where they may be, then shorter."""
    ems = [sum(map(font.widths.__getitem__, text)) for text in texts]
    present = sum(1 for width in ems if width)
    needed = max(sum(ems) + 1000 * (present - 1), 1)
    if needed * style.size <= room * 1000:
        return texts, style.size
    size = style.size
    if style.shrink:
        fitting = room * 1000 // needed // SIZE_STEP * SIZE_STEP
        size = max(fitting, min(style.floor, style.size))
    left = room * 1000 // size - 1000 * (present - 1)
    shown = list(texts)
    # The shortest part takes what it needs; the others share what is left.
    for index in sorted(range(len(texts)), key=lambda index: ems[index]):
        if ems[index]:
            share = left // present
            if ems[index] > share:
                shown[index] = _cut(texts[index], share, font)
            left -= min(ems[index], share)
            present -= 1
    return shown, size


def _cut(text: str, most: int, font: Metrics) -> str:
    """The beginning of a text with `…` behind it, no wider than so many thousandths of an em."""
    widths = list(accumulate(map(font.widths.__getitem__, text), initial=font.widths["…"]))
    end = max(bisect_right(widths, most) - 1, 0)
    costs = break_costs(text)
    while end and costs[end] == CLUSTER:
        end -= 1
    return text[:end] + "…"
