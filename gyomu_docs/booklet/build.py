"""A booklet from an edition: sheets set (here or in other processes), numbered, put together.

In: the sheets, the configuration, a `Setting`, a maker of the other parts, an executor or none, a
cache or none. Out: one PDF, and a `Report` of its pages. The sheets are set once, then only the
parts that print page numbers are set until the numbers agree; the bytes are the same however many
processes there were and whatever was in the cache.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import BinaryIO, NamedTuple, Protocol

from gyomu_docs.booklet.book import (
    Book,
    Divider,
    PartLocator,
    SheetFacts,
    SheetLocator,
    make_book,
)
from gyomu_docs.booklet.cache import Span, Spool, load
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.numbering import BookPage, Numbering, number_pages
from gyomu_docs.booklet.pieces import PART_ANCHORS, Piece, chapters_of, pieces_of
from gyomu_docs.booklet.setting import (
    SetPart,
    Setting,
    blank_page,
    bound,
    page_anchor,
    set_section,
)
from gyomu_docs.booklet.workers import BuildOptions, set_sheets
from gyomu_docs.collector import rare_collections
from gyomu_docs.errors import Diagnostic, GyomuError, Place, UsageError
from gyomu_docs.layout.tree import Furniture, PageNumber, PageSetup, Reference, Section
from gyomu_docs.model import SourcedSheet
from gyomu_docs.typeset.furniture import page_shift
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import (
    Assembly,
    Dressing,
    EncodedPart,
    ObjectStream,
    PdfOptions,
    encode_overlay,
    place_structure,
)

BLOCK = 512
"""Object numbers of a part begin at multiples of this. A sheet has 400 to 1,200 objects, so there
is room for some rows more before the numbers of all later sheets change."""
MOST_ROUNDS = 6
"""The contents are set again until page numbers agree, but not more often."""


class Parts(Protocol):
    """Makes the sections of all parts but the sheets."""

    def cover(self) -> Section: ...  # noqa: D102
    def legend(self) -> Section: ...  # noqa: D102
    def colophon(self) -> Section: ...  # noqa: D102
    def divider(self, divider: Divider) -> Section: ...  # noqa: D102
    def summary(self, facts: Sequence[SheetFacts], at: SheetLocator) -> Section: ...  # noqa: D102
    def contents(  # noqa: D102
        self, facts: Sequence[SheetFacts], at: SheetLocator, at_part: PartLocator
    ) -> Section: ...
    def index(self, facts: Sequence[SheetFacts], at: SheetLocator) -> Section: ...  # noqa: D102


class PageRecord(NamedTuple):
    """A page of the finished booklet."""

    label: str
    anchor: str
    """Of its piece; empty for a blank page."""
    number: int
    """Its index in the piece."""
    digest: str
    """Of its content without heads and numbers."""
    title: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was built."""

    book: Book
    pages: tuple[PageRecord, ...]
    found: tuple[Diagnostic, ...]
    failures: tuple[GyomuError, ...] = ()
    """Of sheets that were left out, each with its place."""


class _Made(NamedTuple):
    """A piece that is set; its encoded part lies in the spool or in memory."""

    part: SetPart
    encoded: Span | EncodedPart
    key: str = ""
    """Of a sheet in the cache."""


def build_pdf(
    entries: Sequence[SourcedSheet],
    config: BookletConfig,
    setting: Setting,
    parts_for: Callable[[Book], Parts],
    out: BinaryIO,
    options: BuildOptions = BuildOptions(),  # noqa: B008 - immutable
) -> Report:
    """Build the booklet and write it to `out`.

    Raises UsageError without sheets; MissingGlyphError and others for the first sheet that is
    refused, unless `keep_going`.
    """
    if not entries:
        raise UsageError("冊子にするシートがありません。")
    with contextlib.closing(Spool()) as spool, rare_collections():
        return _Builder(config, setting, options, spool).build(entries, parts_for, out)


