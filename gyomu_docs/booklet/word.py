"""A booklet as one Word file, with the pages and the numbers of the PDF.

In: what `build_pdf` takes. Out: one .docx, and the same `Report`. Every piece becomes a section
with its own header and footer, cut at the page breaks of our typesetting, so that the numbers that
contents and index print are right before Word has opened the file. Sheets are set in this process:
nothing is placed, so that it takes less time than to hand them over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import BinaryIO

from gyomu_docs.booklet.book import Book, SheetFacts, make_book
from gyomu_docs.booklet.build import Report
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.intake import check_entries, doubts
from gyomu_docs.booklet.manifest import PageRecord
from gyomu_docs.booklet.numbering import BookPage, Chapter
from gyomu_docs.booklet.part_sections import Parts
from gyomu_docs.booklet.pieces import Piece, chapters_of, pieces_of
from gyomu_docs.booklet.setting import Setting, SheetSetter, bound, page_anchor
from gyomu_docs.booklet.settling import by_piece, settle, without_total
from gyomu_docs.booklet.workers import BuildOptions
from gyomu_docs.collector import rare_collections
from gyomu_docs.errors import Diagnostic, GyomuError, Place
from gyomu_docs.layout.tree import (
    Block,
    Document,
    Furniture,
    PageBreak,
    PageNumber,
    PageSetup,
    Section,
)
from gyomu_docs.model import SourcedSheet
from gyomu_docs.typeset.cutting import CutSection
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.docx import write_docx


def build_docx(
    entries: Sequence[SourcedSheet],
    config: BookletConfig,
    setting: Setting,
    parts_for: Callable[[Book], Parts],
    out: BinaryIO,
    options: BuildOptions = BuildOptions(),  # noqa: B008 - immutable
) -> Report:
    """Build the booklet and write it to `out`; of `options`, executor and cache are not used.

    Raises UsageError for sheets that cannot be one book; MissingGlyphError and others for the
    first sheet that is refused, unless `keep_going`.
    """
    check_entries(entries)
    with rare_collections():
        return _WordBuilder(config, setting, options).build(entries, parts_for, out)


@dataclass
class _WordBuilder:
    """One build, from sheets to bytes."""

    config: BookletConfig
    setting: Setting
    options: BuildOptions
    cuts: dict[str, CutSection] = field(default_factory=dict)
    """Of each piece, by anchor."""

    def __post_init__(self) -> None:
        self._typesetter = Typesetter(self.setting.fonts)

    def build(
        self, entries: Sequence[SourcedSheet], parts_for: Callable[[Book], Parts], out: BinaryIO
    ) -> Report:
        """Cut, number, write."""
        book = make_book(entries, self.config)
        failures = self._cut_sheets(book)
        if failures:
            kept = [e for e, a in zip(book.entries, book.anchors, strict=True) if a in self.cuts]
            if not kept:
                raise failures[0]
            book = make_book(kept, self.config)
        pieces = pieces_of(book)
        facts = [self._facts(anchor) for anchor in book.anchors]
        pages, unsettled = settle(book, pieces, parts_for(book), facts, self._cut_part)
        document = Document(
            title=book.title,
            sections=tuple(self._sections(book, pieces, pages)),
            author=self.config.publisher,
            subject=self.config.subtitle,
            date=self.setting.date,
        )
        write_docx(document, out)
        found = [one for piece in pieces for one in self._found(book, piece)]
        told = (*doubts(book), *found, *unsettled)
        return Report(book, tuple(_records(pieces, pages)), told, tuple(failures))

    # -- pieces

    def _cut_sheets(self, book: Book) -> list[GyomuError]:
        """Cut all sheets; what is refused, in order."""
        setter = SheetSetter(self.setting)
        failures: list[GyomuError] = []
        for index, (entry, anchor) in enumerate(zip(book.entries, book.anchors, strict=True)):
            try:
                section, left_out = setter.section(book.sheet_at(index))
                made = self._cut(section, anchor)
            except GyomuError as error:
                located = error.within(Place(file=entry.file, sheet=entry.sheet.label))
                if not self.options.keep_going:
                    raise located from None
                failures.append(located)
            else:
                self.cuts[anchor] = replace(made, found=(*left_out, *made.found))
            self.options.progress(index + 1, len(book.entries))
        return failures

    def _cut_part(self, piece: Piece, section: Section) -> int:
        made = self._cut(bound(section, self.setting), piece.anchor)
        self.cuts[piece.anchor] = made
        return made.pages

    def _cut(self, section: Section, anchor: str) -> CutSection:
        return self._typesetter.cut(section, partial(page_anchor, anchor))

    def _facts(self, anchor: str) -> SheetFacts:
        made = self.cuts[anchor]
        return SheetFacts(made.pages, dict(made.records))

    def _found(self, book: Book, piece: Piece) -> list[Diagnostic]:
        file = book.entries[piece.position].file if piece.kind == "sheet" else ""
        return [one.within(Place(file=file)) for one in self.cuts[piece.anchor].found]

    # -- sections

    def _sections(
        self, book: Book, pieces: list[Piece], pages: list[BookPage]
    ) -> Iterator[Section]:
        """The sections of all pieces in their order, each with its place in the book."""
        counts = {anchor: made.pages for anchor, made in self.cuts.items()}
        chapters = chapters_of(pieces, counts, book)
        counter = _Counter(self.config.both_sides)
        for chapter, (piece, own) in zip(chapters, by_piece(pieces, pages), strict=True):
            numbered = [page for page in own if page.page is not None]
            right, first = counter.place(chapter, numbered)
            section = replace(
                self.cuts[piece.anchor].section,
                anchor=piece.anchor,
                # The main part has a bookmark in the PDF and no heading of its own here.
                level=piece.level - 1 if piece.kind != "part" else piece.level,
                main=piece.kind != "part",
                starts_right=right,
                first_number=first,
            )
            yield from self._numbered(section, numbered)

    def _numbered(self, section: Section, pages: list[BookPage]) -> Iterator[Section]:
        """The section with its numbers in header and footer.

        Word counts pages in one row. Labels that it could not count, `3-2`, are written as they
        are: then each page is a section of its own.
        """
        setup = section.page if self.config.numbers.total else without_total(section.page)
        if not pages[0].total or pages[0].label.isdecimal():
            yield replace(section, page=_with_numbers(setup, pages[0]))
            return
        numbers = {page_anchor(section.anchor, page.page or 0): page for page in pages}
        for anchor, blocks in _by_page(section):
            page = _with_numbers(setup, numbers[anchor])
            if anchor == section.anchor:
                yield replace(section, page=page, blocks=blocks)
            else:
                yield Section(section.title, page, blocks, anchor=anchor, main=section.main)


class _Counter:
    """Counts pages as Word does, to tell it where its numbers would be others than ours."""

    def __init__(self, both_sides: bool) -> None:
        self._both_sides = both_sides
        self._next = 1
        self._after_cover = False

    def place(self, chapter: Chapter, pages: Sequence[BookPage]) -> tuple[bool, int | None]:
        """Whether a chapter begins on the right, and its first number where Word must be told."""
        right = self._both_sides and (
            chapter.starts_right or (self._after_cover and not chapter.cover)
        )
        number = self._next + (right and self._next % 2 == 0)
        label = pages[0].label
        wanted = int(label) if label.isdecimal() else number
        if chapter.cover and not self._both_sides and self._next == 1:
            # Two odd numbers that follow each other would get a blank page between them.
            wanted = (len(pages) + 1) % 2
        self._next, self._after_cover = wanted + len(pages), chapter.cover
        return right, None if wanted == number else wanted


def _with_numbers(setup: PageSetup, first: BookPage) -> PageSetup:
    """The page with the numbers of a section's first page; a cover has neither head nor foot."""

    def shown(piece: str | PageNumber) -> str | PageNumber:
        if not isinstance(piece, PageNumber):
            return piece
        if piece.field == "pages":
            return first.total
        return PageNumber("page", first.label) if first.label.isdecimal() else first.label

    def filled(furniture: Furniture) -> Furniture:
        if not first.total:
            return replace(furniture, left=(), center=(), right=())
        left, center, right = (
            tuple(map(shown, part)) for part in (furniture.left, furniture.center, furniture.right)
        )
        return replace(furniture, left=left, center=center, right=right)

    return replace(setup, header=filled(setup.header), footer=filled(setup.footer))


def _by_page(section: Section) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The blocks from one page break to the next, with the anchor of their page."""
    anchor, blocks = section.anchor, list[Block]()
    for block in section.blocks:
        if isinstance(block, PageBreak):
            yield anchor, tuple(blocks)
            anchor, blocks = block.anchor, []
        else:
            blocks.append(block)
    yield anchor, tuple(blocks)


def _records(pieces: list[Piece], pages: list[BookPage]) -> Iterator[PageRecord]:
    for page in pages:
        piece = pieces[page.chapter]
        if page.page is None:
            yield PageRecord(page.label, "", 0, "", "", page.total)
        else:
            yield PageRecord(page.label, piece.anchor, page.page, "", piece.name, page.total)