@dataclass
class _Builder:
    """One build, from sheets to bytes."""

    config: BookletConfig
    setting: Setting
    options: BuildOptions
    spool: Spool
    made: dict[str, _Made] = field(default_factory=dict)
    """By anchor."""

    def build(
        self, entries: Sequence[SourcedSheet], parts_for: Callable[[Book], Parts], out: BinaryIO
    ) -> Report:
        """Set, number, assemble."""
        book = make_book(entries, self.config)
        failures = self._set_sheets(book)
        if failures:
            kept = [e for e, a in zip(book.entries, book.anchors, strict=True) if a in self.made]
            if not kept:
                raise failures[0]
            book = make_book(kept, self.config)
        self._typesetter = Typesetter(self.setting.fonts)
        pieces = pieces_of(book)
        pages, unsettled = self._set_parts(book, pieces, parts_for(book))
        records = self._assemble(book, pieces, pages, out)
        found = [one for piece in pieces for one in self._found(book, piece)]
        return Report(book, tuple(records), (*found, *unsettled), tuple(failures))

    # -- sheets

    def _set_sheets(self, book: Book) -> list[GyomuError]:
        """Set what is not in the cache; what is refused, in order."""
        failures: list[GyomuError] = []
        for index, outcome in enumerate(set_sheets(book, self.setting, self.options)):
            if outcome.part is None:
                error = outcome.error or GyomuError("unknown")
                entry = book.entries[index]
                located = error.within(Place(file=entry.file, sheet=entry.sheet.label))
                if not self.options.keep_going:
                    raise located
                failures.append(located)
            else:
                span = self.spool.put(outcome.encoded)
                self.made[book.anchors[index]] = _Made(outcome.part, span, outcome.key)
            self.options.progress(index + 1, len(book.sheets))
        return failures

    # -- the other parts

    def _set_parts(
        self, book: Book, pieces: list[Piece], parts: Parts
    ) -> tuple[list[BookPage], list[Diagnostic]]:
        """Set the parts until their page numbers agree with their pages."""
        facts = [self.made[anchor].part.facts for anchor in book.anchors]
        for piece in pieces:
            if piece.kind == "divider":
                self._set(piece, parts.divider(book.dividers[piece.position]))
        fixed = {"表紙": parts.cover, "凡例": parts.legend, "奥付": parts.colophon}
        moving = []
        for piece in pieces:
            if piece.kind == "part" and piece.name in fixed:
                self._set(piece, fixed[piece.name]())
            elif piece.kind == "part":
                moving.append(piece)
        counts = {anchor: made.part.facts.pages for anchor, made in self.made.items()}
        counts |= {piece.anchor: 1 for piece in moving}
        for _ in range(MOST_ROUNDS):
            pages = self._number(book, pieces, counts)
            at, at_part = _locators(book, pieces, pages)
            before = dict(counts)
            for piece in moving:
                if piece.name == "目次":
                    section = parts.contents(facts, at, at_part)
                elif piece.name == "総括":
                    section = parts.summary(facts, at)
                else:
                    section = parts.index(facts, at)
                counts[piece.anchor] = self._set(piece, section)
            if counts == before:
                return pages, []
        return self._number(book, pieces, counts), _unsettled(pieces, before, counts)

    def _set(self, piece: Piece, section: Section) -> int:
        """Set a part; the number of its pages."""
        own = bound(section, self.setting)
        part, encoded = set_section(own, piece.anchor, self._typesetter, self.setting)
        self.made[piece.anchor] = _Made(part, encoded)
        return part.facts.pages

    def _number(self, book: Book, pieces: list[Piece], counts: dict[str, int]) -> list[BookPage]:
        kind: Numbering = "continuous" if self.config.numbers.kind == "通し" else "by-part"
        chapters = chapters_of(pieces, counts, book)
        return number_pages(chapters, kind, both_sides=self.config.both_sides)

    # -- the whole

    def _assemble(
        self, book: Book, pieces: list[Piece], pages: list[BookPage], out: BinaryIO
    ) -> list[PageRecord]:
        assembly = Assembly(out, self.setting.fonts, _options(book, self.setting), BLOCK)
        records = []
        for piece, own in _by_piece(pieces, pages):
            made = self.made[piece.anchor]
            encoded = self._encoded(made)
            numbered = [page for page in own if page.page is not None]
            assembly.add(
                _below(encoded, piece.level - 1),
                [self._dressing(made.part, piece, page) for page in numbered],
                partial(self._placed, encoded, made.key),
            )
            for page in numbered:
                number = page.page or 0
                records.append(
                    PageRecord(
                        page.label, piece.anchor, number, made.part.digests[number], piece.name
                    )
                )
            for page in own[len(numbered) :]:
                blank = blank_page(made.part.page, self.setting.fonts)
                assembly.add(blank, [Dressing(page.label)])
                records.append(PageRecord(page.label, "", 0, "", ""))
        assembly.finish()
        return records

    def _placed(self, encoded: EncodedPart, key: str, base: int) -> Sequence[ObjectStream]:
        """The structure of a part for its place in the file, kept for the next build."""
        cache = self.options.cache if key else None
        streams = cache.find_placed(key, base) if cache else None
        if streams is None:
            streams = place_structure(encoded, base)
            if cache:
                cache.keep_placed(key, base, streams)
        return streams

    def _encoded(self, made: _Made) -> EncodedPart:
        if isinstance(made.encoded, EncodedPart):
            return made.encoded
        encoded: EncodedPart = load(self.spool.get(made.encoded))
        return encoded

    def _dressing(self, part: SetPart, piece: Piece, page: BookPage) -> Dressing:
        shift = page_shift(part.page, page.leaf)
        if not page.total:  # a cover
            return Dressing(page.label, None, shift)
        setup = part.page if self.config.numbers.total else _without_total(part.page)
        artifacts, _ = self._typesetter.dress(setup, part.title, page.label, page.total)
        overlay = encode_overlay(setup.width, setup.height, artifacts, self.setting.fonts)
        return Dressing(page.label, overlay, shift)

    def _found(self, book: Book, piece: Piece) -> list[Diagnostic]:
        found = self.made[piece.anchor].part.found
        file = book.entries[piece.position].file if piece.kind == "sheet" else ""
        return [one.within(Place(file=file)) for one in found]


def _by_piece(pieces: list[Piece], pages: list[BookPage]) -> Iterator[tuple[Piece, list[BookPage]]]:
    """Each piece with its pages, the blank ones behind it included."""
    own: list[list[BookPage]] = [[] for _ in pieces]
    for page in pages:
        own[page.chapter].append(page)
    return zip(pieces, own, strict=True)


def _locators(
    book: Book, pieces: list[Piece], pages: list[BookPage]
) -> tuple[SheetLocator, PartLocator]:
    names: dict[str, str] = dict(PART_ANCHORS.items())
    labels = {
        (pieces[page.chapter].anchor, page.page): page.label
        for page in pages
        if page.page is not None
    }

    def at(sheet: int, page: int) -> Reference:
        anchor = book.anchors[sheet]
        return Reference(labels[anchor, page], page_anchor(anchor, page))

    def at_part(key: str) -> Reference:
        anchor = names.get(key, key)
        return Reference(labels[anchor, 0], anchor)

    return at, at_part


def _below(encoded: EncodedPart, levels: int) -> EncodedPart:
    """The part with its bookmarks moved down."""
    if not levels:
        return encoded
    moved = tuple(one._replace(level=one.level + levels) for one in encoded.bookmarks)
    return replace(encoded, bookmarks=moved)


def _without_total(setup: PageSetup) -> PageSetup:
    """The page with `12` where its form prints `12 / 340`."""

    def plain(furniture: Furniture) -> Furniture:
        left, center, right = (
            part[: part.index(_TOTAL) - 1] if _TOTAL in part and part.index(_TOTAL) else part
            for part in (furniture.left, furniture.center, furniture.right)
        )
        return replace(furniture, left=left, center=center, right=right)

    return replace(setup, header=plain(setup.header), footer=plain(setup.footer))


_TOTAL = PageNumber("pages")


def _options(book: Book, setting: Setting) -> PdfOptions:
    config = book.config
    title = f"{config.city} {config.title} {book.year.label('long')}".strip()
    return PdfOptions(
        title=title, author=config.publisher, subject=config.subtitle, date=setting.date
    )


def _unsettled(
    pieces: list[Piece], before: dict[str, int], after: dict[str, int]
) -> list[Diagnostic]:
    """Say which parts still changed their number of pages."""
    return [
        Diagnostic(
            "W",
            "page-numbers",
            f"ページ数が定まりません（{before[piece.anchor]}ページと{after[piece.anchor]}ページ）。",
            Place(sheet=piece.name),
            "目次や索引の行を増やすか減らすかすると、定まることがあります。",
        )
        for piece in pieces
        if before[piece.anchor] != after[piece.anchor]
    ]
